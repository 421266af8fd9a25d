"""Indexes: the A to Z of everything on the site, and the site map for machines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from briefing.model.pages import Group, Page
from briefing.model.records import Record
from briefing.model.text import Link
from briefing.weave.catalogue import Catalogue

FIXED = (
    Link("", "listing", "What changed", "", "/changes/"),
    Link("", "listing", "A to Z", "", "/a-z/"),
    Link("", "listing", "Search", "", "/search/"),
)
"""Pages that every site has besides its lists."""
NEXT = Link("", "listing", "What happens next", "", "/next/")
DATA = Link("", "listing", "Data", "", "/data/")
VOLUME = Link("", "file", "The whole briefing in one file", "", "/briefing.html")
PDF = Link("", "file", "The whole briefing as a PDF", "", "/briefing.pdf")
FURTHER = (NEXT, DATA, VOLUME)
"""Pages that a site has where it has anything to say on them."""
_UNLISTED = {"redirect", "file"}


def letters(records: Iterable[Record], catalogue: Catalogue, listings: Iterable[Link]) -> tuple[Group, ...]:
    """Group every record, each also under its other names, and every list by first letter."""
    entries = [*listings]
    for record in records:
        link = catalogue.links[record.id]
        entries.append(link)
        entries += [Link(link.id, "see", name, link.title, link.address) for name in record.aka]
    entries.sort(key=lambda link: (_letter(link.title), _sorted_as(link.title), link.address))
    return tuple(
        Group(letter, f"letter-{letter.casefold()}" if letter.isalpha() else "letter-0", links=tuple(part))
        for letter, part in groupby(entries, key=lambda link: _letter(link.title))
    )


def _sorted_as(title: str) -> str:
    """Give what a title is sorted by: its letters without accents and marks."""
    bare = unicodedata.normalize("NFD", title.casefold())
    return "".join(sign for sign in bare if sign.isalnum() or sign == " ").strip()


def _letter(title: str) -> str:
    first = _sorted_as(title)[:1].upper()
    return first if first.isalpha() else "0–9"


def site_map(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    """Give the address of every page for readers, and the day of its last change where its writers gave one."""
    listed = [page for page in pages if page.kind not in _UNLISTED and page.address != "/404.html"]
    return tuple(sorted((page.address, page.view.updated if page.view else "") for page in listed))
