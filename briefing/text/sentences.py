"""Sentences: where running text is cut, for the sentence around a link and for the question whether it is sourced.

Works on spoken text, in which a hole is its number between U+0002 and U+0003, with a `c` before the number of a
citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.text.placeholders import CITATION_MARK, MARK_START

_END = re.compile(
    r"[.!?…](?<![.!?…]{2})[.!?…]*+"  # a run of stops, from its beginning
    rf'(["”’»)\]]*)(?:\s*{CITATION_MARK})*(?=\s+["“‘«(\[]?({MARK_START}|\w))'
)
"""What ends a sentence: stops, closing signs and citations, and behind them the first letter of the next."""
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
    for word in _TELLING:  # most sentences hold none
        if word in folded:
            return bool(_TOLD.search(folded))
    return False


def sentences_of(text: str) -> Iterator[str]:
    """Cut running text into sentences. A citation after the full stop belongs to the sentence before it."""
    start = 0
    for stop in _END.finditer(text):
        if stop[2].islower():
            continue
        begin, end = stop.start(), stop.start() + 1
        single = text[begin] == "." and stop.span(1) == (end, end)
        if single and _ABBREVIATED.search(text, max(start, begin - _LONGEST), end):
            continue
        yield text[start : stop.end()].strip()
        start = stop.end()
    if rest := text[start:].strip():
        yield rest
