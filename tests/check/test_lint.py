"""Lint: which sentences are reported, and which are not."""

from __future__ import annotations

import re

import pytest

from tests.sites import MakeSite, Site, brief, places

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


CHANGES = '[{date: 2026-01-02, kind: first, text: "First published in 1905. Hours of 2026."}]'


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
    "typed",
    [
        "[First](https://a.example) it fell in 1905.",
        "- ~~first~~ in 1905",
        "1905\\. A year with 9 words.",
        "> | 2026 | words |\n> |---|---|\n> | 2026 | 9 words |",
        "Hours of 2026.",
    ],
)
def test_a_sentence_is_looked_for_in_its_own_text(site: MakeSite, typed: str) -> None:
    """Words of the fields above a text, such as its dates and change notes, are not taken for its sentences."""
    one = site(f"{RECORDS}-- content/briefs/hours.md --\n{brief('Hours of 2026', body=typed, changes=CHANGES)}")
    begin = one.read("content/briefs/hours.md").split("\n").index(typed.split("\n")[0]) + 1
    lines = {problem.line for problem in one.build().problems if problem.code == "uncited"}
    assert lines and lines <= {*range(begin, begin + 3)}


def test_sentences_that_begin_alike_are_told_each_at_its_own_place(site: MakeSite) -> None:
    """Whatever wrong and right sentences begin with the same words, each problem is at the line of its sentence."""
    begin = "In 2026 the library in the old hall"
    kinds = {
        "uncited": f"{begin} had 9 *rooms*.",
        "": f"**{begin}** had 9 rooms [@minutes].",
        "house-style": f"{begin} had a user [@minutes].",
        "typed-figure": f"{begin} lent 12,345 books [@minutes].",
    }
    typed = [*kinds, "uncited", *reversed(kinds), "uncited", "house-style"]
    one = site(
        f"{RECORDS}-- content/briefs/hours.md --\n{brief(body=chr(10).join(kinds[one] + chr(10) for one in typed))}"
    )
    top = one.read("content/briefs/hours.md").split("\n").index(kinds[typed[0]]) + 1
    expected = [(code, top + 2 * number) for number, code in enumerate(typed) if code]
    found = [(problem.code, problem.line) for problem in one.build().problems if problem.code in kinds]
    assert sorted(expected) == sorted(found)


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
    assert "1 of 4 checkable statements sourced; 1 needs no source" in one.page("/briefs/hours/")


ROWS = 3
TABLE = "| Day | Hours |\n|---|---|\n" + "".join(f"| Room {row} | {row} to 9 |\n" for row in range(ROWS))
LIST = "".join(f"- Room {row} opens at {row}.\n" for row in range(ROWS))


def found_in(one: Site) -> list[tuple[str, str, int, int]]:
    """Return the statements without a source."""
    return [place for place in places(one.check()) if place[0] == "uncited"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (TABLE, 9),
        (LIST, 9),
        (LIST.replace("- ", "1. "), 9),
        (LIST.replace("opens", "\n\n    - opens"), 9),
        (f"{TABLE}\n: The hours\n", 9),
        (f"Day.\n\n{TABLE}", 11),
        (f"These are the rooms:\n\n{LIST}", 11),
        (TABLE.replace("0 to 9", "0 to 9 [@minutes]"), 12),
        (LIST.replace("at 0.", "at 0 [@minutes]."), 10),
        (f"> {TABLE}".replace("\n", "\n> "), 9),
    ],
)
def test_a_table_or_a_list_is_one_finding(site: MakeSite, body: str, line: int) -> None:
    """It is at the head, or at the first statement without a source if others have one; longer ones give no more."""
    made = site(
        f"{RECORDS}-- content/briefs/hours.md --\n{brief(body=body, sources='[minutes]').replace('sources: [minutes]', 'topics: [A]')}"
    )
    assert [("content/briefs/hours.md", line - 2)] == [(path, at) for _, path, at, _ in found_in(made)]


@pytest.mark.parametrize(
    "body",
    [
        f"{TABLE}: The hours [@minutes]\n",
        f"{TABLE}\n: The hours [@minutes]\n",
        f"{TABLE}\nTable: The hours,\nby day [@minutes].\n\nIt is warm.\n",
        f"The rooms open so [@minutes]:\n\n{LIST}",
        f"The rooms open so [@minutes]:\n{LIST}",
        f"{LIST}\n[@minutes]\n",
        f"- The rooms open so [@minutes]:\n{LIST}".replace("- Room ", "    - Room "),
        f"- Rooms:\n\n    The rooms open so [@minutes]:\n\n{LIST}".replace("- Room ", "    - Room "),
    ],
)
def test_one_source_for_all_of_it_is_enough(site: MakeSite, body: str) -> None:
    """The caption of a table, and the paragraph before or after a list, give the source of each statement in it."""
    made = site(f"{RECORDS}-- content/briefs/hours.md --\n{brief(body=body)}")
    assert [] == found_in(made)
    assert [] == [one for one in made.build().problems if one.level == "error"]


@pytest.mark.parametrize(
    "body", [f"It opened in 2020 [@minutes].\n\n{LIST}", f"{LIST}\nIt opened in 2020 [@minutes].\n"]
)
def test_a_sentence_beside_a_list_is_not_its_source(site: MakeSite, body: str) -> None:
    """Only a citation that is there for the list counts."""
    made = site(f"{RECORDS}-- content/briefs/hours.md --\n{brief(body=body)}")
    assert 1 == len(found_in(made))


def test_the_caption_of_a_table_is_shown_with_its_receipt(site: MakeSite) -> None:
    """It is a caption in the page, and a line after the table in the Markdown copy; its words are no row."""
    text = f"{RECORDS}-- content/briefs/hours.md --\n{brief(body=f'{TABLE}: *The* hours [@minutes, p. 2]')}"
    made = site(text)
    made.write("content/site.yaml", made.read("content/site.yaml") + "markdown_twins: true\n")
    made.good()
    page = made.page("/briefs/hours/")
    [caption] = re.findall(
        r"<table><caption>(.*?)</caption><thead>|<table>\n<caption>(.*?)</caption>\n<thead>", page, re.DOTALL
    )
    shown = "".join(caption)
    assert "<em>The</em>" in shown and ">hours <" in shown and 'class="chip"' in shown
    assert ROWS + 1 == page.count("<tr>")
    assert re.search(r"\|\n\n: \*The\* hours.*\[\^", made.page("/briefs/hours/index.md"))
