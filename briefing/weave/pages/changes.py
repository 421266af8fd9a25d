"""The page and the feeds of what changed."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.pages import Group, News
from briefing.model.steps import PagePlan
from briefing.weave.references import PageReferences
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page


def list_changes(index: SiteIndex, references: PageReferences, most: int | None = None) -> tuple[News, ...]:
    """Give the newest change notes, all where no number is named."""
    links = index.catalogue.links
    return tuple(
        News(links[record.id], references.resolve(change, record.path), id_)
        for (record, change), id_ in zip(index.news[:most], index.change_ids, strict=False)
    )


def changes_page(index: SiteIndex, address: str, template: str, title: str) -> PagePlan:
    """Give a page or feed of all change notes, the newest first."""
    references = index.references()
    page = replace(
        start_page(index, address, template, title),
        groups=(Group("", "changes", news=list_changes(index, references)),),
    )
    return plan_page(attach_references(index, page, references))
