"""Tells which files of a site have changed, in settled batches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from briefing.files import Project

_PASSING = re.compile(r"^[._]|~$|^#.*#$|\.(sw[a-z]|tmp|bak|crdownload)$|^4913$")
"""Names that no build reads, and those that editors make while they save."""
_SETTLED = 10
"""Milliseconds without a change after which a batch is whole."""
_LONGEST = 400
"""Milliseconds after which a batch is handed over though more keeps coming."""
_LOOK_AGAIN = 1000
"""Milliseconds after which folders that were not there are looked for."""


def changes(project: Project, stop: Event, polling: bool = False) -> Iterator[frozenset[Path]]:
    """Give batches of paths that were written, made, renamed or deleted, until told to stop.

    `polling` looks at the files again and again, for disks that tell nobody of a change (WSL, some containers). An
    empty batch says that a folder has come or gone, and everything may be different.
    """
    while not stop.is_set():
        folders, begun = _folders(project), False
        for batch in watch(
            *folders,
            watch_filter=_matters,
            debounce=_LONGEST,
            step=_SETTLED,
            stop_event=stop,
            rust_timeout=_LOOK_AGAIN,
            yield_on_timeout=True,
            force_polling=polling,
            poll_delay_ms=200,
            raise_interrupt=False,
        ):
            if not begun or folders != _folders(project):
                begun = True
                yield frozenset()  # also for what was saved before anybody watched
            elif batch:
                yield frozenset(Path(path) for _, path in batch)
            if folders != _folders(project):
                break


def _folders(project: Project) -> list[Path]:
    """Give the folders that a build reads and that are there."""
    return sorted({folder for folder in (project.content, *project.templates, *project.assets) if folder.is_dir()})


def _matters(_: Change, path: str) -> bool:
    return not _PASSING.search(Path(path).name)
