"""Words from right to left before a number: put into an element of their own, so that they cannot change its order.

Between two numbers, Unicode (UAX 9) takes the direction of the letter before them. So in a text from left to right, one
Hebrew or Arabic character turns round the parts of a telephone number or of a range after it. In a text from right to
left, the element changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

from briefing.text.plain_words import decode_entities

_BREAKS = {
    "p",
    "li",
    "td",
    "th",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "figure",
    "pre",
    "div",
    "br",
    "hr",
}
_MARK = re.compile("\x02[^\x03]*\x03|&#?\\w+;")
_RUN = re.compile("R(?:[RNDM]*R)?M*(?=[NM]*D)")
"""From the first to the last letter from right to left, if a digit is next."""
_KINDS = {"R": "R", "AL": "R", "EN": "D", "AN": "D", "L": "L", "NSM": "M"}


_MAY_TURN = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of Unicode that have all characters from right to left."""


class _Slot(NamedTuple):
    """A text in a tree: at the beginning of an element, or behind a child of it."""

    parent: Element
    place: int
    """The number of children before the text."""
    text: str


def isolate_words(root: Element, typed: str) -> None:
    """Put each run of words from right to left that a digit follows, in the same block, into `bdi`.

    `typed` is the text of which the tree was made.
    """
    if not _MAY_TURN.search(decode_entities(typed)):
        return
    slots = [*_slots(root)]
    kinds = ["B" if slot is None else _kinds_of(slot.text) for slot in slots]
    cuts = [found.span() for found in _RUN.finditer("".join(kinds))]
    end = sum(map(len, kinds))
    for slot, kind in zip(reversed(slots), reversed(kinds), strict=True):
        start = end - len(kind)
        here: list[tuple[int, int]] = []
        while cuts and cuts[-1][1] > start:
            here.append((max(cuts[-1][0], start) - start, min(cuts[-1][1], end) - start))
            if cuts[-1][0] < start:
                break
            cuts.pop()
        spans = [(one, other) for one, other in reversed(here) if one < other]  # a text between elements may be empty
        if slot and spans:
            _wrap(slot, spans)
        end = start


def _slots(element: Element) -> Iterator[_Slot | None]:
    """Yield every text of a tree in its order, and None where a block begins or ends."""
    if element.tag in _BREAKS:
        yield None
    yield _Slot(element, 0, element.text or "")
    for place, child in enumerate(element, 1):
        yield from _slots(child)
        yield _Slot(element, place, child.tail or "")
    if element.tag in _BREAKS:
        yield None


def _kinds_of(text: str) -> str:
    """Return one letter for each character: R, L, D for a digit, M for a mark, N for anything else."""
    kinds = [*map(_kind, text)]
    for found in _MARK.finditer(text):
        kind = _kind(decode_entities(found[0])[:1]) if found[0][0] == "&" else "N"
        kinds[found.start() : found.end()] = kind + "M" * (len(found[0]) - 1)
    return "".join(kinds)


@cache
def _kind(character: str) -> str:
    return _KINDS.get(bidirectional(character), "N") if character else "N"


def _wrap(slot: _Slot, spans: list[tuple[int, int]]) -> None:
    """Put parts of a text into elements of their own."""
    ends = [start for start, _ in spans[1:]] + [len(slot.text)]
    for number, ((start, end), until) in enumerate(zip(spans, ends, strict=True)):
        bdi = Element("bdi")
        bdi.text, bdi.tail = slot.text[start:end], slot.text[end:until]
        slot.parent.insert(slot.place + number, bdi)
    before = slot.text[: spans[0][0]]
    if slot.place:
        slot.parent[slot.place - 1].tail = before
    else:
        slot.parent.text = before
