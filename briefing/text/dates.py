"""Dates: what they mean, and how readers see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def write_date(text: str, translate: Callable[[str], str]) -> str:
    """Write `2025-06-16` as 16 June 2025, `2025-06` as June 2025; anything that is no date stays as it is."""
    parts = text.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text) or len(parts) == 1:
        return text
    named = f"{translate(_MONTHS[int(parts[1]) - 1])} {parts[0]}"
    return f"{int(parts[2])} {named}" if len(parts) == 3 else named


def write_month(text: str, translate: Callable[[str], str]) -> str:
    """Write a date short, for a citation's chip: Jun 2025."""
    parts = text.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text) or len(parts) == 1:
        return text
    month = _MONTHS[int(parts[1]) - 1]
    return f"{translate(month)[:3] if translate(month) == month else translate(month[:3])} {parts[0]}"


def first_day(text: str) -> date | None:
    """Return the day on which a day, a month or a year begins; None for a text that is no date of the calendar."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return None
    try:
        return date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return None
