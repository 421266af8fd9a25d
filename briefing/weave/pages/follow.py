"""A feed for each record that readers may follow: a recommendation, an article, a person, an organisation, a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from briefing.model.addresses import HOME
from briefing.model.pages import Group, News
from briefing.model.records import Change, Event, ParsedEntry, Recommendation, Record
from briefing.model.steps import PagePlan
from briefing.model.text import CitedSource, ParsedProse, Ref
from briefing.model.vocabulary import Status
from briefing.text.dates import first_day
from briefing.weave.site_index import SiteIndex, plan_page, start_page


def feed_of(index: SiteIndex, record: Record) -> str:
    """Return the address of the feed of a record; empty if it has none.

    A site without `base_url` has no feeds. A record other than a recommendation has one if there is something to tell.
    """
    kind, address = index.catalogue.kinds[record.kind], index.catalogue.links[record.id].address
    is_told = bool(record.changes and kind.article) or record.id in index.timelines_by_actor
    wanted = is_told or isinstance(record.detail, Recommendation)
    has_page = kind.page_template and address != HOME
    return f"{address}feed.xml" if index.site.base_url and wanted and has_page else ""


def feed_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan the feed of each record that has one."""
    for record in index.records:
        if address := feed_of(index, record):
            yield _feed_page(index, record, address)


def _feed_page(index: SiteIndex, record: Record, address: str) -> PagePlan:
    news = tuple(sorted(_news(index, record), key=lambda one: one.change.date, reverse=True))
    page = start_page(index, address, "feed.xml", record.title)
    target = index.catalogue.links[record.id].address
    return plan_page(replace(page, language=index.language(record), target=target, groups=(Group("", "", news=news),)))


def _news(index: SiteIndex, record: Record) -> Iterator[News]:
    """Yield what a feed tells: the change notes of a record, its entries, and the events that concern it."""
    link, references = index.catalogue.links[record.id], index.references()
    for note, name in index.news_by_record.get(record.id, ()):
        yield News(link, references.resolve(note, record.path), f"/changes/#{name}")
    if isinstance(record.detail, Recommendation):
        for name, label, entries, statuses in _lists(index, record.detail):
            seen: Counter[str] = Counter()
            for entry in entries:
                seen[entry.date] += 1
                status = next((one.label for one in statuses if one.name == entry.to), record.title)
                titled = replace(link, title=f"{label}{index.say(': ')}{status}", address=f"{link.address}#UI--{name}")
                number = f"-{seen[entry.date]}" if seen[entry.date] > 1 else ""
                change = references.resolve(Change(_day(entry.date), name, entry.text), record.path)
                yield News(titled, change, f"{link.address}#{name}-{entry.date}{number}")
    for event in index.timelines_by_actor.get(record.id, ()):
        detail, place = event.detail, index.catalogue.links[event.id]
        if isinstance(detail, Event) and not detail.planned:
            change = references.resolve(Change(_day(detail.date), "event", detail.text or ParsedProse("")), event.path)
            yield News(place, change, place.address)


def _lists(
    index: SiteIndex, of: Recommendation[ParsedProse, Ref, CitedSource]
) -> tuple[tuple[str, str, tuple[ParsedEntry, ...], tuple[Status, ...]], ...]:
    """Return the lists of entries of a recommendation: name, words for readers, entries, and their statuses."""
    statuses = index.site.statuses
    return (
        ("said", index.say("Said"), of.said, statuses.response),
        ("done", index.say("Done"), of.done, statuses.delivery),
        ("judged", index.say("Judged"), of.judged, statuses.judged),
    )


def _day(date: str) -> str:
    """Return the first day of a date, as a feed needs a day."""
    return str(first_day(date) or date)
