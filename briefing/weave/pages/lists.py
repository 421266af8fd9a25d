"""The page that lists all records of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from briefing.model.addresses import topic_address
from briefing.model.kinds import Kind
from briefing.model.pages import Group, View
from briefing.model.records import PageDetail, ReadingPath, Record, SourceDetail, Stop
from briefing.model.site import Site
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.weave.pages.timelines import by_year, link_timelines
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page, summary_view

_Parts: TypeAlias = Iterator[tuple[str, str, list[Record]]]
"""Title, anchor and records of each group of a list."""


def list_page(index: SiteIndex, kind: Kind) -> PagePlan:
    """Plan the page that lists all records of a kind."""
    references = index.references()

    def view(record: Record) -> View:
        mentions = index.mentions.get(record.id, ())
        return references.view(record, mentions) if kind.listed_in_full else summary_view(index, record)

    groups = [
        Group(title, anchor, views=tuple(with_minutes(index, view(record)) for record in part))
        for title, anchor, part in _GROUPINGS[kind.group_by](index.of_kind(kind.name), index.site)
    ]
    if kind.group_by == "year":
        groups.append(Group("", "parts", links=link_timelines(index)))
    page = start_page(index, kind.listing, kind.list_template, kind.plural)
    page = replace(page, kind=kind.name, summary=kind.about, groups=tuple(groups))
    return plan_page(attach_references(index, page, references, kind.carries_support))


def with_minutes(index: SiteIndex, view: View) -> View:
    """Return a view with the reading time of each stop, if it is of a reading path; other views as they are."""
    if not isinstance(view.detail, ReadingPath):
        return view
    stops = tuple(Stop(stop.to, _minutes(index, stop.to)) for stop in view.detail.stops)
    return replace(view, detail=ReadingPath(stops))


def _minutes(index: SiteIndex, link: Link) -> int:
    """Return the minutes that a record takes to read: 1 for one without a file of its own."""
    record = index.catalogue.records.get(link.id)
    return record.detail.minutes if record and isinstance(record.detail, PageDetail) else 1


def _ungrouped(records: list[Record], site: Site) -> _Parts:
    yield "", "all", records


def by_topic(records: Iterable[Record], site: Site) -> _Parts:
    """Yield for each first topic its title, its anchor and its records, and those without a topic at the end."""
    parts: dict[str, tuple[str, list[Record]]] = {}
    for record in records:
        topic = record.topics[0] if record.topics else ""
        parts.setdefault(topic_address(topic), (topic, []))[1].append(record)
    ungrouped = parts.pop("", None)
    for address, (topic, part) in parts.items():
        yield topic, f"topic-{address.split('/')[-2]}", part
    if ungrouped:
        yield "Other" if parts else "", "all", ungrouped[1]


def _newest_first(record: Record) -> str:
    return record.detail.issued.replace("undated", "") if isinstance(record.detail, SourceDetail) else ""


def _by_year(records: list[Record], site: Site) -> _Parts:
    yield from by_year(records)


def _by_tier(records: list[Record], site: Site) -> _Parts:
    for tier in site.tiers:
        part = [
            record for record in records if isinstance(record.detail, SourceDetail) and record.detail.tier == tier.name
        ]
        if part:
            yield tier.plural, tier.name, sorted(part, key=_newest_first, reverse=True)


_GROUPINGS: dict[str, Callable[[list[Record], Site], _Parts]] = {
    "": _ungrouped,
    "topic": by_topic,
    "year": _by_year,
    "tier": _by_tier,
}
"""For each `group_by` of a kind, the function that returns title, anchor and records of each group."""
