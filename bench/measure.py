"""What one command costs: time, processor time and memory of the whole tree of processes it starts (Linux)."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

_ADOPT = 36
"""prctl's PR_SET_CHILD_SUBREAPER: whose parent has ended becomes a child of ours, so that nobody's time is lost."""
_EVERY = 0.05
"""Seconds from one look at the memory to the next."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: seconds of wall and of processor, and bytes held at the most."""

    wall: float
    processor: float
    largest: int
    """By the largest of its processes; never less than this process had held, some 25 MB."""
    together: int
    """By all of them at once, as often seen; what they share counts for each."""
    said: str
    """What it wrote to standard error."""

    @property
    def idle(self) -> float:
        """What part of the time of all cores it did not use; this tells something on a quiet machine only."""
        return max(0.0, 1 - self.processor / self.wall / (os.cpu_count() or 1))

    def steps(self) -> dict[str, float]:
        """Return the milliseconds of each step, if a build of ours printed its timings."""
        return {step: float(taken) for step, taken in re.findall(r"^(\w+) +([\d.]+) ms", self.said, re.MULTILINE)}


def run(command: list[str], folder: Path) -> Cost:
    """Run a command to its end, and give its cost; an error where it fails."""
    if ctypes.CDLL(None, use_errno=True).prctl(_ADOPT, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "cannot adopt processes")
    with TemporaryFile() as told:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=plain(), stdout=subprocess.DEVNULL, stderr=told, start_new_session=True
        )
        ended = threading.Event()
        seen: list[int] = [0]
        watcher = threading.Thread(target=_watch, args=(process.pid, ended, seen))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watcher.join()
        usages = [usage, *_left(process.pid)]
        told.seek(0)
        said = told.read().decode("utf-8", "replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} in {folder} ended with {process.returncode}:\n{said[-2000:]}")
    largest = max(one.ru_maxrss for one in usages) * 1024
    processor = sum(one.ru_utime + one.ru_stime for one in usages)
    return Cost(wall, processor, largest, max(largest, *seen), said)


def plain() -> dict[str, str]:
    """Return the environment without what makes Python compile at every start what was not installed, as ours is not."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def group(leader: int) -> list[int]:
    """Return the processes of a group that a command leads."""
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _group(path) == leader]


def held(process: int) -> int:
    """Return the bytes that a process holds now."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _group(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[2])
    except OSError:
        return -1


def _watch(leader: int, ended: threading.Event, seen: list[int]) -> None:
    while not ended.wait(_EVERY):
        seen.append(sum(held(process) for process in group(leader)))


def _left(leader: int) -> list[os.struct_rusage]:  # type: ignore[name-defined]
    """Wait for the processes of a group that outlive their parents, and give what they used."""
    usages = []
    while True:
        try:
            usages.append(os.wait4(-leader, 0)[2])
        except ChildProcessError:
            return usages
