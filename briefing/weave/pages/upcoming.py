"""The page and the calendar of what happens next: planned events, expected answers, and days of the next check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from briefing.model.pages import Day, Group, Page
from briefing.model.records import Event, Recommendation, Record, Unknown
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.text.dates import last_day
from briefing.weave.deadlines import has_due, is_late
from briefing.weave.pages.links import NEXT
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page

_DAY = len("2026-01-31")


def is_ahead(index: SiteIndex, date: str) -> bool:
    """Return whether a day, month or year has not passed on the day of the build."""
    return date >= index.now[: len(date)]


def has_upcoming(index: SiteIndex) -> bool:
    """Return whether the site has the page: it stays also when all of its days have passed."""
    return bool(_planned(index) or _expected(index) or _due(index) or any(one.check_by for one in index.articles))


def upcoming_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan the page of what happens next and its calendar, which may be empty; nothing if the site has no such page."""
    if not has_upcoming(index):
        return
    references = index.references()
    groups = [
        Group("", name, views=tuple(references.view(record) for record in records))
        for name, records in list_awaited(index).items()
    ]
    links = index.catalogue.links
    for day, records in groupby(_checks(index), key=lambda record: record.check_by):
        groups.append(Group(day, "checks", links=tuple(links[record.id] for record in records)))
    page = start_page(index, NEXT.address, "next.html", index.say(NEXT.title))
    page = replace(page, summary=index.say(_ABOUT), groups=tuple(groups), days=list_days(index))
    yield plan_page(attach_references(index, page, references))
    yield plan_page(Page("/next.ics", "ics", "file", page.title, "", page.language, days=page.days))


_ABOUT = "What is planned, what was planned and is not known to have happened, and when we look again."


def list_awaited(index: SiteIndex) -> dict[str, list[Record]]:
    """Return what is awaited, by name.

    `overdue` and `due`: recommendations with a date. `passed` and `planned`: planned events whose day has passed, and
    those whose day has not. `expected`: answers.
    """
    planned, due = _planned(index), _due(index)
    parts = {
        "overdue": [record for record in due if is_late(record.detail, index.now)],
        "due": [record for record in due if not is_late(record.detail, index.now)],
        "planned": [record for record in planned if is_ahead(index, _date(record))],
        "passed": [record for record in planned if not is_ahead(index, _date(record))],
        "expected": _expected(index),
    }
    return {name: records for name, records in parts.items() if records}


def list_days(index: SiteIndex) -> tuple[Day, ...]:
    """Return the days to come, in order: of planned events, and of the next checks of pages."""
    return tuple(sorted(_days(index), key=lambda day: day.date))


def _planned(index: SiteIndex) -> list[Record]:
    return [one for one in index.of_kind("event") if isinstance(one.detail, Event) and one.detail.planned]


def _expected(index: SiteIndex) -> list[Record]:
    return [one for one in index.of_kind("unknown") if isinstance(one.detail, Unknown) and one.detail.expected]


def _due(index: SiteIndex) -> list[Record]:
    """Return the recommendations that are not settled and have a date, by that date."""
    due = [record for record in index.of_kind("recommendation") if has_due(record.detail)]
    return sorted(due, key=_date)


def _checks(index: SiteIndex) -> list[Record]:
    due = [one for one in index.articles if one.check_by and is_ahead(index, one.check_by)]
    return sorted(due, key=lambda record: record.check_by)


def _date(record: Record) -> str:
    match record.detail:
        case Event(date=date):
            return date
        case Recommendation(due=(*_, last)):
            return last.date
    return ""


def _days(index: SiteIndex) -> Iterator[Day]:
    """Yield the entries of the calendar; an event of which only the month or year is known has none.

    What is due in a month or a year is due on its last day.
    """
    for record in _planned(index):
        date = _date(record)
        if len(date) == _DAY and is_ahead(index, date) and isinstance(record.detail, Event) and not record.detail.words:
            link: Link = index.catalogue.links[record.id]
            event, since = record.detail, _since(record) or date
            until = event.until if len(event.until) == _DAY else ""
            yield Day(record.id, date, record.title, link.address, since, until, event.time, event.until_time)
    for record in _due(index):
        if day := last_day(_date(record)) if is_ahead(index, _date(record)) else "":
            address = index.catalogue.links[record.id].address
            yield Day(
                f"due-{record.id}",
                day,
                index.say("Due: {title}").replace("{title}", record.title),
                address,
                _since(record) or day,
            )
    for day, records in groupby(_checks(index), key=lambda record: record.check_by):
        due = list(records)
        since = max([_since(record) for record in due] or [day]) or day
        title = index.words.count("{} page checked again", "{} pages checked again", len(due))
        yield Day(f"check-{day}", day, title, NEXT.address, since)


def _since(record: Record) -> str:
    """Return the day of the last change of a record, or the day on which it was true; empty if neither is a day."""
    return next((day for day in (record.updated, record.as_of) if len(day) == _DAY), "")
