"""The words of a text as a person may read them, and what tells whether one may be part of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from briefing.check.common_words import group_of, ordinary_words
from briefing.check.name_list import skeleton, sort_words
from briefing.check.passages import BREAK
from briefing.values import dataclass

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
_MARKED = re.compile(r"(?<=[^\W\d_])[*·•~^+|¦!_`“”„\"()\[\]{}<>#$€£@](?=[^\W\d_])")
"""A mark between two letters of a word."""
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_][._/,:;·-]){2,}[^\W\d_](?![^\W_])")
"""A word that is spelled with a mark after each letter."""
_MARKS = re.compile(r"[^\w\s]|_")
_IS_DIVIDED = re.compile(f"{_MARKED.pattern}|{_DOTTED.pattern}")
_BRACKETS = re.compile(r"[(\[][^()\[\]]{1,60}[)\]](?=\s)")
_BESIDE = 40
"""Characters in which the word before brackets, and the one after them, are looked for."""
_NUMBERED = re.compile(r"[0-9]{2,}[a-z]|[26][a-z]")
"""A number with a letter, as paragraphs and notes have. One digit may stand for a letter, as in a first name 4l."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_APART = re.compile(r"[^\W\d_]{3,}")
"""Words that digits keep apart."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it may be read, and what tells whether it may be part of a name."""

    readings: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    """If a letter of it may stand for another: the readings in which such letters are the same."""
    within: tuple[str, ...] = ()
    """Forms of a name that the word may be by itself."""
    big: bool = False
    """Whether it begins with a capital letter, or with a letter that has no small form."""
    rare: bool = False
    """Whether it is no common word."""
    loud: bool = False
    """Whether a name may begin or end with it."""
    unlisted: bool = False
    """Whether it is in no name of two words that is on the list."""
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


def read_word(token: str, groups: frozenset[int]) -> Word:
    """Read one word; `groups` are those of the common words that the names of the list have."""
    if token == BREAK:
        return BREAK_WORD
    mark = token[-1] if token[-1] in ".!?:;" else ""
    spelled = re.sub("'[sS]$", "", token.rstrip(".!?:;"))
    bare = spelled.replace("'", "")
    readings, disguised = _readings(bare) if len(bare) <= LONGEST else ([], False)
    rare = any(reading not in ordinary_words() for reading in readings)
    big = bool(readings) and not spelled[0].islower()
    short = len(bare) <= 3
    initial = len(bare) == 1 and bool(readings)
    stops = mark != "" and not (short and (big or initial))
    unlisted = not any(_is_listed(reading, groups) for reading in readings)
    return Word(
        readings=tuple(readings),
        alike=tuple(map(skeleton, readings)) if disguised else (),
        within=tuple(_within(bare, readings, disguised, groups)) if rare or not bare.isalpha() else (),
        big=big,
        rare=rare,
        loud=(big or rare or (initial and mark == ".")) and not unlisted,
        unlisted=unlisted,
        initial=initial,
        dotted=mark == ".",
        stops=stops,
        ends=stops and mark != ":",
        passes=big or rare or short or _is_year(bare),
        links=not big and bare in ordinary_words("links"),
    )


def _is_year(bare: str) -> bool:
    return bare.isdecimal() and len(bare) <= 4


def _is_listed(word: str, groups: frozenset[int]) -> bool:
    group = group_of(word)
    return group is None or group in groups


def _within(bare: str, readings: list[str], disguised: bool, groups: frozenset[int]) -> Iterator[str]:
    """Return the forms of a name that a word may be by itself: joined, or parted by capital letters."""
    for reading in readings:
        if len(reading) >= SHORTEST:
            yield from {reading, skeleton(reading)} if disguised else (reading,)
    if not bare.isalpha():
        apart = _APART.findall(bare.casefold())
        yield from (
            sort_words(pair) for pair in pairwise(apart[:WINDOW]) if all(_is_listed(one, groups) for one in pair)
        )
    if bare.islower() or bare.isupper():
        return
    humps = [part.casefold() for part in _HUMP.split(bare)]
    listed = [_is_listed(hump, groups) for hump in humps]
    for at, hump in enumerate(humps):
        for there in range(at + 1, min(at + 1 + WINDOW, len(humps))):
            if listed[at] and listed[there]:
                yield sort_words((hump, humps[there]))


def read_digits(words: str) -> str:
    """Return words with the letters that the digits within them look like, without digits at their ends."""
    return _with_plain_digits(words).strip("0123456789").translate(_DIGITS)


def _with_plain_digits(words: str) -> str:
    if words.isascii():
        return words
    return "".join(f"{digit}" if (digit := unicodedata.decimal(sign, None)) is not None else sign for sign in words)


def _readings(bare: str) -> tuple[list[str], bool]:
    """Return how a word may be read, and whether letters of it may stand for others."""
    word = _with_plain_digits(bare.casefold())
    if _NUMBERED.fullmatch(word):
        return [], False
    letters = word.strip("0123456789")
    readings = [letters] if letters.isalpha() and (len(letters) > 1 or letters == word) else []
    if letters in ordinary_words() and word.startswith(letters):
        return readings, False
    if bare.isalpha():
        swapped = re.match("[lI][a-z]|.*[a-z]I", bare) is not None
        return readings, swapped or "rn" in word or "vv" in word
    if letters and sum(map(str.isdigit, bare)) <= 3 and (disguised := word.translate(_DIGITS)).isalpha():
        return [*readings, disguised], True
    return readings, False


def join_divided(text: str) -> str:
    """Return a text in which words are joined that a hyphen or a mark divides; not two common words with a hyphen."""
    text = _HYPHEN.sub(_join, text) if "-" in text else text
    if not _IS_DIVIDED.search(text):
        return text
    return _DOTTED.sub(lambda spelled: _MARKS.sub("", spelled[0]), _MARKED.sub("", text))


def around_brackets(text: str) -> Iterator[str]:
    """Return the two words between which there are brackets, such as a year."""
    if "(" in text or "[" in text:
        for found in _BRACKETS.finditer(text):
            before = text[max(0, found.start() - _BESIDE) : found.start()].split()[-1:]
            after = text[found.end() : found.end() + _BESIDE].split()[:1]
            if before and after:
                yield f"{before[0]} {after[0]}"


def _join(parts: re.Match[str]) -> str:
    ordinary = all(part.casefold() in ordinary_words() for part in parts.groups())
    return parts[0] if ordinary else parts[1] + parts[2]
