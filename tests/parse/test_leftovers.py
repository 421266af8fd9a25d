"""Markup that lacks one of its characters is never published as it is typed without a word."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.parse.test_markdown import html, problems
from tests.sites import brief, document

WORDS = ("words", "deux mots", "y Gweinidog", "क्‍या है", "هذا نص", "重要", "Σ 12", "two\nlines")
"""What is within a piece of markup, in several scripts."""
PIECES = (
    "**¤**", "~~¤~~", "[[hours]]", "[[hours|¤]]", "[[=visits]]", "[¤](https://a.example/b)", "[¤](notes.pdf)", "![¤](river.png)",
    "[@plan, p. 3]", "[see @plan]", "<https://a.example/>", "%% ¤ %%", "<!-- ¤ -->", "*¤*", "`¤`",
)  # fmt: skip
PLACES = (
    "¤", "Before ¤ after.", "(¤)", "- item ¤", "1. one\n2. ¤ two", "> “¤” said", "Two\nlines ¤ here\nand more", "Same ¤ ¶, same ¶",
    "| A | B |\n|---|---|\n| 1 | ¤ |", "## About ¤ {#own}", "Term\n:   ¤ it", "Words.[^1]\n\n[^1]: ¤ is a note.", "**bold** and ¤, **bold**",
)  # fmt: skip
CODES = {
    "other-markdown",
    "unclosed-link",
    "unclosed-comment",
    "attribute",
    "table-row",
    "table-link",
    "unclosed-fence",
}


def lay(piece: str, broken: str, place: str) -> tuple[str, int]:
    """Return a text with a piece of markup at a place, and where the piece begins."""
    if "|" in place:
        piece, broken = piece.replace("|", "\\|"), broken.replace("|", "\\|")
    if "\n" in piece and ("|" in place or "#" in place):
        piece, broken = piece.replace("\n", " "), broken.replace("\n", " ")
    indent = "\n> " if place[0] == ">" else "\n    "
    if "\n" in broken and place[0] in "->1TW" and place != "Words":
        piece, broken = piece.replace("\n", indent), broken.replace("\n", indent)
    return place.replace("¤", broken).replace("¶", piece), place.index("¤")


def without_one(piece: str, at: int) -> str:
    """Return a piece of markup without one of its own characters; of an address, only its brackets are its own."""
    own = [n for n, sign in enumerate(piece) if sign in "*~[]|=(!<>%-`" and piece[n - 1 : n + 2] != "//a"]
    cut = own[at % len(own)]
    return piece[:cut] + piece[cut + 1 :]


@given(st.sampled_from(PIECES[:-2]), st.sampled_from(WORDS), st.integers(0, 20), st.sampled_from(PLACES))
def test_markup_without_one_of_its_characters_is_told_where_it_is(piece: str, words: str, at: int, place: str) -> None:
    """Wherever it is: in a list, a table, a heading, a note; also if the same markup is whole beside it."""
    broken = without_one(piece, at).replace("¤", words)
    place = place.replace("¶", "") if piece[0] in "%<" else place  # a comment would end in the next one
    text, begin = lay(piece.replace("¤", words), broken, place)
    first, last = text.count("\n", 0, begin) + 1, text.count("\n", 0, begin + len(broken)) + 1
    found = [(code, line, column) for code, line, column, _ in problems(text) if code in CODES]
    left = document(brief(body=text)).body.value
    is_shown = any(sign in left for sign in ("**", "~~", "[[", "]]", "](", "%%", "&lt;", "--&gt;", " [", "![", "[]"))
    if is_shown or "%" in piece or "!-" in piece:
        assert found, (text, left)
    assert all(first <= line <= last for _, line, _ in found), (text, found)
    column = begin - text.rfind("\n", 0, begin)
    if "¶" not in place and place[:2] != piece[:2]:  # else its first half and the next mark may make a pair
        places = [at for _, line, at in found if line == first]
        assert all(column - 1 <= at <= column + len(broken) for at in places), (text, found)


@given(
    st.sampled_from(("**¤**", "*¤*", "`¤`", "[[hours]]", "[[=visits]]", "![¤]", "*¤", "¤]", "__¤__")),
    st.sampled_from(WORDS),
    st.sampled_from(PLACES),
)
def test_characters_after_a_backslash_are_words(piece: str, words: str, place: str) -> None:
    """Wherever they are, they are no markup, so nothing is reported."""
    escaped = re.sub(r"[*_`\[\]!]", r"\\\g<0>", piece).replace("¤", words)
    text, _ = lay(escaped, escaped, place.replace("¶", ""))
    assert [] == [found for found in problems(text) if found[0] in CODES], text
    assert [] == [found for found in problems(f"See \\[[{words}]] and \\[{words}].") if found[0] in CODES]


@given(st.sampled_from(PIECES), st.sampled_from(WORDS), st.sampled_from(PLACES))
def test_whole_markup_is_no_problem(piece: str, words: str, place: str) -> None:
    """The same markup with all of its characters."""
    text, _ = lay(piece.replace("¤", words), piece.replace("¤", words), place)
    assert [] == [code for code, *_ in problems(text) if code in CODES]


@given(st.sampled_from(("**", "~~")), st.sampled_from(WORDS[:-2]), st.sampled_from(PLACES))
def test_spaces_within_the_marks_of_emphasis_are_reported(mark: str, words: str, place: str) -> None:
    """Between numbers and single letters, such marks are words, and single stars always are."""
    text, _ = lay("", f"{mark} {words} {mark}", place.replace("¶", ""))
    assert "other-markdown" in [code for code, *_ in problems(text)], text
    for quiet in (f"2 {mark} 3 {mark} 4", f"a {mark} b {mark} c", f"* {words} *"):
        assert [] == [found for found in problems(f"It is {quiet} here.") if found[0] in CODES], quiet


@given(st.sampled_from(("p. 3", "pp. 3–5", "S. 12", "§ 4", "paras 3, 5", "vol. 2")), st.sampled_from(("", "see ")))
def test_a_place_after_a_citation_in_round_brackets_is_reported(place: str, before: str) -> None:
    """It would be words of the text. A year or a month is no place, and an own bracket after the id is read."""
    assert ["other-markdown"] == [code for code, *_ in problems(f"It is so ({before}@plan, {place}).")]
    for quiet in (
        f"[{before}@plan, {place}]",
        "(@plan, in 2020)",
        "(@plan, 2020)",
        f"(@plan [{place}])",
        f"(plan, {place})",
    ):
        assert [] == problems(f"It is so {quiet}."), quiet


@given(
    st.lists(
        st.sampled_from(["*", "**", "_", "a", "7", " ", "`code`.", "\\{", "[b](notes.pdf)"]), min_size=4, max_size=12
    )
)
def test_emphasis_takes_no_character_that_is_no_mark(pieces: list[str]) -> None:
    """However marks are mixed, no letter, number or code is lost. The library loses what follows `*a**b*`."""
    shown = html(f"{''.join(pieces)} end.")
    words = re.sub("<[^>]*>", "", shown.replace("<code>code</code>", "`").replace("end.", ""))
    assert [pieces.count("a"), pieces.count("7"), pieces.count("`code`.")] == [words.count(one) for one in "a7`"]
    assert "\x03" not in shown
