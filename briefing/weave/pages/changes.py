"""The page and the feeds of what changed."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.pages import Group, News
from briefing.model.steps import PagePlan
from briefing.model.versions import address_seen
from briefing.weave.pages.links import CHANGES
from briefing.weave.references import PageReferences
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page


def list_changes(index: SiteIndex, references: PageReferences, most: int | None = None) -> tuple[News, ...]:
    """Return the newest change notes, resolved: `most` of them, or all."""
    links = index.catalogue.links
    return tuple(
        News(
            links[record.id],
            references.resolve(change, record.path),
            change_id,
            address_seen(index.days.get(links[record.id].address), change.date),
        )
        for (record, change), change_id in zip(index.news[:most], index.change_ids, strict=False)
    )


def changes_page(index: SiteIndex, address: str, template: str) -> PagePlan:
    """Plan a page or feed of all change notes, newest first."""
    references = index.references()
    groups = (Group("", "changes", news=list_changes(index, references)),)
    page = replace(start_page(index, address, template, index.say(CHANGES.title)), groups=groups)
    return plan_page(attach_references(index, page, references))
