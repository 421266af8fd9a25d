"""The page of one record."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.pages import Group, Page
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.weave.pages.timelines import link_timeline
from briefing.weave.site_index import SiteIndex, attach_references, plan_page

TEMPLATES = {
    "brief": "brief.html",
    "page": "page.html",
    "person": "record.html",
    "organisation": "record.html",
    "place": "record.html",
    "term": "term.html",
    "recommendation": "recommendation.html",
    "source": "source.html",
}
"""Kinds of record that have a page of their own."""
SENSITIVE = {"brief", "recommendation", "event", "place"}
"""Kinds whose pages carry the support box even where no content note asks for it."""


def weave_record(index: SiteIndex, record: Record) -> PagePlan:
    """Give the page of one record."""
    references = index.references()
    view = references.view(record, index.mentions.get(record.id, ()))
    page = Page(
        address=view.link.address,
        template=TEMPLATES[record.kind],
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
    sensitive = record.kind in SENSITIVE or bool(getattr(record.detail, "sensitivity", ""))
    bodies = (record.path,) if record.kind in ("brief", "page") else ()
    return plan_page(attach_references(index, page, references, sensitive), *bodies)


def markdown_copy(shown: PagePlan) -> PagePlan:
    """Give a brief's page once more, to be written as Markdown."""
    page = shown.page.value
    address = f"{page.address}index.md"
    return plan_page(replace(page, address=address, template="md", kind="file", previews=(), support=()), *shown.bodies)
