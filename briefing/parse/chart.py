"""Charts: where the values of a figure stand in time, and how high."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from briefing.model.records import ParsedValue, Point


def place_points(history: Iterable[ParsedValue]) -> tuple[Point, ...]:
    """Place a figure's values between their first day and their last, and between nought and the highest.

    What has no amount is not drawn. One value, or none, makes no chart. A month or a year stands at its first day.
    """
    drawn = [(_day(value.as_of), value) for value in history if value.amount and _day(value.as_of)]
    drawn.sort(key=lambda item: item[0])
    if len(drawn) < 2:
        return ()
    first, last = drawn[0][0], drawn[-1][0]
    highest = max(value.amount for _, value in drawn)
    return tuple(
        Point(
            round(100 * (day - first) / (last - first), 1) if last > first else 0.0,
            round(100 * value.amount / highest, 1),
            value.value,
            value.as_of,
        )
        for day, value in drawn
    )


def _day(text: str) -> int:
    try:
        return date.fromisoformat(text + "0001-01-01"[len(text) :]).toordinal()
    except ValueError:  # reported where dates are checked
        return 0
