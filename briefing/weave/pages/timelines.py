"""The timeline and its parts: one page for each year, each actor and each place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from briefing.model.pages import Group, Page
from briefing.model.records import Event, Record
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.weave.site_index import SiteIndex, attach_references, plan_page

_ADDRESS = "/timeline/"


def link_timeline(record: Record) -> Link:
    """Give the link to the timeline of one actor or place."""
    return Link(record.id, record.kind, record.title, "", f"{_ADDRESS}{record.id}/")


def list_timelines(index: SiteIndex) -> Iterator[tuple[Link, list[Record]]]:
    """Give the parts of the timeline that have a page of their own: each year's, then each actor's and place's."""
    for year, _, part in by_year(index.of_kind("event")):
        yield Link("", "listing", year, "", f"{_ADDRESS}{year}/"), part
    for record in index.records:
        if record.id in index.timelines_by_actor:
            yield link_timeline(record), index.timelines_by_actor[record.id]


def weave_timeline(index: SiteIndex, link: Link, events: list[Record]) -> PagePlan:
    """Give one part of the timeline."""
    references = index.references()
    groups = tuple(
        Group(title, anchor, views=tuple(references.view(record) for record in part))
        for title, anchor, part in by_year(events)
    )
    parent = index.catalogue.listings["event"]
    page = Page(
        address=link.address,
        template="timeline.html",
        kind="event",
        title=f"{parent.title}: {link.title}",
        summary="",
        language=index.language(),
        crumbs=index.crumbs(parent),
        groups=groups,
    )
    return plan_page(attach_references(index, page, references, True))


def by_year(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    """Group events by their years, each with its anchor."""
    for year, part in groupby(records, key=_year):
        yield year, f"y{year}", list(part)


def _year(record: Record) -> str:
    return record.detail.date[:4] if isinstance(record.detail, Event) else ""
