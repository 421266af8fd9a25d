"""Charts: values stand where their day and their size put them, and what cannot be drawn is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.records import ParsedValue, Value
from briefing.parse.chart import place_points


def value(amount: float | None, as_of: str) -> ParsedValue:
    """Make one value of a history."""
    return Value(f"{amount} books", as_of, None, (), amount)


def test_values_stand_by_day_and_size() -> None:
    """The first day is at zero, the last at a hundred, the highest value at a hundred."""
    drawn = place_points([value(40, "2025-01-01"), value(20, "2025-01-11"), value(30, "2025-01-05")])
    assert [(0.0, 100.0), (40.0, 75.0), (100.0, 50.0)] == [(point.along, point.high) for point in drawn]
    assert ["40 books", "30 books", "20 books"] == [point.value for point in drawn]


def test_a_month_and_a_year_stand_at_their_first_day() -> None:
    """A date that is known less exactly is drawn at its beginning, and written as it is known."""
    drawn = place_points([value(1, "2024"), value(1, "2024-07"), value(1, "2024-12-31")])
    assert [0.0, 49.9, 100.0] == [point.along for point in drawn]
    assert ["2024", "2024-07", "2024-12-31"] == [point.as_of for point in drawn]


def test_what_has_no_amount_is_not_drawn() -> None:
    """Values without an amount are left out, and one value alone makes no picture."""
    assert () == place_points([value(None, "2025"), value(3, "2026")])
    assert 2 == len(place_points([value(5, "2025"), value(None, "2025-06"), value(3, "2026")]))


AMOUNTS = st.lists(st.floats(-1e9, 1e9, allow_nan=False) | st.integers(-1000, 1000), min_size=2, max_size=8)


@given(AMOUNTS)
def test_every_number_is_on_the_chart_and_zero_too(amounts: list[float]) -> None:
    """Decimals, zero and negative values are drawn in their order, between 0 and 100; all have the same ground."""
    points = place_points([value(amount, f"{2000 + year}") for year, amount in enumerate(amounts)])
    assert len(amounts) == len(points)
    [ground] = {point.ground for point in points}
    for point, amount in zip(points, amounts, strict=True):
        assert 0 <= point.high <= 100
        assert (point.high >= ground) if amount >= 0 else (point.high <= ground)
    by_size = sorted(zip(amounts, points, strict=True), key=lambda item: item[0])
    heights = [point.high for _, point in by_size]
    assert sorted(heights) == heights


def test_values_of_one_day_stand_above_each_other() -> None:
    """Where no time passes, nothing is divided by it."""
    assert [0.0, 0.0] == [point.along for point in place_points([value(5, "2025"), value(3, "2025")])]
