"""Drawings in a text: a fenced block named `drawing` that says in YAML what to draw.

A block without rows draws the table above it, or the table of a file, which it puts above itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias, cast
from xml.etree.ElementTree import Element

from briefing.model.addresses import compose, list_places
from briefing.model.drawings import Cell, Draws, Sketch, SketchRow
from briefing.model.files import TABLES
from briefing.model.text import CitedSource, NumberRef, Ref, Reference, TypedDrawing
from briefing.parse.amounts import read_amount
from briefing.parse.checked import check_fields, load_fields
from briefing.parse.context import FileContext
from briefing.parse.csv_tables import read_table
from briefing.parse.markdown.citations import read_cited
from briefing.parse.markdown.offsets import CodeBlock
from briefing.parse.markdown.state import ConversionState, FileTable
from briefing.parse.schemas import SchemaName
from briefing.parse.yaml_tree import Fields, Scalar
from briefing.problems import Finding, shorten
from briefing.suggestions import Names
from briefing.text import placeholders
from briefing.text.source_text import ReadError

NAME = "drawing"
"""What follows the fence of a block that is a drawing."""
_OWN_NAME = Names([NAME])
_OF_OTHERS = frozenset(("chart", "mermaid", "plantuml", "plotly", "vega", "vega-lite"))
"""Names after which other programs draw."""
_FORMULAS = ("math", "latex", "tex", "katex")
_AMOUNTS = ("bars", "dots", "lines")
"""What can draw a table."""
_Row: TypeAlias = SketchRow[NumberRef, Ref]
_Place: TypeAlias = tuple[int, int]
"""Start and end as offsets in the file."""


def read_drawings(state: ConversionState) -> None:
    """Read the drawings of a text, before it is converted."""
    for number, block in enumerate(state.layout.blocks if state.layout else ()):
        if block.info == NAME:
            state.drawings[number] = _read_block(number, block, state)
        elif block.info in _FORMULAS:
            message = f"“{block.info}” begins a formula in other programs; readers would see these lines as code"
            finding = Finding("other-markdown", message, "write it in words or as a picture")
            state.context.add_problem(finding, *state.place_typed(block.at, block.at + len(block.info)))
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
    if sketch is None:
        return
    if parent.tag != "div":
        add_issue(
            state.context,
            place_name(number, state),
            "this drawing is within a list",
            "write it outside, before or after",
        )
    if data := state.data.get(number):
        parent.append(table := Element("table"))
        state.tables[table] = data
    above = next((one for one in reversed(parent) if one.tag != placeholders.TAG), None)
    parent.append(state.placeholder(sketch))
    if not sketch.rows and sketch.draws != "progress":
        if above is not None and above.tag == "table":
            state.drawn_tables.append((number, len(state.placeholders) - 1, above))
        else:
            hint = "write rows: in it, or put it below the table that it draws"
            add_issue(
                state.context, place_name(number, state), "this drawing has no rows, and no table is above it", hint
            )


def add_issue(context: FileContext, place: _Place, message: str, hint: str) -> None:
    """Add a problem with a drawing."""
    context.add_problem(Finding("drawing", message, hint), *place)


def place_name(number: int, state: ConversionState) -> _Place:
    """Return where the name of the block is."""
    assert state.layout is not None
    start, _ = state.place_typed(state.layout.blocks[number].at, state.layout.blocks[number].at + 1)
    start = state.context.lines.text.index(NAME, start)
    return start, start + len(NAME)


def _read_block(number: int, block: CodeBlock, state: ConversionState) -> TypedDrawing | None:
    """Read one block; None if something is wrong with it."""
    context, known = state.context, len(state.context.problems)
    name = state.place_typed(block.at, block.at + len(NAME))
    start = context.lines.text.find("\n", name[0]) + 1
    typed = context.lines.text[start:].splitlines(keepends=True)[: block.text.count("\n")]
    if [line.strip() for line in typed] != [line.strip() for line in block.text.splitlines()]:
        add_issue(context, name, "this drawing is within a quotation", "write it outside, between two paragraphs")
        return None
    try:
        fields = check_fields(load_fields("".join(typed), start, context), SchemaName(NAME), context)
    except ReadError as error:
        context.problems.append(error.problem)
        return None
    if len(context.problems) == known:
        for place, message, hint in _issues(fields, name):
            add_issue(context, place, message, hint)
    if len(context.problems) > known:
        return None
    for words in (fields.text("title"), fields.text("note"), *(row.text("label") for row in fields.children("rows"))):
        if words:
            context.add_sentence(words, start, False, True)
    sources = tuple(read_cited(one.text, one, context) for one in fields.scalars("sources"))
    if (named := fields.scalar("table")) and not _read_file(number, named, fields.text("title"), sources, state):
        return None
    return Sketch(
        cast(Draws, fields.text("draws")),
        fields.text("title"),
        fields.text("note"),
        fields.text("as_of"),
        sources,
        fields.texts("columns"),
        tuple(_read_row(row, context) for row in fields.children("rows")),
    )


def _read_file(
    number: int, named: Scalar, title: str, sources: tuple[CitedSource, ...], state: ConversionState
) -> bool:
    """Read the table of a file that a drawing names; return whether there is one. Weave reports a missing file."""
    context = state.context
    context.files[named.text] = None
    span = context.span(named.start, named.end)
    link = state.placeholder(Reference(named.text, "", True, True, span))
    files = {compose(file.path): file for file in context.tables}
    place = next((place for place in list_places(named.text, context.path) if place in files), "")
    if not place:
        return False
    table, problems = read_table(files[place])
    context.problems += problems
    link.text = files[place].path.rpartition("/")[2].replace("&", "&amp;")
    if table:
        state.data[number] = FileTable(table, title, sources, link)
    return table is not None


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
    table = fields.scalar("table")
    if table and (rows or draws not in _AMOUNTS):
        place = (table.start, table.end)
        yield place, "a table of a file can be drawn as bars, dots or lines, without rows", "delete table: or rows:"
    elif table and not table.text.lower().endswith(TABLES):
        hint = "save it as CSV in UTF-8, below content/files/: table: files/name.csv"
        yield (table.start, table.end), "only a table in a CSV file can be drawn", hint
    elif not (rows or draws == "progress" or draws in _AMOUNTS):
        yield name, f"a drawing of {draws} needs rows", "write rows: with one entry for each"
    elif rows and draws in ("progress", "lines"):
        hint = "delete rows:" if draws == "progress" else "write a table, and this block without rows: below it"
        yield name, f"a drawing of {draws} takes no rows", hint
    elif (rows or table or draws == "progress") and not fields.text("title"):
        yield name, "this drawing has no title", "write title: and in a few words what it shows"
    elif (rows or table) and not (
        fields.scalars("sources") or any(row.get("figure") or row.get("event") for row in rows)
    ):
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
