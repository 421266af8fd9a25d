"""Where code is in a Markdown text, so that what only shows our syntax is not taken for it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

_FENCE = re.compile(r"^(`{3,}+|~{3,}+)(.*)$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`{1,20}+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_BLACK = re.compile(r"[^\n]")
_LISTED = re.compile(r"[*+-] |\d+\. |: |\[\^")
"""How a line begins below which indented text is no code: a list, a definition, a footnote."""


def masked(text: str) -> str:
    """Blank out code, so that what merely shows our syntax is not taken for it."""
    if "`" not in text and "~~~" not in text:
        return text
    pieces, at = [], 0
    for start, end in _fenced(text):
        pieces += [_CODE.sub(_blank, text[at:start]), _BLACK.sub(" ", text[start:end])]
        at = end
    return "".join((*pieces, _CODE.sub(_blank, text[at:])))


def open_fences(text: str) -> list[int]:
    """Say where fences stand that no other closes, nor encloses."""
    if "```" not in text and "~~~" not in text:
        return []
    blocks = list(_fenced(text))
    ends = [end for _, end in blocks]
    places = [fence.start() for fence in _FENCE.finditer(text)]
    around = (bisect.bisect_left(ends, place) for place in places)
    return [place for place, n in zip(places, around, strict=True) if n == len(blocks) or place < blocks[n][0]]


def _blank(match: re.Match[str]) -> str:
    return _BLACK.sub(" ", match[0])


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Give the blocks of code between fences; each fence is looked at once, however many are never closed."""
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
    """Blank out code by indentation too, which only Markdown itself has; a YAML file indents whatever it holds."""
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
            in_list = bool(_LISTED.match(line))
        before = line
    return "\n".join(lines)
