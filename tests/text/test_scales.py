"""Scales: values stand where their day and their size put them, and what cannot be drawn is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.text.scales import place_dates, place_numbers, place_years


def test_a_month_and_a_year_stand_at_their_first_day() -> None:
    """A date that is known less exactly is drawn at its beginning."""
    assert [0.0, 49.9, 100.0] == place_dates(["2024", "2024-07", "2024-12-31"])


def test_without_a_date_all_stand_at_equal_distances() -> None:
    """One label that is no date is enough, since no other distance would be true."""
    assert [0.0, 50.0, 100.0] == place_dates(["2024", "spring", "2030"])


def test_values_of_one_day_stand_at_one_place() -> None:
    """Where no time passes, nothing is divided by it."""
    assert [0.0, 0.0] == place_dates(["2025", "2025"])


NUMBERS = st.lists(st.floats(-1e9, 1e9, allow_nan=False) | st.integers(-1000, 1000), max_size=8)


@given(NUMBERS)
def test_every_number_is_on_the_scale_and_zero_too(numbers: list[float]) -> None:
    """Decimals, zero and negative values are in their order, between 0 and 100, on their side of zero."""
    places, ground = place_numbers(numbers)
    for at, number in zip(places, numbers, strict=True):
        assert 0 <= at <= 100
        assert (at >= ground) if number >= 0 else (at <= ground)
    by_size = [at for _, at in sorted(zip(numbers, places, strict=True))]
    assert sorted(by_size) == by_size


@given(st.lists(st.dates(), max_size=6))
def test_the_years_stand_between_the_dates(days: list[object]) -> None:
    """The beginnings of years are in order, and none is outside the scale."""
    places = place_years([str(day) for day in days])
    assert sorted(places) == places and all(0 <= one <= 100 for one in places)
