"""The A to Z of everything on the site, the search page, and the site map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from briefing.model.pages import Group, Page
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.weave.pages.links import A_TO_Z, ON_EVERY_SITE, OPTIONAL, PDF, SEARCH, TOPICS
from briefing.weave.site_index import SiteIndex, plan_page, start_page

_UNLISTED = {"redirect", "file"}
"""Kinds of page that are not in the site map."""


def index_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan the A to Z, and the search page, which shows only the letters."""
    letters = _letters(index)
    yield plan_page(replace(start_page(index, A_TO_Z.address, "index.html", index.say(A_TO_Z.title)), groups=letters))
    without_links = tuple(replace(letter, links=()) for letter in letters)
    yield plan_page(
        replace(start_page(index, SEARCH.address, "search.html", index.say(SEARCH.title)), groups=without_links)
    )


def _letters(index: SiteIndex) -> tuple[Group, ...]:
    """Group all lists and records by first letter, records also under their other names."""
    catalogue = index.catalogue
    found = (catalogue.at(link.address) for link in (*ON_EVERY_SITE, *OPTIONAL, TOPICS) if link not in (A_TO_Z, PDF))
    entries = [*catalogue.listings.values(), *(link for link in found if link and not link.id)]
    for record in index.records:
        link = catalogue.links[record.id]
        entries.append(link)
        entries += [Link(link.id, "see", name, link.title, link.address, link.language) for name in record.aka]
    entries.sort(key=lambda link: (index.words.order(link.title), link.address))
    placed = [(index.words.letter(link.title), link) for link in entries]
    return tuple(
        Group(letter.capitalize() or index.say("0–9"), f"letter-{letter or 0}", links=tuple(link for _, link in part))
        for letter, part in groupby(placed, key=lambda one: one[0])
    )


def site_map(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Return the address of every page for readers, and the day of its last change if its writers gave one."""
    listed = [page for page in pages if page.kind not in _UNLISTED and not page.address.endswith("/404.html")]
    return tuple(sorted((page.address, page.view.updated if page.view else "") for page in listed))
