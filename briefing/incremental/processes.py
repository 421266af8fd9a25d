"""A map that uses worker processes when that is faster."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
A = TypeVar("A")

PATIENCE = 0.1
"""Seconds of work in this process before considering workers."""
_WORTH_IT = 1.0
"""Seconds of remaining work that justify starting workers, which takes about a third of that."""
_WORTH_SHARING = 0.1
"""Seconds of remaining work that justify using workers that already run, or copies of this process."""
_SOONER = 5
"""By what the patience is divided where this process can be copied, which takes some milliseconds."""
_ESTIMATE = 0.002
"""Assumed seconds for a value before the first is done."""
_CHUNKS = 8
"""Chunks for each process, so that one slow chunk at the end does not leave the others idle."""
_CHUNK = 20
"""Values in a chunk at most, so that few results wait in memory."""
_MOST = 1000
"""Chunks of one map: a pipe of the smallest size has room for their numbers."""
_EARLY = 16
"""Chunks that this process may do before an earlier one is done: enough for the time in which workers start."""
_SWITCH = 0.0005
"""Switch interval of threads in seconds: a thread receives a result in many steps, and each waits that long."""
_QUEUED = 2
"""Chunks that a worker has at a time: one that it works on, and the next one."""


def _exit_with_parent() -> None:
    """End this worker when its build is killed: it holds the standard output of the build open."""
    from multiprocessing import parent_process

    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Block Ctrl-C for processes that start here: a terminal sends it to each process, and this one ends the others."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_ENVIRONMENT = threading.Lock()


@contextmanager
def _without_current_folder() -> Iterator[None]:
    """Start processes that never import from the current folder: content may contain a file named like a module."""
    with _ENVIRONMENT:
        before = os.environ.get("PYTHONSAFEPATH")
        os.environ["PYTHONSAFEPATH"] = "1"
        try:
            yield
        finally:
            if before is None:
                del os.environ["PYTHONSAFEPATH"]


def can_fork() -> bool:
    """Whether this process can be copied safely: on Linux, and while it has one thread."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


class Workers:
    """Maps a pure function over values in this process and in workers; the results are the same either way."""

    def __init__(self, jobs: int = 0, patience: float = PATIENCE) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[T], A], values: Sequence[T]) -> Iterator[A]:
        """Yield `function` of each value, in order; use workers for the rest if that is faster."""
        start, forks = time.perf_counter(), self.jobs > 1 and can_fork()
        for done, value in enumerate(values):
            if done == 1:  # the first value also loads modules, so it says nothing about the speed
                start = time.perf_counter()
            if self.jobs > 1 and self._pays(time.perf_counter() - start, done, len(values) - done, forks):
                left = len(values) - done
                size = max(min(_CHUNK, left // (self.jobs * _CHUNKS)), left // _MOST, 1)
                chunks = [values[at : at + size] for at in range(done, len(values), size)]
                if forks:
                    from briefing.incremental.forks import share

                    yield from share(partial(_map_chunk, function), chunks, self.jobs - 1)
                else:
                    yield from self._share_with_pool(function, chunks)
                return
            yield function(value)

    def _pays(self, spent: float, done: int, left: int, forks: bool) -> bool:
        """Whether workers would be faster for the rest, including the time to start them."""
        if forks:
            return spent >= self._patience / _SOONER and (not done or spent / done * left > _WORTH_SHARING)
        if self._pool:
            return (spent / done if done else _ESTIMATE) * left > _WORTH_SHARING
        return spent >= self._patience and (not done or spent / done * left > _WORTH_IT)

    def _share_with_pool(self, function: Callable[[T], A], chunks: Sequence[Sequence[T]]) -> Iterator[A]:
        """Hand chunks to workers; while the next result is missing, do chunks here that no worker has started."""
        from concurrent.futures import ThreadPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        self._pool = pool = self._pool or self._make_pool()
        local: dict[int, list[A]] = {}
        # The first submit starts the workers and waits for them, so threads submit.
        threads = ThreadPoolExecutor(_QUEUED * (self.jobs - 1))
        switch = sys.getswitchinterval()
        sys.setswitchinterval(min(switch, _SWITCH))
        try:
            remote = {number: threads.submit(_submit, pool, function, chunk) for number, chunk in enumerate(chunks)}
            free = iter(range(len(chunks)))
            for number, chunk in enumerate(chunks):
                while number not in local and not remote[number].done() and len(local) < _EARLY:
                    mine = next((one for one in free if one in remote and remote[one].cancel()), None)
                    if mine is None:
                        break
                    local[mine] = _map_chunk(function, chunks[mine])
                future = remote.pop(number)  # frees its results
                try:
                    yield from local.pop(number) if number in local else future.result()
                except BrokenProcessPool:  # a worker was killed, usually because memory is short
                    self._pool = None
                    yield from map(function, chunk)
        finally:
            sys.setswitchinterval(switch)
            threads.shutdown(cancel_futures=True)

    def _make_pool(self) -> ProcessPoolExecutor:
        import multiprocessing  # an idle build does not need it
        from concurrent.futures import ProcessPoolExecutor

        # Not a fork of this process, which may have an open database and threads.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        # The server preloads none of our modules, which it would not find.
        context = multiprocessing.get_context(method)
        with _without_current_folder():  # its queues start a process
            return ProcessPoolExecutor(self.jobs - 1, context, initializer=_exit_with_parent)


def _submit(pool: ProcessPoolExecutor, function: Callable[[T], A], values: Sequence[T]) -> list[A]:
    """Compute in a worker, and wait for the results."""
    with _without_ctrl_c(), _without_current_folder():  # the first submit starts the workers
        results = pool.submit(_map_chunk, function, values)
    return results.result()


def _map_chunk(function: Callable[[T], A], values: Sequence[T]) -> list[A]:
    return [function(value) for value in values]
