"""The page and the feeds of what changed."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.pages import Group, News
from briefing.model.steps import Shell
from briefing.weave.references import Apparatus
from briefing.weave.site_index import Whole, begin, dress, shell


def _news(whole: Whole, apparatus: Apparatus, most: int | None = None) -> tuple[News, ...]:
    """Give the newest change notes, all where no number is named."""
    links = whole.catalogue.links
    return tuple(
        News(links[record.id], apparatus.fill(change, record.path), id_)
        for (record, change), id_ in zip(whole.news[:most], whole.news_ids, strict=False)
    )


def _changes(whole: Whole, address: str, template: str, title: str) -> Shell:
    apparatus = whole.apparatus()
    page = replace(begin(whole, address, template, title), groups=(Group("", "changes", news=_news(whole, apparatus)),))
    return shell(dress(whole, page, apparatus))
