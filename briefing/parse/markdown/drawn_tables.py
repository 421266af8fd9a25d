"""The tables that drawings draw: those of a text, and those of files, which become tables of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement

from briefing.model.drawings import Amount, Cell, Sketch, SketchRow
from briefing.model.text import Citation, NumberRef, Ref, TypedDrawing
from briefing.parse.amounts import read_amount
from briefing.parse.markdown.drawings import add_issue, place_name
from briefing.parse.markdown.layout import CAPTION, CELL_END, mark_of_block
from briefing.parse.markdown.sentences import title_of
from briefing.parse.markdown.state import ConversionState, FileTable
from briefing.parse.yaml_mistakes import quote
from briefing.problems import Finding, Span
from briefing.text import placeholders

_NO_NUMBER = frozenset(("", "-", "–", "—", "?", "…", ".."))
"""What a cell without a number holds."""
_Place: TypeAlias = tuple[str, Span]
"""The path of a file, and a place in it."""
_Reads: TypeAlias = Callable[[str], Amount | None]
"""Reads the number in a cell."""


def fill_tables(state: ConversionState) -> None:
    """Write the tables of files into the tree. Their cells are words, in which nothing is markup."""
    for table, file in state.tables.items():
        caption = SubElement(table, "caption")
        caption.text = f"{_escape(file.title)} "
        cited = state.placeholder(Citation(file.sources))
        cited.tail = " "
        caption.extend((cited, file.link))
        head, *body = file.data.rows
        for name, tag, rows in (("thead", "th", [head]), ("tbody", "td", body)):
            part = SubElement(table, name)
            for row in rows:
                line = SubElement(part, "tr")
                for cell in row:
                    SubElement(line, tag).text = _escape(cell.words)


def _escape(words: str) -> str:
    return words.replace("&", "&amp;")


def draw_tables(state: ConversionState) -> None:
    """Read the rows of the tables that are drawn, when the words of their cells are known."""
    for number, placeholder, table in state.drawn_tables:
        sketch = state.placeholders[placeholder]
        if isinstance(sketch, Sketch):
            state.placeholders[placeholder] = _draw_table(sketch, table, number, state)


def _draw_table(sketch: TypedDrawing, table: Element, number: int, state: ConversionState) -> TypedDrawing:
    """Return a drawing with the rows of a table."""
    known = len(state.context.problems)
    head, *body = [list(row) for row in table.iter("tr")]
    names = [title_of(cell, state) for cell in head]
    file = state.tables.get(table)
    reads = _read_with_commas if file and file.data.has_commas else read_amount
    name = place_name(number, state)
    at_name = state.context.path, state.context.lines.span(*name)
    chosen = [names.index(one) for one in sketch.columns if one in names] or list(range(1, len(names)))
    for one in sketch.columns:
        if one not in names:
            add_issue(state.context, name, f"the table has no column “{one}”", f"its columns are {', '.join(names)}")
    columns = _advise_columns(names, body, reads, state)
    numbers = "1273, 12,5 % or 800+" if reads is _read_with_commas else "1,273, 12.5 % or 800+"
    hint = "; or ".join(filter(None, (f"write the number alone, such as {numbers}", columns)))
    places = _place_in_file(file) if file else _place_cells(number, state)
    rows = tuple(
        _table_row(cells, chosen, [*chain(*places[n : n + 1]), *[at_name] * len(cells)], reads, hint, state)
        for n, cells in enumerate(body)
    )
    caption = table.find("caption")
    contents = [state.placeholders[placeholders.number_of(one.attrib)] for one in table.iter(placeholders.TAG)]
    cited = tuple(one for content in contents if isinstance(content, Citation) for one in content.items)
    title = sketch.title or (file.title if file else "")
    title = title or (title_of(caption, state).rstrip(". ") if caption is not None else "")
    if not title:
        title_hint = "write title:, or a caption below the table: : Words [@id]"
        add_issue(state.context, name, "this drawing has no title", title_hint)
    if not (cited or sketch.sources or any(cell.figure for row in rows for cell in row.cells)):
        source_hint = "name it in the caption below the table, : Words [@id], or in sources:"
        add_issue(state.context, name, "this drawing has no source", source_hint)
    if len(state.context.problems) == known and not any(
        cell.amount or cell.figure for row in rows for cell in row.cells
    ):
        add_issue(state.context, name, "the table has no number to draw", columns or "write numbers into its cells")
    sources = tuple(dict.fromkeys((*sketch.sources, *cited)))
    return replace(sketch, title=title, sources=sources, columns=tuple(names[one] for one in chosen), rows=rows)


def _read_with_commas(words: str) -> Amount | None:
    return read_amount(words, has_commas=True)


def _advise_columns(names: list[str], body: list[list[Element]], reads: _Reads, state: ConversionState) -> str:
    """Return how to name the first column of a table that holds only numbers; empty if there is none."""
    for at, column in enumerate(names):
        cells = [title_of(row[at], state) for row in body if at < len(row)]
        if at and column and any(map(reads, cells)) and all(reads(one) or one in _NO_NUMBER for one in cells):
            typed = quote(column) if re.search(r"[^\w -]", column) else column
            return f"name the columns to draw: columns: [{typed}]"
    return ""


def _table_row(
    cells: list[Element],
    chosen: list[int],
    places: Sequence[_Place],
    reads: _Reads,
    hint: str,
    state: ConversionState,
) -> SketchRow[NumberRef, Ref]:
    label, issues = title_of(cells[0], state), state.context.problems
    if not label:
        finding = Finding("drawing", "the first cell of this row has no words", "write what the row is about")
        issues.append(finding.at(*places[0]))
    drawn = []
    for one in chosen:
        words = title_of(cells[one], state)
        inner = [state.placeholders[placeholders.number_of(part.attrib)] for part in cells[one].iter(placeholders.TAG)]
        figure = next((part for part in inner if isinstance(part, NumberRef)), None)
        amount = reads(words)
        if not (amount or figure or words in _NO_NUMBER):
            finding = Finding("drawing", f"“{words}” is in a column that is drawn, and is not a number", hint)
            issues.append(finding.at(*places[one]))
        state.context.spans.append(places[one][1])
        drawn.append(Cell(words, amount, figure, len(state.context.spans) - 1))
    return SketchRow(label, tuple(drawn))


def _place_in_file(file: FileTable) -> list[list[_Place]]:
    """Return where the cells of the table of a file are, row by row without its head."""
    return [[(file.data.path, cell.span) for cell in row] for row in file.data.rows[1:]]


def _place_cells(number: int, state: ConversionState) -> list[list[_Place]]:
    """Return where the cells of the table above a block are, row by row without its head."""
    end = state.text.index(mark_of_block(number))
    lines: list[list[_Place]] = []
    while end > 0:
        start = state.text.rfind("\n", 0, end - 1) + 1
        line = state.text[start:end]
        if "|" in line and not CAPTION.match(line):
            cells = (state.place(start + begin, start + stop) for begin, stop in _split_row(line))
            lines.append([(state.context.path, state.context.lines.span(*cell)) for cell in cells])
        elif lines:
            break
        end = start
    return lines[::-1][2:]


def _split_row(line: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of each cell are within a line."""
    begin = len(line) - len(line.lstrip(" >"))
    begin += line.startswith("|", begin)
    for bar in (*CELL_END.finditer(line, begin), None):
        stop = bar.end() - 1 if bar else len(line)
        words = line[begin:stop]
        left = begin + len(words) - len(words.lstrip())
        if bar or words.strip():
            yield left, max(left + 1, left + len(words.strip()))
        begin = stop + 1
