"""Placeholders: what is written can be found, read and replaced, in HTML and in sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.text import placeholders

numbers = st.integers(0, 10**6)
words = st.text("ab é<>&;.,\n\"'", max_size=8).map(lambda text: text.replace("<", "&lt;"))


@given(st.lists(st.tuples(words, numbers, words)), words)
def test_every_element_is_found_with_its_words(parts: list[tuple[str, int, str]], rest: str) -> None:
    """Number, label and offsets come back in order, and what is not replaced stays as it was."""
    written = [
        f'<{placeholders.TAG} n="{placeholders.attributes(number)["n"]}">{label}</{placeholders.TAG}>'
        for _, number, label in parts
    ]
    html = "".join(before + element for (before, _, _), element in zip(parts, written, strict=True)) + rest
    found = list(placeholders.find(html))
    assert [(number, label) for _, number, label in parts] == [(one.number, one.label) for one in found]
    assert written == [html[one.start : one.end] for one in found]
    assert all(html[one.end :].startswith(one.punctuation) for one in found)
    taken: list[str] = []

    def write(before: str, number: int, label: str, punctuation: str) -> str:
        taken.append(before)
        return f"{before}[{number}{label}]{punctuation}"

    replaced = placeholders.replace(html, write)
    assert "".join(f"{before}[{number}{label}]" for before, number, label in parts) + rest == replaced
    assert all(len(before.split()) == 1 and before[-1].isspace() for before in taken if before)


@given(st.lists(st.tuples(words, numbers, st.booleans())), words)
def test_every_mark_is_found_and_replaced(parts: list[tuple[str, int, bool]], rest: str) -> None:
    """A sentence gives the numbers of its marks in order, and loses only citations where these are removed."""
    sentence = "".join(before + placeholders.mark(number, cites) for before, number, cites in parts) + rest
    assert [number for _, number, _ in parts] == placeholders.numbers_in(sentence)
    assert "".join(f"{before}[{number}]" for before, number, _ in parts) + rest == placeholders.replace_marks(
        sentence, lambda number: f"[{number}]"
    )
    kept = [number for _, number, cites in parts if not cites]
    assert kept == placeholders.numbers_in(placeholders.without_citations(sentence))


def test_attributes_hold_the_number() -> None:
    """A number that is written into attributes can be read from them."""
    assert 7 == placeholders.number_of(placeholders.attributes(7))
