"""The pages of a site: what each of them shows, gathered from all records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.model.kinds import BY_NAME
from briefing.model.pages import Group, Page
from briefing.model.steps import Shell
from briefing.weave.pages import indexes
from briefing.weave.pages.changes import _changes
from briefing.weave.pages.home import _home
from briefing.weave.pages.lists import _list_page
from briefing.weave.pages.records import _TEMPLATES, _twin, weave_record
from briefing.weave.pages.timelines import list_timelines, weave_timeline
from briefing.weave.site_index import Whole, begin, dress, shell


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
