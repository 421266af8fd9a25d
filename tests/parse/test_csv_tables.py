"""A drawing may draw the table of a CSV file, which the page shows too; mistakes in the file are reported at their place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.documents import Document
from briefing.model.drawings import Sketch
from briefing.model.files import File
from briefing.model.steps import Source
from briefing.model.text import TypedDrawing
from briefing.parse.csv_tables import read_table
from briefing.parse.document import parse
from tests.sites import Site, brief, places

BLOCK = "```drawing\ndraws: {draws}\ntitle: Crossings\ntable: files/crossings.csv\nsources: [minutes]\n{more}```\n"
ROWS = "Year,Trams & trains,Lorries\n2024,812,1200\n2025,717,–\n"
PATH = "content/files/crossings.csv"


def parsed(data: str | bytes, draws: str = "lines", more: str = "", after: str = "") -> Document:
    """Return a brief with a drawing of a CSV file that holds `data`."""
    text = brief(body=BLOCK.format(draws=draws, more=more) + after)
    file = File(PATH, PATH, Hashed.of(data if isinstance(data, bytes) else data.encode()))
    return parse(Source("content/briefs/hours.md", "brief", Hashed.of(text.encode()), tables=(file,)))


def sketches(document: Document) -> list[TypedDrawing]:
    """Return the drawings of a brief without problems."""
    assert [] == [one for one in document.problems if one.level == "error"]
    [record] = document.outline.value.records
    assert record.text
    return [one for one in record.text.placeholders if isinstance(one, Sketch)]


_WORDS = st.text(st.sampled_from('abé1 ,;"\t\n&<[]{}*|:'), max_size=8).map(lambda words: " ".join(words.split()))


@given(st.data())
def test_every_cell_that_a_program_writes_is_read_at_its_place(data: st.DataObject) -> None:
    """Whatever separates the cells, ends the lines and is within quotation marks."""
    width = data.draw(st.integers(2, 4))
    filled = st.lists(_WORDS, min_size=width - 1, max_size=width - 1)
    body = [[f"row {n}", *data.draw(filled)] for n in range(data.draw(st.integers(1, 4)))]
    table = [[f"c{n}" for n in range(width)], *body]
    separator = data.draw(st.sampled_from(",;\t"))
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(table)
    excel = f"sep={separator}\n" if data.draw(st.booleans()) else ""
    found, problems = read_table(File(PATH, PATH, Hashed.of(("\ufeff" + excel + out.getvalue()).encode())))
    lines = (excel + out.getvalue()).split("\n")
    assert not problems and found
    assert table == [[cell.words for cell in row] for row in found.rows]
    for cell in (cell for row in found.rows for cell in row if cell.words.isalnum()):
        start = cell.span.column - 1
        assert cell.words in lines[cell.span.line - 1][start : start + cell.span.length]


def test_a_file_is_drawn_as_a_table_of_the_text_is() -> None:
    """Its table is in the page, with its title, its sources and a link to the file; a second block may draw it too."""
    document = parsed(ROWS, after="\n```drawing\ndraws: dots\ncolumns: [Lorries]\n```\n")
    first, second = sketches(document)
    assert [("2024", [812.0, 1200.0]), ("2025", [717.0, None])] == [
        (row.label, [cell.amount.number if cell.amount else None for cell in row.cells]) for row in first.rows
    ]
    assert (("Trams & trains", "Lorries"), ("Lorries",)) == (first.columns, second.columns)
    assert "Crossings" == first.title == second.title and 1 == len(first.sources) == len(second.sources)
    html = document.body.value
    assert '<th scope="col">Trams &amp; trains</th>' in html and ">crossings.csv</placeholder></caption>" in html
    assert ("files/crossings.csv",) == document.files


def test_nothing_in_a_cell_is_markup() -> None:
    """A cell is the words that readers see, whatever they look like."""
    words = "*a* [[b]] [@c] `d` <b>e</b> &shy; {: .f } [^g] %% h %% https://example.org ~~i~~"
    document = parsed(f"A,B,Count\n1,{words},5\n", more="columns: [Count]\n")
    assert 1 == len(sketches(document))
    assert f'<td data-label="B">{words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}</td>' in (
        document.body.value
    )


@pytest.mark.parametrize(
    ("data", "values"),
    [("A;B\nx;12,5\ny;1.234,5\n", [12.5, 1234.5]), ("A\tB\nx\t12.5\ny\t1,234\n", [12.5, 1234.0])],
)
def test_decimals_are_read_as_the_program_wrote_them(data: str, values: list[float]) -> None:
    """A program that separates cells by semicolons writes decimal commas."""
    [drawn] = sketches(parsed(data))
    assert values == [cell.amount.number for row in drawn.rows for cell in row.cells if cell.amount]


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (ROWS.replace("812", "many"), "drawing", 2, 6),
        (ROWS.replace(",717", ""), "table-row", 3, 6),
        (ROWS.replace("717", "717,4"), "table-row", 3, 12),
        (ROWS.replace("717", '"717'), "drawing", 3, 6),
        (ROWS.replace("2025", ""), "drawing", 3, 1),
        (ROWS.replace("Lorries", "Trams & trains"), "drawing", 1, 21),
        ("Year,,Lorries\n2024,5,6\n", "drawing", 1, 6),
        (ROWS.replace("812", "8\u200b12"), "control-character", 2, 7),
        ("A;B\nx;1,234\n", "drawing", 2, 3),
        ("A;B\nx;1.234\n", "drawing", 2, 3),
        ("A,B\n", "drawing", 1, 1),
        ("A\n1\n2\n", "drawing", 1, 1),
        ("", "drawing", 1, 1),
        ("A,B\n" + "x,1\n" * 501, "too-long", 1, 1),
        ("Jahr,Züge\n2024,5\n".encode("cp1252"), "not-utf8", 1, 7),
        (ROWS.encode("utf-16"), "not-utf8", 1, 1),
    ],
)
def test_a_mistake_in_a_file_is_reported_at_its_place(data: str | bytes, code: str, line: int, column: int) -> None:
    """With its file, its line and its column; the text that draws it has no problem."""
    errors = [one for one in parsed(data).problems if one.level == "error"]
    assert {(code, PATH, line, column)} == set(places(errors))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("files/crossings.csv", "files/crossings.xlsx", 9),
        ("sources: [minutes]\n", "", 6),
        ("title: Crossings\n", "", 6),
        ("lines", "steps", 9),
        ("sources: [minutes]", "rows: [{label: A, amount: 5}]", 9),
        ("sources: [minutes]", "sources: [minutes]\ncolumns: [Trains]", 6),
    ],
)
def test_what_a_drawing_of_a_file_lacks_is_reported(old: str, new: str, line: int) -> None:
    """At its place in the text."""
    text = brief(body=BLOCK.format(draws="lines", more="").replace(old, new))
    file = File(PATH, PATH, Hashed.of(ROWS.encode()))
    found = parse(Source("content/briefs/hours.md", "brief", Hashed.of(text.encode()), tables=(file,))).problems
    assert [("drawing", line)] == [(one.code, one.line) for one in found]


SITE = """\
-- content/briefs/hours.md --
---
title: Hours
summary: About it.
as_of: 2026-01-10
---
```drawing
draws: lines
title: Crossings
table: files/crossings.csv
sources: [minutes]
```
-- content/sources.yaml --
- {id: minutes, type: report, title: Minutes, tier: official, publisher: Council}
-- content/files/crossings.csv --
Year,Lorries
2024,812
2025,717
"""


def test_a_file_is_published_and_an_edit_of_it_reaches_the_page(tmp_path: Path) -> None:
    """A missing file is reported at its name, with the one that was meant."""
    site = Site(tmp_path, SITE)
    memo = Memo()
    for value in ("812", "913"):
        files = {file.path: file.data.value for file in site.result(memo).files}
        assert f">{value}</td>".encode() in files["briefs/hours/index.html"]
        assert value.encode() in files["files/crossings.csv"]
        site.write(PATH, site.read(PATH).replace("812", "913"))
    site.rename(PATH, "content/files/crossing.csv")
    [problem] = [one for one in site.result(memo).summary.problems if one.level == "error"]
    assert ("unknown-link", 9, 8) == (problem.code, problem.line, problem.column)
    assert "crossing.csv" in problem.hint
