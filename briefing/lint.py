"""What a careful editor would ask of one file: sources, wording, and figures from the ledger.

Pure: the same file and the same rules give the same answer. All of it is advice, a warning, until `--strict` makes it
law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefing.model import Manuscript, Rules, Said, Source
from briefing.problems import Problem
from briefing.records import Fault, Lines, decode
from briefing.sentences import is_checkable

_NO_STYLE = {"style-rule", "source", "site"}
"""Kinds whose words are not ours to choose: the rules themselves, the titles of sources, and settings."""
_TRAITS = {
    "an age": re.compile(
        r"\b(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[- ]year[- ]old\b(?!s)"
        r"|\baged (?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b(?! (?:to|or|and)\b)",
        re.IGNORECASE,
    ),
    "a relation": re.compile(
        r"\b(?:her|his|their|whose|girl’s|boy’s|child’s) (?:\w+ )?"
        r"(?:mother|father|parents?|sister|brother|aunt|uncle|cousin|grandmother|grandfather|boyfriend|girlfriend"
        r"|foster \w+|school|teacher|street|house|children’s home)\b",
        re.IGNORECASE,
    ),
}
"""What, put beside each other or beside a place, may identify somebody: one person's age, and who or what is theirs."""
_QUOTED = re.compile("“[^”]*”|‘[^’]*’(?!\\w)")


def lint(manuscript: Manuscript) -> tuple[Problem, ...]:
    """Read one file as an editor."""
    source, rules = manuscript.source, manuscript.rules
    found = [
        (said, code, message, hint, words)
        for said in manuscript.said.value
        for code, message, hint, words in _findings(said, source, rules)
    ]
    if not found:
        return ()
    try:
        lines = Lines.of(decode(source.path, source.data.value))
    except Fault:
        return ()
    return tuple(_problem(source.path, lines, *finding) for finding in found)


def _findings(said: Said, source: Source, rules: Rules) -> Iterator[tuple[str, str, str, str]]:
    """Give code, message, hint and the words at fault for all that is wrong with a sentence."""
    if is_checkable(said.text) and not said.sourced and not said.exempt:
        message = "a reader can check this statement, and it names no source"
        hint = 'cite one: [@source, p. 3]; or give a reason: {: .no-source reason="…" }'
        yield "uncited", message, hint, said.text
    traits = [kind for kind, pattern in _TRAITS.items() if pattern.search(said.text)]
    traits += ["a place"] if any(place in said.text for place in rules.places) else []
    if len(traits) > 1 and traits != ["a place"]:
        message = f"{' and '.join(traits)} together may tell who somebody is"
        yield "identifying", message, "a person must look at this; say it without one of them", said.text
    wording, figure = _patterns(rules)
    if source.kind not in _NO_STYLE:
        ours = _QUOTED.sub("", said.text) if said.sourced else said.text
        for match in wording.finditer(ours):
            prefer, why = next((p, w) for avoid, p, w in rules.style if avoid.casefold() == match[0].casefold())
            yield "house-style", f"“{match[0]}” is a wording that this site avoids", f"{prefer}. {why}", match[0]
    if source.kind not in ("number", "source"):
        for match in figure.finditer(said.text):
            name = next(name for value, name in rules.figures if value == match[0])
            message = f"the figure {match[0]} stands in the numbers ledger"
            yield "typed-figure", message, f"write [[={name}]], so that it changes everywhere at once", match[0]


@lru_cache(maxsize=2)
def _patterns(rules: Rules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Make one pattern of all wordings to avoid, and one of all figures; the longest of several is found."""

    def any_of(words: Iterable[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"

    wordings = any_of(avoid for avoid, _, _ in rules.style)
    figures = any_of(value for value, _ in rules.figures)
    return (
        re.compile(rf"(?<!\w)(?:{wordings})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<![\w.,£$€])(?:{figures})(?!\w|[.,]\d)"),
    )


def _problem(path: str, lines: Lines, said: Said, code: str, message: str, hint: str, words: str) -> Problem:
    """Place a finding: the sentence by its first words, then the words at fault within it."""
    start, end = _find(said.text, lines.text, 0)
    if words != said.text:
        start, end = _find(words, lines.text, start)
    spot = lines.spot(start, end)
    return Problem(path, spot.line, spot.column, code, message, hint, spot.length, "warning")


def _find(words: str, text: str, start: int) -> tuple[int, int]:
    """Find words in a source, whatever line breaks and marks of emphasis or links stand between them."""
    first = [re.escape(word) for word in words.split()[:6]]
    for count in (6, 4, 3, 2, 1):
        if match := re.compile(r"[\s*_`\[\]|\\]+".join(first[:count])).search(text, start):
            return match.start(), match.end()
    return (start, start + 1) if start else (0, 1)
