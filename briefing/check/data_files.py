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
_SVG = ("http://www.w3.org/2000/svg", "")
_XLINK = "http://www.w3.org/1999/xlink"
_HARMLESS = (
    "http://www.inkscape.org/namespaces/", "http://sodipodi.sourceforge.net/", "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://purl.org/dc/", "http://www.serif.com/",
    "http://ns.adobe.com/", "http://www.bohemiancoding.com/sketch/ns",
)  # fmt: skip
"""The start of namespaces that drawing programs write and browsers ignore."""
_DRAWING = {
    "svg", "g", "defs", "symbol", "use", "switch", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "image", "text", "tspan", "textPath", "title", "desc", "metadata", "style", "linearGradient", "radialGradient",
    "stop", "clipPath", "mask", "pattern", "marker", "filter", "feBlend", "feColorMatrix", "feComponentTransfer",
    "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow",
    "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode",
    "feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence",
}  # fmt: skip
"""The elements of a picture. None runs anything, moves, or leads anywhere."""
_WORDS = re.compile(r"aria-.*|data-.*|id|class|d|points|font-family")
"""Attributes that are no style."""
_XLINK_NAMES = {"href", "type", "title", "show", "actuate"}
_INNER = re.compile(r"#.*|data:image/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*", re.DOTALL)
_FUNCTIONS = (
    "matrix|matrix3d|translate[xyz]?|scale[xyz]?|rotate[xyz]?|skew[xy]?|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|calc|"
    "min|max|clamp|var|inset|circle|ellipse|polygon|blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia|"
    "url|not|is|where|nth-[a-z-]+|lang|and|or"
)
_STYLE = re.compile(
    r"@import|\\|(?<![\w-])(?!(?:" + _FUNCTIONS + r")\()[\w-]+\("
    r"|(?<![\w-])url\((?!\s*+[\"']?+\s*+(?:#|data:image/(?:png|jpeg|gif|webp)[;,]))",
    re.IGNORECASE,
)
"""What a style must not contain: an import, an escape, an unlisted function, an address outside the picture."""


def check_xml(text: str) -> Iterator[str]:
    """Yield what is wrong with a feed or a site map: it must be valid XML, without entities of its own."""
    yield from _parse(text, lambda tag, attributes: None, lambda words: None)


def check_svg(text: str) -> Iterator[str]:
    """Yield each part of a picture that is not on the list of what only draws."""
    found: list[str] = []
    path: list[str] = []
    styles: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if "style" in path or not (namespace.startswith(_HARMLESS) or (namespace in _SVG and name in _DRAWING)):
            found.append(f"the picture contains the element “{name}”")
        path.append(name)
        for attribute, value in attributes.items():
            found.extend(_check_attribute(attribute, value))

    def words(data: str) -> None:
        if "style" in path:
            styles.append(data)

    yield from _parse(text, start, words, end=lambda tag: path.pop())
    if _STYLE.search("".join(styles)):
        found.append("a style of the picture loads something")
    yield from dict.fromkeys(found)


def _check_attribute(attribute: str, value: str) -> Iterator[str]:
    namespace, _, name = attribute.rpartition(" ")
    if namespace.startswith(_HARMLESS):
        return
    plain = name.lower()
    if plain.startswith("on"):
        yield f"the picture has the attribute “{name}”, which runs a script"
    elif plain in ("base", "src", "srcset", "attributename") or (namespace == _XLINK and plain not in _XLINK_NAMES):
        yield f"the picture has the attribute “{name}”"
    elif plain == "href" and not _INNER.fullmatch(value.strip()):
        yield f"the picture leads to “{value[:60]}”, or loads it"
    elif not _WORDS.fullmatch(name) and _STYLE.search(value):
        yield f"the picture loads something in its attribute “{name}”"


def _parse(
    text: str,
    start: Callable[[str, dict[str, str]], None],
    words: Callable[[str], None],
    end: Callable[[str], object] = lambda tag: None,
) -> Iterator[str]:
    found: list[str] = []
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = lambda *given: found.append("it declares an entity")
    parser.ProcessingInstructionHandler = lambda name, _: found.append(
        f"it contains the processing instruction “{name[:40]}”"
    )
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
            yield f"“{line[:60]}” is not a valid line of a calendar"
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
