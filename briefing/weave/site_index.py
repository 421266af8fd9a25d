"""What every page is made from, and how each is begun and finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from briefing.incremental.stored import Stored
from briefing.model.pages import Mentions, Page, View
from briefing.model.records import Change, Event, Record
from briefing.model.site import Site
from briefing.model.steps import Shell
from briefing.model.text import Link, Ref
from briefing.weave.catalogue import Catalogue
from briefing.weave.references import Apparatus, tell_apart
from briefing.weave.resolve import Lookup


class Whole:
    """What every page is made from: the records in order, the names they go by, and who speaks of whom."""

    def __init__(
        self, site: Site, records: Sequence[Record], lookup: Lookup, mentions: dict[str, tuple[Mentions, ...]], now: str
    ) -> None:
        self.site, self.records, self.lookup, self.mentions, self.now = site, records, lookup, mentions, now
        self.catalogue: Catalogue = lookup.catalogue
        self._kinds = {kind: list(part) for kind, part in groupby(records, key=lambda record: record.kind)}
        self.acts: dict[str, list[Record]] = _by_actor(self.of_kind("event"))

    @cached_property
    def news(self) -> tuple[tuple[Record, Change], ...]:
        """Give every change note with its record, the newest first."""
        notes = ((record, change) for record in self.records for change in record.changes)
        return tuple(sorted(notes, key=lambda item: item[1].date, reverse=True))

    @cached_property
    def news_ids(self) -> tuple[str, ...]:
        """Give the permanent name of every change note, in the order of `news`."""
        return _name_news(self.news)

    @cached_property
    def support(self) -> tuple[View, ...]:
        """Show where readers find help, as it stands on every page that may hurt."""
        return tuple(brief_view(self, record) for record in self.of_kind("support"))

    def of_kind(self, kind: str) -> list[Record]:
        """Give the records of one kind, in order."""
        return self._kinds.get(kind, [])

    def language(self, record: Record | None = None) -> str:
        """Give the language of a record's page."""
        return (record.lang if record else "") or self.site.language

    def apparatus(self) -> Apparatus:
        """Begin a page."""
        return Apparatus(self.lookup, self.now)

    def crumbs(self, *links: Link | None) -> tuple[Link, ...]:
        """Say where a page stands: home, then the given links."""
        home = self.catalogue.at("/") or Link("", "listing", self.site.short_title, "", "/")
        return (replace(home, title="Home"), *(link for link in links if link))


def _name_news(news: Sequence[tuple[Record, Change]]) -> tuple[str, ...]:
    """Name each change note by its record and day, and a number where one day has several; newer ones rename none."""
    seen: Counter[str] = Counter()
    names = []
    for record, change in reversed(news):
        name = f"{record.id}-{change.date}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return tuple(reversed(names))


def shell(page: Page, *bodies: str) -> Shell:
    """Wrap a finished page with what stands outside it: its address, its template and the bodies it prints."""
    return Shell(page.address, page.template, bodies, Stored.of(page))


def begin(whole: Whole, address: str, template: str, title: str) -> Page:
    """Begin a page that is about no single record."""
    return Page(address, template, "listing", title, "", whole.site.language, crumbs=whole.crumbs())


def dress(whole: Whole, page: Page, apparatus: Apparatus, sensitive: bool = False) -> Page:
    """Finish a page: its support box, then what its apparatus gathered."""
    return replace(
        page,
        support=whole.support if sensitive else (),
        receipts=tell_apart(apparatus.receipts),
        cards=tuple(apparatus.cards),
        glosses=apparatus.glosses,
        previews=apparatus.previews,
    )


def brief_view(whole: Whole, record: Record) -> View:
    """Show a record in a list: what it is, without its text and without what needs an apparatus."""
    return whole.apparatus().view(replace(record, text=None, headings=(), sources=(), changes=()))


def _by_actor(events: Iterable[Record]) -> dict[str, list[Record]]:
    """Give the events of every person, organisation and place."""
    found: dict[str, list[Record]] = {}
    for record in events:
        if isinstance(record.detail, Event):
            for ref in (*record.detail.who, *record.detail.where):
                if isinstance(ref, Ref):
                    found.setdefault(ref.id, []).append(record)
    return found
