"""The writer's desk: the site as last built, in memory, and what is wrong with what was saved since."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Mapper, Memo, RecentMemo
from briefing.model.files import Rendered, Snapshot
from briefing.pipeline.report import Report
from briefing.pipeline.steps import build_site, find
from briefing.preview.single_page import FastPreview, lay
from briefing.problems import BuildError, Problem, has_errors
from briefing.project import Project
from briefing.read.snapshot import read


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What a writer sees: the last good pages, and the problems of what was saved last."""

    number: int = 0
    """Counts the builds that gave other pages."""
    files: Mapping[str, Hashed[bytes]] = field(default_factory=dict)
    """Every file of the site, by its path in the output folder."""
    problems: tuple[Problem, ...] = ()
    bug: str = ""
    """The traceback of a fault of ours."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    """Addresses of drafts, and their files."""
    base: str = ""
    """The path below which the site is published, without its last slash."""
    changed: frozenset[str] = frozenset()
    """Paths of files that are not as they were."""
    saved: str = ""
    """The address of the page whose file was saved, where it was one page's."""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Say whether what was saved last is not among the pages shown."""
        return bool(self.bug) or has_errors(self.problems)


class Session:
    """Builds what was saved and keeps the result. One thread saves, one glances; any may look at `state` and `search`.

    A save is seen twice. A glance puts the page that was edited in its place, made on the ground of the last good
    build; then a build of everything puts the others in theirs, or says what is wrong and takes the page back.
    """

    def __init__(self, project: Project, memo: Memo, mapper: Mapper[Any, Any] = map) -> None:
        self.project = project
        self.state = self._good = PreviewState()
        self.report = Report()
        self._memo, self._mapper = RecentMemo(memo), mapper
        self._snapshot: Snapshot | None = None
        self._index: tuple[int, dict[str, bytes]] = (-1, {})
        self._turn = Lock()
        self._ground: FastPreview | None = None
        self._later: list[tuple[frozenset[Path], Rendered | None]] = []
        """What was saved after the last build read the files, and the page glanced at, if there was one."""
        self._followed = ""
        """The address that the last glance showed; the build that follows has nothing new to show there."""

    def quick_update(
        self, saved: frozenset[Path], clock: Callable[[], float] = time.perf_counter
    ) -> PreviewState | None:
        """Show the page of a text that was just saved; nothing where it takes a build of everything to know it."""
        start = clock()
        with self._turn:
            page, last = self._put(saved), self.state
            self._later.append((saved, page))
            if page is None or last.bug or last.files.get(page.path) == page.data:
                return None
            mended = {path.relative_to(self.project.root).as_posix() for path in saved}
            self._followed = "/" + page.path.removesuffix("index.html")
            self.state = replace(
                last,
                number=last.number + 1,
                files={**last.files, page.path: page.data},
                problems=tuple(one for one in last.problems if one.level != "error" or one.path not in mended),
                changed=frozenset([page.path]),
                saved=self._followed,
                seconds=clock() - start,
            )
            return self.state

    def _put(self, saved: frozenset[Path]) -> Rendered | None:
        """Put what was saved on the ground; where anything may have been, the ground is no more."""
        if self._ground is None or not saved:
            self._ground = None
            return None
        self._ground, page = self._ground.put(self.project, saved)
        return page

    def prepare(self) -> None:
        """Make ready for glances, after a build; until then they give nothing."""
        snapshot, ground = self._snapshot, self._ground
        if snapshot is None or not self.report.files or (ground and ground.snapshot == snapshot and not ground.unsure):
            return
        laid = lay(snapshot, self.report)
        with self._turn:
            self._ground = laid
            for saved, _ in self._later:
                self._put(saved)

    def save(
        self, changed: frozenset[Path] = frozenset(), clock: Callable[[], float] = time.perf_counter
    ) -> PreviewState:
        """Build what is on the disk now. Nothing changed means that anything may have.

        Once the desk was prepared, whatever changed is to be glanced at first.
        """
        start, before = clock(), self._snapshot
        self._snapshot = None  # where this fails, the next save reads everything: what changed now is not known then
        known = self._take(changed)
        try:
            now = known or read(self.project, before if changed else None, changed)
            report = build_site(self.project, now, self._memo, self._mapper)
        except BuildError as error:
            now, report = None, Report(problems=error.problems)
        except Exception:
            return self._show(replace(self._good, problems=(), bug=traceback.format_exc(), saved=""), clock() - start)
        self._snapshot, self.report = now, report
        if now is None or not report.files:
            return self._show(replace(self._good, problems=report.problems, saved=""), clock() - start)
        assert report.site is not None
        self._good = PreviewState(
            files={file.path: file.data for file in report.files},
            problems=report.problems,
            drafts=dict(report.drafts),
            base=urlsplit(report.site.base_url).path.rstrip("/"),
            saved=self._page_of(before, now),
        )
        return self._show(self._good, clock() - start)

    def _take(self, changed: frozenset[Path]) -> Snapshot | None:
        """Take what was saved to be built; give the files as they were glanced at, where each of them was."""
        with self._turn:
            if changed and self._ground and not self._ground.unsure:
                self._later = []
                return self._ground.snapshot
            self._later = [later for later in self._later if changed and not later[0] <= changed]
            return None

    def _show(self, built: PreviewState, seconds: float) -> PreviewState:
        """Show what a build gave, and the pages glanced at since it read the files."""
        with self._turn:
            last = self.state
            files = {**built.files, **{page.path: page.data for _, page in self._later if page}}
            different = {path for path, data in files.items() if last.files.get(path) != data}
            different.update(set(last.files) - set(files))
            followed, self._followed = self._followed, ""
            self.state = replace(
                built,
                number=last.number + bool(different),
                files=files,
                changed=frozenset(different),
                saved=built.saved if built.saved != followed else "",
                seconds=seconds,
            )
            return self.state

    def _page_of(self, before: Snapshot | None, now: Snapshot) -> str:
        """Give the address of a page whose own text was saved; nothing at the first build."""
        if before is None:
            return ""
        old = {source.path: source for source in before.sources}
        names = {source.path for source in now.sources if old.get(source.path) != source}
        pages = [plan.address for plan, _ in self.report.shown if names.intersection(plan.bodies)]
        return next((address for address in pages if address.endswith("/")), "")

    def search(self, path: str) -> bytes | None:
        """Give a file of the search index, made when somebody first asks for it after a build."""
        number = self.state.number
        if self._index[0] != number and self.report.files:
            found = find(self._memo, self.report)
            self._index = number, {file.path: file.data.value for file in found}
        return self._index[1].get(path)

    def excerpt(self, path: str) -> str | None:
        """Give the text of a file that a problem points into."""
        return self.report.excerpt(path)
