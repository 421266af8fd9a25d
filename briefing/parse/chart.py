"""Places the values of a figure on its chart."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model.records import ParsedValue, Point
from briefing.text.dates import first_day


def place_points(history: Iterable[ParsedValue]) -> tuple[Point, ...]:
    """Return the points of a chart, from the first day to the last and from 0 to the highest value, in percent.

    A value without an amount is left out; a month or a year is placed at its first day. Fewer than two values make no
    chart.
    """
    dated = [(first_day(value.as_of), value) for value in history if value.amount]
    drawn = sorted(((day.toordinal(), value) for day, value in dated if day), key=lambda item: item[0])
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
