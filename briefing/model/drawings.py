"""Drawings: what a writer asks for in a `drawing` block, and what readers see of it.

A drawing is a list or a table of words with marks beside them, so that whoever cannot see the marks misses nothing.
Marks are placed in hundredths of the width that a strip has. As typed, a figure, a record and a source are what the
writer named; as shown, they are what that resolved to. The type variables say which.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeAlias, TypeVar

from briefing.values import dataclass

FigureT = TypeVar("FigureT")
"""A figure of the ledger: `NumberRef`, then `Figure`."""
RecordT = TypeVar("RecordT")
"""A record: `Ref`, then `Link`."""
CitedT = TypeVar("CitedT")
"""A cited source: `CitedSource`, then `Chip`."""

Draws: TypeAlias = Literal["steps", "bars", "dots", "lines", "dates", "answers", "progress"]
"""What a drawing shows: steps of a process, amounts, amounts over time, dates, who can do what, what was done."""
Bound: TypeAlias = Literal["", "least", "most"]
"""Whether an amount is known exactly, or is the least or the most that it can be."""
Shape: TypeAlias = Literal[
    "bar", "open-bar", "most-bar", "no-bar", "dot", "ring", "square", "diamond", "span", "open-span", "none"
]  # fmt: skip
"""What a mark looks like. Each differs from the others without its colour."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number to be drawn, and whether it is exact."""

    number: float
    bound: Bound = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a plot: its place in time and its height, in hundredths of the plot, and the words beside it.

    The height of the number 0 is `ground`; it is more than 0 only if the plot has negative values. `gap` says that a
    value is missing before this one, so no line may join the two.
    """

    along: float
    high: float
    value: str
    as_of: str
    ground: float = 0.0
    bound: Bound = ""
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Cell(Generic[FigureT]):
    """What a row says in one column: words, a number that may be drawn, or a figure of the ledger. `span` is its place.

    For `answers`, the words are `yes`, `no` or `not-known`.
    """

    words: str
    amount: Amount | None
    figure: FigureT | None
    span: int


@dataclass(frozen=True, slots=True)
class SketchRow(Generic[FigureT, RecordT]):
    """A row as typed. `level` is more than 0 for a part of a row above it. `until` is a date, or `open`."""

    label: str
    cells: tuple[Cell[FigureT], ...] = ()
    level: int = 0
    event: RecordT | None = None
    date: str = ""
    until: str = ""
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Sketch(Generic[FigureT, RecordT, CitedT]):
    """A drawing as its writer asks for it."""

    draws: Draws
    title: str
    note: str
    as_of: str
    sources: tuple[CitedT, ...]
    columns: tuple[str, ...]
    rows: tuple[SketchRow[FigureT, RecordT], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on a strip: its place, and for a bar or a span also its end."""

    shape: Shape
    start: float
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Strip(Generic[FigureT]):
    """What a row says in one column, and the marks that show it. `dates` are those of its marks."""

    words: str = ""
    figure: FigureT | None = None
    dates: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnRow(Generic[FigureT, RecordT]):
    """A row as shown. `number` is that of a recommendation."""

    label: str
    to: RecordT | None
    level: int
    strips: tuple[Strip[FigureT], ...]
    number: str = ""
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """Amounts over time, or in the order of their rows."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing(Generic[FigureT, RecordT, CitedT]):
    """A drawing as a page shows it.

    `ends` are the words at the two ends of the scale that all strips share, and `ticks` are places between them.
    """

    draws: Draws
    title: str
    note: str
    as_of: str
    sources: tuple[CitedT, ...]
    columns: tuple[str, ...]
    rows: tuple[DrawnRow[FigureT, RecordT], ...] = ()
    plots: tuple[Plot, ...] = ()
    ends: tuple[str, ...] = ()
    ticks: tuple[float, ...] = ()
