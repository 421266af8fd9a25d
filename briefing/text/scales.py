"""Places of dates and numbers on a scale, in hundredths of its length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefing.text.dates import first_day


def place(value: float, lowest: float, highest: float) -> float:
    """Return where a value stands between two others; 0 if these are equal."""
    return round(100 * (value - lowest) / (highest - lowest), 1) if highest > lowest else 0.0


def place_dates(dates: Sequence[str]) -> list[float]:
    """Return the places of dates: from the first day to the last; a month or a year stands at its first day.

    If one of them is no date, all stand at equal distances, in their order.
    """
    days = [day.toordinal() for one in dates if (day := first_day(one))]
    places = days if len(days) == len(dates) else list(range(len(dates)))
    return [place(one, min(places), max(places)) for one in places]


def place_years(dates: Sequence[str]) -> list[float]:
    """Return the places at which years begin between the first and the last of some dates."""
    days = [day for one in dates if (day := first_day(one))]
    if not days:
        return []
    first, last = min(days), max(days)
    begins = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    return [place(one.toordinal(), first.toordinal(), last.toordinal()) for one in begins]


def place_numbers(numbers: Sequence[float]) -> tuple[list[float], float]:
    """Return the places of numbers on a scale that contains 0, and the place of 0."""
    ground, *places = [place(one, min((0.0, *numbers)), max((0.0, *numbers))) for one in (0.0, *numbers)]
    return places, ground
