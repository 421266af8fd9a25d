"""Dates as readers see them, and as days of the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def write_date(text: str, translate: Callable[[str], str]) -> str:
    """Write `2025-06-16` as 16 June 2025 and `2025-06` as June 2025. A text that is not such a date stays unchanged."""
    parts = text.split("-")
    if not _DATE.fullmatch(text) or len(parts) == 1:
        return text
    month = f"{translate(_MONTHS[int(parts[1]) - 1])} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def write_month(text: str, translate: Callable[[str], str]) -> str:
    """Write `2025-06-16` and `2025-06` as Jun 2025, for the chip of a citation."""
    parts = text.split("-")
    if not _DATE.fullmatch(text) or len(parts) == 1:
        return text
    month = _MONTHS[int(parts[1]) - 1]
    return f"{translate(month)[:3] if translate(month) == month else translate(month[:3])} {parts[0]}"


def first_day(text: str) -> date | None:
    """Return the first day of a date, a month or a year; None for a text that is not a date of the calendar."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return None
