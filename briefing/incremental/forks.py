"""Sharing the work of one map with copies of this process, which begin with all that is loaded and with all values."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from select import POLLIN, poll
from typing import NoReturn, TypeVar

if sys.platform == "linux":
    import fcntl

T = TypeVar("T")
A = TypeVar("A")
Work = Callable[[Sequence[T]], list[A]]
"""Returns the results for one chunk of values."""

_EARLY = 16
"""Chunks that may be done before an earlier one is."""
_NUMBER, _LENGTH = 4, 8
"""Bytes of the number of a chunk, and of the length of its results."""
_ROOM = 2**20
"""Bytes of results that wait in the pipe of a process, which works on meanwhile: the most that Linux allows anybody."""


def share(work: Work[T, A], chunks: Sequence[Sequence[T]], others: int) -> Iterator[A]:
    """Yield the results for each chunk, in order, computed here and in other processes.

    All numbers of chunks are in one pipe, and each process takes the next one when it is free. A process ends where its
    work fails. What it had taken is then done here, so an exception is raised here.
    """
    take, fill = os.pipe()
    os.write(fill, b"".join(number.to_bytes(_NUMBER) for number in range(len(chunks))))
    os.close(fill)
    processes: dict[int, int] = {}
    try:
        with suppress(OSError):  # no more processes are allowed
            for _ in range(others):
                pipe, process = _fork(work, chunks, take, [*processes])
                processes[pipe] = process
        yield from _collect(work, chunks, take, processes)
    finally:
        os.close(take)
        for pipe in [*processes]:
            _end(pipe, processes)


def _collect(work: Work[T, A], chunks: Sequence[Sequence[T]], take: int, processes: dict[int, int]) -> Iterator[A]:
    """Yield the results in order; while the next ones are missing, work here too."""
    early: dict[int, list[A]] = {}
    for number in range(len(chunks)):
        while number not in early:
            if ready := _ready(processes, 0):
                _receive(ready, processes, early)
            elif len(early) < _EARLY and (taken := os.read(take, _NUMBER)):
                mine = int.from_bytes(taken)
                early[mine] = work(chunks[mine])
            elif processes:
                _receive(_ready(processes, None), processes, early)
            else:
                early[number] = work(chunks[number])
        yield from early.pop(number)


def _ready(pipes: Iterable[int], wait: int | None) -> list[int]:
    """Return the pipes in which something is, or whose process has ended; wait for one for so long, or for ever."""
    waiting = poll()
    for pipe in pipes:
        waiting.register(pipe, POLLIN)
    return [pipe for pipe, _ in waiting.poll(wait)]


def _receive(ready: Sequence[int], processes: dict[int, int], early: dict[int, list[A]]) -> None:
    """Read the results of one chunk from each pipe; remove the processes that have ended."""
    for pipe in ready:
        head = _read(pipe, _NUMBER + _LENGTH)
        length = int.from_bytes(head[_NUMBER:])
        if len(head) == _NUMBER + _LENGTH and len(data := _read(pipe, length)) == length:
            early[int.from_bytes(head[:_NUMBER])] = pickle.loads(data)
        else:
            _end(pipe, processes)


def _read(pipe: int, length: int) -> bytes:
    """Read so many bytes, or fewer if the process has ended."""
    data = bytearray()
    while len(data) < length and (more := os.read(pipe, length - len(data))):
        data += more
    return bytes(data)


def _end(pipe: int, processes: dict[int, int]) -> None:
    os.close(pipe)
    process = processes.pop(pipe)
    with suppress(OSError):  # where children are ignored, the system forgets one that has ended
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _fork(work: Work[T, A], chunks: Sequence[Sequence[T]], take: int, pipes: Sequence[int]) -> tuple[int, int]:
    """Start a process that works on chunks; return the pipe with its results, and its id.

    It does not see Ctrl-C, since a terminal sends that to each process, and this one ends the others. It ends if nobody
    reads its results any more.
    """
    results, write = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = os.fork()
        if not process:
            _work(work, chunks, take, write, [results, *pipes])
    except OSError:
        os.close(results)
        raise
    finally:
        os.close(write)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return results, process


def _work(work: Work[T, A], chunks: Sequence[Sequence[T]], take: int, write: int, pipes: Sequence[int]) -> NoReturn:
    """Work on chunks until there are no more, and end this process without any of the tidying of its original."""
    try:
        gc.freeze()  # values from before are garbage here only at the end
        for pipe in pipes:
            os.close(pipe)
        with suppress(OSError):
            fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, _ROOM)
        while taken := os.read(take, _NUMBER):
            data = pickle.dumps(work(chunks[int.from_bytes(taken)]), protocol=5)
            rest = memoryview(taken + len(data).to_bytes(_LENGTH) + data)
            while rest:
                rest = rest[os.write(write, rest) :]
    finally:
        os._exit(0)
