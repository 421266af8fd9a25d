"""What speaks of a record: every page that refers to it, with the sentence that does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.model.kinds import KINDS
from briefing.model.pages import Mention, Mentions, Passing
from briefing.model.records import Entry, Record
from briefing.model.text import Citation, Cited, FigureUse, Fill, Hole, Prose, Ref, Reference
from briefing.weave.resolve import Lookup
from briefing.weave.walk import contents

_ORDER = {kind.name: place for place, kind in enumerate(KINDS)}


def gather(records: Iterable[Record], lookup: Lookup) -> dict[str, tuple[Mentions, ...]]:
    """Find, for the id of each record that others refer to, who does and in which sentences.

    By kind, and within a kind in the order of `records`.
    """
    found: dict[str, dict[str, dict[str, dict[Passing, None]]]] = {}
    for record in records:
        for target, passing in _within(record, record.summary, record, lookup):
            if target and target != record.id:
                by_kind = found.setdefault(target, {}).setdefault(record.kind, {})
                by_kind.setdefault(record.id, {})[passing] = None
    return {target: _in_order(kinds, lookup) for target, kinds in found.items()}


def _in_order(kinds: dict[str, dict[str, dict[Passing, None]]], lookup: Lookup) -> tuple[Mentions, ...]:
    links = lookup.catalogue.links
    return tuple(
        Mentions(kind, tuple(Mention(links[name], tuple(passings)) for name, passings in kinds[kind].items()))
        for kind in sorted(kinds, key=_ORDER.__getitem__)
    )


def _within(value: object, said: str, record: Record, lookup: Lookup) -> Iterator[tuple[str, Passing]]:
    """Give the id of every record that a part of one refers to; `said` are its words outside of any sentence."""
    here = Passing(lookup.catalogue.links[record.id].address, said)
    for content in contents(value):
        match content:
            case Prose():
                for hole in content.holes:
                    targets = _targets(hole, record.path, lookup)
                    if targets:
                        passing = _passing(here, content, hole, record.path, lookup)
                        yield from ((target, passing) for target in targets)
            case Ref():
                yield lookup.named(content, record.path).id, here
            case Cited():
                yield content.key, here
            case Entry():
                inner = (content.text, content.who, content.sources)
                yield from _within(inner, lookup.plain(content.text, record.path), record, lookup)


def _targets(hole: Hole | Fill, path: str, lookup: Lookup) -> tuple[str, ...]:
    match hole:
        case Reference():
            return (lookup.link(hole, path).id,)
        case Citation():
            return tuple(item.key for item in hole.items)
        case FigureUse():
            return (hole.number,)
        case _:
            return ()


def _passing(here: Passing, prose: Prose, hole: Hole | Fill, path: str, lookup: Lookup) -> Passing:
    if not isinstance(hole, (Reference, Citation, FigureUse)) or hole.sentence < 0:
        return here
    anchored = hole.section and "#" not in here.address
    return Passing(
        f"{here.address}#{hole.section}" if anchored else here.address, lookup.say(prose, hole.sentence, path)
    )
