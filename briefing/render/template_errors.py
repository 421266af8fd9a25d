"""Mistakes in templates: what is wrong in the words of templates, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from traceback import walk_tb

from jinja2 import (
    StrictUndefined,
    TemplateAssertionError,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from jinja2.utils import missing

from briefing.model.files import File
from briefing.model.pages import Page
from briefing.model.site import Site
from briefing.problems import Finding, Problem, Span
from briefing.suggestions import Names
from briefing.values import dataclass

_MANUAL = "the manual lists what a template can show: docs/templates.md"
_TAGS = (
    "block",
    "call",
    "elif",
    "else",
    "extends",
    "filter",
    "for",
    "from",
    "if",
    "import",
    "include",
    "macro",
    "set",
    "with",
)
_PYTHON = {
    "NoneType": "none",
    "str": "words",
    "int": "a number",
    "float": "a number",
    "tuple": "a list",
    "list": "a list",
}
"""Names of types in messages of Python, and what they are in a template."""


class MissingName(UndefinedError):
    """A template uses a name that does not exist: `name` of `owner`, or a name of its own if there is no owner."""

    def __init__(self, message: str, owner: object, name: str, hint: str) -> None:
        super().__init__(message)
        self.owner, self.name, self.hint = owner, name, hint


class Missing(StrictUndefined):
    """The value of a name that does not exist. Everything but a test whether it is defined raises `MissingName`."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: object = missing, name: str | None = None, exc: object = None
    ) -> None:
        def fail(message: str | None = None) -> MissingName:
            return MissingName(message or "", obj, str(name or ""), hint or "")

        super().__init__(hint, obj, name, fail)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Explained:
    """What is wrong: a message, a remedy, and the words in the line that are wrong, if they are known."""

    message: str
    hint: str = _MANUAL
    words: str = ""


def place_error(
    error: Exception, template: str, templates: tuple[File, ...], known: Iterable[str] = ()
) -> Problem | None:
    """Return a problem with the place in a template that raised an error, or None if no template was running.

    `known` are the names that every template finds.
    """
    files = {file.path: file for file in templates}
    name, line = template, 0
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or template, error.lineno
    elif isinstance(error, TemplateError) and template not in files:
        return Finding("missing-template", "this template does not exist").at(f"templates/{template}")
    else:
        for frame, number in walk_tb(error.__traceback__):
            if "__jinja_exception__" in frame.f_globals or frame.f_code.co_filename in files:
                name, line = frame.f_code.co_filename, number
        if not line:
            return None
    name = name.removeprefix("<template>") or template
    file = files.get(name)
    lines = file.data.value.decode("utf-8", "replace").split("\n") if file else []
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    explained = _explain(error, text, files, known)
    at = re.search(rf"(?<![\w.]){re.escape(explained.words)}(?!\w)", text) if explained.words else None
    span = Span(line, at.start() + 1, len(explained.words)) if at else Span(line, 1)
    return Finding("template", explained.message, explained.hint).at(file.origin if file else f"templates/{name}", span)


def _explain(error: Exception, line: str, files: dict[str, File], known: Iterable[str]) -> _Explained:
    match error:
        case MissingName() if " does not export " in error.hint:
            return _no_macro(error, files)
        case MissingName() if error.owner is missing:
            message = f"there is no “{error.name}” in this template"
            return _Explained(message, _close(error.name, known), error.name)
        case MissingName():
            return _no_field(error, line)
        case TemplateNotFound():
            message = f"there is no template “{error.name}”"
            return _Explained(message, _close(str(error.name), files), str(error.name))
        case TemplateAssertionError() if found := re.match(r"No (filter|test) named '(\w+)'", error.message or ""):
            names = FILTERS if found[1] == "filter" else TESTS
            return _Explained(f"there is no {found[1]} “{found[2]}”", _close(found[2], names), found[2])
        case TemplateSyntaxError():
            return _explain_syntax(error)
        case TemplateError():
            return _Explained(error.message or "this cannot be shown")
        case RecursionError():
            return _Explained("this template includes itself again and again", "delete the tag that includes it here")
        case KeyError():
            return _Explained(f"“{error.args[0]}” does not exist", _MANUAL, str(error.args[0]))
        case _:
            return _Explained(f"this cannot be done here: {_without_python(str(error))}")


def _no_field(error: MissingName, line: str) -> _Explained:
    """Explain a field that a value does not have."""
    owner, name = error.owner, error.name
    found = re.search(rf"([\w.]+)\.{re.escape(name)}\b", line)
    before = found[1] if found else ""
    shown = f"{before}.{name}" if before else name
    if owner is None:
        message = f"“{before or 'a value'}” is none on this page, so it has no “{name}”"
        return _Explained(message, f"test it first: {{% if {before or 'value'} is not none %}}", shown)
    if not is_dataclass(owner):
        kind = _PYTHON.get(type(owner).__name__, "a value of another kind")
        return _Explained(f"“{before or 'this value'}” is {kind} and has no “{name}”", _MANUAL, shown)
    what = {Page: "this page", Site: "the settings"}.get(type(owner), f"the type {type(owner).__name__}")
    close = Names(field.name for field in fields(owner)).nearest(name, 1)
    hint = f"did you mean “{f'{before}.' if before else ''}{close[0]}”?" if close else _MANUAL
    return _Explained(f"“{shown}” is not a field of {what}", hint, shown)


def _no_macro(error: MissingName, files: dict[str, File]) -> _Explained:
    """Explain a macro that a template imports and that another template does not have."""
    found = re.search(r"the template '([^']+)'", error.hint)
    file = files.get(found[1]) if found else None
    macros = re.findall(r"{%-?\s*macro\s+(\w+)", file.data.value.decode("utf-8", "replace")) if file else []
    message = f"“{found[1] if found else ''}” has no macro “{error.name}”"
    return _Explained(message, _close(error.name, macros), error.name)


def _explain_syntax(error: TemplateSyntaxError) -> _Explained:
    """Explain a template that cannot be read."""
    message = (error.message or "this cannot be read").rstrip(".")
    unknown = re.match(r"Encountered unknown tag '(\w+)'", message)
    if unknown:
        tags = [*_TAGS, *(f"end{tag}" for tag in _TAGS)]
        is_open = re.search(r"needs to be closed is '(\w+)'", message)
        if is_open and unknown[1] in tags:
            message = f"“{unknown[1]}” comes before the end of “{is_open[1]}”"
            return _Explained(message, f"write {{% end{is_open[1]} %}} above this line", unknown[1])
        return _Explained(f"there is no tag “{unknown[1]}”", _close(unknown[1], tags), unknown[1])
    return _Explained(message[:1].lower() + message[1:], "check the tags and brackets in this line and above it")


def _close(name: str, names: Iterable[str]) -> str:
    close = Names(names).nearest(name, 1)
    return f"did you mean “{close[0]}”?" if close else _MANUAL


def _without_python(message: str) -> str:
    """Return a message of Python with the types as they are called in a template."""
    message = re.sub(r"[\w.]*(?:<locals>\.)?(?:<lambda>|(?<=>\.)(\w+))\(\)", lambda found: found[1] or "this", message)
    return re.sub(r"'(\w+)'(?: object)?", lambda found: _PYTHON.get(found[1], f"“{found[1]}”"), message)
