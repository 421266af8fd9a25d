"""Placeholders: the numbered places in a text where a page shows a link, a citation, a figure or a picture.

In HTML a placeholder is an element: `<placeholder n="0">the writer's own words</placeholder>`. In a plain sentence it
is a mark: its number between U+0002 and U+0003, with a `c` before the number of a citation. No source file can contain
these two characters (`text.source_text`). Only this module knows the two forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

TAG = "placeholder"
STOPS = ",.;:!?…،؛؟、。"
"""Punctuation that ends a sentence or a part of one, also in Arabic and Chinese."""
MARK_START = "\x02"
CITATION_MARK = "\x02c\\d+\x03"
"""A regular expression for the mark of a citation."""
_ELEMENT = re.compile(f'<{TAG} n="(\\d+)">(.*?)</{TAG}>([{STOPS})’”»]*)', re.DOTALL)
_LAST_WORD = re.compile(r"(?<=\s)[^\s<>\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]{1,20}\s\Z")
"""A word and the space after it at the end of HTML; none in a script that writes no spaces between words."""
_MARK = re.compile("\x02c?(\\d+)\x03")
_SPACED_CITATION = re.compile(f"\\s*{CITATION_MARK}")


class Found(NamedTuple):
    """A placeholder in HTML: its number, the writer's words as HTML, and the punctuation that directly follows it.

    The element lies between the offsets `start` and `end`, the punctuation after `end`.
    """

    number: int
    label: str
    punctuation: str
    start: int
    end: int


def attributes(number: int) -> dict[str, str]:
    """Return the attributes of a placeholder's element."""
    return {"n": str(number)}


def number_of(attributes: Mapping[str, str]) -> int:
    """Return the number in a placeholder's attributes."""
    return int(attributes["n"])


def find(html: str) -> Iterator[Found]:
    """Return the placeholders of an HTML text, in order."""
    for match in _ELEMENT.finditer(html):
        yield Found(int(match[1]), match[2], match[3], match.start(), match.start(3))


def replace(html: str, write: Callable[[str, int, str, str], str]) -> str:
    """Replace each placeholder, with the word before it and the punctuation after it.

    They are replaced by what `write` returns for the word with its space, number, label and punctuation. The word is
    empty if no word of at most 20 letters directly precedes, between two spaces.
    """
    pieces, end = [], 0
    for match in _ELEMENT.finditer(html):
        text = html[end : match.start()]
        word = _LAST_WORD.search(text[-22:])
        before = word[0] if word else ""
        pieces += [text[: len(text) - len(before)], write(before, int(match[1]), match[2], match[3])]
        end = match.end()
    return "".join(pieces) + html[end:]


def mark(number: int, cites: bool) -> str:
    """Return the mark of a placeholder in a sentence."""
    return f"{MARK_START}{'c' if cites else ''}{number}\x03"


def numbers_in(sentence: str) -> list[int]:
    """Return the numbers of the placeholders in a sentence."""
    return [int(number) for number in _MARK.findall(sentence)]


def replace_marks(sentence: str, read: Callable[[int], str]) -> str:
    """Replace each mark in a sentence by what `read` returns for its number."""
    return _MARK.sub(lambda match: read(int(match[1])), sentence)


def without_citations(sentence: str) -> str:
    """Remove the marks of citations, with the spaces before them."""
    return _SPACED_CITATION.sub("", sentence)
