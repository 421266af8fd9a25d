"""Lint: which sentences are reported, and which are not."""

from __future__ import annotations

import pytest

from tests.sites import MakeSite, brief

RECORDS = """
-- content/sources.yaml --
- {id: minutes, type: report, title: Minutes, publisher: Board, issued: 2026, tier: primary}
- {id: survey, type: report, title: Survey, publisher: Council, issued: 2026, tier: official}
-- content/numbers.yaml --
- {id: loans, value: "12,345", label: Loans, definition: Books lent., as_of: 2026, source: minutes}
- {id: doors, value: "3", label: Doors, definition: Doors., as_of: 2026, source: survey}
-- content/places.yaml --
- {id: hall, name: Hallwick, summary: A town.}
-- content/house-style.yaml --
- {id: rule, avoid: [user, end user], prefer: reader, why: People read., source: survey}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("It opens at 9.", ["uncited"]),
        ("It opens at 9 [@minutes].", []),
        ("It opens at 9. [@minutes] It is warm.", []),
        ("[[=loans]] books went out in 2026.", []),
        ("The board said so.", ["uncited"]),
        ("She called it “a very quiet room”.", ["uncited"]),
        ("It is a quiet room.", []),
        ("| Day | Hours |\n|---|---|\n| Monday | 9 |\n| Tuesday | 10 [@minutes] |", ["uncited"]),
        ('We counted 9 doors.\n{: .no-source reason="our own count" }', []),
        ("## In 2026\n\nIt is warm.", []),
        ("```\nport = 80\n```", []),
        ("Readers lent 12,345 books [@minutes].", ["typed-figure"]),
        ("There are 3 doors [@minutes].", []),
        ("It cost £112,345 [@minutes].", []),
        ("Every user knows.", ["house-style"]),
        ("Every end user knows.", ["house-style"]),
        ("Every Users’ guide.", []),
        ("The survey asked “every user of the hall” [@survey].", []),
        ("The survey asked “every user of the hall”.", ["house-style", "uncited"]),
        ("A 12-year-old in Hallwick reads [@minutes].", ["identifying"]),
        ("Her mother came at the age of 40, aged 12 she read [@minutes].", ["identifying"]),
        ("Children aged 12 to 15 in Hallwick read [@minutes].", []),
        ("Hallwick is a town.", []),
    ],
)
def test_what_is_reported_of_a_sentence(site: MakeSite, body: str, expected: list[str]) -> None:
    """Each sentence is checked alone; table rows, quotations and reasons are taken into account."""
    one = site(f"{RECORDS}-- content/briefs/hours.md --\n{brief(body=body)}")
    found = [problem for problem in one.build().problems if problem.path == "content/briefs/hours.md"]
    kept = [problem.code for problem in found if problem.code not in ("one-publisher", "uncited-source")]
    assert expected == sorted(kept)


@pytest.mark.parametrize(
    ("words", "found"),
    [(25, []), (26, ["long-sentence note"]), (40, ["long-sentence note"]), (41, ["too-long-sentence warning"])],
)
def test_a_long_sentence_is_a_note_and_a_longer_one_a_warning(site: MakeSite, words: int, found: list[str]) -> None:
    """Words are counted for each sentence, also in a field without Markdown; words of others are not reported."""
    long = f"It {'so ' * (words - 2)}well."
    text = f"Dr. Reed came. {long} That [@minutes] is all."
    rows = f"-- content/people.yaml --\n- {{id: ada, name: Ada, as_of: 2026, summary: {long} {long.replace('It', 'We')}}}\n"
    sources = RECORDS.replace("title: Survey", f"title: {long}")
    one = site(f"{sources}{rows}-- content/briefs/hours.md --\n{brief(body=text)}")
    report = one.build()
    said = [one for one in (*report.problems, *report.summary.notes) if "long" in one.code]
    assert found == [f"{one.code} {one.level}" for one in said if one.path == "content/briefs/hours.md"]
    assert found * 2 == [f"{one.code} {one.level}" for one in said if one.path != "content/briefs/hours.md"]


def test_coverage_is_counted_for_readers_and_for_the_report(site: MakeSite) -> None:
    """Sourced, unsourced and exempt statements are counted, in the report and at the foot of the page."""
    body = 'It opens at 9 [@minutes]. It shuts at 5.\n\nWe counted 9 doors.\n{: .no-source reason="ours" }\n'
    one = site(f"{RECORDS}-- content/briefs/hours.md --\n{brief(body=body, in_brief='[It has 3 doors.]')}")
    coverage = one.build().summary.coverage
    assert (4, 1, 1) == (coverage.checkable, coverage.sourced, coverage.exempt)
    assert "1 of 4 checkable statements sourced; 1 need no source" in one.page("/briefs/hours/")
