"""Plans every page and every file of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.model.addresses import SERVER_HEADERS
from briefing.model.pages import Group
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.weave.pages import links
from briefing.weave.pages.changes import changes_page
from briefing.weave.pages.checked import checked_pages, has_evidence
from briefing.weave.pages.follow import feed_pages
from briefing.weave.pages.home import home_page
from briefing.weave.pages.indexes import index_pages, site_map
from briefing.weave.pages.lists import list_page
from briefing.weave.pages.records import record_pages
from briefing.weave.pages.single_file import has_single_file, single_file_page
from briefing.weave.pages.tables import has_tables, table_pages
from briefing.weave.pages.timelines import list_timelines, timeline_page
from briefing.weave.pages.topics import find_topics, topic_pages
from briefing.weave.pages.upcoming import has_upcoming, upcoming_pages
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page


def plan_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan every page for readers, in the order in which they are rendered."""
    # The one-file edition comes first: it takes longest to render, and the other processes would wait for it.
    yield from single_file_page(index)
    for record in index.records:
        yield from record_pages(index, record)
    for name in index.catalogue.listings:
        yield list_page(index, index.catalogue.kinds[name])
    for link, events in list_timelines(index):
        yield timeline_page(index, link, events)
    yield home_page(index)
    yield changes_page(index, links.CHANGES.address, "changes.html")
    yield from index_pages(index)
    missing = start_page(index, "/404.html", "404.html", index.say("This page is not here"))
    yield plan_page(attach_references(index, missing, index.references(), True))
    yield from upcoming_pages(index)
    yield from topic_pages(index)
    yield from checked_pages(index)
    yield from table_pages(index)


def optional_links(index: SiteIndex, pdf: bool) -> Iterator[Link]:
    """Yield links to the pages that only some sites have, other than the lists of one kind."""
    if has_upcoming(index):
        yield links.NEXT
    if has_single_file(index):
        yield links.SINGLE_FILE
        if index.site.epub:
            yield links.BOOK
        if pdf:
            yield links.PDF
    if topics := find_topics(index):
        yield links.TOPICS
        yield from topics
    if has_evidence(index):
        yield links.CHECKED
    if has_tables(index):
        yield links.DATA


def plan_files(index: SiteIndex, pages: Iterable[PagePlan]) -> Iterator[PagePlan]:
    """Plan the files for programs: feeds, the guide for language models, the site map and robots.txt."""
    if index.site.base_url:  # feeds and the site map need complete addresses
        yield changes_page(index, links.ATOM.address, "feed.xml")
        yield changes_page(index, links.JSON_FEED.address, "feed.json")
        yield from feed_pages(index)
        addresses = site_map(plan.page.value for plan in pages)
        yield plan_page(replace(start_page(index, "/sitemap.xml", "sitemap.xml", ""), addresses=addresses))
    yield plan_page(replace(start_page(index, links.GUIDE.address, "llms.txt", ""), groups=tuple(_guide(index))))
    yield plan_page(start_page(index, "/robots.txt", "robots.txt", ""))
    if index.site.headers_file:
        yield plan_page(start_page(index, SERVER_HEADERS, "headers.txt", ""))


def _guide(index: SiteIndex) -> Iterator[Group]:
    """Yield what a language model should read: the articles and the lists."""
    articles = tuple(index.catalogue.links[record.id] for record in index.articles)
    listings = tuple(
        replace(link, summary=index.catalogue.kinds[kind].about) for kind, link in index.catalogue.listings.items()
    )
    for title, name, shown in ((index.say("Briefs"), "briefs", articles), (index.say("Lists"), "lists", listings)):
        if shown:
            yield Group(title, name, links=shown)
