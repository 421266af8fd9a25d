"""Sentences: where running text is split, and which sentences need a source.

Lint reads sentences one by one, and a page shows the sentence around each link to it. A placeholder in a sentence is a
mark (`text.placeholders`). What differs between languages is in the room `locale`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.locale import FALLBACK, TextRules, text_rules
from briefing.text.placeholders import CITATION_MARK, MARK_START

_END = re.compile(
    rf"[.!?…؟۔।](?<![.!?…؟۔।]{{2}})[.!?…؟۔।]*+"  # full stops and the like, from the first in a row
    rf"([\"'”’»›“‘)\]」』]*|\s[»›](?!\w))(?:\s*{CITATION_MARK})*(?=\s+[\"'“„‘‚«‹(\[「『¿¡]*\s?({MARK_START}|\w))"
    rf"|[。！？](?<![。！？]{{2}})[。！？]*+[”’」』）]*(?:\s*{CITATION_MARK})*(?=\s*\S)"
)
"""The end of a sentence: stops, closing quotation marks and citations. Group 2 is the first letter after it.

Chinese and Japanese need no space after it.
"""
_BEFORE_WORD = re.compile(r"[\s(\[“„«‘'\"‚‹/–—]")
_LONGEST_WORD = 30
"""Characters in which an abbreviation is looked for."""
_NEXT_WORD = re.compile(r"\s*[\"'“„‘‚«‹(\[¿¡]*\s?(\w+)(\.?)")
_INITIAL = re.compile(r"[^\W\d_]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
"""Letters with full stops between them, such as u.s or p.ex."""
_IS_NUMBER = re.compile(r"\d|[IVXLC]+$")
_DIGIT = re.compile(r"\d")
_NO_AMOUNT = r"(?<![\w.,/])(?:24/7(?![\w/])|(?:\+\d|0\d{2}|0\d (?=\d\d \d\d ))[\d \u00a0()-]{4,}\d(?![\w.,/]\d|\w))"
"""The hours of a service that never closes, and telephone numbers, which begin with 0 or +."""
_PAIRS = (
    ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("‹", "›"), ("‚", "‘"), ("「", "」"), ("『", "』"),
)  # fmt: skip
"""Quotation marks of all languages. A text may quote in the marks of another language."""
_SINGLE = r"‘[^‘’]*’(?!\w)"
_TYPED, _TYPED_SINGLE = r'(?<!\w)"(?=\S)[^"]*(?<=\S)"(?!\w)', r"(?<!\w)'(?=\S)[^']*(?<=\S)'(?!\w)"
QUOTATION = re.compile("|".join([*(f"{a}[^{a}{b}]*{b}" for a, b in _PAIRS), _SINGLE, _TYPED, _TYPED_SINGLE]))
"""Words in quotation marks of any language, those of a typewriter included."""
_MARKS = re.compile('[“„«»‹‚「『"]')
"""Of these marks, one is in each quotation that says what somebody said; ‘’ often only mark a word."""
_SHORT, _SHORT_IDEOGRAPHS = 12, 5
"""Characters of a quotation that is more than a word: of letters, and of ideographs."""


@cache
def _names(language: str, own: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for names with a number: those of a language, and those of a site, as they are typed there."""
    words = "|".join(re.escape(word) for word in own)
    ours = rf"(?<!\w)(?:{words})[ \u00a0\u202f-]?\d+[A-Za-z]?(?!\w|[.,:]\d)" if own else "(?!)"
    return re.compile(f"{ours}|{text_rules(language).named}|{_NO_AMOUNT}")


def is_checkable(sentence: str, language: str = FALLBACK, names: tuple[str, ...] = ()) -> bool:
    """Whether a sentence needs a source: it contains a number, a quotation, or what somebody said or found.

    The number of a name, such as Room 4, is none; `names` are words of such names that a site adds.
    """
    if _DIGIT.search(sentence) and _DIGIT.search(_names(language, names).sub("", sentence)):
        return True
    if _MARKS.search(sentence) and any(map(_is_long, QUOTATION.finditer(sentence))):
        return True
    folded, rules = sentence.casefold(), text_rules(language)
    # Plain searches first: most sentences contain none of these words.
    return any(map(folded.__contains__, rules.telling_words)) and bool(rules.telling.search(folded))


def _is_long(quotation: re.Match[str]) -> bool:
    """Whether a quotation is more than a word or two."""
    least = _SHORT_IDEOGRAPHS if quotation[0][0] in "「『" else _SHORT
    return quotation[0][0] not in "‘'" and len(quotation[0]) - 2 >= least


def sentences_of(text: str, language: str = FALLBACK) -> Iterator[str]:
    """Split running text into sentences. A citation after the full stop belongs to the sentence before it."""
    start, rules = 0, text_rules(language)
    for end in _END.finditer(text):
        if end[2] and end[2].islower():
            continue
        first, after = end.start(), end.start() + 1
        one_stop = text[first] == "." and end.span(1) == (after, after)
        if one_stop and _goes_on(text[max(start, first - _LONGEST_WORD) : after], text, end.end(), rules):
            continue
        yield text[start : end.end()].strip()
        start = end.end()
    if rest := text[start:].strip():
        yield rest


def _goes_on(before: str, text: str, at: int, rules: TextRules) -> bool:
    """Whether a sentence goes on after a full stop, which ends the words `before`; the next words are at `at`."""
    word = _BEFORE_WORD.split(before[:-1])[-1].casefold()
    if not word:
        return False
    if word in rules.titles:
        return True
    is_number = rules.ordinals and word.isdecimal() and len(word) <= 2
    is_short = is_number or word in rules.shortened or bool(_INITIAL.fullmatch(word) or _DOTTED.fullmatch(word))
    if not is_short and word not in rules.numbered:
        return False
    following = _NEXT_WORD.match(text, at)
    if word in rules.numbered and following and _IS_NUMBER.match(following[1]):
        return True
    if not is_short:
        return False
    return not (following and not following[2] and following[1].casefold() in rules.openers)
