"""What one page needs in addition to its texts: receipts, figure cards, glosses and previews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import overload

from briefing.model.pages import Card, Mentions, Preview, Receipt, View
from briefing.model.records import Change, Detail, ParsedDetail, Record
from briefing.model.site import Question, Thread
from briefing.model.text import (
    Chip,
    Chips,
    Citation,
    CitedSource,
    Figure,
    Gloss,
    Link,
    NumberRef,
    ParsedProse,
    Picture,
    Placeholder,
    Prose,
    Ref,
    Reference,
    Resolved,
    Word,
)
from briefing.model.walk import Part, replace_parts
from briefing.weave.resolve import Resolver


class PageReferences:
    """Resolves what one page refers to, and numbers what that opens in the order of first use."""

    def __init__(self, resolver: Resolver, now: str) -> None:
        self.receipts: list[Receipt] = []
        self.cards: list[Card] = []
        self._resolver = resolver
        self._now = now
        self._receipt_numbers: dict[tuple[str, str, str], int] = {}
        self._card_numbers: dict[str, int] = {}
        self._glosses: dict[Link, int] = {}
        self._previews: dict[str, Preview] = {}

    @property
    def glosses(self) -> tuple[Link, ...]:
        """The glossary terms that the page explains."""
        return tuple(self._glosses)

    @property
    def previews(self) -> tuple[Preview, ...]:
        """The previews of the records that the page's texts link to."""
        return tuple(self._previews.values())

    def view(self, record: Record, mentions: tuple[Mentions, ...] = ()) -> View:
        """Return a record as the page shows it."""
        path = record.path
        return View(
            link=self._resolver.catalogue.links[record.id],
            text=self.prose(record.text, path) if record.text else None,
            headings=record.headings,
            sources=self.chips(record.sources, path),
            detail=self.resolve(record.detail, path),
            aka=record.aka,
            as_of=record.as_of,
            check_by=record.check_by,
            overdue=bool(record.check_by) and record.check_by < self._now,
            updated=record.updated,
            changes=tuple([self.resolve(change, path) for change in record.changes]),
            topics=record.topics,
            mentions=mentions,
            extra=record.extra,
        )

    @overload
    def resolve(self, value: ParsedDetail, path: str) -> Detail: ...
    @overload
    def resolve(self, value: Change[ParsedProse], path: str) -> Change[Prose]: ...
    @overload
    def resolve(self, value: Question[Ref], path: str) -> Question[Link]: ...
    @overload
    def resolve(self, value: Thread[Ref], path: str) -> Thread[Link]: ...
    def resolve(self, value: object, path: str) -> object:
        """Resolve all references in a value that was parsed from the file at `path`."""
        return replace_parts(value, lambda part: self._resolve_part(part, path))

    def _resolve_part(self, part: Part, path: str) -> Prose | Link | Chip:
        match part:
            case ParsedProse():
                return self.prose(part, path)
            case CitedSource():
                return self._chip(part, path)
            case Ref():
                return self._resolver.named(part, path)

    def prose(self, text: ParsedProse, path: str) -> Prose:
        """Resolve the placeholders of a text."""
        placeholders = tuple([self._resolve_placeholder(one, path) for one in text.placeholders])
        return Prose(text.html, placeholders, text.body)

    def chips(self, sources: Iterable[CitedSource], path: str) -> tuple[Chip, ...]:
        """Resolve the sources of a citation or of a field."""
        return tuple([self._chip(cited, path) for cited in sources])

    def _resolve_placeholder(self, placeholder: Placeholder, path: str) -> Resolved:
        match placeholder:
            case Reference():
                return self._link(self._resolver.link(placeholder, path))
            case Citation():
                if self._resolver.is_name(placeholder):
                    return Chips((), placeholder.typed)
                return Chips(self.chips(placeholder.items, path))
            case Word():
                return placeholder
            case NumberRef():
                return self._figure(placeholder, path)
            case Picture():
                return self._resolver.image(placeholder, path)

    def _link(self, link: Link) -> Link | Gloss:
        kinds = self._resolver.catalogue.kinds
        if link.kind in kinds and kinds[link.kind].has_gloss and "#" not in link.address:
            return Gloss(link, self._glosses.setdefault(link, len(self._glosses)))
        if link.summary and link.id not in self._previews:
            catalogue = self._resolver.catalogue
            self._previews[link.id] = Preview(catalogue.links[link.id], catalogue.records[link.id].as_of)
        return link

    def _chip(self, cited: CitedSource, path: str) -> Chip:
        receipt = self._resolver.receipt(cited, path)
        if receipt is None:
            return Chip(-1, "", "")
        key = (cited.key, cited.passage, cited.locator)
        if key not in self._receipt_numbers:
            self._receipt_numbers[key] = len(self.receipts)
            self.receipts.append(receipt)
        return Chip(self._receipt_numbers[key], receipt.label, cited.prefix)

    def _figure(self, use: NumberRef, path: str) -> Figure:
        found = self._resolver.number(use, path)
        if found is None:
            return Figure("", -1)
        record, number = found
        if record.id not in self._card_numbers:
            self._card_numbers[record.id] = len(self.cards)
            link = self._resolver.catalogue.links[record.id]
            self.cards.append(
                Card(
                    link=link,
                    value=number.value,
                    definition=link.summary,
                    as_of=record.as_of,
                    avoid=number.avoid,
                    sources=self.chips(record.sources, record.path),
                )
            )
        return Figure(number.value, self._card_numbers[record.id])


def disambiguate(receipts: Iterable[Receipt]) -> tuple[Receipt, ...]:
    """Set `apart` of each receipt whose source shares label and month with another source."""
    listed = tuple(receipts)
    days: dict[tuple[str, str], dict[str, str]] = {}
    for one in listed:
        days.setdefault(_chip_words(one), {})[one.link.id] = one.work.issued
    return tuple(replace(one, apart=_apart(one, days[_chip_words(one)])) for one in listed)


def _chip_words(receipt: Receipt) -> tuple[str, str]:
    """Return what a chip shows by itself: label and month."""
    return receipt.label, receipt.work.issued[:7]


def _apart(receipt: Receipt, days: dict[str, str]) -> str:
    if len(days) == 1:
        return ""
    return "day" if list(days.values()).count(receipt.work.issued) == 1 else "title"
