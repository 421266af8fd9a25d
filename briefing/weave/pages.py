"""The pages of a site: what each of them shows, gathered from all records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from briefing.links import Catalogue
from briefing.memo import Stored
from briefing.model import (
    BY_NAME,
    Article,
    Change,
    Event,
    Group,
    Kind,
    Link,
    Mentions,
    News,
    Page,
    Question,
    ReadingPath,
    Record,
    Ref,
    Shell,
    Site,
    View,
    Work,
)
from briefing.weave import indexes
from briefing.weave.apparatus import Apparatus, Lookup

_TEMPLATES = {
    "brief": "brief.html",
    "page": "page.html",
    "person": "record.html",
    "organisation": "record.html",
    "place": "record.html",
    "term": "term.html",
    "recommendation": "recommendation.html",
    "source": "source.html",
}
"""Kinds of record that have a page of their own."""
_LISTS = {
    "event": "timeline.html",
    "recommendation": "recommendations.html",
    "number": "numbers.html",
    "unknown": "unknowns.html",
    "source": "sources.html",
    "support": "support.html",
    "style-rule": "style-rules.html",
    "reading-path": "reading-paths.html",
}
"""Kinds whose list has a template of its own; the others share one."""
_SENSITIVE = {"brief", "recommendation", "event", "place"}
"""Kinds whose pages carry the support box even where no content note asks for it."""
TIERS = ("primary", "official", "research", "legal", "news", "comment")
_TIMELINE = "/timeline/"
_HOME_NEWS, _HOME_EVENTS, _HOME_UNKNOWNS = 3, 4, 3


class Whole:
    """What every page is made from: the records in order, the names they go by, and who speaks of whom."""

    def __init__(
        self, site: Site, records: Sequence[Record], lookup: Lookup, mentions: dict[str, tuple[Mentions, ...]], now: str
    ) -> None:
        self.site, self.records, self.lookup, self.mentions, self.now = site, records, lookup, mentions, now
        self.catalogue: Catalogue = lookup.catalogue
        self._kinds = {kind: list(part) for kind, part in groupby(records, key=lambda record: record.kind)}
        self.acts: dict[str, list[Record]] = _by_actor(self.of_kind("event"))
        self.news: tuple[tuple[Record, Change], ...] = tuple(
            sorted(
                ((record, change) for record in records for change in record.changes),
                key=lambda item: item[1].date,
                reverse=True,
            )
        )

    def of_kind(self, kind: str) -> list[Record]:
        """Give the records of one kind, in order."""
        return self._kinds.get(kind, [])

    def language(self, record: Record | None = None) -> str:
        """Give the language of a record's page."""
        return (record.lang if record else "") or self.site.language

    def apparatus(self) -> Apparatus:
        """Begin a page."""
        return Apparatus(self.lookup, self.now)

    def crumbs(self, *links: Link | None) -> tuple[Link, ...]:
        """Say where a page stands: home, then the given links."""
        home = self.catalogue.at("/") or Link("", "listing", self.site.short_title, "", "/")
        return (replace(home, title="Home"), *(link for link in links if link))


def weave_pages(whole: Whole) -> Iterator[Shell]:
    """Give every page of the site."""
    for record in whole.records:
        if record.kind in _TEMPLATES and record.id != "index":
            yield _record_page(whole, record)
        for address in record.redirect_from:
            link = whole.catalogue.links[record.id]
            page = Page(
                address, "redirect.html", "redirect", record.title, "", whole.language(record), target=link.address
            )
            yield _shell(page)
    for kind in whole.catalogue.listings:
        yield _list_page(whole, BY_NAME[kind])
    for link, part in _timelines(whole):
        yield _timeline(whole, link, part)
    yield _home(whole)
    yield _changes(whole, "/changes/", "changes.html", "What changed")
    yield from _index(whole)
    yield _shell(
        _dress(whole, _plain(whole, "/404.html", "404.html", "This page is not here"), whole.apparatus(), True)
    )


def weave_files(whole: Whole, pages: Iterable[Shell]) -> Iterator[Shell]:
    """Give the files that are about the pages: feed, site map and robots."""
    yield _changes(whole, "/feed.xml", "feed.xml", "What changed")
    yield _changes(whole, "/feed.json", "feed.json", "What changed")
    yield _shell(replace(_plain(whole, "/llms.txt", "llms.txt", ""), groups=tuple(_guide(whole))))
    listed = [(shell.address, shell.page.value) for shell in pages]
    addresses = indexes.site_map(page for _, page in listed)
    yield _shell(replace(_plain(whole, "/sitemap.xml", "sitemap.xml", ""), addresses=addresses))
    yield _shell(_plain(whole, "/robots.txt", "robots.txt", ""))


def _shell(page: Page, *bodies: str) -> Shell:
    return Shell(page.address, page.template, bodies, Stored.of(page))


def _plain(whole: Whole, address: str, template: str, title: str) -> Page:
    """Begin a page that is about no single record."""
    return Page(address, template, "listing", title, "", whole.site.language, crumbs=whole.crumbs())


def _dress(whole: Whole, page: Page, apparatus: Apparatus, sensitive: bool = False) -> Page:
    """Finish a page: its support box, then what its apparatus gathered."""
    support = tuple(_brief_view(whole, record) for record in whole.of_kind("support")) if sensitive else ()
    return replace(
        page,
        support=support,
        receipts=tuple(apparatus.receipts),
        cards=tuple(apparatus.cards),
        glosses=apparatus.glosses,
        previews=apparatus.previews,
    )


def _record_page(whole: Whole, record: Record) -> Shell:
    apparatus = whole.apparatus()
    view = apparatus.view(record, whole.mentions.get(record.id, ()))
    page = Page(
        address=view.link.address,
        template=_TEMPLATES[record.kind],
        kind=record.kind,
        title=record.title,
        summary=record.summary,
        language=whole.language(record),
        crumbs=whole.crumbs(whole.catalogue.listings.get(record.kind)),
        view=view,
        groups=(Group("", "timeline", links=(_timeline_link(record),)),) if record.id in whole.acts else (),
    )
    sensitive = record.kind in _SENSITIVE or bool(getattr(record.detail, "sensitivity", ""))
    bodies = (record.path,) if record.kind in ("brief", "page") else ()
    return _shell(_dress(whole, page, apparatus, sensitive), *bodies)


def _list_page(whole: Whole, kind: Kind) -> Shell:
    """Give the page that lists all records of a kind, in the groups that suit it."""
    apparatus = whole.apparatus()
    records = whole.of_kind(kind.name)
    full = kind.name in _LISTS and kind.name != "source"
    groups = tuple(
        Group(title, anchor, views=tuple(apparatus.view(record, whole.mentions.get(record.id, ())) for record in part))
        if full
        else Group(title, anchor, views=tuple(_brief_view(whole, record) for record in part))
        for title, anchor, part in _GROUPINGS.get(kind.name, _together)(records)
    )
    page = _plain(whole, kind.listing, _LISTS.get(kind.name, "list.html"), kind.plural)
    page = replace(page, kind=kind.name, summary=kind.about, groups=groups)
    if kind.name == "event":
        page = replace(page, groups=(*groups, Group("", "parts", links=tuple(link for link, _ in _timelines(whole)))))
    if kind.name == "reading-path":
        page = replace(page, groups=tuple(replace(group, views=_timed(whole, group.views)) for group in groups))
    return _shell(_dress(whole, page, apparatus, kind.name in _SENSITIVE))


def _timed(whole: Whole, views: Iterable[View]) -> tuple[View, ...]:
    """Say of each stop of reading paths how long it takes; what is no article takes a minute."""

    def minutes(link: Link) -> int:
        record = whole.catalogue.records.get(link.id)
        return record.detail.minutes if record and isinstance(record.detail, Article) else 1

    return tuple(
        replace(
            view,
            detail=ReadingPath(tuple(replace(stop, minutes=minutes(stop.to)) for stop in view.detail.stops)),
        )
        for view in views
    )


def _timeline_link(record: Record) -> Link:
    return Link(record.id, record.kind, record.title, "", f"{_TIMELINE}{record.id}/")


def _by_actor(events: Iterable[Record]) -> dict[str, list[Record]]:
    """Give the events of every person, organisation and place."""
    found: dict[str, list[Record]] = {}
    for record in events:
        if isinstance(record.detail, Event):
            for ref in (*record.detail.who, *record.detail.where):
                if isinstance(ref, Ref):
                    found.setdefault(ref.id, []).append(record)
    return found


def _timelines(whole: Whole) -> Iterator[tuple[Link, list[Record]]]:
    """Give the parts of the timeline that have a page of their own: each year's, then each actor's and place's."""
    for year, _, part in _by_year(whole.of_kind("event")):
        yield Link("", "listing", year, "", f"{_TIMELINE}{year}/"), part
    for record in whole.records:
        if record.id in whole.acts:
            yield _timeline_link(record), whole.acts[record.id]


def _timeline(whole: Whole, link: Link, events: list[Record]) -> Shell:
    apparatus = whole.apparatus()
    groups = tuple(
        Group(title, anchor, views=tuple(apparatus.view(record) for record in part))
        for title, anchor, part in _by_year(events)
    )
    parent = whole.catalogue.listings["event"]
    page = Page(
        address=link.address,
        template=_LISTS["event"],
        kind="event",
        title=f"{parent.title}: {link.title}",
        summary="",
        language=whole.language(),
        crumbs=whole.crumbs(parent),
        groups=groups,
    )
    return _shell(_dress(whole, page, apparatus, True))


def _brief_view(whole: Whole, record: Record) -> View:
    """Show a record in a list: what it is, without its text and without what needs an apparatus."""
    full = Apparatus(whole.lookup, whole.now).view(record)
    return replace(full, text=None, headings=(), sources=(), changes=(), mentions=())


def _together(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    yield "", "all", records


def _by_year(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    for year, part in groupby(records, key=_year):
        yield year, f"y{year}", list(part)


def _newest_first(record: Record) -> tuple[str, str]:
    issued = record.detail.issued if isinstance(record.detail, Work) else ""
    return issued.replace("undated", ""), record.title


def _year(record: Record) -> str:
    return record.detail.date[:4] if isinstance(record.detail, Event) else ""


def _by_tier(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    for tier in TIERS:
        part = [record for record in records if isinstance(record.detail, Work) and record.detail.tier == tier]
        if part:
            yield tier, tier, sorted(part, key=_newest_first, reverse=True)


_GROUPINGS: dict[str, Callable[[list[Record]], Iterator[tuple[str, str, list[Record]]]]] = {
    "event": _by_year,
    "source": _by_tier,
}


def _home(whole: Whole) -> Shell:
    """Give the front page: the statement, the questions people ask, and what is newest of each kind."""
    apparatus = whole.apparatus()
    index = whole.catalogue.records.get("index")
    view = apparatus.view(index) if index and index.kind == "page" else None
    parts = {
        "briefs": [_brief_view(whole, record) for record in whole.of_kind("brief")],
        "recommendations": [_brief_view(whole, record) for record in whole.of_kind("recommendation")],
        "latest": [apparatus.view(record) for record in whole.of_kind("event")[-_HOME_EVENTS:]],
        "unknown": [_brief_view(whole, record) for record in whole.of_kind("unknown")[:_HOME_UNKNOWNS]],
        "reading-paths": _timed(whole, (_brief_view(whole, record) for record in whole.of_kind("reading-path"))),
    }
    groups = [Group("", anchor, views=tuple(views)) for anchor, views in parts.items() if views]
    if whole.news:
        groups.append(Group("", "changes", news=_news(whole, apparatus)[:_HOME_NEWS]))
    questions = tuple(
        Question(question.ask, apparatus.fill(question.answer, "content/site.yaml"))
        for question in whole.site.questions
    )
    page = Page(
        address="/",
        template="home.html",
        kind="home",
        title=index.title if index else whole.site.title,
        summary=index.summary if index else whole.site.tagline,
        language=whole.language(index),
        view=view,
        groups=tuple(groups),
        questions=questions,
    )
    return _shell(_dress(whole, page, apparatus, True), *([index.path] if index else []))


def _news(whole: Whole, apparatus: Apparatus) -> tuple[News, ...]:
    links = whole.catalogue.links
    return tuple(News(links[record.id], apparatus.fill(change, record.path)) for record, change in whole.news)


def _changes(whole: Whole, address: str, template: str, title: str) -> Shell:
    apparatus = whole.apparatus()
    page = replace(
        _plain(whole, address, template, title), groups=(Group("", "changes", news=_news(whole, apparatus)),)
    )
    return _shell(_dress(whole, page, apparatus))


def _index(whole: Whole) -> Iterator[Shell]:
    """Give the A to Z, and the search page, which knows its letters alone."""
    listings = [
        *whole.catalogue.listings.values(),
        *(link for link in (*indexes.FIXED, *indexes.FURTHER) if whole.catalogue.at(link.address)),
    ]
    letters = indexes.letters(whole.records, whole.catalogue, listings)
    yield _shell(replace(_plain(whole, "/a-z/", "index.html", "A to Z"), groups=letters))
    bare = tuple(replace(letter, links=()) for letter in letters)
    yield _shell(replace(_plain(whole, "/search/", "search.html", "Search"), groups=bare))


def _guide(whole: Whole) -> Iterator[Group]:
    """Give what a language model is pointed to: the briefs, and the lists."""
    briefs = tuple(whole.catalogue.links[record.id] for record in whole.of_kind("brief"))
    listings = tuple(replace(link, summary=BY_NAME[kind].about) for kind, link in whole.catalogue.listings.items())
    for title, links in (("Briefs", briefs), ("Lists", listings)):
        if links:
            yield Group(title, title.casefold(), links=links)
