"""What a site or a record says about problems: their levels, and those that a person accepts."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model.documents import Accepted
from briefing.parse.context import FileContext
from briefing.parse.yaml_tree import Fields, Scalar
from briefing.problem_codes import CODES
from briefing.problems import Finding
from briefing.suggestions import Names

_PROTECTED = {"readers": "readers, or the people written about", "build": "the build from pages that are not complete"}
"""Whom a problem protects, in words."""


def read_checks(checks: Fields, context: FileContext) -> Iterator[tuple[str, str]]:
    """Yield the codes whose level the site sets, with the level; report those that do not exist or must stay errors."""
    for key in checks.keys:
        level = checks.text(key.text)
        if (level == "error" and key.text in CODES) or _may_change(key, context):
            yield key.text, level


def read_accepted(fields: Fields, context: FileContext) -> None:
    """Note the problems of a record that a person accepts; report those that nobody can accept."""
    for item in fields.children("accept"):
        code = item.scalar("code")
        is_whole = all(map(item.text, ("words", "reason", "by", "on")))  # what is missing is a problem of its own
        if code and _may_change(code, context) and is_whole:
            words = " ".join(item.text("words").split())
            place = context.lines.span(code.start, code.end)
            lines = context.lines.span(item.start, item.end).line, context.lines.span(item.end - 1, item.end).line
            accepted = Accepted(code.text, words, item.text("reason"), item.text("by"), item.text("on"), place, lines)
            context.accepted.append(accepted)


def _may_change(name: Scalar, context: FileContext) -> bool:
    """Whether a site decides about the problems of a code; if not, report why."""
    code = CODES.get(name.text)
    if code is None:
        close = Names(CODES).nearest(name.text, 1)
        hint = f"did you mean “{close[0]}”?" if close else "the manual lists all of them: problems.md"
        context.add_problem(
            Finding("unknown-word", f"no problem has the code “{name.text}”", hint), name.start, name.end
        )
    elif code.protects:
        message = f"“{name.text}” is always an error: it protects {_PROTECTED[code.protects]}"
        context.add_problem(Finding("wrong-form", message, "delete this entry"), name.start, name.end)
    return code is not None and not code.protects
