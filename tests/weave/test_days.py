"""The first and the last day of a page, dates that have not come, and names that two things have."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.steps import WeaveInput
from briefing.weave.weave import weave
from tests.sites import MakeSite, brief, codes, document

SOON = f"-- content/briefs/soon.md --\n{brief('The new wing', publish_on='2026-06-10')}"
HOURS = "-- content/briefs/hours.md --\n"
SITE = f"{SOON}{HOURS}{brief()}"
SETTINGS = document("title: The library\n", "site", "content/site.yaml").outline


def test_a_page_is_published_on_its_day_and_nowhere_before(site: MakeSite) -> None:
    """Before the day, no file of the output names the page, not even after a build with it; the same day gives the same bytes."""
    one = site(SITE)
    for now, there in (("2026-06-09", False), ("2026-06-10", True), ("2026-06-11", True), ("2026-06-09", False)):
        one.good(now=now)
        assert there is any(b"The new wing" in data for data in one.output().values()), now
        assert there is ("briefs/soon/index.html" in one.output())
    before = one.output()
    one.good(now="2026-06-10")
    one.good(now="2026-06-09")
    assert before == one.output()


LATER = """\
---
title: The new wing
summary: It is built.
as_of: 2026-01-10
aka: [The annexe]
redirect_from: [/annexe/]
changes: [{date: 2026-02-02, kind: update, text: The wing has a roof.}]
publish_on: 2026-06-10
---
The wing was built in 2024 [@minutes, p. 9]. See [[hours]] and [[roof]].

![The wing](wing.svg) [The plan](files/plan.pdf)
"""
OTHERS = """\
-- content/sources.yaml --
- {id: minutes, type: report, title: Minutes, publisher: The board, issued: 2025, tier: primary, URL: "https://b.example/"}
-- content/glossary.yaml --
- {id: roof, term: Roof, meaning: What is above.}
-- content/files/plan.pdf --
%PDF-1.4
-- content/briefs/wing.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>
"""
EDITION = "---\ntitle: {}\nsummary: S.\nas_of: 2026\nedition_of: hours\n{}\npublish_on: 2026-06-10\n---\n{}\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("briefs/soon.md", LATER),
        ("briefs/hours-cy.md", EDITION.format("Oriau", "lang: cy", "Mae’r adain yn newydd.")),
        ("briefs/hours-easy.md", EDITION.format("Easy hours", "form: easy-read", ":clock: It opens at nine.")),
        (
            "pages/soon.md",
            "---\ntitle: The wing\nsummary: S.\npublish_on: 2026-06-10\n---\nSee [[hours]] [@minutes].\n",
        ),
    ],
    ids=["brief", "language", "easy", "page"],
)
def test_a_page_of_a_later_day_leaves_no_trace(site: MakeSite, path: str, text: str) -> None:
    """Until its day, a site has the same bytes as without the page, with all that it cites, shows and is called."""
    one = site(f"{HOURS}{brief()}{OTHERS}")
    one.write("content/site.yaml", "title: The library\nbase_url: https://library.example\n")
    one.good(now="2026-06-09")
    before = one.output()
    one.write(f"content/{path}", text)
    one.good(now="2026-06-09")
    assert before == one.output()
    one.good(now="2026-06-10")
    assert before != one.output()


def test_a_link_to_a_page_of_a_later_day_is_a_problem_until_then(site: MakeSite) -> None:
    """The problem says on which day the page is published."""
    one = site(SOON + HOURS + brief(body="See [[soon]] or [it](soon.md)."))
    problems = one.errors(now="2026-06-09")
    assert ["unpublished-target"] * 2 == codes(problems)
    assert all("2026-06-10" in problem.message for problem in problems)
    one.good(now="2026-06-10")


@pytest.mark.parametrize("day", ["soon", "2026", "2026-02-31", "31 December 2026"])
def test_what_is_no_day_is_one_problem(site: MakeSite, day: str) -> None:
    """A day that cannot be read publishes nothing, and no link to the page is reported beside it."""
    typed = brief("The new wing", publish_on=day)
    one = site(f"-- content/briefs/soon.md --\n{typed}{HOURS}{brief(body='See [[soon]].')}")
    [problem] = one.errors()
    assert problem.code in ("impossible-date", "wrong-form") and problem.hint


def test_after_its_last_day_a_page_stops_the_build(site: MakeSite) -> None:
    """On the last day the page is published; the day after, nothing is written."""
    one = site(SOON + HOURS + brief(expires_on="2026-06-09"))
    one.good(now="2026-06-09")
    before = one.output()
    assert ["expired"] == codes(one.errors(now="2026-06-10"))
    assert before == one.output()


@given(ahead=st.integers(-400, 400), form=st.sampled_from((4, 7, 10)))
def test_a_date_that_has_not_come_is_said(ahead: int, form: int) -> None:
    """A year, month or day is in the future if all of it is, with one day for a clock that is ahead."""
    today = date(2026, 6, 9)
    written = str(today + timedelta(ahead))[:form]
    outlines = (SETTINGS, document(brief().replace("2026-01-10", written)).outline)
    found = [one.finding.code for one in weave(WeaveInput(outlines, (), str(today))).problems]
    assert (written > str(today + timedelta(1))[:form]) is ("future-date" in found)


@given(ahead=st.integers(-400, 400), form=st.sampled_from((4, 7, 10)), field=st.sampled_from(("said", "issued", "due")))
def test_only_a_promised_date_can_be_later(ahead: int, form: int, field: str) -> None:
    """What was said or published has a past date, and the problem is at that date."""
    today = date(2026, 6, 9)
    day = str(today + timedelta(ahead))[:form]
    entry = f"{{date: {day}, text: A., who: x, sources: [y]}}"
    typed = f"- {{id: one, number: 1, title: One, asks: That., {field}: [{entry}]}}\n"
    kind, path = "recommendation", "content/recommendations.yaml"
    if field == "issued":
        typed, kind, path = f"- {{id: one, type: book, title: One, issued: {day}}}\n", "source", "content/sources.yaml"
    parsed = document(typed, kind, path)
    found = [one for one in weave(WeaveInput((SETTINGS, parsed.outline), (), str(today))).problems if one.path == path]
    places = [parsed.spans.value[one.span].column for one in found if one.finding.code == "future-date"]
    is_later = field != "due" and day > str(today + timedelta(1))[:form]
    assert ([typed.index(day) + 1] if is_later else []) == places


def test_an_event_that_has_not_happened_says_so() -> None:
    """An event of a later day is `planned`; else readers would take it as past."""
    event = "- {id: party, title: A party, date: 2027-01-09, text: All came.}\n"
    for typed, expected in ((event, ["write planned: true"]), (event.replace("text", "planned: true, text"), [])):
        outlines = (SETTINGS, document(typed, "event", "content/events.yaml").outline)
        found = [one.finding for one in weave(WeaveInput(outlines, (), "2026-06-09")).problems]
        assert expected == [one.hint for one in found if one.code == "future-date"]


def test_two_pages_of_one_title_are_said(site: MakeSite) -> None:
    """Whatever the case of letters; a page in another language may have the same title."""
    one = site(f"{SITE}-- content/briefs/other.md --\n{brief('Opening HOURS')}")
    assert ["same-title"] == codes(one.good().problems)
    one.write("content/briefs/other.md", brief("Opening HOURS", lang="cy"))
    assert [] == codes(one.good().problems)


def test_a_link_to_one_of_two_headings_of_the_same_words_is_said(site: MakeSite) -> None:
    """The problem names the ids of both; a link by an id, and headings that nothing links to, are none."""
    twice = brief("The new wing", "## Fees paid\n\nSome.\n\n## Fees paid\n\nMore.\n")
    one = site(f"{HOURS}{brief()}-- content/briefs/soon.md --\n{twice}")
    assert [] == codes(one.good().problems)
    one.write("content/briefs/hours.md", brief("Opening hours", "See [[soon#Fees paid]].\n"))
    [problem] = one.errors()
    assert "ambiguous-link" == problem.code and "fees-paid" in problem.hint
    one.write("content/briefs/hours.md", brief("Opening hours", "See [[soon#fees-paid]].\n"))
    assert [] == codes(one.good().problems)


def test_a_date_in_another_form_is_one_problem_with_the_form(site: MakeSite) -> None:
    """What is no date is not compared with today."""
    one = site(HOURS + brief().replace("2026-01-10", "28/11/2026"))
    [problem] = [problem for problem in one.check() if problem.code in ("wrong-form", "future-date")]
    assert ("wrong-form", True) == (problem.code, "2026-11-28" in problem.hint)
