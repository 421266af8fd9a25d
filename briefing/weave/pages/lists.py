"""The page that lists all records of a kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from briefing.model.kinds import Kind
from briefing.model.pages import Group, View
from briefing.model.records import PageDetail, ReadingPath, Record, SourceDetail, Stop
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.weave.pages.timelines import by_year, list_timelines
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page, summary_view

TIERS = ("primary", "official", "research", "legal", "news", "comment")


def list_page(index: SiteIndex, kind: Kind) -> PagePlan:
    """Give the page that lists all records of a kind, in the groups that suit it."""
    references = index.references()
    records = index.of_kind(kind.name)
    groups = tuple(
        Group(title, anchor, views=tuple(references.view(record, index.mentions.get(record.id, ())) for record in part))
        if kind.listed_in_full
        else Group(title, anchor, views=tuple(summary_view(index, record) for record in part))
        for title, anchor, part in _GROUPINGS[kind.group_by](records)
    )
    page = start_page(index, kind.listing, kind.list_template, kind.plural)
    page = replace(page, kind=kind.name, summary=kind.about, groups=groups)
    if kind.group_by == "year":
        parts = tuple(link for link, _ in list_timelines(index))
        page = replace(page, groups=(*groups, Group("", "parts", links=parts)))
    if kind.name == "reading-path":
        page = replace(page, groups=tuple(replace(group, views=with_minutes(index, group.views)) for group in groups))
    return plan_page(attach_references(index, page, references, kind.carries_support))


def with_minutes(index: SiteIndex, views: Iterable[View]) -> tuple[View, ...]:
    """Say of each stop of reading paths how long it takes; what is no article takes a minute."""

    def minutes(link: Link) -> int:
        record = index.catalogue.records.get(link.id)
        return record.detail.minutes if record and isinstance(record.detail, PageDetail) else 1

    return tuple(
        replace(view, detail=ReadingPath(tuple(Stop(stop.to, minutes(stop.to)) for stop in view.detail.stops)))
        for view in views
        if isinstance(view.detail, ReadingPath)
    )


def _ungrouped(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    yield "", "all", records


def _newest_first(record: Record) -> tuple[str, str]:
    issued = record.detail.issued if isinstance(record.detail, SourceDetail) else ""
    return issued.replace("undated", ""), record.title


def _by_tier(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    for tier in TIERS:
        part = [record for record in records if isinstance(record.detail, SourceDetail) and record.detail.tier == tier]
        if part:
            yield tier, tier, sorted(part, key=_newest_first, reverse=True)


_GROUPINGS: dict[str, Callable[[list[Record]], Iterator[tuple[str, str, list[Record]]]]] = {
    "": _ungrouped,
    "year": by_year,
    "tier": _by_tier,
}
