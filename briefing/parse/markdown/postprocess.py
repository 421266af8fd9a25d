"""What Markdown made of a text, looked over before it is written out.

Links to files and pictures become holes; schemes and attributes that are not on a list are refused; tables get what
phones and screen readers need; and every hole learns in which section and sentence it stands.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from briefing.model.records import Heading
from briefing.model.text import Citation, FigureUse, Hole, Picture, Reference
from briefing.parse.markdown.state import Reading
from briefing.problems import nearest
from briefing.text.sentences import MARK, is_checkable, sentences_of

_AMPERSAND = "\x02amp\x03"
"""What Python-Markdown writes for an ampersand until the very end."""
_SCHEMES = {"http", "https", "mailto", "tel"}
_ATTRIBUTES = {"id", "class", "reason", "href", "title", "lang", "dir", "alt", "src", "start", "align"}
_RESERVED = re.compile(r"main|exit|exit-status|menu|[rc]\d+|page-.*")
"""Ids that the templates use on every page."""
_BLOCKS = {"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div"}
_SPOKEN = _BLOCKS - {"div", "pre"}
"""Blocks whose own words are sentences."""
_SILENT = {"sup", "ul", "ol", "dl", "table"}
"""What is not part of the sentence that it stands in: footnote marks, and blocks within a list item."""
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_STASH = re.compile("\x02[^\\dc][^\x03]*\x03")
"""Marks that Python-Markdown leaves in the tree until it has been written out."""
_ESCAPED = re.compile("\x02(\\d+)\x03")
"""A sign after a backslash, as Python-Markdown writes it for itself."""


def look_over(root: Element, reading: Reading) -> None:
    """Make a finished tree safe, and learn where each hole stands."""
    _keep_numbers(reading)
    elements = list(root.iter())
    for element in elements:
        if element.tag == "code" and element.text and "\x02" in element.text:
            element.text = _ESCAPED.sub(lambda sign: chr(int(sign[1])), element.text)  # which the library forgets
        if element.attrib and element.tag != "hole":
            _make_safe(element, reading)
    for element in elements:
        if element.tag == "table":
            _label_cells(element, reading)
    _check_anchors(elements, reading)
    _locate(elements, reading)


def _keep_numbers(reading: Reading) -> None:
    """Take back what a list of attributes gave to a hole, which is found and filled by its number alone."""
    for number, place in enumerate(reading.places):
        if place.attrib != {"n": str(number)}:
            place.attrib = {"n": str(number)}
            message, hint = "a link, a figure or a citation takes no attributes", "delete the braces after it"
            reading.problem("attribute", message, hint, "]{")


def _make_safe(element: Element, reading: Reading) -> None:
    """Turn links to files and pictures into holes; refuse schemes and attributes that are not on the lists."""
    for name in [name for name, value in element.items() if name not in _ATTRIBUTES or value is None]:
        message = f"the attribute “{name}” is not allowed"
        typed = f"{name}=" if f"{name}=" in reading.text else name
        reading.problem("attribute", message, "use #id and .class only", typed)
        del element.attrib[name]
    if "no-source" in element.get("class", "").split() and not element.attrib.pop("reason", "").strip():
        hint = 'write {: .no-source reason="what we did ourselves" }'
        reading.problem("no-reason", "a passage that needs no source needs a reason", hint, "no-source")
    if align := element.attrib.pop("align", ""):
        element.set("class", f"align-{align}")  # the content security policy forbids style attributes
    if element.tag == "a":
        if element.find(".//hole") is not None:
            hint = "close the first link before the second begins"
            reading.problem("nested-link", "a link cannot hold another link or a citation", hint, _typed(element))
        _make_link_safe(element, reading)
    elif element.tag == "img":
        _make_picture(element, reading)


def _label_cells(table: Element, reading: Reading) -> None:
    """Tell each cell of a table the heading of its column, for readers who hear it and for phones, where rows stack.

    An empty first heading says that the first column holds the headings of the rows.
    """
    headings = list(table.iter("th"))
    labels = [" ".join(MARK.sub("", "".join(_spoken(heading, reading.holes))).split()) for heading in headings]
    rows = [list(row.iter("td")) for row in table.iter("tr")]
    for heading in headings:
        heading.set("scope", "col")
    for row in rows:
        for cell, label in zip(row, labels, strict=False):
            if label:
                cell.set("data-label", label)
    if labels and not labels[0]:
        headings[0].tag = "td"
        del headings[0].attrib["scope"]
        for first in (row[0] for row in rows if row):
            first.tag = "th"
            first.attrib = {"scope": "row"}


def _typed(element: Element, name: str = "href") -> str:
    """Give the address of a link or a picture as its writer typed it."""
    return html.unescape(element.get(name, "").replace(_AMPERSAND, "&"))


def _make_link_safe(element: Element, reading: Reading) -> None:
    typed = _typed(element)
    address = re.sub(r"[\0-\x20\xa0\u200b]", "", html.unescape(html.unescape(typed)))
    scheme = re.match(r"([^/?#]*):", address)
    if "footnote-backref" not in element.get("class", ""):
        element.attrib.pop("title", None)
    if scheme:
        if scheme[1].casefold() not in _SCHEMES:
            message = f"links to “{scheme[1]}:” are not allowed"
            reading.problem("link-scheme", message, f"use {', '.join(sorted(_SCHEMES))}", typed)
            element.set("href", "")
        return
    if address.startswith("#"):
        return
    if address.startswith("//") or not (address.startswith("/") or address.partition("#")[0].endswith(".md")):
        hint = "link to a record with [[id]], to a file with its .md ending, or to the web with https://"
        reading.problem("unknown-link", f"“{typed}” is no address that can be checked", hint, typed)
        element.set("href", "")
        return
    path, _, heading = address.partition("#")
    spot = reading.notes.spot(*reading.find(typed))
    hole = reading.hole(Reference(path, heading, True, True, -1, "", spot))
    element.tag, element.attrib = "hole", hole.attrib


def _make_picture(element: Element, reading: Reading) -> None:
    typed = _typed(element, "src")
    alt = element.get("alt", "")
    begin, end = reading.find(typed)
    if not alt and "decorative" not in element.get("class", "").split():
        hint = "say what it shows: ![words](path); for an ornament write ![](path){.decorative}"
        reading.notes.problem("no-alternative-text", "the picture has no alternative text", hint, begin, end)
    hole = reading.hole(Picture(typed, alt, reading.notes.spot(begin, end)))
    element.tag, element.attrib = "hole", hole.attrib


def _check_anchors(elements: list[Element], reading: Reading) -> None:
    """Note the ids in the text, and report links within it that lead to none of them."""
    named = [element for element in elements if element.get("id")]
    ids = Counter(element.get("id", "") for element in named)
    for value in sorted(value for value, times in ids.items() if times > 1):
        reading.problem("duplicate-id", f"the id “{value}” stands twice", "give one of them another {#id}", value)
    for element in named:
        if _RESERVED.fullmatch(value := element.get("id", "")):
            hint = "give the heading an id of its own: ## Words {#another-id}"
            raw = value if value in reading.text else "".join(element.itertext())
            reading.problem("reserved-id", f"the id “{value}” belongs to the page itself", hint, raw)
    reading.anchors += ids.elements()
    for element in elements:
        address = element.get("href", "") if element.tag == "a" else ""
        if address.startswith("#") and address[1:] not in ids and not re.match("#fn(ref)?:", address):
            close = nearest(address[1:], ids)
            hint = f"did you mean #{close[0]}?" if close else "headings get ids by {#id}"
            reading.problem("unknown-anchor", f"nothing here is called “{address}”", hint, address)


def _locate(elements: list[Element], reading: Reading) -> None:
    """Learn under which heading and in which sentence each hole stands."""
    section = ""
    rows = [element for element in elements if element.tag == "tr"]
    sourced_rows = {cell for row in rows if _is_sourced(row, reading) for cell in row}
    excused = [block for block in elements if "no-source" in block.get("class", "").split()]
    reasoned = {inner for block in excused for inner in block.iter()}
    for element in elements:
        if element.tag in _HEADINGS:
            section = element.get("id", "")
            _note_heading(element, reading)
        if element.tag in _SPOKEN:
            exempt = element.tag in _HEADINGS or element.tag == "th"
            spoken = "".join(_spoken(element, reading.holes))
            note_sentences(spoken, section, reading, element in sourced_rows, exempt, element in reasoned)


def _is_sourced(element: Element, reading: Reading) -> bool:
    """Say whether a citation or a ledger figure stands anywhere in an element, such as a row of a table."""
    holes = (reading.holes[int(hole.get("n", ""))] for hole in element.iter("hole"))
    return any(isinstance(hole, (Citation, FigureUse)) for hole in holes)


def _note_heading(element: Element, reading: Reading) -> None:
    title = "".join(element.itertext()).strip()
    level = _HEADINGS[str(element.tag)]
    if element.find(".//hole") is not None:
        hint = "move the link or citation into the text below"
        reading.problem("heading-link", "a heading cannot hold a link or a citation", hint, title or "#")
    if level not in (2, 3):
        hint = "use ## and ###; the title is the only heading of the first level"
        reading.problem("heading-level", f"“{title}” is a heading of level {level}", hint, title)
    reading.headings.append(Heading(element.get("id", ""), title, level))


def _spoken(element: Element, holes: Sequence[Hole]) -> Iterator[str]:
    """Give a block's own words, holes as marks, without the blocks inside it and without footnote marks."""
    if element.text:
        yield html.unescape(element.text.replace(_AMPERSAND, "&"))
    for child in element:
        if child.tag == "hole":
            number = child.get("n", "")
            yield f"\x02c{number}\x03" if isinstance(holes[int(number)], Citation) else f"\x02{number}\x03"
        silent = child.tag in _BLOCKS or child.tag in _SILENT or child.get("class") == "footnote-backref"
        if not silent:
            yield from _spoken(child, holes)
        if child.tail:
            yield html.unescape(child.tail.replace(_AMPERSAND, "&"))


def note_sentences(
    spoken: str, section: str, reading: Reading, sourced: bool = False, exempt: bool = False, reasoned: bool = False
) -> None:
    """Keep the sentences that hold holes, tell each hole its own, and note all of them for lint."""
    parts = (_STASH.sub(" ", spoken) if "\x02" in spoken else spoken).split()
    reading.words += len(parts)
    sourced = sourced or reading.notes.covered
    for sentence in sentences_of(" ".join(parts)):
        if "\x02" not in sentence:
            reading.notes.say(sentence, not exempt and is_checkable(sentence), sourced, reasoned)
            continue
        numbers = [int(number) for number in MARK.findall(sentence)]
        has_source = any(isinstance(reading.holes[number], (Citation, FigureUse)) for number in numbers)
        words = MARK.sub("", sentence).strip()
        reading.notes.say(words, not exempt and is_checkable(words), sourced or has_source, reasoned)
        index = len(reading.sentences)
        reading.sentences.append(re.sub("\\s*\x02c\\d+\x03", "", sentence))
        for number in numbers:
            reading.holes[number] = _placed(reading.holes[number], index, section)


def _placed(hole: Hole, sentence: int, section: str) -> Hole:
    """Tell a hole its sentence and its section; a picture stands in none."""
    if isinstance(hole, Picture):
        return hole
    return replace(hole, sentence=sentence, section=section)
