"""Dates as readers see them, and as days of the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date

_DAY_PARTS = 3
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_WRITTEN = re.compile(
    r"(?P<y1>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)? (?P<m2>[A-Za-z]{3,9})\.?,? (?P<y2>\d{4})"
    r"|(?P<m3>[A-Za-z]{3,9})\.? (?P<d3>\d{1,2})(?:st|nd|rd|th)?,? (?P<y3>\d{4})"
)
_EITHER = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def write_date(text: str, translate: Callable[[str], str]) -> str:
    """Write `2025-06-16` as 16 June 2025 and `2025-06` as June 2025. Other words than `undated` stay unchanged."""
    if text == "undated":
        return translate("undated")
    parts = text.split("-")
    if not _DATE.fullmatch(text) or len(parts) == 1:
        return text
    form = translate("{day} {month} {year}" if len(parts) == _DAY_PARTS else "{month} {year}")
    day = translate("1 (first day of a month)") if parts[2:] == ["01"] else str(int(parts[-1]))
    day = day.removesuffix(" (first day of a month)")
    name = translate(_MONTHS[int(parts[1]) - 1])
    return form.replace("{day}", day).replace("{month}", name).replace("{year}", parts[0])


def write_month(text: str, translate: Callable[[str], str]) -> str:
    """Write `2025-06-16` and `2025-06` as Jun 2025, for the chip of a citation."""
    parts = text.split("-")
    if not _DATE.fullmatch(text) or len(parts) == 1:
        return text
    return f"{translate(_MONTHS[int(parts[1]) - 1][:3])} {parts[0]}"


def write_period(start: str, until: str, times: tuple[str, str], circa: bool, translate: Callable[[str], str]) -> str:
    """Write when something was: a date, from one date to another, at a time, or about a date.

    `times` are when it begins on the first day and ends on the last, empty if unknown. What both dates share is
    written once: 3–5 March 2026.
    """
    begins, ends = times
    first, last = write_date(start, translate), write_date(until, translate)
    about, comma = f"{translate('about')} " if circa else "", translate(", ")
    if not until:
        return f"{about}{first}{begins and f'{comma}{begins}'}{ends and f'–{ends}'}"
    if begins:
        return f"{about}{first}{comma}{begins} – {last}{ends and f'{comma}{ends}'}"
    from_parts, to_parts = start.split("-"), until.split("-")
    if len(from_parts) == len(to_parts) == _DAY_PARTS and from_parts[:2] == to_parts[:2]:
        day = translate("{day} {month} {year}").partition("{month}")[0].strip()
        return f"{about}{day.replace('{day}', str(int(from_parts[2])))}–{last}"
    if len(from_parts) == len(to_parts) > 1 and from_parts[0] == to_parts[0]:
        first = first.removesuffix(f" {from_parts[0]}")
    return f"{about}{first}{'–' if first.isdecimal() or ' ' not in first else ' – '}{last}"


def is_later(start: str, end: str) -> bool:
    """Whether a date is after another, as far as both are known; what is no date of the calendar counts as later."""
    first, last = first_day(start), first_day(end)
    length = min(len(start), len(end))
    return not (first and last) or end[:length] > start[:length] or (end[:length] == start[:length] and end != start)


def is_before(date: str, other: str) -> bool:
    """Return whether a date is before another for certain, as far as both are known; both are dates of the calendar."""
    length = min(len(date), len(other))
    return date[:length] < other[:length]


_DASH = "[-‐‑‒–—−]"
_OF_PROGRAM = re.compile(
    rf"([0-9]{{4}}){_DASH}?([0-9]{{2}}){_DASH}?([0-9]{{2}})(?:[T ][0-9]{{2}}:?[0-9]{{2}}.*)?"
    rf"|([0-9]{{4}}){_DASH}([0-9]{{2}})"
)


def read_date(words: str) -> str:
    """Return a day that somebody wrote in English or with slashes from the year on, as `2026-09-09`; else nothing."""
    found = _WRITTEN.fullmatch(words.strip())
    if not found:
        return ""
    year, number, day = (
        found["y1"] or found["y2"] or found["y3"],
        found["number"],
        found["d1"] or found["d2"] or found["d3"],
    )
    name = (found["m2"] or found["m3"] or "")[:3].capitalize()
    names = [month[:3] for month in _MONTHS]
    month = int(number) if number else names.index(name) + 1 if name in names else 0
    text = f"{year}-{month:02}-{int(day):02}"
    return text if first_day(text) else ""


def guess_days(words: str) -> tuple[str, ...]:
    """Return the days that `01/03/2026` may be, that with the day before the month first; nothing for other words.

    A date of another program, such as `20260303`, `2026–03–03` or `2026-03-03T10:00`, is the day in it.
    """
    if of_program := _OF_PROGRAM.fullmatch(words.strip()):
        day = "-".join(filter(None, of_program.groups()))
        return (day,) if first_day(day) else ()
    found = _EITHER.fullmatch(words.strip())
    if not found:
        return tuple(filter(None, [read_date(words)]))
    one, other, year = found.groups()
    days = (f"{year}-{int(month):02}-{int(day):02}" for day, month in ((one, other), (other, one)))
    return tuple(dict.fromkeys(day for day in days if first_day(day)))


def length_of_month(text: str) -> str:
    """Return how many days the month of a day has that is in no calendar; empty if its month does not exist either."""
    year, month = (int(part) for part in text.split("-")[:2])
    if not 1 <= month <= len(_MONTHS) or not year:
        return ""
    return f"{_MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days"


def last_day(text: str) -> str:
    """Return the last day of a date, a month or a year; empty for a text that is not a date of the calendar."""
    first = first_day(text)
    if not first:
        return ""
    month = text if len(text) > len("2026") else f"{text}-12"
    return month if len(month) > len("2026-01") else f"{month}-{monthrange(first.year, int(month[5:7]))[1]}"


def first_day(text: str) -> date | None:
    """Return the first day of a date, a month or a year; None for a text that is not a date of the calendar."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return None
