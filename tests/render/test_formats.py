"""Files for machines and calendars, read back as those machines read them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from markdown import markdown

from briefing.model.pages import Column, Day, Group, Page, Table
from briefing.model.site import Named, Site
from briefing.model.text import Link
from briefing.render.formats import write
from tests.hostile import Elements
from tests.sites import MakeSite, brief

HOSTILE = ["=1+1", "+44", "-1", "@SUM(A1)", "\tx", "\rx", 'a "b", c', "two\nlines", "</script>", "ŵ ; \\ ,", ""]
SITE = Site(
    "The Library", "Library", "What we do", "https://library.example/guide", "en-GB", "ltr", Named("Friends"), Named("x", "mailto:x"),
    Named("CC BY", "https://licence.example/"), "", (), (), (), (),
)  # fmt: skip
TEXTS = f"""
-- content/briefs/hours.md --
{brief("Opening hours", "It opens at nine.", check_by="2026-06-01", changes="[{date: 2026-01-05, kind: update, text: Now ten.}]")}
-- content/events.yaml --
- {{id: opened, date: 2025-06-16, title: The opening, text: "[[ada]] spoke.", who: [ada], sources: [minutes]}}
- {{id: works, date: 2026-05-04, title: Works begin, planned: true, sources: [minutes]}}
- {{id: sale, date: 2026-05, title: A sale, planned: true, sources: [minutes]}}
- {{id: late, date: 2026-02, title: A visit, planned: true, sources: [minutes]}}
-- content/people.yaml --
- {{id: ada, name: Ada Reed, summary: Keeps the books.}}
-- content/unknowns.yaml --
- {{id: sundays, question: Will it open on Sundays?, why: Nobody asked., who_could_answer: The board., expected: In May., sources: [minutes]}}
-- content/sources.yaml --
- {{id: minutes, type: report, title: "=The minutes", issued: 2025, tier: primary, publisher: The Board, URL: "https://x.example/"}}
"""


def exported(form: str, **fields: object) -> str:
    """Write one file."""
    page = Page(f"/data/x.{form}", form, "file", "X", "", "en-GB", **fields)  # type: ignore[arg-type]
    return write(page, SITE, ())


def test_csv_reads_back_and_runs_nothing() -> None:
    """Any text survives the way through a CSV file, but for an apostrophe before what would be a formula."""
    table = Table("t", "T", (Column("id", "x"), Column("text", "y")), tuple(("a", words) for words in HOSTILE))
    text = exported("csv", tables=(table,))
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert ["id", "text"] == rows[0]
    assert [words if words[:1] not in tuple("=+-@\t\r") or not words else "'" + words for words in HOSTILE] == [
        row[1] for row in rows[1:]
    ]
    assert [] == [row for row in rows[1:] if row[1].startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "\r\n" in text


def test_json_reads_back() -> None:
    """A table as JSON says what its columns mean, under which licence, and holds every text as it was."""
    table = Table("t", "T", (Column("text", "what is said"),), tuple((words,) for words in HOSTILE))
    told = json.loads(exported("json", tables=(table,)))
    assert HOSTILE == [row["text"] for row in told["rows"]]
    assert ([{"name": "text", "meaning": "what is said"}], "https://licence.example/") == (
        told["columns"],
        told["licence"],
    )


@pytest.mark.parametrize("title", ["A; b, c \\ d", "é" * 90, "two\nlines", "BEGIN:VEVENT\r\nX:1"])
def test_a_calendar_keeps_its_form_whatever_a_title_says(title: str) -> None:
    """No title adds a line of its own, no line has more than 75 octets, and unfolded it names the site and says the title."""
    text = exported("ics", days=(Day("a", "2026-05-31", title, "/next/", "2026-01-01"),))
    lines = text.split("\r\n")
    assert lines[-1] == "" and all(len(line.encode()) <= 75 for line in lines)
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert 1 == unfolded.count("BEGIN:VEVENT")
    [summary] = [line.removeprefix("SUMMARY:") for line in unfolded if line.startswith("SUMMARY:")]
    assert re.fullmatch(r"([^\\;,]|\\[\\;,])*", summary), "a mark that is not escaped divides or ends the value"
    assert f"The Library: {' '.join(title.split())}" == summary.replace("\\,", ",").replace("\\;", ";").replace(
        "\\\\", "\\"
    )
    assert {"DTSTART;VALUE=DATE:20260531", "DTEND;VALUE=DATE:20260601", "UID:a@library.example"} <= set(unfolded)
    assert "DTSTAMP:20260101T000000Z" in unfolded


def test_tables_hold_what_the_pages_show(site: MakeSite) -> None:
    """Each table has a row for each record, with permanent ids, absolute addresses and plain words."""
    one = site(TEXTS)
    one.good()
    rows = json.loads(one.read("output/data/timeline.json"))["rows"]
    assert ["opened", "late", "sale", "works"] == [row["id"] for row in rows]
    assert ("Ada Reed spoke.", "ada", "minutes", "https://library.example/guide/timeline/#opened") == (
        rows[0]["text"],
        rows[0]["who"],
        rows[0]["sources"],
        rows[0]["address"],
    )
    sources = list(csv.DictReader(io.StringIO(one.read("output/data/sources.csv"))))
    assert ["'=The minutes"] == [row["title"] for row in sources]
    page = one.page("/data/")
    for table in ("timeline", "open-questions", "sources"):
        for ending in ("csv", "json"):
            assert f'href="{table}.{ending}"' in page
    assert "numbers.csv" not in page


def test_what_happens_next_is_honest_about_days(site: MakeSite) -> None:
    """Only what is known to the day is in the calendar; what was planned and has passed is set apart."""
    one = site(TEXTS)
    one.good(now="2026-03-01")
    page, calendar = one.page("/next/"), one.read("output/next.ics")
    ahead, passed = page.split('id="UI--passed"')
    assert ("Works begin" in ahead, "A sale" in ahead, "A visit" in ahead) == (True, True, False)
    assert "A visit" in passed and "In May." in passed
    assert ["20260504", "20260601"] == [line[-8:] for line in calendar.split("\r\n") if line.startswith("DTSTART")]
    one.good(now="2026-05-05")
    assert ["20260601"] == [line[-8:] for line in one.read("output/next.ics").split("\r\n") if "DTSTART" in line]
    one.good(now="2027-01-01")
    assert ("DTSTART" in one.read("output/next.ics"), "next.ics" in one.page("/next/")) == (False, False)


def test_both_feeds_say_the_same(site: MakeSite) -> None:
    """The JSON Feed has the entries of the Atom feed under the same ids."""
    one = site(TEXTS)
    one.good()
    items = json.loads(one.read("output/feed.json"))["items"]
    atom = one.read("output/feed.xml")
    assert [("Opening hours", "Now ten.")] == [(item["title"], item["content_text"]) for item in items]
    assert f"<id>{items[0]['id']}</id>" in atom


def test_language_models_are_told_where_things_are(site: MakeSite) -> None:
    """llms.txt names the site and every brief with its address."""
    one = site(TEXTS)
    one.good()
    text = one.read("output/llms.txt")
    assert text.startswith("# The Riverside Library\n")
    assert "- [Opening hours](https://library.example/guide/briefs/hours/): About it.\n" in text


@pytest.mark.parametrize(
    "words", ["two\nlines", "a\n\n# b\r\n- c", "](https://evil.example/) [x](javascript:x", "<b>", "![x][y]", "`a` *b*"]
)
def test_language_models_are_told_words_as_words(words: str) -> None:
    """Read as Markdown, llms.txt has one heading, one quotation and one link for each page, whatever their words are."""
    group = Group("Briefs", "", links=(Link("a", "brief", words, words, "/briefs/a/"),))
    page = Page("/llms.txt", "llms.txt", "file", "", "", "en-GB", groups=(group,))
    found = Elements(markdown(write(page, replace(SITE, title=words, tagline=words), ())))
    shown = [(tag, attributes.get("href", "")) for tag, attributes in found.found]
    link = "https://library.example/guide/briefs/a/"
    assert [("h1", ""), ("blockquote", ""), ("p", ""), ("h2", ""), ("ul", ""), ("li", ""), ("a", link)] == shown
    said = " ".join(words.split())
    assert [said, said, "Briefs", said, f": {said}"] == [text.strip("\n") for text in found.words if text.strip()]
