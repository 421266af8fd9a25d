"""The home page."""

from __future__ import annotations

from briefing.model.pages import Group, Page
from briefing.model.site import Question
from briefing.model.steps import Shell
from briefing.weave.pages.changes import _news
from briefing.weave.pages.lists import _timed
from briefing.weave.pages.threads import weave_threads
from briefing.weave.pages.upcoming import list_days
from briefing.weave.site_index import Whole, brief_view, dress, shell

_HOME_BRIEFS, _HOME_NEWS, _HOME_EVENTS, _HOME_UNKNOWNS, _HOME_DAYS = 24, 3, 4, 3, 3


def _home(whole: Whole) -> Shell:
    """Give the front page: the statement, the questions people ask, and what is newest of each kind."""
    apparatus = whole.apparatus()
    index = whole.catalogue.records.get("index")
    view = apparatus.view(index) if index and index.kind == "page" else None
    parts = {
        "briefs": [brief_view(whole, record) for record in whole.of_kind("brief")[:_HOME_BRIEFS]],
        "recommendations": [brief_view(whole, record) for record in whole.of_kind("recommendation")],
        "latest": [apparatus.view(record) for record in whole.of_kind("event")[-_HOME_EVENTS:]],
        "unknown": [brief_view(whole, record) for record in whole.of_kind("unknown")[:_HOME_UNKNOWNS]],
        "reading-paths": _timed(whole, (brief_view(whole, record) for record in whole.of_kind("reading-path"))),
    }
    groups = [Group("", anchor, views=tuple(views)) for anchor, views in parts.items() if views]
    if whole.news:
        groups.append(Group("", "changes", news=_news(whole, apparatus, _HOME_NEWS)))
    questions = tuple(
        Question(question.ask, apparatus.fill(question.answer, "content/site.yaml"))
        for question in whole.site.questions
    )
    threads, stages = weave_threads(whole, apparatus)
    page = Page(
        address="/",
        template="home.html",
        kind="home",
        title=index.title if index else whole.site.title,
        summary=index.summary if index else whole.site.tagline,
        language=whole.language(index),
        view=view,
        groups=tuple(groups),
        questions=questions,
        threads=threads,
        stages=stages,
        days=list_days(whole)[:_HOME_DAYS],
    )
    return shell(dress(whole, page, apparatus, True), *([index.path] if index else []))
