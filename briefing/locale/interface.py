"""The words of the interface in a language, and how it writes numbers, lists and names in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from gettext import c2py

from briefing.locale import FALLBACK, read_language

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
        tuple(file.get("alphabet", "").split()),
        tuple(file.get("articles", ())),
    )


def primary(tag: str) -> str:
    """Return the language of a tag without its country: en for en-GB."""
    return tag.partition("-")[0].casefold()


class Interface:
    """Says the words of the interface in one language, first as the site says them."""

    def __init__(self, tag: str, own: Own) -> None:
        self.language = language_of(tag)
        self._own = dict(own)

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

    def letter_and_order(self, name: str) -> tuple[str, tuple[tuple[int, str], ...]]:
        """Return the letter of the alphabet under which a name stands, and what the name is sorted by."""
        letters = self._split(name)
        first = letters[0] if letters else ""
        return (first if first.isalpha() else ""), tuple(map(self._place, letters))

    def _split(self, name: str) -> list[str]:
        """Return the letters, digits and spaces of a name, without the article at its start, case and accents."""
        for article in self.language.articles:
            if name.casefold().startswith(article) and len(name) > len(article) + 1:
                name = name[len(article) :]
                break
        known = self._known
        plain = unicodedata.normalize("NFC", name.casefold()).strip()
        if not known and plain.isascii():
            return [letter for letter in plain if letter.isalnum() or letter == " "]
        letters, at = [], 0
        while at < len(plain):
            letter = next((one for one in known if plain.startswith(one, at)), plain[at])
            at += len(letter)
            if letter not in known:
                letter = "".join(one for one in unicodedata.normalize("NFD", letter) if one.isalnum() or one == " ")
            letters.append(letter)
        return [letter for letter in letters if letter]

    @cached_property
    def _known(self) -> list[str]:
        """The letters that are not one character of ASCII."""
        return [letter for letter in self.language.alphabet if len(letter) > 1 or not letter.isascii()]

    def _place(self, letter: str) -> tuple[int, str]:
        """Return where a letter stands: by the alphabet, and by its code where that does not name it."""
        alphabet = self.language.alphabet
        return (alphabet.index(letter) if letter in alphabet else -1 if not letter.isalpha() else len(alphabet), letter)


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
