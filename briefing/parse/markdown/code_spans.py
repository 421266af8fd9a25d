"""Where code is in a Markdown text. In code, `[[links]]` and the like are examples, and nothing is searched for."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

_FENCE = re.compile(r"^(`{3,}+|~{3,}+)(.*)$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`{1,20}+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_CHARACTER = re.compile(r"[^\n]")
_LIST_START = re.compile(r"[*+-] |\d+\. |: |\[\^")
"""The start of a list item, a definition or a footnote. Indented text below it belongs to it and is not code."""


def masked(text: str) -> str:
    """Replace code by spaces: code spans and fenced blocks. Offsets stay the same."""
    if "`" not in text and "~~~" not in text:
        return text
    pieces, at = [], 0
    for start, end in _fenced(text):
        pieces += [_CODE.sub(_blank, text[at:start]), _CHARACTER.sub(" ", text[start:end])]
        at = end
    return "".join((*pieces, _CODE.sub(_blank, text[at:])))


def open_fences(text: str) -> list[int]:
    """Return the offsets of fences that open a block which is never closed."""
    if "```" not in text and "~~~" not in text:
        return []
    blocks = list(_fenced(text))
    ends = [end for _, end in blocks]
    places = [fence.start() for fence in _FENCE.finditer(text)]
    around = (bisect.bisect_left(ends, place) for place in places)
    return [place for place, n in zip(places, around, strict=True) if n == len(blocks) or place < blocks[n][0]]


def _blank(match: re.Match[str]) -> str:
    return _CHARACTER.sub(" ", match[0])


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Return the start and end of each fenced block. Takes time in proportion to the fences, closed or not."""
    fences = list(_FENCE.finditer(text))
    closing: dict[str, list[re.Match[str]]] = {}
    for fence in reversed(fences):
        if not fence[2].strip(" \t"):
            closing.setdefault(fence[1], []).append(fence)
    end = 0
    for fence in fences:
        later = closing.get(fence[1], [])
        while later and later[-1].start() <= fence.start():
            later.pop()
        if fence.start() >= end and later:
            end = later[-1].end()
            yield fence.start(), end


def without_code(text: str) -> str:
    """Replace indented code blocks by spaces too. Not for a text within a YAML file, which is indented as a whole."""
    lines = masked(text).split("\n")
    before, inside, in_list = "", False, False
    for number, (line, typed) in enumerate(zip(lines, text.split("\n"), strict=True)):
        if not line.strip():
            before = ""
            continue
        inside = typed.startswith("    ") and (inside or not before) and not in_list
        if inside:
            lines[number] = " " * len(line)
        elif not line.startswith(" "):
            in_list = bool(_LIST_START.match(line))
        before = line
    return "\n".join(lines)
