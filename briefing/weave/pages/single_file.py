"""The whole briefing as one page, which leads to itself wherever it can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.model.pages import Group, Page, View
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.weave.pages.indexes import VOLUME
from briefing.weave.references import PageReferences
from briefing.weave.site_index import SiteIndex, attach_references, plan_page

MOST = 200
"""Briefs that one file may hold; beyond that nobody carries it about."""
_PARTS = ("event", "recommendation", "number", "unknown", "term", "support")
"""Kinds that stand in the file besides briefs, in this order."""


def has_single_file(index: SiteIndex) -> bool:
    """Say whether the site has a file that holds it all."""
    return 0 < len(index.of_kind("brief")) <= MOST


def weave_single_file(index: SiteIndex) -> Iterator[PagePlan]:
    """Give the page that holds every brief and every list, with each source once at its end."""
    if not has_single_file(index):
        return
    references = index.references()
    briefs = index.of_kind("brief")
    groups = [Group("Briefs", "brief", views=tuple(_bodied(references, one, n) for n, one in enumerate(briefs)))]
    within = {index.catalogue.links[one.id].address: one.id for one in briefs}
    for kind in _PARTS:
        records = index.of_kind(kind)
        if records:
            title = index.catalogue.listings[kind].title
            groups.append(Group(title, kind, views=tuple(references.view(record) for record in records)))
            within |= {index.catalogue.links[record.id].address: record.id for record in records}
    for number, receipt in enumerate(references.receipts):
        within.setdefault(receipt.link.address, f"r{number}")
    page = Page(
        address=VOLUME.address,
        template="volume.html",
        kind="file",
        title=index.site.title,
        summary=index.site.tagline,
        language=index.language(),
        groups=tuple(groups),
        within=tuple(sorted(within.items())),
    )
    yield plan_page(replace(attach_references(index, page, references), previews=()), *(one.path for one in briefs))


def _bodied(references: PageReferences, record: Record, number: int) -> View:
    """Show a brief whose body is one among several."""
    view = references.view(record)
    return replace(view, text=replace(view.text, body=number)) if view.text else view
