"""Reads YAML and checks it against the schema of its kind."""

from __future__ import annotations

import re

from briefing.parse.context import FileContext
from briefing.parse.schema import check
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar, load
from briefing.problems import Finding
from briefing.text.source_text import ReadError

_ADDRESS = re.compile(r"(?:https?|mailto|tel):|/", re.IGNORECASE)


def load_fields(text: str, start: int, context: FileContext) -> Node | None:
    """Read YAML that starts at an offset of its file; add its problems to the context."""
    tree, problems = load(context.path, text, context.lines, start)
    context.problems += problems
    return tree


def check_fields(node: Node | None, kind: str, context: FileContext) -> Fields:
    """Check one mapping against the schema of a kind; add what does not fit to the problems of the context.

    Raises ReadError for what is not a mapping.
    """
    if not isinstance(node, Fields):
        start = node.start if node else 0
        hint = "write one field in each line, for example title: Opening hours"
        finding = Finding("no-fields", "there are no fields here", hint)
        raise ReadError(finding.at(context.path, context.lines.span(start, start + 1)))
    context.problems += check(context.path, kind, node, context.lines, context.suggestions)
    _check_addresses(node, context)
    return node


def _check_addresses(node: Node, context: FileContext) -> None:
    """Check every address in a value, with the name that is shown for it."""
    if isinstance(node, Scalar):
        if _ADDRESS.match(node.text):
            context.check_address(node.text, "", node.start, node.end)
    elif isinstance(node, Listing):
        for item in node.items:
            _check_addresses(item, context)
    else:
        for value in node.values:
            _check_addresses(value, context)
        if url := node.scalar("url") or node.scalar("to"):
            shown = " ".join(node.text(name) for name in ("label", "name"))
            context.check_words(shown, url.text, url.start, url.end)
