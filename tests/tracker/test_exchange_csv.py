"""Recommendations that a site publishes as CSV are taken into another one; what is wrong is shown in its row."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.problems import BuildError
from briefing.scaffold.exchange import TakenRecords, export_recommendations, import_recommendations
from briefing.text.markdown_escapes import escape
from briefing.text.spreadsheet import is_formula, with_formula, without_formula
from tests.sites import NOW, Site
from tests.tracker import OTHERS, STATUSES, bridges, written

TABLES = ("recommendations.csv", "recommendation-entries.csv")
MORE = (
    '- {id: odd, number: 5a, title: "A, \\"B\\"; C", asks: "=1+1 is *not* the sum: `x`, [y]", said: [], done: [], '
    "judged: [], as_of: 2025}\n"
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the two tables of a site with ten ordinary recommendations and an odd one."""
    one = Site(tmp_path_factory.mktemp("csv"), STATUSES + OTHERS + written(bridges(10, NOW)) + MORE)
    one.good()
    return [(one.root / "output/data" / name).read_bytes().decode() for name in TABLES]


def take(site: Site, one: str, entries: str | None) -> TakenRecords:
    """Take tables into a site."""
    more = (TABLES[1], entries.encode()) if entries is not None else None
    return import_recommendations(site.project(), TABLES[0], one.encode(), dry_run=False, entries=more)


def test_what_csv_holds_comes_back_as_it_was(tables: list[str], tmp_path: Path) -> None:
    """The other site publishes the same tables, names what CSV does not hold, and takes nothing twice."""
    other = Site(tmp_path, STATUSES + OTHERS)
    taken = take(other, *tables)
    assert [len(taken.added), taken.kept, len(taken.told)] == [11, [], 1]
    other.good()
    assert tables == [(other.root / "output/data" / name).read_bytes().decode() for name in TABLES]
    assert 11 == take(other, *tables).same


def test_a_table_alone_says_that_the_statuses_are_missing(tables: list[str], tmp_path: Path) -> None:
    """Columns that nobody knows are named; with semicolons, as some spreadsheets write, the table is the same."""
    rows = [[*row, "x"] for row in csv.reader(io.StringIO(tables[0]))]
    rows[0][-1] = "colour"
    for sign in ",;":
        out = io.StringIO()
        csv.writer(out, delimiter=sign).writerows(rows)
        other = Site(tmp_path / str(ord(sign)), STATUSES + OTHERS)
        taken = take(other, "\ufeff" + out.getvalue(), None)
        assert 11 == len(taken.added)
        assert ["colour" in taken.told[0], "--entries" in taken.told[-1]] == [True, True]


@pytest.mark.parametrize(
    ("table", "old", "new", "code"),
    [
        (0, "id,number", "name,number", "missing-field"),
        (0, "bridge-9,9,Mend bridge-9", "bridge-9,9,Mend, bridge-9", "wrong-form"),
        (0, "bridge-9,9,", "bridge-8,9,", "id-clash"),
        (0, "bridge-9,9,", "bridge-9,,", "missing-field"),
        (0, "bridge-9,9,Mend", 'bridge-9,9,"Mend', "wrong-form"),
        (0, "bridge-9,9,Mend bridge-9,Mend it.,full", "bridge-9,9,Mend bridge-9,Mend it.,most", "unknown-word"),
        (1, "bridge-9,done,2024-05,", "bridge-99,done,2024-05,", "unknown-link"),
        (1, "bridge-9,done,2024-05,", "bridge-9,doing,2024-05,", "unknown-word"),
        (1, "bridge-9,done,2024-05,", "bridge-9,done,2024-55,", "wrong-form"),
        (1, "bridge-9,done,2024-05,", "bridge-9,done,2025-05,", "status"),
        (1, "scaffolded,county", "scafolded,county", "unknown-word"),
    ],
)
def test_what_is_wrong_is_shown_in_its_row(
    tables: list[str], tmp_path: Path, table: int, old: str, new: str, code: str
) -> None:
    """The row of the right table is named, and nothing is changed."""
    other, given = Site(tmp_path, STATUSES + OTHERS), list(tables)
    line = next(n for n, row in enumerate(given[table].splitlines(), 1) if old in row)
    given[table] = given[table].replace(old, new, 1)
    with pytest.raises(BuildError) as raised:
        take(other, *given)
    found = [(one.code, one.path, one.line) for one in raised.value.problems]
    assert {(code, TABLES[table], line), (code, TABLES[table], line + 1)} & set(found), found
    assert all(one.hint or one.code == "missing-field" for one in raised.value.problems)
    assert not (other.root / "content/recommendations.yaml").exists()


WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S"]) | st.sampled_from(' ,;"\n=+-@'), max_size=20
)


@settings(max_examples=15, deadline=None)
@given(WORDS.filter(str.strip))
def test_any_cell_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    """Commas, quotation marks, lines and formulas in a cell; Markdown in it is words."""
    other = Site(tmp_path_factory.mktemp("cells"), default="-- content/site.yaml --\ntitle: A\n")
    out = io.StringIO()
    csv.writer(out).writerows([["id", "number", "title", "asks"], ["a", "1", "T", "Do " + words]])
    try:
        take(other, out.getvalue(), None)
    except BuildError as error:
        assert not {"wrong-form", "missing-field"} & {one.code for one in error.problems}
        return
    [record] = json.loads(export_recommendations(other.project()))["recommendations"]
    assert record["asks"] == escape(f"Do {words}".strip())


@given(WORDS)
def test_a_formula_comes_back(words: str) -> None:
    """What an export puts before a formula, an import takes out."""
    if not is_formula(words.replace("'", "")) or "'" not in words:
        assert with_formula(without_formula(words)) == words


@pytest.mark.parametrize(
    ("table", "column"), [(0, "id"), (0, "number"), (0, "asks"), (1, "recommendation"), (1, "list")]
)
def test_a_column_with_another_name_is_one_problem(tables: list[str], tmp_path: Path, table: int, column: str) -> None:
    """The rows of the other table are not reported too."""
    given = list(tables)
    heading, _, rows = given[table].partition("\n")
    given[table] = f"{heading.replace(column, f'{column}mer', 1)}\n{rows}"
    with pytest.raises(BuildError) as raised:
        take(Site(tmp_path, STATUSES + OTHERS), *given)
    assert [(f"there is no column “{column}”", TABLES[table], 1)] == [
        (one.message, one.path, one.line) for one in raised.value.problems
    ]
