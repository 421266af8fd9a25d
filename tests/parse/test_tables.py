"""Tables in texts: names, headings of columns and rows, and labels for phones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from tests.browser.markup import Node, read
from tests.sites import brief, document

CELLS = st.sampled_from(["Hull", "York", "Leeds & Co", "[[hull]]", "*Goole*", ""])
ROWS = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5)
)


def table(rows: list[list[str]]) -> str:
    """Return a table whose columns are called Column 1, Column 2, …"""
    head = [f"Column {number}" for number in range(1, len(rows[0]) + 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(head), *rows))


def tables(text: str) -> list[Node]:
    """Return the tables of a text."""
    return [node for node in read(document(brief(body=text)).body.value).walk() if node.tag == "table"]


@given(ROWS)
def test_rows_have_headings_if_their_first_cells_tell_them_apart(rows: list[list[str]]) -> None:
    """Each other cell has the heading of its column as its label. A link has words of its own, which are not known yet."""
    (found,) = tables(table(rows))
    firsts = [f"link {at}" if "[[" in row[0] else row[0] for at, row in enumerate(rows)]
    apart = "" not in firsts and len(set(firsts)) == len(firsts)
    heads = [node for node in found.walk() if node.tag == "th" and node.attributes.get("scope") == "row"]
    assert (len(rows) if apart else 0) == len(heads)
    for row in (node for node in found.walk() if node.tag == "tr"):
        cells = [node for node in row.walk() if node.tag == "td"]
        first = 2 if apart else 1
        assert [f"Column {number}" for number in range(first, first + len(cells))] == [
            cell.attributes["data-label"] for cell in cells
        ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("## The roads\n\n{0}", ["The roads"]),
        ("## A\n\n### Roads & rivers\n\nWords.\n\n{0}\n\nMore.\n\n{0}", ["Roads & rivers", "Column 1, Column 2"]),
        ("{0}", ["Column 1, Column 2"]),
        ("## The roads\n\n{0}\n: How they are", [""]),
    ],
)
def test_a_table_has_a_name(text: str, names: list[str]) -> None:
    """It is its caption, else the heading above it, else the names of its columns."""
    found = tables(text.format(table([["Hull", "1"], ["York", "2"]])))
    assert names == [one.attributes.get("aria-label", "") for one in found]
    assert all(
        name or any(node.tag == "caption" for node in one.walk()) for name, one in zip(names, found, strict=True)
    )


def test_a_statement_in_the_heading_of_a_row_needs_a_source() -> None:
    """Lint reads these cells as it reads the others."""
    body = table(
        [["The bridge cost 4 million pounds in 2019.", "Yes"], ["The road cost 3 million pounds in 2018.", "No"]]
    )
    assert document(brief(body=body)).coverage.checkable == 2


def test_labels_are_read_aloud() -> None:
    """The style sheet gives labels of cells no other words for screen readers."""
    style = (REPOSITORY / "assets/style.css").read_text(encoding="utf-8")
    labels = re.findall(r"content: (attr\(data-label\)[^;]*);", style)
    assert labels
    assert [] == [one for one in labels if "/" in one]


@pytest.mark.parametrize(
    "before", ["", "Words.\n\n", "## Heading\n\n", "| A | B |\n|---|---|\n| 1 | 2 |\n\n: One\n\nWords.\n\n"]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("margin", ["", "> "])
def test_a_caption_above_its_table_is_reported_where_it_is(before: str, between: str, margin: str) -> None:
    """The caption of the table before, and the meaning of a term, are none."""
    grid = "| A | B |\n|---|---|\n| 1 | 2 |\n"

    def found(text: str) -> list[tuple[int, str]]:
        typed = brief(body="".join(f"{margin}{line}\n" for line in text.splitlines()))
        problems = [one for one in document(typed).problems if one.code == "other-markdown"]
        return [(one.line, typed.split("\n")[one.line - 1][one.column - 1 :]) for one in problems]

    [(_, line)] = found(f"{before}: Floods{between}{grid}")
    assert line.endswith(": Floods")
    assert [] == found(f"{grid}\n: One\n\n{grid}\n: Two") == found(f"Term\n: Its meaning\n\n{grid}")
