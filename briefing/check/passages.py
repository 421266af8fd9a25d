"""What a person may read in a file of any kind, as plain text in which names can be looked for.

Tags within a sentence are removed, cells of a table are side by side, and other elements are separated by `BREAK`.
Escapes of HTML, JSON, CSS, addresses and host names are decoded, and so is what a picture says about itself.
"""

from __future__ import annotations

import base64
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from urllib.parse import unquote_to_bytes

from briefing.text.letters import fold

BREAK = "\x02"
"""Parts what is not read as one: two paragraphs, two list items, two attributes."""
_MARKUP = (".html", ".xml", ".svg", ".htm", ".xhtml")
_TYPED = (".md", ".yaml")
_TYPED_MARKS = re.compile(r"\]\([^()\s]*\)|\[[@^=][^\]]*\]|\[\[=[^\]]*\]\]|\[\[[^\]|]*\||\{:[^}]*\}|[*`~\[\]\\]+")
"""What a writer types that readers do not see: where a link leads, citations, emphasis."""
_TAG = re.compile(r"(<[^>]*>)")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tspan"
    r"|u|var|wbr|[aw]:(?!p\b|t[cr]\b|br\b|tab\b|cr\b)\w+)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"</?(?:td|th|br|dt|dd|text|img|picture|input|button|label|rt|rp|[aw]:(?:t[cr]|br|tab|cr))\b", re.IGNORECASE
)
"""Elements that are read on from, or are beside each other on one line; `a:` and `w:` are those of office programs."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOB = re.compile(r"base64,([A-Za-z0-9+/=\s]{16,})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PUNYCODE = re.compile(r"\bxn--([a-z0-9-]+)", re.I)
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{0*([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|[nrtbf])"
)
_CSS_ESCAPE = re.compile(r"\\0{0,4}([0-9a-fA-F]{2,6})\s?")
_PRINTABLE = re.compile(rb"[\t\r\n\x20-\x7e\x80-\xff]{4,}")
_SURE = re.compile(rb"[\x20-\x7e]{8,}")
"""Bytes that are words rather than chance, in a file of which we do not know where its words are."""
_WIDE = re.compile(rb"(?:[\x20-\x7e]\0){4,}")
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")
_FONTS = (b"wOF2", b"wOFF", b"\0\1\0\0", b"OTTO")
_ARCHIVE = b"PK\x03\x04"
"""How archives begin, and the documents of office programs, which are archives."""
_MOST_UNPACKED = 8_000_000
"""Bytes of an archive's files that are read."""
_ENDS = 65_536
"""Bytes at each end of a file of an unknown kind in which it may say what it is."""
_PASSES = 3
"""How often a text within a text is unwrapped, such as HTML in a feed."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of a file in plain letters, and the tags in them as they are, which hold attributes."""

    texts: tuple[str, ...]
    tags: frozenset[str]


def is_prose(path: str) -> bool:
    """Whether a file holds sentences, and not data in which keys are between the values."""
    return path.endswith(_MARKUP)


def read_passages(path: str, data: bytes) -> Passages:
    """Return what may be read in a file, in plain letters."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Passages(tuple(fold(words) for words in _metadata(data)), frozenset())
    return _read(text.replace(BREAK, ""), path)


def plain(text: str) -> str:
    """Return a text with its escapes decoded, in plain letters."""
    for _ in range(2 if "%25" in text else "%" in text):
        text = _PERCENT.sub(lambda run: _harmless(unquote_to_bytes(run[0]).decode("utf-8", "replace")), text)
    if "&" in text:
        text = unescape(text)
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    if "xn--" in text or "XN--" in text:
        text = _PUNYCODE.sub(_host, text)
    return fold(text)


def _read(text: str, path: str) -> Passages:
    markup = path.endswith(_MARKUP)
    texts: list[str] = []
    if "base64," in text:
        texts += [words for blob in _BLOB.findall(text) for words in _decoded(blob)]
        text = _BLOB.sub(BREAK, text)
    if path.endswith(".ics"):
        text = re.sub(r"\r?\n[ \t]", "", text)
    if path.endswith(".css"):
        text = _CSS_ESCAPE.sub(lambda escape: _sign(escape[1]), text)
    tags: set[str] = set()
    for _ in range(_PASSES):
        if not markup or "<" not in text:
            break
        if "<!--" in text:
            tags.update(_COMMENT.findall(text))
            text = _COMMENT.sub("", text)
        pieces = _TAG.split(text)
        tags.update(pieces[1::2])
        pieces[1::2] = map(_between, pieces[1::2])
        text = plain("".join(pieces))
    if path.endswith(_TYPED):
        texts.append(plain(_TYPED_MARKS.sub("", text)))
    return Passages((plain(text), *texts), frozenset(tags))


@lru_cache(20_000)
def _between(tag: str) -> str:
    """Return what a tag puts between the texts before and after it."""
    return "" if _INLINE.match(tag) else " " if _BESIDE.match(tag) else BREAK


def _harmless(decoded: str) -> str:
    """Keep what was decoded from being read as a tag."""
    return decoded.replace("<", " ").replace(">", " ").replace('"', " ").replace(BREAK, "")


def _sign(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""


def _unescaped(escape: re.Match[str]) -> str:
    high, low, *single = escape.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    return _sign("".join(filter(None, single))) if any(single) else " "


def _host(name: re.Match[str]) -> str:
    try:
        return name[1].encode().decode("punycode")
    except UnicodeError:
        return name[0]


def _decoded(blob: str) -> Iterator[str]:
    """Return the texts of a file that is written within another."""
    try:
        data = base64.b64decode(blob)
    except ValueError:
        return
    inner = read_passages(".svg", data)
    yield from inner.texts
    yield from inner.tags


def _metadata(data: bytes) -> Iterator[str]:
    """Return the words that a picture or another binary file holds about itself."""
    if data.startswith(_FONTS):
        return
    if data.startswith(_ARCHIVE):
        yield from _unpacked(data)
        return
    known = _png(data) if data.startswith(b"\x89PNG") else _jpeg(data) if data.startswith(b"\xff\xd8") else None
    for piece in known or (data[:_ENDS], data[_ENDS:][-_ENDS:]):
        yield from (run.decode("utf-16-le") for run in _WIDE.findall(piece))
        for run in (_PRINTABLE if known else _SURE).findall(piece):
            try:
                yield run.decode()
            except UnicodeDecodeError:
                yield run.decode("latin-1")


def _unpacked(data: bytes) -> Iterator[str]:
    """Return the texts of the files in an archive, and their names."""
    left = _MOST_UNPACKED
    damaged = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
    with suppress(*damaged), zipfile.ZipFile(BytesIO(data)) as archive:
        for member in archive.infolist():
            yield fold(member.filename)
            left -= member.file_size
            inner = archive.open(member).read(member.file_size) if left >= 0 else _ARCHIVE
            if not inner.startswith(_ARCHIVE):  # an archive within an archive is left closed
                passages = read_passages(member.filename, inner)
                yield from passages.texts
                yield from (plain(tag.replace('"', BREAK)) for tag in sorted(passages.tags))


def _png(data: bytes) -> Iterator[bytes]:
    at = 8
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind in _TEXT_CHUNKS:
            chunk = data[at + 8 : at + 8 + size]
            yield chunk
            yield from _inflated(chunk)
        at += size + 12


def _inflated(chunk: bytes) -> Iterator[bytes]:
    """Return the words of a chunk that are compressed, wherever in it they begin."""
    for start in (place.start() for place in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", chunk)):
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
