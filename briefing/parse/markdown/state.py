"""One conversion of Markdown under way: where its text is in the file, and what has been found in it so far."""

from __future__ import annotations

import re
from functools import cached_property
from xml.etree.ElementTree import Element

from briefing.model.records import Heading
from briefing.model.text import Place, Placeholder
from briefing.parse.context import FileContext
from briefing.parse.markdown.code_spans import masked
from briefing.problems import Finding
from briefing.text import placeholders

_BREAK = r"\s+(?:>\s*)*"
"""What stands between two words that a line break, indented or quoted, may part."""


class ConversionState:
    """One conversion under way: where the text stands, and what has been found in it."""

    def __init__(self, text: str, start: int, end: int, context: FileContext) -> None:
        self.text, self.start, self.context = text, start, context
        self.placeholders: list[Placeholder] = []
        self.places: list[Place] = []
        """The place of each placeholder, by the same numbers."""
        self.elements: list[Element] = []
        """The element of each placeholder, by the same numbers."""
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
        return masked(self.context.lines.text[self.start : self._end])

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

    def placeholder(self, content: Placeholder) -> Element:
        """Leave a placeholder in the text."""
        element = Element(placeholders.TAG, placeholders.attributes(len(self.placeholders)))
        self.placeholders.append(content)
        self.places.append(Place(-1, ""))
        self.elements.append(element)
        return element

    def add_problem(self, finding: Finding, raw: str) -> None:
        """Add a problem at the next occurrence of what the writer typed."""
        self.context.add_problem(finding, *self.find(raw))
