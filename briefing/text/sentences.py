"""Sentences: where running text is split, and which sentences need a source.

Lint reads sentences one by one, and a page shows the sentence around each link to it. A placeholder in a sentence is a
mark (`text.placeholders`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.text.placeholders import CITATION_MARK, MARK_START

_END = re.compile(
    r"[.!?…](?<![.!?…]{2})[.!?…]*+"  # full stops and the like, from the first in a row
    rf'(["”’»)\]]*)(?:\s*{CITATION_MARK})*(?=\s+["“‘«(\[]?({MARK_START}|\w))'
)
"""The end of a sentence: stops, closing quotation marks and citations. Group 2 is the first letter after it."""
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|pp?|paras?|ch|sec|vol|vs?|cf|ca?|approx|e\.g|i\.e)\.$"
)
_LONGEST_ABBREVIATION = len(" approx.")
_DIGIT = re.compile(r"\d")
_QUOTATION = re.compile("“[^“”]{12,}”")
_CLAIM_WORDS = (
    "per cent", "two-thirds", "three-quarters", "million", "billion",
    "said", "found", "ruled", "reported", "accused", "announced", "concluded", "admitted", "warned",
)  # fmt: skip
_CLAIM = re.compile(rf"\b(?:{'|'.join(_CLAIM_WORDS)})\b")


def is_checkable(sentence: str) -> bool:
    """Whether a sentence needs a source: it contains a number, a quotation, or what somebody said or found."""
    if _DIGIT.search(sentence) or ("“" in sentence and _QUOTATION.search(sentence)):
        return True
    folded = sentence.casefold()
    # Plain searches first: most sentences contain none of these words.
    return any(word in folded for word in _CLAIM_WORDS) and bool(_CLAIM.search(folded))


def sentences_of(text: str) -> Iterator[str]:
    """Split running text into sentences. A citation after the full stop belongs to the sentence before it."""
    start = 0
    for end in _END.finditer(text):
        if end[2].islower():
            continue
        first, after = end.start(), end.start() + 1
        one_stop = text[first] == "." and end.span(1) == (after, after)
        if one_stop and _ABBREVIATION.search(text, max(start, first - _LONGEST_ABBREVIATION), after):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    if rest := text[start:].strip():
        yield rest
