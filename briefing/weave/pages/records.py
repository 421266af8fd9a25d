"""The page of one record."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.pages import Group, Page
from briefing.model.records import Record
from briefing.model.steps import Shell
from briefing.weave.pages.timelines import link_timeline
from briefing.weave.site_index import Whole, dress, shell

_TEMPLATES = {
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
_SENSITIVE = {"brief", "recommendation", "event", "place"}
"""Kinds whose pages carry the support box even where no content note asks for it."""


def weave_record(whole: Whole, record: Record) -> Shell:
    """Give the page of one record."""
    apparatus = whole.apparatus()
    view = apparatus.view(record, whole.mentions.get(record.id, ()))
    page = Page(
        address=view.link.address,
        template=_TEMPLATES[record.kind],
        kind=record.kind,
        title=record.title,
        summary=record.summary,
        language=whole.language(record),
        crumbs=whole.crumbs(whole.catalogue.listings.get(record.kind)),
        view=view,
        groups=(Group("", "timeline", links=(link_timeline(record),)),) if record.id in whole.acts else (),
    )
    sensitive = record.kind in _SENSITIVE or bool(getattr(record.detail, "sensitivity", ""))
    bodies = (record.path,) if record.kind in ("brief", "page") else ()
    return shell(dress(whole, page, apparatus, sensitive), *bodies)


def _twin(shown: Shell) -> Shell:
    """Give a brief's page once more, to be written as Markdown."""
    page = shown.page.value
    address = f"{page.address}index.md"
    return shell(replace(page, address=address, template="md", kind="file", previews=(), support=()), *shown.bodies)
