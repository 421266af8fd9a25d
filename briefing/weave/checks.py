"""Checks that need the whole site: sources that nothing cites, dates that have passed, briefs with one publisher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from briefing.model.documents import Outline
from briefing.model.records import Event, Number, PageDetail, Recommendation, Record, SourceDetail, StyleRule, Support
from briefing.model.site import SETTINGS_PATH, Site, menu_links
from briefing.model.steps import PendingProblem, Rules
from briefing.problems import Finding
from briefing.text.dates import first_day
from briefing.text.loud_words import find_loud
from briefing.text.web_addresses import is_placeholder
from briefing.weave.evidence import check_evidence
from briefing.weave.headings import fold
from briefing.weave.site_index import SiteIndex

_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|^\d{4}$"
)


_MOST_SERVICES = 100


def make_rules(index: SiteIndex) -> Rules:
    """Collect what lint compares the words of every file with."""
    style = []
    figures = []
    for record in index.records:
        match record.detail:
            case StyleRule() as rule:
                prefer, why = (index.resolver.plain(prose, record.path) for prose in (rule.prefer, rule.why))
                style += [(words, prefer, why) for words in rule.avoid]
            case Number(value=value) if _is_distinctive(value):
                figures.append((value, record.id))
    safety = index.site.safety
    places = [name for record in index.of_kind("place") for name in (record.title, *record.aka)] if safety.on else []
    return Rules(
        tuple(style),
        tuple(figures),
        tuple(places),
        bool(index.of_kind("source")),
        safety.on,
        safety.identifying_words,
        index.site.kinds,
    )


def _is_distinctive(value: str) -> bool:
    """Whether a number is easy to distinguish from other numbers: it has three digits or more and is not a date."""
    return sum(character.isdigit() for character in value) >= 3 and not _MONTH.search(value)


def check_settings(site: Site) -> Iterator[PendingProblem]:
    """Report what a site does without because a setting is left out."""
    for name, is_set, lost in (
        ("base_url", site.base_url, "feeds, a site map and data for sharing"),
        ("publisher", site.publisher.name, "the name of those who are responsible for it"),
        ("contact", site.contact.url, "an address for corrections"),
        ("licence", site.licence.url, "the permission for others to copy its texts"),
    ):
        if not is_set:
            lost += ", and the cards of republish_cards" if name == "base_url" and site.cards else ""
            finding = Finding("unset-setting", f"this site has no {name}, so it lacks {lost}", f"add {name}: to it")
            yield PendingProblem(SETTINGS_PATH, -1, finding)
    private = site.safety.private_contact
    if private.name and not private.url and site.base_url and not is_placeholder(site.base_url):
        message = f"the private address “{private.name}” is a placeholder, so nobody can report a risk in private"
        hint = "write the real address into safety: private_contact: before you publish"
        yield PendingProblem(SETTINGS_PATH, -1, Finding("placeholder-contact", message, hint))


def check_site(index: SiteIndex) -> Iterator[PendingProblem]:
    """Report what is wrong with each record that only the whole site shows."""
    if index.articles and not index.of_kind("source"):
        hint = "describe the first one: new source “Its title”"
        finding = Finding("no-sources", "this site has no sources, so no statement shows where it comes from", hint)
        yield PendingProblem(SETTINGS_PATH, -1, finding)
    for record in index.of_kind("support")[_MOST_SERVICES : _MOST_SERVICES + 1]:
        message = f"a site has at most {_MOST_SERVICES} support services, because each is on every page that shows them"
        finding = Finding("too-long", message, "keep the most useful ones, and link to a list of the others")
        yield PendingProblem(record.path, record.span, finding)
    yield from _check_titles(index)
    yield from _check_numbers(index)
    for record in index.records:
        yield from _check_past(index, record)
        for finding in _findings(index, record):
            yield PendingProblem(record.path, record.span, finding)


def check_brackets(index: SiteIndex, outlines: Iterable[Outline]) -> Iterator[PendingProblem]:
    """Report ids of records that are in single brackets."""
    for outline in outlines:
        for one in outline.bracketed:
            if link := index.catalogue.links.get(one.id):
                mark = _mark_of(link.kind, one.id)
                message = f"“{one.id}” is the id of a record, but with one bracket on each side it is no link"
                hint = f"did you mean {mark}? To show the brackets, write \\[{one.id}\\]"
                yield PendingProblem(outline.path, one.span, Finding("single-brackets", message, hint))


def _mark_of(kind: str, name: str) -> str:
    """Return what a writer types for a record: a citation, a figure or a link."""
    if kind == "source":
        return f"[@{name}]"
    return f"[[={name}]]" if kind == "number" else f"[[{name}]]"


def check_edition(index: SiteIndex) -> Iterator[PendingProblem]:
    """Report what is wrong with the pages of an edition of the site; their originals are checked for all else."""
    for record in index.records:
        yield from _check_past(index, record)
        for finding in _check_dates(index, record):
            yield PendingProblem(record.path, record.span, finding)
        if isinstance(record.detail, PageDetail) and record.detail.quiet:
            for finding in _check_quiet(index, record):
                yield PendingProblem(record.path, record.span, finding)


def _findings(index: SiteIndex, record: Record) -> Iterator[Finding]:
    """Yield all that is wrong with one record."""
    kind, title, is_used = index.catalogue.kinds[record.kind], record.title, record.id in index.mentions
    if kind.dated and not record.as_of:
        yield Finding("undated", f"“{title}” does not say on which day it was true", "add as_of: with that day")
    yield from _check_dates(index, record)
    if kind.must_be_used and not is_used:
        yield Finding("unused", f"nothing refers to “{title}”", f"link to it with [[{record.id}]], or delete it")
    if record.check_by and record.check_by < index.now:
        message = f"“{title}” should have been checked by {record.check_by}; readers can see that it was not"
        yield Finding("overdue", message, "check it, then update as_of and check_by")
    match record.detail:
        case SourceDetail() as source:
            if not source.further_reading and not is_used:
                hint = "cite it, delete it, or write further_reading: true"
                yield Finding("uncited-source", f"nothing cites “{record.id}”", hint)
            if not source.issued:
                message = f"“{record.id}” has no date of publication, so readers cannot see how old it is"
                yield Finding(
                    "undated", message, "add issued: with a day, month or year; if it has none, issued: undated"
                )
            if source.url and not source.archived_url:
                hint = f"archive {record.id}, or add archived: {{url: …, date: …}}"
                yield Finding("unarchived", f"“{record.id}” has no archived copy", hint)
            yield from check_evidence(record)
        case Support(checked="not-yet"):
            message = f"the details of “{title}” have not been checked on its own site"
            yield Finding("unchecked-support", message, "check them there, then write the day: checked: 2026-03-01")
        case PageDetail() as page:
            yield from _check_sources(index, record, page.needs_primary)
            if page.quiet:
                yield from _check_quiet(index, record)
            if not record.summary and kind.listing:
                message = f"“{title}” has no summary, so lists show only its title"
                yield Finding("no-summary", message, "add summary: with one sentence")
            if not kind.listing and not is_used and not _is_in_menus(index, record):
                hint = f"link to it with [[{record.id}]], or add it to navigation or footer in content/site.yaml"
                yield Finding("orphan-page", f"only the A to Z links to “{title}”", hint)


def _check_dates(index: SiteIndex, record: Record) -> Iterator[Finding]:
    """Report a record that says it was true or changed on a day that has not come, and one that nobody may see now.

    A day is given in, since the clock of the writer may be ahead of that of the build.
    """
    title = record.title
    tomorrow = _tomorrow(index, record)
    later, to_come = "correct the date; to publish it later, write publish_on: with a day", "write planned: true"
    happened = record.detail.date if isinstance(record.detail, Event) and not record.detail.planned else ""
    days = ("as_of", record.as_of, later), ("updated", record.updated, later), ("date", happened, to_come)
    for field, day, hint in days:
        yield from _find_future(title, field, day, tomorrow, hint)
    if record.expires_on and record.expires_on < index.now:
        message = f"readers may see “{title}” only until {record.expires_on}"
        hint = "bring it up to date and move expires_on, or delete it and let another page redirect_from its address"
        yield Finding("expired", message, hint)


def _tomorrow(index: SiteIndex, record: Record) -> str:
    """Return the day after the build, or after the day on which a record is published if that is later."""
    return str(date.fromisoformat(max(index.now, record.publish_on)) + timedelta(1))


def _check_past(index: SiteIndex, record: Record) -> Iterator[PendingProblem]:
    """Report what was said, done, judged, published or checked on a day that has not come."""
    tomorrow = _tomorrow(index, record)
    for one in record.past:
        for finding in _find_future(record.title, one.field, one.date, tomorrow, "correct the date"):
            yield PendingProblem(record.path, one.span, finding)


def _find_future(title: str, field: str, day: str, tomorrow: str, hint: str) -> Iterator[Finding]:
    if first_day(day) and day > tomorrow[: len(day)]:
        message = f"“{title}” has the date {day} ({field}), and that day has not come"
        yield Finding("future-date", message, hint)


def _check_titles(index: SiteIndex) -> Iterator[PendingProblem]:
    """Report briefs and pages whose title another one of the same language has."""
    first: dict[tuple[str, str], Record] = {}
    for record in index.records:
        if index.catalogue.kinds[record.kind].own_file:
            one = first.setdefault((fold(record.title), record.lang or index.site.language), record)
            if one is not record:
                hint = "say in one of the titles how the two differ"
                finding = Finding("same-title", f"“{record.title}” is the title of two pages", hint)
                yield PendingProblem(record.path, record.span, finding, (one.path, one.span))


def _check_numbers(index: SiteIndex) -> Iterator[PendingProblem]:
    """Report recommendations with a number that another one in the same file has: a file is for one official list."""
    first: dict[tuple[str, str], Record] = {}
    for record in index.of_kind("recommendation"):
        if isinstance(record.detail, Recommendation):
            one = first.setdefault((record.path, record.detail.number.casefold()), record)
            if one is not record:
                hint = "correct one of them; put the recommendations of another list into another file"
                finding = Finding("repeated", f"two recommendations have the number {record.detail.number}", hint)
                yield PendingProblem(record.path, record.span, finding, (one.path, one.span))


def _is_in_menus(index: SiteIndex, record: Record) -> bool:
    """Whether the navigation bar or the footer links to a page, or it is the home page."""
    address = index.catalogue.links[record.id].address
    return address == "/" or address in {link.url for link in menu_links(index.site)}


def _check_sources(index: SiteIndex, record: Record, needs_primary: bool) -> Iterator[Finding]:
    """Report a brief whose sources all have one publisher, or that lacks the primary source its writers require."""
    sources = [source.detail for source in _cited(index, record) if isinstance(source.detail, SourceDetail)]
    tiers = [tier.name for tier in index.site.tiers]
    primary = next(iter(tiers), "") if "primary" not in tiers else "primary"
    if needs_primary and not any(source.tier == primary for source in sources):
        hint = f"cite a source with tier: {primary}"
        yield Finding("no-primary-source", "this brief needs a primary source but cites none", hint)
    publishers = {source.publisher or source.author for source in sources}
    if index.catalogue.kinds[record.kind].article and len(sources) > 1 and len(publishers) == 1:
        message = f"all sources of this brief have the same publisher, {publishers.pop()}"
        yield Finding("one-publisher", message, "find a second, independent source")


def _check_quiet(index: SiteIndex, record: Record) -> Iterator[Finding]:
    """Report words of a quiet page that give away its subject where browsers and feeds show them.

    `check.quiet` reads the finished page; what is found here has a place, and is found beside other errors.
    """
    shown = [
        ("address", index.catalogue.links[record.id].address),
        ("title", record.title),
        ("summary", record.summary),
    ]
    shown += [("redirect_from", address) for address in record.redirect_from]
    shown += [(f"section id “{heading.id}”", heading.id) for heading in record.headings]
    shown += [(f"id “{anchor}”", anchor) for anchor in record.anchors if anchor not in dict(shown).values()]
    shown += [("change note in the feeds", index.resolver.plain(note.text, record.path)) for note in record.changes]
    for part, words in dict.fromkeys(shown):
        for loud in find_loud(words, index.site.safety.quiet_words):
            message = f"the {part} of this quiet page contains “{loud}”"
            yield Finding("loud-page", message, "use neutral words, or delete quiet: true")


def _cited(index: SiteIndex, record: Record) -> list[Record]:
    """Return every source that a record cites, also through the numbers that it shows."""
    records = index.catalogue.records
    return [records[key] for key in dict.fromkeys(index.resolver.cited_keys(record)) if key in records]
