"""The difference between two texts loses no word and adds none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model.versions import Block
from briefing.text.differences import compare, read_line, write_line

WORDS = st.lists(st.sampled_from(["at", "nine", "ten", "كتاب", "न", "a|b", "#", "\\", "-", "> x"]), max_size=9).map(
    " ".join
)
FORMS = st.sampled_from(["h1", "h2", "h3", "p", "item", "quote", "code"])
ROWS = st.lists(WORDS, min_size=1, max_size=3).map("\t".join)
LINES = st.one_of(st.builds(write_line, FORMS, WORDS), st.builds(write_line, st.just("row"), ROWS))
TEXTS = st.lists(LINES, max_size=7)


def left(blocks: tuple[Block, ...], without: str) -> list[str]:
    """Return the lines of a difference without what was removed, or without what was added."""
    shown = [
        (block.form, [piece.words for piece in block.pieces if piece.change != without])
        for block in blocks
        if any(piece.change != without for piece in block.pieces)
    ]
    return [write_line(form, " ".join(words)) for form, words in shown]


@settings(max_examples=50)
@given(TEXTS, TEXTS)
def test_a_difference_holds_both_texts(old: list[str], new: list[str]) -> None:
    """Without what was removed it is the new text, without what was added the old one."""
    blocks = compare(old, new)
    assert (old, new) == (left(blocks, "added"), left(blocks, "removed"))


@settings(max_examples=50)
@given(TEXTS, st.data())
def test_an_edited_text_differs_only_where_it_was_edited(old: list[str], data: st.DataObject) -> None:
    """A text with one more line has that line added, and nothing else removed or added."""
    at = data.draw(st.integers(0, len(old)))
    changes = [
        piece.change for block in compare(old, [*old[:at], "new words here", *old[at:]]) for piece in block.pieces
    ]
    assert ["added"] == [one for one in changes if one]
    assert not any(piece.change for block in compare(old, old) for piece in block.pieces)


@given(FORMS, WORDS)
def test_a_line_is_read_as_it_was_written(form: str, words: str) -> None:
    """Words that look like the mark of another block stay words of their own block."""
    assert (form, words) == read_line(write_line(form, words))  # type: ignore[arg-type]
