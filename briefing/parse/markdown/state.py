"""The state of one conversion of Markdown: what has been found in the text so far, and where the text is in its file.

Python-Markdown calls the code of this folder for one pattern or element at a time. What these calls find is collected
here, since the library hands nothing from one to the next.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element

from briefing.model.records import Heading
from briefing.model.text import CitedSource, Place, Placeholder, TypedDrawing
from briefing.parse.context import FileContext
from briefing.parse.csv_tables import DataTable
from briefing.parse.markdown.offsets import Layout, Offsets, align
from briefing.problems import Finding
from briefing.text import placeholders
from briefing.text.hidden import refuse_hidden
from briefing.text.plain_words import ENTITY, decode_entities

_SPACE = re.compile(r"\s+(?:>\s*)*")
"""The space between two words, which may be a line break, with the indentation or `>` of the next line."""
_GOAL = re.compile(r"\]\(\s*<?|\]:\s*<?|<")
"""What is before the address of a link."""
_GOAL_ENDS = (re.compile(r"[^\s)>]*"), re.compile(r"[^)>\n\"']*"))
"""An address without spaces, and one with spaces, up to its end or a bracket or a quotation mark in it."""
_AFTER = ("", ")", ">")
_LONGEST_KEY = 200
_MOST_ALIKE = 100
"""Links to one address among which the one is looked for that was typed in the same way."""
_LONGEST_LINE = 1000
"""Characters of a line in which the beginning of an occurrence is looked for."""


class FileTable(NamedTuple):
    """The table of a file that a drawing draws: what its caption says, names as sources and leads to."""

    data: DataTable
    title: str
    sources: tuple[CitedSource, ...]
    link: Element


class ConversionState:
    """One conversion: `text` is in the file of `context`, from the offset `start` to `end`."""

    def __init__(self, text: str, start: int, end: int, context: FileContext, layout: Layout | None = None) -> None:
        self.text, self.start, self.context = layout.text if layout else text, start, context
        self.layout = layout
        self._typed = text
        self.placeholders: list[Placeholder] = []
        self.places: list[Place] = []
        """The place of each placeholder, by the same numbers."""
        self.elements: list[Element] = []
        """The element of each placeholder, by the same numbers."""
        self.typed: dict[Element, str] = {}
        """What was typed for each link and picture."""
        self.sentences: list[str] = []
        self.braces: dict[Element, str] = {}
        """What is in the braces below a table."""
        self.typed_ids: dict[str, tuple[int, int]] = {}
        """The ids in braces, each with its last place in the file."""
        self.refused_at_code: set[str] = set()
        """Attributes after the fences of code that are reported."""
        self.headings: list[Heading] = []
        self.anchors: list[str] = []
        self.words = 0
        self.scanned = 0
        """Characters that were scanned for the end of a link or of code."""
        self.blocks = 0
        """Blocks that were searched."""
        self.searched = 0
        """Characters in these blocks; a block that is searched twice counts twice."""
        self.drawings: dict[int, TypedDrawing | None] = {}
        """The drawings, by the numbers of their blocks; None for one with a problem."""
        self.data: dict[int, FileTable] = {}
        """The tables of files, by the numbers of the blocks that draw them."""
        self.tables: dict[Element, FileTable] = {}
        """The same by their elements."""
        self.drawn_tables: list[tuple[int, int, Element]] = []
        """Tables that are drawn: the number of the block, the number of the placeholder, and the table."""
        self._end = end
        self._next: dict[str, int] = {}
        """Where to search for each text again."""
        self._last: dict[str, tuple[int, int]] = {}
        """The place of each text that does not occur again, so that it is not searched for again."""
        self._links: dict[str, list[tuple[int, int]]] = {}
        """The places of the links to each address, the next one last."""
        self._found: dict[Element, tuple[int, int]] = {}
        """The place of each link and picture that was asked for."""

    @cached_property
    def _offsets(self) -> Offsets:
        return self.layout.offsets if self.layout else Offsets()

    @cached_property
    def _in_file(self) -> Offsets:
        """Where the text is within its part of the file. The value of a YAML field differs from what was typed."""
        in_file = self.context.lines.text[self.start : self._end]
        return Offsets() if in_file == self._typed else align(self._typed, in_file)

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Return the offsets in the file of a part of the text."""
        return self.place_typed(self._offsets.origin(begin), self._offsets.origin(max(begin, end - 1)) + 1)

    def place_typed(self, begin: int, end: int) -> tuple[int, int]:
        """Return the offsets in the file of a part of the text as it was before it was laid out."""
        first, last = self._in_file.origin(begin), self._in_file.origin(max(begin, end - 1)) + 1
        return self.start + first, self.start + max(first + 1, last)

    def find(self, raw: str, before: str = "", after: str = "") -> tuple[int, int]:
        """Return the offsets in the file of the next occurrence of what the writer typed.

        `before` and `after` are regular expressions for what is before it in its line and for what belongs to it. After
        the last occurrence, return an earlier one; if there is none, the start of the text.
        """
        key = before + raw
        if key in self._last:
            return self._last[key]
        if found := self._search(raw, before, after, self._next.get(key, 0)):
            self._next[key] = max(found[1], found[0] + 1)
            return self.place(*found)
        found = self._search(raw, before, after, 0)
        if not found and (before or after):
            self._last[key] = self.find(raw)
        else:
            self._last[key] = self.place(*(found or (0, 1)))
        return self._last[key]

    def _search(self, raw: str, before: str, after: str, start: int) -> tuple[int, int] | None:
        """Return where the next occurrence begins and ends in the text.

        The words are looked for as they are: to compile a pattern for each of them would take longest.
        """
        first, *others = (raw.split() or [""]) if "\n" in raw else [raw]
        starts_after, belongs = re.compile(rf"(?:{before})\Z"), re.compile(after)
        at = self.text.find(first, start)
        while at >= 0:
            end = self._end_of_words(others, at + len(first))
            begins = end and (not before or starts_after.search(self.text, max(0, at - _LONGEST_LINE), at))
            if begins and (found := belongs.match(self.text, end)):
                return at, found.end()
            at = self.text.find(first, at + 1)
        return None

    def _end_of_words(self, words: list[str], at: int) -> int:
        """Return where words end that begin after the space at an offset, 0 if there are others."""
        for word in words:
            space = _SPACE.match(self.text, at)
            if not space or not self.text.startswith(word, space.end()):
                return 0
            at = space.end() + len(word)
        return at

    def place_of(self, element: Element, address: str) -> tuple[int, int]:
        """Return the offsets in the file of the address of a link or a picture."""
        if element not in self._found:
            self._found[element] = self._find_link(address, self.typed.get(element, ""))
        return self._found[element]

    def _find_link(self, address: str, typed: str) -> tuple[int, int]:
        """Return the offsets in the file of the next link to an address for which exactly this was typed."""
        if address not in self._links:
            key = _GOAL_ENDS[" " in address].match(address[:_LONGEST_KEY])
            goals = reversed(self._goals.get(key[0].rstrip() if key else "", ()))
            places = [(at, at + len(address)) for at in goals if self.text.startswith(address, at)]
            self._links[address] = [place for place in places if self.text[place[1] : place[1] + 1].strip() in _AFTER]
        found, before = self._links[address], typed.find(address)
        if not found:
            return self.find(address)
        is_known = before > 0 and placeholders.MARK_START not in typed
        near = range(len(found) - 1, max(-1, len(found) - _MOST_ALIKE), -1) if is_known else ()
        at = next((one for one in near if self.text.startswith(typed, found[one][0] - before)), -1)
        return self.place(*(found.pop(at) if len(found) > 1 else found[0]))

    @cached_property
    def _goals(self) -> dict[str, list[int]]:
        """Where addresses of links begin in the text, by how they begin: up to a space, or a bracket or quote."""
        goals: dict[str, list[int]] = defaultdict(list)
        for start in _GOAL.finditer(self.text):
            words = self.text[start.end() : start.end() + _LONGEST_KEY]
            for key in {found[0].rstrip() for ends in _GOAL_ENDS if (found := ends.match(words))}:
                goals[key].append(start.end())
        return goals

    def find_braces(self, typed: str) -> tuple[int, int]:
        """Return the offsets in the file of the next braces in which exactly this was typed, with the braces."""
        is_known = placeholders.MARK_START not in typed
        begin, end = self.find(typed, r"\{:?[ ]*", r"[ ]*\}") if is_known else self.find("{")
        before = self.context.lines.text.rfind("{", self.start, begin)
        return (before if before >= 0 else begin), end

    def find_between(self, before: str, typed: str, after: str) -> tuple[int, int]:
        """Return the offsets in the file of the next place at which a text fits, with what is beside it in its line.

        All three are regular expressions. If nothing fits, the first place of the text alone counts.
        """
        for pattern in (f"(?:{before})({typed})(?={after})", f"({typed})"):
            search = re.compile(pattern).search
            if found := search(self.text, self._next.get(pattern, 0)) or search(self.text):
                self._next[pattern] = found.end(1)
                return self.place(*found.span(1))
        return self.place(0, 1)

    def placeholder(self, content: Placeholder) -> Element:
        """Add a placeholder; return its element."""
        element = Element(placeholders.TAG, placeholders.attributes(len(self.placeholders)))
        self.placeholders.append(content)
        self.places.append(Place(-1, ""))
        self.elements.append(element)
        return element

    def refuse_hidden(self, words: str) -> None:
        """Add a problem for each character in decoded words that nobody sees, at the entity that means it."""
        for (_, character), finding in refuse_hidden(words)[1]:
            typed = (entity[0] for entity in ENTITY.finditer(self.text) if decode_entities(entity[0]) == character)
            self.add_problem(finding, next(typed, character))

    def add_problem(self, finding: Finding, raw: str) -> None:
        """Add a problem at the next occurrence of what the writer typed."""
        self.context.add_problem(finding, *self.find(raw))
