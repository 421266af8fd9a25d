"""What one page needs in addition to its texts: receipts, figure cards, glosses and previews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import cast, overload

from briefing.model.drawings import Cell, Drawing, Draws, Sketch, SketchRow
from briefing.model.evidence import PassageResult, Tally, count_states
from briefing.model.pages import Card, CitedPlace, Mentions, Preview, Receipt, View
from briefing.model.records import Change, Detail, Event, ParsedDetail, Recommendation, Record, SourceDetail, Support
from briefing.model.site import Question, Thread
from briefing.model.text import (
    Call,
    Chip,
    Chips,
    Citation,
    CitedSource,
    Credit,
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
    ShownDrawing,
    TypedDrawing,
    Word,
)
from briefing.model.walk import replace_parts
from briefing.problems import Finding
from briefing.weave.deadlines import is_late
from briefing.weave.drawings import (
    Row as DrawingRow,
)
from briefing.weave.drawings import (
    Scale,
    draw_amounts,
    draw_answers,
    draw_dates,
    draw_plots,
    draw_progress,
    draw_steps,
)
from briefing.weave.resolve import Resolver


@dataclass(slots=True)
class _Work:
    """A source that the page cites, so far: its places in order, and those that chips open together."""

    link: Link
    work: SourceDetail[Prose]
    places: dict[CitedPlace, int] = field(default_factory=dict)
    opened: dict[tuple[int, ...], None] = field(default_factory=dict)


class PageReferences:
    """Resolves what one page refers to, and numbers what that opens in the order of first use."""

    def __init__(self, resolver: Resolver, now: str) -> None:
        self.cards: list[Card] = []
        self.has_drawings = False
        """Whether one of the texts has a drawing."""
        self._resolver = resolver
        self._now = now
        self._works: list[_Work] = []
        self._work_numbers: dict[str, int] = {}
        self._card_numbers: dict[str, int] = {}
        self._glosses: dict[Link, int] = {}
        self._previews: dict[str, Preview] = {}
        self._results: dict[tuple[str, str], PassageResult] = {}

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        """The sources that the page cites."""
        return tuple(
            Receipt(one.link, one.work.label, one.work, tuple(one.places), tuple(one.opened)) for one in self._works
        )

    @property
    def glosses(self) -> tuple[Link, ...]:
        """The glossary terms that the page explains."""
        return tuple(self._glosses)

    @property
    def previews(self) -> tuple[Preview, ...]:
        """The previews of the records that the page's texts link to."""
        return tuple(self._previews.values())

    @property
    def tally(self) -> Tally | None:
        """How many of the passages that the page cites were found in copies; None if nothing is known of any."""
        return count_states(one.state for one in self._results.values()) if self._results else None

    def view(self, record: Record, mentions: tuple[Mentions, ...] = ()) -> View:
        """Return a record as the page shows it."""
        path = record.path
        return View(
            link=self._resolver.catalogue.links[record.id],
            text=self.prose(record.text, path) if record.text else None,
            headings=record.headings,
            sources=self.chips(record.sources, path),
            detail=self._detail(record.detail, path),
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

    def _detail(self, value: ParsedDetail, path: str) -> Detail:
        detail = self.resolve(value, path)
        if isinstance(value, Recommendation) and isinstance(detail, Recommendation):
            return replace(detail, late=is_late(value, self._now))
        return detail

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

        def resolve(part: ParsedProse | Ref) -> Prose | Link:
            return self.prose(part, path) if isinstance(part, ParsedProse) else self._resolver.named(part, path)

        return replace_parts(value, resolve, lambda sources: self.chips(sources, path))

    def prose(self, text: ParsedProse, path: str) -> Prose:
        """Resolve the placeholders of a text."""
        placeholders = tuple([self._resolve_placeholder(one, path) for one in text.placeholders])
        return Prose(text.html, placeholders, text.body)

    def chips(self, sources: Iterable[CitedSource], path: str) -> tuple[Chip, ...]:
        """Resolve the sources of a citation or of a field. Places of one source that stand together are one chip."""
        chips: list[Chip] = []
        for cited in sources:
            chip = self._chip(cited, path)
            if chips and chip.receipt == chips[-1].receipt >= 0 and not chip.prefix:
                first = chips.pop()
                chip = replace(first, places=tuple(dict.fromkeys(first.places + chip.places)))
            chips.append(chip)
        for chip in chips:
            if chip.receipt >= 0:
                self._works[chip.receipt].opened[chip.places] = None
        return tuple(chips)

    def _resolve_placeholder(self, placeholder: Placeholder, path: str) -> Resolved:
        match placeholder:
            case Reference():
                return self._link(self._resolver.link(placeholder, path))
            case Citation():
                if self._resolver.is_name(placeholder):
                    return Chips((), placeholder.typed)
                return Chips(self.chips(placeholder.items, path))
            case Word() | Credit():
                return placeholder
            case NumberRef():
                return self._figure(placeholder, path)
            case Picture():
                return self._resolver.image(placeholder, path)
            case Sketch():
                self.has_drawings = True
                return self._drawing(placeholder, path)

    def _drawing(self, sketch: TypedDrawing, path: str) -> ShownDrawing:
        rows = [self._row(row, sketch.draws, path) for row in sketch.rows]
        figures = [cell.figure for row in sketch.rows for cell in row.cells if cell.figure]
        found = filter(None, (self._resolver.number(one, path) for one in figures))
        sources = [*sketch.sources, *(cited for record, _ in found for cited in record.sources)]
        dates = {row.date for row in rows if row.date} if sketch.draws != "dates" else set()
        if len(dates) == 1:  # all have the date of the drawing
            rows = [replace(row, date="") for row in rows]
        drawn, ends, ticks = self._draw(sketch.draws, rows)
        return Drawing(
            sketch.draws,
            sketch.title,
            sketch.note,
            sketch.as_of or (dates.pop() if len(dates) == 1 else ""),
            self.chips({(one.key, one.passage, one.locator): one for one in sources}.values(), path),
            sketch.columns,
            drawn,
            draw_plots(rows, sketch.columns) if sketch.draws == "lines" else (),
            ends,
            ticks,
        )

    def _draw(self, draws: Draws, rows: list[DrawingRow]) -> Scale:
        match draws:
            case "steps":
                return draw_steps(rows)
            case "answers":
                return draw_answers(rows)
            case "dates":
                return draw_dates([row for row in rows if row.date])
            case "progress":
                return draw_progress(list(self._resolver.list_progress()))
            case "bars" | "dots" | "lines":
                return draw_amounts(rows, draws != "dots")

    def _row(self, row: SketchRow[NumberRef, Ref], draws: Draws, path: str) -> DrawingRow:
        """Resolve a row: an event gives it words and date, a figure of the ledger its words and amount."""
        label, link, date, planned = row.label, None, row.date, row.planned
        cells: list[Cell[Figure]] = []
        if row.event:
            link = self._resolver.named(row.event, path)
            record = self._resolver.catalogue.records.get(link.id)
            if record and isinstance(record.detail, Event):
                label, date, planned = label or record.title, record.detail.date, planned or record.detail.planned
                if record.detail.words:
                    cells.append(Cell(record.detail.words, None, None, -1))
        for cell in row.cells:
            found = self._resolver.number(cell.figure, path) if cell.figure else None
            label, date = label or (found[0].title if found else ""), date or (found[0].as_of if found else "")
            amount = cell.amount or (found[1].amount if found else None)
            figure = self._figure(cell.figure, path) if cell.figure else None
            if found and amount is None and draws in ("bars", "dots", "lines"):
                message = f"the figure “{found[1].value}” is not a number alone, so it cannot be drawn"
                finding = Finding("drawing", message, "add amount: to the row, such as amount: 800+")
                self._resolver.add_problem(path, cell.span, finding)
            cells.append(Cell(cell.words, amount, figure, cell.span))
        return SketchRow(label, tuple(cells), row.level, link, date, row.until, planned)

    def _link(self, link: Link) -> Link | Call | Gloss:
        kinds, records = self._resolver.catalogue.kinds, self._resolver.catalogue.records
        service = records[link.id].detail if link.id in records else None
        if isinstance(service, Support):
            return Call(link, service.number, service.call) if service.number else link
        if link.kind in kinds and kinds[link.kind].has_gloss and "#" not in link.address:
            return Gloss(link, self._glosses.setdefault(link, len(self._glosses)))
        shown = link.summary and not (link.kind in kinds and kinds[link.kind].article)  # a brief's title says enough
        if link.id and shown and link.id not in self._previews:
            catalogue = self._resolver.catalogue
            self._previews[link.id] = Preview(catalogue.links[link.id], catalogue.records[link.id].as_of)
        return link

    def _chip(self, cited: CitedSource, path: str) -> Chip:
        found = self._resolver.cited(cited, path)
        if found is None:
            return Chip(-1, (), "", "")
        if result := self._resolver.result(cited):
            self._results[cited.key, cited.passage] = result
        if cited.key not in self._work_numbers:
            self._work_numbers[cited.key] = len(self._works)
            work = cast("SourceDetail[Prose]", replace(found.work, passages=(), note=None))  # it has no text left
            self._works.append(_Work(found.link, work))
        number = self._work_numbers[cited.key]
        places = self._works[number].places
        place = places.setdefault(found.place, len(places))
        return Chip(number, (place,), found.work.label, cited.prefix)

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
