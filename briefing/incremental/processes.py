"""A map that uses processes when it pays."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")
A = TypeVar("A")

PATIENCE = 0.1
"""Seconds of work done here alone before asking whether processes would help."""
_WORTH_IT = 1.0
"""Seconds of work left that make up for starting processes, which takes about a third of that."""
_WORTH_SHARING = 0.1
"""Seconds of work left that make up for handing it to processes that are there."""
_GUESS = 0.002
"""Seconds that a value is taken to need before the first is done."""
_CHUNKS = 8
"""Pieces of work for each process, so that a slow piece does not keep the others waiting at the end."""
_CHUNK = 20
"""Values in a piece at the most: what comes back early is kept meanwhile, and little of it waits in memory."""
_MOST = 16
"""Pieces that may be done here while the one before them is not yet done: for as long as processes take to start."""
_TURN = 0.0005
"""Seconds that this process works on while an answer waits to be taken in: it comes in bits, each of which waits."""
_AHEAD = 2
"""Pieces that another process has at a time: one at work, and one to go on with while this process is busy."""


def _leave_with_parent() -> None:
    """See to it that a worker ends when a build is killed: it holds the build's output open, and somebody may wait."""
    from multiprocessing import parent_process

    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@contextmanager
def _unheard() -> Iterator[None]:
    """Leave Ctrl-C, which a terminal sends to every process, to this one: it ends those that start meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Workers:
    """Maps a pure function over values, in this process alone or with others at its side; the answers are the same."""

    def __init__(self, jobs: int = 0, patience: float = PATIENCE) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self._patience = patience
        self._pool: ProcessPoolExecutor | None = None
        self._started: Future[None] | None = None

    def start(self, function: Callable[[T], object], value: T) -> None:
        """Start the other processes beside the work; each does this first, and shares in the work from then on."""
        if self.jobs > 1:
            from concurrent.futures import ThreadPoolExecutor

            hand = ThreadPoolExecutor(1)  # which Ctrl-C does not interrupt half way
            self._started = hand.submit(self._start, function, value)
            hand.shutdown(wait=False)

    def _start(self, function: Callable[[T], object], value: T) -> None:
        from concurrent.futures import wait

        self._pool = pool = self._make_pool()
        with _unheard():
            first = [pool.submit(function, value) for _ in range(self.jobs - 1)]
        wait(first)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._started:
            self._started.exception()  # which waits
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[T], A], values: Sequence[T]) -> Iterator[A]:
        """Give the function's answer for each value, in order; share what is left if that would be sooner done."""
        start = time.perf_counter()
        for done, value in enumerate(values):
            if done == 1:  # modules are loaded for the first answer, which says nothing about the pace
                start = time.perf_counter()
            if self.jobs > 1 and self._pays(time.perf_counter() - start, done, len(values) - done):
                yield from self._share(function, values[done:])
                return
            yield function(value)

    def _pays(self, spent: float, done: int, left: int) -> bool:
        """Say whether the work that is left is worth sharing, with processes that are there or that must be started."""
        if self._started and not self._started.done():
            return False
        if self._pool:
            return (spent / done if done else _GUESS) * left > _WORTH_SHARING
        return spent >= self._patience and (not done or spent / done * left > _WORTH_IT)

    def _share(self, function: Callable[[T], A], values: Sequence[T]) -> Iterator[A]:
        """Hand out pieces of the work; until the next answer in order is there, do here what nobody has begun."""
        from concurrent.futures import ThreadPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        self._pool = pool = self._pool or self._make_pool()
        size = min(_CHUNK, max(1, len(values) // (self.jobs * _CHUNKS)))
        pieces = [values[at : at + size] for at in range(0, len(values), size)]
        here: dict[int, list[A]] = {}
        # Who first hands something over starts the processes and waits until they are there: threads do, not the work.
        hands = ThreadPoolExecutor(_AHEAD * (self.jobs - 1))
        turn = sys.getswitchinterval()
        sys.setswitchinterval(min(turn, _TURN))
        try:
            there = {number: hands.submit(_hand_over, pool, function, piece) for number, piece in enumerate(pieces)}
            free = iter(range(len(pieces)))
            for number, piece in enumerate(pieces):
                while number not in here and not there[number].done() and len(here) < _MOST:
                    mine = next((one for one in free if one in there and there[one].cancel()), None)
                    if mine is None:
                        break
                    here[mine] = _each(function, pieces[mine])
                given = there.pop(number)  # which is let go with its answers
                try:
                    yield from here.pop(number) if number in here else given.result()
                except BrokenProcessPool:  # one was killed, for want of memory most often: its piece is done here
                    self._pool = None
                    yield from map(function, piece)
        finally:
            sys.setswitchinterval(turn)
            hands.shutdown(cancel_futures=True)

    def _make_pool(self) -> ProcessPoolExecutor:
        import multiprocessing  # which an idle build does without
        from concurrent.futures import ProcessPoolExecutor

        # A fresh server process to fork from: this one may hold a database and threads.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        # It loads none of our modules before it forks: it would look for them in the current folder, where another copy
        # of this generator may be.
        return ProcessPoolExecutor(self.jobs - 1, multiprocessing.get_context(method), initializer=_leave_with_parent)


def _hand_over(pool: ProcessPoolExecutor, function: Callable[[T], A], values: Sequence[T]) -> list[A]:
    """Let another process answer, and wait for it."""
    with _unheard():  # the processes start when they are first given work
        answers = pool.submit(_each, function, values)
    return answers.result()


def _each(function: Callable[[T], A], values: Sequence[T]) -> list[A]:
    return [function(value) for value in values]
