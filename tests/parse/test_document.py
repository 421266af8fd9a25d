"""Parse: one file gives its records, and the same bytes give the same document."""

from __future__ import annotations

import pytest

from briefing.model.documents import Document
from briefing.model.kinds import KINDS
from briefing.model.records import (
    Actor,
    Detail,
    Event,
    Number,
    PageDetail,
    ReadingPath,
    Recommendation,
    Record,
    SourceDetail,
    StyleRule,
    Support,
    Term,
    Unknown,
)
from briefing.model.text import ParsedProse
from tests.sites import brief, codes, document

SECTIONS = """\
title: Opening hours
summary: About it.
as_of: 2026-01-10
sections:
  - heading: When we open
    id: when
    body: |
      The library opens at nine, see [[park]].
  - heading: When we close
    body: At five.
"""
FILES = {
    "person": "- {id: x, name: Ada, summary: Keeps the books., dates: [{date: 2025, text: Came., sources: m}]}",
    "organisation": "- {id: x, name: The Board, summary: Decides., url: 'https://x.example'}",
    "place": "- {id: x, name: The Hall, summary: A room., region: North}",
    "term": "- {id: x, term: Loan, meaning: A book taken home., not_same_as: [A gift.]}",
    "event": "- {id: x, date: 2025-06, date_words: in spring, title: Opening, who: [a], sources: m, planned: true}",
    "recommendation": "- {id: x, number: 2, title: T, asks: A., said: [], done: [], judged: []}",
    "number": "- {id: x, value: '1,200', label: Visits, definition: Per week., as_of: 2025, source: m}",
    "unknown": "- {id: x, question: Why?, why: Nobody asked., who_could_answer: The Board.}",
    "source": "- {id: x, type: report, title: T, issued: 2025, tier: news, publisher: P, URL: 'https://x.example'}",
    "support": "- {id: x, name: Help, who_for: Readers, number: '999', checked: not-yet, emergency: true}",
    "style-rule": "- {id: x, avoid: [punter], prefer: Say reader., why: Kinder., source: m}",
    "reading-path": "- {id: x, title: You are new, summary: You know the way., stops: [hours, loan]}",
}


def record(kind: str, text: str = "") -> Record:
    """Parse a file that holds one record and nothing wrong."""
    parsed = document(text or FILES[kind], kind, f"content/{kind}.yaml")
    assert [] == [one for one in parsed.problems if one.level == "error"]
    [only] = parsed.outline.value.records
    return only


@pytest.mark.parametrize(
    ("kind", "detail", "title", "summary"),
    [
        ("person", Actor, "Ada", "Keeps the books."),
        ("organisation", Actor, "The Board", "Decides."),
        ("place", Actor, "The Hall", "A room."),
        ("term", Term, "Loan", "A book taken home."),
        ("event", Event, "Opening", ""),
        ("recommendation", Recommendation, "T", "A."),
        ("number", Number, "Visits", "Per week."),
        ("unknown", Unknown, "Why?", "Nobody asked."),
        ("source", SourceDetail, "T", ""),
        ("support", Support, "Help", "Readers"),
        ("style-rule", StyleRule, "Say reader.", "Say reader."),
        ("reading-path", ReadingPath, "You are new", "You know the way."),
    ],
)
def test_every_kind_has_its_detail_title_and_summary(kind: str, detail: type[Detail], title: str, summary: str) -> None:
    """Title and summary come from the fields that the kind names, and the detail has the type of the kind."""
    found = record(kind)
    assert (detail, title, summary, kind, "x") == (type(found.detail), found.title, found.summary, found.kind, found.id)


def test_the_table_of_kinds_is_covered() -> None:
    """A new kind of record needs a row in these tests."""
    assert {kind.name for kind in KINDS} == {*FILES, "brief", "page"}


def test_fields_reach_the_record() -> None:
    """What a writer puts in a field is in the model, with its type."""
    event, number, support = record("event").detail, record("number").detail, record("support").detail
    assert isinstance(event, Event)
    assert ("2025-06", "in spring", True) == (event.date, event.words, event.planned)
    assert isinstance(number, Number)
    assert "1,200" == number.value
    assert isinstance(support, Support)
    assert (True, "999", "not-yet") == (support.emergency, support.number, support.checked)


@pytest.mark.parametrize(
    ("fields", "issued", "author", "label", "url"),
    [
        ("issued: 2025", "2025", "", "P", "https://x.example"),
        ("issued: undated", "undated", "", "P", "https://x.example"),
        ("issued: {date-parts: [[2025]]}", "2025", "", "P", "https://x.example"),
        ("issued: {date-parts: [[2025, 6, 1]]}", "2025-06-01", "", "P", "https://x.example"),
        ("issued: {date-parts: [['2025', '06']]}", "2025-06", "", "P", "https://x.example"),
        ("issued: 2025, author: Ada Reed", "2025", "Ada Reed", "P", "https://x.example"),
        (
            "issued: 2025, author: [{family: Reed, given: Ada}, {literal: Board}]",
            "2025",
            "Ada Reed, Board",
            "P",
            "https://x.example",
        ),
        (
            "issued: 2025, author: [{family: Beek, given: Jo, non-dropping-particle: van der}]",
            "2025",
            "Jo van der Beek",
            "P",
            "https://x.example",
        ),
        ("issued: 2025, label: Short", "2025", "", "Short", "https://x.example"),
        ("issued: 2025, link_ok: false", "2025", "", "P", ""),
        ("issued: 2025, link_ok: true", "2025", "", "P", "https://x.example"),
    ],
)
def test_csl_is_read(fields: str, issued: str, author: str, label: str, url: str) -> None:
    """Dates and names in CSL's forms, as Zotero exports them, become what readers write."""
    text = f"- {{id: x, type: report, title: T, tier: news, publisher: P, URL: 'https://x.example', {fields}}}"
    work = record("source", text).detail
    assert isinstance(work, SourceDetail)
    assert (issued, author, label, url) == (work.issued, work.author, work.label, work.url)


def test_a_brief_in_yaml_is_the_brief_in_markdown() -> None:
    """Sections in YAML give the same record and the same HTML as the same text below front matter."""
    text = "## When we open {#when}\n\nThe library opens at nine, see [[park]].\n\n## When we close\n\nAt five.\n"
    yaml = document(SECTIONS, "brief", "content/briefs/hours.yaml")
    markdown = document(brief(body=text))
    [left], [right] = yaml.outline.value.records, markdown.outline.value.records
    assert markdown.body.value == yaml.body.value
    assert (right.headings, right.summary, right.as_of, right.detail) == (
        left.headings,
        left.summary,
        left.as_of,
        left.detail,
    )
    assert right.text is not None
    assert left.text is not None
    assert (right.text.sentences, len(right.text.placeholders)) == (left.text.sentences, len(left.text.placeholders))


def test_the_body_travels_apart_from_the_outline() -> None:
    """A change to words of a body that refer to nothing changes the digest of the body, not of the outline."""
    one, other = document(brief(body="At nine, see [[park]].\n")), document(brief(body="At ten,  see [[park]].\n"))
    assert one.body.digest != other.body.digest
    same = document(brief(body="*At* nine.\n")), document(brief(body="**At** nine.\n"))
    assert same[0].outline.digest == same[1].outline.digest
    assert same[0].body.digest != same[1].body.digest


def test_a_new_line_moves_the_spots_and_nothing_else() -> None:
    """A blank line above a link changes neither outline nor body."""
    one, other = document(brief(body="See [[park]].\n")), document(brief(body="\n\nSee [[park]].\n"))
    assert (one.outline.digest, one.body.digest) == (other.outline.digest, other.body.digest)
    assert one.spans.digest != other.spans.digest


def test_parsing_is_pure() -> None:
    """The same bytes under the same path give the same document, also after another file was parsed."""
    text = brief(body="See [[park]] and [@minutes, p. 3].[^1]\n\n[^1]: Note.\n")
    first = document(text)
    document(brief(body="## Else [[x]]\n\n[^1]\n\n[^1]: Other.\n"))
    assert first == document(text)


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (345, 2), (460, 2), (2300, 10)])
def test_reading_time_is_counted(words: int, minutes: int) -> None:
    """A brief takes one minute for each 230 words, and at least one."""
    article = document(brief(body="word " * words)).outline.value.records[0].detail
    assert isinstance(article, PageDetail)
    assert minutes == article.minutes


def test_changes_are_sorted_and_date_the_record() -> None:
    """Change notes are sorted newest first, and the newest is the date of the last update."""
    context = "[{date: 2026-01-01, kind: minor, text: a}, {date: 2026-02-01, kind: update, text: b}]"
    found = document(brief(changes=context)).outline.value.records[0]
    assert (["2026-02-01", "2026-01-01"], "2026-02-01") == ([change.date for change in found.changes], found.updated)
    later = document(brief(changes=context, updated="2026-03-01")).outline.value.records[0]
    assert "2026-03-01" == later.updated


@pytest.mark.parametrize(
    ("field", "known", "reason"), [("[why, when]", ["why", "when"], ""), ("Nothing is open.", [], "Nothing is open.")]
)
def test_what_is_not_known_is_a_list_or_a_reason(field: str, known: list[str], reason: str) -> None:
    """A brief names its open questions or says why it has none."""
    article = document(brief(not_known=field)).outline.value.records[0].detail
    assert isinstance(article, PageDetail)
    assert (known, reason) == ([ref.id for ref in article.not_known], article.none_unknown)


@pytest.mark.parametrize(
    ("text", "kind", "unread"),
    [
        ("---\ntitle: A: B\n---\n", "brief", ("hours",)),
        ("- id: ada\n  name: A: B\n- id: 'ben'\n  name: Ben\n", "person", ("ada", "A: B", "ben", "Ben")),
        ("- id: ada\n  name: &x Ada\n", "person", ("ada", "&x Ada")),
    ],
)
def test_a_file_that_cannot_be_read_still_names_its_records(text: str, kind: str, unread: tuple[str, ...]) -> None:
    """The ids in a broken file are known, so that links to them are not reported too."""
    parsed = document(text, kind)
    assert (unread, (), 1) == (parsed.outline.value.unread, parsed.outline.value.records, len(parsed.problems))


def test_a_markdown_brief_has_no_sections_and_no_other_id() -> None:
    """A field that would be ignored is an error."""
    problems = document(brief(sections="[{heading: H, body: B}]", id="times")).problems
    assert {("sections", 5), ("id", 6)} == {(one.code, one.line) for one in problems}
    assert () == document(brief(id="hours")).problems


@pytest.mark.parametrize("data", [b"", b"\xff", b"---\n", b"\0", b"[" * 40000, "é".encode("latin-1")])
@pytest.mark.parametrize("kind", ["site", "brief", "page", "event"])
def test_no_bytes_crash_the_parser(data: bytes, kind: str) -> None:
    """Whatever a file holds, parsing gives a document; a file that is not empty or a list has problems."""
    parsed: Document = document(data, kind, "content/x.md")
    assert (kind, data) == ("event", b"") or 1 <= len(parsed.problems) <= 2, codes(parsed.problems)


def test_an_empty_prose_is_nothing() -> None:
    """A field that is missing gives prose without words."""
    work = record("source").detail
    assert isinstance(work, SourceDetail)
    assert (None, ParsedProse("")) == (work.note, ParsedProse(""))


@pytest.mark.parametrize("year", [*range(-1, 3), 476, 1066, *range(2997, 3003), 9999, 10_000, 99_999])
@pytest.mark.parametrize("rest", ["", ", 2", ", 2, 28"])
def test_a_date_in_parts_has_the_years_of_any_date(year: int, rest: str) -> None:
    """A year from 1 to 2999, with or without month and day, as a number or as words."""
    for typed in (f"[[{year}{rest}]]", f"[['{year}'{rest}]]"):
        text = f"- {{id: s, type: report, title: T, publisher: P, tier: news, issued: {{date-parts: {typed}}}}}\n"
        made = document(text, "source", "content/sources.yaml")
        assert (1 <= year <= 2999) != ("impossible-date" in codes(made.problems)), typed
