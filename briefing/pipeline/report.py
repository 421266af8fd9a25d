"""What is said of a build: what it found, how much of it had to be computed, what was written and how long it took."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from functools import partial

from briefing.incremental.hashed import Hashed
from briefing.model.files import TABLES, BuildSummary, Snapshot
from briefing.problems import Problem, ReadText, arrange
from briefing.values import dataclass
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
        """Return the same report with more problems, none of which shows a name that must never appear."""
        from briefing.check.names import find_blocked_names, redact  # which few builds need

        problems = arrange([*self.problems, *more], strict)
        search = partial(map, find_blocked_names)
        problems = redact(problems, sources_of(self.snapshot), self.summary.blocked_names, search)
        return replace(self, summary=replace(self.summary, problems=problems))


def sources_of(snapshot: Snapshot | None) -> dict[str, Hashed[bytes]]:
    """Return the content files, tables and templates that problems may point into, by their paths."""
    if snapshot is None:
        return {}
    sources = {source.path: source.data for source in snapshot.sources}
    sources |= {file.path: file.data for file in snapshot.media if file.path.lower().endswith(TABLES)}
    return sources | {file.origin: file.data for file in snapshot.templates}


def excerpts(snapshot: Snapshot | None) -> ReadText:
    """Return a function that returns the text of a content file or template, to show the line of a problem."""
    stored = sources_of(snapshot)

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
