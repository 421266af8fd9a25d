"""Events last, begin at a time, or have no certain date: lists, data, calendar and linked data say so."""

from __future__ import annotations

import json
import re

import pytest

from tests.sites import MakeSite, Site

EVENTS = """\
-- content/sources.yaml --
- {id: s, type: report, title: T, issued: 2025, tier: primary, publisher: P}
-- content/events.yaml --
- {id: late, date: 2026-03-05, time: "14:30", until_time: "16:00", title: Late that day, sources: [s], planned: true}
- {id: early, date: 2026-03-05, time: "09:05", title: Early that day, sources: [s], planned: true}
- {id: month, date: 2026-03, title: Some day, sources: [s], circa: true}
- {id: week, date: 2026-03-03, until: 2026-03-09, title: Book week, sources: [s], planned: true}
- {id: year, date: 1977, until: 1979, title: The first years, sources: [s]}
"""


def test_events_are_in_order_and_say_when(site: MakeSite) -> None:
    """A month is before its days, a time before a later one; a period is shown and published as one."""
    one = site(EVENTS)
    one.good()
    page = one.page("/timeline/")
    assert ["year", "month", "week", "early", "late"] == re.findall(r'<li id="(\w+)"', page)
    shown = [words.split(" · ")[0] for words in re.findall(r'<time class="when"[^>]*>([^<]*)<', page)]
    assert [
        "1977–1979",
        "about March 2026",
        "3–9 March 2026",
        "5 March 2026, 09:05",
        "5 March 2026, 14:30–16:00",
    ] == shown
    things = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])["@graph"]
    events = {event["name"]: event for event in things[0]["itemListElement"]}
    assert ("2026-03-03", "2026-03-09") == (events["Book week"]["startDate"], events["Book week"]["endDate"])
    assert ("2026-03-05T14:30", "2026-03-05T16:00") == tuple(
        events["Late that day"][name] for name in ("startDate", "endDate")
    )
    assert '<time datetime="2026-03-05T09:05">5 March 2026, 09:05</time>' in one.page("/next/")
    calendar = one.page("/next.ics").replace("\r", "")
    assert "DTSTART;VALUE=DATE:20260303\nDTEND;VALUE=DATE:20260310" in calendar
    assert "DTSTART:20260305T143000\nDTEND:20260305T160000" in calendar
    assert ["2026-03-05", "14:30", "", "16:00", "no"] == one.page("/data/timeline.csv").split("late,")[1].split(",")[:5]


def problems(site: Site) -> list[tuple[str, int, int]]:
    """Return what is wrong with the events."""
    return [(one.code, one.line, one.column) for one in site.errors() if one.path == "content/events.yaml"]


def test_what_contradicts_itself_is_told_at_its_place(site: MakeSite) -> None:
    """An end before its beginning, a time without a day, and what is no time."""
    for typed, wrong in (
        ("date: 2026-03-05, until: 2026-03-04", "2026-03-04"),
        ("until: 2026-03-05, date: 2026-03-05", "2026-03-05, date"),
        ("date: 2026-03, time: '09:00'", "'09:00'"),
        ("date: 2026-03-05, until_time: '09:00'", "'09:00'"),
        ("date: 2026-03-05, time: '09:00', until_time: '08:00'", "'08:00'"),
        ("date: 2026-03-05, time: '24:00'", "'24:00'"),
        ("date: 2026-03-05, time: 9am", "9am"),
    ):
        line = f"- {{id: e, {typed}, title: E, sources: [s]}}"
        one = site(EVENTS.split("- {id: late")[0] + f"{line}\n")
        assert [("wrong-form", 1, line.index(wrong) + 1)] == problems(one), typed


@pytest.mark.parametrize(
    ("due", "day"), [("2026-02", ""), ("2026-03", "20260331"), ("2028-02", "20280229"), ("2027", "20271231")]
)
def test_a_calendar_has_what_is_due_in_a_month_and_is_linked_only_if_it_has_a_day(
    site: MakeSite, due: str, day: str
) -> None:
    """A month is due on its last day. What is overdue has no day, and a calendar without days has no link."""
    one = site("-- content/site.yaml --\ntitle: A\n")
    one.write("content/recommendations.yaml", "- {id: r, number: 1, title: T, asks: A., said: [], done: [], judged: [], "
              f"due: [{{date: '{due}', text: Then., sources: [s]}}]}}\n")  # fmt: skip
    one.write("content/sources.yaml", "- {id: s, type: report, title: T, issued: 2025, tier: primary, publisher: P}\n")
    one.good()
    assert (f"DTSTART;VALUE=DATE:{day}" in one.page("/next.ics")) == bool(day)
    for address in ("/", "/next/"):
        assert ("next.ics" in one.page(address)) == bool(day)
