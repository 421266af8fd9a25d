"""YAML with a place for every value.

Words stay words: nothing becomes a number, a date or a truth value, so `no`, `012`, `1.10` and `12:30` are what the
writer typed, until a schema asks for something else. Tags, aliases and duplicate keys are refused. The tree is built
from YAML's events with a stack of our own, since the C parser can crash the interpreter on deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from briefing.parse.yaml_mistakes import find_mistake, quote
from briefing.problems import Finding, Problem, Span
from briefing.text.source_text import CONTROL, Lines, ReadError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 64
_LONGEST = 4_000_000
"""Characters of one YAML file; a larger one is a mistake, and takes seconds to read."""
_ADVICE = (
    ("could not find expected ':'", "is a colon missing, or a quotation mark not closed?"),
    ("found unexpected end of stream", "a quotation mark or a bracket is not closed"),
    ("did not find expected ',' or", "inside brackets, put quotes around words with a comma, a colon or a bracket"),
    ("unknown escape character", "write \\\\ for one backslash, or put single quotes around the value"),
    ("while scanning a block scalar", "indent the lines below | or > by two spaces"),
    ("", "check the quotes and the indentation of this line and the one above"),
)
"""What to do about what YAML says, where no slip is found that explains it."""
_OPENED = re.compile("quoted scalar|flow")
"""What YAML was in the middle of, where a quote or a bracket was open."""
_CUT_OFF = re.compile(r"[ \t]+(#[^\s#].*)")
"""What was meant to be part of a value, and is not: a sign with a space before it and none after it."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as text. `quoted` is true where the writer put quotes around it; offsets are into the file."""

    text: str
    quoted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values."""

    items: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping of names to values, read through questions that say what is wanted."""

    keys: tuple[Scalar, ...]
    values: tuple[Node, ...]
    start: int
    end: int

    def get(self, name: str) -> Node | None:
        """Give the value of a name, or None."""
        for key, value in zip(self.keys, self.values, strict=True):
            if key.text == name:
                return value
        return None

    def key(self, name: str) -> Scalar | None:
        """Give the name itself as it stands in the file, or None."""
        return next((key for key in self.keys if key.text == name), None)

    def scalar(self, name: str) -> Scalar | None:
        """Give a single value with its place, or None."""
        value = self.get(name)
        return value if isinstance(value, Scalar) else None

    def text(self, name: str, default: str = "") -> str:
        """Give a single value as text."""
        value = self.scalar(name)
        return value.text if value else default

    def flag(self, name: str) -> bool:
        """Say whether a value is true."""
        return self.text(name) == "true"

    def integer(self, name: str) -> int:
        """Give a whole number, 0 where there is none."""
        text = self.text(name, "0")
        return int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0

    def scalars(self, name: str) -> tuple[Scalar, ...]:
        """Give a list of single values; one value alone is a list of one."""
        value = self.get(name)
        if isinstance(value, Scalar):
            return (value,)
        return tuple(i for i in value.items if isinstance(i, Scalar)) if isinstance(value, Listing) else ()

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of single values as text."""
        return tuple(scalar.text for scalar in self.scalars(name))

    def children(self, name: str) -> tuple[Fields, ...]:
        """Give a list of mappings."""
        value = self.get(name)
        return tuple(i for i in value.items if isinstance(i, Fields)) if isinstance(value, Listing) else ()

    def child(self, name: str) -> Fields:
        """Give a mapping, an empty one where there is none."""
        value = self.get(name)
        return value if isinstance(value, Fields) else Fields((), (), self.start, self.end)


Node: TypeAlias = Scalar | Listing | Fields


def load(path: str, text: str, lines: Lines, start: int = 0) -> tuple[Node | None, list[Problem]]:
    """Read one YAML text, which stands in its file at offset `start`, into a tree with places.

    Gives None where nothing is in it. Raises a `ReadError` where it is not YAML that we accept.
    """
    if len(text) > _LONGEST:
        message = f"the file has more than {_LONGEST:,} characters"
        finding = Finding("too-long", message, "split it into a folder of files")
        raise ReadError(finding.at(path, Span(1, 1)))
    first = lines.text.count("\n", 0, start)
    problems: list[Problem] = []
    try:
        tree = _tree(path, yaml.parse(text, Loader=_Loader), lines, first, problems)
    except yaml.MarkedYAMLError as error:
        raise ReadError(_yaml_problem(path, error, text, first, lines)) from None
    except yaml.YAMLError as error:
        raise ReadError(Finding("yaml", f"this is not valid YAML: {error}").at(path, Span(first + 1, 1))) from None
    return tree, problems


def _yaml_problem(path: str, error: yaml.MarkedYAMLError, text: str, first: int, lines: Lines) -> Problem:
    """Say what to type: the slip that explains the error, else what YAML says of it."""
    mark = error.problem_mark or error.context_mark
    rows = text.split("\n")
    opened = error.context_mark.line if error.context_mark and _OPENED.search(error.context or "") else -1
    if mistake := find_mistake(rows, mark.line if mark else -1, opened):
        message, hint = f"this is not valid YAML: {mistake.why}", f"type {mistake.typed}"
        finding = Finding("yaml", message, hint)
        return finding.at(path, Span(first + mistake.line + 1, mistake.start + 1, mistake.end - mistake.start))
    said = f"{error.context or ''} {error.problem or ''}".strip()
    hint = next(advice for words, advice in _ADVICE if words in said)
    line, column = (mark.line + first + 1, mark.column + 1) if mark else (first + 1, 1)
    if line > len(lines.starts):  # the end of a text without a last line end
        line, column = len(lines.starts), len(lines.text) - lines.starts[-1] + 1
    return Finding("yaml", f"this is not valid YAML: {error.problem or said}", hint).at(path, Span(line, column))


class _Open:
    """A list or mapping whose end has not been reached yet."""

    __slots__ = ("keys", "mapping", "start", "values")

    def __init__(self, mapping: bool, start: int) -> None:
        self.mapping, self.start = mapping, start
        self.keys: list[Scalar] = []
        self.values: list[Node] = []

    def add(self, node: Node) -> bool:
        """Take in the next node; says False where a mapping's key is not a single value."""
        if self.mapping and len(self.keys) == len(self.values):
            if not isinstance(node, Scalar):
                return False
            self.keys.append(node)
        else:
            self.values.append(node)
        return True

    def close(self, end: int) -> Node:
        if self.mapping:
            return Fields(tuple(self.keys), tuple(self.values), self.start, end)
        return Listing(tuple(self.values), self.start, end)


def _tree(path: str, events: Iterator[yaml.Event], lines: Lines, first: int, problems: list[Problem]) -> Node | None:
    """Build the tree from events, with a stack of our own."""
    stack: list[_Open] = []
    root: Node | None = None
    documents = 0

    def refuse(finding: Finding, start: int, end: int) -> ReadError:
        return ReadError(finding.at(path, lines.span(start, end)))

    for event in events:
        assert event.start_mark and event.end_mark
        begin = lines.offset(event.start_mark.line + first, event.start_mark.column)
        end = lines.offset(event.end_mark.line + first, event.end_mark.column)
        special = "*" if isinstance(event, yaml.AliasEvent) else "&" if getattr(event, "anchor", None) else ""
        if special or getattr(event, "tag", None):
            message = f"a value that begins with {special or '!'} needs quotes"
            finding = Finding("yaml-alias" if special else "yaml-tag", message, "put quotes around the whole value")
            raise refuse(finding, begin, end)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                finding = Finding("yaml-documents", "--- starts a second document here", "delete this line")
                raise refuse(finding, begin, end)
        node: Node | None = None
        if isinstance(event, yaml.ScalarEvent):
            if CONTROL.search(event.value):
                finding = Finding("control-character", "this value contains a control character", "delete it")
                raise refuse(finding, begin, end)
            node = Scalar(event.value, not event.implicit[0], begin, end)
            if event.implicit[0] and (lost := _CUT_OFF.match(lines.text, end)):
                typed = quote(lines.text[begin : lost.end()].strip())
                finding = Finding("yaml-comment", "YAML reads this as a comment, so it would be lost", f"type {typed}")
                raise refuse(finding, lost.start(1), lost.end())
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(stack) >= _DEEPEST:
                finding = Finding("yaml-depth", f"nested more than {_DEEPEST} levels deep", "close the brackets")
                raise refuse(finding, begin, end)
            stack.append(_Open(isinstance(event, yaml.MappingStartEvent), begin))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            node = stack.pop().close(end)
            if isinstance(node, Fields):
                problems += _twice(path, node, lines)
        if node is not None and not stack:
            root = node
        elif node is not None and not stack[-1].add(node):
            finding = Finding("yaml-key", "the name of a field must be plain words", "put quotes around it")
            raise refuse(finding, begin, end)
    return root


def _twice(path: str, fields: Fields, lines: Lines) -> Iterator[Problem]:
    """Report names that stand more than once in a mapping, with both lines."""
    seen: dict[str, Scalar] = {}
    for key in fields.keys:
        span = lines.span(key.start, key.end)
        if key.text in seen:
            before = lines.span(seen[key.text].start, seen[key.text].end)
            message = f"“{key.text}” appears twice; the first is in line {before.line}"
            yield Finding("duplicate-key", message, "delete one of them").at(path, span)
        seen.setdefault(key.text, key)
