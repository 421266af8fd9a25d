"""A brief as Markdown has the words of its page, also for another Markdown program."""

from __future__ import annotations

import html
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown
from markupsafe import Markup

from briefing.text.markdown_escapes import escape
from tests.hostile import Elements
from tests.markdown_texts import HOSTILE
from tests.markdown_texts import TEXTS as HOSTILE_TEXTS
from tests.sites import MakeSite, Site, brief, document

BODY = r"""
It costs \*5\* or less: a < b & c | d, 1\. and *[[minutes-page|the record]]*. It opened in 2025 [@minutes, p. 3].

1. One

    More of one, `code *here*`.

2. Two
    - inner [the page](https://x.example/a)

> Somebody said it [@minutes].

| When | What |
|---|---|
| Nine | **Doors** open [@minutes, p. 3] |

Lease
:   A loan.

A note[^1].

[^1]: Said *once*.
"""
DISPUTED = (
    "[{about: Who asked?, positions: [{holder: The board, date: 2025, text: 'See [[minutes-page]].', sources: minutes}, "
    "{holder: Readers, text: We did., sources: ['minutes, p. 9']}]}]"
)
TEXTS = f"""
-- content/briefs/hours.md --
{brief("Opening * hours", BODY, in_brief="[It opens at nine.]", disputed=DISPUTED)}
-- content/pages/minutes-page.md --
---
title: The record
summary: What was written down.
---
It was written down.
-- content/sources.yaml --
- {{id: minutes, type: report, title: The minutes, issued: 2025, tier: primary, publisher: The Board, URL: "https://x.example/"}}
"""


def words(html: str) -> str:
    """Return what a reader sees of some HTML, without footnote marks and chips."""
    bare = re.sub(
        r"<sup.*?</sup>|<button class=.chip.*?</button>|<a class=.footnote-backref.*?</a>", "", html, flags=re.DOTALL
    )
    return re.sub(r"\s+([.,])", r"\1", " ".join(Markup(bare.replace("<", " <")).striptags().split()))


def test_a_brief_as_markdown_reads_as_its_page_does(site: MakeSite) -> None:
    """Another Markdown program makes the same words of it, in order. Sources are footnotes with their addresses."""
    one = site(TEXTS)
    one.edit("content/site.yaml", "contact:", "markdown_twins: true\ncontact:")
    one.build()
    twin, page = one.read("output/briefs/hours/index.md"), one.read("output/briefs/hours/index.html")
    made = markdown(twin, extensions=["tables", "footnotes", "def_list", "sane_lists"])
    text = re.search(r'<div class="text"[^>]*>(.*?)</div>\s*<section', page, re.DOTALL)
    assert text
    body, notes = text[1].split('<div class="footnote">')
    assert words(body) in words(made)
    assert "Opening \\* hours" in twin
    assert "- It opens at nine." in twin
    sides = re.findall(r"^- \*\*(.*?)\*\*( \(2025\))?: (.*?)(?:\[\^\d[a-z]\])$", twin, re.MULTILINE)
    assert ["The board", "Readers"] == [holder for holder, _, _ in sides]
    assert ("See [The record](https://library.example/guide/minutes-page/).", "We did.") == (sides[0][2], sides[1][2])
    assert re.search(r"\[\^\d[a-z]\]: The Board, “The minutes”, 2025, p\. 3\. <https://x\.example/>", twin)
    assert "[^note-1]: Said *once*" in twin
    assert words(notes).startswith("Said once")
    assert '<link rel="alternate" type="text/markdown" href="index.md">' in page


@given(st.text(st.sampled_from("a1 ~-+=:.)(!#>*_`<&;[]|\\\n"), min_size=1, max_size=30).filter(str.strip))
def test_no_words_are_taken_for_syntax(text: str) -> None:
    """Whatever a title or a summary is, another Markdown program shows the same words as one paragraph."""
    made = markdown(escape(text), extensions=["tables", "footnotes", "def_list", "sane_lists", "fenced_code"])
    [shown] = re.findall("<p>([^<>]*)</p>", made, re.DOTALL)
    assert " ".join(text.split()) == " ".join(html.unescape(shown).split())


@pytest.mark.parametrize(
    "name", ["~~~", "~~~ a", "---", "- a", "1) a", "12. a", "1.", "+", "===", "    a", "# a", "```", "&copy;"]
)
def test_no_title_starts_a_block(name: str) -> None:
    """CommonMark starts blocks with more than Python-Markdown does; none of these starts is left as it is."""
    assert not re.match(r"\s{4}|[~`=+#-]|\d+[.)]|&copy;", escape(name))


BLOCKS = re.compile(
    r"""[ ]{0,3}(?:(?P<rule>[-_*])[ \t]*(?:(?P=rule)[ \t]*){2,}$|\#{1,6}(?:[ \t]|$)|(?:=+|-+)[ \t]*$|`{3}|~{3}|<|>|\[
    |[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|[|:]|[: \t-]*-[: \t-]*$)|[ ]{4}|\t""",
    re.VERBOSE,
)
"""How each kind of block but a paragraph starts, by the specification of CommonMark and the tables of GitHub."""
STARTS = ("~~~", "---", "===", "***", "___", "```", "1)", "1.", "12)", "-", "+", "*", "#", ">", "<b>", "    x", "\tx", "[x]: y", "|---|", ":--", "- - -", "-- ---",
          "x\n---", "x\n===", "~~x~~", "&#126;~~", "<!-- x", "\\~~~", " ", "x", "\n")  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(STARTS), st.text(max_size=4)), max_size=5).map("".join))
def test_words_start_no_block_of_any_reader(words: str) -> None:
    """No text of a field begins a block, as CommonMark says where one begins, or is struck out; it stays on one line."""
    written = escape(words)
    assert "\n" not in written and "~~" not in written and not BLOCKS.match(written)


def test_an_exclamation_mark_before_a_link_makes_no_picture(site: MakeSite) -> None:
    """A sentence that ends so close to a link still reads as a link."""
    one = site(TEXTS.replace("It opened in 2025", "Look![[hours]] It opened in 2025"))
    one.edit("content/site.yaml", "contact:", "markdown_twins: true\ncontact:")
    one.build()
    assert "Look\\![Opening" in one.read("output/briefs/hours/index.md")


def test_a_site_without_the_setting_has_no_twins(site: MakeSite) -> None:
    """Without the setting, the file and the link to it are not made."""
    one = site(TEXTS)
    one.build()
    assert not (one.root / "output/briefs/hours/index.md").exists()
    assert "index.md" not in one.read("output/briefs/hours/index.html")


def copies(texts: list[str]) -> dict[str, str]:
    """Return the Markdown copies of briefs with these texts, those left out that no page can have."""
    with tempfile.TemporaryDirectory() as folder:
        one = Site(Path(folder))
        one.edit("content/site.yaml", "contact:", "markdown_twins: true\ncontact:")
        for number, text in enumerate(texts):
            title, summary = (f'"{HOSTILE[(number + n) % len(HOSTILE)]} x"'.replace("\\", "") for n in range(2))
            source = brief(title, text).replace("About it.", summary)
            if not [problem for problem in document(source).problems if problem.level == "error"]:
                one.write(f"content/briefs/b{number}.md", source)
        one.good()
        return {path: data.decode() for path, data in one.output().items() if path.endswith(".md")}


PLAIN = {"h1", "h2", "h3", "p", "ul", "ol", "li", "pre", "code", "em", "strong", "blockquote", "table", "thead", "tbody", "tr", "th", "td",
         "br", "hr", "a", "dl", "dt", "dd", "sup", "div"}  # fmt: skip
"""What a copy of such texts may become."""


def foreign(made: str) -> list[str]:
    """Return the elements and attributes of some HTML that no page with such texts has."""
    wrong = []
    for tag, attributes in Elements(made).found:
        allowed = {"a": {"href", "class", "title", "id", "role"}, "ol": {"start"}, "li": {"id"}, "sup": {"id"}}.get(
            tag, set()
        )
        if tag in ("div", "code", "ul"):
            allowed = {"class"} if attributes.get("class", "") in ("footnote", "") else set()
        leads = re.match("https://|#|$", attributes.get("href", ""))
        if tag not in PLAIN or set(attributes) - allowed or not leads:
            wrong.append(f"{tag} {attributes}")
    return wrong


@settings(max_examples=12)
@given(st.lists(HOSTILE_TEXTS, min_size=12, max_size=12))
def test_no_reader_finds_elements_in_a_copy_that_its_page_has_not(texts: list[str]) -> None:
    """Code and words that look like HTML or attributes stay code and words, with all the extensions of a program."""
    for text in copies(texts).values():
        for extensions in (["extra", "admonition", "sane_lists"], ["tables"], []):
            assert [] == foreign(markdown(text, extensions=extensions)), text
