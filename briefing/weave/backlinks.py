"""Backlinks: for each record, the records that refer to it, with the sentences that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from briefing.model.drawings import Sketch
from briefing.model.pages import Excerpt, Mention, Mentions
from briefing.model.records import Record
from briefing.model.text import (
    Citation,
    CitedSource,
    Credit,
    NumberRef,
    ParsedProse,
    Picture,
    Place,
    Placeholder,
    Ref,
    Reference,
    Word,
)
from briefing.model.walk import find_parts
from briefing.problems import shorten
from briefing.weave.resolve import Resolver

_LONGEST = 500
"""Characters of a sentence that are shown on the pages that it links to. It may link to many."""


def find_backlinks(records: Iterable[Record], resolver: Resolver) -> dict[str, tuple[Mentions, ...]]:
    """Find the mentions of each record by others, by its id: by kind, and within a kind in the order of `records`."""
    found: dict[str, dict[str, dict[str, dict[Excerpt, None]]]] = {}
    for record in records:
        for target, excerpt in _references(record, resolver):
            if target and target != record.id:
                by_kind = found.setdefault(target, {}).setdefault(record.kind, {})
                by_kind.setdefault(record.id, {})[excerpt] = None
    return {target: _in_order(kinds, resolver) for target, kinds in found.items()}


def _in_order(kinds: dict[str, dict[str, dict[Excerpt, None]]], resolver: Resolver) -> tuple[Mentions, ...]:
    links, order = resolver.catalogue.links, list(resolver.catalogue.kinds)
    return tuple(
        Mentions(kind, tuple(Mention(links[name], tuple(excerpts)) for name, excerpts in kinds[kind].items()))
        for kind in sorted(kinds, key=order.index)
    )


def _references(record: Record, resolver: Resolver) -> Iterator[tuple[str, Excerpt]]:
    """Yield the id of every record that one refers to, each with the words around the reference.

    These are the sentence, for a reference in running text; the text of the entry, for a field of an entry; and the
    summary of the record, for any other field.
    """
    address = resolver.catalogue.links[record.id].address
    for entry, parts in groupby(find_parts(record), key=itemgetter(1)):
        here = Excerpt(address, resolver.plain(entry.text, record.path) if entry else record.summary)
        for part, _ in parts:
            match part:
                case ParsedProse():
                    excerpts: dict[Place, Excerpt] = {}
                    for placeholder, place in zip(part.placeholders, part.places, strict=True):
                        if targets := _targets(placeholder, record.path, resolver):
                            if place not in excerpts:
                                excerpts[place] = _excerpt(here, part, place, record.path, resolver)
                            yield from ((target, excerpts[place]) for target in targets)
                case Ref():
                    yield resolver.named(part, record.path).id, here
                case CitedSource():
                    yield part.key, here


def _targets(placeholder: Placeholder, path: str, resolver: Resolver) -> tuple[str, ...]:
    """Return the ids of the records that a placeholder names."""
    match placeholder:
        case Reference():
            return (resolver.link(placeholder, path).id,)
        case Citation():
            return tuple(cited.key for cited in placeholder.items)
        case NumberRef():
            return (placeholder.number,)
        case Sketch(rows=rows):
            figures = (cell.figure.number for row in rows for cell in row.cells if cell.figure)
            events = (row.event.id for row in rows if row.event)
            return (*resolver.drawn_keys(placeholder), *figures, *events)
        case Picture() | Credit() | Word():
            return ()


def _excerpt(here: Excerpt, prose: ParsedProse, place: Place, path: str, resolver: Resolver) -> Excerpt:
    """Return the sentence at a place; `here` if there is none."""
    if place.sentence < 0:
        return here
    address = f"{here.address}#{place.section}" if place.section and "#" not in here.address else here.address
    words = resolver.sentence_text(prose, place.sentence, path)
    return Excerpt(address, shorten(words, _LONGEST))
