"""Quiet words in letters that look like theirs."""

from __future__ import annotations

import random
import unicodedata

import pytest

from briefing.text.letters import latin
from briefing.text.loud_words import find_loud

QUIET = ("overdue", "rape", "clinic")
LIKE: dict[str, list[str]] = {}
for _sign in map(chr, range(0x80, 0x20000)):
    _plain = latin(unicodedata.normalize("NFKC", _sign)).casefold()
    if len(_plain) == 1 and _plain.isascii() and _plain.isalpha() and _sign.isalpha():
        LIKE.setdefault(_plain, []).append(_sign)
"""Every character of Unicode that is, or looks like, a Latin letter."""


@pytest.mark.parametrize("word", QUIET)
def test_letters_that_look_alike_are_read_as_one(word: str) -> None:
    """Each letter in each other form, one at a time and all at once; with digits and with spaces between them."""
    chance = random.Random(17)
    for place, letter in enumerate(word):
        for other in LIKE[letter]:
            typed = word[:place] + other + word[place + 1 :]
            assert [word] == [*find_loud(f"The {typed} books", QUIET)], (typed, hex(ord(other)))
    for _ in range(300):
        typed = "".join(chance.choice([letter, letter.upper(), *LIKE[letter]]) for letter in word)
        assert [word] == [*find_loud(typed, QUIET)], typed
    for form in (" ".join(word), "-".join(word.upper()), word.translate(str.maketrans("oel", "031"))):
        assert [word] == [*find_loud(f"The {form}", QUIET)], form


@pytest.mark.parametrize(
    "words",
    [
        "A therapist",
        "Grapes",
        "The drapery",
        "505 days",
        "Plan A B C",
        "Клиника",
        "Обзор за 2025 год",
        "Ŵyl y clychau",
        "/briefs/o-ver/",
    ],
)
def test_other_words_are_free(words: str) -> None:
    """Words that contain one, in other scripts, and numbers."""
    assert [] == [*find_loud(words, (*QUIET, "sos"))]
