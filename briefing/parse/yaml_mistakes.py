"""Common mistakes in YAML: what a writer probably meant to type.

The YAML library reports where it stopped, which is often a line below the mistake, and never what to type instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import accumulate

from briefing.values import dataclass

_FIELD = re.compile(r"(?P<before> *(?:- +)*(?:[\w-]+: +)?)(?P<value>\S.*)")
_QUOTED = re.compile(r"""'(?:[^']|'')*' *(?: #.*)?|"(?:[^"\\]|\\.)*" *(?: #.*)?""")
_NO_SPACE = re.compile(r"(?P<before> *(?:- +)*[\w-]+:)(?P<value>[^\s/:].*)")
_OTHER_SPACE = re.compile(r"(?P<before> *(?:- +)*[\w-]+:)[^\S \t\n]\s*(?P<value>\S.*)")
_NO_COLON = re.compile(r"(?P<before> *(?:- +)*[a-z_]+) +(?P<value>[^\s:][^:]*)")
_SPECIAL = "@`%*&!|>"
"""Characters with a special meaning in YAML at the beginning of a value."""
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class YamlMistake:
    """A mistake in one line: the line and the range of columns, from 0, what is wrong, and what to type instead."""

    line: int
    start: int
    end: int
    why: str
    typed: str


def find_mistake(lines: Sequence[str], at: int, opened: int) -> YamlMistake | None:
    """Look for a mistake in the line where reading stopped, in the one above, and where a quote or bracket was opened.

    Lines count from 0; `opened` is -1 if nothing was open.
    """
    for line in (at, at - 1, opened):
        if not 0 <= line < len(lines) or not lines[line].strip():
            continue
        text, above = lines[line].rstrip(), lines[line - 1] if line else ""
        if found := _indentation(text, above) or _colon(text) or _value(text):
            start, why, typed = found
            return YamlMistake(line, start, len(text), why, typed.strip())
    return None


def quote(words: str) -> str:
    """Put quotes around words, so that YAML reads them as text."""
    if '"' in words or "\\" in words:
        return "'" + words.replace("'", "''") + "'"
    return json.dumps(words, ensure_ascii=False)


Found = tuple[int, str, str] | None
"""Where a mistake begins in its line, what is wrong, and what to type instead."""


def _indentation(text: str, above: str) -> Found:
    """Look for a tab, or for an indentation that does not fit the line above."""
    indent = len(text) - len(text.lstrip())
    if "\t" in text[:indent]:
        return 0, "a tab cannot be used for indentation", "two spaces for each tab"
    if re.match(r" *[\w-]+: +[^\s|>]", above) and re.match(r" +[\w-]+:", text) and indent > _indent(above):
        return indent, "this line is indented too far", f"{text} below the first letter of the line above"
    if text.lstrip().startswith("- ") and above.lstrip().startswith("- ") and indent < _indent(above):
        return indent, "this dash is not aligned with the dash above", f"{_indent(above)} spaces before {text.strip()}"
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _colon(text: str) -> Found:
    """Look for a name with no colon, or with no space after the colon."""
    if match := _NO_SPACE.fullmatch(text):
        return match.start("value"), "a space is missing after the colon", f"{match['before']} {match['value']}"
    if match := _OTHER_SPACE.fullmatch(text):
        return (
            match.end("before"),
            "the space after the colon is a no-break space",
            f"{match['before']} {match['value']}",
        )
    if match := _NO_COLON.fullmatch(text):
        return match.end("before"), "a colon is missing after the name", f"{match['before']}: {match['value']}"
    return None


def _value(text: str) -> Found:
    """Look for a value that needs quotes, or in which a quote or a bracket is not closed."""
    match = _FIELD.fullmatch(text)
    if match is None or not match["before"].strip():
        return None
    before, value, start = match["before"], match["value"], match.start("value")
    if value[0] in "'\"":
        if _QUOTED.fullmatch(value):
            return None
        inner = value[1:-1] if value[-1] == value[0] and len(value) > 1 else value[1:]
        if value[0] not in value[1:]:
            return start, "this quotation mark is not closed", before + quote(inner)
        return start, "the quotes end before the value does", before + quote(inner if value[-1] == value[0] else value)
    if closing := _CLOSING.get(value[0]):
        depth = list(accumulate((character == value[0]) - (character == closing) for character in value))
        if depth[-1] > 0:
            return start, "this bracket is not closed", before + value + closing * depth[-1]
        if 0 in depth[:-1]:
            return start, f"a value that begins with {value[0]} needs quotes", before + quote(value)
        return None
    if value[0] in _SPECIAL:
        return start, f"a value that begins with {value[0]} needs quotes", before + quote(value)
    if ": " in value or value.endswith(":"):
        return start, "a value that contains a colon needs quotes", before + quote(value)
    return None
