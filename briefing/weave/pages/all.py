"""The pages of a site: what each of them shows, gathered from all records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.model.kinds import BY_NAME
from briefing.model.pages import Group, Page
from briefing.model.steps import PagePlan
from briefing.weave.pages import indexes
from briefing.weave.pages.changes import changes_page
from briefing.weave.pages.home import home_page
from briefing.weave.pages.lists import list_page
from briefing.weave.pages.records import markdown_copy, weave_record
from briefing.weave.pages.timelines import list_timelines, weave_timeline
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page


def weave_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Give every page of the site."""
    for record in index.records:
        kind = BY_NAME[record.kind]
        if kind.page_template and record.id != "index":
            shown = weave_record(index, record)
            yield shown
            if index.site.twins and kind.article:
                yield markdown_copy(shown)
        for address in record.redirect_from:
            link = index.catalogue.links[record.id]
            page = Page(
                address, "redirect.html", "redirect", record.title, "", index.language(record), target=link.address
            )
            yield plan_page(page)
    for name in index.catalogue.listings:
        yield list_page(index, BY_NAME[name])
    for link, part in list_timelines(index):
        yield weave_timeline(index, link, part)
    yield home_page(index)
    yield changes_page(index, "/changes/", "changes.html", "What changed")
    yield from _index(index)
    yield plan_page(
        attach_references(
            index, start_page(index, "/404.html", "404.html", "This page is not here"), index.references(), True
        )
    )


def weave_files(index: SiteIndex, pages: Iterable[PagePlan]) -> Iterator[PagePlan]:
    """Give the files that are about the pages: feed, site map and robots."""
    yield changes_page(index, "/feed.xml", "feed.xml", "What changed")
    yield changes_page(index, "/feed.json", "feed.json", "What changed")
    yield plan_page(replace(start_page(index, "/llms.txt", "llms.txt", ""), groups=tuple(_guide(index))))
    listed = [(plan.address, plan.page.value) for plan in pages]
    addresses = indexes.site_map(page for _, page in listed)
    yield plan_page(replace(start_page(index, "/sitemap.xml", "sitemap.xml", ""), addresses=addresses))
    yield plan_page(start_page(index, "/robots.txt", "robots.txt", ""))


def _index(index: SiteIndex) -> Iterator[PagePlan]:
    """Give the A to Z, and the search page, which knows its letters alone."""
    listings = [
        *index.catalogue.listings.values(),
        *(link for link in (*indexes.FIXED, *indexes.FURTHER) if index.catalogue.at(link.address)),
    ]
    letters = indexes.letters(index.records, index.catalogue, listings)
    yield plan_page(replace(start_page(index, "/a-z/", "index.html", "A to Z"), groups=letters))
    bare = tuple(replace(letter, links=()) for letter in letters)
    yield plan_page(replace(start_page(index, "/search/", "search.html", "Search"), groups=bare))


def _guide(index: SiteIndex) -> Iterator[Group]:
    """Give what a language model is pointed to: the briefs, and the lists."""
    articles = tuple(index.catalogue.links[record.id] for record in index.articles)
    listings = tuple(replace(link, summary=BY_NAME[kind].about) for kind, link in index.catalogue.listings.items())
    for title, links in (("Briefs", articles), ("Lists", listings)):
        if links:
            yield Group(title, title.casefold(), links=links)
