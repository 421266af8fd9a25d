"""What cameras and programs write into a picture beside its pixels, taken out without changing a pixel."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from zlib import crc32

_EXIF = re.compile(rb"(?:Exif\0\0)?(II\*\0|MM\0\*)")
_XMP = re.compile(rb"tiff:Orientation(?:=[\"']|>)([1-8])")
_KEPT_PNG = (
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD", b"cICP",
    b"acTL", b"fcTL", b"fdAT",
)  # fmt: skip
"""Chunks of a PNG without which it would look different."""
_KEPT_JPEG = (b"JFIF", b"Adobe", b"ICC_PROFILE\0")
"""How the segments of a JPEG begin that programs add and without which it would look different."""
_MARKER = re.compile(rb"\xff[^\0\xd0-\xd7\xff]", re.DOTALL)
"""Where the pixels of a JPEG end and its next segment begins."""
_MOST_SCANS = 100
"""Passes over its pixels in which a JPEG may be stored; programs make some ten, and each takes time to read."""
_KEPT_WEBP = (b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP")
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""How the extensions of a GIF begin that say how often it moves."""
_HAS_EXIF = 0x08
_WEBP_FLAGS = 0xFF ^ _HAS_EXIF ^ 0x04
"""All flags in the head of a WebP but those that say that such chunks follow."""
_SET_ORIENTATION = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"
"""EXIF that says in which direction up is, and nothing else."""


def clean(data: bytes) -> bytes:
    """Return a JPEG, PNG, WebP or GIF without EXIF, XMP, IPTC, comments and what else is not for pixels.

    Any other file is returned as it is. A JPEG, PNG or WebP keeps the note which side is up.
    """
    if data.startswith(b"\xff\xd8"):
        return _clean_jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _clean_png(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _clean_webp(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _clean_gif(data)
    return data


def has_too_many_scans(data: bytes) -> bool:
    """Whether a JPEG is stored in more passes over its pixels than any program makes."""
    if not data.startswith(b"\xff\xd8") or data.count(b"\xff\xda") <= _MOST_SCANS:
        return False
    return sum(marker == 0xDA for marker, _, _ in _segments(data)) > _MOST_SCANS


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield the segments of a JPEG up to its end: marker, first place, and place after it and after its pixels.

    What stands between two segments and is no pixels is left out.
    """
    at = 2
    while found := _MARKER.search(data, at):
        start, marker = found.start(), data[found.start() + 1]
        if marker == 0xD9:
            return
        at = start + 2 + max(2, int.from_bytes(data[start + 2 : start + 4], "big"))
        if marker == 0xDA:
            after = _MARKER.search(data, at)
            at = after.start() if after else len(data)
        yield marker, start, at


def _clean_jpeg(data: bytes) -> bytes:
    pieces, notes = [data[:2]], []
    for marker, start, end in _segments(data):
        words = data[start + 4 : end]
        is_note = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_note or words.startswith(_KEPT_JPEG):
            pieces.append(data[start:end])
        elif marker == 0xE1:
            notes.append(words)
    pieces.append(b"\xff\xd9")  # phones put more pictures after the end of the first, with notes of their own
    if note := _side_up(notes):
        note = b"Exif\0\0" + note
        pieces.insert(1, b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note)
    return b"".join(pieces)


def _side_up(notes: Sequence[bytes]) -> bytes:
    """Return the EXIF to keep of a picture with these notes; nothing if it is upright. XMP counts without EXIF."""
    xmp = (int(found[1]) for note in notes if (found := _XMP.search(note)))
    turned = next(filter(None, (*map(_orientation, notes), *xmp)), 1)
    return _SET_ORIENTATION % turned if turned != 1 else b""


def _orientation(note: bytes) -> int:
    """Return the orientation in EXIF; 0 if there is none."""
    found = _EXIF.match(note)
    if not found:
        return 0
    order = "<" if found[1][:2] == b"II" else ">"
    tag = re.search(re.escape(struct.pack(f"{order}HHI", 0x0112, 3, 1)) + rb"(..)", note, re.DOTALL)
    value = struct.unpack(f"{order}H", tag[1])[0] if tag else 0
    return value if 1 <= value <= 8 else 0


def _clean_png(data: bytes) -> bytes:
    pieces, notes, at = [data[:8]], [], 8
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in _KEPT_PNG:
            pieces.append(data[at:end])
        elif data[at + 4 : at + 8] in (b"eXIf", b"iTXt"):
            notes.append(data[at + 8 : end - 4])
        if data[at + 4 : at + 8] == b"IEND":
            break
        at = end
    if note := _side_up(notes):
        note = b"eXIf" + note
        pieces.insert(2, struct.pack(">I", len(note) - 4) + note + struct.pack(">I", crc32(note)))
    return b"".join(pieces)


def _clean_webp(data: bytes) -> bytes:
    pieces, notes, at = [], [], 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if data[at : at + 4] == b"VP8X" and size >= 10:
            pieces.append(data[at : at + 8] + bytes([data[at + 8] & _WEBP_FLAGS]) + data[at + 9 : end])
        elif data[at : at + 4] in _KEPT_WEBP:
            pieces.append(data[at:end])
        elif data[at : at + 4] in (b"EXIF", b"XMP "):
            notes.append(data[at + 8 : end])
        at = end
    if pieces and pieces[0][:4] == b"VP8X" and (note := _side_up(notes)):
        pieces[0] = pieces[0][:8] + bytes([pieces[0][8] | _HAS_EXIF]) + pieces[0][9:]
        pieces.append(b"EXIF" + struct.pack("<I", len(note)) + note)
    inner = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def _clean_gif(data: bytes) -> bytes:
    at = 13 + _palette(data[10:11])
    pieces = [data[:at]]
    while at < len(data) and data[at] in (0x21, 0x2C):
        is_picture = data[at] == 0x2C
        end = at + 10 + _palette(data[at + 9 : at + 10]) + 1 if is_picture else at + 2
        while end < len(data) and data[end]:
            end += data[end] + 1
        end += 1
        is_loop = data[at + 1 : at + 2] == b"\xff" and data[at + 3 : at + 14] in _LOOPS
        if is_picture or is_loop or data[at + 1 : at + 2] == b"\xf9":
            pieces.append(data[at:end])
        at = end
    return b"".join([*pieces, b";"])


def _palette(flags: bytes) -> int:
    """Return the bytes of a table of colours, by the flags that tell of it."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0
