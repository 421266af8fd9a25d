"""The home page."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model.addresses import HOME
from briefing.model.pages import Group, Page
from briefing.model.records import Event
from briefing.model.site import SETTINGS_PATH, HomePart
from briefing.model.steps import PagePlan
from briefing.weave.pages.changes import list_changes
from briefing.weave.pages.lists import by_topic, with_minutes
from briefing.weave.pages.threads import weave_threads
from briefing.weave.pages.upcoming import list_awaited, list_days
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, summary_view

_ARTICLES, _CHANGES, _EVENTS, _UNKNOWNS, _AWAITED = 24, 2, 3, 3, 2
"""How many of each the page shows at most."""
_ORDER = (
    "questions", "threads", "recommendations", "unknown", "reading-paths", "latest", "next", "changes", "briefs",
)  # fmt: skip
"""All parts of the page, in the order for sites that set none."""


def _articles(index: SiteIndex) -> Iterator[Group]:
    """Yield the first articles, grouped by topic if their list is."""
    first = index.articles[:_ARTICLES]
    is_grouped = any(kind.article and kind.group_by == "topic" for kind in index.site.kinds)
    parts = by_topic(first, index.site) if is_grouped else [("", "all", first)]
    for title, _, part in parts if first else ():
        yield Group(title, "briefs", views=tuple(summary_view(index, record) for record in part))


def home_page(index: SiteIndex) -> PagePlan:
    """Plan the home page: its own text, the questions people ask, and the first or newest records of some kinds."""
    references = index.references()
    link = index.catalogue.at(HOME)
    text = index.catalogue.records.get(link.id) if link else None
    view = references.view(text) if text else None
    parts = index.site.home or tuple(map(HomePart, _ORDER))
    names = {one.part for one in parts}
    past = [one for one in index.of_kind("event") if isinstance(one.detail, Event) and one.detail.date <= index.now]
    views = {
        "recommendations": [summary_view(index, record) for record in index.of_kind("recommendation")],
        "latest": [summary_view(index, record) for record in past[-_EVENTS:]],
        "unknown": [summary_view(index, record) for record in index.of_kind("unknown")[:_UNKNOWNS]],
        "reading-paths": [with_minutes(index, summary_view(index, record)) for record in index.of_kind("reading-path")],
    }
    groups = [Group("", name, views=tuple(found)) for name, found in views.items() if found and name in names]
    for name, records in list_awaited(index).items() if "next" in names else ():
        groups.append(Group("", name, views=tuple(summary_view(index, record) for record in records[:_AWAITED])))
    if "briefs" in names:
        groups += _articles(index)
    if index.news and "changes" in names:
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
        parts=parts,
        groups=tuple(groups),
        questions=questions,
        threads=threads,
        stages=stages if "threads" in names else (),
        days=list_days(index) if "next" in names else (),
        kept=index.days.get(HOME),
    )
    return plan_page(attach_references(index, page, references, True), *([text.path] if text else []))
