"""Characters that nobody sees, or that turn the text around them: where a text has one that it does not need.

Such a character can turn a telephone number round or hide a difference between two names. What a language needs is
allowed where that language needs it (docs/decisions/0027): joiners between letters that join, spaces of no width in
scripts that have no spaces between words, selectors after the characters that have several forms, and direction marks
where text from the left and text from the right meet.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from briefing.problems import BIDI_CONTROLS, Finding

_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_IS_EMOJI = re.compile(f"[{_EMOJI}]")
_HAS_FORMS = re.compile(f"[{_EMOJI}#*0-9©®‼⁉™ℹⓂ〰〽㊗㊙▪▫▶◀◻◼◽◾]")
"""Characters that are shown as a letter or as a picture. Digits are so only on a key: 1, U+FE0F, U+20E3."""
_FLAGS = tuple(
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"
    for region in ("gbeng", "gbsct", "gbwls")
)
"""The flags of England, Scotland and Wales, the only emoji with tag characters."""
_BLANK = frozenset(
    map(
        chr,
        chain(
            (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x16FE4, 0x1D159),
            (0x180B, 0x180C, 0x180D, 0x180F),
            range(0xFE00, 0xFE10),
            range(0xE0100, 0xE01F0),
        ),
    )
)
"""What Unicode counts among letters, marks and symbols, but nothing is shown: fillers and selectors of a form."""
_NEWER = re.compile("[\U0001f000-\U0001faff\U00020000-\U0003ffff]")
"""Pictures and ideographs, of which a later Unicode than Python's has more."""
_PREFIXED = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Characters of Arabic, Syriac and Kaithi that are seen, but that Unicode counts among the invisible ones."""
_JOINERS = "\u200c\u200d"
_MARKS = "\u200e\u200f\u061c"
_TURNING = frozenset(map(chr, BIDI_CONTROLS))
_JOINING = {
    "ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "MANDAIC", "ADLAM", "MANICHAEAN", "PHAGS-PA", "SOGDIAN", "CHORASMIAN",
    "HANIFI", "UYGHUR", "PSALTER", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA", "TIBETAN", "MYANMAR", "KHMER", "BALINESE", "JAVANESE", "SUNDANESE", "LEPCHA",
    "CHAKMA", "MEETEI", "NEWA", "SHARADA", "GRANTHA", "MODI", "KHOJKI", "KHUDAWADI", "TAKRI", "TIRHUTA", "SIDDHAM",
    "KAITHI", "BRAHMI", "AHOM", "DOGRA", "NANDINAGARI",
}  # fmt: skip
"""The first word of the names of letters, by the scripts whose letters join."""
_UNSPACED = {"THAI", "LAO", "KHMER", "MYANMAR", "TAI", "NEW", "TIBETAN", "JAVANESE", "BALINESE"}
"""The same for scripts without spaces between words."""
_IN_PLACE = "\ufffd"
_MOST_BETWEEN = 8
"""Punctuation and spaces over which the next letter is looked for, from a direction mark."""
_CITATION = r"\[[^\[\]]*@[^\[\]]*\]|@[^\s\[\]@]+ \[[^\[\]]*\]"
IN_TEXT = re.compile(_CITATION)
"""Where a text may have a locator: in its citations."""
IN_FIELDS = re.compile(rf"{_CITATION}|\blocator:[^}}\n]*")
"""Where a file of records may have one: also in fields. These are read again, each by itself."""
ALL_OF_IT = re.compile(".*", re.DOTALL)
"""Where a text that is a locator has one."""


class Hidden(NamedTuple):
    """A character that must not be in a text, and its offset."""

    at: int
    character: str


def find_hidden(text: str) -> Iterator[Hidden]:
    """Yield each character of a text that nobody sees or that turns text, unless it is needed where it is.

    Takes time in proportion to the text.
    """
    used = set(text)
    suspects = {character for character in used if _is_suspect(character)}
    if not suspects:
        return
    flags = {place for flag in _FLAGS if flag[1] in suspects for place in _places(text, flag)}
    for at, character in enumerate(text):
        if character in suspects and at not in flags and not _is_needed(character, text, at):
            yield Hidden(at, character)


@cache
def _turns_numbers(character: str) -> bool:
    """Whether a character, if no word is near that is read from the right, turns the order of what follows it."""
    return unicodedata.bidirectional(character) in ("R", "AL", "AN") and character not in _MARKS


def _is_from_right(text: str) -> bool:
    """Whether at least a quarter of the letters of a text are read from the right."""
    letters = Counter(filter(str.isalpha, text))
    from_right = sum(times for letter, times in letters.items() if unicodedata.bidirectional(letter) in ("R", "AL"))
    return from_right * 4 >= max(1, sum(letters.values()))


def find_turning(text: str, locators: re.Pattern[str] = IN_TEXT) -> Iterator[Hidden]:
    """Yield the first character of each passage that turns the numbers after it and is in no word from the right.

    A passage ends at a letter that is read from the left, and at an empty line (the rules are in UAX 9). A letter
    before one number turns nothing, and letters and digits in the locator of a source are free: it is shown apart.
    `locators` finds these.
    """
    if text.isascii() or not any(map(_turns_numbers, set(text))) or _is_from_right(text):
        return
    kinds = [*map(_bidi_kind, text)]
    for start, end in (found.span() for found in locators.finditer(text)):
        kinds[start:end] = "".join(kinds[start:end]).translate(_AS_LETTERS)
    for found in _PASSAGE.finditer("".join(kinds)):
        passage = found[0]
        first = _FROM_RIGHT.search(passage, 0, max(passage.rfind("D"), passage.rfind("E")) + 1)
        first = first or _ARABIC_GROUPS.search(passage)
        if first and not _WORD_FROM_RIGHT.search(passage) and not _ONE_NUMBER.fullmatch(passage):
            at = found.start() + first.start()
            yield Hidden(at, text[at])


_PASSAGE = re.compile(r"(?:[^L\n]|\n(?!\n))+")
_WORD_FROM_RIGHT = re.compile("AM*A|W")
_FROM_RIGHT = re.compile("[RA]")
_ARABIC_GROUPS = re.compile("D[CM]*[^DECM][^DE]*[DE]")
"""Arabic digits and others, with more than a point or a colon between them."""
_ONE_NUMBER = re.compile("(?:[^DERA]*|[^RA]*CN)AM*[^DERA]*[DE][DEM]*[^DE]*")
"""A letter, at the beginning or behind a comma and a space, and one number."""
_AS_LETTERS = str.maketrans("AWD", "LLL")


@cache
def _bidi_kind(character: str) -> str:
    """Return W, A, R for words, letters and others from the right, D and E for digits, else L, C, M or N."""
    if character == "\n":
        return character
    kind = unicodedata.bidirectional(character)
    if kind in ("R", "AL"):
        is_word = sum(map(str.isalpha, unicodedata.normalize("NFKC", character))) > 1
        return "W" if is_word else "A" if character.isalnum() else "R"
    return {"L": "L", "AN": "D", "EN": "E", "CS": "C", "NSM": "M"}.get(kind, "N")


def refuse_hidden(text: str, locators: re.Pattern[str] = IN_TEXT) -> tuple[str, list[tuple[Hidden, Finding]]]:
    """Return a text with U+FFFD in place of such characters, so that all else in it can be read, and what is wrong.

    There is one finding for each of these characters, at its first place; its message has the number of places.
    `locators` finds the places in sources, in which a letter from the right is free.
    """
    if text.isascii() and text.isprintable():  # the usual case: such a text has neither
        return text, []
    return _refuse(text, [*find_hidden(text), *find_turning(text, locators)])


def refuse_in_address(address: str) -> list[tuple[Hidden, Finding]]:
    """Return the same findings for an address or the name of a file, which need no word beside a number."""
    return _refuse(address, list(find_hidden(address)))[1]


def _refuse(text: str, found: list[Hidden]) -> tuple[str, list[tuple[Hidden, Finding]]]:
    if not found:
        return text, []
    kept, times = list(text), Counter(character for _, character in found)
    first: dict[str, Hidden] = {}
    for one in found:
        kept[one.at] = _IN_PLACE
        first.setdefault(one.character, one)
    return "".join(kept), [(one, _describe(character, times[character])) for character, one in first.items()]


def _describe(character: str, times: int) -> Finding:
    """Return what is wrong with such a character, with its name in Unicode, and what to do."""
    name = unicodedata.name(character, "")
    named = f"U+{ord(character):04X}" + (f" ({name})" if name else "")
    category = unicodedata.category(character)
    hint = "delete it"
    if character in _MARKS:
        message = f"{named} is invisible and changes the direction of the text"
        hint = "delete it; it is allowed only between left-to-right and right-to-left text"
    elif character in _TURNING:
        message = f"{named} is invisible and turns the direction of the text after it"
        hint = "delete it; pages keep the direction of names and numbers without it"
    elif character in _JOINERS:
        message = f"{named} is invisible, and no letters join here"
        hint = "delete it; it is allowed only beside a letter of a script that joins letters, or within an emoji"
    elif _turns_numbers(character):
        message = f"{named} changes the order in which the numbers after it are shown"
        hint = "delete it, or use digits from 0 to 9; it is allowed only beside right-to-left words"
    elif category == "Cc":
        message = f"there is an invisible control character here, {named}"
    elif category == "Cn":
        message = f"{named} is not a character of Unicode {unicodedata.unidata_version}"
    elif category == "Co":
        message = f"{named} has no meaning in Unicode; each font shows something else for it"
        hint = "type a character that Unicode names"
    else:
        message = f"there is an invisible character here, {named}"
    return Finding("control-character", f"{message}; {times:,} times in all" if times > 1 else message, hint)


@cache
def _is_suspect(character: str) -> bool:
    """Whether a character is refused in at least some places."""
    if character.isprintable():
        return character in _BLANK
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\n":
        return False
    if category == "Cn":
        return ord(character) & 0xFFFE == 0xFFFE or not _NEWER.match(character)
    return not _PREFIXED.match(character)


def _places(text: str, words: str) -> Iterator[int]:
    """Yield the offset of each character of some words, wherever they are in a text."""
    for match in re.finditer(words, text):
        yield from range(*match.span())


def _is_needed(character: str, text: str, at: int) -> bool:
    """Whether the text around a character needs it."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    rule = _rules().get(character)
    return rule is not None and rule(before, after, text, at)


Rule = Callable[[str, str, str, int], bool]
"""Whether a character is needed: given the characters before and after it, the text, and its offset."""


@cache
def _rules() -> dict[str, Rule]:
    """Return for each character that some languages need the rule where they do."""
    rules: dict[str, Rule] = dict.fromkeys(_MARKS, _is_at_border)
    rules["\u200c"] = lambda before, after, text, at: _joins(before, after)
    rules["\u200d"] = lambda before, after, text, at: _joins(before, after) or _joins_emoji(before, after)
    rules["\u200b"] = lambda before, after, text, at: _script(before) == _script(after) and _script(before) in _UNSPACED
    rules["\u180e"] = lambda before, after, text, at: "MONGOLIAN" == _script(before) == _script(after)
    rules["\u2800"] = lambda before, after, text, at: "BRAILLE" in (_script(before), _script(after))
    for selector in "\u180b\u180c\u180d\u180f":
        rules[selector] = lambda before, after, text, at: _script(before) == "MONGOLIAN"
    for selector in "\ufe0e\ufe0f":
        rules[selector] = _selects_form
    for selector in ("\ufe00", "\ufe01", "\ufe02", *map(chr, range(0xE0100, 0xE01F0))):
        rules[selector] = lambda before, after, text, at: _script(before) == "CJK"
    rules["\ufe00"] = lambda before, after, text, at: _script(before) in ("CJK", "MYANMAR", "PHAGS-PA")
    return rules


@cache
def _script(character: str) -> str:
    """Return the first word of the name of a letter or mark, which is its script; empty for anything else."""
    if not character or character in _BLANK or unicodedata.category(character)[0] not in "LMS":
        return ""
    return unicodedata.name(character, "").partition(" ")[0]


def _joins(before: str, after: str) -> bool:
    if {before, after} & {*_JOINERS}:
        return False
    return _script(before) in _JOINING or _script(after) in _JOINING


def _joins_emoji(before: str, after: str) -> bool:
    return bool((before == "\ufe0f" or _IS_EMOJI.match(before)) and _IS_EMOJI.match(after))


def _selects_form(before: str, after: str, text: str, at: int) -> bool:
    if before and before in "#*0123456789":
        return after == "\u20e3"
    return bool(_HAS_FORMS.match(before))


def _is_at_border(before: str, after: str, text: str, at: int) -> bool:
    """Whether text from the right begins or ends here, and no word is divided."""
    if (_is_word(before) and _is_word(after)) or {before, after} & _TURNING:
        return False
    left = _direction(text[i] for i in range(at - 1, max(-1, at - 1 - _MOST_BETWEEN), -1))
    right = _direction(text[i] for i in range(at + 1, min(len(text), at + 1 + _MOST_BETWEEN)))
    return left != right and "R" in (left, right)


def _is_word(character: str) -> bool:
    return bool(character) and (character.isalnum() or unicodedata.category(character).startswith("M"))


def _direction(characters: Iterator[str]) -> str:
    """Return R if the first letter or digit is one of a script from the right, L for any other, empty for none."""
    for character in characters:
        if character == "\n":
            break
        if _is_word(character):
            return "R" if unicodedata.bidirectional(character) in ("R", "AL") else "L"
    return ""
