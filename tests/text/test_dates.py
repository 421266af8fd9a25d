"""Dates: the first day of a day, a month or a year."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.text.dates import first_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025", date(2025, 1, 1)),
        ("2025-06", date(2025, 6, 1)),
        ("2025-06-16", date(2025, 6, 16)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2025-02-29", None),
        ("2025-13", None),
        ("0000", None),
        ("20250616", None),
        ("2025-6-16", None),
        ("undated", None),
        ("", None),
    ],
)
def test_a_date_begins_on_its_first_day(text: str, day: date | None) -> None:
    """A year or a month starts on its first day; what is no date of the calendar has none."""
    assert day == first_day(text)
