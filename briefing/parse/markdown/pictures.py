"""The pictures of a finished tree: figures with captions, and placeholders."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from briefing.model.text import Credit, Picture
from briefing.parse.markdown.links import CAPTION
from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding
from briefing.text.plain_words import decode_entities

_OF_PICTURES = {"title", "credit", "licence"}
"""Attributes of a picture that are shown below it: its caption, if it is plain words, who made it, and its licence."""
_MARKED = re.compile(r"\[\[.+\]\]|\[@|\]\(|\|\d+(?:x\d+)?$|(?<!\w)(\*\*?|~~)(?=\w)[^*~]+(?<=\w)\1(?!\w)")
"""Markdown, or a size, in the words that describe a picture."""


def make_figures(parent: Element, state: ConversionState) -> None:
    """Make a figure of each picture with a caption or a credit. It must be alone in its paragraph, or beside others."""
    for place, block in reversed(list(enumerate(parent))):
        said = [one for one in block if one.tag == "img" and (len(one) or not _OF_PICTURES.isdisjoint(one.attrib))]
        if not said:
            continue
        is_free = block.tag == "p" and not (block.text or "").strip()
        if is_free and all(one.tag == "img" and not (one.tail or "").strip() for one in block):
            parent.remove(block)
            for at, one in enumerate(list(block)):
                figure = Element("figure", block.attrib if not at else {})
                one.tail, figure.tail = "", "\n"
                figure.append(one)
                figure.extend(_take_caption(one, state))
                parent.insert(place + at, figure)
            continue
        hint = "leave an empty line above and below it"
        for one in said:
            finding = Finding("other-markdown", "a picture with a caption or a credit cannot be within a line", hint)
            state.context.add_problem(finding, *state.place_of(one, _typed(one)))


def _take_caption(picture: Element, state: ConversionState) -> list[Element]:
    """Take what is shown below a picture out of its element: the caption, which ends with the credit."""
    words, credit, licence = (decode_entities(picture.attrib.pop(name, "")) for name in ("title", "credit", "licence"))
    captions = list(picture)
    picture[:] = []
    if not captions and (words or credit or licence):
        captions = [Element(CAPTION)]
        captions[0].text = words.replace("&", "&amp;")
    for one in (words, credit, licence):
        state.refuse_hidden(one)
    if credit or licence:
        end = captions[0][-1] if len(captions[0]) else None
        if end is None:
            captions[0].text = f"{captions[0].text or ''} ".lstrip()
        else:
            end.tail = f"{end.tail or ''} "
        captions[0].append(state.placeholder(Credit(credit, licence)))
        state.context.add_sentence(credit, state.start, False, True)
    return captions


def make_picture(element: Element, state: ConversionState) -> None:
    """Make a placeholder of a picture; report what is wrong with its words."""
    typed = _typed(element)
    alt = decode_entities(element.get("alt", ""))
    begin, end = state.place_of(element, typed)
    if not alt and "decorative" not in element.get("class", "").split():
        hint = "say what it shows: ![words](path); for decoration only, write ![](path){.decorative}"
        finding = Finding("no-alternative-text", "this picture has no alternative text", hint)
        state.context.add_problem(finding, begin, end)
    if _MARKED.search(alt):
        message = "the words that describe a picture are plain; readers would hear these marks"
        finding = Finding("other-markdown", message, "write plain words, without marks, links and sizes")
        state.context.add_problem(finding, begin, end)
    state.context.files[typed] = None
    span = state.context.span(begin, end)
    placeholder = state.placeholder(Picture(typed, alt, span))
    element.tag, element.attrib = placeholder.tag, placeholder.attrib
    element[:] = []


def _typed(picture: Element) -> str:
    """Return the address of a picture as the writer typed it."""
    return decode_entities(picture.get("src", ""))
