"""The whole briefing as one page, which leads to itself wherever it can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.model.kinds import KINDS
from briefing.model.pages import Group, Page, View
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.weave.pages.indexes import VOLUME
from briefing.weave.references import PageReferences
from briefing.weave.site_index import SiteIndex, attach_references, plan_page

MOST = 200
"""Briefs that one file may hold; beyond that nobody carries it about."""


def has_single_file(index: SiteIndex) -> bool:
    """Say whether the site has a file that holds it all."""
    return 0 < len(index.articles) <= MOST


def weave_single_file(index: SiteIndex) -> Iterator[PagePlan]:
    """Give the page that holds every brief and every list, with each source once at its end."""
    if not has_single_file(index):
        return
    references = index.references()
    groups: list[Group] = []
    within: dict[str, str] = {}
    bodies: list[str] = []
    for kind in sorted((kind for kind in KINDS if kind.in_single_file), key=lambda kind: kind.in_single_file):
        views = []
        for record in index.of_kind(kind.name):
            views.append(_view(references, record, len(bodies)))
            bodies += [record.path] if kind.own_file else []
            within[index.catalogue.links[record.id].address] = record.id
        if views:
            groups.append(Group(kind.plural, kind.name, views=tuple(views)))
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
    yield plan_page(replace(attach_references(index, page, references), previews=()), *bodies)


def _view(references: PageReferences, record: Record, number: int) -> View:
    """Show a record whose body, if it is in a file of its own, is one of several on the page and has this number."""
    view = references.view(record)
    return replace(view, text=replace(view.text, body=number)) if view.text and view.text.body >= 0 else view
