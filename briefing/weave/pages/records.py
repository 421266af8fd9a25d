"""The page of one record."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.kinds import BY_NAME
from briefing.model.pages import Group, Page
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.weave.pages.timelines import link_timeline
from briefing.weave.site_index import SiteIndex, attach_references, plan_page


def weave_record(index: SiteIndex, record: Record) -> PagePlan:
    """Give the page of one record."""
    kind, references = BY_NAME[record.kind], index.references()
    view = references.view(record, index.mentions.get(record.id, ()))
    page = Page(
        address=view.link.address,
        template=kind.page_template,
        kind=record.kind,
        title=record.title,
        summary=record.summary,
        language=index.language(record),
        crumbs=index.crumbs(index.catalogue.listings.get(record.kind)),
        view=view,
        groups=(Group("", "timeline", links=(link_timeline(record),)),)
        if record.id in index.timelines_by_actor
        else (),
    )
    sensitive = kind.carries_support or bool(getattr(record.detail, "sensitivity", ""))
    bodies = (record.path,) if kind.own_file else ()
    return plan_page(attach_references(index, page, references, sensitive), *bodies)


def markdown_copy(shown: PagePlan) -> PagePlan:
    """Give a brief's page once more, to be written as Markdown."""
    page = shown.page.value
    address = f"{page.address}index.md"
    return plan_page(replace(page, address=address, template="md", kind="file", previews=(), support=()), *shown.bodies)
