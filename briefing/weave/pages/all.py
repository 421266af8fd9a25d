"""The pages of a site: what each of them shows, gathered from all records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from briefing.model.kinds import BY_NAME, Kind
from briefing.model.pages import Group, News, Page, View
from briefing.model.records import Article, Question, ReadingPath, Record, Work
from briefing.model.steps import Shell
from briefing.model.text import Link
from briefing.weave.pages import indexes
from briefing.weave.pages.threads import weave_threads
from briefing.weave.pages.timelines import by_year, link_timeline, list_timelines, weave_timeline
from briefing.weave.pages.upcoming import list_days
from briefing.weave.references import Apparatus
from briefing.weave.site_index import Whole, begin, brief_view, dress, shell

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
_HOME_BRIEFS, _HOME_NEWS, _HOME_EVENTS, _HOME_UNKNOWNS, _HOME_DAYS = 24, 3, 4, 3, 3


def weave_pages(whole: Whole) -> Iterator[Shell]:
    """Give every page of the site."""
    for record in whole.records:
        if record.kind in _TEMPLATES and record.id != "index":
            shown = weave_record(whole, record)
            yield shown
            if whole.site.twins and record.kind == "brief":
                yield _twin(shown)
        for address in record.redirect_from:
            link = whole.catalogue.links[record.id]
            page = Page(
                address, "redirect.html", "redirect", record.title, "", whole.language(record), target=link.address
            )
            yield shell(page)
    for kind in whole.catalogue.listings:
        yield _list_page(whole, BY_NAME[kind])
    for link, part in list_timelines(whole):
        yield weave_timeline(whole, link, part)
    yield _home(whole)
    yield _changes(whole, "/changes/", "changes.html", "What changed")
    yield from _index(whole)
    yield shell(dress(whole, begin(whole, "/404.html", "404.html", "This page is not here"), whole.apparatus(), True))


def weave_files(whole: Whole, pages: Iterable[Shell]) -> Iterator[Shell]:
    """Give the files that are about the pages: feed, site map and robots."""
    yield _changes(whole, "/feed.xml", "feed.xml", "What changed")
    yield _changes(whole, "/feed.json", "feed.json", "What changed")
    yield shell(replace(begin(whole, "/llms.txt", "llms.txt", ""), groups=tuple(_guide(whole))))
    listed = [(shell.address, shell.page.value) for shell in pages]
    addresses = indexes.site_map(page for _, page in listed)
    yield shell(replace(begin(whole, "/sitemap.xml", "sitemap.xml", ""), addresses=addresses))
    yield shell(begin(whole, "/robots.txt", "robots.txt", ""))


def weave_record(whole: Whole, record: Record) -> Shell:
    """Give the page of one record."""
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
        groups=(Group("", "timeline", links=(link_timeline(record),)),) if record.id in whole.acts else (),
    )
    sensitive = record.kind in _SENSITIVE or bool(getattr(record.detail, "sensitivity", ""))
    bodies = (record.path,) if record.kind in ("brief", "page") else ()
    return shell(dress(whole, page, apparatus, sensitive), *bodies)


def _twin(shown: Shell) -> Shell:
    """Give a brief's page once more, to be written as Markdown."""
    page = shown.page.value
    address = f"{page.address}index.md"
    return shell(replace(page, address=address, template="md", kind="file", previews=(), support=()), *shown.bodies)


def _list_page(whole: Whole, kind: Kind) -> Shell:
    """Give the page that lists all records of a kind, in the groups that suit it."""
    apparatus = whole.apparatus()
    records = whole.of_kind(kind.name)
    full = kind.name in _LISTS and kind.name != "source"
    groups = tuple(
        Group(title, anchor, views=tuple(apparatus.view(record, whole.mentions.get(record.id, ())) for record in part))
        if full
        else Group(title, anchor, views=tuple(brief_view(whole, record) for record in part))
        for title, anchor, part in _GROUPINGS.get(kind.name, _together)(records)
    )
    page = begin(whole, kind.listing, _LISTS.get(kind.name, "list.html"), kind.plural)
    page = replace(page, kind=kind.name, summary=kind.about, groups=groups)
    if kind.name == "event":
        parts = tuple(link for link, _ in list_timelines(whole))
        page = replace(page, groups=(*groups, Group("", "parts", links=parts)))
    if kind.name == "reading-path":
        page = replace(page, groups=tuple(replace(group, views=_timed(whole, group.views)) for group in groups))
    return shell(dress(whole, page, apparatus, kind.name in _SENSITIVE))


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


def _together(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    yield "", "all", records


def _newest_first(record: Record) -> tuple[str, str]:
    issued = record.detail.issued if isinstance(record.detail, Work) else ""
    return issued.replace("undated", ""), record.title


def _by_tier(records: list[Record]) -> Iterator[tuple[str, str, list[Record]]]:
    for tier in TIERS:
        part = [record for record in records if isinstance(record.detail, Work) and record.detail.tier == tier]
        if part:
            yield tier, tier, sorted(part, key=_newest_first, reverse=True)


_GROUPINGS: dict[str, Callable[[list[Record]], Iterator[tuple[str, str, list[Record]]]]] = {
    "event": by_year,
    "source": _by_tier,
}


def _home(whole: Whole) -> Shell:
    """Give the front page: the statement, the questions people ask, and what is newest of each kind."""
    apparatus = whole.apparatus()
    index = whole.catalogue.records.get("index")
    view = apparatus.view(index) if index and index.kind == "page" else None
    parts = {
        "briefs": [brief_view(whole, record) for record in whole.of_kind("brief")[:_HOME_BRIEFS]],
        "recommendations": [brief_view(whole, record) for record in whole.of_kind("recommendation")],
        "latest": [apparatus.view(record) for record in whole.of_kind("event")[-_HOME_EVENTS:]],
        "unknown": [brief_view(whole, record) for record in whole.of_kind("unknown")[:_HOME_UNKNOWNS]],
        "reading-paths": _timed(whole, (brief_view(whole, record) for record in whole.of_kind("reading-path"))),
    }
    groups = [Group("", anchor, views=tuple(views)) for anchor, views in parts.items() if views]
    if whole.news:
        groups.append(Group("", "changes", news=_news(whole, apparatus, _HOME_NEWS)))
    questions = tuple(
        Question(question.ask, apparatus.fill(question.answer, "content/site.yaml"))
        for question in whole.site.questions
    )
    threads, stages = weave_threads(whole, apparatus)
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
        threads=threads,
        stages=stages,
        days=list_days(whole)[:_HOME_DAYS],
    )
    return shell(dress(whole, page, apparatus, True), *([index.path] if index else []))


def _news(whole: Whole, apparatus: Apparatus, most: int | None = None) -> tuple[News, ...]:
    """Give the newest change notes, all where no number is named."""
    links = whole.catalogue.links
    return tuple(
        News(links[record.id], apparatus.fill(change, record.path), id_)
        for (record, change), id_ in zip(whole.news[:most], whole.news_ids, strict=False)
    )


def _changes(whole: Whole, address: str, template: str, title: str) -> Shell:
    apparatus = whole.apparatus()
    page = replace(begin(whole, address, template, title), groups=(Group("", "changes", news=_news(whole, apparatus)),))
    return shell(dress(whole, page, apparatus))


def _index(whole: Whole) -> Iterator[Shell]:
    """Give the A to Z, and the search page, which knows its letters alone."""
    listings = [
        *whole.catalogue.listings.values(),
        *(link for link in (*indexes.FIXED, *indexes.FURTHER) if whole.catalogue.at(link.address)),
    ]
    letters = indexes.letters(whole.records, whole.catalogue, listings)
    yield shell(replace(begin(whole, "/a-z/", "index.html", "A to Z"), groups=letters))
    bare = tuple(replace(letter, links=()) for letter in letters)
    yield shell(replace(begin(whole, "/search/", "search.html", "Search"), groups=bare))


def _guide(whole: Whole) -> Iterator[Group]:
    """Give what a language model is pointed to: the briefs, and the lists."""
    briefs = tuple(whole.catalogue.links[record.id] for record in whole.of_kind("brief"))
    listings = tuple(replace(link, summary=BY_NAME[kind].about) for kind, link in whole.catalogue.listings.items())
    for title, links in (("Briefs", briefs), ("Lists", listings)):
        if links:
            yield Group(title, title.casefold(), links=links)
