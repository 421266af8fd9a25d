"""Sentences: where running text is cut, for the sentence around a link and for the question whether it is sourced.

Works on spoken text, in which a hole is its number between U+0002 and U+0003, with a `c` before the number of a
citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = re.compile("\x02c?(\\d+)\x03")
_STOP = re.compile("[.!?…]+")
_CLOSED = re.compile('(["”’»)\\]]*)(?:\\s*\x02c\\d+\x03)*(?=\\s+["“‘«(\\[]?(\x02|\\w))')
"""What follows a stop that ends a sentence: closing signs, citations, and the first letter of the next."""
_LONGEST = len(" approx.")
"""Characters that an abbreviation takes, with what stands before it."""
_ABBREVIATED = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|pp?|paras?|ch|sec|vol|vs?|cf|ca?|approx|e\.g|i\.e)\.$"
)


_DIGIT = re.compile(r"\d")
_QUOTATION = re.compile("“[^“”]{12,}”")
_TELLING = (
    "per cent", "two-thirds", "three-quarters", "million", "billion",
    "said", "found", "ruled", "reported", "accused", "announced", "concluded", "admitted", "warned",
)  # fmt: skip
_TOLD = re.compile(rf"\b(?:{'|'.join(_TELLING)})\b")


def is_checkable(sentence: str) -> bool:
    """Say whether a sentence needs a source: whether it holds a figure, a date, a quotation, or what somebody said."""
    if _DIGIT.search(sentence) or ("“" in sentence and _QUOTATION.search(sentence)):
        return True
    folded = sentence.casefold()
    return any(word in folded for word in _TELLING) and bool(_TOLD.search(folded))


def sentences_of(text: str) -> Iterator[str]:
    """Cut running text into sentences. A citation after the full stop belongs to the sentence before it."""
    start = 0
    for stop in _STOP.finditer(text):
        closed = _CLOSED.match(text, stop.end())
        if closed is None or closed[2].islower():
            continue
        if stop[0] == "." and not closed[1]:
            begin = max(start, stop.start() - _LONGEST)
            if _ABBREVIATED.search(text, begin, stop.end()):
                continue
        yield text[start : closed.end()].strip()
        start = closed.end()
    if rest := text[start:].strip():
        yield rest
