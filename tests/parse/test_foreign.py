"""What other programs write is reported at its place, with what to write instead; what only looks like it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parse.test_markdown import html
from tests.sites import brief, document

MISTAKES = [
    ("H‸~2~O", "such as ₂"),
    ("x‸^2^y", "such as ²"),
    ("a ‸^b^ c", "such as ²"),
    ("a ‸~gone~ c", "~~words~~"),
    ("‸## ", "## and words"),
    ("‸#", "## and words"),
    ("‸## {#x}", "## and words"),
    ("‸a.  one\nb.  two", "1. words"),
    ("‸(a) one\n(b) two", "1. words"),
    ("‸i) one\nii) two", "1. words"),
    ("‸1.\u00a0one", "1. words"),
    ("‸[x]:", "[x]: https://…"),
    ("‸[x]: words", "[x]: https://…"),
    ("2019\n\n‸[x]: \nWords.", "[x]: https://…"),
    ("[](‸https://a.example)", "[words](https://…)"),
    ("Right  Left\n‸-----  -----\n1  2", "| Day | Hours |"),
    ("‸| one\n| two", "backslash"),
    ("‸(@) one", "1. and a space"),
    ("‸(place)=\n## Words", "{#id}"),
    ("‸.. note:: so", "stands for"),
    ("a ‸{ref}`b` c", "stands for"),
    ("a ‸`b <https://c.example>`_", "[words](https://…)"),
    ("‸% so", "%% words %%"),
    ("‸day:: so", "in words"),
    ("a ‸[day:: so]", "in words"),
    ("a ‸^block-a", "delete it"),
    ("a ‸'''b''' c", "**words**"),
    ("a ‸[https://b.example c]", "[words](https://…)"),
    ('a ‸"b":https://c.example', "[words](https://…)"),
    ("‸== Words ==", "## Words"),
    ("a ‸\\textbf{b}", "stands for"),
    ("‸\\newpage", "stands for"),
    ("a ‸$`b`$", "in words"),
    ("```‸math\nx\n```", "in words"),
    ("- ‸[-] a", "[ ] or [x]"),
    ("2‸*3*4", "×"),
    ("`x`{‸=html}", "{#id}"),
]
FIELDS = 5
"""Lines above the text."""
HONEST = [
    "It is ~5 to ~10, or (~5, ~6).", "a~/b:~/c", "x^n and ^_^ and 2^10", "A. Reed came.\nThen B. Hay.", "a. one\n\nb. two",
    "I. Kant wrote it.\nNobody read it.", "Day: a\nNight: b", "std::vector is one", "[Ada]: I came here.", "Words [x]: so",
    "[//]: # (no words)", "[x]: /a/\n\nSee [x].", "It is 5''x6'' wide", "l'l''l", "don''t", "50 % of it\n% of it", "A | b", "5 $ and 6 $",
    "| A\n|---\n| b\n| c", "a\n---", "--- ---", "C:\\Users\\x and \\* \\[[x]]", "`~a~ ^b^ \\textbf{c} {ref}`", "- [a] b", "3 * 4 * 5",
    "Ask #library.", "See\n[@x, p. 1]:", "#1 is\nx".replace("#1 is\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "hint"), MISTAKES)
def test_it_is_reported_at_its_place(typed: str, hint: str) -> None:
    """Also below other words. The hint is what to type."""
    before = "" if len(typed) % 2 else "~~Gone~~ `~a~`, words.\n\n"
    at = f"{before}{typed}".index("‸")
    body = f"{before}{typed}".replace("‸", "")
    line, column = body.count("\n", 0, at) + 1, at - body.rfind("\n", 0, at)
    found = [one for one in document(brief(body=body)).problems if one.code != "heading-level"]
    assert [(line + FIELDS, column)] == [(one.line, one.column) for one in found], found
    assert hint in found[0].hint


@given(st.lists(st.sampled_from(HONEST), min_size=1, max_size=4, unique=True))
def test_what_only_looks_like_it_is_not_reported(typed: list[str]) -> None:
    """Whatever honest texts stand together."""
    assert () == document(brief(body="\n\n".join(typed) + "\n")).problems


@given(st.permutations(["a", "b", "c", "d"]))
def test_footnotes_are_numbered_as_they_are_used(order: list[str]) -> None:
    """Readers see 1, 2, 3, wherever the notes are typed."""
    text = html(
        " ".join(f"{one}[^{one}]" for one in "abcd") + "\n\n" + "\n".join(f"[^{one}]: Note {one}" for one in order)
    )
    marks = [text.index(f'href="#fn:{one}">{number}</a>') for number, one in enumerate("abcd", 1)]
    notes = [text.index(f"Note {one}") for one in "abcd"]
    assert marks == sorted(marks) and notes == sorted(notes)


@pytest.mark.parametrize("spaces", range(4))
@pytest.mark.parametrize("mark", ["#", "##", "###"])
def test_a_heading_may_be_indented_by_up_to_three_spaces(spaces: int, mark: str) -> None:
    """As in CommonMark."""
    assert f"<h{len(mark)} " in html(f"Words\n\n{' ' * spaces}{mark} Words\n")


def test_a_tab_after_the_mark_of_an_item_is_a_space() -> None:
    """What follows, indented by a tab, belongs to the item."""
    assert "<ol><li><p>a</p><p>b</p></li></ol>" == "".join(html("1.\ta\n\n\tb\n").split("\n"))


def test_no_word_after_braces_changes_its_place() -> None:
    """The library moves what is between two pairs of braces behind them."""
    assert "</code> a {b} c</p>" in html("`x`{.own-a} a {b} c\n")
