"""The A to Z of everything on the site, the search page, and the site map."""

from __future__ import annotations

import unicodedata
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
    yield plan_page(replace(start_page(index, A_TO_Z.address, "index.html", A_TO_Z.title), groups=letters))
    without_links = tuple(replace(letter, links=()) for letter in letters)
    yield plan_page(replace(start_page(index, SEARCH.address, "search.html", SEARCH.title), groups=without_links))


def _letters(index: SiteIndex) -> tuple[Group, ...]:
    """Group all lists and records by first letter, records also under their other names."""
    catalogue = index.catalogue
    optional = [link for link in (*OPTIONAL, TOPICS) if link is not PDF and catalogue.at(link.address) == link]
    entries = [*catalogue.listings.values(), *ON_EVERY_SITE, *optional]
    for record in index.records:
        link = catalogue.links[record.id]
        entries.append(link)
        entries += [Link(link.id, "see", name, link.title, link.address) for name in record.aka]
    entries.sort(key=lambda link: (_letter(link.title), _sort_key(link.title), link.address))
    return tuple(
        Group(letter, f"letter-{letter.casefold()}" if letter.isalpha() else "letter-0", links=tuple(part))
        for letter, part in groupby(entries, key=lambda link: _letter(link.title))
    )


def _sort_key(title: str) -> str:
    """Return the letters and digits of a title, without case and accents."""
    decomposed = unicodedata.normalize("NFD", title.casefold())
    return "".join(character for character in decomposed if character.isalnum() or character == " ").strip()


def _letter(title: str) -> str:
    first = _sort_key(title)[:1].upper()
    return first if first.isalpha() else "0–9"


def site_map(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Return the address of every page for readers, and the day of its last change if its writers gave one."""
    listed = [page for page in pages if page.kind not in _UNLISTED and page.address != "/404.html"]
    return tuple(sorted((page.address, page.view.updated if page.view else "") for page in listed))
