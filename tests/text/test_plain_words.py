"""Plain words: whatever a writer types, every reader of plain words gets the reader's words, once and in order."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.text import NumberRef, ParsedProse, Reference
from briefing.parse.context import FileContext
from briefing.parse.markdown.convert import convert, convert_inline
from briefing.parse.yaml_tree import Scalar
from briefing.text.plain_words import plain_words
from briefing.text.source_text import Lines
from tests.sites import MakeSite, brief

LITERAL = {
    "word": "word",
    "&copy; 2025": "© 2025",
    "1 &#8211; 2 &#x2014; 3": "1 – 2 — 3",
    "&amp;copy; &amp;amp;": "&copy; &amp;",
    "a&nbsp;b": "a b",
    "R&D AT&copy x;": "R&D AT&copy x;",
    "1 < 2 &lt;b&gt;": "1 < 2 <b>",
    "*soft &amp; low*": "soft & low",
    "**loud**": "loud",
    "`code &copy; <b>`": "code &copy; <b>",
    r"\*starred\* \&copy;": "*starred* &copy;",
    "[the &ndash; web](https://x.example/?a=b&copy=c)": "the – web",
    "<https://x.example/?a=b&c=d>": "https://x.example/?a=b&c=d",
    "<ada@x.example>": "ada@x.example",
}
"""What is typed, and what a reader sees."""
REFERENCES = {
    "[[loan]]": "Loan <&amp;>",
    "[[loan|a &amp; b]]": "a & b",
    "[the *loan*](loan.md)": "the loan",
    "[[=visits]]": "1,200",
    "[@minutes]": "",
    "[@minutes, p. 3; @survey]": "",
}
"""The same for what becomes a placeholder, where “Loan <&amp;>” is a title."""
literal = st.lists(st.sampled_from(sorted(LITERAL)), min_size=1, max_size=6)
typed = st.lists(st.sampled_from(sorted({**LITERAL, **REFERENCES})), min_size=1, max_size=8)


def seen(pieces: list[str]) -> str:
    """Return what a reader sees of what was typed."""
    return " ".join(filter(None, (LITERAL.get(piece, REFERENCES.get(piece)) for piece in pieces)))


def read(prose: ParsedProse) -> str:
    """Return the plain words of a text in which every link leads to “Loan <&amp;>” and every figure is 1,200."""

    def words(number: int) -> str:
        match prose.placeholders[number]:
            case Reference(labelled=False):
                return "Loan <&amp;>"
            case NumberRef():
                return "1,200"
            case _:
                return ""

    return plain_words(prose.html, words)


def field(text: str) -> tuple[ParsedProse, FileContext]:
    """Convert the text of one field."""
    context = FileContext("a.yaml", Lines.of(text))
    return convert_inline(Scalar(text, False, 0, len(text)), context), context


@given(typed)
def test_plain_words_are_what_a_reader_sees(pieces: list[str]) -> None:
    """No tag, entity, mark or citation is in them, and every word is, once and in order."""
    text = " ".join(pieces) + "."
    prose, context = field(text)
    expected = re.sub(r"\s*$", ".", seen(pieces))
    assert (expected, []) == (read(prose), context.problems)


@given(typed)
def test_sentences_have_the_same_words(pieces: list[str]) -> None:
    """What lint reads is the plain words, without what placeholders will say."""
    prose, context = field(" ".join(pieces))
    sentences = [sentence for run in context.said for sentence in run.sentences]
    assert plain_words(prose.html).split() == " ".join(sentences).split()


@given(literal)
def test_titles_and_cells_have_the_same_words(pieces: list[str]) -> None:
    """A heading's title, also with a footnote in it, and the label of a table's cell are the plain words."""
    words = " ".join(pieces)
    text = f"## {words}[^1]\n\n| {words} |\n|---|\n| cell |\n\n[^1]: The note.\n"
    body = convert(text, 0, len(text), FileContext("a.md", Lines.of(text)))
    [heading] = body.headings
    [label] = re.findall(r'<td data-label="(.*?)">', body.prose.html)
    assert seen(pieces) == heading.title == html.unescape(label)
    assert heading.title == plain_words(re.findall("<h2.*?</h2>", body.prose.html, re.DOTALL)[0])


@pytest.mark.parametrize(
    ("typed_", "title", "name"),
    [
        ("Q&A &copy; 2025", "Q&A © 2025", "qa-2025"),
        ("Costs &ndash; 2026", "Costs – 2026", "costs-2026"),
        ("Hours of opening[^1]", "Hours of opening", "hours-of-opening"),
        ("Hours[^1] &amp; days", "Hours & days", "hours-days"),
    ],
)
def test_a_heading_is_named_by_its_words(typed_: str, title: str, name: str) -> None:
    """Neither an entity nor a footnote is in the way of a heading's title and id."""
    text = f"## {typed_}\n\nText.\n\n[^1]: A note.\n"
    [heading] = convert(text, 0, len(text), FileContext("a.md", Lines.of(text))).headings
    assert (title, name) == (heading.title, heading.id)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a <em>b</em>\nc", "a b c"),
        ('One<sup id="fnref:1"><a href="#fn:1">1</a></sup> of two <sup id="fnref2:1">1</sup>.', "One of two."),
        ('One.\n<div class="footnote">\n<hr>\n<ol><li>A note.</li></ol>\n</div>', "One."),
        ('so it is <placeholder n="0"></placeholder> <placeholder n="1"></placeholder>.', "so it is."),
        ('<placeholder n="0"></placeholder> so', "so"),
        ("Combien ? Trop : « 1 »", "Combien ? Trop : « 1 »"),
    ],
)
def test_notes_and_citations_leave_no_gap(text: str, words: str) -> None:
    """What is left out takes the space before it along; a space that the writer meant stays."""
    assert words == plain_words(text)


SITE = f"""
-- content/briefs/hours.md --
{brief("Q&A", "Open at nine, see [[loan]]. ![Fish &amp; chips](map.svg)", changes="[{date: 2026-01-02, kind: update, text: 'A &copy; of [[loan]] &ndash; [@minutes].'}]")}
-- content/glossary.yaml --
- {{id: loan, term: 'Loan <b>', meaning: 'A &copy; of [[hours]] &ndash; &amp;copy; [@minutes].'}}
-- content/unknowns.yaml --
- {{id: fee, question: Is there a fee?, why: 'Of [[loan]] &copy; nobody asked [@minutes].', who_could_answer: The board., sources: minutes}}
-- assets/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>
-- content/sources.yaml --
- {{id: minutes, type: report, title: The minutes, issued: 2025, tier: primary, publisher: The Board, URL: "https://x.example/"}}
"""


def test_all_files_of_a_site_have_the_same_words(site: MakeSite) -> None:
    """A preview, linked data, a data table, the feeds and a picture's words hold the reader's words and no entity."""
    one = site(SITE)
    one.good()
    meaning, change = "A © of Q&A – &copy;.", "A © of Loan <b> –."
    page = one.read("output/glossary/loan/index.html")
    [linked] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert meaning in [thing.get("description") for thing in json.loads(linked)["@graph"]]
    [described] = re.findall(r'<meta name="description" content="(.*?)">', page)
    assert meaning == html.unescape(described)
    brief_page = one.read("output/briefs/hours/index.html")
    assert html.escape(meaning, quote=False) in brief_page
    assert 'alt="Fish &amp; chips"' in brief_page
    assert change == json.loads(one.read("output/feed.json"))["items"][0]["content_text"]
    [summary] = re.findall("<summary>(.*?)</summary>", one.read("output/feed.xml"))
    assert change == html.unescape(summary)
    [row] = json.loads(one.read("output/data/open-questions.json"))["rows"]
    assert "Of Loan <b> © nobody asked." == row["why"]
