"""The words of a text as a person may read them, and what tells whether one may be part of a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.check.name_list import ordinary_words, sort_words
from briefing.check.passages import BREAK

_DIGITS = str.maketrans("013457894", "oleastbga")
LONGEST = 40
"""Letters of a word; a longer one is a digest."""
SHORTEST = 5
"""Letters of a first name and a surname that are written as one word."""
WINDOW = 3
"""How far apart two words of a name are at most: two words may be between them."""


TOKEN = re.compile(rf"[^\W_]+(?:'[^\W_]+)*(?:[.!?:;](?!\w))?|{BREAK}")
_HYPHEN = re.compile(r"(?<![\w/.-])([^\W\d_]+)-\s*([^\W\d_]+)(?![\w/-])")
"""A word that is divided, as at the end of a line."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it may be read, and what tells whether it may be part of a name."""

    readings: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    """Forms of a name that the word may be by itself."""
    big: bool = False
    """Whether it begins with a capital letter, or with a letter that has no small form."""
    rare: bool = False
    """Whether it is no common word."""
    loud: bool = False
    """Whether it may be part of a name by itself."""
    disguised: bool = False
    """Whether a letter of it may stand for another."""
    initial: bool = False
    dotted: bool = False
    stops: bool = False
    """Whether a sentence or a key ends after it."""
    ends: bool = False
    """Whether a sentence ends after it, or an entry of a list."""
    passes: bool = False
    """Whether it may be between a first name and a surname."""
    links: bool = False
    """Whether it is a word such as “of” in small letters, which is no part of a name."""


BREAK_WORD = Word(stops=True, ends=True)


@lru_cache(200_000)
def read_word(token: str) -> Word:
    """Read one word; in a text of some length, nearly all were read before."""
    if token == BREAK:
        return BREAK_WORD
    mark = token[-1] if token[-1] in ".!?:;" else ""
    spelled = re.sub("'[sS]$", "", token.rstrip(".!?:;"))
    bare = spelled.replace("'", "")
    readings, disguised = _readings(bare) if len(bare) <= LONGEST else ([], False)
    rare = any(reading not in ordinary_words() for reading in readings)
    big = bool(readings) and not spelled[0].islower()
    humps = [part.casefold() for part in _HUMP.split(bare)] if rare else []
    pairs = (sort_words((humps[at], other)) for at in range(len(humps)) for other in humps[at + 1 : at + 1 + WINDOW])
    alone = (reading for reading in readings if rare and len(reading) >= SHORTEST)
    short = len(bare) <= 3
    return Word(
        readings=tuple(readings),
        within=(*alone, *pairs),
        big=big,
        rare=rare,
        loud=big or rare,
        disguised=disguised,
        initial=len(bare) == 1 and bool(readings),
        dotted=mark == ".",
        stops=bool(mark) and not (short and big),
        ends=mark != "" and mark != ":" and not (short and big),
        passes=big or rare or short,
        links=not big and bare in ordinary_words("links"),
    )


def _readings(bare: str) -> tuple[list[str], bool]:
    """Return how a word may be read, and whether letters of it may stand for others."""
    word = bare.casefold()
    letters = word.strip("0123456789")
    readings = [letters] if letters.isalpha() else []
    if letters in ordinary_words() and word.startswith(letters):
        return readings, False
    if bare.isalpha():
        if bare[0] in "lI" and bare[1:2].islower():
            readings.append(("i" if bare[0] == "l" else "l") + word[1:])
        return readings, "rn" in word or "vv" in word or re.search("[a-z]I", bare) is not None
    if letters and sum(map(str.isdigit, bare)) <= 3 and (disguised := word.translate(_DIGITS)).isalpha():
        return [*readings, disguised], True
    return readings, False


def join_divided(text: str) -> str:
    """Return a text in which words that a hyphen divides are joined, unless both parts are common words."""
    return _HYPHEN.sub(_join, text) if "-" in text else text


def _join(parts: re.Match[str]) -> str:
    ordinary = all(part.casefold() in ordinary_words() for part in parts.groups())
    return parts[0] if ordinary else parts[1] + parts[2]
