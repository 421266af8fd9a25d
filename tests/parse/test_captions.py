"""A caption is Markdown: what is in it is what it would be in a paragraph. Each picture has a place of its own."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.text import Credit
from tests.parse.test_markdown import html, problems, read

PIECES = ["words", "[[hours]]", "[[hours|the hours]]", "[@minutes, p. 3]", "*so*", "**so**", "~~so~~", "`x*y`", "[w](https://e.example/)", "5 * 3", "\\*", "&amp;", "[sic]", "2019"]  # fmt: skip
QUOTES = st.sampled_from(['""', "''", "()"])
PLACEHOLDER = re.compile(r' n="\d+"')


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), QUOTES)
def test_a_caption_is_what_a_paragraph_would_be(pieces: list[str], quotes: str) -> None:
    """Links, citations, emphasis and code; nothing of it is lost or shown as typed."""
    words = " ".join(["See", *pieces])
    if quotes == "()" and "](" in words:
        words = words.replace("[w](https://e.example/)", "w")
    body = f"![A wall](wall.png {quotes[0]}{words}.{quotes[1]})\n"
    found = re.search(r"<figcaption>(.*)</figcaption></figure>", html(body))
    expected = html(f"{words}.\n").removeprefix("<p>").removesuffix("</p>")
    assert found and PLACEHOLDER.sub("", expected) == PLACEHOLDER.sub("", found[1])
    assert [] == problems(body)


@given(st.lists(st.sampled_from([*PIECES, "A & B", "[words][e]"]), min_size=1, max_size=6))
def test_the_title_of_a_callout_is_what_a_paragraph_would_be(pieces: list[str]) -> None:
    """The checks read it too: markup in it that is not closed is reported at its place."""
    words, below = " ".join(["See", *pieces]), "\n\n[e]: https://e.example/\n"
    body = f"> [!NOTE] {words}.\n> Words.{below}"
    found = re.search(r'<div class="callout-title"><placeholder n="0"></placeholder>: (.*?)</div>', html(body))
    expected = html(f"{words}.{below}").removeprefix("<p>").removesuffix("</p>")
    assert found and PLACEHOLDER.sub("", expected) == PLACEHOLDER.sub("", found[1])
    assert [] == problems(body)
    [(code, _, column, width)] = problems(f"{words} [[hours{below}")
    assert [(code, 1, 10 + column, width)] == problems(f"> [!NOTE] {words} [[hours\n> Words.{below}")


def test_who_made_a_picture_ends_its_caption() -> None:
    """Also one without a caption, and one whose address is at another place."""
    parsed, record = read(
        '![A](a.png "At [[hours]]"){credit="Ada" licence="CC0"}\n\n![B][b]{credit="Ben"}\n\n[b]: b.png "So"\n'
    )
    credits = {one for one in (record.text.placeholders if record.text else ()) if isinstance(one, Credit)}
    assert {Credit("Ada", "CC0"), Credit("Ben", "")} == credits
    assert 2 == parsed.body.value.count("</placeholder></figcaption></figure>")


@given(st.lists(st.sampled_from(["![A](a.png)", "![](a.png){.decorative}", "![](a.png)", '![B](a.png "C")', "![D](b.png)"]), max_size=8))  # fmt: skip
def test_each_picture_has_its_own_place(pictures: list[str]) -> None:
    """A picture without words is reported where it is, also beside others with the same address."""
    expected = [(1 + 2 * at, 5) for at, one in enumerate(pictures) if one == "![](a.png)"]
    assert expected == [(line, column) for _, line, column, _ in problems("\n\n".join(pictures))]


@given(st.lists(st.sampled_from(['.no-source reason="x"', ".no-source", "#a-b", ".blue"]), max_size=8))
def test_each_pair_of_braces_has_its_own_place(typed: list[str]) -> None:
    """What is wrong in braces is reported there, also where the same is right above it."""
    body = "\n\n".join(f"Words\n{{: {braces} }}" for braces in typed)
    wrong = {at: typed[at] for at in range(len(typed)) if typed[at] in (".no-source", ".blue")}
    twice = [at for at, braces in enumerate(typed) if braces == "#a-b"]
    wrong |= {twice[-1]: "#a-b"} if len(twice) > 1 else {}
    assert sorted(2 + 3 * at for at in wrong) == sorted(line for _, line, *_ in problems(body))


def test_braces_below_a_table_are_about_all_of_it() -> None:
    """Below its caption too. So a table can say why it needs no source."""
    rows = "| A | B |\n|---|---|\n| 1 | 2 |\n"
    braces = '{: .no-source reason="ours" }\n'
    for body in (rows + braces, f"{rows}: Words\n{braces}", f"> {rows.replace(chr(10), chr(10) + '> ')}{braces}"):
        parsed, _ = read(body)
        assert 'class="no-source"' in html(body) and not parsed.problems
        assert not [run for run in parsed.sentences.value if run.checkable]
    assert ["attribute"] == [code for code, *_ in problems('{: .no-source reason="ours" }\n\nWords.\n')]


def test_what_describes_a_picture_is_plain() -> None:
    """Links, marks and sizes in it would be read aloud as they are typed."""
    for words in ("See [[hours]]", "A *red* wall", "A wall|300", "A [@minutes]"):
        assert [("other-markdown", 1)] == [one[:2] for one in problems(f"![{words}](a.png)\n")]
    assert [] == problems("![A wall, 5 * 3 m | north [sic]](a.png)\n")
