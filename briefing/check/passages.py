"""What a person may read in a file of any kind, as plain text in which names can be looked for.

Tags within a sentence are removed, cells of a table are side by side, and other elements are separated by `BREAK`.
Escapes of HTML, JSON, CSS, addresses and host names are decoded, and so is what a picture says about itself.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape
from itertools import zip_longest
from urllib.parse import unquote_to_bytes

from briefing.text.letters import fold
from briefing.values import dataclass

BREAK = "\x02"
"""Parts what is not read as one: two paragraphs, two list items, two attributes."""
_MARKUP = (".html", ".xml", ".svg", ".htm", ".xhtml", ".gpx", ".opf", ".ncx")
_PAGES = (".html", ".xhtml")
_TYPED = (".md", ".yaml")
_TYPED_MARKS = re.compile(r"\]\([^()\s]*\)|\[[@^=][^\]]*\]|\[\[=[^\]]*\]\]|\[\[[^\]|]*\||\{:[^}]*\}|[*`~\[\]\\]+")
"""What a writer types that readers do not see: where a link leads, citations, emphasis."""
_TAG = re.compile(r"(<[^>]*>)")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|ruby|s|samp|small|span|strong|sub|sup|time|tspan"
    r"|u|var|wbr|text:(?:span|a)|[aw]:(?!p\b|t[cr]\b|br\b|tab\b|cr\b)\w+)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"</?(?:br|dt|dd|text|img|picture|input|button|label|rt|rp|[aw]:(?:tr|br|tab|cr))\b",
    re.IGNORECASE,
)
"""Elements that are read on from, or are beside each other on one line; `a:` and `w:` are those of office programs."""
_INSTEAD = re.compile(r"""<(?:img|area|input)\b[^>]*\s(?:alt|value)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
"""A picture or a button with the words that are read in its place."""
_CELL = re.compile(r"<t(?=[dh]\b)")
_CELL_TAG = re.compile(r"</?(?:t[dh]|[aw]:tc|table:table-cell)\b", re.IGNORECASE)
_CELL_MARK = "\x03"
_BETWEEN_CELLS = re.compile(rf"{BREAK}*{_CELL_MARK}\s*{_CELL_MARK}{BREAK}*")
"""Where a cell ends and the next one of the row begins, which may hold paragraphs."""
_LONG_CELL = 80
_ONE_WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOB = re.compile(r"base64,([A-Za-z0-9+/=\s]{16,})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PUNYCODE = re.compile(r"\bxn--([a-z0-9-]+)", re.I)
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{0*([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|[nrtbf])"
)
_CSS_ESCAPE = re.compile(r"\\0{0,4}([0-9a-fA-F]{2,6})\s?")
_STYLE = re.compile(r"(<style\b[^>]*>)([^<]*)")
_RULES = re.compile(
    r"""(\"[^\"]*\"|'[^']*'|/\*.*?\*/)|(})|[{;:,()]|(?<![\w-])[\d.]+(?:[a-z]{1,4}|%)?(?![\w-])|(?<=[:,\s(])#[\da-f]{3,8}(?=[;,\s)}!])""",
    re.DOTALL | re.IGNORECASE,
)
"""A string or a comment of a style sheet, or else an end of a rule, a mark, a length or a colour."""
_PACKED = (b"PK\x03\x04", b"\x1f\x8b")
"""How archives and compressed files begin."""
_NO_TEXT = (b"%PDF", b"PK\x03\x04")
"""How files begin that may have only characters of text, but are to be read in another way."""
_WIDEST = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
"""How a text begins that has four bytes for each character."""
_RICH = re.compile(
    r"\\'([0-9a-f]{2})|\\u(-?\d{1,6}) ?\??|\\(par|line|tab|cell|row|page)\b ?|\\[a-z]+-?\d* ?|\\\*|[{}\r\n]"
)
"""A character, an end, or a command of rich text (RTF)."""
_PASSES = 3
"""How often a text within a text is unwrapped, such as HTML in a feed, or an escape of an escape."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The texts of a file in plain letters, and the tags in them as they are, which hold attributes."""

    texts: tuple[str, ...]
    tags: frozenset[str]


def is_prose(path: str, packed: bool = False) -> bool:
    """Whether a file holds sentences, and not data in which keys are between the values, as office programs pack it."""
    return path.lower().endswith(_PAGES if packed else _MARKUP)


def files_within(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Return a file, and those that are packed in it if it is an archive; one that is within these is left closed."""
    yield path, data
    if data.startswith(_PACKED):
        from briefing.check.documents import unpack  # which few builds need

        yield from unpack(data)


def read_passages(path: str, data: bytes) -> Passages:
    """Return what may be read in a file, in plain letters."""
    path = path.lower()
    try:
        text = "" if data.startswith(_NO_TEXT) else data.decode("utf-32" if data.startswith(_WIDEST) else "utf-8")
    except UnicodeDecodeError:
        text = "" if b"\0" in data else data.decode("cp1252", "replace")
    passages = _read(text.replace(BREAK, "").replace(_CELL_MARK, ""), path) if text else Passages((), frozenset())
    if b"\0" in data or not text:
        from briefing.check.documents import find_words  # which few builds need

        return replace(passages, texts=(*passages.texts, *map(fold, find_words(data))))
    return passages


def plain(text: str) -> str:
    """Return a text with its escapes decoded, in plain letters, also where one escape is written with another."""
    for _ in range(_PASSES):
        before = text
        if "%" in text:
            text = _PERCENT.sub(lambda run: _harmless(unquote_to_bytes(run[0]).decode("utf-8", "replace")), text)
        if "&" in text:
            text = unescape(text)
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        if "xn--" in text or "XN--" in text:
            text = _PUNYCODE.sub(_host, text)
        if text == before:
            break
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
        text = _read_style(text)
    tags: set[str] = set()
    for _ in range(_PASSES):
        if not markup or "<" not in text:
            break
        if "<!--" in text:
            tags.update(_COMMENT.findall(text))
            text = _COMMENT.sub("", text)
        if "<style" in text:
            text = _STYLE.sub(lambda style: style[1] + _read_style(style[2]), text)
        if "<table" in text:
            texts.append(BREAK.join(_columns(text)))
        pieces = _TAG.split(text)
        tags.update(pieces[1::2])
        pieces[1::2] = map(_between, pieces[1::2])
        text = plain(_BETWEEN_CELLS.sub(" ", "".join(pieces)).replace(_CELL_MARK, " "))
    if text.startswith("{\\rtf"):
        units = _RICH.sub(_rich, text)  # letters beyond 16 bits are in two halves
        texts.append(plain(units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")))
    if path.endswith(_TYPED):
        texts.append(plain(_TYPED_MARKS.sub("", text)))
    return Passages((plain(text), *texts), frozenset(tags))


def _read_style(text: str) -> str:
    """Return the words of a style sheet without the numbers and marks of its rules, which strings have too."""
    text = _CSS_ESCAPE.sub(lambda escape: _sign(escape[1]), text)
    return _RULES.sub(lambda found: found[1] or (BREAK if found[2] else " "), text)


def _rich(mark: re.Match[str]) -> str:
    """Return what stands for a mark of rich text."""
    byte, number, end = mark.groups()
    if byte:
        return bytes([int(byte, 16)]).decode("cp1252", "replace")
    return chr(int(number) % 0x10000) if number else " " if end else ""


@lru_cache(20_000)
def _between(tag: str) -> str:
    """Return what a tag puts between the texts before and after it: the words in place of a picture, or a space."""
    if words := _INSTEAD.match(tag):
        return f" {words[1] or words[2] or ''} "
    if _CELL_TAG.match(tag):
        return _CELL_MARK
    return "" if _INLINE.match(tag) else " " if _BESIDE.match(tag) else BREAK


def _columns(text: str) -> Iterator[str]:
    """Return the words of a table that are below each other: a first name in one row, a surname in the next."""
    for table in text.split("<table")[1:]:
        above: list[str] = []
        for row in table.partition("</table")[0].split("<tr")[1:]:
            cells = [plain(_TAG.sub("", f"<{cell}")).strip() for cell in _CELL.split(row)[1:]]
            words = [_only_word(cell) for cell in cells]
            yield BREAK.join(f"{one} {other}" for one, other in zip(above, words, strict=False) if one and other)
            above = [word or one for word, one in zip_longest(words, above, fillvalue="")]


def _only_word(cell: str) -> str:
    """Return the word of a cell that has just one, and numbers or marks."""
    words = _ONE_WORD.findall(cell) if len(cell) < _LONG_CELL else []
    return words[0] if len(words) == 1 else ""


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
