"""The page that says how many passages were compared with copies of their sources, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.model.evidence import State, count_states
from briefing.model.pages import Group
from briefing.model.records import Passage, Record, SourceDetail
from briefing.model.steps import PagePlan
from briefing.model.text import Link, ParsedProse
from briefing.weave.pages.links import CHECKED
from briefing.weave.site_index import SiteIndex, plan_page, start_page

_Work = SourceDetail[ParsedProse]


def has_evidence(index: SiteIndex) -> bool:
    """Whether the site compares passages with copies."""
    return any(passage.result for _, work in _works(index) for passage in work.passages)


def checked_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan the page; nothing on a site that compares no passages."""
    if not has_evidence(index):
        return
    works = list(_works(index))
    states = [passage.result.state for _, work in works for passage in work.passages if passage.result]
    groups = (
        Group(index.say("Words that are not in the copy"), "not-found", links=_passages(index, works, "not-found")),
        Group(index.say("Words elsewhere than we say"), "elsewhere", links=_passages(index, works, "elsewhere")),
        Group(
            index.say("Copies whose words cannot be compared"), "unreadable", links=_links(index, works, "unreadable")
        ),
        Group(index.say("Copies kept"), "kept", links=_links(index, works, "kept")),
        Group(index.say("Sources without a copy"), "not-kept", links=_links(index, works, "not-kept")),
    )
    page = start_page(index, CHECKED.address, "checked.html", index.say(CHECKED.title))
    shown = tuple(group for group in groups if group.links)
    yield plan_page(replace(page, groups=shown, tally=count_states(states)))


def _works(index: SiteIndex) -> Iterator[tuple[Record, _Work]]:
    for record in index.of_kind("source"):
        if isinstance(record.detail, SourceDetail) and record.detail.passages:
            yield record, record.detail


def _links(index: SiteIndex, works: list[tuple[Record, _Work]], wanted: str) -> tuple[Link, ...]:
    return tuple(index.catalogue.links[record.id] for record, work in works if _copy_state(work) == wanted)


def _copy_state(work: _Work) -> str:
    if not work.copy or not work.copy.digest:
        return "not-kept"
    return "unreadable" if work.copy.obstacle else "kept"


def _passages(index: SiteIndex, works: list[tuple[Record, _Work]], wanted: State) -> tuple[Link, ...]:
    return tuple(
        _link(index.catalogue.links[record.id], passage)
        for record, work in works
        for passage in work.passages
        if passage.result and passage.result.state == wanted
    )


def _link(source: Link, passage: Passage) -> Link:
    return replace(source, summary=passage.says, address=f"{source.address}#UI--passage-{passage.id}")
