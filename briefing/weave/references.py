"""The scholarly apparatus of one page: what its references lead to, its receipts and its figures' cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from briefing.model.pages import Card, Mentions, Preview, Receipt, View
from briefing.model.records import Entry, Event, Number, Recommendation, Record, StyleRule, Term, Unknown, Work
from briefing.model.steps import Fault
from briefing.model.text import (
    Chip,
    Chips,
    Citation,
    Cited,
    Figure,
    FigureUse,
    Fill,
    Gloss,
    Hole,
    Image,
    Link,
    Picture,
    Prose,
    Ref,
    Reference,
)
from briefing.weave.catalogue import Catalogue, Missing

V = TypeVar("V")
_HOLE = re.compile('<hole n="(\\d+)">(.*?)</hole>', re.DOTALL)
_MARK = re.compile("\x02(\\d+)\x03")
NOWHERE = Link("", "", "", "", "")
"""Stands for a target that does not exist; its fault stops the build, so no reader sees it."""


_PLAIN = {str, int, bool, float}
"""Kinds of value within which nothing refers to anything."""
_SOUGHT = {Prose, Ref, Cited, Entry}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def contents(value: Any) -> list[Prose | Ref | Cited | Entry]:
    """Give every text, named record, cited source and dated entry within a value, in the order of its fields."""
    found: list[Prose | Ref | Cited | Entry] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[Prose | Ref | Cited | Entry]) -> None:
    kind: Any = type(value)
    if kind in _SOUGHT:
        found.append(value)
        return
    for part in value if kind is tuple else [getattr(value, name) for name in _names(kind)]:
        if part and type(part) not in _PLAIN:
            _gather(part, found)


def _gist(record: Record) -> Prose | None:
    """Give the text that says in a line what a record is, where it is running text."""
    match record.detail:
        case Term(meaning=text) | Event(text=text) | Recommendation(asks=text) | Number(definition=text):
            return text
        case Unknown(why=text) | StyleRule(prefer=text):
            return text
        case _:
            return None


class Lookup:
    """Resolves what writers refer to, and notes as faults what leads nowhere."""

    def __init__(
        self, catalogue: Catalogue, images: tuple[tuple[str, int, int], ...], allowed: tuple[str, ...]
    ) -> None:
        self.catalogue = catalogue
        self.faults: set[Fault] = set()
        self._images = {path: (width, height) for path, width, height in images}
        self._allowed = frozenset(allowed)

    def among(self, catalogue: Catalogue) -> Lookup:
        """Begin anew with another catalogue, and the same pictures."""
        other = copy(self)
        other.catalogue, other.faults = catalogue, set()
        return other

    def fault(self, path: str, spot: int, missing: Missing) -> None:
        """Note that something at a spot leads nowhere."""
        self.faults.add(Fault(path, spot, missing.code, missing.message, missing.hint))

    def link(self, reference: Reference, path: str) -> Link:
        """Resolve a link in running text."""
        target = reference.target
        found = self.catalogue.find_path(target, path) if reference.by_path else self.catalogue.find(target)
        if isinstance(found, Missing):
            if not self.catalogue.is_unread(target):
                self.fault(path, reference.spot, found)
            return NOWHERE
        if not reference.heading:
            return found
        heading = self.catalogue.find_heading(found, reference.heading)
        if isinstance(heading, Missing):
            self.fault(path, reference.spot, heading)
            return found
        return replace(found, address=f"{found.address}#{heading}")

    def named(self, ref: Ref, path: str) -> Link:
        """Resolve a record named by id in a field."""
        found = self.catalogue.find_id(ref.id, ref.kinds)
        if isinstance(found, Missing):
            if not self.catalogue.is_unread(ref.id):
                self.fault(path, ref.spot, found)
            return NOWHERE
        return found

    def source(self, cited: Cited, path: str) -> Record | None:
        """Resolve a cited source."""
        if not cited.key or not (link := self.named(Ref(cited.key, cited.spot, ("source",)), path)).id:
            return None
        return self.catalogue.records[link.id]

    def figure(self, use: FigureUse, path: str) -> Record | None:
        """Resolve a figure of the ledger."""
        link = self.named(Ref(use.number, use.spot, ("number",)), path)
        return self.catalogue.records[link.id] if link.id else None

    def image(self, picture: Picture, path: str) -> Image:
        """Resolve a picture among the assets."""
        name = picture.path.removeprefix("/").removeprefix("assets/")
        if name not in self._images:
            hint = "put it into assets/ and name it by its path there, as PNG, JPEG or SVG"
            self.fault(path, picture.spot, Missing("missing-picture", f"there is no picture “{picture.path}”", hint))
        elif name not in self._allowed:
            message = f"the picture “{name}” is not among those that this site may show"
            hint = "name it with a reason under pictures in content/site.yaml, once somebody has looked at it"
            self.fault(path, picture.spot, Missing("unlisted-picture", message, hint))
        width, height = self._images.get(name, (0, 0))
        return Image(f"/assets/{name}", picture.alt, width, height)

    def keys(self, parts: Iterable[Prose | Ref | Cited | Entry]) -> Iterator[str]:
        """Give the id of every source that some parts of a record cite, those of its figures included."""
        for part in parts:
            match part:
                case Cited():
                    yield part.key
                case Entry():
                    yield from self.keys((part.text, *contents(part.sources)))
                case Prose():
                    for hole in part.holes:
                        if isinstance(hole, Citation):
                            yield from (item.key for item in hole.items)
                        elif isinstance(hole, FigureUse) and (number := self.catalogue.records.get(hole.number)):
                            yield from self.keys(contents(number.sources))

    def summary(self, record: Record) -> str:
        """Say in a line what a record is, with the titles of what that line links to."""
        gist = _gist(record)
        return self.plain(gist, record.path) if gist and gist.holes else record.summary

    def words(self, hole: Hole | Fill, path: str) -> str:
        """Give what a hole says when it is read aloud and the writer gave no words for it."""
        match hole:
            case Reference(labelled=False):
                return self.link(hole, path).title
            case FigureUse():
                record = self.figure(hole, path)
                return record.detail.value if record and isinstance(record.detail, Number) else ""
            case _:
                return ""

    def say(self, prose: Prose, sentence: int, path: str) -> str:
        """Give one sentence of a text as plain words."""
        return _MARK.sub(lambda mark: self.words(prose.holes[int(mark[1])], path), prose.sentences[sentence])

    def plain(self, prose: Prose, path: str) -> str:
        """Give a short text as plain words."""
        words = _HOLE.sub(lambda hole: hole[2] or self.words(prose.holes[int(hole[1])], path), prose.html)
        text = re.sub(r"<[^>]+>", "", words)
        for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
            text = text.replace(entity, character)
        return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split()))


class Apparatus:
    """What one page needs besides its text: fills for the holes, and what they open, in the order of first use."""

    def __init__(self, lookup: Lookup, now: str) -> None:
        self.receipts: list[Receipt] = []
        self.cards: list[Card] = []
        self._lookup = lookup
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
                return replace(value, holes=tuple(self._fill_hole(h, path) for h in value.holes), sentences=())
            case Ref():
                return self._lookup.named(value, path)
            case Cited():
                return self._chip(value, path)
            case tuple():
                return tuple([self._fill_part(item, path) for item in value])
            case _ if names := _names(kind := cast(Any, type(value))):
                return kind(*[self._fill_part(getattr(value, name), path) for name in names])
            case _:
                return value

    def _fill_part(self, part: Any, path: str) -> Any:
        return self.fill(part, path) if part and type(part) not in _PLAIN else part

    def _fill_hole(self, hole: Hole | Fill, path: str) -> Fill:
        match hole:
            case Reference():
                return self._link(self._lookup.link(hole, path))
            case Citation():
                return Chips(tuple(self._chip(item, path) for item in hole.items))
            case FigureUse():
                return self._figure(hole, path)
            case Picture():
                return self._lookup.image(hole, path)
            case _:
                return hole

    def _link(self, link: Link) -> Link | Gloss:
        if link.kind == "term" and "#" not in link.address:
            return Gloss(link, self._glosses.setdefault(link, len(self._glosses)))
        if link.summary and link.id not in self._previews:
            whole = self._lookup.catalogue.links[link.id]
            self._previews[link.id] = Preview(whole, self._lookup.catalogue.records[link.id].as_of)
        return link

    def _chip(self, cited: Cited, path: str) -> Chip:
        source = self._lookup.source(cited, path)
        if source is None or not isinstance(source.detail, Work):
            return Chip(-1, "", "")
        key = (source.id, cited.passage, cited.locator)
        if key not in self._receipt_at:
            self._receipt_at[key] = len(self.receipts)
            self.receipts.append(self._receipt(source, source.detail, cited, path))
        return Chip(self._receipt_at[key], source.detail.label, cited.prefix)

    def _receipt(self, source: Record, work: Work, cited: Cited, path: str) -> Receipt:
        passage = next((passage for passage in work.passages if passage.id == cited.passage), None)
        if cited.passage and passage is None:
            known = ", ".join(passage.id for passage in work.passages) or "none"
            missing = Missing(
                "unknown-passage", f"“{source.id}” has no passage “{cited.passage}”", f"known are: {known}"
            )
            self._lookup.fault(path, cited.spot, missing)
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

    def _figure(self, use: FigureUse, path: str) -> Figure:
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
