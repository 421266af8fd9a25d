"""Reads YAML and checks it against the schema of its kind."""

from __future__ import annotations

import re

from briefing.parse.context import FileContext
from briefing.parse.schema import check
from briefing.parse.schemas import SchemaName
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar, load
from briefing.problems import Finding
from briefing.text.source_text import ReadError

_ADDRESS = re.compile(r"(?:(?:https?|mailto|tel):|/)\S*", re.IGNORECASE)


def load_fields(text: str, start: int, context: FileContext) -> Node | None:
    """Read YAML that starts at an offset of its file; add its problems to the context."""
    tree, problems = load(context.path, text, context.lines, start)
    context.problems += problems
    return tree


def check_fields(node: Node | None, name: SchemaName, context: FileContext) -> Fields:
    """Check one mapping against a schema; add what does not fit to the problems of the context.

    Raises ReadError for what is not a mapping.
    """
    if not isinstance(node, Fields):
        start = node.start if node else 0
        hint = "write one field in each line, for example title: Opening hours"
        finding = Finding("no-fields", "there are no fields here", hint)
        raise ReadError(finding.at(context.path, context.lines.span(start, start + 1)))
    found = list(check(context.path, name, node, context.lines, context.suggestions))
    context.problems += found
    _check_addresses(node, context, {(one.line, one.column) for one in found})
    return node


def _check_addresses(node: Node, context: FileContext, wrong: set[tuple[int, int]]) -> None:
    """Check every address in a value, with the name that is shown for it, unless a problem is at its place."""
    if isinstance(node, Scalar):
        if _ADDRESS.fullmatch(node.text):
            span = context.lines.span(node.start, node.end)
            if (span.line, span.column) not in wrong:
                context.check_address(node.text, "", node.start, node.end)
    elif isinstance(node, Listing):
        for item in node.items:
            _check_addresses(item, context, wrong)
    else:
        for value in node.values:
            _check_addresses(value, context, wrong)
        for goal in filter(None, (node.scalar("url"), node.scalar("to"))):
            shown = " ".join(node.text(name) for name in ("label", "name"))
            context.check_words(shown, goal.text, goal.start, goal.end)
