"""What speaks of a record: every page that refers to it, with the sentence that does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.model.kinds import KINDS
from briefing.model.pages import Excerpt, Mention, Mentions
from briefing.model.records import Entry, Record
from briefing.model.text import Citation, CitedSource, NumberRef, Placeholder, Prose, Ref, Reference, Resolved
from briefing.weave.resolve import Resolver
from briefing.weave.walk import contents

_ORDER = {kind.name: place for place, kind in enumerate(KINDS)}


def find_backlinks(records: Iterable[Record], resolver: Resolver) -> dict[str, tuple[Mentions, ...]]:
    """Find, for the id of each record that others refer to, who does and in which sentences.

    By kind, and within a kind in the order of `records`.
    """
    found: dict[str, dict[str, dict[str, dict[Excerpt, None]]]] = {}
    for record in records:
        for target, excerpt in _within(record, record.summary, record, resolver):
            if target and target != record.id:
                by_kind = found.setdefault(target, {}).setdefault(record.kind, {})
                by_kind.setdefault(record.id, {})[excerpt] = None
    return {target: _in_order(kinds, resolver) for target, kinds in found.items()}


def _in_order(kinds: dict[str, dict[str, dict[Excerpt, None]]], resolver: Resolver) -> tuple[Mentions, ...]:
    links = resolver.catalogue.links
    return tuple(
        Mentions(kind, tuple(Mention(links[name], tuple(excerpts)) for name, excerpts in kinds[kind].items()))
        for kind in sorted(kinds, key=_ORDER.__getitem__)
    )


def _within(value: object, said: str, record: Record, resolver: Resolver) -> Iterator[tuple[str, Excerpt]]:
    """Give the id of every record that a part of one refers to; `said` are its words outside of any sentence."""
    here = Excerpt(resolver.catalogue.links[record.id].address, said)
    for content in contents(value):
        match content:
            case Prose():
                for placeholder in content.placeholders:
                    targets = _targets(placeholder, record.path, resolver)
                    if targets:
                        excerpt = _passing(here, content, placeholder, record.path, resolver)
                        yield from ((target, excerpt) for target in targets)
            case Ref():
                yield resolver.named(content, record.path).id, here
            case CitedSource():
                yield content.key, here
            case Entry():
                inner = (content.text, content.who, content.sources)
                yield from _within(inner, resolver.plain(content.text, record.path), record, resolver)


def _targets(placeholder: Placeholder | Resolved, path: str, resolver: Resolver) -> tuple[str, ...]:
    match placeholder:
        case Reference():
            return (resolver.link(placeholder, path).id,)
        case Citation():
            return tuple(item.key for item in placeholder.items)
        case NumberRef():
            return (placeholder.number,)
        case _:
            return ()


def _passing(
    here: Excerpt, prose: Prose, placeholder: Placeholder | Resolved, path: str, resolver: Resolver
) -> Excerpt:
    if not isinstance(placeholder, (Reference, Citation, NumberRef)) or placeholder.sentence < 0:
        return here
    anchored = placeholder.section and "#" not in here.address
    return Excerpt(
        f"{here.address}#{placeholder.section}" if anchored else here.address,
        resolver.sentence_text(prose, placeholder.sentence, path),
    )
