"""One text being read: where it stands in its file, and what has been found in it so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.model.files import Coverage
from briefing.model.text import Said, Spot
from briefing.problems import Level, Problem
from briefing.text.source_text import Lines


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
