"""What a build did, as those who asked for it want to know."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.incremental.hashed import Hashed
from briefing.model.files import UNCOUNTED, Coverage, Rendered, Snapshot
from briefing.problems import Problem
from briefing.write.folder import Written
from briefing.write.manifest import BuildInputs

if TYPE_CHECKING:  # what a build with nothing new does without
    from briefing.model.site import BlockedNames, Site
    from briefing.model.steps import PagePlan, RenderInput, WeaveInput


@dataclass(slots=True)
class Report:
    """What a build did: problems found, the work done, files written, and the seconds of each step."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    """Work to do that is no fault."""
    coverage: Coverage = UNCOUNTED
    """How many statements of all briefs and pages a reader can check, and how many are sourced."""
    pages: int = 0
    written: Written | None = None
    parsed: tuple[str, ...] = ()
    """Paths of the sources that had to be read anew."""
    woven: int = 0
    """Pages put together anew: all, or none where no outline is new."""
    rendered: tuple[str, ...] = ()
    """Addresses of the pages that had to be rendered anew."""
    seconds: dict[str, float] = field(default_factory=dict)
    texts: Mapping[str, Hashed[bytes]] = field(default_factory=dict)
    """Every file that a problem may point into, by path."""
    render_inputs: tuple[RenderInput, ...] = ()
    """What every page shows, where any was rendered anew."""
    files: tuple[Rendered, ...] = ()
    """Every file of the site, pages first; none where something is wrong."""
    shown: tuple[tuple[PagePlan, Rendered], ...] = ()
    """What each page was made from, and the page."""
    site: Site | None = None
    weave_input: WeaveInput | None = None
    """What the site was woven from."""
    blocked_names: BlockedNames | None = None
    """The names that must never appear on it."""
    drafts: tuple[tuple[str, str], ...] = ()
    """Addresses of pages that are drafts, and the files that say so."""
    lock_text: str = ""
    """The addresses to note as published, where that was asked for."""
    inputs: BuildInputs = field(default_factory=BuildInputs)
    """What the files were made of."""

    def excerpt(self, path: str) -> str | None:
        """Give the text of a file that was read, to show the line of a problem."""
        stored = self.texts.get(path)
        return stored.value.decode("utf-8-sig", "replace").replace("\r\n", "\n") if stored else None

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def texts_of(snapshot: Snapshot) -> Mapping[str, Hashed[bytes]]:
    """Give every file that a problem may point into, by path."""
    sources = {source.path: source.data for source in snapshot.sources}
    return sources | {file.origin: file.data for file in snapshot.templates}
