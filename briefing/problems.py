"""Problems: what is wrong in the content, where, and how to fix it.

A writer's mistake is a `Problem`, never an exception; an exception is a bug of ours. All problems of a run are shown
together, sorted by place, each with its line and carets below the words in question.

Quoted text may be hostile: terminals execute escape sequences, and invisible characters change the order of words. So
whatever is printed goes through `visible`.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import cast

from briefing.problem_codes import CODES, Level
from briefing.values import dataclass

ReadText = Callable[[str], str | None]
"""Returns the text of a file by its path, or None if there is no such text."""

_RED, _YELLOW, _BLUE, _BOLD, _PLAIN = "\033[31m", "\033[33m", "\033[36m", "\033[1m", "\033[0m"
_PER_STEP = 10
"""GitHub shows this many annotations of each level for a step, and silently drops the rest."""
_SHOWN = 20
"""Problems of one code that a person is shown at a time."""
MOST_ALIKE = 100
"""Problems of one code that are reported of one file."""
_LONGEST = 1_000
"""Characters of a message or a hint. They quote what was typed, which may have any length."""
_WIDEST = 200
"""Characters of a line that are shown with a problem."""
BIDI_CONTROLS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""The characters with Unicode's property Bidi_Control, which change the order in which a line is displayed."""
_UNSEEN = (
    0xAD,
    0x200B,
    0x2060,
    0x2061,
    0x2062,
    0x2063,
    0x2064,
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    0x3164,
    0xFFA0,
    0xE0001,
)
_UNSAFE = (*range(0x7F, 0xA0), 0x2028, 0x2029, *BIDI_CONTROLS, *_UNSEEN)
_VISIBLE = {n: chr(0x2400 + n) for n in range(0x20)} | {n: f"⟨U+{n:04X}⟩" for n in _UNSAFE}
_ESCAPES = {n: f"\\u{n:04x}" for n in _UNSAFE}
"""What JSON allows and a terminal must not get; JSON itself escapes the first 32 characters."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place within one line: line and column count from 1, the length in characters. Line 0 is the whole file."""

    line: int
    column: int
    length: int = 1


WHOLE_FILE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong and how to fix it, without a place. Raises a `KeyError` for a code that is not in the registry."""

    code: str
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        CODES[self.code]

    def at(self, path: str, span: Span = WHOLE_FILE) -> Problem:
        """Return the problem that this is at a place in a file."""
        message, hint = shorten(self.message, _LONGEST), shorten(self.hint, _LONGEST)
        return Problem(path, span.line, span.column, self.code, message, hint, span.length, CODES[self.code].level)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A finding with its place and level. `Finding.at` makes it; only `--strict` gives it another level."""

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str
    length: int
    level: Level


_ORDER = attrgetter("path", "line", "column", "code", "message", "hint", "length", "level")
"""The order in which problems are shown."""


class BuildError(Exception):
    """The content has problems; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = arrange(problems)
        super().__init__(f"{len(self.problems)} problems")


def arrange(problems: Iterable[Problem], strict: bool = False) -> tuple[Problem, ...]:
    """Return problems sorted by place, without repeats; with `strict`, warnings become errors."""
    unique = sorted(set(problems), key=_ORDER)
    if not strict:
        return tuple(unique)
    return tuple(replace(problem, level="error") if problem.level == "warning" else problem for problem in unique)


def set_levels(problems: Iterable[Problem], levels: Sequence[tuple[str, str]]) -> list[Problem]:
    """Return problems with the levels that a site sets for their codes: `off`, `note`, `warning` or `error`."""
    chosen = dict(levels)
    found = ((problem, chosen.get(problem.code, problem.level)) for problem in problems)
    return [
        problem if level == problem.level else replace(problem, level=cast(Level, level))
        for problem, level in found
        if level != "off"
    ]


def limit(problems: Iterable[Problem]) -> list[Problem]:
    """Return at most 100 problems of one code in one file; then one that says how many more there are.

    Notes are a list of work, so all of them are kept.
    """
    alike: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        alike[problem.path, problem.code].append(problem)
    kept = []
    for found in alike.values():
        shown = sorted(set(found), key=_ORDER) if len(found) > MOST_ALIKE and found[0].level != "note" else found
        kept += shown[:MOST_ALIKE] if shown is not found else found
        if shown is not found and len(shown) > MOST_ALIKE:
            message = f"{len(found) - MOST_ALIKE:,} more problems like this in this file"
            kept.append(replace(shown[MOST_ALIKE], message=message, hint="fix those above first", length=1))
    return kept


def name_few(names: Sequence[str], most: int = 3) -> str:
    """Return the first names of a list, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more:,} more" if more > 0 else "")


def shorten(words: str, longest: int) -> str:
    """Return words, cut off with an ellipsis if they have more characters than `longest`."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def has_errors(problems: Iterable[Problem], strict: bool = False) -> bool:
    """Whether any problem stops a build; with `strict`, warnings do so too."""
    return any(problem.level == "error" or (strict and problem.level == "warning") for problem in problems)


def location(problem: Problem) -> str:
    """Return the place in the form that editors and terminals understand: path:line:column."""
    if not problem.line:
        return problem.path
    return f"{problem.path}:{problem.line}:{problem.column}"


def visible(words: str) -> str:
    """Replace what a terminal or the log of a workflow obeys, or nobody sees: ␛ for an escape, ␊ for a line end.

    GitHub's runner obeys `##[` anywhere in a line.
    """
    return words.translate(_VISIBLE).replace("##[", "##⟦")


def frame(problem: Problem, text: str) -> str:
    """Return the line of a problem and the one above, with carets below its words; empty if there is no such line.

    Of a long line, only the part with the problem is returned.
    """
    return _frame(problem, _lines(text))


def _lines(text: str) -> list[str]:
    return re.split("\r\n?|\n", text)


def _frame(problem: Problem, lines: Sequence[str]) -> str:
    if not 1 <= problem.line <= len(lines):
        return ""
    width = len(str(problem.line))
    start = problem.column - 1
    cut = max(0, start - _WIDEST // 2) if len(lines[problem.line - 1]) > _WIDEST else 0
    shown = []
    for number in range(max(1, problem.line - 1), problem.line + 1):
        begin = cut if number == problem.line else 0
        words = visible(_part(lines[number - 1], begin))
        shown.append(f"   {number:>{width}} | {words}".rstrip())
    line = _part(lines[problem.line - 1], cut)
    offset = start - cut + (cut > 0)
    before, marked = (visible(line[piece]) for piece in (slice(offset), slice(offset, offset + problem.length)))
    shown.append(f"   {'':>{width}} | {' ' * len(before)}{'^' * max(1, len(marked))}")
    return "\n".join(shown)


def _part(line: str, begin: int) -> str:
    """Return at most 200 characters of a line, with an ellipsis where something is left out."""
    before, after = "…" if begin else "", "…" if len(line) > begin + _WIDEST else ""
    return before + line[begin : begin + _WIDEST].expandtabs(1) + after


def as_text(problems: Iterable[Problem], excerpt: ReadText, colour: bool = False) -> str:
    """Format problems for a person at a terminal, each with its frame and its hint: 20 of each code at most."""

    def paint(code: str, words: str) -> str:
        return f"{code}{words}{_PLAIN}" if colour else words

    blocks = []
    texts: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for problem in problems:
        counts[problem.code] += 1
        if counts[problem.code] > _SHOWN:
            continue
        shade = _RED if problem.level == "error" else _YELLOW
        head = f"{paint(_BOLD, visible(location(problem)))}: {paint(shade, problem.level)} {problem.code}: "
        head += visible(problem.message)
        block = [head]
        if problem.line and problem.path not in texts:
            texts = {problem.path: _lines(excerpt(problem.path) or "")}
        if problem.line and (shown := _frame(problem, texts[problem.path])):
            block.append(shown)
        if problem.hint:
            block.append(f"   {paint(_BLUE, 'hint')}: {visible(problem.hint)}")
        blocks.append("\n".join(block))
    more = [f"{number - _SHOWN:,} more {code} not shown" for code, number in counts.items() if number > _SHOWN]
    if more:
        blocks.append(f"{', '.join(more)}; --format json shows all")
    return "\n\n".join(blocks)


def as_json(problems: Iterable[Problem]) -> str:
    """Format problems for a program: a JSON object with one list."""
    fields = ("path", "line", "column", "length", "level", "code", "message", "hint")
    listed = [{name: getattr(problem, name) for name in fields} for problem in problems]
    text = json.dumps({"problems": listed}, ensure_ascii=False, indent=2)
    return text.translate(_ESCAPES).replace("##[", "##\\u005b")


def as_github(problems: Iterable[Problem]) -> str:
    """Format problems as GitHub workflow commands: errors first, and a count at the end if GitHub will not show all."""
    ordered = sorted(problems, key=lambda problem: problem.level != "error")
    lines = []
    for problem in ordered:
        span = f"file={_property(problem.path)}"
        if problem.line:
            span += f",line={problem.line},col={problem.column},endColumn={problem.column + problem.length}"
        message = problem.message + (f"\nhint: {problem.hint}" if problem.hint else "")
        lines.append(f"::{problem.level} {span},title={_property(problem.code)}::{_data(message)}")
    if len(ordered) > _PER_STEP:
        lines.append(f"::notice::{len(ordered)} problems in all; GitHub marks at most {_PER_STEP} of each level.")
    return "\n".join(lines)


def _data(words: str) -> str:
    """Escape what would end a message in GitHub's format, and replace control characters."""
    return visible(words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(words: str) -> str:
    """Escape what would end a property in GitHub's format."""
    return _data(words).replace(":", "%3A").replace(",", "%2C")
