"""The marks of a drawing stand where their amounts and dates put them, and none stands for what is not known."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.drawings import Amount, Bound, Cell, Mark, SketchRow
from briefing.model.text import Link
from briefing.weave.drawings import Row, draw_amounts, draw_dates, draw_plots, draw_progress, draw_steps

LINK = Link("r", "recommendation", "Paint it", "", "/r/")


def row(*amounts: float | None, bound: Bound = "", label: str = "") -> Row:
    """Return a row with these amounts."""
    drawn = [None if one is None else Amount(one, bound) for one in amounts]
    return SketchRow(label, tuple(Cell(f"{one}", one, None, 0) for one in drawn))


def marks(rows: list[Row], as_bars: bool = True) -> list[Mark]:
    """Return the first mark of each row."""
    return [one.strips[0].marks[0] for one in draw_amounts(rows, as_bars)[0]]


def test_bars_begin_at_zero_and_end_at_their_amount() -> None:
    """Also below zero; the zero has a line then."""
    assert [Mark("bar", 0, 50), Mark("bar", 0, 100)] == marks([row(400), row(800)])
    assert [Mark("bar", 20, 100), Mark("bar", 0, 20)] == marks([row(80), row(-20)])
    assert (20.0,) == draw_amounts([row(80), row(-20)], True)[2]


def test_what_is_at_least_or_at_most_so_much_looks_like_it() -> None:
    """Its end is open, or its bar is hollow."""
    rows = [row(50, bound="least"), row(25, bound="most"), row(100)]
    assert [Mark("open-bar", 0, 50), Mark("most-bar", 0, 25), Mark("bar", 0, 100)] == marks(rows)
    assert ["none"] == [one.shape for one in marks([row(None)], as_bars=False)]
    assert ["ring", "ring", "dot"] == [one.shape for one in marks(rows, as_bars=False)]


@given(
    st.lists(st.none() | st.floats(-1e6, 1e6), min_size=1, max_size=6).filter(
        lambda found: any(x is not None for x in found)
    )
)
def test_no_bar_stands_for_a_number_that_is_not_there(amounts: list[float | None]) -> None:
    """A row without an amount has a hollow mark, and every other one a bar of its length."""
    numbers = [one for one in amounts if one is not None]
    width = max([0.0, *numbers]) - min([0.0, *numbers])
    for amount, mark in zip(amounts, marks([row(one) for one in amounts]), strict=True):
        assert ("no-bar" if amount is None else "bar") == mark.shape
        if amount is not None and width:
            assert abs(100 * abs(amount) / width - (mark.end - mark.start)) <= 0.2


def test_steps_without_a_figure_are_hollow() -> None:
    """A step is drawn whether its figure is known or not."""
    drawn = draw_steps([row(5.0), SketchRow("Built")])[0]
    assert ["square", "none"] == [one.strips[0].marks[0].shape for one in drawn]


def test_what_goes_on_has_an_open_end_and_what_was_planned_is_hollow() -> None:
    """The last known date leaves room for what comes after it."""
    both: list[Row] = [SketchRow("a", date="2024", until="open"), SketchRow("b", date="2026", planned=True)]
    rows, ends, ticks = draw_dates(both)
    assert (Mark("open-span", 0, 100), Mark("dot", 0)) == rows[0].strips[0].marks
    assert (Mark("ring", 85),) == rows[1].strips[0].marks
    assert ("2024", "2026") == ends and ticks[-1] == 85


def test_what_was_said_done_and_judged_has_shapes_of_its_own() -> None:
    """All strips share one scale, and what nothing is known of is empty."""
    [drawn], ends, _ = draw_progress([(LINK, "1", (("2024-01-01", "2025-01-01"), ("2024-07-02",), ()))])
    assert [["dot", "dot"], ["square"], []] == [[one.shape for one in strip.marks] for strip in drawn.strips]
    assert [0.0, 100.0] == [one.start for one in drawn.strips[0].marks] and ("2024-01-01", "2025-01-01") == ends
    assert ((), (), ()) == draw_progress([(LINK, "1", ((), (), ()))])


def test_the_plots_of_a_table_share_one_scale() -> None:
    """Each column has a plot; a cell without a number is left out of it."""
    first, second = draw_plots([row(50, 100, label="2024"), row(25, None, label="2025")], ("A", "B"))
    assert [(0, 50), (100, 25)] == [(one.along, one.high) for one in first.points]
    assert [(0, 100)] == [(one.along, one.high) for one in second.points]


@given(st.lists(st.sampled_from([None, 5.0]), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_a_point_knows_that_a_value_is_missing_before_it(values: list[float | None], order: Random) -> None:
    """In whatever order the rows of a table are, it is the value before it in time that counts."""
    rows = [row(value, label=f"{2000 + n}") for n, value in enumerate(values)]
    order.shuffle(rows)
    [plot] = draw_plots(rows, ("A",))
    gaps = [n > 0 and values[n - 1] is None for n, value in enumerate(values) if value is not None]
    assert gaps == [point.gap for point in plot.points]
