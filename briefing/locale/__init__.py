"""What a language needs of its own: a file for each language, `cy.json` for Welsh, with rules for texts, and words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from briefing.values import dataclass

_LONGEST = 8
"""Letters of the first part of a language tag (BCP 47)."""
FALLBACK = "en"
"""The language of a site that names none."""


@dataclass(frozen=True, slots=True)
class TextRules:
    """How a language writes sentences. Each pattern matches a whole word, or several words, in small letters."""

    titles: frozenset[str]
    """Abbreviations after which a sentence goes on, without their last full stop: mr, e.g."""
    numbered: frozenset[str]
    """Abbreviations after which a sentence goes on if a number follows: no, p."""
    shortened: frozenset[str]
    """Abbreviations that may also end a sentence: u.s, a.m, jan. It ends if one of the openers follows."""
    openers: frozenset[str]
    """Words with which sentences often begin, and names do not."""
    ordinals: bool
    """Whether a full stop after a number makes it an ordinal number, as in German: 3. März."""
    telling: re.Pattern[str]
    """What somebody said or found, and words for amounts. A sentence with one of them needs a source."""
    telling_words: tuple[str, ...]
    """The same words, for a search that is faster than the pattern."""
    named: str
    """A pattern for names with a number, such as Bus 7: a number after one of these names is no amount."""


@dataclass(frozen=True, slots=True)
class Explaining:
    """How a language says what a word means."""

    means: re.Pattern[str]
    """What is after the word, perhaps after others: “An audit means …”."""
    equals: re.Pattern[str]
    """What is directly after the word: “An audit is …”."""
    called: re.Pattern[str]
    """What is before the word: “… is called an audit”."""


@cache
def read_language(tag: str) -> dict[str, Any]:
    """Return the file of a language tag such as cy or fr-CA; nothing for a language without a file."""
    name = tag.split("-")[0].casefold()
    is_name = len(name) <= _LONGEST and name.isascii() and name.isalpha()
    file = resources.files(__package__).joinpath(f"{name}.json") if is_name else None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file and file.is_file() else {}
    return found


def languages() -> tuple[str, ...]:
    """Return the tags of all languages that have a file."""
    return tuple(sorted(file.name[:-5] for file in resources.files(__package__).iterdir() if file.name[-5:] == ".json"))


@cache
def text_rules(tag: str) -> TextRules:
    """Return the rules for texts of a language tag such as cy or fr-CA; empty ones for a language without a file."""
    rules = read_language(tag)
    telling = tuple(rules.get("telling", ()))
    before = "(?:" + "|".join(rules.get("joined", ())) + ")?" if rules.get("joined") else ""
    pattern = rf"(?<!\w){before}(?:{'|'.join(map(re.escape, telling))})(?!\w)" if telling else r"(?!)"
    return TextRules(
        frozenset(rules.get("titles", ())),
        frozenset(rules.get("numbered", ())),
        frozenset(rules.get("shortened", ())),
        frozenset(rules.get("openers", ())),
        bool(rules.get("ordinals")),
        re.compile(pattern),
        telling,
        _named(rules),
    )


@cache
def explaining(tag: str) -> Explaining | None:
    """Return how a language says what a word means; None for a language of which this is not known."""
    known = read_language(tag).get("explaining")
    if not known:
        return None
    means, equals, called = ("|".join(map(re.escape, known[name])) for name in ("means", "equals", "called"))
    return Explaining(
        re.compile(rf"(?<!\w)(?:{means})(?!\w)"),
        re.compile(rf"\W*(?:{equals})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{called})(?:\W+\w+){{0,2}}\W*\Z"),
    )


_NUMBER = r"\d{1,3}[A-Za-z]?"
_SPACE = "[ \u00a0\u202f-]"
_UNIT = r"[ \u00a0\u202f]?(?:[%‰°€$£¥]|(?:m²?|km|cm|mm|kg|g|t|l|ha|h|min|am|pm|qm|Uhr)\b)"


def _named(rules: dict[str, Any]) -> str:
    """Return a pattern for names with a number. Before a word that is counted, and before a unit, it is an amount.

    A word that is listed with a capital letter needs it. Several numbers may follow: Rooms 4, 5 and 6. A short form
    with a full stop is none at the start of a sentence: “No. 40 people came.”
    """
    listed: Sequence[str] = rules.get("naming", ())
    words, short = (
        "|".join(
            f"[{word[0]}{word[0].upper()}]{re.escape(word[1:])}" for word in listed if word.endswith(".") == is_short
        )
        for is_short in (False, True)
    )
    if not words:
        return r"(?!)"
    said = rules.get("words", {})
    joining = "|".join(said.get(f"{{}} {word} {{}}", word).replace("{}", "").strip() for word in ("and", "or"))
    more = rf"(?:(?:, {_NUMBER})* (?:{joining}) ?{_NUMBER}|[–/-]{_NUMBER})?"
    counted = "|".join(filter(None, (rules.get("counted", ""), _UNIT, r"\w|[.,:]\d")))
    prefix = "(?:" + "|".join(rules["joined"]) + ")?" if rules.get("joined") else ""
    names = rf"(?<!\w){prefix}(?:{words}){_SPACE}" + (rf"|(?<=\W)(?:{short}){_SPACE}?" if short else "")
    return rf"(?:{names}){_NUMBER}{more}(?!{counted})"
