"""Dates: the first day of a day, a month or a year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.dates import first_day, is_later, write_period


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


@pytest.mark.parametrize(
    ("start", "until", "times", "circa", "words"),
    [
        ("2026-03-03", "", ("", ""), False, "3 March 2026"),
        ("2026-03-03", "2026-03-05", ("", ""), False, "3–5 March 2026"),
        ("2026-03-03", "2026-04-05", ("", ""), False, "3 March – 5 April 2026"),
        ("2025-12-30", "2026-01-02", ("", ""), False, "30 December 2025 – 2 January 2026"),
        ("2026-03", "2026-05", ("", ""), False, "March–May 2026"),
        ("2025-12", "2026-01", ("", ""), False, "December 2025 – January 2026"),
        ("1977", "1979", ("", ""), False, "1977–1979"),
        ("1977", "1979-05", ("", ""), False, "1977–May 1979"),
        ("1977", "", ("", ""), True, "about 1977"),
        ("2026-03-03", "", ("14:30", ""), False, "3 March 2026, 14:30"),
        ("2026-03-03", "", ("14:30", "16:00"), False, "3 March 2026, 14:30–16:00"),
        ("2026-03-03", "2026-03-04", ("22:00", "02:00"), False, "3 March 2026, 22:00 – 4 March 2026, 02:00"),
    ],
)
def test_a_period_is_written_in_words(start: str, until: str, times: tuple[str, str], circa: bool, words: str) -> None:
    """What two dates share is written once."""
    assert words == write_period(start, until, times, circa, str)


DATES = st.dates(date(1000, 1, 1)).map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))


@given(DATES, DATES)
def test_of_two_dates_one_is_later_or_they_are_the_same(one: str, other: str) -> None:
    """A period can be written from one of two dates to the other, and names the years of both."""
    assert is_later(one, other) or is_later(other, one) or one == other
    assert not is_later(one, one)
    written = write_period(one, other, ("", ""), False, str)
    assert one[:4] in written and other[:4] in written
