"""Tells which files of a site have changed, in settled batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from threading import Event

from watchfiles import Change, watch

from briefing.project import Project
from briefing.read.snapshot import is_passing

Identity = tuple[int, int]
"""A folder's own, whatever its name: device and inode."""
_SETTLED = 10
"""Milliseconds without a change after which a batch is whole."""
_LONGEST = 400
"""Milliseconds after which a batch is handed over though more keeps coming."""
_LOOK_AGAIN = 1000
"""Milliseconds after which folders that were not there are looked for."""


def changes(project: Project, stop: Event, polling: bool = False) -> Iterator[frozenset[Path]]:
    """Give batches of paths that were written, made, renamed or deleted, until told to stop.

    `polling` looks at the files again and again, for disks that tell nobody of a change (WSL, some containers); so does
    a machine that has no more watches to give. An empty batch says that a folder has come or gone, and everything may
    be different.
    """
    while not stop.is_set():
        try:
            yield from _watch(project, _folders(project), stop, polling)
        except FileNotFoundError:
            continue  # a folder went between the look and the watch
        except (OSError, RuntimeError) as error:
            if polling:
                raise OSError(f"the files cannot be watched: {error}") from error
            polling = True


def _watch(project: Project, folders: dict[Path, Identity], stop: Event, polling: bool) -> Iterator[frozenset[Path]]:
    """Give batches until one of the folders is not the one that it was."""
    begun = False
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
        ignore_permission_denied=True,  # reading says which file that is
    ):
        other = folders != _folders(project)
        if other or not begun:
            yield frozenset()  # also for what was saved before anybody watched
        elif batch:
            yield frozenset(Path(path) for _, path in batch)
        if other:
            return
        begun = True


def _folders(project: Project) -> dict[Path, Identity]:
    """Give the folders that a build reads and that are there: one that takes another's place is another."""
    found = {}
    for folder in (project.content, *project.templates, *project.assets):
        with suppress(FileNotFoundError, NotADirectoryError):
            about = folder.stat()
            if S_ISDIR(about.st_mode):
                found[folder] = about.st_dev, about.st_ino
    return found


def _matters(_: Change, path: str) -> bool:
    return not is_passing(Path(path).name)
