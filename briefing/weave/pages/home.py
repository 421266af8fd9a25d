"""The home page."""

from __future__ import annotations

from briefing.model.pages import Group, Page
from briefing.model.steps import PagePlan
from briefing.weave.pages.changes import list_changes
from briefing.weave.pages.lists import with_minutes
from briefing.weave.pages.threads import weave_threads
from briefing.weave.pages.upcoming import list_days
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, summary_view

_HOME_BRIEFS, _HOME_NEWS, _HOME_EVENTS, _HOME_UNKNOWNS, _HOME_DAYS = 24, 3, 4, 3, 3


def home_page(index: SiteIndex) -> PagePlan:
    """Give the front page: the statement, the questions people ask, and what is newest of each kind."""
    references = index.references()
    text = index.catalogue.records.get("index")
    view = references.view(text) if text and text.kind == "page" else None
    parts = {
        "briefs": [summary_view(index, record) for record in index.articles[:_HOME_BRIEFS]],
        "recommendations": [summary_view(index, record) for record in index.of_kind("recommendation")],
        "latest": [references.view(record) for record in index.of_kind("event")[-_HOME_EVENTS:]],
        "unknown": [summary_view(index, record) for record in index.of_kind("unknown")[:_HOME_UNKNOWNS]],
        "reading-paths": with_minutes(index, (summary_view(index, record) for record in index.of_kind("reading-path"))),
    }
    groups = [Group("", anchor, views=tuple(views)) for anchor, views in parts.items() if views]
    if index.news:
        groups.append(Group("", "changes", news=list_changes(index, references, _HOME_NEWS)))
    questions = tuple(references.resolve(question, "content/site.yaml") for question in index.site.questions)
    threads, stages = weave_threads(index, references)
    page = Page(
        address="/",
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
        days=list_days(index)[:_HOME_DAYS],
    )
    return plan_page(attach_references(index, page, references, True), *([text.path] if text else []))
