"""A comment in a field of plain words is published nowhere, as in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.parse.yaml_mistakes import quote
from briefing.parse.yaml_tree import without_comments
from tests.sites import MakeSite, brief, document

BROKEN = (
    "%% secret",
    "secret %%",
    "word%% secret %%",
    "<!-- secret",
    "<!- secret -->",
    "<!— secret —>",
    "< !-- secret -->",
    "<-- secret -->",
)
"""Comments that are not closed, not opened, or not in the form of one."""
SITE = """
-- content/site.yaml --
title: The library ¤
tagline: On the river ¤
publisher: {name: Friends ¤}
notice: No official site ¤
navigation: [{label: A to Z ¤, to: /a-z/}]
markdown_twins: true
-- content/people.yaml --
- {id: ada, name: Ada ¤, summary: A reader ¤, aka: [Countess ¤], extra: {room: Tower ¤}}
-- content/pages/index.md --
---
title: Welcome ¤
summary: All about it ¤
---
Words.
"""


@pytest.mark.parametrize("comment", ["%% secret %%", "<!-- secret -->"])
def test_no_file_contains_a_comment(site: MakeSite, comment: str) -> None:
    """Whatever field has it: of the settings, of a brief, of a record of a list, or of the site's own."""
    typed = brief(
        f"Hours {comment}",
        "Open.",
        sensitivity=f"Sad {comment}",
        topics=f"[Time {comment}]",
        extra=f"{{floor: One {comment}}}",
    )
    one = site(
        f"{SITE.replace('¤', comment)}-- content/briefs/hours.md --\n{typed.replace('About it.', f'About it {comment}')}"
    )
    one.good(search=False)
    assert [] == [path for path, data in one.output().items() if b"secret" in data]
    twin = one.output()["briefs/hours/index.md"].decode()
    assert "# Hours\n" in twin and "- **Floor:** One\n" in twin


@given(st.text("ab %<!->\n", max_size=30), st.text("ab ", min_size=1, max_size=5))
def test_words_around_a_comment_stay(words: str, comment: str) -> None:
    """What is no comment is as it was typed; a mark within a word, or one that is not closed, begins none."""
    plain = re.sub("%+", "%", words).replace("<!--", "<")
    assert plain == without_comments(plain)
    assert "a%%b%%" == without_comments("a%%b%%")
    assert f"{plain} x".split() == without_comments(f"{plain} %%{comment}%% x").split()


@given(
    st.sampled_from(["title", "sensitivity", "name", "label", "extra"]),
    st.sampled_from(BROKEN),
    st.sampled_from(["", "a ", "क्‍या "]),
)
def test_a_comment_that_is_not_whole_is_told_where_it_is(field: str, comment: str, before: str) -> None:
    """Its words would be published: in the front matter, in a record of a list, in a field of the site's own."""
    value = f"'{before}{comment}'"
    if field in ("name", "label"):
        key = "name: Ada\n  extra: {room: " if field == "label" else "name: "
        text = f"- id: ada\n  {key}{value}{'}' * (field == 'label')}\n  summary: A reader.\n"
        made = document(text, "person", "content/people.yaml")
    elif field == "title":
        text = brief(value)
        made = document(text)
    else:
        text = brief("Hours", "Open.", **{field: f"{{floor: {value}}}" if field == "extra" else value})
        made = document(text)
    found = [(one.line, one.column) for one in made.problems if one.code == "unclosed-comment"]
    mark = re.search("%%|<", comment)
    assert mark is not None
    at = text.index(value) + 1 + len(before) + mark.start()
    assert [(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))] == found


@pytest.mark.parametrize(
    "value", ["50 % of 3%", "100 %", "<3 and a <- b --> c", "https://a.example/a%%20b", "%% a %% b <!-- c -->"]
)
def test_percent_signs_and_arrows_are_words(value: str) -> None:
    """Nothing is reported of them."""
    assert [] == [
        one.code for one in document(brief("Hours", "Open.", sensitivity=f"'{value}'")).problems if one.level == "error"
    ]


@pytest.mark.parametrize("value", ["**Bold** words", "See [[hours]]", "[x](https://a.example/)", "So [@plan, p. 3]"])
def test_markdown_in_plain_words_is_told(value: str) -> None:
    """A field of plain words would show it as it is typed."""
    [found] = [
        one for one in document(brief("Hours", "Open.", sensitivity=f"'{value}'")).problems if one.level == "error"
    ]
    assert "other-markdown" == found.code


@given(
    st.sampled_from(("The wall", "Wall", "الجدار", "दीवार", "Y wal, 1961", "A 'wall'")),
    st.sampled_from(("and the gate", "الباب", "Σ", "one, two")),
    st.sampled_from((" # ", "  # ", " #\t")),
)
def test_words_after_a_hash_are_told_where_readers_would_miss_them(before: str, after: str, between: str) -> None:
    """In a title, in lists and in fields of the site's own; not in quotes, nor beside ids, dates and numbers."""
    typed = before + between + after
    told = [brief(typed), brief(in_brief=f"\n  - {typed}"), brief(extra=f"\n  floor: {typed}")]
    for text in told:
        [found] = [one for one in document(text).problems if one.code == "cut-off"]
        row = text.split("\n")[found.line - 1]
        assert row[found.column - 1 :] == typed[len(before) :].strip()
        assert quote(typed) in found.hint
    quiet = {"title": f'"{typed}"', "as_of": f"2025-06-16{between}{after}", "order": f"1{between}{after}"}
    for text in (brief(**{name: value}) for name, value in quiet.items()):
        assert "cut-off" not in {one.code for one in document(text).problems}
    cited = brief(not_known=f"\n  - depth{between}{after}")
    assert "cut-off" not in {one.code for one in document(cited).problems}
