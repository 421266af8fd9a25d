"""The scholarly apparatus of one page: what its references lead to, its receipts and its figures' cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar, cast

from briefing.model.pages import Card, Mentions, Preview, Receipt, View
from briefing.model.records import Number, Record, SourceDetail
from briefing.model.text import (
    Chip,
    Chips,
    Citation,
    CitedSource,
    Figure,
    Gloss,
    Link,
    NumberRef,
    Picture,
    Placeholder,
    Prose,
    Ref,
    Reference,
    Resolved,
)
from briefing.problems import Finding
from briefing.weave.resolve import Resolver
from briefing.weave.walk import PLAIN, field_names

V = TypeVar("V")


class PageReferences:
    """What one page needs besides its text: fills for the holes, and what they open, in the order of first use."""

    def __init__(self, resolver: Resolver, now: str) -> None:
        self.receipts: list[Receipt] = []
        self.cards: list[Card] = []
        self._lookup = resolver
        self._now = now
        self._receipt_at: dict[tuple[str, str, str], int] = {}
        self._card_at: dict[str, int] = {}
        self._glosses: dict[Link, int] = {}
        self._previews: dict[str, Preview] = {}

    @property
    def glosses(self) -> tuple[Link, ...]:
        """Give the glossary terms that the page explains."""
        return tuple(self._glosses)

    @property
    def previews(self) -> tuple[Preview, ...]:
        """Give what the page tells of the records that its texts link to."""
        return tuple(self._previews.values())

    def view(self, record: Record, mentions: tuple[Mentions, ...] = ()) -> View:
        """Show a record: everything in it that refers to something, resolved."""
        path = record.path
        return View(
            link=self._lookup.catalogue.links[record.id],
            text=self.fill(record.text, path),
            headings=record.headings,
            sources=self.fill(record.sources, path),
            detail=self.fill(record.detail, path),
            aka=record.aka,
            as_of=record.as_of,
            check_by=record.check_by,
            overdue=bool(record.check_by) and record.check_by < self._now,
            updated=record.updated,
            changes=self.fill(record.changes, path),
            topics=record.topics,
            mentions=mentions,
        )

    def fill(self, value: V, path: str) -> Any:
        """Resolve everything within a value that came from a file."""
        match value:
            case Prose():
                return replace(
                    value, placeholders=tuple(self._fill_hole(h, path) for h in value.placeholders), sentences=()
                )
            case Ref():
                return self._lookup.named(value, path)
            case CitedSource():
                return self._chip(value, path)
            case tuple():
                return tuple([self._fill_part(item, path) for item in value])
            case _ if names := field_names(kind := cast(Any, type(value))):
                return kind(*[self._fill_part(getattr(value, name), path) for name in names])
            case _:
                return value

    def _fill_part(self, part: Any, path: str) -> Any:
        return self.fill(part, path) if part and type(part) not in PLAIN else part

    def _fill_hole(self, placeholder: Placeholder | Resolved, path: str) -> Resolved:
        match placeholder:
            case Reference():
                return self._link(self._lookup.link(placeholder, path))
            case Citation():
                return Chips(tuple(self._chip(item, path) for item in placeholder.items))
            case NumberRef():
                return self._figure(placeholder, path)
            case Picture():
                return self._lookup.image(placeholder, path)
            case _:
                return placeholder

    def _link(self, link: Link) -> Link | Gloss:
        if link.kind == "term" and "#" not in link.address:
            return Gloss(link, self._glosses.setdefault(link, len(self._glosses)))
        if link.summary and link.id not in self._previews:
            index = self._lookup.catalogue.links[link.id]
            self._previews[link.id] = Preview(index, self._lookup.catalogue.records[link.id].as_of)
        return link

    def _chip(self, cited: CitedSource, path: str) -> Chip:
        source = self._lookup.source(cited, path)
        if source is None or not isinstance(source.detail, SourceDetail):
            return Chip(-1, "", "")
        key = (source.id, cited.passage, cited.locator)
        if key not in self._receipt_at:
            self._receipt_at[key] = len(self.receipts)
            self.receipts.append(self._receipt(source, source.detail, cited, path))
        return Chip(self._receipt_at[key], source.detail.label, cited.prefix)

    def _receipt(self, source: Record, work: SourceDetail, cited: CitedSource, path: str) -> Receipt:
        passage = next((passage for passage in work.passages if passage.id == cited.passage), None)
        if cited.passage and passage is None:
            known = ", ".join(passage.id for passage in work.passages) or "none"
            missing = Finding(
                "unknown-passage", f"“{source.id}” has no passage “{cited.passage}”", f"known are: {known}"
            )
            self._lookup.add_problem(path, cited.span, missing)
        return Receipt(
            link=self._lookup.catalogue.links[source.id],
            label=work.label,
            work=replace(work, passages=(), note=None),
            locator=cited.locator or (passage.locator if passage else ""),
            says=passage.says if passage else "",
            checked=(passage.checked if passage else "") or work.checked,
            starts=passage.starts if passage else "",
            ends=passage.ends if passage else "",
        )

    def _figure(self, use: NumberRef, path: str) -> Figure:
        record = self._lookup.figure(use, path)
        if record is None or not isinstance(record.detail, Number):
            return Figure("", -1)
        if record.id not in self._card_at:
            self._card_at[record.id] = len(self.cards)
            number = record.detail
            self.cards.append(
                Card(
                    link=self._lookup.catalogue.links[record.id],
                    value=number.value,
                    definition=self._lookup.plain(number.definition, record.path),
                    as_of=record.as_of,
                    avoid=number.avoid,
                    sources=self.fill(record.sources, record.path),
                )
            )
        return Figure(record.detail.value, self._card_at[record.id])


def disambiguate(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Say of each source that shares publisher and month with another one what its chip must add to them."""
    listed = tuple(receipts)
    alike: dict[tuple[str, str], dict[str, str]] = {}
    for one in listed:
        alike.setdefault(_said(one), {})[one.link.id] = one.work.issued
    return tuple(replace(one, apart=_apart(one, alike[_said(one)])) for one in listed)


def _said(receipt: Receipt) -> tuple[str, str]:
    """Give what a chip says by itself."""
    return receipt.label, receipt.work.issued[:7]


def _apart(receipt: Receipt, days: dict[str, str]) -> str:
    if len(days) == 1:
        return ""
    return "day" if list(days.values()).count(receipt.work.issued) == 1 else "title"
