"""Reads YAML and checks it against the schema of its kind."""

from __future__ import annotations

from briefing.parse.context import Notes
from briefing.parse.schema import check
from briefing.parse.yaml_tree import Fields, Node, load
from briefing.problems import Problem
from briefing.text.source_text import Fault


def _load(text: str, start: int, notes: Notes) -> Node | None:
    tree, problems = load(notes.path, text, notes.lines, start)
    notes.problems += problems
    return tree


def _checked(node: Node | None, kind: str, notes: Notes) -> Fields:
    """Hold one mapping against its schema. What does not fit is noted and read as if it were not there."""
    if not isinstance(node, Fields):
        start = node.start if node else 0
        spot = notes.lines.spot(start, start + 1)
        hint = "write one field in a line, such as title: The words"
        raise Fault(Problem(notes.path, spot.line, spot.column, "no-fields", "there are no fields here", hint))
    notes.problems += check(notes.path, kind, node, notes.lines)
    return node
