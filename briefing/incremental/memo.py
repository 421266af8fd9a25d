"""A table of answers already known.

A step is a pure function of one value, so its answer can be kept under the digest of that value and found again in any
later build. There is nothing to invalidate: another value, another digest; other code, another salt.
"""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from briefing.incremental.fingerprint import cache_version
from briefing.incremental.hashed import CacheMiss, decode, decode_all, digest, encode, nowhere

T = TypeVar("T")
A = TypeVar("A")
Mapper = Callable[[Callable[[T], A], Sequence[T]], Iterable[A]]
"""The builtin map, or one that uses processes."""

_LARGEST = 2**32
"""Bytes at which a memo is begun again. It only grows; ten thousand briefs and their pages take an eighth of this."""
_AT_ONCE = 500
"""Keys asked for in one query, of which the oldest SQLite about allows 999, and rows saved at once."""
_TOGETHER = 64
"""Answers that are kept as one too, so that those around an edit are found by the dozen and not one by one."""
_PATIENCE = 5.0
"""Seconds to wait for another program that has the memo."""
_SUM = 4
"""Bytes before each answer that tell whether it is as it was kept: a disk may forget, and SQLite would not notice."""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """A function whose answers come as they are kept, encoded where they were worked out.

    First the answer, under no name, then every stored value within it, under its digest.
    """

    function: Callable[[T], Any]

    def __call__(self, value: T) -> list[tuple[str, bytes]]:
        data, within = encode(self.function(value))
        return [("", data), *(row for stored in within for row in stored.new())]


def _connect(path: Path | None) -> sqlite3.Connection:
    """Open a memo's file, or one in memory, and see that it is one."""
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    table = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=_PATIENCE, check_same_thread=False)
    try:
        table.execute("PRAGMA journal_mode = WAL")
        table.execute("PRAGMA synchronous = NORMAL")
        table.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data BLOB)")
    except sqlite3.DatabaseError:
        table.close()
        raise
    return table


class Memo:
    """Answers kept from build to build in one SQLite file, or in memory where no path is given.

    `computed` tells for each step which of the values last asked about were new, by their indexes.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._turn = threading.Lock()  # a stored value may be fetched while another thread builds
        self.computed: dict[str, tuple[int, ...]] = {}
        self._aside: dict[str, bytes] = {}
        """What could not be saved: a full disk must not stop a build that needs no memo to be right."""
        self._open()

    def _open(self) -> None:
        try:
            if self.path and self.path.exists() and self.path.stat().st_size > _LARGEST:
                self.path.unlink()
            self._table = _connect(self.path)
        except (OSError, sqlite3.DatabaseError) as error:
            self._begin_again(error)

    def _begin_again(self, error: Exception) -> None:
        """Delete a memo that cannot be read; do without where that cannot be done, or another program has it."""
        self.close()
        try:
            if self.path is None or getattr(error, "sqlite_errorcode", 0) in _BUSY:
                raise error
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
            self._table = _connect(self.path)
        except (OSError, sqlite3.DatabaseError, CacheMiss):
            self._table = _connect(None)  # whatever it knew can be worked out anew

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error, AttributeError):
            self._table.close()

    def forget(self) -> None:
        """Begin with an empty memo."""
        self._aside.clear()
        self._begin_again(CacheMiss("the memo lost something"))

    def map(self, step: str, function: Callable[[T], A], values: Sequence[T], mapper: Mapper[T, Any] = map) -> list[A]:
        """Answer `function` for each value, working out only what is not yet known."""
        pieces = [range(len(values))[at : at + _TOGETHER] for at in range(0, len(values), _TOGETHER)]
        keys = [digest((cache_version(), step, *(values[at] for at in piece))) for piece in pieces]
        known = self._find(keys)
        unknown = [(key, piece) for key, piece in zip(keys, pieces, strict=True) if key not in known]
        apart = [at for _, piece in unknown for at in piece]
        encoded, missing = self._answer(step, function, [values[at] for at in apart], mapper)
        self.computed[step] = tuple(apart[place] for place in missing)
        rest = iter(encoded)
        known |= {key: b"".join(islice(rest, len(piece))) for key, piece in unknown}
        self._save([(key, known[key]) for key, piece in unknown if len(piece) > 1])
        found = zip(keys, pieces, strict=True)
        return [answer for key, piece in found for answer in decode_all(known[key], self._fetch, len(piece))]

    def _answer(
        self, step: str, function: Callable[[T], Any], values: Sequence[T], mapper: Mapper[T, Any]
    ) -> tuple[list[bytes], list[int]]:
        """Give the answer for each value as it is kept, and the places of those that had to be worked out."""
        keys = [digest((cache_version(), step, value)) for value in values]
        known = self._find(keys)
        missing = [place for place, key in enumerate(keys) if key not in known]
        rows: list[tuple[str, bytes]] = []
        for place, kept in zip(missing, mapper(_Kept(function), [values[place] for place in missing]), strict=True):
            (_, known[keys[place]]), *within = kept
            rows += [(keys[place], known[keys[place]]), *within]
            if len(rows) >= _AT_ONCE:
                self._save(rows)
                rows = []
        self._save(rows)
        return [known[key] for key in keys], missing

    def recall(self, name: str) -> Any:
        """Give the value last noted under a name, by the same code as this; None where there is none."""
        key = digest((cache_version(), "noted", name))
        found = self._find([key])
        return decode(found[key], self._fetch) if key in found else None

    def note(self, name: str, value: Any) -> None:
        """Note a value under a name, in place of the one before; the stored values within are kept already."""
        self._save([(digest((cache_version(), "noted", name)), encode(value)[0])])

    def _fetch(self, key: str) -> bytes:
        found = self._find([key])
        return found[key] if key in found else nowhere(key)

    def _find(self, keys: Sequence[str]) -> dict[str, bytes]:
        found = {key: self._aside[key] for key in keys if key in self._aside}
        for start in range(0, len(keys), _AT_ONCE):
            batch = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(batch))
            try:
                with self._turn:
                    rows = self._table.execute(f"SELECT key, data FROM kept WHERE key IN ({marks})", batch).fetchall()
            except sqlite3.DatabaseError as error:
                raise CacheMiss("the memo cannot be read") from error
            found |= {key: _checked(key, data) for key, data in rows}
        return found

    def _save(self, rows: Sequence[tuple[str, bytes]]) -> None:
        if not rows:
            return
        summed = [(key, _sum(key, data) + data) for key, data in rows]
        with self._turn:
            try:
                self._table.execute("BEGIN IMMEDIATE")
                self._table.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", summed)
                self._table.execute("COMMIT")
            except sqlite3.DatabaseError:
                with suppress(sqlite3.Error):
                    self._table.execute("ROLLBACK")
                self._aside |= rows


def _sum(key: str, data: bytes | memoryview) -> bytes:
    """Sum up an answer and its key, since a damaged index may lead from one key to the answer of another."""
    return zlib.crc32(data, zlib.crc32(key.encode())).to_bytes(_SUM)


def _checked(key: str, data: bytes | None) -> bytes:
    """Give an answer without its sum, which must fit."""
    if not data or _sum(key, memoryview(data)[_SUM:]) != data[:_SUM]:
        raise CacheMiss("an answer is not as it was kept")
    return data[_SUM:]


class RecentMemo:
    """A memo whose answers to the last build are at hand; values that a build no longer asks about are let go."""

    def __init__(self, memo: Memo) -> None:
        self.computed: dict[str, tuple[int, ...]] = {}
        self._memo = memo
        self._last: dict[str, dict[Any, Any]] = {}

    def forget(self) -> None:
        """Empty the memo too."""
        self._last.clear()
        self._memo.forget()

    def map(self, step: str, function: Callable[[T], A], values: Sequence[T], mapper: Mapper[T, A] = map) -> list[A]:
        """Answer `function` for each value; the memo is asked only about those that the last build did not have."""
        last = self._last.get(step, {})
        new = [index for index, value in enumerate(values) if value not in last]
        found = self._memo.map(step, function, [values[index] for index in new], mapper)
        self.computed[step] = tuple(new[index] for index in self._memo.computed[step])
        fresh = dict(zip(new, found, strict=True))
        answers = [fresh[index] if index in fresh else last[value] for index, value in enumerate(values)]
        self._last[step] = dict(zip(values, answers, strict=True))
        return answers


Answers = Memo | RecentMemo
"""What a build asks."""


def retry_uncached(memo: Answers, work: Callable[[], A]) -> A:
    """Do some work, and do it again with an empty memo where that lost something."""
    try:
        return work()
    except CacheMiss:
        memo.forget()
        return work()
