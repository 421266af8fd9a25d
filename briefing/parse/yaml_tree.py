"""Reads YAML into a tree in which every value has its place.

All values stay text: `no`, `012`, `1.10` and `12:30` are what the writer typed; only a schema makes numbers or booleans
of them. Tags, aliases and repeated names are errors. The tree is built from YAML's events with a stack of our own,
because the library's own code can crash the interpreter on deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import yaml

from briefing.parse.yaml_mistakes import find_mistake, quote
from briefing.problems import Finding, Problem, Span
from briefing.text.hidden import ALL_OF_IT, IN_TEXT, refuse_hidden
from briefing.text.source_text import Lines, ReadError
from briefing.values import dataclass

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 64
_LONGEST = 4_000_000
"""The most characters of one YAML file; more is a mistake, and would take seconds to read."""
_ADVICE = (
    ("could not find expected ':'", "is a colon missing, or a quotation mark not closed?"),
    ("found unexpected end of stream", "a quotation mark or a bracket is not closed"),
    ("did not find expected ',' or", "inside brackets, put quotes around words with a comma, a colon or a bracket"),
    ("unknown escape character", "write \\\\ for one backslash, or put single quotes around the value"),
    ("while scanning a block scalar", "indent the lines below | or > by two spaces"),
    ("", "check the quotes and the indentation of this line and the one above"),
)
"""Words of a message of the YAML library, and a hint for it if no known mistake explains the error."""
_OPENED = re.compile("quoted scalar|flow")
"""What the YAML library was reading when a quotation mark or a bracket was open."""
_CUT_OFF = re.compile(r"[ \t]+(#[^\s#].*)")
"""A comment that was probably meant as part of the value: a `#` with a space before it and none after it."""

_ESCAPE = re.compile(r"\\(?:x(?=\w{2})|u(?=\w{4})|U(?=\w{8})|(.))((?<=x)\w{2}|(?<=u)\w{4}|(?<=U)\w{8}|)")
"""An escape in a quoted value: group 1 is a named one, group 2 the number of a character."""
_NAMED = dict(zip("0abvfreNLP", "\0\a\b\v\f\r\x1b\x85\u2028\u2029", strict=True))


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as text. `quoted` is whether the writer put quotes around it; start and end are offsets in the file."""

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


def without_comments(words: str) -> str:
    """Return plain words without `%% comments %%` and `<!-- comments -->`, which are published nowhere."""
    if "%%" not in words and "<!--" not in words:
        return words
    return " ".join(drop_comments(words).split())


def drop_comments(text: str) -> str:
    """Return a text without its comments, and with all else as it is."""
    return _COMMENT.sub("", text)


_COMMENT = re.compile(r"(?<![^\W_])%%.*?%%|<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping of names to values, with methods that return a value as what the caller needs."""

    keys: tuple[Scalar, ...]
    values: tuple[Node, ...]
    start: int
    end: int

    def get(self, name: str) -> Node | None:
        """Return the value of a name, or None."""
        for key, value in zip(self.keys, self.values, strict=True):
            if key.text == name:
                return value
        return None

    def key(self, name: str) -> Scalar | None:
        """Return the name itself with its place in the file, or None."""
        return next((key for key in self.keys if key.text == name), None)

    def scalar(self, name: str) -> Scalar | None:
        """Return a single value with its place, or None."""
        value = self.get(name)
        return value if isinstance(value, Scalar) else None

    def text(self, name: str, default: str = "") -> str:
        """Return a single value as plain words, without comments."""
        value = self.scalar(name)
        return without_comments(value.text) if value else default

    def flag(self, name: str) -> bool:
        """Whether a value is `true`."""
        return self.text(name) == "true"

    def integer(self, name: str) -> int:
        """Return a whole number, 0 if there is none."""
        text = self.text(name, "0")
        return int(text) if re.fullmatch(r"-?\d{1,9}", text) else 0

    def scalars(self, name: str) -> tuple[Scalar, ...]:
        """Return a list of single values; a single value counts as a list of one."""
        value = self.get(name)
        if isinstance(value, Scalar):
            return (value,)
        return tuple(i for i in value.items if isinstance(i, Scalar)) if isinstance(value, Listing) else ()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of single values as plain words, without comments."""
        return tuple(without_comments(scalar.text) for scalar in self.scalars(name))

    def children(self, name: str) -> tuple[Fields, ...]:
        """Return a list of mappings."""
        value = self.get(name)
        return tuple(i for i in value.items if isinstance(i, Fields)) if isinstance(value, Listing) else ()

    def child(self, name: str) -> Fields:
        """Return a mapping, an empty one if there is none."""
        value = self.get(name)
        return value if isinstance(value, Fields) else Fields((), (), self.start, self.end)


Node: TypeAlias = Scalar | Listing | Fields


def load(path: str, text: str, lines: Lines, start: int = 0) -> tuple[Node | None, list[Problem]]:
    """Return the tree of a YAML text, None if it is empty, and the problems that did not stop the reading.

    `start` is the offset of the text in its file. Raises a `ReadError` if it is not YAML that we accept.
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
    """Return a problem that says what to type: from a known mistake, or else from the message of the library."""
    mark = error.problem_mark or error.context_mark
    rows = text.split("\n")
    opened = error.context_mark.line if error.context_mark and _OPENED.search(error.context or "") else -1
    if mistake := find_mistake(rows, mark.line if mark else -1, opened):
        message, hint = f"this is not valid YAML: {mistake.why}", f"type {mistake.typed}"
        finding = Finding("yaml", message, hint)
        return finding.at(path, Span(first + mistake.line + 1, mistake.start + 1, mistake.end - mistake.start))
    reported = f"{error.context or ''} {error.problem or ''}".strip()
    hint = next(advice for words, advice in _ADVICE if words in reported)
    line, column = (mark.line + first + 1, mark.column + 1) if mark else (first + 1, 1)
    if line > len(lines.starts):  # the end of a text without a last line end
        line, column = len(lines.starts), len(lines.text) - lines.starts[-1] + 1
    return Finding("yaml", f"this is not valid YAML: {error.problem or reported}", hint).at(path, Span(line, column))


class _Unfinished:
    """A list or mapping whose end has not been read yet."""

    __slots__ = ("keys", "mapping", "start", "values")

    def __init__(self, mapping: bool, start: int) -> None:
        self.mapping, self.start = mapping, start
        self.keys: list[Scalar] = []
        self.values: list[Node] = []

    @property
    def name(self) -> str:
        """The name of the next value; empty for a name, and in a list."""
        return self.keys[-1].text if len(self.keys) > len(self.values) else ""

    def add(self, node: Node) -> bool:
        """Add the next node. Return False if it would be a name and is not a single value."""
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
    """Build the tree from YAML's events; `first` is the number of lines above the text in its file."""
    stack: list[_Unfinished] = []
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
            value, hidden = refuse_hidden(event.value, ALL_OF_IT if stack and stack[-1].name == "locator" else IN_TEXT)
            for one, finding in hidden:
                problems.append(finding.at(path, lines.span(*_typed(one.character, lines.text, begin, end))))
            node = Scalar(value, not event.implicit[0], begin, end)
            if event.implicit[0] and (lost := _CUT_OFF.match(lines.text, end)):
                typed = quote(lines.text[begin : lost.end()].strip())
                finding = Finding("yaml-comment", "YAML reads this as a comment, so it would be lost", f"type {typed}")
                raise refuse(finding, lost.start(1), lost.end())
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(stack) >= _DEEPEST:
                finding = Finding("yaml-depth", f"nested more than {_DEEPEST} levels deep", "close the brackets")
                raise refuse(finding, begin, end)
            stack.append(_Unfinished(isinstance(event, yaml.MappingStartEvent), begin))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            node = stack.pop().close(end)
            if isinstance(node, Fields):
                problems += _repeated_names(path, node, lines)
        if node is not None and not stack:
            root = node
        elif node is not None and not stack[-1].add(node):
            finding = Finding("yaml-key", "the name of a field must be plain words", "put quotes around it")
            raise refuse(finding, begin, end)
    return root


def _typed(character: str, text: str, begin: int, end: int) -> tuple[int, int]:
    """Return the place of a character within a value, where it may be typed as an escape such as \\u202e."""
    if (at := text.find(character, begin, end)) >= 0:
        return at, at + 1
    for escape in _ESCAPE.finditer(text, begin, end):
        if _NAMED.get(escape[1]) == character or (escape[2] and int(escape[2], 16) == ord(character)):
            return escape.span()
    return begin, end


def _repeated_names(path: str, fields: Fields, lines: Lines) -> Iterator[Problem]:
    """Yield a problem for each name that appears again in a mapping."""
    seen: dict[str, Scalar] = {}
    for key in fields.keys:
        span = lines.span(key.start, key.end)
        if key.text in seen:
            before = lines.span(seen[key.text].start, seen[key.text].end)
            message = f"“{key.text}” appears twice; the first is in line {before.line}"
            yield Finding("duplicate-key", message, "delete one of them").at(path, span)
        seen.setdefault(key.text, key)
