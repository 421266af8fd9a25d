"""What type a document is of, and its text."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from xml.parsers import expat

from briefing.evidence.html import read_html
from briefing.evidence.pdf import read_pdf
from briefing.evidence.text import Text, paged

ENDINGS = {
    "application/pdf": "pdf",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""The types whose text is read, with the endings of their files."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_LOOKS_HTML = re.compile(
    rb"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_LARGEST_PART = 100_000_000
"""Bytes of the text within a .docx file that are unpacked at most."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    expat.ExpatError,
    LookupError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
"""What reading a packed file raises if it is damaged or locked."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_BETWEEN = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}noBreakHyphen": "-", f"{_WORD}softHyphen": "\u00ad"}
"""Elements of a Word file that stand for a character."""


def find_type(data: bytes, said: str = "", name: str = "") -> str:
    """Return the type of a document as a file ending: by its first bytes, then by what was said of it; else empty.

    `said` is a `Content-Type`, and `name` the name of a file.
    """
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in data[:4096] or name.lower().endswith(".docx") else ""
    if _LOOKS_HTML.match(data[:4096]):
        return "html"
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    ending = name.lower().rpartition(".")[2]
    plain = {"htm": "html", "xhtml": "html", "md": "txt", "text": "txt"}.get(ending, ending)
    return ENDINGS.get(said.partition(";")[0].strip().lower(), "") or (plain if plain in ("html", "txt") else "")


def read_text(data: bytes, ending: str, said: str = "") -> Text:
    """Return the text of a document, or why there is none. `said` is a `Content-Type`, which may name a charset."""
    if not data.strip():
        return Text(obstacle="empty")
    match ending:
        case "pdf":
            return read_pdf(data)
        case "html":
            return read_html(_decode(data, said))
        case "docx":
            return _read_docx(data)
        case "txt":
            return _read_plain(_decode(data, said))
        case _:
            return Text(obstacle="type")


def _decode(data: bytes, said: str) -> str:
    """Return bytes as text: by their mark of order, as UTF-8, as they say of themselves, or as Windows does."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(said) or _CHARSET.search(data[:1024].decode("ascii", "replace"))
    for charset in ("utf-8-sig", declared[1] if declared else "", "cp1252"):
        try:
            return data.decode(charset)
        except (LookupError, ValueError):  # no such encoding, or one that is not for text
            continue
    return data.decode("cp1252", "replace")


def _read_plain(text: str) -> Text:
    pages = text.replace("\r\n", "\n").rstrip("\f\n").split("\f")
    return paged(pages, [""] * len(pages)) if len(pages) > 1 else Text((text,), (text,))


def _read_docx(data: bytes) -> Text:
    """Return the text of a Word file: its paragraphs, also those in tables."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if packed.getinfo("word/document.xml").file_size > _LARGEST_PART:
                return Text(obstacle="damaged")
            text = _words_of(packed.read("word/document.xml"))
    except _BROKEN:
        return Text(obstacle="damaged")
    return Text((text,), (text,)) if text.strip() else Text(obstacle="scan")


def _words_of(markup: bytes) -> str:
    """Return the words of the XML of a Word file; raise one of `_BROKEN` if it is no such XML, or has entities."""
    pieces: list[str] = []
    is_text = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal is_text
        is_text = tag == f"{_WORD}t"
        if tag in _BETWEEN:
            pieces.append(_BETWEEN[tag])

    def end(tag: str) -> None:
        nonlocal is_text
        is_text = False
        if tag == f"{_WORD}p":
            pieces.append("\n")

    def words(data: str) -> None:
        if is_text:
            pieces.append(data)

    def refuse(*_: object) -> None:
        raise ValueError

    parser = expat.ParserCreate(None, " ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(markup, True)
    return "".join(pieces)
