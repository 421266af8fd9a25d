"""One build at a time for each output folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.problems import BuildError
from briefing.write.errors import refuse_link, unwritten

if sys.platform != "win32":
    import fcntl


@contextmanager
def lock_folder(output: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold an output folder for one build; call `on_wait` and wait if another build holds it."""
    refuse_link(output)
    if sys.platform == "win32":
        yield
        return
    held = _acquire(output, on_wait)
    try:
        yield
    finally:
        with suppress(OSError):
            output.rmdir()  # succeeds only if nothing was written
        os.close(held)


def _acquire(output: Path, on_wait: Callable[[], None]) -> int:
    """Lock the folder itself, so that no lock file can be left behind; the system unlocks it if the process dies."""
    while True:
        try:
            output.mkdir(parents=True, exist_ok=True)
            held = os.open(output, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError as error:
            raise BuildError([unwritten(output, error)]) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(held, fcntl.LOCK_EX)
        except OSError:
            return held  # a network disk without locks
        if output.is_dir() and os.path.samestat(os.fstat(held), output.stat()):
            return held
        os.close(held)  # the folder was replaced while we waited
