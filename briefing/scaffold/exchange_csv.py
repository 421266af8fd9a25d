"""Reads recommendations from the tables that a site publishes as CSV, as far as CSV holds them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from briefing.bibliography.nodes import scalar
from briefing.parse.context import FileContext
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar
from briefing.problems import Finding
from briefing.text.markdown_escapes import escape
from briefing.text.spreadsheet import with_formula
from briefing.values import dataclass

_NEEDED = ("id", "number", "title", "asks")
_RECORD = ("id", "number", "title", "owner", "as_of", "sources")
"""Columns that are fields of a recommendation."""
_DERIVED = (
    "asks", "wording_read", "response", "response_since", "delivery", "delivery_since", "judged", "judged_since", "due",
    "address",
)  # fmt: skip
"""Columns that are read in another way, or follow from the entries."""
_OF_ENTRIES = ("recommendation", "list", "date", "text")
_ENTRY = ("date", "from", "to", "who", "sources")
_LISTS = ("said", "done", "judged", "due")
_SEVERAL = ("owner", "sources")
"""Columns with several ids, with a space between them."""
_MOST_COLUMNS = 20
"""Columns that are named which an import does not take."""
_NOT_HELD = "CSV has no texts of pages, passages, places in sources, notes and topics; JSON has them"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: its cells by their column, and where it is in the file."""

    cells: Mapping[str, Scalar]
    start: int
    end: int

    def text(self, column: str) -> str:
        """Return the words of a cell."""
        return self.cells[column].text if column in self.cells else ""


def read_tables(context: FileContext, entries_at: int, told: list[str]) -> list[Fields]:
    """Return the recommendations of a table, with the entries of the table that begins at an offset of the same text.

    Notes on what CSV does not hold are added to the last argument.
    """
    text = context.lines.text
    rows = list(_rows(context, text[:entries_at], 0, _NEEDED))
    entries = list(_rows(context, text[entries_at:], entries_at, _OF_ENTRIES)) if entries_at < len(text) else []
    steps: dict[str, dict[str, list[Node]]] = {row.text("id"): {} for row in rows}
    named = bool(steps)  # else the rows of the other table could not be read
    for entry in entries:
        of, which = entry.cells["recommendation"], entry.cells["list"]
        if of.text not in steps and named:
            hint = "add a row with this id to the other table, or delete this row"
            _report(context, Finding("unknown-link", f"there is no recommendation “{of.text}” in the table", hint), of)
        elif which.text not in _LISTS:
            finding = Finding("unknown-word", f"“{which.text}” is no list of entries", f"write {', '.join(_LISTS)}")
            _report(context, finding, which)
        else:
            steps.setdefault(of.text, {}).setdefault(which.text, []).append(_entry(entry))
    known = {*_RECORD, *_DERIVED}
    unread = [*dict.fromkeys(column for row in rows[:1] for column in row.cells if column not in known)]
    told += [f"the column “{column}” is not taken" for column in unread[:_MOST_COLUMNS]]
    told += [f"{more:,} more columns are not taken" for more in [len(unread) - _MOST_COLUMNS] if more > 0]
    told.append(_NOT_HELD)
    if not entries:
        told.append("the statuses and dates need the table recommendation-entries.csv too: add --entries FILE")
    return [_record(row, steps[row.text("id")]) for row in rows]


def _record(row: _Row, steps: Mapping[str, list[Node]]) -> Fields:
    values: list[tuple[Scalar, Node]] = [*_taken(row, _RECORD), (_key("asks"), _escaped(row.cells["asks"]))]
    if read := row.text("wording_read"):
        at = row.cells["wording_read"]
        note = Scalar("As the table says from which this was taken.", True, at.start, at.end)
        values.append((_key("wording"), Fields((_key("read"), _key("note")), (_at(at, read), note), at.start, at.end)))
    for name in _LISTS:
        if name in steps or name != "due":
            values.append((_key(name), Listing(tuple(steps.get(name, ())), row.start, row.end)))
    return Fields(tuple(key for key, _ in values), tuple(value for _, value in values), row.start, row.end)


def _entry(row: _Row) -> Fields:
    values = [*_taken(row, _ENTRY), (_key("text"), _escaped(row.cells["text"]))]
    return Fields(tuple(key for key, _ in values), tuple(value for _, value in values), row.start, row.end)


def _taken(row: _Row, columns: tuple[str, ...]) -> Iterator[tuple[Scalar, Node]]:
    """Yield the columns that a row fills, as fields."""
    for column in columns:
        cell = row.cells.get(column)
        if cell and cell.text:
            several = Listing(tuple(_at(cell, one) for one in cell.text.split()), cell.start, cell.end)
            yield _key(column), several if column in _SEVERAL else cell


def _key(name: str) -> Scalar:
    return scalar(name)


def _at(cell: Scalar, words: str) -> Scalar:
    return Scalar(words, True, cell.start, cell.end)


def _escaped(cell: Scalar) -> Scalar:
    """Return plain words as Markdown."""
    return _at(cell, escape(cell.text))


def _rows(context: FileContext, text: str, before: int, needed: tuple[str, ...]) -> Iterator[_Row]:
    """Yield the rows of a table that begins at an offset; report what is wrong with its form."""
    heading: list[str] = []
    start, ends = before, [before]

    def feed() -> Iterator[str]:
        for line in io.StringIO(text, newline="\n"):
            ends[0] += len(line)
            yield line

    first = text.partition("\n")[0]
    reader = csv.reader(feed(), delimiter=";" if ";" in first and "," not in first else ",", strict=True)
    try:
        for cells in reader:
            place = Scalar("", True, start, ends[0])
            if not heading:
                heading = [cell.strip() for cell in cells]
                if missing := [column for column in needed if column not in heading]:
                    hint = "take the table as a site publishes it, with its first row"
                    _report(context, Finding("missing-field", f"there is no column “{missing[0]}”", hint), place)
                    return
            elif len(cells) > len(heading):
                message = f"this row has {len(cells)} cells, and the first row has {len(heading)}"
                _report(context, Finding("wrong-form", message, "put quotes around a cell with a comma in it"), place)
            elif any(cells):
                cells += [""] * (len(heading) - len(cells))
                yield _Row(_placed(context, heading, cells, start, ends[0]), start, ends[0])
            start = ends[0]
    except csv.Error as error:
        finding = Finding(
            "wrong-form",
            f"this row cannot be read: {error}",
            "close the quotation mark, and write two for one within a cell",
        )
        _report(context, finding, Scalar("", True, start, ends[0]))


def _placed(context: FileContext, heading: list[str], cells: list[str], start: int, end: int) -> dict[str, Scalar]:
    """Return cells by column, each with its place; one whose quotes are doubled is at the start of its row."""
    placed, at = {}, start
    for column, cell in zip(heading, cells, strict=True):
        found = context.lines.text.find(cell, at, end) if cell else -1
        at = found + len(cell) if found >= 0 else at
        placed[column] = Scalar(with_formula(cell.strip()), True, max(found, start), at if found >= 0 else start + 1)
    return placed


def _report(context: FileContext, finding: Finding, place: Scalar) -> None:
    context.add_problem(finding, place.start, place.end)
