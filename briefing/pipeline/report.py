"""What is said of a build: what it found, how much of it had to be computed, what was written and how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from briefing.model.files import BuildSummary, Snapshot
from briefing.problems import Problem, ReadText, arrange
from briefing.write.folder import Written


@dataclass(frozen=True, slots=True)
class Work:
    """What a build had to compute because the memo did not hold it."""

    parsed: tuple[str, ...] = ()
    """Paths of the content files."""
    woven: int = 0
    """Pages: all of them, or 0 if no outline is new."""
    rendered: tuple[str, ...] = ()
    """Addresses of the pages."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is said of a build."""

    summary: BuildSummary
    snapshot: Snapshot | None = None
    work: Work = Work()
    written: Written | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    """Seconds of each step, in the order of the steps."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of its place."""
        return self.summary.problems

    def with_problems(self, more: Iterable[Problem], strict: bool = False) -> Report:
        """Return the same report with more problems."""
        problems = arrange([*self.problems, *more], strict)
        return replace(self, summary=replace(self.summary, problems=problems))


def excerpts(snapshot: Snapshot | None) -> ReadText:
    """Return a function that returns the text of a content file or template, to show the line of a problem."""
    sources = {source.path: source.data for source in snapshot.sources} if snapshot else {}
    stored = sources | ({file.origin: file.data for file in snapshot.templates} if snapshot else {})

    def read(path: str) -> str | None:
        data = stored.get(path)
        return data.value.decode("utf-8-sig", "replace").replace("\r\n", "\n") if data else None

    return read


class Timer:
    """Measures how long the steps of a build take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure one step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start
