"""Report which files of a site have changed, in batches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR
from threading import Event

from watchfiles import Change, watch

from briefing.project import Project
from briefing.read.snapshot import is_ignored

Identity = tuple[int, int]
"""Device and inode of a folder."""
_SETTLED = 10
"""Milliseconds without a change that end a batch."""
_LONGEST = 400
"""Milliseconds after which a batch ends even if changes continue."""
_CHECK_FOLDERS = 1000
"""Milliseconds between two checks for new folders."""


def changes(project: Project, stop: Event, polling: bool = False) -> Iterator[frozenset[Path]]:
    """Yield batches of paths that were written, created, renamed or deleted, until `stop` is set.

    `polling` compares the files at intervals, for disks without change events (WSL, some containers); it is also used
    when the system has no free watches. An empty batch means that a folder was created or removed, so everything may
    have changed.
    """
    while not stop.is_set():
        try:
            yield from _watch(project, _folders(project), stop, polling)
        except FileNotFoundError:
            continue  # a folder was removed before it could be watched
        except (OSError, RuntimeError) as error:
            if polling:
                raise OSError(f"the files cannot be watched: {error}") from error
            polling = True


def _watch(project: Project, folders: dict[Path, Identity], stop: Event, polling: bool) -> Iterator[frozenset[Path]]:
    """Yield batches until one of the folders is replaced by another."""
    started = False
    for batch in watch(
        *folders,
        watch_filter=_matters,
        debounce=_LONGEST,
        step=_SETTLED,
        stop_event=stop,
        rust_timeout=_CHECK_FOLDERS,
        yield_on_timeout=True,
        force_polling=polling,
        poll_delay_ms=200,
        raise_interrupt=False,
        ignore_permission_denied=True,  # `read` reports such files
    ):
        other = folders != _folders(project)
        if other or not started:
            yield frozenset()  # files may have been saved before the watch started
        elif batch:
            yield frozenset(Path(path) for _, path in batch)
        if other:
            return
        started = True


def _folders(project: Project) -> dict[Path, Identity]:
    """Return the existing folders that a build reads, with their identity, so that a replaced folder is noticed."""
    found = {}
    for folder in (project.content, *project.templates, *project.assets):
        with suppress(FileNotFoundError, NotADirectoryError):
            about = folder.stat()
            if S_ISDIR(about.st_mode):
                found[folder] = about.st_dev, about.st_ino
    return found


def _matters(_: Change, path: str) -> bool:
    return not is_ignored(Path(path).name)
