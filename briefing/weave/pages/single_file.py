"""The whole briefing as one page, which leads to itself wherever it can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.model.pages import Group, Page, View
from briefing.model.records import Record
from briefing.model.steps import Shell
from briefing.weave.pages.indexes import VOLUME
from briefing.weave.references import Apparatus
from briefing.weave.site_index import Whole, dress, shell

MOST = 200
"""Briefs that one file may hold; beyond that nobody carries it about."""
_PARTS = ("event", "recommendation", "number", "unknown", "term", "support")
"""Kinds that stand in the file besides briefs, in this order."""


def has_volume(whole: Whole) -> bool:
    """Say whether the site has a file that holds it all."""
    return 0 < len(whole.of_kind("brief")) <= MOST


def weave_volume(whole: Whole) -> Iterator[Shell]:
    """Give the page that holds every brief and every list, with each source once at its end."""
    if not has_volume(whole):
        return
    apparatus = whole.apparatus()
    briefs = whole.of_kind("brief")
    groups = [Group("Briefs", "brief", views=tuple(_bodied(apparatus, one, n) for n, one in enumerate(briefs)))]
    within = {whole.catalogue.links[one.id].address: one.id for one in briefs}
    for kind in _PARTS:
        records = whole.of_kind(kind)
        if records:
            title = whole.catalogue.listings[kind].title
            groups.append(Group(title, kind, views=tuple(apparatus.view(record) for record in records)))
            within |= {whole.catalogue.links[record.id].address: record.id for record in records}
    for number, receipt in enumerate(apparatus.receipts):
        within.setdefault(receipt.link.address, f"r{number}")
    page = Page(
        address=VOLUME.address,
        template="volume.html",
        kind="file",
        title=whole.site.title,
        summary=whole.site.tagline,
        language=whole.language(),
        groups=tuple(groups),
        within=tuple(sorted(within.items())),
    )
    yield shell(replace(dress(whole, page, apparatus), previews=()), *(one.path for one in briefs))


def _bodied(apparatus: Apparatus, record: Record, number: int) -> View:
    """Show a brief whose body is one among several."""
    view = apparatus.view(record)
    return replace(view, text=replace(view.text, body=number)) if view.text else view
