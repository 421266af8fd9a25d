"""A mistake that a newcomer makes is one problem at its place, whose hint is what to type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.records import Event
from tests.sites import MakeSite, brief, document

PICTURE = "![A wall](wall.png){{{}}}\n"


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from("/.-"))
def test_a_date_that_can_be_read_in_two_ways_is_never_guessed(day: date, mark: str) -> None:
    """The hint has both days, or the only one that there is."""
    text = brief().replace("as_of: 2026-01-10", f"as_of: {day.day:02}{mark}{day.month:02}{mark}{day.year:04}")
    [found] = [one for one in document(text).problems if one.line == 4]
    other = f"{day.year:04}-{day.day:02}-{day.month:02}"
    assert day.isoformat() in found.hint
    assert (day.day <= 12 and day.day != day.month) == (other in found.hint and "two ways" in found.hint)


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["%Y–%m–%d", "%Y—%m—%d", "%Y%m%d", "%Y-%m-%dT10:00", "%Y-%m-%d 10:00:59Z", "%Y‑%m‑%d"]),
)
def test_a_date_of_another_program_is_its_day(day: date, form: str) -> None:
    """The hint has the day in the form to type."""
    written = day.strftime(form.replace("%Y", f"{day.year:04}"))
    [found] = [
        one for one in document(brief().replace("as_of: 2026-01-10", f"as_of: {written}")).problems if one.line == 4
    ]
    assert f"write {day.isoformat()}" == found.hint


@pytest.mark.parametrize(
    ("before", "after", "code", "words"),
    [
        ("as_of: 2026-01-10", "as_of: 2026-13-01", "impossible-date", "month from 01 to 12"),
        ("as_of: 2026-01-10", "as_of: 2026-02-30", "impossible-date", "28 days"),
        ("summary: About", "summary:\u00a0About", "yaml", "no-break space"),
        ("summary:", "body: x\nsummary:", "unknown-field", "below the second line of hyphens"),
        ("The library", "[x](https://a.example/b c)", "unknown-link", "%20"),
        ("The library", "[x](https://a b.example/)", "unknown-link", "%20"),
        ("The library", "[toc]\n\nThe library", "other-markdown", "delete it"),
        ("The library", "-[ ] a\n-[x] b", "list-start", "put a space after the mark"),
        ("The library", "§ Words\n\nThe library", "list-start", "a hyphen and a space"),
    ],
)
def test_one_mistake_is_one_problem_that_says_what_to_type(before: str, after: str, code: str, words: str) -> None:
    """Nothing is said twice, and the hint or the message names the remedy."""
    [found] = document(brief().replace(before, after, 1)).problems
    assert code == found.code
    assert words in f"{found.message} {found.hint}"


@pytest.mark.parametrize(
    "body", ["§ 4 is about rooms.\n\n§ 5 too.", "-5 degrees\n-6 degrees", "*a* b\n*c* d", "a - b\n-c"]
)
def test_what_only_looks_like_a_list_is_none(body: str) -> None:
    """Numbers of paragraphs, negative numbers and emphasis at the start of lines."""
    assert "list-start" not in [one.code for one in document(brief(body=body + "\n")).problems]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("credit=A. Quay", 'words with a space: credit="…"'),
        ("licence=CC BY 4.0", 'words with a space: licence="…"'),
        ('credit=Ada Moss licence="CC0"', 'words with a space: credit="…"'),
        ("credit=“A. Quay”", 'straight quotation marks: credit="…"'),
        ('credit="A. Quay', 'close the quotation mark: credit="…"'),
        ("width=5", "only {#id} and {.class}"),
    ],
)
def test_braces_of_a_picture_say_what_to_type(typed: str, hint: str) -> None:
    """One problem, also where quotation marks are missing."""
    [found] = [one for one in document(brief(body=PICTURE.format(typed))).problems if one.level == "error"]
    assert "attribute" == found.code and hint in found.hint


def test_a_link_with_a_credit_was_meant_as_a_picture() -> None:
    """The hint says so."""
    text = brief(body=PICTURE.format('credit="A"')[1:])
    [found] = [one for one in document(text).problems if one.code == "attribute"]
    assert "write ! before" in found.hint


@pytest.mark.parametrize(
    ("title", "is_open"),
    [("“How high?", True), ("Der „Turm", True), ("“How” high?", False), ("Der „Turm“", False), ("A 5” pipe", False)],
)
def test_a_quotation_without_an_end_is_reported(title: str, is_open: bool) -> None:
    """In the fields that are shown as they are."""
    found = [one for one in document(brief(title=title)).problems if one.code == "open-quotation"]
    assert ([(2, 8 + title.index(title.strip("DerA ")[0]))] if is_open else []) == [
        (one.line, one.column) for one in found
    ]


@pytest.mark.parametrize(
    ("start", "hint"), [("\n---\n", "above the first three"), ("—--\n", "exactly three"), ("Words.\n", "start it with")]
)
def test_a_file_without_front_matter_says_what_is_before_it(start: str, hint: str) -> None:
    """What is above it, and hyphens that an editor joined."""
    [found] = document(brief().replace("---\n", start, 1)).problems
    assert "no-front-matter" == found.code and hint in found.hint


FIELDS = "---\ntitle: T\nsummary: S.\nas_of: 2026-01-10\n"


@pytest.mark.parametrize("end", ["--", "----", "–––", "***", "...", "==="])
def test_a_line_that_nearly_ends_the_front_matter_is_the_place(end: str) -> None:
    """The hint is what to type there."""
    [found] = document(f"{FIELDS}{end}\nThe text.\n").problems
    assert ("unclosed-front-matter", 5, 1) == (found.code, found.line, found.column) and "exactly three" in found.hint


@pytest.mark.parametrize(
    "text", ["## When", "The text of it is here.", "![A](a.png)", "> Words", "| A | B |", "[[x]] is"]
)
@pytest.mark.parametrize("rule", ["", "\n---\n\nMore.\n"])
def test_the_first_line_of_a_text_without_front_matter_end_is_the_place(text: str, rule: str) -> None:
    """Also where a line between two parts of the text looks like the end."""
    [found] = document(f"{FIELDS}\n{text}\n{rule}").problems
    assert ("unclosed-front-matter", 6, 1) == (found.code, found.line, found.column) and "above this line" in found.hint


LONGER = [
    "changes:\n- date: 2026-01-09\n  kind: update\n  text: We\n    said so.\n",
    "topics:\n  - a\n",
    "in_brief:\n- a b c d e\n\n",
    "summary: >\n  a b c d\n\n  e f g h\n",
    "sources:\n  - {a: b,\n     c: d}\n",
    "more:\n",
    "# a b c d\n",
    "'title': x\n",
    "-\n",
]


@given(
    st.lists(st.sampled_from(LONGER), max_size=4),
    st.sampled_from(["", "\n"]),
    st.sampled_from(["--", "----", "-----  ", "...", "Words: so it is said.", "The text.", "## When", "[[x]] is"]),
    st.sampled_from(["", "\n---\n\nMore.\n"]),
)
def test_fields_of_several_lines_do_not_hide_where_the_front_matter_should_end(
    longer: list[str], empty: str, line: str, rule: str
) -> None:
    """The place is the line that nearly ends it, or the first one of the text."""
    above = FIELDS + "".join(longer) + empty
    found = document(f"{above}{line}\nMore of it.\n{rule}").problems
    if line[0] in "-.":
        assert [("unclosed-front-matter", above.count("\n") + 1)] == [(one.code, one.line) for one in found]
        assert "exactly three" in found[0].hint
    elif not rule:
        place = above.count("\n") + 1 + line.startswith("Words:")
        assert [("unclosed-front-matter", place)] == [(one.code, one.line) for one in found]
        assert "above this line" in found[0].hint


@pytest.mark.parametrize(
    "more", ["topics: [a,\nb]", "in_brief:\n- a b c d e", "# a b c d", "summary: >\n  a b c d", 'title: "a\nb c d e f"']
)
def test_fields_are_no_text(more: str) -> None:
    """However they are written."""
    codes = {one.code for one in document(f"{FIELDS}{more}\n---\nWords.\n").problems}
    assert "unclosed-front-matter" not in codes


def test_a_name_in_place_of_a_list_is_one_problem() -> None:
    """The hint is the list."""
    text = "- {id: a, date: 2026-01-01, title: T, who: The council, sources: [s]}\n"
    parsed = document(text, "event", "content/events.yaml")
    [found] = parsed.problems
    assert "wrong-type" == found.code and "type who: [The council]" in found.hint
    [record] = parsed.outline.value.records
    assert isinstance(record.detail, Event) and () == record.detail.who  # else there would be no such id, too


def test_a_statement_is_found_in_the_text_although_an_acceptance_repeats_it(site: MakeSite) -> None:
    """Also where the acceptance is not whole."""
    entry = "\n  - {code: uncited, words: In 2025 it was shut., reason: Counted.}"
    one = site(
        "-- content/sources.yaml --\n- {id: s, type: report, title: S, tier: official, publisher: P, further_reading: true}\n"
        "-- content/briefs/hours.md --\n" + brief(body="Words.\n\nIn 2025 it was shut.\n", accept=entry)
    )
    assert [10] == [problem.line for problem in one.check() if problem.code == "uncited"]


def test_a_source_without_a_date_is_a_note_with_the_word_for_none(site: MakeSite) -> None:
    """One that says that it has none is not."""
    kind = "type: report, title: S, tier: official, publisher: P, further_reading: true"
    one = site(f"-- content/sources.yaml --\n- {{id: s, {kind}}}\n- {{id: t, {kind}, issued: undated, label: T}}\n")
    [note] = [note for note in one.build(dry_run=True).summary.notes if note.code == "undated"]
    assert ("content/sources.yaml", 1) == (note.path, note.line) and "issued: undated" in note.hint
