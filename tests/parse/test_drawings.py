"""A block named `drawing` is read as YAML, or draws the table above it; what it lacks is a problem at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.drawings import Amount, Bound, Sketch
from briefing.parse.amounts import read_amount
from tests.parse.test_markdown import placeholders, problems, read
from tests.sites import brief, document

TABLE = "| Year | Loans | Visits |\n|---|---|---|\n| 2024 | 812 | 1,200 |\n| 2025 | >900 | – |\n"
CAPTION = "\n: Loans a year [@m]\n"


def block(*lines: str) -> str:
    """Return a drawing that follows other text."""
    return "\n".join(("", "```drawing", *lines, "```", ""))


def sketch(body: str) -> Sketch[object, object, object]:
    """Return the one drawing in a body."""
    [found] = [one for one in placeholders(body) if isinstance(one, Sketch)]
    return found


@pytest.mark.parametrize(
    ("typed", "number", "bound"),
    [
        ("1,273", 1273, ""),
        ("115 000", 115000, ""),
        ("115\u202f000,5", 115000.5, ""),
        ("1.234.567", 1234567, ""),
        ("1,234.5", 1234.5, ""),
        ("1.234,5", 1234.5, ""),
        ("12,5 %", 12.5, ""),
        ("0.125", 0.125, ""),
        ("£65", 65, ""),
        ("−3", -3, ""),
        (">800", 800, "least"),
        ("800+", 800, "least"),
        ("< 5", 5, "most"),
        ("١٢٣٤٫٥", 1234.5, ""),
        ("12’000", 12000, ""),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: float, bound: Bound) -> None:
    """Separators, units, a minus and the digits of any script."""
    assert Amount(number, bound) == read_amount(typed)


@pytest.mark.parametrize("typed", ["1.273", "more than 800", "", "n/a", "12 of 30", "1,23,4", "--5", "1e9", "½"])
def test_what_is_no_number_is_none(typed: str) -> None:
    """Words, and what is one number here and another elsewhere."""
    assert read_amount(typed) is None


@given(st.integers(-(10**12), 10**12), st.sampled_from([",", " ", "\u00a0", "\u202f", "’"]))
def test_a_whole_number_is_read_with_any_separator(number: int, separator: str) -> None:
    """No separator of thousands changes a number."""
    assert Amount(float(number)) == read_amount(f"{number:,}".replace(",", separator))


def test_rows_are_figures_amounts_and_events() -> None:
    """A row names a figure of the ledger, a number of its own, an event or nothing."""
    typed = ["draws: bars", "title: Loans", "rows:", "  - {figure: loans}", "  - {label: Maps, amount: 80+}"]
    rows = sketch(block(*typed, "  - {label: Games, level: 1}")).rows
    assert ["", "Maps", "Games"] == [row.label for row in rows]
    assert [1, 1, 0] == [len(row.cells) for row in rows]
    assert rows[0].cells[0].figure and Amount(80, "least") == rows[1].cells[0].amount and 1 == rows[2].level


def test_a_block_without_rows_draws_the_table_above_it() -> None:
    """Its caption is the title, its citations are the sources, and its first column is the labels."""
    drawn = sketch(TABLE + CAPTION + block("draws: lines"))
    assert ("Loans a year", ("Loans", "Visits"), 1) == (drawn.title, drawn.columns, len(drawn.sources))
    assert [("2024", [812.0, 1200.0]), ("2025", [900.0, None])] == [
        (row.label, [cell.amount.number if cell.amount else None for cell in row.cells]) for row in drawn.rows
    ]
    assert ("Visits",) == sketch(TABLE + CAPTION + block("draws: bars", "columns: [Visits]")).columns


def test_two_drawings_may_draw_one_table() -> None:
    """The table is the last one above both."""
    both = placeholders(TABLE + CAPTION + block("draws: lines") + block("draws: dots"))
    assert [2, 2] == [len(one.rows) for one in both if isinstance(one, Sketch)]


def test_it_is_no_code_and_has_no_words_of_its_own() -> None:
    """The page has a placeholder in place of the block, outside any paragraph."""
    assert '<placeholder n="0"></placeholder>' == read(block("draws: progress", "title: T"))[0].body.value.strip()


@pytest.mark.parametrize(
    ("body", "line", "column", "length", "code"),
    [
        (block("draws: pies", "title: T"), 3, 8, 4, "unknown-word"),
        (block("draws: bars", "tittle: T"), 4, 1, 6, "unknown-field"),
        (
            block("draws: bars", "title: T", "sources: [m]", "rows:", "  - {label: A, amount: many}"),
            7,
            24,
            4,
            "drawing",
        ),
        (block("draws: bars", "title: T", "sources: [m]", "rows:", "  - {amount: 5}"), 7, 5, 1, "drawing"),
        (block("draws: bars", "rows:", "  - {label: A, figure: x}"), 2, 4, 7, "drawing"),
        (block("draws: bars", "title: T", "rows:", "  - {label: A, amount: 5}"), 2, 4, 7, "drawing"),
        (block("draws: bars", "title: T"), 2, 4, 7, "drawing"),
        (block("draws: steps", "title: T"), 2, 4, 7, "drawing"),
        (block("draws: lines", "title: T", "rows:", "  - {label: A, figure: x}"), 2, 4, 7, "drawing"),
        (block("draws: steps", "title: T", "rows:", "  - {label: A, figure: x, level: 1}"), 6, 5, 1, "drawing"),
        (block("draws: dates", "title: T", "sources: [m]", "rows:", "  - {label: A}"), 7, 5, 1, "drawing"),
        (block("draws: answers", "title: T", "sources: [m]", "rows:", "  - {label: A}"), 2, 4, 7, "drawing"),
        (
            block(
                "draws: answers",
                "title: T",
                "sources: [m]",
                "columns: [B, C]",
                "rows:",
                "  - {label: A, answers: [no]}",
            ),
            8,
            5,
            1,
            "drawing",
        ),
        (block("draws: bars", "title: [T"), 4, 8, 2, "yaml"),
        (block("- a"), 3, 1, 1, "no-fields"),
        ("> a\n>\n> ```drawing\n> draws: progress\n> title: T\n> ```\n", 3, 6, 7, "drawing"),
        ("- a\n\n    ```drawing\n    draws: progress\n    title: T\n    ```\n", 3, 8, 7, "drawing"),
        (TABLE.replace("812", "many") + CAPTION + block("draws: lines"), 3, 10, 4, "drawing"),
        (TABLE.replace("2024", "    ") + CAPTION + block("draws: lines"), 3, 8, 1, "drawing"),
        (TABLE + "\n: Loans a year\n" + block("draws: lines"), 8, 4, 7, "drawing"),
        (TABLE + block("draws: lines", "sources: [m]"), 6, 4, 7, "drawing"),
        (TABLE + CAPTION + block("draws: lines", "columns: [Books]"), 8, 4, 7, "drawing"),
        ("812 many\n\n" + TABLE.replace("812", "many") + CAPTION + block("draws: lines"), 5, 10, 4, "drawing"),
    ],
)
def test_what_a_drawing_lacks_is_one_problem_at_its_place(
    body: str, line: int, column: int, length: int, code: str
) -> None:
    """Each mistake is reported once, with its line, its column and its length."""
    assert [(code, line, column, length)] == problems(body)


def test_a_drawing_in_a_file_of_sections_has_its_place_too() -> None:
    """Its lines are indented there."""
    text = "title: T\nsummary: S.\nas_of: 2026-01-10\nsections:\n  - heading: H\n    body: |\n      Words.\n\n      ```drawing\n"
    text += "      draws: bars\n      title: T\n      rows:\n        - {label: A, amount: many, figure: x}\n      ```\n"
    found = document(text, "brief", "content/briefs/x.yaml").problems
    assert [("drawing", 13, 30, 4)] == [(one.code, one.line, one.column, one.length) for one in found]


def test_other_code_stays_code() -> None:
    """Only the name alone makes a drawing."""
    assert "<pre><code" in read("```drawings\ndraws: bars\n```\n")[0].body.value


def test_a_hint_about_columns_names_one_of_the_table() -> None:
    """The first that holds only numbers, whatever it is called."""
    text = "| Year | Notes | Books: lent |\n|---|---|---|\n| 2024 | few | 12 |\n| 2025 | many | 30 |\n: Loans [@minutes]\n\n"
    hints = [one.hint for one in document(brief(body=text + block("draws: bars"))).problems if one.code == "drawing"]
    assert hints and all('columns: ["Books: lent"]' in hint for hint in hints)


@pytest.mark.parametrize("name", ["drawings", "Drawing", "drawin", "{drawing}", "chart", "mermaid", "text"])
def test_a_block_that_was_meant_as_a_drawing_is_told(name: str) -> None:
    """By its name, or by what it holds."""
    text = f"```{name}\n{'draws: bars' if name == 'text' else 'rows: []'}\n```\n"
    [found] = [one for one in document(brief(body=text)).problems if one.code == "other-markdown"]
    assert (6, 4) == (found.line, found.column)


@pytest.mark.parametrize("name", ["", "yaml", "python", "drawbridge-log", "c++", "text"])
def test_another_block_is_code(name: str) -> None:
    """Nothing is said about it."""
    assert [] == [
        one.code for one in document(brief(body=f"```{name}\ntitle: Bars\n```\n")).problems if one.level == "error"
    ]
