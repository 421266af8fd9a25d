"""Drawings: where the marks of each row stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from briefing.model.drawings import Amount, Bound, DrawnRow, Mark, Plot, Point, Shape, SketchRow, Strip
from briefing.model.records import ParsedEntry, Recommendation
from briefing.model.text import CitedSource, Figure, Link, ParsedProse, Ref
from briefing.text.scales import place, place_dates, place_numbers, place_years

Row: TypeAlias = SketchRow[Figure, Link]
"""A row as typed, with its figures and records resolved."""
Drawn: TypeAlias = DrawnRow[Figure, Link]
Scale: TypeAlias = tuple[tuple[Drawn, ...], tuple[str, ...], tuple[float, ...]]
"""The rows of a drawing, the words at the ends of their scale, and the places between them."""
_BARS: dict[Bound, Shape] = {"": "bar", "least": "open-bar", "most": "most-bar"}
_ANSWERS: dict[str, Shape] = {"yes": "dot", "no": "ring"}
_MOST_TICKS = 12
_OPEN = 85.0
"""Where the last date stands if something goes on after it."""


def draw_steps(rows: Iterable[Row]) -> Scale:
    """Draw steps: a mark for each that has a figure, a hollow one for each that has none."""
    return tuple(_drawn(row, [_strip(row, (Mark("square" if row.cells else "none", 0.0),))]) for row in rows), (), ()


def draw_answers(rows: Iterable[Row]) -> Scale:
    """Draw answers: one mark in each column."""
    drawn = [
        _drawn(row, [Strip(cell.words, None, (), (Mark(_ANSWERS.get(cell.words, "none"), 0.0),)) for cell in row.cells])
        for row in rows
    ]
    return tuple(drawn), (), ()


def draw_amounts(rows: Sequence[Row], as_bars: bool) -> Scale:
    """Draw amounts as bars, which begin at 0, or as dots between the smallest and the largest amount."""
    found = [(cell.amount.number, _words(cell.words, cell.figure)) for row in rows for cell in row.cells if cell.amount]
    numbers = [number for number, _ in found]
    if as_bars or not numbers:
        numbers.append(0.0)
    lowest, highest = min(numbers), max(numbers)
    ground = place(0.0, lowest, highest)

    def mark(amount: Amount | None) -> Mark:
        if amount is None:
            return Mark("no-bar" if as_bars else "none", ground)
        at = place(amount.number, lowest, highest)
        if as_bars:
            return Mark(_BARS[amount.bound], min(ground, at), max(ground, at))
        return Mark("ring" if amount.bound else "dot", at)

    drawn = []
    for row in rows:
        strips = [Strip(cell.words, cell.figure, _dates(row), (mark(cell.amount),)) for cell in row.cells]
        drawn.append(_drawn(row, strips or [_strip(row, (mark(None),))]))
    ends = () if as_bars or not found else (min(found)[1], max(found)[1])
    return tuple(drawn), ends, (ground,) if lowest < 0 < highest else ()


def draw_dates(rows: Sequence[Row]) -> Scale:
    """Draw dates: a dot for each, a ring for one that was planned, and a span for what has an end or goes on."""
    dates = [date for row in rows for date in (row.date, row.until) if date and date != "open"]
    if not dates:
        return (), (), ()
    places = dict(zip(dates, place_dates(dates), strict=True))
    most = _OPEN if any(row.until == "open" for row in rows) else 100.0
    at = {date: round(one * most / 100, 1) for date, one in places.items()}

    def marks(row: Row) -> tuple[Mark, ...]:
        point = Mark("ring" if row.planned else "dot", at[row.date])
        if row.until == "open":
            return Mark("open-span", at[row.date], 100.0), point
        return (Mark("span", at[row.date], at[row.until]), point) if row.until else (point,)

    drawn = []
    for row in rows:
        until = (row.until,) if row.until else ()
        words = row.cells[0].words if row.cells else ""
        drawn.append(_drawn(row, [Strip(words, None, (row.date, *until), marks(row))]))
    ticks = [round(one * most / 100, 1) for one in place_years(dates)]
    return tuple(drawn), (min(dates), max(dates)), tuple(ticks) if len(ticks) <= _MOST_TICKS else ()


def draw_progress(rows: Sequence[tuple[Link, str, tuple[tuple[str, ...], ...]]]) -> Scale:
    """Draw what was said, done and judged of each recommendation, given as link, number and the dates of each."""
    shapes: tuple[Shape, ...] = ("dot", "square", "diamond")
    dates = [date for _, _, columns in rows for column in columns for date in column]
    if not dates:
        return (), (), ()
    places = dict(zip(dates, place_dates(dates), strict=True))
    drawn: tuple[Drawn, ...] = tuple(
        DrawnRow(
            link.title,
            link,
            0,
            tuple(
                Strip(dates=column, marks=tuple(Mark(shape, places[date]) for date in sorted(set(column))))
                for shape, column in zip(shapes, columns, strict=True)
            ),
            number,
        )
        for link, number, columns in rows
    )
    ticks = place_years(dates)
    return drawn, (min(dates), max(dates)), tuple(ticks) if len(ticks) <= _MOST_TICKS else ()


def draw_history(of: Recommendation[ParsedProse, Ref, CitedSource]) -> Scale:
    """Draw what was said, done and judged of one recommendation, and when it was due, each in a row of its own."""
    lists: tuple[tuple[Shape, tuple[ParsedEntry, ...]], ...]
    lists = ("dot", of.said), ("square", of.done), ("diamond", of.judged), *((("ring", of.due),) if of.due else ())
    dates = [entry.date for _, entries in lists for entry in entries]
    if len(set(dates)) < 2:
        return (), (), ()
    at = dict(zip(dates, place_dates(dates), strict=True))
    rows: list[Drawn] = []
    for shape, entries in lists:
        days = tuple(sorted({entry.date for entry in entries}))
        strip: Strip[Figure] = Strip(dates=days, marks=tuple(Mark(shape, at[day]) for day in days))
        rows.append(DrawnRow("", None, 0, (strip,)))
    ticks = place_years(dates)
    return tuple(rows), (min(dates), max(dates)), tuple(ticks) if len(ticks) <= _MOST_TICKS else ()


def draw_plots(rows: Sequence[Row], columns: Sequence[str]) -> tuple[Plot, ...]:
    """Draw one plot for each column, all on one scale, so that they can be compared."""
    along = place_dates([row.label for row in rows])
    high, ground = place_numbers([cell.amount.number for row in rows for cell in row.cells if cell.amount])
    places = iter(high)
    heights = [[next(places) if cell.amount else 0.0 for cell in row.cells] for row in rows]
    plots = []
    for n, column in enumerate(columns):
        points, gap = [], False
        for x, y, row in sorted(zip(along, heights, rows, strict=True), key=lambda one: one[0]):
            cell = row.cells[n] if n < len(row.cells) else None
            if cell and cell.amount:
                bound = cell.amount.bound
                points.append(Point(x, y[n], _words(cell.words, cell.figure), row.label, ground, bound, gap))
            gap = not (cell and cell.amount)
        plots.append(Plot(column, tuple(points)))
    return tuple(plots)


def _words(words: str, figure: Figure | None) -> str:
    return figure.value if figure else words


def _strip(row: Row, marks: tuple[Mark, ...]) -> Strip[Figure]:
    cell = row.cells[0] if row.cells else None
    return Strip(cell.words if cell else "", cell.figure if cell else None, _dates(row), marks)


def _dates(row: Row) -> tuple[str, ...]:
    return (row.date,) if row.date else ()


def _drawn(row: Row, strips: list[Strip[Figure]]) -> Drawn:
    return DrawnRow(row.label, row.event, row.level, tuple(strips), planned=row.planned)
