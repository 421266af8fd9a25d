"""The timeline and its parts: one page for each year, each actor and each place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from briefing.model.pages import Group, Page
from briefing.model.records import Event, Record
from briefing.model.steps import Shell
from briefing.model.text import Link
from briefing.weave.site_index import Whole, dress, shell

_ADDRESS = "/timeline/"


def link_timeline(record: Record) -> Link:
    """Give the link to the timeline of one actor or place."""
    return Link(record.id, record.kind, record.title, "", f"{_ADDRESS}{record.id}/")


def list_timelines(whole: Whole) -> Iterator[tuple[Link, list[Record]]]:
    """Give the parts of the timeline that have a page of their own: each year's, then each actor's and place's."""
    for year, _, part in by_year(whole.of_kind("event")):
        yield Link("", "listing", year, "", f"{_ADDRESS}{year}/"), part
    for record in whole.records:
        if record.id in whole.acts:
            yield link_timeline(record), whole.acts[record.id]


def weave_timeline(whole: Whole, link: Link, events: list[Record]) -> Shell:
    """Give one part of the timeline."""
    apparatus = whole.apparatus()
    groups = tuple(
        Group(title, anchor, views=tuple(apparatus.view(record) for record in part))
        for title, anchor, part in by_year(events)
    )
    parent = whole.catalogue.listings["event"]
    page = Page(
        address=link.address,
        template="timeline.html",
        kind="event",
        title=f"{parent.title}: {link.title}",
        summary="",
        language=whole.language(),
        crumbs=whole.crumbs(parent),
        groups=groups,
    )
    return shell(dress(whole, page, apparatus, True))


def by_year(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    """Group events by their years, each with its anchor."""
    for year, part in groupby(records, key=_year):
        yield year, f"y{year}", list(part)


def _year(record: Record) -> str:
    return record.detail.date[:4] if isinstance(record.detail, Event) else ""
