"""One build at a time for each output folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.problems import BuildError

if sys.platform != "win32":
    import fcntl
from briefing.write.errors import unwritten


@contextmanager
def lock_folder(output: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep an output folder for one build, after waiting for another that has it; one that was killed has nothing."""
    if sys.platform == "win32":
        yield
        return
    held = _hold(output, on_wait)
    try:
        yield
    finally:
        with suppress(OSError):
            output.rmdir()  # which only an empty folder allows: nothing was written
        os.close(held)


def _hold(output: Path, on_wait: Callable[[], None]) -> int:
    """Lock the folder itself, so that there is no file of a lock to lose or to leave behind."""
    while True:
        try:
            output.mkdir(parents=True, exist_ok=True)
            held = os.open(output, os.O_RDONLY)
        except OSError as error:
            raise BuildError([unwritten(output, error)]) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(held, fcntl.LOCK_EX)
        except OSError:
            return held  # a disk of another machine that knows no locks
        if output.is_dir() and os.path.samestat(os.fstat(held), output.stat()):
            return held
        os.close(held)  # removed meanwhile: what was locked is not what is there now
