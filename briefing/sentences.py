"""Sentences: where running text is cut, for the sentence around a link and for the question whether it is sourced.

Works on spoken text, in which a hole is its number between U+0002 and U+0003, with a `c` before the number of a
citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = re.compile("\x02c?(\\d+)\x03")
_STOP = re.compile('(?<![.!?…])[.!?…]++["”’»)\\]]*(?:\\s*\x02c\\d+\x03)*(?=\\s+["“‘«(\\[]?(?:\x02|\\w))')
_WORD = 40
"""Characters at the end of a sentence in which to look for an abbreviation; all of it would take quadratic time."""
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|pp?|paras?|ch|sec|vol|vs?|cf|ca?|approx|e\.g|i\.e)\.$"
)


_CHECKABLE = re.compile(
    r"\d|“[^”]{12,}”|\b(?:per cent|two-thirds|three-quarters|million|billion)\b"
    r"|\b(?:said|found|ruled|reported|accused|announced|concluded|admitted|warned)\b",
    re.IGNORECASE,
)
"""What makes a sentence one that a reader can check: a figure, a date, a quotation, or somebody's finding or saying."""


def is_checkable(sentence: str) -> bool:
    """Say whether a sentence makes a statement that needs a source."""
    return bool(_CHECKABLE.search(MARK.sub("", sentence)))


def sentences_of(text: str) -> Iterator[str]:
    """Cut running text into sentences. A citation after the full stop belongs to the sentence before it."""
    start = 0
    for stop in _STOP.finditer(text):
        before = text[start : stop.end()]
        following = text[stop.end() :].lstrip()[:2].lstrip('"“‘«([')
        if _ABBREVIATED.search(MARK.sub("", before[-_WORD:])) or following[:1].islower():
            continue
        yield before.strip()
        start = stop.end()
    if text[start:].strip():
        yield text[start:].strip()
