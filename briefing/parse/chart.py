"""Places the values of a figure on its chart."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model.records import ParsedValue, Point
from briefing.text.dates import first_day


def place_points(history: Iterable[ParsedValue]) -> tuple[Point, ...]:
    """Return the points of a chart in percent: from the first day to the last, from the lowest value to the highest.

    The number 0 is always on it. A value without an amount is left out; a month or a year is placed at its first day.
    Fewer than two values make no chart.
    """
    dated = [(first_day(value.as_of), value) for value in history if value.amount is not None]
    drawn = sorted(((day.toordinal(), value) for day, value in dated if day), key=lambda item: item[0])
    if len(drawn) < 2:
        return ()
    first, last = drawn[0][0], drawn[-1][0]
    amounts = [0.0, *(value.amount or 0.0 for _, value in drawn)]
    lowest, height = min(amounts), max(amounts) - min(amounts) or 1.0
    return tuple(
        Point(
            round(100 * (day - first) / (last - first), 1) if last > first else 0.0,
            round(100 * ((value.amount or 0.0) - lowest) / height, 1),
            value.value,
            value.as_of,
            round(100 * (0.0 - lowest) / height, 1),
        )
        for day, value in drawn
    )
