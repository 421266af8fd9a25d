"""Resolves what writers refer to: links, ids, sources, figures and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace

from briefing.model.records import Entry, Event, Number, Recommendation, Record, StyleRule, Term, Unknown
from briefing.model.steps import Fault
from briefing.model.text import (
    Citation,
    Cited,
    FigureUse,
    Fill,
    Hole,
    Image,
    Link,
    Picture,
    Prose,
    Ref,
    Reference,
)
from briefing.weave.catalogue import Catalogue, Missing
from briefing.weave.walk import contents

_HOLE = re.compile('<hole n="(\\d+)">(.*?)</hole>', re.DOTALL)
_MARK = re.compile("\x02(\\d+)\x03")
NOWHERE = Link("", "", "", "", "")
"""Stands for a target that does not exist; its fault stops the build, so no reader sees it."""


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
