"""The page of one record, its Markdown copy, and the redirects from its old addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.model.addresses import CARD, HOME
from briefing.model.drawings import Drawing
from briefing.model.kinds import Kind
from briefing.model.pages import Group, Page
from briefing.model.records import Recommendation, Record
from briefing.model.site import Site
from briefing.model.steps import PagePlan
from briefing.model.text import ShownDrawing
from briefing.weave.drawings import draw_history
from briefing.weave.pages.follow import feed_of
from briefing.weave.pages.timelines import link_timeline
from briefing.weave.site_index import SiteIndex, attach_references, plan_page


def record_pages(index: SiteIndex, record: Record) -> Iterator[PagePlan]:
    """Plan the pages of one record; the page for `/` is planned with the home page."""
    kind, link = index.catalogue.kinds[record.kind], index.catalogue.links[record.id]
    if kind.page_template and link.address != HOME:
        plan = record_page(index, record)
        yield plan
        if index.site.twins and kind.article:
            yield _markdown_copy(plan)
        if has_card(index.site, kind):
            yield _card(plan)
    for address in record.redirect_from:
        language = index.language(record)
        yield plan_page(
            Page(address, "redirect.html", "redirect", record.title, "", language, target=link.address),
        )


def has_card(site: Site, kind: Kind) -> bool:
    """Whether the records of a kind have a card to republish, which needs the whole address of the site."""
    return site.cards and kind.article and bool(site.base_url)


def record_page(index: SiteIndex, record: Record) -> PagePlan:
    """Plan the page of one record."""
    kind, references = index.catalogue.kinds[record.kind], index.references()
    view = references.view(record, index.mentions.get(record.id, ()))
    has_timeline = record.id in index.timelines_by_actor
    page = Page(
        address=view.link.address,
        template=record.template or kind.page_template,
        kind=record.kind,
        title=record.title,
        summary=record.summary,
        language=index.language(record),
        crumbs=index.crumbs(index.catalogue.listings.get(record.kind)),
        view=view,
        feed=feed_of(index, record),
        kept=index.days.get(view.link.address),
        groups=(Group("", "timeline", links=(link_timeline(index, record),)),) if has_timeline else (),
    )
    if isinstance(record.detail, Recommendation):
        rows, ends, ticks = draw_history(record.detail)
        drawn: ShownDrawing = Drawing("progress", "", "", "", (), (), rows, (), ends, ticks)
        page = replace(page, history=drawn if rows else None)
    sensitive = kind.carries_support or bool(getattr(record.detail, "sensitivity", ""))
    bodies = (record.path,) if kind.own_file else ()
    finished = attach_references(index, page, references, sensitive)
    return plan_page(replace(finished, has_drawings=finished.has_drawings or bool(page.history)), *bodies)


def _card(plan: PagePlan) -> PagePlan:
    """Plan the card with which other sites show an article: its title, summary, date and address."""
    page = plan.page.value
    bare = Page(f"{page.address}{CARD}", "card.html", "file", page.title, page.summary, page.language)
    view = replace(page.view, text=None, headings=(), sources=(), mentions=(), changes=()) if page.view else None
    return plan_page(replace(bare, target=page.address, view=view))


def _markdown_copy(plan: PagePlan) -> PagePlan:
    """Plan the same page as a Markdown file beside it."""
    page = plan.page.value
    address = f"{page.address}index.md"
    return plan_page(replace(page, address=address, template="md", kind="file", previews=(), support=()), *plan.bodies)
