"""The words of a text in a form in which two texts can be compared.

Case, accents written in two characters, ligatures, kinds of quotation marks and dashes, hyphenation, line ends and
spaces make no difference; letters, digits, and symbols such as % and £ do.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, lru_cache

from briefing.evidence.text import EDGE_HYPHEN
from briefing.values import dataclass

_APOSTROPHES = "'’‘ʼ＇`´"
_JOINTS = frozenset(f"-\u2010\u2011\u00ad{EDGE_HYPHEN}")
"""Characters that can divide or join the parts of one word."""
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_UNWRITTEN = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640, *range(0x0591, 0x05BE)])
"""Vowel marks and stretched lines in Arabic and Hebrew, which writers leave out or put in."""
_LONGEST = 1000
"""Characters of a word, or of a text in a language without spaces, that are compared in other forms too."""
_PLAIN = str.maketrans({**dict.fromkeys(_APOSTROPHES, "'"), "‐": "-", "‑": "-", "–": "-", "−": "-", EDGE_HYPHEN: "-"})

_SPACED = re.compile(r"(?<!\S)[^\W\d_](?: {1,3}[^\W\d_](?=[ ,.;:?!]|$)){7,}", re.MULTILINE)
"""Eight or more single letters in a row: words that a PDF spaces out, as in a heading."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text. `letters` holds all of them without spaces; the rest tells where each one is.

    For each word: its place in `letters`, whether it is apart from the word before (and not only by a hyphen), whether
    it follows it directly, as 5 follows £, and its first and last place in the text.
    """

    letters: str
    places: tuple[int, ...]
    apart: tuple[bool, ...]
    glued: tuple[bool, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def read_words(text: str) -> Words:
    """Return the words of a text."""
    letters: list[str] = []
    places: list[int] = []
    apart: list[bool] = []
    glued: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []
    size, last, joined = 0, 0, False
    spaced = _letter_gaps(text)
    for match in _pattern().finditer(text):
        word, start = _plain(match[0]), match.start()
        if not word:
            continue
        between, single = text[last:start], match.lastgroup == "single"
        direct = not between and bool(places)
        joint = (single and joined and not between.strip()) or _is_joint(between, text[last - 1 : last], word)
        joint = joint or start in spaced
        letters.append(word)
        places.append(size)
        apart.append(not joint)
        glued.append(direct and not (single or joined))
        starts.append(start)
        ends.append(match.end())
        size, last, joined = size + len(word), match.end(), single
    return Words("".join(letters), tuple(places), tuple(apart), tuple(glued), tuple(starts), tuple(ends))


def _letter_gaps(text: str) -> set[int]:
    """Return where letters follow other letters of their word in words that are spaced out.

    Words are apart where the space between two letters is wider than the others. If all spaces are alike, the text does
    not say where a word ends, and every letter counts as following the one before.
    """
    found = set()
    for run in _SPACED.finditer(text):
        gaps = [(gap.end() + run.start(), len(gap[0])) for gap in re.finditer(" +", run[0])]
        least = min(width for _, width in gaps)
        found |= {place for place, width in gaps if width == least}
    return found


def _is_joint(between: str, before: str, after: str) -> bool:
    """Whether two words, of which not both are numbers, have a hyphen between them, also at the end of a line."""
    if between[:1] not in _JOINTS or (before.isdecimal() and after[0].isdecimal()):
        return False
    return len(between) == 1 or (between[1:].isspace() and "\n" in between)


@lru_cache(200_000)
def _plain(word: str) -> str:
    if word.isascii() or len(word) > _LONGEST:
        return word.strip().casefold()
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_UNWRITTEN)
    kept = "".join(one for one in plain if unicodedata.category(one) != "Cf")
    return unicodedata.normalize("NFC", kept).translate(_PLAIN).strip()


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a word; it is made when first needed, from Python's table of characters."""
    marks = _ranges(lambda one: unicodedata.category(one)[0] == "M" or one in "\u200c\u200d\u00ad")
    symbols = _ranges(lambda one: unicodedata.category(one) in ("Sc", "Sm") or one in "%‰°&")
    single = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # of Chinese and Japanese,
    single += "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # and of Thai, Lao, Burmese and Khmer
    letter = rf"(?:[^\W\d_{single}{_RAISED}][{marks}]*)"
    return re.compile(
        rf"{letter}+(?:[{_APOSTROPHES}]{letter}+)*"
        rf"|(?:(?<![^\s(£$€-])[.,])?\d+(?:[.,]\d+)*"
        rf"|(?P<single>[{single}][{marks}]*)"
        rf"|[{_RAISED}]+"
        rf"|(?<![^\s(])[-–−](?=[.,]?\d)"
        rf"|[{symbols}]"
    )


def _ranges(wanted: Callable[[str], bool]) -> str:
    """Return all characters that are wanted, as the inside of a character class."""
    found = [code for code in (*range(0x20000), *range(0xE0100, 0xE01F0)) if wanted(chr(code))]
    pieces, start = [], found[0]
    for code, following in zip(found, [*found[1:], -1], strict=True):
        if following != code + 1:
            pieces.append(rf"\U{start:08x}-\U{code:08x}")
            start = following
    return "".join(pieces)


def find_all(text: Words, sought: Words, since: int = 0, within: int = 0, most: int = 0) -> list[tuple[int, int]]:
    """Return every place of some words in a text, as the numbers of their first and last word in it.

    `since` is the first word of the text that counts; they must start at most `within` letters after it, unless that
    is 0. With `most`, only so many are looked for. Where one of the two has a space, the other must have a space or a
    hyphen; a hyphen may be missing in the other. So “re-open” is “reopen”, and “not able” is not “notable”.
    """
    found = []
    inner = set(sought.places[1:])
    firm = {place for place, apart in zip(sought.places[1:], sought.apart[1:], strict=True) if apart}
    begin = text.places[since] if since < len(text.places) else len(text.letters)
    limit = begin + within + len(sought.letters) if within else len(text.letters)
    while sought.letters and (at := text.letters.find(sought.letters, begin, limit)) >= 0:
        begin = at + 1
        end = at + len(sought.letters)
        first, after = bisect_left(text.places, at), bisect_left(text.places, end)
        if first == len(text.places):
            break
        ends_word = end == len(text.letters) or (
            after < len(text.places) and text.places[after] == end and not text.glued[after]
        )
        if text.places[first] != at or text.glued[first] or not ends_word:
            continue
        cuts = {place - at for place in text.places[first + 1 : after]}
        firm_cuts = {text.places[n] - at for n in range(first + 1, after) if text.apart[n]}
        if firm <= cuts and firm_cuts <= inner:
            found.append((first, after - 1))
            if len(found) == most:
                break
    return found
