"""The check that a statement names who made it, where nothing but the accounts of others supports it.

A passage says how sure its statement is. A text that cites only passages that are reported or contested must name, in
the same sentence, a source or somebody whose words the passage reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from briefing.model.drawings import Sketch
from briefing.model.records import Event, PageDetail, ParsedEntry, Passage, Record, SourceDetail
from briefing.model.steps import PendingProblem
from briefing.model.text import Citation, CitedSource, ParsedProse, Ref
from briefing.model.walk import find_parts
from briefing.problems import Finding
from briefing.weave.resolve import Resolver
from briefing.weave.site_index import SiteIndex

_UNSURE = ("reported", "contested")
_JOINTS = re.compile(r"[,;،、]\s*|\s+(?:and|&)\s+")
"""What stands between the names of several authors."""
_MOST_WORDS_OF_A_PERSON = 3
"""The last word of a longer name, such as that of a body, is no family name."""
_QUOTES = str.maketrans("’ʼ‘", "'''")


class _Unsure(NamedTuple):
    """An unsure passage: how sure it is, the names that a sentence may have, and the best one to suggest."""

    status: str
    names: tuple[str, ...]
    suggested: str


def check_attribution(index: SiteIndex) -> Iterator[PendingProblem]:
    """Report each text that rests on the accounts of others, and names none of them."""
    unsure = dict(_unsure_passages(index.of_kind("source")))
    if not unsure:
        return
    for record in index.records:
        for cited, text in _statements(record, index.resolver):
            found = [unsure.get((one.key, one.passage)) for one in cited]
            passages = [one for one in found if one]
            if not passages or len(passages) < len(found):
                continue
            words = _folded(text)
            if not any(_contains(words, name) for one in passages for name in one.names):
                yield PendingProblem(record.path, cited[0].span, _finding(passages))


def _finding(passages: list[_Unsure]) -> Finding:
    names = " or ".join(f"“{name}”" for name in dict.fromkeys(one.suggested for one in passages))
    message = f"this rests on a passage that is {passages[0].status}, but does not name who said it"
    return Finding("unattributed", message, f"write who said it, such as {names}, in the same sentence")


def _unsure_passages(sources: Iterable[Record]) -> Iterator[tuple[tuple[str, str], _Unsure]]:
    for record in sources:
        if isinstance(source := record.detail, SourceDetail):
            names = _names_of(record, source)
            for passage in source.passages:
                if passage.status in _UNSURE:
                    yield (record.id, passage.id), _unsure(passage, names, source.label)


def _unsure(passage: Passage, names: tuple[str, ...], label: str) -> _Unsure:
    all_names = tuple(dict.fromkeys(filter(None, map(_folded, (*passage.said_by, *names)))))
    return _Unsure(passage.status, all_names, next(iter(passage.said_by), label))


def _names_of(record: Record, source: SourceDetail[ParsedProse]) -> tuple[str, ...]:
    """Return the names of a source's publisher and authors, also without brackets and without “The”."""
    people = [name for name in _JOINTS.split(source.author) if name]
    family = [words[-1] for words in map(str.split, people) if 1 < len(words) <= _MOST_WORDS_OF_A_PERSON]
    names = [source.publisher, source.label, *record.aka, source.author, *people, *family]
    names += [name.partition(" (")[0] for name in names]
    return (*names, *(name.removeprefix("The ") for name in names))


def _statements(record: Record, resolver: Resolver) -> Iterator[tuple[tuple[CitedSource, ...], str]]:
    """Yield what cites something, and its text: each citation with its sentence, each list of sources with its texts.

    The text of a drawing is its title, its note and its labels. The positions of a dispute are left out: a field names
    the holder of each.
    """
    listed: dict[int, tuple[ParsedEntry, list[CitedSource]]] = {}
    own_texts = [record.title]
    disputes = record.detail.disputed if isinstance(record.detail, PageDetail) else ()
    positions = {id(position.said) for dispute in disputes for position in dispute.positions}
    for part, entry in find_parts(record):
        if entry and id(entry) in positions:
            continue
        match part:
            case ParsedProse():
                for placeholder, place in zip(part.placeholders, part.places, strict=True):
                    if isinstance(placeholder, Citation) and place.sentence >= 0:
                        yield placeholder.items, resolver.sentence_text(part, place.sentence, record.path)
                    elif isinstance(placeholder, Sketch) and placeholder.sources:
                        labels = (row.label for row in placeholder.rows)
                        yield placeholder.sources, " ".join((placeholder.title, placeholder.note, *labels))
                if not entry and part is not record.text:
                    own_texts.append(resolver.plain(part, record.path))
            case CitedSource() if entry:
                listed.setdefault(id(entry), (entry, []))[1].append(part)
    for entry, cited in listed.values():
        yield tuple(cited), f"{_titles((entry.who,), record, resolver)} {resolver.plain(entry.text, record.path)}"
    if record.sources and record.text is None:
        who = record.detail.who if isinstance(record.detail, Event) else ()
        yield record.sources, " ".join((_titles(who, record, resolver), *own_texts))


def _titles(people: Iterable[Ref | None], record: Record, resolver: Resolver) -> str:
    """Return the titles of people and bodies that a field names; the page shows them beside the text."""
    return " ".join(resolver.named(one, record.path).title for one in people if one)


def _folded(text: str) -> str:
    """Return a text in the one form in which names are compared."""
    return " ".join(normalize("NFKC", text).translate(_QUOTES).casefold().split())


def _contains(text: str, name: str) -> bool:
    """Whether a folded text contains a folded name as words of its own.

    Scripts without capital letters may write a preposition or a conjunction in front of a name, or no spaces at all, so
    there the name may be part of a longer word.
    """
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (_joins(text[start - 1 : start], name[0]) or _joins(name[-1], text[end : end + 1])):
            return True
        start = text.find(name, start + 1)
    return False


def _joins(before: str, after: str) -> bool:
    """Whether two neighbouring characters belong to one word."""
    return _is_closed(before) and _is_closed(after)


def _is_closed(character: str) -> bool:
    """Whether a character is a digit, or a letter of a script with capital letters."""
    return character.isdigit() or character.upper() != character.lower()
