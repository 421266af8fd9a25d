"""The memo: results of earlier builds, by the digest of their input.

A step is a pure function of one value, so its result can be saved under the digest of that value and used in any later
build. Nothing is ever invalidated: another value or another version of the code has another digest.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from briefing.incremental.fingerprint import cache_version
from briefing.incremental.hashed import CacheMiss, decode, decode_all, digest, encode, nowhere
from briefing.values import dataclass

T = TypeVar("T")
A = TypeVar("A")
Mapper = Callable[[Callable[[T], A], Sequence[T]], Iterable[A]]
"""The builtin map, or one that uses processes."""

_LARGEST = 2**32
"""Bytes at which a memo is deleted. It only grows; ten thousand briefs and their pages take an eighth of this."""
_BATCH = 500
"""Keys in one query, of which old versions of SQLite allow 999, and rows saved at a time."""
_CHUNK = 64
"""Results that are also saved as one row, so that a small edit needs few queries."""
_TIMEOUT = 5.0
"""Seconds to wait for another program that has locked the memo."""
_CHECKSUM = 4
"""Bytes of the checksum before each result: SQLite does not notice when a disk returns wrong bytes."""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@dataclass(frozen=True, slots=True)
class _Encoded(Generic[T]):
    """A function that returns rows to save, so that a worker process encodes its own results.

    The first row is the result, without a key; the others are the hashed values within it, by their digests.
    """

    function: Callable[[T], Any]

    def __call__(self, value: T) -> list[tuple[str, bytes]]:
        data, within = encode(self.function(value))
        return [("", data), *(row for hashed in within for row in hashed.new())]


def _connect(path: Path | None) -> sqlite3.Connection:
    """Open the database at a path, or one in memory, and create its table; remove links in its place."""
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        for file in _files(path):
            if file.is_symlink():
                file.unlink()
    table = sqlite3.connect(path or ":memory:", isolation_level=None, timeout=_TIMEOUT, check_same_thread=False)
    try:
        table.execute("PRAGMA page_size = 16384")  # of a new file; fewer pages for results of some kilobytes
        table.execute("PRAGMA journal_mode = WAL")
        table.execute("PRAGMA synchronous = OFF")  # a power failure may cost the memo, and no more
        table.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data BLOB)")
    except sqlite3.DatabaseError:
        table.close()
        raise
    return table


def _files(path: Path) -> list[Path]:
    """Return the files that SQLite may open for a database."""
    return [path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm", "-journal")]


class Memo:
    """Results in one SQLite file, or in memory if there is no path.

    `computed` holds for each step the indexes of the values that the last `map` had to compute.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = None if path and path.parent.is_symlink() else path  # a link in the site may point anywhere
        self._lock = threading.Lock()  # the preview fetches values while another thread builds
        self.computed: dict[str, tuple[int, ...]] = {}
        self._unsaved: dict[str, bytes] = {}
        """Rows that could not be saved: a full disk must not stop a build."""
        self._open()

    def _open(self) -> None:
        try:
            if self.path and self.path.exists() and self.path.lstat().st_size > _LARGEST:
                self.path.unlink()
            self._use(self.path)
        except (OSError, sqlite3.DatabaseError) as error:
            self._reset(error)

    def _use(self, path: Path | None) -> None:
        self._table, self._file, self._process = _connect(path), path, os.getpid()

    def _leave_original(self) -> None:
        """Open the file again in a copy of the process that opened it: SQLite allows no copy of a connection."""
        if self._process != os.getpid() and self._file:
            self._original = self._table  # closing it would end what the original is doing
            self._use(self._file)

    def _reset(self, error: Exception) -> None:
        """Delete a memo that cannot be read; use one in memory if that fails or another program has locked it."""
        self.close()
        try:
            if self.path is None or getattr(error, "sqlite_errorcode", 0) in _BUSY:
                raise error
            for file in _files(self.path):
                file.unlink(missing_ok=True)
            self._use(self.path)
        except (OSError, sqlite3.DatabaseError, CacheMiss):
            self._use(None)  # slower, and still right

    def close(self) -> None:
        """Close the file."""
        with suppress(sqlite3.Error, AttributeError):
            self._table.close()

    def forget(self) -> None:
        """Empty the memo."""
        self._unsaved.clear()
        self._reset(CacheMiss("a value is missing"))

    def map(self, step: str, function: Callable[[T], A], values: Sequence[T], mapper: Mapper[T, Any] = map) -> list[A]:
        """Return `function` of each value, in order; call it only for values that the memo does not have."""
        pieces = [range(len(values))[at : at + _CHUNK] for at in range(0, len(values), _CHUNK)]
        keys = [digest((cache_version(), step, *(values[at] for at in piece))) for piece in pieces]
        known = self._find(keys)
        unknown = [(key, piece) for key, piece in zip(keys, pieces, strict=True) if key not in known]
        apart = [at for _, piece in unknown for at in piece]
        encoded, missing = self._compute(step, function, [values[at] for at in apart], mapper)
        self.computed[step] = tuple(apart[place] for place in missing)
        rest = iter(encoded)
        known |= {key: b"".join(islice(rest, len(piece))) for key, piece in unknown}
        self._save([(key, known[key]) for key, piece in unknown if len(piece) > 1])
        found = zip(keys, pieces, strict=True)
        return [result for key, piece in found for result in decode_all(known[key], self._fetch, len(piece))]

    def _compute(
        self, step: str, function: Callable[[T], Any], values: Sequence[T], mapper: Mapper[T, Any]
    ) -> tuple[list[bytes], list[int]]:
        """Return the encoded result of each value, and the indexes of those that were not in the memo."""
        keys = [digest((cache_version(), step, value)) for value in values]
        known = self._find(keys)
        missing = [place for place, key in enumerate(keys) if key not in known]
        if len(missing) == 1:
            self._load(values[missing[0]])
        rows: list[tuple[str, bytes]] = []
        for place, kept in zip(missing, mapper(_Encoded(function), [values[place] for place in missing]), strict=True):
            (_, known[keys[place]]), *within = kept
            rows += [(keys[place], known[keys[place]]), *within]
            if len(rows) >= _BATCH:
                self._save(rows)
                rows = []
        self._save(rows)
        return [known[key] for key in keys], missing

    def _load(self, value: Any) -> None:
        """Fetch all hashed values within a value with few queries, since a site has one for each file."""
        within = [hashed for hashed in encode(value)[1] if hashed.is_kept]
        found = self._find([hashed.digest for hashed in within])
        for hashed in within:
            hashed.load(found.get(hashed.digest))

    def recall(self, name: str) -> Any:
        """Return the value that this code last noted under a name; None if there is none or it is damaged."""
        key = digest((cache_version(), "noted", name))
        with suppress(CacheMiss):
            return decode(self._fetch(key), self._fetch)
        return None

    def note(self, name: str, value: Any) -> None:
        """Save a value under a name, in place of the last one; the hashed values within it must be saved already."""
        self._save([(digest((cache_version(), "noted", name)), encode(value)[0])])

    def _fetch(self, key: str) -> bytes:
        found = self._find([key])
        return found[key] if key in found else nowhere(key)

    def _find(self, keys: Sequence[str]) -> dict[str, bytes]:
        found = {key: self._unsaved[key] for key in keys if key in self._unsaved}
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            try:
                with self._lock:
                    self._leave_original()
                    rows = self._table.execute(f"SELECT key, data FROM kept WHERE key IN ({marks})", batch).fetchall()
            except sqlite3.DatabaseError as error:
                raise CacheMiss("the memo cannot be read") from error
            found |= {key: _checked(key, data) for key, data in rows}
        return found

    def _save(self, rows: Sequence[tuple[str, bytes]]) -> None:
        if not rows:
            return
        summed = [(key, _checksum(key, data) + data) for key, data in rows]
        with self._lock:
            try:
                self._table.execute("BEGIN IMMEDIATE")
                self._table.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", summed)
                self._table.execute("COMMIT")
            except sqlite3.DatabaseError:
                with suppress(sqlite3.Error):
                    self._table.execute("ROLLBACK")
                self._unsaved |= rows


def _checksum(key: str, data: bytes | memoryview) -> bytes:
    """Return a checksum of a result and its key, since a damaged index may return the row of another key."""
    return zlib.crc32(data, zlib.crc32(key.encode())).to_bytes(_CHECKSUM)


def _checked(key: str, data: bytes | None) -> bytes:
    """Return a result without its checksum; raise `CacheMiss` if the checksum is wrong."""
    if not data or _checksum(key, memoryview(data)[_CHECKSUM:]) != data[:_CHECKSUM]:
        raise CacheMiss("the checksum is wrong")
    return data[_CHECKSUM:]


class RecentMemo:
    """A memo with an in-memory layer that holds only the results of the last build."""

    def __init__(self, memo: Memo) -> None:
        self.computed: dict[str, tuple[int, ...]] = {}
        self._memo = memo
        self._last: dict[str, dict[Any, Any]] = {}

    def forget(self) -> None:
        """Empty both layers."""
        self._last.clear()
        self._memo.forget()

    def map(self, step: str, function: Callable[[T], A], values: Sequence[T], mapper: Mapper[T, A] = map) -> list[A]:
        """Return `function` of each value, in order; use the memo only for values that the last build lacked."""
        last = self._last.get(step, {})
        new = [index for index, value in enumerate(values) if value not in last]
        found = self._memo.map(step, function, [values[index] for index in new], mapper)
        self.computed[step] = tuple(new[index] for index in self._memo.computed[step])
        fresh = dict(zip(new, found, strict=True))
        results = [fresh[index] if index in fresh else last[value] for index, value in enumerate(values)]
        self._last[step] = dict(zip(values, results, strict=True))
        return results


AnyMemo = Memo | RecentMemo
"""Either kind of memo."""


def retry_uncached(memo: AnyMemo, work: Callable[[], A]) -> A:
    """Do some work; if a value is missing from the memo, empty it and do the work again."""
    try:
        return work()
    except CacheMiss:
        memo.forget()
        return work()
