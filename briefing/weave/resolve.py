"""Resolves what writers refer to: links, ids, sources, figures and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace

from briefing.model.records import Entry, Event, Number, Recommendation, Record, StyleRule, Term, Unknown
from briefing.model.steps import PendingProblem
from briefing.model.text import (
    Citation,
    CitedSource,
    Image,
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
from briefing.weave.catalogue import Catalogue
from briefing.weave.walk import contents

_HOLE = re.compile('<placeholder n="(\\d+)">(.*?)</placeholder>', re.DOTALL)
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


class Resolver:
    """Resolves what writers refer to, and collects a problem for what does not exist."""

    def __init__(
        self, catalogue: Catalogue, images: tuple[tuple[str, int, int], ...], allowed: tuple[str, ...]
    ) -> None:
        self.catalogue = catalogue
        self.problems: set[PendingProblem] = set()
        self._images = {path: (width, height) for path, width, height in images}
        self._allowed = frozenset(allowed)

    def among(self, catalogue: Catalogue) -> Resolver:
        """Begin anew with another catalogue, and the same pictures."""
        other = copy(self)
        other.catalogue, other.problems = catalogue, set()
        return other

    def add_problem(self, path: str, span: int, finding: Finding) -> None:
        """Add a problem at a span of a file."""
        self.problems.add(PendingProblem(path, span, finding))

    def link(self, reference: Reference, path: str) -> Link:
        """Resolve a link in running text."""
        target = reference.target
        found = self.catalogue.find_path(target, path) if reference.by_path else self.catalogue.find(target)
        if isinstance(found, Finding):
            if not self.catalogue.is_unread(target):
                self.add_problem(path, reference.span, found)
            return NOWHERE
        if not reference.heading:
            return found
        heading = self.catalogue.find_heading(found, reference.heading)
        if isinstance(heading, Finding):
            self.add_problem(path, reference.span, heading)
            return found
        return replace(found, address=f"{found.address}#{heading}")

    def named(self, ref: Ref, path: str) -> Link:
        """Resolve a record named by id in a field."""
        found = self.catalogue.find_id(ref.id, ref.kinds)
        if isinstance(found, Finding):
            if not self.catalogue.is_unread(ref.id):
                self.add_problem(path, ref.span, found)
            return NOWHERE
        return found

    def source(self, cited: CitedSource, path: str) -> Record | None:
        """Resolve a cited source."""
        if not cited.key or not (link := self.named(Ref(cited.key, cited.span, ("source",)), path)).id:
            return None
        return self.catalogue.records[link.id]

    def figure(self, use: NumberRef, path: str) -> Record | None:
        """Resolve a figure of the ledger."""
        link = self.named(Ref(use.number, use.span, ("number",)), path)
        return self.catalogue.records[link.id] if link.id else None

    def image(self, picture: Picture, path: str) -> Image:
        """Resolve a picture among the assets."""
        name = picture.path.removeprefix("/").removeprefix("assets/")
        if name not in self._images:
            hint = "put it into assets/ and name it by its path there, as PNG, JPEG or SVG"
            self.add_problem(
                path, picture.span, Finding("missing-picture", f"there is no picture “{picture.path}”", hint)
            )
        elif name not in self._allowed:
            message = f"the picture “{name}” is not among those that this site may show"
            hint = "name it with a reason under pictures in content/site.yaml, once somebody has looked at it"
            self.add_problem(path, picture.span, Finding("unlisted-picture", message, hint))
        width, height = self._images.get(name, (0, 0))
        return Image(f"/assets/{name}", picture.alt, width, height)

    def keys(self, parts: Iterable[Prose | Ref | CitedSource | Entry]) -> Iterator[str]:
        """Give the id of every source that some parts of a record cite, those of its figures included."""
        for part in parts:
            match part:
                case CitedSource():
                    yield part.key
                case Entry():
                    yield from self.keys((part.text, *contents(part.sources)))
                case Prose():
                    for placeholder in part.placeholders:
                        if isinstance(placeholder, Citation):
                            yield from (item.key for item in placeholder.items)
                        elif isinstance(placeholder, NumberRef) and (
                            number := self.catalogue.records.get(placeholder.number)
                        ):
                            yield from self.keys(contents(number.sources))

    def summary(self, record: Record) -> str:
        """Say in a line what a record is, with the titles of what that line links to."""
        gist = _gist(record)
        return self.plain(gist, record.path) if gist and gist.placeholders else record.summary

    def words(self, placeholder: Placeholder | Resolved, path: str) -> str:
        """Give what a hole says when it is read aloud and the writer gave no words for it."""
        match placeholder:
            case Reference(labelled=False):
                return self.link(placeholder, path).title
            case NumberRef():
                record = self.figure(placeholder, path)
                return record.detail.value if record and isinstance(record.detail, Number) else ""
            case _:
                return ""

    def sentence_text(self, prose: Prose, sentence: int, path: str) -> str:
        """Give one sentence of a text as plain words."""
        return _MARK.sub(lambda mark: self.words(prose.placeholders[int(mark[1])], path), prose.sentences[sentence])

    def plain(self, prose: Prose, path: str) -> str:
        """Give a short text as plain words."""
        words = _HOLE.sub(
            lambda placeholder: placeholder[2] or self.words(prose.placeholders[int(placeholder[1])], path), prose.html
        )
        text = re.sub(r"<[^>]+>", "", words)
        for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
            text = text.replace(entity, character)
        return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split()))
