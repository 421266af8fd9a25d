"""What every page is made from, and the functions that start and finish a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from types import MappingProxyType

from briefing.incremental.hashed import Hashed
from briefing.locale.interface import interface
from briefing.model.pages import Mentions, Page, View
from briefing.model.records import Change, Event, Record
from briefing.model.site import Site
from briefing.model.steps import PagePlan
from briefing.model.text import Link, ParsedProse
from briefing.model.versions import PageDays
from briefing.weave.catalogue import HOME_PAGE, Catalogue
from briefing.weave.references import PageReferences
from briefing.weave.resolve import Resolver


class SiteIndex:
    """What every page is made from: the records in order, their names, and which record mentions which."""

    def __init__(
        self,
        site: Site,
        records: Sequence[Record],
        resolver: Resolver,
        mentions: dict[str, tuple[Mentions, ...]],
        now: str,
        editions: Sequence[Record] = (),
        services: Sequence[Record] = (),
        days: Mapping[str, PageDays] = MappingProxyType({}),
    ) -> None:
        self.site, self.records, self.resolver, self.mentions, self.now = site, records, resolver, mentions, now
        self.editions = editions
        self.days = days
        self._services = services
        self.words = interface(site.language, site.words)
        self.catalogue: Catalogue = resolver.catalogue
        self._kinds = {kind: list(part) for kind, part in groupby(records, key=lambda record: record.kind)}
        self.timelines_by_actor: dict[str, list[Record]] = _by_actor(self.of_kind("event"))

    @cached_property
    def news(self) -> tuple[tuple[Record, Change[ParsedProse]], ...]:
        """Every change note with its record, newest first."""
        notes = ((record, change) for record in self.records for change in record.changes)
        return tuple(sorted(notes, key=lambda item: item[1].date, reverse=True))

    @cached_property
    def change_ids(self) -> tuple[str, ...]:
        """The permanent name of every change note, in the order of `news`."""
        return _name_changes(self.news)

    @cached_property
    def news_by_record(self) -> dict[str, list[tuple[Change[ParsedProse], str]]]:
        """The change notes of each record, newest first, each with its permanent name."""
        found: dict[str, list[tuple[Change[ParsedProse], str]]] = {}
        for (record, change), name in zip(self.news, self.change_ids, strict=True):
            found.setdefault(record.id, []).append((change, name))
        return found

    @cached_property
    def articles(self) -> list[Record]:
        """The records of the kinds that are articles, in order."""
        return [record for kind in self.site.kinds if kind.article for record in self.of_kind(kind.name)]

    @cached_property
    def support(self) -> tuple[View, ...]:
        """The support services, for every page on a sensitive subject; none on a site that does not ask for the box."""
        if not self.site.safety.support_box:
            return ()
        return tuple(summary_view(self, record) for record in self._services or self.of_kind("support"))

    def of_kind(self, kind: str) -> list[Record]:
        """Return the records of one kind, in order."""
        return self._kinds.get(kind, [])

    def language(self, record: Record | None = None) -> str:
        """Return the language of a record's page."""
        return (record.lang if record else "") or self.site.language

    def references(self) -> PageReferences:
        """Return the references of a new page."""
        return PageReferences(self.resolver, self.now)

    def crumbs(self, *links: Link | None) -> tuple[Link, ...]:
        """Return the path to a page: home, then the given links."""
        return (self.link(HOME_PAGE), *(link for link in links if link))

    def say(self, words: str) -> str:
        """Return words of the interface in the language of the site."""
        return self.words.say(words)

    def link(self, link: Link) -> Link:
        """Return the link to a page that is about no single record, with its title in the language of the site."""
        return replace(link, title=self.say(link.title), language=self.site.language if self.site.prefix else "")


def _name_changes(news: Sequence[tuple[Record, Change[ParsedProse]]]) -> tuple[str, ...]:
    """Name each change note by its record and day, and a number if the day has several; later notes change no name."""
    seen: Counter[str] = Counter()
    names = []
    for record, change in reversed(news):
        name = f"{record.id}-{change.date}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return tuple(reversed(names))


def plan_page(page: Page, *bodies: str) -> PagePlan:
    """Return the plan of a finished page; `bodies` are the paths of the files whose bodies it shows."""
    return PagePlan(page.address, page.template, bodies, Hashed.of(page))


def start_page(index: SiteIndex, address: str, template: str, title: str) -> Page:
    """Return a new page that is not about one record."""
    return Page(address, template, "listing", title, "", index.site.language, crumbs=index.crumbs())


def attach_references(index: SiteIndex, page: Page, references: PageReferences, sensitive: bool = False) -> Page:
    """Return a page with its support box, receipts, cards, glosses and previews."""
    return replace(
        page,
        support=index.support if sensitive else (),
        receipts=references.receipts,
        cards=tuple(references.cards),
        glosses=references.glosses,
        previews=references.previews,
        tally=references.tally,
        has_drawings=references.has_drawings,
    )


def summary_view(index: SiteIndex, record: Record) -> View:
    """Return a record as a list shows it: without its text, sources and changes."""
    return index.references().view(replace(record, text=None, headings=(), sources=(), changes=()))


def _by_actor(events: Iterable[Record]) -> dict[str, list[Record]]:
    """Return the events of every person, organisation and place, by its id."""
    found: dict[str, list[Record]] = {}
    for record in events:
        if isinstance(record.detail, Event):
            for ref in (*record.detail.who, *record.detail.where):
                found.setdefault(ref.id, []).append(record)
    return found
