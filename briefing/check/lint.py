"""Checks of the sentences of one file: sources, wording, length, and numbers that have a record of their own.

A pure function of the file and the rules.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from briefing.model.kinds import by_name
from briefing.model.steps import LintInput, Rules, Source
from briefing.model.text import SentenceBlock, SentenceRun
from briefing.problems import MOST_ALIKE, Finding, Problem, Span
from briefing.text.sentences import QUOTATION, sentences_of
from briefing.text.source_text import Lines, ReadError, decode
from briefing.values import dataclass

_AGE = re.compile(
    r"\b(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[- ]year[- ]old\b(?!s)"
    r"|\baged (?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b(?! (?:to|or|and)\b)",
    re.IGNORECASE,
)
_OWNERS = ("her", "his", "their", "whose", "girl’s", "boy’s", "child’s")
_RELATIONS = (
    "mother", "father", "parent", "parents", "sister", "brother", "aunt", "uncle", "cousin", "grandmother",
    "grandfather", "boyfriend", "girlfriend", "school", "teacher", "street", "house",
)  # fmt: skip
"""Words for what belongs to a person, on every site that asks for this check."""
_HINTS = {
    "table": "cite one in each row, or one for all rows in a line after the table: “: What it shows [@source, p. 3]”",
    "list": "cite one in each item, or one for all at the end of the line before the list: “… [@source, p. 3]:”",
}
"""How a source is given for all of a table or a list."""
_LONG, _TOO_LONG = 25, 40
"""A sentence with more words than this is long, or too long."""
_WORD = re.compile(r"\S*\w\S*")
_ACCEPTED = re.compile(r"^( *)accept:.*\n(?:\1(?: +|-).*\n|[ \t]*\n)*", re.MULTILINE)
"""The field in which a person accepts problems. It repeats words of the text, which are to be found there."""


def lint(lint_input: LintInput) -> tuple[Problem, ...]:
    """Return the problems of one file."""
    source, runs = lint_input.source, lint_input.sentences.once()
    each = _list_sentences(runs, lint_input.starts)
    rules = _rules_for(lint_input.rules.value, source, " ".join(one.words for one in each))
    found = [(one, words, finding) for one in each for words, finding in _findings(one.words, one.run, rules)]
    if rules.sources:
        found += ((one, one.words, finding) for one, finding in _uncited(each, lint_input.blocks))
    if not found:
        return ()
    try:
        text = decode(source.path, source.data.value)
        lines = Lines.of(_ACCEPTED.sub(lambda entry: re.sub(r".", " ", entry[0]), text))
    except ReadError:
        return ()
    return tuple(_problems(source.path, lines, found, _count_alike(each)))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a file, with its position among all of them; its text begins at the offset `start`.

    The head of a table or a list, which is no sentence, has no position.
    """

    words: str
    run: SentenceRun
    start: int
    position: int | None


def _list_sentences(runs: Sequence[SentenceRun], starts: Sequence[tuple[int, int]]) -> list[_Sentence]:
    found: list[_Sentence] = []
    start, later = 0, deque(starts)
    for run in runs:
        for sentence in run.sentences:
            if later and later[0][0] == len(found):
                start = later.popleft()[1]
            found.append(_Sentence(sentence, run, start, len(found)))
    return found


def _count_alike(each: Sequence[_Sentence]) -> tuple[int, ...]:
    """Return for each sentence how many before it in its text begin as it does."""
    times: Counter[tuple[int, tuple[str, ...]]] = Counter()
    counts: list[int] = []
    for one in each:
        first = (one.start, _first_words(one.words))
        counts.append(times[first])
        times[first] += 1
    return tuple(counts)


@dataclass(frozen=True, slots=True)
class _TextRules:
    """The rules that one text could break. `ours` is true if its words are our own and not, say, a quoted title."""

    ours: bool
    style: tuple[tuple[str, str, str], ...]
    figures: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    traits: tuple[tuple[str, re.Pattern[str]], ...]
    """Details that together, or together with a place, may show who a person is: their names and patterns."""
    sources: bool
    language: str


def _rules_for(rules: Rules, source: Source, text: str) -> _TextRules:
    """Keep the rules whose words occur in a text, so that each sentence is compared with few."""
    folded = _typographic(text.casefold())
    traits: tuple[tuple[str, re.Pattern[str]], ...] = ()
    if rules.identifying and any(word in folded for word in ("year-old", "year old", "aged ")):
        traits += (("an age", _AGE),)
    if rules.identifying and any(f"{owner} " in folded for owner in _OWNERS):
        traits += (("a relation", _relations(rules.identifying_words)),)
    known = by_name(rules.kinds).get(source.kind)  # None for settings
    ours = known is not None and known.own_words
    return _TextRules(
        ours,
        () if not ours else tuple(rule for rule in rules.style if _typographic(rule[0].casefold()) in folded),
        () if known and known.holds_figures else tuple(figure for figure in rules.figures if figure[0] in text),
        tuple(place for place in rules.places if place in text) if traits else (),
        traits,
        rules.sources,
        source.vocabulary.value.language,
    )


def _findings(sentence: str, run: SentenceRun, rules: _TextRules) -> Iterator[tuple[str, Finding]]:
    """Yield the words in question and the finding, for all that is wrong with a sentence."""
    traits = [kind for kind, pattern in rules.traits if pattern.search(_typographic(sentence))]
    traits += ["a place"] if traits and any(place in sentence for place in rules.places) else []
    if len(traits) > 1:
        message = f"{' and '.join(traits)} together may show who a person is"
        finding = Finding("identifying", message, "leave one of them out, and let another person check the sentence")
        yield sentence, finding
    if rules.ours and sentence.count(" ") >= _LONG:
        yield from _lengths(sentence, rules.language)
    if rules.style:
        ours = QUOTATION.sub("", sentence) if run.sourced else sentence
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


def _uncited(each: Sequence[_Sentence], blocks: Sequence[SentenceBlock]) -> Iterator[tuple[_Sentence, Finding]]:
    """Yield the statements without a source: each by itself, but only one finding for each table and list."""
    lacking = {number for number, one in enumerate(each) if one.run.checkable and not one.run.sourced}
    for block in blocks:
        lacking -= {*range(block.first, block.end)} if block.sourced else set()
    for block in blocks:
        inside = range(block.first, block.end)
        missing = [number for number in inside if number in lacking]
        lacking -= {*missing[1:]}
        if len(missing) > 1:
            some = any(each[number].run.sourced for number in inside)
            lacking -= {*missing}
            name = "table" if block.is_table else "list"
            what = f"{len(missing)} statements in this {name} have" if some else f"this {name} has"
            yield (
                each[missing[0]] if some else replace(each[missing[0]], words=block.head, position=None),
                Finding("uncited", f"{what} no source", _HINTS[name]),
            )
    for number in sorted(lacking):
        message = "readers can check this statement, but it has no source"
        hint = 'cite one: [@source, p. 3]; if it needs none, say why: {: .no-source reason="…" }'
        yield each[number], Finding("uncited", message, hint)


def _typographic(words: str) -> str:
    """Return words with the apostrophe of a printer in place of that of a typewriter."""
    return words.replace("'", "’")


def _lengths(text: str, language: str) -> Iterator[tuple[str, Finding]]:
    """Yield the long sentences of a text. A field without a full stop may be several sentences in one string."""
    for sentence in sentences_of(text, language):
        words = len(_WORD.findall(sentence))
        if words > _LONG:
            message, hint = f"this sentence has {words} words", "make two sentences of it, or leave something out"
            yield sentence, Finding("too-long-sentence" if words > _TOO_LONG else "long-sentence", message, hint)


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of several wordings, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=64)
def _relations(more: tuple[str, ...]) -> re.Pattern[str]:
    owned = _any_of((*_RELATIONS, *more))
    return re.compile(rf"\b(?:{_any_of(_OWNERS)}) (?:\w+ )?(?:{owned})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _wordings(style: tuple[tuple[str, str, str], ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(avoid for avoid, _, _ in style)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _figures(figures: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,£$€])(?:{_any_of(value for value, _ in figures)})(?!\w|[.,]\d)")


def _problems(
    path: str, lines: Lines, found: Iterable[tuple[_Sentence, str, Finding]], alike: Sequence[int]
) -> Iterator[Problem]:
    """Yield the problem of each finding. Those of a code beyond the limit are only counted, so none is looked for.

    `alike` has for each sentence the number of those before it that begin as it does.
    """
    times: Counter[str] = Counter()
    for sentence, words, finding in found:
        times[finding.code] += 1
        if times[finding.code] <= MOST_ALIKE + 1:
            last = _place(lines, sentence, words, 0 if sentence.position is None else alike[sentence.position])
        yield finding.at(path, last)


def _place(lines: Lines, sentence: _Sentence, words: str, number: int) -> Span:
    """Return the place of some words within a sentence, which is found in its text by its first words."""
    start, end = _find(sentence.words, lines.text, sentence.start, number)
    return lines.span(*(_find(words, lines.text, start, 0) if words != sentence.words else (start, end)))


def _first_words(words: str) -> tuple[str, ...]:
    return tuple(words.split(maxsplit=6)[:6])


def _find(words: str, text: str, start: int, number: int) -> tuple[int, int]:
    """Return start and end of words in a source, or of the last that are like them where there are fewer than `number`.

    Line breaks and Markdown characters may be between the words.
    """
    first = [re.escape(word) for word in _first_words(words)]
    for count in (6, 4, 3, 2, 1):
        alike = re.compile(r"[\s*_`\[\]|\\:-]+".join(first[:count])).finditer(text, start)
        if places := [(match.start(), match.end()) for match in islice(alike, number + 1)]:
            return places[-1]
    return (start, start + 1) if start else (0, 1)
