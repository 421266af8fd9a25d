"""Tables in CSV files: their cells, and where each cell is in its file.

Cells are separated by commas, semicolons or tabs, as spreadsheet programs write them (RFC 4180). The csv module of
Python does not say at which column a cell is, so it is not used here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.model.files import File
from briefing.problems import Finding, Problem, Span
from briefing.text.hidden import refuse_hidden
from briefing.text.source_text import Lines, ReadError, decode
from briefing.values import dataclass

_MARKS = ("\t", ";", ",")
"""What may separate cells."""
_FIRST_LINE = re.compile(r"sep=([\t;,])\n")
"""A first line in which Excel says what separates cells."""
_MOST_ROWS, _MOST_COLUMNS = 500, 20


class DataCell(NamedTuple):
    """The words of one cell, and its place."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of a file: the names of its columns are its first row. `has_commas` says that 1,5 is one and a half."""

    path: str
    rows: tuple[tuple[DataCell, ...], ...]
    has_commas: bool


class _Part(NamedTuple):
    words: str
    start: int
    end: int
    is_open: bool
    """Whether a quotation mark begins the cell, but does not end it."""


def read_table(file: File) -> tuple[DataTable | None, list[Problem]]:
    """Return the table in a file, and what is wrong with it; no table if something is."""
    try:
        text, hidden = refuse_hidden(decode(file.origin, file.data.value))
    except ReadError as error:
        return None, [error.problem]
    lines = Lines.of(text)
    problems = [finding.at(file.origin, lines.span(one.at, one.at + 1)) for one, finding in hidden]
    first = _FIRST_LINE.match(text)
    start = first.end() if first else 0
    splits = {mark: _trim(_split(text, mark, start)) for mark in ((first[1],) if first else _MARKS)}
    mark = max(splits, key=lambda one: _fit(splits[one]))
    rows = splits[mark]
    for place, finding in _issues(rows):
        problems.append(finding.at(file.origin, lines.span(place.start, place.end)))
    cells = tuple(tuple(DataCell(one.words, lines.span(one.start, one.end)) for one in row) for row in rows)
    return (None if problems else DataTable(file.origin, cells, mark == ";")), problems


def _split(text: str, mark: str, at: int) -> list[list[_Part]]:
    """Return the cells of each row. A quoted cell may hold marks and line ends; two quotation marks in it are one."""
    cell = re.compile(rf' *"([^"]*(?:""[^"]*)*)" *(?={mark}|\n|\Z)|([^{mark}\n]*)')
    rows: list[list[_Part]] = [[]]
    while found := cell.match(text, at):
        typed = found[2] or ""
        words = " ".join((typed if found[1] is None else found[1].replace('""', '"')).split())
        start = found.start() + len(found[0]) - len(found[0].lstrip(" "))
        end = max(start + 1, start + len(found[0].strip(" ")))
        rows[-1].append(_Part(words, start, end, typed.lstrip().startswith('"')))
        at = found.end() + 1
        if at > len(text):
            break
        if text[found.end()] == "\n":
            rows.append([])
    return rows


def _fit(rows: list[list[_Part]]) -> tuple[bool, int]:
    """Return how well rows fit together as a table: whether all have the same number of cells, and how many."""
    columns = len(rows[0]) if rows else 0
    return columns > 1 and all(len(row) == columns for row in rows), columns


def _trim(rows: list[list[_Part]]) -> list[list[_Part]]:
    """Return a table without the empty rows, and the empty columns at its end, that spreadsheet programs write."""
    rows = [row for row in rows if any(part.words for part in row)]
    widest = max((at for row in rows for at, part in enumerate(row, 1) if part.words), default=0)
    return [row[:widest] for row in rows]


def _issues(rows: list[list[_Part]]) -> Iterator[tuple[_Part, Finding]]:
    """Yield each cell that is wrong, and what is wrong with it."""
    head, *body = rows or [[_Part("", 0, 1, False)]]
    for part in (part for row in rows for part in row if part.is_open):
        hint = 'write two quotation marks for one: "the ""old"" bridge"'
        yield part, Finding("drawing", "this quotation mark is not closed, or more words follow it in its cell", hint)
    if not body or len(head) < 2:
        hint = "write the names of the columns into the first line, and below it a line for each row"
        yield head[0], Finding("drawing", "this file holds no table of at least two columns and two rows", hint)
    elif len(body) > _MOST_ROWS or len(head) > _MOST_COLUMNS:
        hint = f"a table to be drawn has at most {_MOST_ROWS} rows and {_MOST_COLUMNS} columns"
        yield head[0], Finding("too-long", f"this table has {len(body)} rows and {len(head)} columns", hint)
    else:
        before = {head[0].words}
        for part in head[1:]:
            if part.words in before or not part.words:
                message = f"two columns are called “{part.words}”" if part.words else "this column has no name"
                yield part, Finding("drawing", message, "give each column a name of its own in the first line")
            before.add(part.words)
        for row in body:
            if len(row) != len(head):
                message = f"this row has {len(row)} cells, but the first line names {len(head)} columns"
                hint = "write each cell, also an empty one; put a cell that holds a comma between quotation marks"
                yield row[min(len(row) - 1, len(head))], Finding("table-row", message, hint)
