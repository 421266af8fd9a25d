"""The writer's desk: the site as last built, in memory, and what is wrong with what was saved since."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from briefing.files import Project, read
from briefing.memo import Memo, Over, Recent, Stored
from briefing.model import Snapshot
from briefing.pipeline import Report, find, work_out
from briefing.problems import BuildError, Problem, has_errors


@dataclass(frozen=True, slots=True)
class Sight:
    """What a writer sees: the last good pages, and the problems of what was saved last."""

    number: int = 0
    """Counts the builds that gave other pages."""
    files: Mapping[str, Stored[bytes]] = field(default_factory=dict)
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


def _unlike(last: Sight, seconds: float, problems: tuple[Problem, ...], bug: str = "") -> Sight:
    """Keep the pages of the last good build, and say what is wrong now."""
    return replace(last, problems=problems, bug=bug, changed=frozenset(), saved="", seconds=seconds)


class Desk:
    """Builds what was saved and keeps the result. One thread builds; any may look at `sight` and `search`."""

    def __init__(self, project: Project, memo: Memo, over: Over[Any, Any] = map) -> None:
        self.project = project
        self.sight = Sight()
        self.report = Report()
        self._memo, self._over = Recent(memo), over
        self._snapshot: Snapshot | None = None
        self._index: tuple[int, dict[str, bytes]] = (-1, {})

    def save(self, changed: frozenset[Path] = frozenset(), clock: Callable[[], float] = time.perf_counter) -> Sight:
        """Build what is on the disk now. Nothing changed means that anything may have."""
        start, last, before = clock(), self.sight, self._snapshot
        self._snapshot = None  # where reading fails, the next save reads everything: what changed now is not known then
        try:
            self._snapshot = now = read(self.project, before if changed else None, changed)
            report = work_out(self.project, now, self._memo, self._over)
        except BuildError as error:
            report = Report(problems=error.problems)
        except Exception:
            self.sight = _unlike(last, clock() - start, (), traceback.format_exc())
            return self.sight
        self.report = report
        if not report.files:
            self.sight = _unlike(last, clock() - start, report.problems)
            return self.sight
        files = {file.path: file.data for file in report.files}
        different = {path for path, data in files.items() if last.files.get(path) != data}
        different.update(set(last.files) - set(files))
        assert report.site is not None
        self.sight = Sight(
            number=last.number + bool(different),
            files=files,
            problems=report.problems,
            drafts=dict(report.drafts),
            base=urlsplit(report.site.base_url).path.rstrip("/"),
            changed=frozenset(different),
            saved=self._page_of(before, now),
            seconds=clock() - start,
        )
        return self.sight

    def _page_of(self, before: Snapshot | None, now: Snapshot) -> str:
        """Give the address of a page whose own text was saved; nothing at the first build."""
        old = set(before.sources if before else now.sources)
        names = {source.path for source in now.sources if source not in old}
        pages = [shell.address for shell, _ in self.report.shown if names.intersection(shell.bodies)]
        return next((address for address in pages if address.endswith("/")), "")

    def search(self, path: str) -> bytes | None:
        """Give a file of the search index, made when somebody first asks for it after a build."""
        number = self.sight.number
        if self._index[0] != number and self.report.files:
            found = find(self._memo, self.report)
            self._index = number, {file.path: file.data.value for file in found}
        return self._index[1].get(path)

    def excerpt(self, path: str) -> str | None:
        """Give the text of a file that a problem points into."""
        return self.report.excerpt(path)
