"""Resolves what writers refer to: links, ids, sources, figures and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from briefing.locale.interface import Interface
from briefing.model.drawings import Sketch
from briefing.model.evidence import PassageResult
from briefing.model.pages import CitedPlace
from briefing.model.records import Number, Passage, Recommendation, Record, SourceDetail
from briefing.model.steps import PendingProblem
from briefing.model.text import (
    Citation,
    CitedSource,
    Image,
    Link,
    NumberRef,
    ParsedProse,
    Picture,
    Placeholder,
    Ref,
    Reference,
    TypedDrawing,
)
from briefing.model.walk import find_parts
from briefing.problems import Finding
from briefing.text.link_words import check_words
from briefing.text.placeholders import replace_marks
from briefing.text.plain_words import plain_words
from briefing.values import dataclass
from briefing.weave.catalogue import Catalogue
from briefing.weave.files import Files

NOWHERE = Link("", "", "", "", "")
"""The link to a target that does not exist; its problem stops the build, so no reader sees it."""
_LISTED = 10
"""Passages of a source that a message lists."""


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A cited source and the place in it."""

    link: Link
    work: SourceDetail[ParsedProse]
    place: CitedPlace


class Resolver:
    """Resolves what writers refer to, and collects a problem for each target that does not exist."""

    def __init__(self, catalogue: Catalogue, files: Files, words: Interface) -> None:
        self.catalogue, self.interface = catalogue, words
        self.problems: set[PendingProblem] = set()
        self.files = files
        self._cited: dict[tuple[str, str, str], FoundSource] = {}
        self._passages: dict[str, dict[str, Passage]] = {}

    def with_catalogue(self, catalogue: Catalogue, words: Interface) -> Resolver:
        """Return a resolver with another catalogue and other words, the same pictures and no problems."""
        other = copy(self)
        other.catalogue, other.interface, other.problems, other._cited = catalogue, words, set(), {}
        other._passages = {}
        return other

    def add_problem(self, path: str, span: int, finding: Finding) -> None:
        """Add a problem at a span of a file."""
        self.problems.add(PendingProblem(path, span, finding))

    def link(self, reference: Reference, path: str) -> Link:
        """Resolve a link in running text."""
        target = reference.target
        if reference.by_path and not target.endswith(".md"):
            document = self.files.document(target, path, self.interface)
            if isinstance(document, Link):
                return document
            if document:
                self.add_problem(path, reference.span, document)
                return NOWHERE
        found = self.catalogue.find_path(target, path) if reference.by_path else self.catalogue.find(target)
        if isinstance(found, Finding):
            if not self._only_follows(found, target, is_name=not reference.by_path):
                self.add_problem(path, reference.span, found)
            return NOWHERE
        if not reference.heading:
            return found
        heading = self.catalogue.find_heading(found, reference.heading)
        if isinstance(heading, Finding):
            if not self.catalogue.is_unread(found.id) and self.catalogue.is_checked_here(path):
                self.add_problem(path, reference.span, heading)
            return found
        return replace(found, address=f"{found.address}#{heading}")

    def named(self, ref: Ref, path: str) -> Link:
        """Resolve a record named by id in a field."""
        return self._find_id(ref.id, ref.kinds, ref.span, path) or NOWHERE

    def _find_id(self, name: str, kinds: tuple[str, ...], span: int, path: str) -> Link | None:
        found = self.catalogue.find_id(name, kinds)
        if not isinstance(found, Finding):
            return found
        if not self._only_follows(found, name, kinds):
            self.add_problem(path, span, found)
        return None

    def _only_follows(self, found: Finding, name: str, kinds: tuple[str, ...] = (), is_name: bool = True) -> bool:
        """Whether a name or path is not found only because the record that it means is reported by itself."""
        if self.catalogue.is_unread(name):
            return True
        return is_name and found.code.startswith("unknown") and self.catalogue.is_unnamed(name, kinds)

    def cited(self, cited: CitedSource, path: str) -> FoundSource | None:
        """Resolve a cited source and the place in it, once for the whole site; None where there is no such source."""
        key = (cited.key, cited.passage, cited.locator)
        if key in self._cited or not cited.key:
            return self._cited.get(key)
        link = self._find_id(cited.key, ("source",), cited.span, path)
        work = self.catalogue.records[link.id].detail if link else None
        if link is None or not isinstance(work, SourceDetail):
            return None
        if link.id not in self._passages:
            self._passages[link.id] = {passage.id: passage for passage in reversed(work.passages)}
        passage = self._passages[link.id].get(cited.passage)
        place = CitedPlace(
            locator=cited.locator or (passage.locator if passage else ""),
            says=passage.says if passage else "",
            checked=(passage.checked if passage else "") or work.checked,
            starts=passage.starts if passage else "",
            ends=passage.ends if passage else "",
            result=passage.result if passage else None,
        )
        found = FoundSource(link, work, place)
        if cited.passage and passage is None:  # reported at every place that cites it
            known = ", ".join(passage.id for passage in work.passages[:_LISTED]) or "none"
            known += ", …" if len(work.passages) > _LISTED else ""
            message = f"“{cited.key}” has no passage “{cited.passage}”"
            if not self.catalogue.is_unread(cited.key):
                self.add_problem(path, cited.span, Finding("unknown-passage", message, f"its passages: {known}"))
        else:
            self._cited[key] = found
            for finding in check_words(cited.locator, work.url or work.archived_url):
                self.add_problem(path, cited.span, finding)
        return found

    def result(self, cited: CitedSource) -> PassageResult | None:
        """Return what is known of the words of a passage that is cited; None if no passage is."""
        passage = self._passages.get(cited.key, {}).get(cited.passage)
        return passage.result if passage else None

    def is_name(self, citation: Citation) -> bool:
        """Whether `@words` name no source but, say, an account elsewhere: letters and `_`, without a locator."""
        [first, *_] = citation.items or (None,)
        return bool(
            citation.typed
            and first
            and citation.typed.removeprefix("@").replace("_", "").isalpha()
            and isinstance(self.catalogue.find_id(first.key, ("source",)), Finding)
        )

    def number(self, use: NumberRef, path: str) -> tuple[Record, Number[ParsedProse, CitedSource]] | None:
        """Resolve a figure of the ledger; None where there is none of that name."""
        link = self._find_id(use.number, ("number",), use.span, path)
        record = self.catalogue.records[link.id] if link else None
        return (record, record.detail) if record and isinstance(record.detail, Number) else None

    def image(self, picture: Picture, path: str) -> Image:
        """Resolve a picture."""
        image, findings = self.files.image(picture, path)
        for finding in findings:
            self.add_problem(path, picture.span, finding)
        return image

    def cited_keys(self, record: Record) -> Iterator[str]:
        """Yield the id of every source that a record cites, those of its figures included."""
        for part, _ in find_parts(record):
            match part:
                case CitedSource():
                    yield part.key
                case ParsedProse():
                    for placeholder in part.placeholders:
                        if isinstance(placeholder, Citation):
                            yield from (cited.key for cited in placeholder.items)
                        elif isinstance(placeholder, Sketch):
                            yield from self.drawn_keys(placeholder)
                        elif isinstance(placeholder, NumberRef):
                            yield from self._figure_keys(placeholder.number)

    def drawn_keys(self, sketch: TypedDrawing) -> Iterator[str]:
        """Yield the id of every source of a drawing, those of its figures included."""
        yield from (cited.key for cited in sketch.sources)
        for row in sketch.rows:
            for cell in row.cells:
                if cell.figure:
                    yield from self._figure_keys(cell.figure.number)

    def _figure_keys(self, number: str) -> Iterator[str]:
        record = self.catalogue.records.get(number)
        yield from (cited.key for cited in record.sources) if record else ()

    def list_progress(self) -> Iterator[tuple[Link, str, tuple[tuple[str, ...], ...]]]:
        """Yield each recommendation with its number and the dates of what was said, done and judged."""
        for record in self.catalogue.records.values():
            if isinstance(one := record.detail, Recommendation):
                dates = tuple(tuple(entry.date for entry in part) for part in (one.said, one.done, one.judged))
                yield self.catalogue.links[record.id], one.number, dates

    def summary(self, record: Record) -> str:
        """Return what a record is in a line, with the titles of what that line links to."""
        if isinstance(record.detail, SourceDetail):
            issued = self.interface.say("undated") if record.detail.issued == "undated" else record.detail.issued
            return self.interface.say(", ").join(
                filter(None, (record.detail.publisher or record.detail.author, issued))
            )
        text = getattr(record.detail, self.catalogue.kinds[record.kind].summary_field, None)
        return self.plain(text, record.path) if isinstance(text, ParsedProse) and text.placeholders else record.summary

    def words(self, placeholder: Placeholder, path: str) -> str:
        """Return the words that a placeholder shows where the writer gave none."""
        match placeholder:
            case Reference(labelled=False):
                return self.link(placeholder, path).title
            case NumberRef():
                found = self.number(placeholder, path)
                return found[1].value if found else ""
            case Citation(typed=typed) if typed:
                found_source = None if self.is_name(placeholder) else self.cited(placeholder.items[0], path)
                return found_source.work.label if found_source else typed
            case _:
                return ""

    def sentence_text(self, prose: ParsedProse, sentence: int, path: str) -> str:
        """Return one sentence of a text as plain words."""
        return replace_marks(prose.sentences[sentence], lambda n: self.words(prose.placeholders[n], path))

    def plain(self, prose: ParsedProse, path: str) -> str:
        """Return a short text as plain words."""
        return plain_words(prose.html, lambda n: self.words(prose.placeholders[n], path))
