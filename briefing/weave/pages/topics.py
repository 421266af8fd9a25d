"""The pages of topics: a list of all of them, and a page for each with the records that name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from briefing.model.addresses import topic_address
from briefing.model.pages import Group
from briefing.model.records import Record
from briefing.model.steps import PagePlan
from briefing.model.text import Link
from briefing.weave.pages.links import TOPICS
from briefing.weave.site_index import SiteIndex, plan_page, start_page


def find_topics(index: SiteIndex) -> dict[Link, list[Record]]:
    """Return the records of each topic, by the link to its page; nothing if the site has no such pages."""
    titles: dict[str, str] = {}
    found: dict[str, list[Record]] = {}
    for record in index.records if index.site.topic_pages else ():
        for topic in record.topics:
            address = topic_address(topic)
            titles.setdefault(address, topic)
            if address and record not in found.get(address, ()):
                found.setdefault(address, []).append(record)
    links = [Link("", "listing", titles[address], "", address) for address in found]
    links.sort(key=lambda link: (index.words.order(link.title), link.address))
    return {link: found[link.address] for link in links}


def topic_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan the list of topics and the page of each."""
    topics = find_topics(index)
    if not topics:
        return
    page = start_page(index, TOPICS.address, "list.html", index.say(TOPICS.title))
    yield plan_page(replace(page, groups=(Group("", "all", links=tuple(topics)),)))
    for link, records in topics.items():
        groups = tuple(
            Group(index.catalogue.kinds[kind].plural, kind, links=tuple(index.catalogue.links[one.id] for one in part))
            for kind, part in groupby(records, key=lambda record: record.kind)
        )
        page = start_page(index, link.address, "list.html", link.title)
        yield plan_page(replace(page, crumbs=index.crumbs(index.link(TOPICS)), groups=groups))
