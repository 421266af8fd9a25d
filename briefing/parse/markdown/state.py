"""The state of one conversion of Markdown: what has been found in the text so far, and where the text is in its file.

Python-Markdown calls the code of this folder for one pattern or element at a time. What these calls find is collected
here, since the library hands nothing from one to the next.
"""

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
from briefing.text.hidden import refuse_hidden
from briefing.text.plain_words import ENTITY, decode_entities

_SPACE = r"\s+(?:>\s*)*"
"""The space between two words, which may be a line break, with the indentation or `>` of the next line."""


class ConversionState:
    """One conversion: `text` is in the file of `context`, from the offset `start` to `end`."""

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
        self.scanned = 0
        """Characters that were scanned for the end of a link or of code."""
        self.blocks = 0
        """Blocks that were searched."""
        self.searched = 0
        """Characters in these blocks; a block that is searched twice counts twice."""
        self._end = end
        self._next: dict[str, int] = {}
        """Where to search for each text again."""
        self._last: dict[str, tuple[int, int]] = {}
        """The place of each text that does not occur again, so that it is not searched for again."""

    @cached_property
    def _raw(self) -> str:
        """The text as it is in its file, without code. Most short fields never need it."""
        return masked(self._typed)

    @property
    def _typed(self) -> str:
        """The text as it is in its file."""
        return self.context.lines.text[self.start : self._end]

    def find(self, raw: str) -> tuple[int, int]:
        """Return the offsets in the file of the next occurrence of what the writer typed.

        After the last occurrence, return an earlier one; if there is none, the start of the text.
        """
        if raw in self._last:
            return self._last[raw]
        at = self._raw.find(raw, self._next.get(raw, 0))
        if at >= 0:
            self._next[raw] = at + len(raw)
            return self.start + at, self.start + at + len(raw)
        if "\n" in raw and (found := re.search(_SPACE.join(map(re.escape, raw.split())), self._raw)):
            at, end = found.span()
        elif (at := self._raw.find(raw)) >= 0 or (at := self._typed.find(raw)) >= 0:
            end = at + len(raw)
        else:
            at, end = 0, 1
        self._last[raw] = self.start + at, self.start + end
        return self._last[raw]

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
