"""No word of a table is lost: each cell that is typed is shown, or its row is a problem."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from briefing.text.plain_words import plain_words
from tests.sites import brief, document

CELL = st.sampled_from(
    ["", " ", "one", "*two*", "`three`", "`a|b`", r"a\|b", "[[hours]]", "[[hours|at]]", "[x](y.md)", "—"]
)
ROW = st.lists(CELL, min_size=1, max_size=5)
INTO = st.sampled_from(["", "> ", "- ", "1. ", "> - ", "Words before:\n"])
TELLS = {"table-row", "table-link", "other-markdown"}


def table(rows: list[list[str]], columns: int, bars: bool, into: str) -> str:
    """Return the text of a table with numbered words in its cells, within a list or a quotation."""
    edge = "|" if bars else ""
    lines = [f"{edge}{'|'.join(row)}{edge}" for row in rows]
    lines.insert(1, f"{edge}{'|'.join(['---'] * columns)}{edge}")
    if into.endswith("\n"):
        return into + "\n".join(lines)
    return "\n".join((into if not n else re.sub(r"[-\d.]", " ", into)) + line for n, line in enumerate(lines))


@given(st.lists(ROW, min_size=1, max_size=4), st.integers(1, 5), st.booleans(), INTO)
def test_each_cell_is_shown_or_its_row_is_reported(rows: list[list[str]], columns: int, bars: bool, into: str) -> None:
    """Wherever a table is, however many cells its rows have, and whatever is in them."""
    marked = [[f"{cell} w{at}x{n}z".strip() for n, cell in enumerate(row)] for at, row in enumerate(rows)]
    made = document(brief(body=table(marked, columns, bars, into) + "\n"))
    shown = plain_words(made.body.value)
    lost = [word for row in marked for cell in row for word in re.findall(r"w\dx\dz", cell) if word not in shown]
    assert not lost or TELLS & {problem.code for problem in made.problems}


@given(st.lists(st.sampled_from(["*two*", "`a|b`", r"a\|b", "—"]), min_size=1, max_size=4), st.integers(1, 4), INTO)
def test_a_table_whose_rows_fit_is_shown_whole(cells: list[str], rows: int, into: str) -> None:
    """Nothing is reported of it, also if it is in a list or a quotation."""
    marked = [[f"{cell} w{at}x{n}z" for n, cell in enumerate(cells)] for at in range(rows)]
    made = document(brief(body=table(marked, len(cells), True, into) + "\n"))
    assert TELLS.isdisjoint(problem.code for problem in made.problems)
    assert "<table" in made.body.value
    assert [word for row in marked for cell in row for word in cell.split()[-1:] if word not in made.body.value] == []
