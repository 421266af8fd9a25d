"""A text in another form: where its characters come from, and what was set aside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import field

from briefing.problems import Finding
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Offsets:
    """Pieces of a text: the offset where each begins, and the offset that it was copied from, in the same order."""

    begins: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, points: Iterable[tuple[int, int]]) -> Offsets:
        """Return the offsets of pieces, each given by its beginning and its origin."""
        begins, origins = zip(*points, strict=True)
        return cls(begins, origins)

    def origin(self, offset: int) -> int:
        """Return where the character at an offset was copied from."""
        piece = max(0, bisect_right(self.begins, offset) - 1)
        return self.origins[piece] + offset - self.begins[piece]


def align(text: str, typed: str) -> Offsets:
    """Find the words of a YAML value in the text that was typed for it.

    The words are the same, in the same order; spaces, line ends, indentation, quotes and escapes may differ.
    """
    points, at, begin = [(0, 0)], 0, 0
    if typed[:1] in "|>":
        at = typed.find("\n") + 1
    elif typed[:1] in "\"'":
        at = 1
    for word in text.split():
        begin = text.index(word, begin)
        found = typed.find(word, at, at + 200 + 6 * len(word))
        at = max(found, at)
        points.append((begin, at))
        begin, at = begin + len(word), at + len(word)
    return Offsets.of(points)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block of code: its text, what follows the opening fence, and where that is in the typed text."""

    text: str
    info: str = ""
    at: int = 0


@dataclass(slots=True)
class Layout:
    """A text that is laid out: `text` for Python-Markdown, where it comes from, and what was set aside."""

    typed: str
    blocks: list[CodeBlock] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)
    issues: list[tuple[int, int, Finding]] = field(default_factory=list)
    """What is wrong, with start and end in the typed text."""
    pieces: list[str] = field(default_factory=list)
    points: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The text for Python-Markdown."""
        return "".join(self.pieces)

    @property
    def offsets(self) -> Offsets:
        """Where each piece of the text comes from."""
        return Offsets.of([(0, 0), *self.points])

    def add(self, piece: str, origin: int) -> None:
        """Add a piece that comes from an offset of the typed text."""
        self.points.append((self.length, origin))
        self.pieces.append(piece)
        self.length += len(piece)
