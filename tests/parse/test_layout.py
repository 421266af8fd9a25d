"""A text is laid out before it is converted: comments go, code is set aside, lists and tables are understood."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.parse.markdown.layout import lay_out
from briefing.parse.markdown.offsets import align
from briefing.text.plain_words import plain_words
from tests.sites import brief, document

TOP = brief(body="")
PIECES = [
    "- ", "  - ", "    - ", "* ", "1. ", "2) ", "   ", "    ", "        ", "> ", "# ", "\n", "\n\n", "`", "``", "\n```\n",
    "\n~~~\n", "~", "| ", " | ", "|---|---|\n", "--- | ---\n", "[^1]: ", "\n:   ", "\t", "_", "\\", "<", "&",
]  # fmt: skip
words = st.integers(0, 99).map("w{:02}".format)
texts = st.lists(st.one_of(words, st.sampled_from(PIECES)), max_size=25).map("".join)


def html(body: str) -> str:
    """Return the HTML of a body."""
    return document(TOP + body).body.value


@given(texts)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    """Each word that is typed is in the page, or a problem says at its place why not."""
    found = document(TOP + text)
    lost = {word for word in re.findall(r"w\d\d", text) if word not in plain_words(found.body.value) + found.body.value}
    assert not lost or any(problem.level == "error" for problem in found.problems)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_each_piece_knows_where_it_comes_from(text: str) -> None:
    """Every word of the laid out text has the offset that it has in the typed text."""
    layout = lay_out(text)
    for word in re.finditer(r"w\d\d", layout.text):
        at = layout.offsets.origin(word.start())
        assert word[0] == text.expandtabs(4)[at : at + 3] or "\t" in text


@given(
    texts,
    st.sampled_from(["%% secret [[x]] %%", "<!-- secret `x` -->", "<!-- secret\n\nmore -->", "%%secret%%"]),
    texts,
)
@settings(max_examples=300, deadline=None)
def test_a_comment_is_never_published(before: str, comment: str, after: str) -> None:
    """Wherever a comment is, none of its words is in the page; between backticks it is code, and is shown."""
    layout = lay_out(f"{before} {comment} {after}")
    assert "secret" not in layout.text


def test_a_comment_in_code_is_code() -> None:
    """What looks like a comment in code is shown."""
    for code in ("`%% a %%`", "```\n<!-- a -->\n```", "    %% a %%"):
        assert "a %%" in html(f"Text\n\n{code}\n") or "a --" in html(f"Text\n\n{code}\n")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("They are:\n- a\n- b", "They are:\n\n- a\n- b"),
        ("- a\n  - b\n    - c\n- d", "- a\n    - b\n        - c\n- d"),
        ("1. a\n   - b\n2. c", "1. a\n    - b\n2. c"),
        ("1. a\n  - b\n2. c", "1. a\n    - b\n2. c"),
        ("- a\n\n  more\n- b", "- a\n\n    more\n- b"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("- a\n1. b", "- a\n\n1. b"),
        ("Hours:\n| a | b |\n|---|---|\n| c | d |", "Hours:\n\n| a | b |\n|---|---|\n| c | d |"),
        ("> Hours:\n> - a\n> - b", "> Hours:\n>\n> - a\n> - b"),
        ("| a | b |\n|---|---|\n| c | d |\n> q", "| a | b |\n|---|---|\n| c | d |\n\n> q"),
        ("1. a\n\n    ```\n    one\n\n    two\n    ```", "1. a\n\n        one\n\n        two"),
        ("- a\n  ```\n  one\n  ```", "- a\n\n        one"),
        ("> ```\n> one\n> ```", ">     one"),
        ("a %% comment %% b\n%% comment %%\nc", "a b\nc"),
        ("- a\n<!-- comment\n\nmore -->\n- b", "- a\n- b"),
    ],
)
def test_what_other_programs_understand(typed: str, meant: str) -> None:
    """A text in another form gives the same page as the form that the library knows."""
    assert html(meant) == html(typed)


@pytest.mark.parametrize(
    "typed", ["In the year\n1998. That was it.", "from nine\n-5 degrees", "a\n*b* c", "a | b\nc | d"]
)
def test_what_is_no_list_stays_a_paragraph(typed: str) -> None:
    """Years, negative numbers, emphasis and single bars at the start of a line begin nothing."""
    assert html(typed).count("<p>") == 1
    assert lay_out(typed).text.rstrip("\n") == typed


@given(st.lists(st.text("ab'\"\\ é\n", min_size=1, max_size=6), min_size=1, max_size=8).map(" ".join))
def test_words_of_a_folded_value_are_found(text: str) -> None:
    """Each word of a value is found in what was typed for it over several lines."""
    typed = ">-\n    " + "\n    ".join(text.split())
    offsets, at = align(text, typed), 0
    for word in text.split():
        at = text.index(word, at)
        assert typed[offsets.origin(at) :].startswith(word)
        at += len(word)
