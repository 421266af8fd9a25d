"""A drawing as Markdown: the table of its words."""

from __future__ import annotations

from collections.abc import Callable

from briefing.model.drawings import DrawnRow, Draws, Strip
from briefing.model.text import Figure, Link, ShownDrawing

_COLUMNS = {"progress": ("Said", "Done", "Judged"), "steps": ("Figure",), "dates": ("Date",)}
"""The columns of drawings whose writers name none."""


def write_drawing(drawing: ShownDrawing, sources: str, escape: Callable[[str], str], say: Callable[[str], str]) -> str:
    """Return the title of a drawing with its sources, its words as a table, and what has to be known to read it."""
    columns = drawing.columns or [*map(say, _COLUMNS.get(drawing.draws, ("Value",)))]
    rows = [
        [escape(_label(row)), *(escape(_words(strip, drawing.draws, say)) for strip in row.strips)]
        for row in drawing.rows
    ]
    lines = [["", *map(escape, columns)], ["---"] * (len(columns) + 1), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    date = f"{say(', ')}{say('as of')} {drawing.as_of}" if drawing.as_of else ""
    title = f"**{escape(drawing.title)}**{date}{sources}"
    return "\n\n".join(part for part in (title, table, escape(drawing.note)) if part)


def _label(row: DrawnRow[Figure, Link]) -> str:
    return f"{row.number}. {row.label}" if row.number else row.label


def _words(strip: Strip[Figure], draws: Draws, say: Callable[[str], str]) -> str:
    answers = {"yes": say("yes"), "no": say("no"), "not-known": say("not known")} if draws == "answers" else {}
    words = answers.get(strip.words, strip.words)
    dates = say(", ").join(strip.dates)
    if strip.figure:
        return f"{strip.figure.value} ({dates})" if dates else strip.figure.value
    return words or dates or "–"
