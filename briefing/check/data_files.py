"""Files for other programs: a feed is XML, data is JSON, no cell of a table is a formula, no picture runs anything."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from briefing.text.spreadsheet import is_formula

_CALENDAR = re.compile(r"[A-Z][A-Z0-9-]*(?:;[A-Z-]+=[\w/-]+)*:[^\r\n\0-\x08\x0b-\x1f\x7f]*")
_PROPERTIES = {
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL", "TRANSP",
}  # fmt: skip
_RUNNING = {"script", "foreignobject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "meta"}
"""Elements that run something, or that hold what is no picture."""
_LEADING = {"href", "src", "action", "formaction", "base"}
_INNER = re.compile(r"#.*|data:image/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*", re.DOTALL)
_STYLE = re.compile(
    r"@import|expression\s*\(|url\(\s*+[\"']?+\s*+(?!#|data:image/(?:png|jpeg|gif|webp)[;,])|\\", re.IGNORECASE
)
_TARGETS = re.compile(r"(?:xlink:)?href|on.*", re.IGNORECASE)


def check_xml(text: str) -> Iterator[str]:
    """Yield what is wrong with a feed or a site map: it must be valid XML, without entities of its own."""
    yield from _parse(text, lambda tag, attributes: None, lambda words: None)


def check_svg(text: str) -> Iterator[str]:
    """Yield what a picture runs, loads or leads to."""
    found: list[str] = []
    path: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        path.append(name)
        if name in _RUNNING:
            found.append(f"the picture contains the element “{tag}”")
        for attribute, value in attributes.items():
            plain = attribute.rpartition(":")[2].lower()
            if plain.startswith("on"):
                found.append(f"the picture has the attribute “{attribute}”, which runs a script")
            elif plain in _LEADING and not _INNER.fullmatch(value.strip()):
                found.append(f"the picture leads to “{value[:60]}”, or loads it")
            elif plain == "attributename" and _TARGETS.fullmatch(value.strip()):
                found.append(f"the picture changes its attribute “{value[:60]}”")
            elif "(" in value and plain != "d" and _STYLE.search(value):
                found.append(f"the picture loads something in its attribute “{attribute}”")

    def words(data: str) -> None:
        if "style" in path and _STYLE.search(data):
            found.append("a style of the picture loads something")

    yield from _parse(text, start, words, end=lambda tag: path.pop())
    yield from dict.fromkeys(found)


def _parse(
    text: str,
    start: Callable[[str, dict[str, str]], None],
    words: Callable[[str], None],
    end: Callable[[str], object] = lambda tag: None,
) -> Iterator[str]:
    found: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = lambda *given: found.append("it declares an entity")
    parser.ProcessingInstructionHandler = lambda name, _: found.append(f"it gives the instruction “{name[:40]}”")
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        found.append(f"the XML is not valid: {error}")
    yield from dict.fromkeys(found)


def check_json(text: str) -> Iterator[str]:
    """Yield why data is not JSON."""
    try:
        json.loads(text)
    except ValueError as error:
        yield f"the JSON cannot be read: {error}"


def check_csv(text: str) -> Iterator[str]:
    """Yield each kind of mistake of a table: rows of another length, and cells that would be run as a formula."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        yield f"the table cannot be read: {error}"
        return
    if any(len(row) != len(rows[0]) for row in rows):
        yield "a row has another number of cells than the first row"
    if any(is_formula(cell) for row in rows for cell in row):
        yield "a spreadsheet would run a cell as a formula"


def check_calendar(text: str) -> Iterator[str]:
    """Yield each line of a calendar that is no property, or one that calendars of this site do not have."""
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    for line in lines:
        if not _CALENDAR.fullmatch(line) or re.split("[;:]", line)[0] not in _PROPERTIES:
            yield f"“{line[:60]}” is no line of a calendar"
    opened = [line[6:] for line in lines if line.startswith("BEGIN:")]
    closed = [line[4:] for line in lines if line.startswith("END:")]
    if sorted(opened) != sorted(closed) or set(opened) > {"VCALENDAR", "VEVENT"}:
        yield "an entry of the calendar begins and does not end"


CHECKS: dict[str, Callable[[str], Iterator[str]]] = {
    "xml": check_xml,
    "svg": check_svg,
    "json": check_json,
    "csv": check_csv,
    "ics": check_calendar,
}
"""The check of each kind of file, by its ending."""
