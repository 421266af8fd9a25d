"""The home page: its parts in the order and with the headings of the site."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.parse.schemas import schema
from briefing.weave.pages.home import _ORDER
from tests.golden import SITE as GOLDEN
from tests.golden import copy
from tests.sites import MakeSite, Site, brief, codes, places

PARTS = list(_ORDER)
LEFT, RIGHT = PARTS[:4], PARTS[4:8]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the golden site with threads, so that it has something for every part."""
    one = copy(GOLDEN, tmp_path_factory.mktemp("home") / "site")
    threads = (
        "[{label: A, to: the-roof, events: [founding, roof-report]}, {label: B, to: the-roof, events: [roof-report]}]"
    )
    later = "- {id: later, date: 2027-01-01, title: Later, planned: true, sources: [minutes]}\n"
    one.write("content/events.yaml", one.read("content/events.yaml") + later)
    one.write("content/site.yaml", one.read("content/site.yaml") + f"threads: {threads}\n")
    return one


def headings(one: Site, parts: list[dict[str, Any]]) -> list[str]:
    """Return the headings of the home page of a site with these parts."""
    text = one.read("content/site.yaml")
    listed = "".join(f"  - {{part: {part['part']}, heading: {part.get('heading', '')!r}}}\n" if part.get("heading") else f"  - {{part: {part['part']}}}\n" for part in parts)  # fmt: skip
    one.write("content/site.yaml", text + (f"home:\n{listed}" if parts else ""))
    try:
        assert [] == codes(one.errors())
        one.good()
    finally:
        one.write("content/site.yaml", text)
    page = one.output()["index.html"].decode()
    assert len(set(re.findall(r' id="([^"]+)"', page))) == len(re.findall(r' id="([^"]+)"', page))
    return [re.sub("<.*?>", "", found) for found in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]


def test_all_parts_are_shown_in_our_order(full: Site) -> None:
    """Listing all parts in our order is the same as listing none, and the schema knows the same parts."""
    assert headings(full, []) == headings(full, [{"part": part} for part in PARTS])
    assert schema("site")["properties"]["home"]["items"]["properties"]["part"]["enum"] == PARTS


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, unique=True))
def test_parts_have_the_order_and_the_headings_of_the_site(full: Site, parts: list[str]) -> None:
    """In each column, the listed parts are in the order of the list, under its headings, and no others."""
    shown = headings(full, [{"part": part, "heading": f"Our {part}"} for part in parts])
    ours = [f"Our {part}" for side in (LEFT, RIGHT, ["briefs"]) for part in parts if part in side]
    assert ours == [heading for heading in shown if heading.startswith("Our ")]
    rest = {heading for heading in shown if not heading.startswith("Our ")}
    assert rest <= {"Sources", "Where to find help"}


def test_events_are_cited_where_they_are_told(site: MakeSite) -> None:
    """The home page leads to an event of the timeline, and has none of its sources."""
    source = "-- content/sources.yaml --\n- {id: paper, type: report, title: The paper, issued: 2025, tier: primary, publisher: P, URL: 'https://x.example/'}\n"
    events = "-- content/events.yaml --\n- {id: opened, date: 2025-01-01, title: It opened, sources: [paper]}\n"
    one = site(f"-- content/briefs/hours.md --\n{brief()}{source}{events}")
    assert '<a href="timeline/#opened">' in page(one)
    assert "The paper" not in page(one)
    assert "The paper" in one.page("/timeline/")


def page(one: Site) -> str:
    """Return the home page."""
    one.good()
    return one.output()["index.html"].decode()


@pytest.mark.parametrize(
    ("home", "code"),
    [("[{part: newest}]", "unknown-word"), ("[{part: next}, {part: next, heading: x}]", "wrong-form"), ("[]", "empty-field"), ("[{heading: x}]", "missing-field"), ("[latest]", "wrong-type")],
)  # fmt: skip
def test_what_is_wrong_with_the_parts_is_said(site: MakeSite, home: str, code: str) -> None:
    """A part that does not exist, or that is listed twice."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    before = one.read("content/site.yaml")
    one.write("content/site.yaml", f"{before}home: {home}\n")
    line = before.count("\n") + 1
    assert [(code, "content/site.yaml", line)] == [found[:3] for found in places(one.errors())]
