"""Reads YAML and checks it against the schema of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefing.parse.context import FileContext
from briefing.parse.schema import check, definitions, leaves
from briefing.parse.schemas import SchemaName, full_schema, resolve
from briefing.parse.yaml_mistakes import quote
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar, load, without_comments
from briefing.problems import Finding
from briefing.text.source_text import ReadError

_OPEN_COMMENT = re.compile("%%|<\\s?!\\s?[-\u2010-\u2015]+|<--(?=.*-->)", re.DOTALL)
_MARKUP = re.compile(r"\*\*(?=\S)[^*]+(?<=\S)\*\*|\[\[[^\[\]]+\]\]|\[[^\[\]]+\]\([^()\s]+\)|\[@\w[^\[\]]*\]")
"""What is surely Markdown."""
_QUOTES = re.compile("[“”„‟]")
_CUT_OFF = re.compile(r"[ \t]+#[ \t]+[^\W\d_].*")
"""What YAML reads as a comment after a value, if it begins with a letter."""
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
    for scalar, mark, finding in _unread_marks(node, full_schema(name)):
        start = max(scalar.start, context.lines.text.find(mark, scalar.start, scalar.end))
        context.add_problem(finding, start, start + len(mark))
    if _CUT_OFF.search(context.lines.text, node.start, node.end + 1):
        for scalar in _words(node, full_schema(name)):
            if lost := _CUT_OFF.match(context.lines.text, scalar.end):
                typed = quote(context.lines.text[scalar.start : lost.end()].strip())
                hint = f"type {typed}; if it is a comment, put it in a line of its own above"
                finding = Finding("cut-off", "YAML reads this as a comment, so readers do not see it", hint)
                context.add_problem(finding, lost.end() - len(lost[0].lstrip()), lost.end())
    return node


def _words(node: Node, shape: Any) -> Iterator[Scalar]:
    """Yield the values without quotes that are words for readers: with a letter, and of no form that a schema sets."""
    for value, held in leaves(node, shape, {"cites", "imported", "accept"}):
        known = resolve(held)
        is_free = "string" in known.get("type", ()) and not {"pattern", "enum", "format"} & known.keys()
        if is_free and not value.quoted and any(map(str.isalpha, value.text)):
            yield value


def _unread_marks(node: Node, shape: Any) -> Iterator[tuple[Scalar, str, Finding]]:
    """Yield marks of Markdown in fields that take plain words, where readers would see them: also an open comment."""
    for value, held in leaves(node, shape):
        if "words" in definitions(held) and len(marks := _QUOTES.findall(value.text)) == 1 and marks[0] in "“„":
            hint = "type the second quotation mark, or delete this one"
            yield value, marks[0], Finding("open-quotation", "this quotation has no end", hint)
        if not any(sign in value.text for sign in "%<*[") or {"markdown", "prose"} & (uses := definitions(held)):
            continue
        words = without_comments(value.text)
        if (mark := _OPEN_COMMENT.search(words)) and not _ADDRESS.fullmatch(words):
            hint = "write %% words %% or <!-- words -->, with a space before it; or delete the mark"
            message = "this begins no comment, or is not closed, so readers would see what is in it"
            yield value, mark[0], Finding("unclosed-comment", message, hint)
        elif "words" in uses and (mark := _MARKUP.search(words)):
            hint = "write the words alone"
            message = "this field takes plain words; readers would see this as it is typed"
            yield value, mark[0], Finding("other-markdown", message, hint)


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
