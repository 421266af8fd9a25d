"""Drawings in a text: a fenced block named `drawing` that says in YAML what to draw.

A block without rows draws the table above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias, cast
from xml.etree.ElementTree import Element

from briefing.model.drawings import Cell, Draws, Sketch, SketchRow
from briefing.model.text import Citation, NumberRef, Ref, TypedDrawing
from briefing.parse.amounts import read_amount
from briefing.parse.checked import check_fields, load_fields
from briefing.parse.context import FileContext
from briefing.parse.markdown.citations import read_cited
from briefing.parse.markdown.layout import CAPTION, CELL_END, mark_of_block
from briefing.parse.markdown.offsets import CodeBlock
from briefing.parse.markdown.sentences import title_of
from briefing.parse.markdown.state import ConversionState
from briefing.parse.schemas import SchemaName
from briefing.parse.yaml_mistakes import quote
from briefing.parse.yaml_tree import Fields
from briefing.problems import Finding, shorten
from briefing.suggestions import Names
from briefing.text import placeholders
from briefing.text.source_text import ReadError

NAME = "drawing"
"""What follows the fence of a block that is a drawing."""
_OWN_NAME = Names([NAME])
_OF_OTHERS = frozenset(("chart", "mermaid", "plantuml", "plotly", "vega", "vega-lite"))
"""Names after which other programs draw."""
_NO_NUMBER = frozenset(("", "-", "–", "—", "?", "…", ".."))
"""What a cell without a number holds."""
_AMOUNTS = ("bars", "dots", "lines")
"""What can draw a table."""
_Row: TypeAlias = SketchRow[NumberRef, Ref]
_Place: TypeAlias = tuple[int, int]
"""Start and end as offsets in the file."""


def read_drawings(state: ConversionState) -> None:
    """Read the drawings of a text, before it is converted."""
    for number, block in enumerate(state.layout.blocks if state.layout else ()):
        if block.info == NAME:
            state.drawings[number] = _read_block(block, state)
        elif block.info and _is_meant(block, state.context):
            message = f"“{shorten(block.info, 60)}” begins no drawing, so readers would see these lines as code"
            finding = Finding("other-markdown", message, f"write {NAME} after the fence, and draws: bars below it")
            state.context.add_problem(finding, *state.place_typed(block.at, block.at + len(block.info)))


def _is_meant(block: CodeBlock, context: FileContext) -> bool:
    """Whether a block with another name was meant as a drawing, by its name or by what it holds."""
    name = "".join(re.findall(r"[\w-]+", block.info)[:1])
    is_near = bool(context.suggestions.nearest(name, _OWN_NAME, 1))
    return is_near or name.casefold() in _OF_OTHERS or re.search("^draws:", block.text, re.MULTILINE) is not None


def add_drawing(parent: Element, number: int, state: ConversionState) -> None:
    """Add the placeholder of a drawing to the tree."""
    sketch = state.drawings[number]
    above = next((one for one in reversed(parent) if one.tag != placeholders.TAG), None)
    if sketch is None:
        return
    if parent.tag != "div":
        _add(
            state.context,
            _place_name(number, state),
            "this drawing is within a list",
            "write it outside, before or after",
        )
    parent.append(state.placeholder(sketch))
    if not sketch.rows and sketch.draws != "progress":
        if above is not None and above.tag == "table":
            state.drawn_tables.append((number, len(state.placeholders) - 1, above))
        else:
            hint = "write rows: in it, or put it below the table that it draws"
            _add(state.context, _place_name(number, state), "this drawing has no rows, and no table is above it", hint)


def draw_tables(state: ConversionState) -> None:
    """Read the rows of the tables that are drawn, when the words of their cells are known."""
    for number, placeholder, table in state.drawn_tables:
        sketch = state.placeholders[placeholder]
        if isinstance(sketch, Sketch):
            state.placeholders[placeholder] = _draw_table(sketch, table, number, state)


def _add(context: FileContext, place: _Place, message: str, hint: str) -> None:
    context.add_problem(Finding("drawing", message, hint), *place)


def _place_name(number: int, state: ConversionState) -> _Place:
    """Return where the name of the block is."""
    assert state.layout is not None
    start, _ = state.place_typed(state.layout.blocks[number].at, state.layout.blocks[number].at + 1)
    start = state.context.lines.text.index(NAME, start)
    return start, start + len(NAME)


def _read_block(block: CodeBlock, state: ConversionState) -> TypedDrawing | None:
    """Read one block; None if something is wrong with it."""
    context, known = state.context, len(state.context.problems)
    name = state.place_typed(block.at, block.at + len(NAME))
    start = context.lines.text.find("\n", name[0]) + 1
    typed = context.lines.text[start:].splitlines(keepends=True)[: block.text.count("\n")]
    if [line.strip() for line in typed] != [line.strip() for line in block.text.splitlines()]:
        _add(context, name, "this drawing is within a quotation", "write it outside, between two paragraphs")
        return None
    try:
        fields = check_fields(load_fields("".join(typed), start, context), SchemaName(NAME), context)
    except ReadError as error:
        context.problems.append(error.problem)
        return None
    if len(context.problems) == known:
        for place, message, hint in _issues(fields, name):
            _add(context, place, message, hint)
    if len(context.problems) > known:
        return None
    for words in (fields.text("title"), fields.text("note"), *(row.text("label") for row in fields.children("rows"))):
        if words:
            context.add_sentence(words, False, True)
    return Sketch(
        cast(Draws, fields.text("draws")),
        fields.text("title"),
        fields.text("note"),
        fields.text("as_of"),
        tuple(read_cited(one.text, one, context) for one in fields.scalars("sources")),
        fields.texts("columns"),
        tuple(_read_row(row, context) for row in fields.children("rows")),
    )


def _read_row(row: Fields, context: FileContext) -> _Row:
    figure, event, amount = row.scalar("figure"), row.scalar("event"), row.scalar("amount")
    cells: list[Cell[NumberRef]] = [
        Cell(one.text, None, None, context.span(one.start, one.end)) for one in row.scalars("answers")
    ]
    if typed := figure or amount:
        span = context.span(typed.start, typed.end)
        number = NumberRef(figure.text, span) if figure else None
        cells = [Cell(amount.text if amount else "", read_amount(amount.text) if amount else None, number, span)]
    return SketchRow(
        row.text("label"),
        tuple(cells),
        row.integer("level"),
        Ref(event.text, context.span(event.start, event.end), ("event",)) if event else None,
        row.text("date"),
        row.text("until"),
        row.flag("planned"),
    )


def _issues(fields: Fields, name: _Place) -> Iterator[tuple[_Place, str, str]]:
    """Yield what a drawing lacks: the place, what is wrong, and what to write."""
    draws, rows, columns = fields.text("draws"), fields.children("rows"), fields.scalars("columns")
    if not (rows or draws == "progress" or draws in _AMOUNTS):
        yield name, f"a drawing of {draws} needs rows", "write rows: with one entry for each"
    elif rows and draws in ("progress", "lines"):
        hint = "delete rows:" if draws == "progress" else "write a table, and this block without rows: below it"
        yield name, f"a drawing of {draws} takes no rows", hint
    elif (rows or draws == "progress") and not fields.text("title"):
        yield name, "this drawing has no title", "write title: and in a few words what it shows"
    elif rows and not (fields.scalars("sources") or any(row.get("figure") or row.get("event") for row in rows)):
        yield name, "this drawing has no source", "write sources: [id], or take its rows from figures or events"
    elif draws == "answers" and not columns:
        yield name, "a drawing of answers needs columns", "write columns: [The board, The council]"
    for row in rows:
        at = (row.start, row.start + 1)
        if row is rows[0] and row.integer("level"):
            yield at, "the first row cannot be part of a row above it", "delete level:, or move the row"
        amount = row.scalar("amount")
        if draws == "answers" and columns and len(row.scalars("answers")) != len(columns):
            yield (
                at,
                f"this row has {len(row.scalars('answers'))} answers for {len(columns)} columns",
                "write one for each",
            )
        if amount and read_amount(amount.text) is None:
            yield (amount.start, amount.end), f"“{amount.text}” is not a number", "write it alone: 1,273, 12.5 or 800+"
        if draws == "dates" and not row.get("event") and not (row.get("date") and row.get("label")):
            yield at, "this row has no date", "write event: and the id of an event, or label: and date:"
        elif not (row.get("label") or row.get("figure") or row.get("event")):
            yield at, "this row has no label", "write label: and what it is about"


def _draw_table(sketch: TypedDrawing, table: Element, number: int, state: ConversionState) -> TypedDrawing:
    """Return a drawing with the rows of a table."""
    known = len(state.context.problems)
    head, *body = [list(row) for row in table.iter("tr")]
    names = [title_of(cell, state) for cell in head]
    places = _place_cells(number, state)
    name = _place_name(number, state)
    chosen = [names.index(one) for one in sketch.columns if one in names] or list(range(1, len(names)))
    for one in sketch.columns:
        if one not in names:
            _add(state.context, name, f"the table has no column “{one}”", f"its columns are {', '.join(names)}")
    columns = _advise_columns(names, body, state)
    rows = tuple(
        _table_row(cells, chosen, places[n] if n < len(places) else [], name, columns, state)
        for n, cells in enumerate(body)
    )
    caption = table.find("caption")
    contents = [state.placeholders[placeholders.number_of(one.attrib)] for one in table.iter(placeholders.TAG)]
    cited = tuple(one for content in contents if isinstance(content, Citation) for one in content.items)
    title = sketch.title or (title_of(caption, state).rstrip(". ") if caption is not None else "")
    if not title:
        _add(
            state.context,
            name,
            "this drawing has no title",
            "write title:, or a caption below the table: : Words [@id]",
        )
    if not (cited or sketch.sources or any(cell.figure for row in rows for cell in row.cells)):
        hint = "name it in the caption below the table, : Words [@id], or in sources:"
        _add(state.context, name, "this drawing has no source", hint)
    if len(state.context.problems) == known and not any(
        cell.amount or cell.figure for row in rows for cell in row.cells
    ):
        _add(state.context, name, "the table has no number to draw", columns or "write numbers into its cells")
    sources = tuple(dict.fromkeys((*sketch.sources, *cited)))
    return replace(sketch, title=title, sources=sources, columns=tuple(names[one] for one in chosen), rows=rows)


def _advise_columns(names: list[str], body: list[list[Element]], state: ConversionState) -> str:
    """Return how to name the first column of a table that holds only numbers; empty if there is none."""
    for at, column in enumerate(names):
        cells = [title_of(row[at], state) for row in body if at < len(row)]
        if (
            at
            and column
            and any(map(read_amount, cells))
            and all(read_amount(one) or one in _NO_NUMBER for one in cells)
        ):
            typed = quote(column) if re.search(r"[^\w -]", column) else column
            return f"name the columns to draw: columns: [{typed}]"
    return ""


def _table_row(
    cells: list[Element],
    chosen: list[int],
    places: Sequence[_Place],
    name: _Place,
    columns: str,
    state: ConversionState,
) -> _Row:
    label = title_of(cells[0], state)
    if not label:
        place = places[0] if places else name
        _add(state.context, place, "the first cell of this row has no words", "write what the row is about")
    drawn = []
    for one in chosen:
        words, place = title_of(cells[one], state), places[one] if one < len(places) else name
        inner = [state.placeholders[placeholders.number_of(part.attrib)] for part in cells[one].iter(placeholders.TAG)]
        figure = next((part for part in inner if isinstance(part, NumberRef)), None)
        amount = read_amount(words)
        if not (amount or figure or words in _NO_NUMBER):
            hint = "; or ".join(filter(None, ("write the number alone, such as 1,273, 12.5 % or 800+", columns)))
            _add(state.context, place, f"“{words}” is in a column that is drawn, and is not a number", hint)
        drawn.append(Cell(words, amount, figure, state.context.span(*place)))
    return SketchRow(label, tuple(drawn))


def _place_cells(number: int, state: ConversionState) -> list[list[_Place]]:
    """Return where the cells of the table above a block are, row by row without its head."""
    end = state.text.index(mark_of_block(number))
    lines: list[list[_Place]] = []
    while end > 0:
        start = state.text.rfind("\n", 0, end - 1) + 1
        line = state.text[start:end]
        if "|" in line and not CAPTION.match(line):
            lines.append([state.place(start + begin, start + stop) for begin, stop in _split_row(line)])
        elif lines:
            break
        end = start
    return lines[::-1][2:]


def _split_row(line: str) -> Iterator[_Place]:
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
