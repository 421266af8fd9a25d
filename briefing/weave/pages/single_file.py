"""The one-file edition: one page that holds the whole briefing, with links within itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.model.pages import Group, Page, View, place_letter
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.weave.pages.links import SINGLE_FILE
from briefing.weave.references import PageReferences
from briefing.weave.site_index import SiteIndex, attach_references, plan_page

_MOST_ARTICLES = 200
"""A site with more articles has no one-file edition: the file would be too large to open and to pass on."""


def has_single_file(index: SiteIndex) -> bool:
    """Return whether the site has a one-file edition."""
    return 0 < len(index.articles) <= _MOST_ARTICLES


def single_file_page(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan the page that holds every article and list, and each source once at its end; nothing if there is none."""
    if not has_single_file(index):
        return
    references = index.references()
    groups: list[Group] = []
    within: dict[str, str] = {}
    bodies: list[str] = []
    for kind in sorted(
        (kind for kind in index.site.kinds if kind.in_single_file), key=lambda kind: kind.in_single_file
    ):
        views = []
        for record in index.of_kind(kind.name):
            views.append(_view(references, record, len(bodies)))
            bodies += [record.path] if kind.own_file else []
            within[index.catalogue.links[record.id].address] = record.id
        if views:
            groups.append(Group(kind.plural, kind.name, views=tuple(views)))
    for number, receipt in enumerate(references.receipts, start=1):
        first = "-".join(map(place_letter, receipt.opened[0]))
        within.setdefault(receipt.link.address, f"UI--r{number}{first}")
    page = Page(
        address=SINGLE_FILE.address,
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
    """Return a view whose body, if it has one, is the body of this number on the page."""
    view = references.view(record)
    return replace(view, text=replace(view.text, body=number)) if view.text and view.text.body >= 0 else view
