"""The tree that Python-Markdown made of a text, made safe and searched before it is written as HTML.

Links to files and pictures become placeholders. Schemes that are not on a list are refused, so that no text can run a
script. Table cells get the labels that phones and screen readers need. The section and the sentence of each placeholder
are recorded, and all sentences for lint.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from posixpath import splitext
from unicodedata import bidirectional
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from briefing.model.addresses import spellings
from briefing.model.files import FOREIGN_PICTURES, PICTURES
from briefing.model.media import DOCUMENTS
from briefing.model.text import Reference
from briefing.parse.markdown.code import unescape_bars
from briefing.parse.markdown.direction import isolate_words
from briefing.parse.markdown.drawn_tables import draw_tables, fill_tables
from briefing.parse.markdown.library import UNWRITTEN
from briefing.parse.markdown.limits import check_repeats
from briefing.parse.markdown.pictures import make_figures, make_picture
from briefing.parse.markdown.sentences import own_text, record_places, title_of
from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding
from briefing.suggestions import Names
from briefing.text import placeholders
from briefing.text.plain_words import decode_entities

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LETTERS = {"rtl": ("R", "AL"), "ltr": ("L",)}
"""Unicode's classes of the letters that are read in each direction."""


def postprocess_tree(root: Element, state: ConversionState) -> None:
    """Make a finished tree safe, and record the section and sentence of each placeholder."""
    if len(root) and root[0].tag == "h1" and title_of(root[0], state).casefold() == state.context.title.casefold():
        root.remove(root[0])  # the page shows its title above the text
    if "![" in state.text:
        for parent in list(root.iter()):
            make_figures(parent, state)
    fill_tables(state)
    elements = list(root.iter())
    if "&" in state.text:
        _refuse_entities(root, elements, state)
    for element in elements:
        if element.attrib and element.tag != placeholders.TAG:
            _make_safe(element, state)
    _name_tables(elements, state)
    draw_tables(state)
    isolate_words(root, "".join(root.itertext()) if state.tables else state.text)
    check_repeats(elements, state)
    _check_anchors(elements, state)
    record_places(elements, state)
    for element in elements:
        if element.tag == "table":
            _head_rows(element, state)


def _refuse_entities(root: Element, elements: list[Element], state: ConversionState) -> None:
    """Report characters that nobody sees or that turn text, where they are typed as an entity such as `&shy;`."""
    values = [value for element in elements for value in element.attrib.values() if "&" in value]
    for words in ("".join(root.itertext()), *values):
        state.refuse_hidden(decode_entities(UNWRITTEN.sub("", words)))


def _make_safe(element: Element, state: ConversionState) -> None:
    """Refuse schemes that are not on the list; replace links to files and pictures by placeholders."""
    if align := element.attrib.pop("align", ""):
        element.set("class", f"align-{align}")  # the content security policy forbids style attributes
    if (direction := element.get("dir", "")) in _LETTERS and not _has_letters(element, direction):
        message = f"dir={direction} turns a text without a letter of that direction, such as a number"
        state.add_problem(Finding("attribute", message, "delete dir from the braces"), f"dir={direction}")
        del element.attrib["dir"]
    if element.tag == "a":
        if element.find(f".//{placeholders.TAG}") is not None:
            hint = "write one link after the other"
            finding = Finding("nested-link", "a link cannot contain another link or a citation", hint)
            state.context.add_problem(finding, *state.place_of(element, _typed(element)))
        if (
            element.get("href")
            and not element.get("class")
            and not "".join(element.itertext()).strip()
            and not len(element)
        ):
            hint = "write words between the brackets: [words](https://…)"
            finding = Finding("empty-link", "this link has no words, so readers would not see it", hint)
            state.context.add_problem(finding, *state.place_of(element, _typed(element)))
        _make_link_safe(element, state)
    elif element.tag == "img":
        make_picture(element, state)


def _has_letters(element: Element, direction: str) -> bool:
    """Whether the text of an element has a letter that is read in a direction."""
    return any(bidirectional(one) in _LETTERS[direction] for one in "".join(element.itertext()) if one.isalpha())


def _name_tables(elements: list[Element], state: ConversionState) -> None:
    """Label the cells of each table, and give a table without a caption the name of the heading above it.

    The second table below a heading, and one without a heading, has the names of its columns.
    """
    heading, named = "", {""}
    for element in elements:
        if element.tag in _HEADINGS:
            heading = title_of(element, state).replace("&", "&amp;")
        elif element.tag == "table":
            labels = _label_cells(element, state)
            name = ", ".join(filter(None, labels)) if heading in named else heading
            named.add(heading)
            if name and element.find("caption") is None:
                element.set("aria-label", name)


def _head_rows(table: Element, state: ConversionState) -> None:
    """Make the first cells of the rows their headings, if each has words of its own."""
    rows = [cells for row in table.iter("tr") if (cells := list(row)) and any(cell.tag == "td" for cell in cells)]
    words = ["".join(own_text(row[0], state.placeholders)).strip() for row in rows]
    if all(len(row) > 1 for row in rows) and len(set(words) - {""}) == len(rows):
        for row in rows:
            row[0].tag = "th"
            row[0].attrib.pop("data-label", None)
            row[0].set("scope", "row")


def _label_cells(table: Element, state: ConversionState) -> list[str]:
    """Label each cell of a table with the heading of its column, for phones, where rows stack; return these labels.

    If the first heading is empty, the first column contains the headings of the rows.
    """
    headings = list(table.iter("th"))
    unescape_bars((*headings, *table.iter("td")))
    labels = [title_of(heading, state).replace("&", "&amp;") for heading in headings]
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
    return labels


def _typed(element: Element) -> str:
    """Return the address of a link as the writer typed it."""
    return decode_entities(element.get("href", ""))


def _make_link_safe(element: Element, state: ConversionState) -> None:
    typed = _typed(element)
    address = re.sub(r"[\0-\x20\xa0\u200b]", "", html.unescape(html.unescape(typed)))
    scheme = re.match(r"([^/?#]*):", address)
    if "footnote-backref" not in element.get("class", ""):
        element.attrib.pop("title", None)
    if scheme:
        if scheme[1].casefold() not in _SCHEMES:
            message = f"links to “{scheme[1]}:” are not allowed"
            state.context.add_problem(
                Finding("link-scheme", message, f"use {', '.join(sorted(_SCHEMES))}"),
                *state.place_of(element, typed),
            )
            element.set("href", "")
        elif not state.context.check_address(
            html.unescape(typed),
            UNWRITTEN.sub("", "".join(_words_of(element))),
            *state.place_of(element, typed),
        ):
            element.set("href", "")
        return
    if address.startswith("#"):
        return
    path, _, heading = (unquote(part) for part in address.partition("#"))
    is_page = path.endswith(".md") or (path.startswith("/") and not splitext(path)[1])
    if address.startswith("//") or not (is_page or _names_file(html.unescape(typed))):
        hint = "write [[id]] for a record, a name that ends in .md for a file, or https://… for the web"
        state.context.add_problem(
            Finding("unknown-link", f"the address “{typed}” cannot be checked", hint),
            *state.place_of(element, typed),
        )
        element.set("href", "")
        return
    if not is_page:
        path, heading = html.unescape(typed), ""
        state.context.files[path] = None
    span = state.context.span(*state.place_of(element, typed))
    placeholder = state.placeholder(Reference(path, heading, True, True, span))
    element.tag, element.attrib = placeholder.tag, placeholder.attrib


def _names_file(typed: str) -> bool:
    """Whether the address of a link is that of a picture or a document beside the texts."""
    ending = splitext(unquote(typed))[1].lower()
    in_folder = re.match(r"(?:\.\./|/)*(?:files|assets)/", typed) is not None
    return ending in DOCUMENTS or ending in (*PICTURES, *FOREIGN_PICTURES) or in_folder or typed.startswith("/")


def _words_of(element: Element) -> Iterator[str]:
    """Yield the pieces of a link that readers see or hear, code between backticks."""
    tick = "`" if element.tag == "code" else ""
    yield f"{tick}{decode_entities(element.text or '')}"
    for child in element:
        yield f" {decode_entities(child.get('alt', ''))} " if child.tag == "img" else "".join(_words_of(child))
        yield decode_entities(child.tail or "")
    yield tick


def _check_anchors(elements: list[Element], state: ConversionState) -> None:
    """Record the ids in the text, and report links within the text to an id that does not exist."""
    named = [element for element in elements if element.get("id")]
    ids = Counter(element.get("id", "") for element in named)
    for value in sorted(value for value, times in ids.items() if times > 1):
        finding = Finding("duplicate-id", f"the id “{value}” is used twice", "give one another id: {#another-id}")
        state.context.add_problem(finding, *(state.typed_ids.get(value) or state.find(value)))
    state.anchors += ids.elements()
    names = Names(ids)
    for element in elements:
        address = element.get("href", "") if element.tag == "a" else ""
        is_back = element.get("class") == "footnote-backref"  # of a footnote that nothing refers to
        if not address.startswith("#") or address[1:] in ids or is_back:
            continue
        if found := next((name for name in spellings(decode_entities(address[1:])) if name in ids), ""):
            element.set("href", f"#{found}")
        else:
            close = state.context.suggestions.nearest(address[1:], names)
            hint = f"did you mean #{close[0]}?" if close else "to give a heading an id, write {#id} after it"
            state.context.add_problem(
                Finding("unknown-anchor", f"nothing on this page has the id “{address}”", hint),
                *state.place_of(element, address),
            )
