"""The parts of the timeline that have pages of their own: one for each year, each actor and each place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from briefing.model.pages import Group, Page
from briefing.model.records import Event, Record
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.weave.site_index import SiteIndex, attach_references, plan_page

_EVENT = "event"


def link_timeline(index: SiteIndex, record: Record) -> Link:
    """Return the link to the events of one actor or place."""
    return _shortcut(index, _own_link(index, record), index.timelines_by_actor[record.id])


def _own_link(index: SiteIndex, record: Record) -> Link:
    address = f"{index.catalogue.kinds[_EVENT].listing}{record.id}/"
    return Link(record.id, record.kind, record.title, "", address, record.lang)


def _shortcut(index: SiteIndex, link: Link, events: list[Record]) -> Link:
    """Return the link to a part of the timeline; if it has one event, the link to this event."""
    return link if len(events) > 1 else replace(link, address=index.catalogue.links[events[0].id].address)


def link_timelines(index: SiteIndex) -> tuple[Link, ...]:
    """Return the links to the parts of the timeline."""
    return tuple(_shortcut(index, link, events) for link, events in list_timelines(index))


def list_timelines(index: SiteIndex) -> Iterator[tuple[Link, list[Record]]]:
    """Yield each part of the timeline: the years, then the actors and places, each with its events."""
    for year, _, events in by_year(index.of_kind(_EVENT)):
        yield Link("", "listing", year, "", f"{index.catalogue.kinds[_EVENT].listing}{year}/"), events
    for record in index.records:
        if record.id in index.timelines_by_actor:
            yield _own_link(index, record), index.timelines_by_actor[record.id]


def timeline_page(index: SiteIndex, link: Link, events: list[Record]) -> PagePlan:
    """Plan the page of one part of the timeline. One event needs no page: its address leads to it in the timeline."""
    if len(events) == 1:
        event = index.catalogue.links[events[0].id]
        language = index.language(events[0])
        return plan_page(
            Page(link.address, "redirect.html", "redirect", event.title, "", language, target=event.address)
        )
    references, kind = index.references(), index.catalogue.kinds[_EVENT]
    groups = tuple(
        Group(title, anchor, views=tuple(references.view(record) for record in part))
        for title, anchor, part in by_year(events)
    )
    parent = index.catalogue.listings[_EVENT]
    page = Page(
        address=link.address,
        template=kind.list_template,
        kind=_EVENT,
        title=f"{parent.title}{index.say(': ')}{link.title}",
        summary="",
        language=index.language(),
        crumbs=index.crumbs(parent),
        groups=groups,
    )
    return plan_page(attach_references(index, page, references, kind.carries_support))


def by_year(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    """Yield for each year its title, its anchor and its events."""
    for year, part in groupby(records, key=_year):
        yield year, f"y{year}", list(part)


def _year(record: Record) -> str:
    return record.detail.date[:4] if isinstance(record.detail, Event) else ""
