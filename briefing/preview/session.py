"""The preview's state: the last good site in memory, and the problems of what was saved since."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Mapper, Memo, RecentMemo, retry_uncached
from briefing.model.files import Rendered, Snapshot
from briefing.pipeline.books import make_books
from briefing.pipeline.build import build_site
from briefing.pipeline.report import excerpts
from briefing.pipeline.result import BuildResult
from briefing.pipeline.search_index import make_search_index
from briefing.preview.single_page import FastPreview, prepare
from briefing.problems import BuildError, Problem, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What the browser shows: the last good pages, and the problems of the last save."""

    number: int = 0
    """Number of builds that changed a page."""
    files: Mapping[str, Hashed[bytes]] = field(default_factory=dict)
    """Every file of the site, by its path in the output folder."""
    problems: tuple[Problem, ...] = ()
    bug: str = ""
    """The traceback of a bug in the generator."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    """Addresses of drafts, with their files."""
    base: str = ""
    """The path below which the site is published, without the last slash."""
    changed: frozenset[str] = frozenset()
    """Paths of files that are different from the last state."""
    saved: str = ""
    """The address of the page whose file was saved; empty if the file belongs to no single page."""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether the pages do not show the last save, because of an error."""
        return bool(self.bug) or has_errors(self.problems)


class Session:
    """Builds each save and keeps the result.

    Each save is shown twice: `quick_update` replaces the edited page in the last good site, then `save` builds
    everything, and takes that page back if there are errors. Each runs in one thread of its own; any thread may read
    `state` and call `make`.
    """

    def __init__(self, project: Project, memo: Memo, mapper: Mapper[Any, Any] = map) -> None:
        self.project = project
        self.state = self._good = PreviewState()
        self.result: BuildResult | None = None
        """What the last build made; None before the first, and if the files could not be read."""
        self._memo, self._mapper = RecentMemo(memo), mapper
        self.excerpt = excerpts(None)
        """Returns the text of a file that a problem of the last build points into."""
        self._snapshot: Snapshot | None = None
        self._index: tuple[int, dict[str, bytes]] = (-1, {})
        self._lock = Lock()
        self._fast: FastPreview | None = None
        self._pending: list[tuple[frozenset[Path], Rendered | None]] = []
        """Saves since the last build read the files, each with the page that `quick_update` made of it."""
        self._shown_first = ""
        """The address of the last quick update; the full build need not lead the browser there again."""

    def quick_update(
        self, saved: frozenset[Path], clock: Callable[[], float] = time.perf_counter
    ) -> PreviewState | None:
        """Show the page of a text that was just saved; return None if only a full build can tell what changed."""
        start = clock()
        with self._lock:
            page, last = self._patch(saved), self.state
            self._pending.append((saved, page))
            if page is None or last.bug or last.files.get(page.path) == page.data:
                return None
            fixed = {path.relative_to(self.project.root).as_posix() for path in saved}
            self._shown_first = "/" + page.path.removesuffix("index.html")
            self.state = replace(
                last,
                number=last.number + 1,
                files={**last.files, page.path: page.data},
                problems=tuple(one for one in last.problems if one.level != "error" or one.path not in fixed),
                changed=frozenset([page.path]),
                saved=self._shown_first,
                seconds=clock() - start,
            )
            return self.state

    def _patch(self, saved: frozenset[Path]) -> Rendered | None:
        """Patch a save into the fast preview; an empty save may be anything and ends it."""
        if self._fast is None or not saved:
            self._fast = None
            return None
        self._fast, page = self._fast.put(self.project, saved)
        return page

    def prepare(self) -> None:
        """Prepare for quick updates after a build; before this they return None."""
        snapshot, result, fast = self._snapshot, self.result, self._fast
        if not (snapshot and result and result.files) or (fast and fast.snapshot == snapshot and not fast.unapplied):
            return
        prepared = prepare(snapshot, result)
        with self._lock:
            self._fast = prepared
            for saved, _ in self._pending:
                self._patch(saved)

    def save(
        self, changed: frozenset[Path] = frozenset(), clock: Callable[[], float] = time.perf_counter
    ) -> PreviewState:
        """Build what is on the disk now; an empty `changed` means that anything may have changed.

        After `prepare`, call `quick_update` with the same paths first.
        """
        start, before = clock(), self._snapshot
        self._snapshot = None  # if this fails, the next save reads everything
        known = self._take(changed)
        try:
            now = known or read(self.project, before if changed else None, changed)
            result, _ = retry_uncached(
                self._memo, lambda: build_site(self.project, now, self._memo, self._mapper, with_books=False)
            )
        except BuildError as error:
            self.result, self.excerpt = None, excerpts(None)
            return self._show(replace(self._good, problems=error.problems, saved=""), clock() - start)
        except Exception:
            return self._show(replace(self._good, problems=(), bug=traceback.format_exc(), saved=""), clock() - start)
        self._snapshot, self.result, self.excerpt = now, result, excerpts(now)
        problems, site = result.summary.problems, result.woven.site
        if not (site and result.files):
            return self._show(replace(self._good, problems=problems, saved=""), clock() - start)
        self._good = PreviewState(
            files={file.path: file.data for file in result.files},
            problems=problems,
            drafts=dict(result.woven.drafts),
            base=urlsplit(site.base_url).path.rstrip("/"),
            saved=_page_of(before, now, result),
        )
        return self._show(self._good, clock() - start)

    def _take(self, changed: frozenset[Path]) -> Snapshot | None:
        """Remove what is built now from the pending saves; return the patched snapshot if all of it was patched in."""
        with self._lock:
            if changed and self._fast and not self._fast.unapplied:
                self._pending = []
                return self._fast.snapshot
            self._pending = [later for later in self._pending if changed and not later[0] <= changed]
            return None

    def _show(self, built: PreviewState, seconds: float) -> PreviewState:
        """Show a build, with the pages of quick updates since it read the files."""
        with self._lock:
            last = self.state
            files = {**built.files, **{page.path: page.data for _, page in self._pending if page}}
            different = {path for path, data in files.items() if last.files.get(path) != data}
            different.update(set(last.files) - set(files))
            followed, self._shown_first = self._shown_first, ""
            self.state = replace(
                built,
                number=last.number + bool(different),
                files=files,
                changed=frozenset(different),
                saved=built.saved if built.saved != followed else "",
                seconds=seconds,
            )
            return self.state

    def make(self, path: str) -> bytes | None:
        """Return a file of the search index, or a book. They are made at the first request after a build."""
        number, result = self.state.number, self.result
        if path.endswith(".epub") and result and self._snapshot:  # the memo keeps it until its page changes
            books = make_books(self._memo, map, result.woven.site, result.pages, self._snapshot.assets)
            return next((book.data.value for book in books if book.path == path), None)
        if self._index[0] != number and result and result.files:
            found = make_search_index(self._memo, map, result.woven.site, result.pages)
            self._index = number, {file.path: file.data.value for file in found}
        return self._index[1].get(path)


def _page_of(before: Snapshot | None, now: Snapshot, result: BuildResult) -> str:
    """Return the address of a page whose text was saved; empty at the first build."""
    if before is None:
        return ""
    old = {source.path: source for source in before.sources}
    names = {source.path for source in now.sources if old.get(source.path) != source}
    pages = [plan.address for plan, _ in result.pages if names.intersection(plan.bodies)]
    return next((address for address in pages if address.endswith("/")), "")
