"""One text being read: where it stands in its file, and what has been found in it so far."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from briefing.model.files import Coverage
from briefing.model.records import Heading
from briefing.model.text import Hole, Said, Spot
from briefing.parse.yaml_tree import Lines
from briefing.problems import Level, Problem

_FENCE = re.compile(r"^(`{3,}+|~{3,}+)(.*)$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)(`{1,20}+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_BLACK = re.compile(r"[^\n]")
_LISTED = re.compile(r"[*+-] |\d+\. |: |\[\^")
"""How a line begins below which indented text is no code: a list, a definition, a footnote."""

_BREAK = r"\s+(?:>\s*)*"
"""What stands between two words that a line break, indented or quoted, may part."""


@dataclass(slots=True)
class Notes:
    """What parse writes down about one file while it reads it: the places of references, and problems."""

    path: str
    lines: Lines
    spots: list[Spot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    runs: list[tuple[bool, bool, list[str]]] = field(default_factory=list)
    """Sentences said, each run of them with whether they are checkable and whether they are sourced."""
    checkable: int = 0
    sourced: int = 0
    reasoned: int = 0
    covered: bool = False
    """Whether what is being read needs no citation of its own, since its record or entry names its sources."""

    def spot(self, start: int, end: int) -> int:
        """Note a place in the file, given by offsets; gives the index to refer to it by."""
        self.spots.append(self.lines.spot(start, end))
        return len(self.spots) - 1

    def say(self, sentence: str, checkable: bool, sourced: bool, reasoned: bool = False) -> None:
        """Note a sentence for lint, and count it if a reader can check it."""
        if checkable:
            self.checkable += 1
            self.sourced += sourced
            self.reasoned += reasoned and not sourced
        kind = (checkable and not reasoned, sourced)
        if not self.runs or self.runs[-1][:2] != kind:
            self.runs.append((*kind, []))
        self.runs[-1][2].append(sentence)

    @property
    def said(self) -> tuple[Said, ...]:
        """All that has been said so far."""
        return tuple(Said(tuple(sentences), checkable, sourced) for checkable, sourced, sentences in self.runs)

    @property
    def coverage(self) -> Coverage:
        """How much of it a reader can check, and how much of that is sourced."""
        return Coverage(self.checkable, self.sourced, self.reasoned)

    def problem(self, code: str, message: str, hint: str, start: int, end: int, level: Level = "error") -> None:
        """Note a problem at a place given by offsets."""
        spot = self.lines.spot(start, end)
        self.problems.append(Problem(self.path, spot.line, spot.column, code, message, hint, spot.length, level))


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


class Reading:
    """One conversion under way: where the text stands, and what has been found in it."""

    def __init__(self, text: str, start: int, end: int, notes: Notes) -> None:
        self.text, self.start, self.notes = text, start, notes
        self.holes: list[Hole] = []
        self.places: list[Element] = []
        """Where each hole was left, by the same numbers."""
        self.sentences: list[str] = []
        self.headings: list[Heading] = []
        self.anchors: list[str] = []
        self.words = 0
        self.looked = 0
        """Signs looked at in search of the end of a link."""
        self.blocks = 0
        """Blocks of it that were looked at."""
        self.searched = 0
        """Signs of blocks, counted anew each time that a block is searched for what begins in it."""
        self._end = end
        self._seen: dict[str, int] = {}
        self._again: dict[str, tuple[int, int]] = {}
        """Where that is pointed at which stands no more often: it is looked for once, however often it is asked for."""

    @cached_property
    def _raw(self) -> str:
        """The text as it stands in its file, without code; most short fields have nothing to look for in it."""
        return masked(self.notes.lines.text[self.start : self._end])

    def find(self, raw: str) -> tuple[int, int]:
        """Give the offsets in the file of the next occurrence of what the writer typed; of the text, failing that."""
        if raw in self._again:
            return self._again[raw]
        at = self._raw.find(raw, self._seen.get(raw, 0))
        if at >= 0:
            self._seen[raw] = at + len(raw)
            return self.start + at, self.start + at + len(raw)
        if "\n" in raw and (found := re.search(_BREAK.join(map(re.escape, raw.split())), self._raw)):
            at, end = found.span()
        elif (at := self._raw.find(raw)) >= 0:
            end = at + len(raw)
        else:
            at, end = 0, 1
        self._again[raw] = self.start + at, self.start + end
        return self._again[raw]

    def hole(self, content: Hole) -> Element:
        """Leave a hole in the text."""
        element = Element("hole")
        element.set("n", str(len(self.holes)))
        self.holes.append(content)
        self.places.append(element)
        return element

    def problem(self, code: str, message: str, hint: str, raw: str, level: Level = "error") -> None:
        """Note a problem where the writer typed something."""
        self.notes.problem(code, message, hint, *self.find(raw), level)
