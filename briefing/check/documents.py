"""What pictures, fonts, archives and PDFs hold in words: names of their makers, titles, text.

Only such files load this module. What it reads of a file is limited by the size of the file.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from base64 import a85decode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice

_PRINTABLE = re.compile(rb"[\t\r\n\x20-\x7e\x80-\xff]{4,}")
_SURE = re.compile(rb"[\x20-\x7e]{8,}")
"""Bytes that are words rather than chance, in a file of which we do not know where its words are."""
_WIDE = re.compile(rb"(?:[\x20-\x7e\xc0-\xff]\0){4,}")
_WIDE_BIG = re.compile(rb"(?:\0[\x20-\x7e\xc0-\xff]){4,}")
_PICTURE_CHUNKS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"fdAT", b"fcTL", b"acTL", b"hIST")
"""Chunks of a PNG without words."""
_SFNT = (b"\0\1\0\0", b"OTTO", b"true")
_ARCHIVE = b"PK\x03\x04"
"""How archives begin, and the documents of office programs, which are archives."""
_GZIP = b"\x1f\x8b"
_ENDS = 65_536
"""Bytes at each end of a file of an unknown kind in which it may say what it is."""
_LEAST_UNPACKED, _TIMES, _MOST_UNPACKED = 500_000, 10, 8_000_000
"""Bytes that are unpacked of any file, how many times its size of a larger one, and of the largest."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError, OSError)
"""What reading an archive raises if it is damaged, locked, or packed in a way that is not known."""
_CELL = re.compile(r'<c\b[^<>]{0,200}\bt="s"[^<>]{0,200}>\s*<v>(\d{1,9})(?=</v>)')
_CELL_TAGS = re.compile(r"</?(?:c|v|is|t)\b[^<>]*>")
_SHARED = "xl/sharedStrings.xml"
"""Where a workbook has the words of its cells; a cell has the number of its words."""
_TOKEN = re.compile(
    rb"\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<([0-9A-Fa-f\s]*)>|([\[\]])|(-?\d*\.?\d+)|([A-Za-z'\"*]+)|\\.",
    re.DOTALL,
)
"""A string, a hexadecimal string, the border of an array, a number, an operator of PDF."""
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r\n": b"", b"\r": b""}
_MOVES = (b"Td", b"TD", b"T*", b"Tm", b"'", b'"', b"ET")
"""Operators after which text is elsewhere on the page."""
_MOVE = b"\n"
_GAP = -150.0
"""A move within an array that is as wide as a space, in thousandths."""
_MAPS = 12
"""Fonts of a PDF whose letters are looked up; a text is tried with each."""
_PAIRS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGES = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\][]*)\])")
_LONGEST_RANGE, _MOST_CODES = 256, 20_000


def unpack(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Return the files in an archive or a compressed file, with their names."""
    limit = min(_MOST_UNPACKED, _LEAST_UNPACKED + _TIMES * len(data))
    if data.startswith(_GZIP):
        with suppress(zlib.error):
            yield ".svg", zlib.decompressobj(31).decompress(data, limit)
    if not data.startswith(_ARCHIVE):
        return
    with suppress(*_DAMAGED), zipfile.ZipFile(BytesIO(data)) as archive:
        yield ".txt", b"\n\n".join([archive.comment, *(member.comment for member in archive.infolist())])
        shared: list[str] = []
        for member in sorted(archive.infolist(), key=lambda one: one.filename != _SHARED):
            inner = archive.open(member).read(max(0, limit))
            limit -= len(inner)
            if inner.startswith(_ARCHIVE):  # an archive within an archive is left closed
                inner = b""
            if member.filename == _SHARED:
                parts = inner.decode("utf-8", "replace").split("</si>")
                shared = [re.sub("<[^<>]*>", "", part[max(0, part.rfind("<si")) :]) for part in parts]
            if member.filename.startswith("xl/worksheets/"):
                inner, limit = _fill_cells(inner, shared, limit)
            yield member.filename, inner


def _fill_cells(sheet: bytes, shared: list[str], limit: int) -> tuple[bytes, int]:
    """Return a sheet with the words of its cells in place of their numbers, and how much of a limit is left."""
    left = limit

    def fill(cell: re.Match[str]) -> str:
        nonlocal left
        words = shared[int(cell[1])] if int(cell[1]) < len(shared) else ""
        left -= len(words)
        return f" {words}" if left >= 0 else ""

    return _CELL_TAGS.sub(" ", _CELL.sub(fill, sheet.decode("utf-8", "replace"))).encode(), left


def find_words(data: bytes) -> Iterator[str]:
    """Return the words that a picture, a font, a PDF or another binary file holds."""
    if data.startswith((_ARCHIVE, _GZIP)):
        return
    if data.startswith(b"%PDF"):
        yield from _pdf(data)
        return
    known: Iterable[bytes] | None = None
    if data.startswith(b"\x89PNG"):
        known = _png(data)
    elif data.startswith(b"\xff\xd8"):
        known = _jpeg(data)
    elif data.startswith((*_SFNT, b"wOFF", b"wOF2")):
        known = _font(data)
    for piece in known or (data[:_ENDS], data[_ENDS:][-_ENDS:]):
        yield from _words(piece, sure=known is None)


def _words(piece: bytes, sure: bool) -> Iterator[str]:
    yield from (run.decode("utf-16-le") for run in _WIDE.findall(piece))
    yield from (run.decode("utf-16-be") for run in _WIDE_BIG.findall(piece))
    for run in (_SURE if sure else _PRINTABLE).findall(piece):
        try:
            yield run.decode()
        except UnicodeDecodeError:
            yield run.decode("latin-1")


def _png(data: bytes) -> Iterator[bytes]:
    """Return the chunks that may hold words, and what follows the picture."""
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in _PICTURE_CHUNKS:
            chunk = data[at + 8 : at + 8 + size]
            yield chunk
            yield from _inflated(chunk)
        at += size + 12
        if kind == b"IEND":
            yield data[at : at + _ENDS]


def _inflated(chunk: bytes) -> Iterator[bytes]:
    """Return the words of a chunk that are compressed, wherever in its first bytes they begin."""
    for start in (place.start() for place in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", chunk[:_ENDS])):
        try:
            yield zlib.decompressobj().decompress(chunk[start:], _ENDS)
        except zlib.error:
            continue


def _jpeg(data: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xE0 <= data[at + 1] <= 0xEF or data[at + 1] == 0xFE:
            yield data[at + 4 : at + 2 + size]
        at += max(2, size) + 2
    end = data.rfind(b"\xff\xd9")
    if end >= 0:
        yield data[end + 2 :][:_ENDS]


def _font(data: bytes) -> Iterator[bytes]:
    """Return the table of names of a font. In a font of the kind WOFF 2 it cannot be read without another library."""
    start, step, field = (44, 20, 4) if data.startswith(b"wOFF") else (12, 16, 8)
    for at in range(start, min(len(data), start + step * 100), step):
        if data[at : at + 4] != b"name" or len(data) < at + step:
            continue
        offset, size = struct.unpack(">II", data[at + field : at + field + 8])
        table = data[offset : offset + min(size, _ENDS)]
        yield table
        yield from _inflated(table)


def _pdf(data: bytes) -> Iterator[str]:
    """Return what a PDF says about itself, and the text of its pages."""
    left = min(_MOST_UNPACKED, _LEAST_UNPACKED + _TIMES * len(data))
    outside, maps, texts, at = [], list[dict[bytes, str]](), list[list[bytes]](), 0
    while (start := data.find(b"stream", at)) >= 0 and (end := data.find(b"endstream", start)) >= 0:
        outside.append(data[at:start])
        at, inner = end + len(b"endstream"), data[start + len(b"stream") : end].lstrip(b"\r\n")
        with suppress(zlib.error, ValueError):
            if b"/ASCII85Decode" in outside[-1][-400:]:
                inner = a85decode(inner.partition(b"~>")[0].removeprefix(b"<~"))
            elif b"/ASCIIHexDecode" in outside[-1][-400:]:
                inner = _bytes(b"", inner.partition(b">")[0])
            inner = zlib.decompressobj().decompress(inner, max(1, left))
        left -= len(inner)
        if left < 0:
            break
        if b"beginbf" in inner:
            if len(maps) < _MAPS:
                maps.append(_character_map(inner))
        elif b"BT" in inner and (b"Tj" in inner or b"TJ" in inner):
            texts.append(list(_shown(inner)))
        elif b"/DCTDecode" not in outside[-1][-400:]:
            outside.append(inner)
    for piece in (*outside, data[at:]):
        yield from _words(piece, sure=True)
        yield from (_decode(value) for value in _strings(piece))
    for text in texts:
        for move in (b" ", b""):  # which may be within a word
            moved = [move if value == _MOVE else value for value in text]
            yield "".join(map(_decode, moved))
            for known in maps:
                yield from _looked_up(moved, known)


def _strings(piece: bytes) -> Iterator[bytes]:
    """Return the strings of a part of a PDF."""
    for plain, digits, *_ in _TOKEN.findall(piece):
        if plain or digits:
            yield _bytes(plain, digits)


def _bytes(plain: bytes, digits: bytes) -> bytes:
    if digits:
        even = b"".join(digits.split())
        return bytes.fromhex((even + b"0" * (len(even) % 2)).decode())
    return _ESCAPED.sub(lambda one: bytes([int(one[1], 8) & 255]) if one[1] else _CONTROLS.get(one[2], one[2]), plain)


def _decode(value: bytes) -> str:
    return value[2:].decode("utf-16-be", "replace") if value.startswith(b"\xfe\xff") else value.decode("latin-1")


def _shown(stream: bytes) -> Iterator[bytes]:
    """Return the strings that a page shows, and a mark where it moves on."""
    in_array = False
    for plain, digits, border, number, operator in _TOKEN.findall(stream):
        if plain or digits:
            yield _bytes(plain, digits)
        elif border:
            in_array = border == b"["
        elif number:
            if in_array and float(number) < _GAP:
                yield b" "
        elif operator in _MOVES:
            yield _MOVE


def _character_map(stream: bytes) -> dict[bytes, str]:
    """Return which letters the codes of a font stand for."""
    known: dict[bytes, str] = {}
    left = _MOST_CODES
    for section in stream.split(b"beginbf")[1:]:
        listed = section.partition(b"endbf")[0]
        if section.startswith(b"char"):
            pairs = islice(_PAIRS.finditer(listed), left)
            known |= {_bytes(b"", pair[1]): _letters(pair[2]) for pair in pairs}
            continue
        for first, last, start, several in _RANGES.findall(listed):
            begin, width = int(first[:8], 16), (len(first) + 1) // 2
            steps = range(min(_LONGEST_RANGE, int(last[:8], 16) - begin + 1))
            letters = re.findall(rb"<([0-9A-Fa-f]+)>", several) or [b"%04x" % (int(start[:8], 16) + n) for n in steps]
            codes = (b"%0*x" % (2 * width, begin + n) for n in steps)
            known |= {_bytes(b"", code): _letters(one) for code, one in zip(codes, letters, strict=False)}
            if (left := left - len(steps)) < 0:
                return known
    return known


def _letters(digits: bytes) -> str:
    return _bytes(b"", digits).decode("utf-16-be", "replace")


def _looked_up(text: list[bytes], known: dict[bytes, str]) -> Iterator[str]:
    """Return a text in the letters of a font, if most of its codes are codes of that font."""
    width = max(map(len, known), default=0)
    if not width:
        return
    letters: list[str] = []
    missed = 0
    for value in text:
        if value == b" ":
            letters.append(" ")
            continue
        codes = [known.get(value[at : at + width]) for at in range(0, len(value), width)]
        missed += codes.count(None)
        letters += [code or "" for code in codes]
    if missed * 3 < len(letters):
        yield "".join(letters)
