"""What cameras and programs write into a picture beside its pixels, taken out without changing a pixel."""

from __future__ import annotations

import re
import struct

_ORIENTATION = re.compile(rb"Exif\0\0(?:II\*\0|MM\0\*)")
_KEPT_PNG = (
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD", b"cICP",
    b"acTL", b"fcTL", b"fdAT",
)  # fmt: skip
"""Chunks of a PNG without which it would look different."""
_KEPT_JPEG = (b"JFIF", b"JFXX", b"Adobe", b"ICC_PROFILE\0")
"""How the segments of a JPEG begin that programs add and without which it would look different."""
_WEBP_NOTES = (b"EXIF", b"XMP ")
_WEBP_FLAGS = 0xFF ^ 0x0C
"""All flags in the head of a WebP but those that say that such chunks follow."""
_SET_ORIENTATION = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"
"""EXIF that says in which direction up is, and nothing else."""


def clean(data: bytes) -> bytes:
    """Return a JPEG, PNG or WebP without EXIF, XMP, IPTC and comments; any other file as it is.

    A JPEG keeps the note which side is up.
    """
    if data.startswith(b"\xff\xd8"):
        return _clean_jpeg(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _clean_png(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _clean_webp(data)
    return data


def _clean_jpeg(data: bytes) -> bytes:
    pieces, at, turned = [data[:2]], 2, 1
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        end = at + 2 + max(2, int.from_bytes(data[at + 2 : at + 4], "big"))
        is_note = 0xE0 <= data[at + 1] <= 0xEF or data[at + 1] == 0xFE
        if not is_note or data[at + 4 : end].startswith(_KEPT_JPEG):
            pieces.append(data[at:end])
        elif data[at + 1] == 0xE1:
            turned = _orientation(data[at + 4 : end]) or turned
        at = end
    last = data.find(b"\xff\xd9", at)  # phones put more pictures after the end of the first, with notes of their own
    pieces.append(data[at:] if last < 0 else data[at : last + 2])
    if turned != 1:
        note = _SET_ORIENTATION % turned
        pieces.insert(1, b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note)
    return b"".join(pieces)


def _orientation(note: bytes) -> int:
    """Return the orientation in a segment of EXIF; 0 if there is none."""
    if not _ORIENTATION.match(note):
        return 0
    order = "<" if note[6:8] == b"II" else ">"
    tag = re.search(re.escape(struct.pack(f"{order}HHI", 0x0112, 3, 1)) + rb"(..)", note, re.DOTALL)
    value = struct.unpack(f"{order}H", tag[1])[0] if tag else 0
    return value if 1 <= value <= 8 else 0


def _clean_png(data: bytes) -> bytes:
    pieces, at = [data[:8]], 8
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in _KEPT_PNG:
            pieces.append(data[at:end])
        if data[at + 4 : at + 8] == b"IEND":
            break
        at = end
    return b"".join(pieces)


def _clean_webp(data: bytes) -> bytes:
    pieces, at = [], 12
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if data[at : at + 4] == b"VP8X" and size >= 10:
            pieces.append(data[at : at + 8] + bytes([data[at + 8] & _WEBP_FLAGS]) + data[at + 9 : end])
        elif data[at : at + 4] not in _WEBP_NOTES:
            pieces.append(data[at:end])
        at = end
    inner = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(inner)) + inner
