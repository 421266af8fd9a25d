"""The home page."""

from __future__ import annotations

from briefing.model.addresses import HOME
from briefing.model.pages import Group, Page
from briefing.model.site import SETTINGS_PATH
from briefing.model.steps import PagePlan
from briefing.weave.pages.changes import list_changes
from briefing.weave.pages.lists import with_minutes
from briefing.weave.pages.threads import weave_threads
from briefing.weave.pages.upcoming import list_days
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, summary_view

_ARTICLES, _CHANGES, _EVENTS, _UNKNOWNS, _DAYS = 24, 3, 4, 3, 3
"""How many of each the page shows at most."""


def home_page(index: SiteIndex) -> PagePlan:
    """Plan the home page: its own text, the questions people ask, and the first or newest records of some kinds."""
    references = index.references()
    link = index.catalogue.at(HOME)
    text = index.catalogue.records.get(link.id) if link else None
    view = references.view(text) if text else None
    parts = {
        "briefs": [summary_view(index, record) for record in index.articles[:_ARTICLES]],
        "recommendations": [summary_view(index, record) for record in index.of_kind("recommendation")],
        "latest": [references.view(record) for record in index.of_kind("event")[-_EVENTS:]],
        "unknown": [summary_view(index, record) for record in index.of_kind("unknown")[:_UNKNOWNS]],
        "reading-paths": [with_minutes(index, summary_view(index, record)) for record in index.of_kind("reading-path")],
    }
    groups = [Group("", anchor, views=tuple(views)) for anchor, views in parts.items() if views]
    if index.news:
        groups.append(Group("", "changes", news=list_changes(index, references, _CHANGES)))
    questions = tuple(references.resolve(question, SETTINGS_PATH) for question in index.site.questions)
    threads, stages = weave_threads(index, references)
    page = Page(
        address=HOME,
        template="home.html",
        kind="home",
        title=text.title if text else index.site.title,
        summary=text.summary if text else index.site.tagline,
        language=index.language(text),
        view=view,
        groups=tuple(groups),
        questions=questions,
        threads=threads,
        stages=stages,
        days=list_days(index)[:_DAYS],
    )
    return plan_page(attach_references(index, page, references, True), *([text.path] if text else []))
