"""The words of the interface in a language, and how it writes numbers, lists and names in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from gettext import c2py

from briefing.locale import FALLBACK, read_language
from briefing.values import dataclass

Order = tuple[bool, str, str]
"""What a name is sorted by."""
_FIRST, _LAST = 0xE000, "\uf8ff"
"""The characters that stand for the first letter of an alphabet, and before a letter that is in none."""
_MARKS = re.compile(r"^[\W_]+")
"""Quotation marks and the like before the first letter of a name."""
_TWO_LETTERS = str.maketrans({"æ": "ae", "œ": "oe"})
Own = tuple[tuple[str, tuple[str, ...]], ...]
"""The words that a site sets itself: the English words, and what it shows: one text, or one for each plural form."""


@dataclass(frozen=True, slots=True)
class Language:
    """What the file of a language says of the interface. The keys of `words` are English."""

    tag: str
    name: str
    """Its name in itself; empty for a language without a file."""
    checked_by: str
    """Who checked the words; empty if nobody who speaks the language has."""
    words: Mapping[str, tuple[str, ...]]
    """One text for each, or one for each plural form."""
    forms: tuple[str, ...]
    """The names of its plural forms, as in CLDR."""
    form_of: Callable[[int], int]
    """The index of the form that a number takes."""
    thousands: str
    decimal: str
    alphabet: tuple[str, ...]
    """Its letters in order, where a letter has two characters or the order is not that of English."""
    articles: tuple[str, ...]
    """What is left out at the start of a name when names are sorted."""


@cache
def language_of(tag: str) -> Language:
    """Return the language of a tag such as cy or fr-CA, with English forms and no words if it has no file."""
    file = read_language(tag)
    plurals = file.get("plurals", {"forms": ["one", "other"], "rule": "n != 1"})
    words = {key: (said,) if isinstance(said, str) else tuple(said) for key, said in file.get("words", {}).items()}
    return Language(
        tag,
        file.get("name", ""),
        file.get("checked_by", ""),
        words,
        tuple(plurals["forms"]),
        c2py(plurals["rule"]),
        file.get("thousands", ","),
        file.get("decimal", "."),
        tuple(file.get("alphabet", "").split()),
        tuple(file.get("articles", ())),
    )


def primary(tag: str) -> str:
    """Return the language of a tag without its country: en for en-GB."""
    return tag.partition("-")[0].casefold()


def name_of(tag: str, form: str, own: Own) -> str:
    """Return what an edition of a site is called: the name of its language in itself, or that of its form."""
    return interface(tag, own).say("Easy Read") if form else language_of(tag).name or tag


class Interface:
    """Says the words of the interface in one language, first as the site says them."""

    def __init__(self, tag: str, own: Own) -> None:
        self.language = language_of(tag)
        self._own = dict(own)
        long = sorted((one for one in self.language.alphabet if len(one) > 1), key=len, reverse=True)
        self._letters = re.compile("|".join((*map(re.escape, long), ".")), re.DOTALL)
        self._places = {letter: chr(_FIRST + place) for place, letter in enumerate(self.language.alphabet)}
        """For each letter of the alphabet a character, in its order."""
        self._orders: dict[str, Order] = {}

    def say(self, words: str) -> str:
        """Return words in this language, or as they are if there are none."""
        said = self._own.get(words) or self.language.words.get(words)
        return said[0] if said else words

    def count(self, one: str, many: str, number: int) -> str:
        """Return the words for a number of things. In English these are `one` or `many`, in which {} is the number."""
        return self._forms(one, many)[self.language.form_of(number)].replace("{}", self.number(number))

    def forms(self, one: str, many: str) -> dict[str, str]:
        """Return the words for every plural form, by its name in CLDR, for a script."""
        return dict(zip(self.language.forms, self._forms(one, many), strict=True))

    def _forms(self, one: str, many: str) -> Sequence[str]:
        said = self._own.get(many) or self.language.words.get(many) or (one, many)
        needed = len(self.language.forms)
        return said if len(said) == needed else [*said[:1], *[said[-1]] * (needed - 1)]

    def number(self, number: int) -> str:
        """Return a whole number with what separates thousands."""
        return f"{number:,}".replace(",", self.language.thousands)

    def listed(self, items: Sequence[str], word: str = "and") -> str:
        """Return items as a list in words: “a, b and c”, or with `or` before the last."""
        *most, last = items or ("",)
        return f"{self.say(', ').join(most)}{self.say(f'{{}} {word} {{}}').replace('{}', '')}{last}" if most else last

    def letter(self, name: str) -> str:
        """Return the letter of the alphabet under which a name stands; nothing for a digit or a mark."""
        first = next(iter(self._split(name)), "")
        return first if first.isalpha() else ""

    def order(self, name: str) -> Order:
        """Return what a name is sorted by, in every list: its letters by the alphabet, then its accents and capitals.

        A name that begins with a digit or a mark is before all others.
        """
        if name not in self._orders:
            letters = self._split(name)
            begins = bool(letters) and letters[0].isalpha()
            places = "".join(letters)
            if self._places:
                places = "".join(self._places.get(one, f"{_LAST}{one}" if one.isalpha() else one) for one in letters)
            self._orders[name] = begins, places, unicodedata.normalize("NFC", name)
        return self._orders[name]

    def _split(self, name: str) -> list[str]:
        """Return the letters, digits and spaces of a name, without the article at its start, case and accents."""
        plain = _MARKS.sub("", unicodedata.normalize("NFC", name).casefold()).rstrip()
        for article in self.language.articles:
            if plain.startswith(article) and len(plain) > len(article) + 1:
                plain = plain[len(article) :].lstrip()
                break
        if not self.language.alphabet and plain.isascii():
            return [letter for letter in plain if letter.isalnum() or letter == " "]
        return [letter for found in self._letters.findall(plain) for letter in self._bare(found)]

    def _bare(self, letter: str) -> list[str]:
        """Return a letter of the alphabet as it is, others without accents and marks."""
        if letter in self.language.alphabet:
            return [letter]
        bare = unicodedata.normalize("NFKD", letter)
        if self.language.words:  # in a language that we do not know, these may be letters of their own
            bare = bare.translate(_TWO_LETTERS)
        return [one for one in bare if one.isalnum() or one == " "]


def list_missing(tag: str, own: Own) -> list[str]:
    """Return the words of the interface that neither a language nor a site says, so that they are in English."""
    said = {**language_of(tag).words, **dict(own)}
    return [words for words in language_of(FALLBACK).words if words not in said]


def interface_of_page(language: str, site_language: str, own: Own) -> Interface:
    """Return the words for a page: those of its language, or of the site for a language without words."""
    if primary(language) == primary(site_language) or not language_of(language).words:
        return interface(site_language, own)
    return interface(language)


@lru_cache(maxsize=64)
def interface(tag: str, own: Own = ()) -> Interface:
    """Return the words of a language, with those that the site sets for it."""
    return Interface(tag or FALLBACK, own)
