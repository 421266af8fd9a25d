"""The walk over parsed values: it misses nothing, and what it finds is what it replaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from briefing.model.editions import MadeFrom
from briefing.model.records import Entry, Record
from briefing.model.text import CitedSource, ParsedProse, Ref
from briefing.model.walk import Part, find_parts, replace_parts
from tests.golden import SITE
from tests.sites import Site, documents

RECORDS = [record for one in documents(Site(SITE, default="")) for record in one.outline.value.records]


def parts_in(value: object, entry: object = None) -> Iterator[tuple[object, object]]:
    """Look for parts in every field of every value, whatever its type is."""
    if isinstance(value, (ParsedProse, Ref, CitedSource)):
        yield value, entry
    elif isinstance(value, tuple):
        for one in value:
            yield from parts_in(one, entry)
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts_in(getattr(value, field.name), value if isinstance(value, Entry) else entry)


def test_every_part_is_found_in_order_with_its_entry() -> None:
    """No field of a record that holds a part is skipped, in a site with every kind of record."""
    for record in RECORDS:
        assert list(parts_in(record)) == find_parts(record)
    kinds = {type(part) for record in RECORDS for part, entry in find_parts(record) if entry}
    assert {ParsedProse, Ref, CitedSource} == kinds


def test_what_is_found_is_what_is_replaced() -> None:
    """Replacing asks for the same parts in the same order, and changes nothing else."""
    seen: list[Part] = []

    def keep(part: Part) -> Part:
        seen.append(part)
        return part

    for record in RECORDS:
        assert record == replace_parts(record, keep, lambda sources: tuple(map(keep, sources)))
        assert [part for part, _ in find_parts(record)] == seen
        seen.clear()
        replaced = replace_parts(record, lambda part: Ref("x", 0), lambda sources: (Ref("x", 0),) * len(sources))
        assert isinstance(replaced, Record)
        assert {Ref("x", 0)} >= {part for part, _ in find_parts(replaced)}


def test_what_an_edition_was_made_of_refers_to_nothing() -> None:
    """A page that is no edition any more may still have it."""
    for record in RECORDS:
        made = replace(record, made_from=MadeFrom("2026-01-01", (("times", ("91ee7a", "8ac955")),)))
        assert find_parts(record) == find_parts(made)
