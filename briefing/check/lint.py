"""What a careful editor would ask of one file: sources, wording, and figures from the ledger.

Pure: the same file and the same rules give the same answer. All of it is advice, a warning, until `--strict` makes it
law; a long sentence is no fault, and only noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefing.model.kinds import BY_NAME
from briefing.model.steps import LintInput, Rules
from briefing.model.text import SentenceRun
from briefing.problems import Finding, Problem, Span
from briefing.text.sentences import sentences_of
from briefing.text.source_text import Lines, ReadError, decode

_TRAITS = (
    (
        "an age",
        ("year-old", "year old", "aged "),
        re.compile(
            r"\b(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[- ]year[- ]old\b(?!s)"
            r"|\baged (?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b(?! (?:to|or|and)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "a relation",
        ("her ", "his ", "their ", "whose ", "girl’s ", "boy’s ", "child’s "),
        re.compile(
            r"\b(?:her|his|their|whose|girl’s|boy’s|child’s) (?:\w+ )?"
            r"(?:mother|father|parents?|sister|brother|aunt|uncle|cousin|grandmother|grandfather|boyfriend|girlfriend"
            r"|foster \w+|school|teacher|street|house|children’s home)\b",
            re.IGNORECASE,
        ),
    ),
)
"""What, put beside each other or beside a place, may identify somebody: one person's age, and who or what is theirs.

Each has its name, words of which one must stand in a text for there to be any, and how it is said.
"""
_LONG, _TOO_LONG = 25, 40
"""Words after which a sentence asks much of a reader, and after which it asks too much."""
_WORD = re.compile(r"\S*\w\S*")
_QUOTED = re.compile("“[^“”]*”|‘[^‘’]*’(?!\\w)")


def lint(lint_input: LintInput) -> tuple[Problem, ...]:
    """Read one file as an editor."""
    source, said = lint_input.source, lint_input.sentences.once()
    text = " ".join(sentence for one in said for sentence in one.sentences)
    rules = _narrow(lint_input.rules.value, source.kind, text)
    found = [
        (sentence, words, finding)
        for one in said
        for sentence in one.sentences
        for words, finding in _findings(sentence, one, rules)
    ]
    if not found:
        return ()
    try:
        lines = Lines.of(decode(source.path, source.data.value))
    except ReadError:
        return ()
    return tuple(finding.at(source.path, _place(lines, sentence, words)) for sentence, words, finding in found)


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """The rules that one text could break; `ours` where its words are ours to choose."""

    ours: bool
    style: tuple[tuple[str, str, str], ...]
    figures: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    traits: tuple[tuple[str, re.Pattern[str]], ...]


def _narrow(rules: Rules, kind: str, text: str) -> _Narrowed:
    """Keep the rules whose words stand in a text at all, so that its sentences are asked about few."""
    folded = text.casefold()
    traits = tuple((name, said) for name, words, said in _TRAITS if any(word in folded for word in words))
    known = BY_NAME.get(kind)  # None for settings
    ours = known is not None and known.own_words
    return _Narrowed(
        ours,
        () if not ours else tuple(rule for rule in rules.style if rule[0].casefold() in folded),
        () if known and known.holds_figures else tuple(figure for figure in rules.figures if figure[0] in text),
        tuple(place for place in rules.places if place in text) if traits else (),
        traits,
    )


def _findings(sentence: str, said: SentenceRun, rules: _Narrowed) -> Iterator[tuple[str, Finding]]:
    """Yield what is wrong with a sentence, each with the words in question."""
    if said.checkable and not said.sourced:
        message = "readers can check this statement, but it has no source"
        hint = 'cite one: [@source, p. 3]; if it needs none, say why: {: .no-source reason="…" }'
        yield sentence, Finding("uncited", message, hint)
    traits = [kind for kind, pattern in rules.traits if pattern.search(sentence)]
    traits += ["a place"] if traits and any(place in sentence for place in rules.places) else []
    if len(traits) > 1:
        message = f"{' and '.join(traits)} together may show who a person is"
        finding = Finding("identifying", message, "leave one of them out, and let another person check the sentence")
        yield sentence, finding
    if rules.ours and sentence.count(" ") >= _LONG:
        yield from _lengths(sentence)
    if rules.style:
        ours = _QUOTED.sub("", sentence) if said.sourced else sentence
        for match in _wordings(rules.style).finditer(ours):
            prefer, why = next((p, w) for avoid, p, w in rules.style if avoid.casefold() == match[0].casefold())
            message = f"“{match[0]}” is on this site's list of words to avoid"
            yield match[0], Finding("house-style", message, f"{prefer}. {why}")
    if rules.figures:
        for match in _figures(rules.figures).finditer(sentence):
            name = next(name for value, name in rules.figures if value == match[0])
            message = f"the number {match[0]} is in numbers.yaml"
            finding = Finding("typed-figure", message, f"write [[={name}]]; then it changes everywhere at once")
            yield match[0], finding


def _lengths(text: str) -> Iterator[tuple[str, Finding]]:
    """Find the long sentences of a text; a field without marks comes whole, however many it holds."""
    for sentence in sentences_of(text):
        words = len(_WORD.findall(sentence))
        if words > _LONG:
            message, hint = f"this sentence has {words} words", "make two sentences of it, or leave something out"
            yield sentence, Finding("too-long-sentence" if words > _TOO_LONG else "long-sentence", message, hint)


def _any_of(words: Iterable[str]) -> str:
    """Make a pattern of several wordings; the longest of those that fit is found."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=64)
def _wordings(style: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(avoid for avoid, _, _ in style)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _figures(figures: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,£$€])(?:{_any_of(value for value, _ in figures)})(?!\w|[.,]\d)")


def _place(lines: Lines, sentence: str, words: str) -> Span:
    """Find the place of words within a sentence, which is itself found by its first words."""
    start, end = _find(sentence, lines.text, 0)
    return lines.span(*(_find(words, lines.text, start) if words != sentence else (start, end)))


def _find(words: str, text: str, start: int) -> tuple[int, int]:
    """Find words in a source, whatever line breaks and marks of emphasis or links stand between them."""
    first = [re.escape(word) for word in words.split()[:6]]
    for count in (6, 4, 3, 2, 1):
        if match := re.compile(r"[\s*_`\[\]|\\]+".join(first[:count])).search(text, start):
            return match.start(), match.end()
    return (start, start + 1) if start else (0, 1)
