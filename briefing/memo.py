"""A table of answers already known.

A step is a pure function of one value, so its answer can be kept under the digest of that value and found again in any
later build. There is nothing to invalidate: another value, another digest; other code, another salt.

Values are encoded by pickle without its memo table, so that equal values give equal bytes, and decoded by an unpickler
that knows the classes of `briefing.model` and nothing else, so that a doctored file can run no code.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sqlite3
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")
A = TypeVar("A")
Over = Callable[[Callable[[T], A], Sequence[T]], Iterable[A]]
"""The builtin map, or one that uses processes."""

_LARGEST = 2**32
"""Bytes at which a memo is begun again. It only grows; ten thousand briefs and their pages take an eighth of this."""
_AT_ONCE = 500
"""Keys asked for in one query, of which the oldest SQLite about allows 999, and rows saved at once."""
_PATIENCE = 5.0
"""Seconds to wait for another program that has the memo."""
_SUM = 4
"""Bytes before each answer that tell whether it is as it was kept: a disk may forget, and SQLite would not notice."""
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PACKAGES = ("pagefind", "jinja2", "markdown", "pyyaml", "markupsafe", "jsonschema-rs")


class Lost(Exception):
    """The memo names a value that it no longer holds; begin again without it."""


class Stored(Generic[T]):
    """A value known by its digest, and read only when somebody asks for it.

    Equal digests mean equal values, so a page that holds a long body stands for it with a short digest. One just made
    has its encoding with it, and the stored values within; one that is kept fetches its encoding.
    """

    __slots__ = ("_data", "_fetch", "_value", "_within", "digest")

    def __init__(self, digest: str, data: bytes | None = None, fetch: Callable[[str], bytes] | None = None) -> None:
        self.digest = digest
        self._data = data
        self._fetch = fetch
        self._value: T | None = None
        self._within: tuple[Stored[Any], ...] = ()

    @classmethod
    def of(cls, value: T) -> Stored[T]:
        """Store a value at hand."""
        if isinstance(value, bytes):
            stored = cls(hashlib.sha256(value).hexdigest())
        else:
            data, within = _encode(value)
            stored = cls(hashlib.sha256(data).hexdigest(), data)
            stored._within = tuple(within)
        stored._value = value
        return stored

    @property
    def value(self) -> T:
        """The value itself, read if it is not at hand, and at hand from then on."""
        if self._value is None:
            self._value = self.once()
        return self._value

    def once(self) -> T:
        """Give the value without keeping it at hand."""
        return self._value if self._value is not None else _decode(self.encoded(), self._fetch or _nowhere)

    def encoded(self) -> bytes:
        """Give the value as it is kept."""
        if self._data is not None:
            return self._data
        return self._fetch(self.digest) if self._fetch else _encode(self._value)[0]

    def new(self) -> Iterator[tuple[str, bytes]]:
        """Give what is to be kept, under its digest: this value and those within it, unless they are kept already."""
        if self._fetch is None:
            yield self.digest, self.encoded()
            for inner in self._within:
                yield from inner.new()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Stored) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Stored({self.digest!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as it is kept, for the memo stays behind."""
        return Stored, (self.digest, self.encoded())


def _nowhere(key: str) -> bytes:
    raise Lost(key)


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """Says how each kind of value is taken apart; what dataclasses bring for it takes twice as long."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = [field.name for field in fields(kind)]
        read = attrgetter(*names, names[0])  # two names or more give a tuple, the last one too many

        def take_apart(value: Any) -> tuple[Any, ...]:
            return kind, read(value)[:-1]

        _REDUCERS[kind] = self[kind] = take_apart
        return take_apart


_REDUCERS = _Reducers()


class _Encoder(pickle.Pickler):
    """Writes a value; a stored value within is its digest, and is noted, since it is kept apart."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        self.fast = True  # without the memo table, whose entries depend on object identity
        self.within: list[Stored[Any]] = []
        self.dispatch_table = _Reducers(_REDUCERS)
        self.dispatch_table[Stored] = self._set_apart

    def _set_apart(self, stored: Stored[Any]) -> tuple[Any, ...]:
        self.within.append(stored)
        return Stored, (stored.digest,)


class _Decoder(pickle.Unpickler):
    """Reads a value back; a stored value within stays where it is until it is asked for."""

    def __init__(self, data: bytes, fetch: Callable[[str], bytes]) -> None:
        super().__init__(io.BytesIO(data))
        self._fetch = fetch

    def _stored(self, digest: str) -> Stored[Any]:
        return Stored(digest, None, self._fetch)

    def find_class(self, module: str, name: str) -> Any:
        return self._stored if (module, name) == (__name__, "Stored") else _value_class(module, name)


@cache
def _value_class(module: str, name: str) -> Any:
    if module in {"briefing.model", "briefing.problems"} and not name.startswith("_") and "." not in name:
        return getattr(sys.modules[module], name)
    raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")


def _encode(value: Any) -> tuple[bytes, list[Stored[Any]]]:
    file = io.BytesIO()
    encoder = _Encoder(file)
    encoder.dump(value)
    return file.getvalue(), encoder.within


def _decode(data: bytes, fetch: Callable[[str], bytes]) -> Any:
    try:
        return _Decoder(data, fetch).load()
    except (pickle.UnpicklingError, EOFError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Lost("an answer cannot be read") from error


def digest(value: Any) -> str:
    """Name a value by its content: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(value if isinstance(value, bytes) else _encode(value)[0]).hexdigest()


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """A function whose answers come as they are kept, encoded where they were worked out.

    First the answer, under no name, then every stored value within it, under its digest.
    """

    function: Callable[[T], Any]

    def __call__(self, value: T) -> list[tuple[str, bytes]]:
        data, within = _encode(self.function(value))
        return [("", data), *(row for stored in within for row in stored.new())]


@cache
def salt() -> str:
    """Name the code that gives the answers: the generator, and the Python that runs it."""
    return hashlib.sha256(f"{sys.version_info[:2]} {generator()}".encode()).hexdigest()


@cache
def generator() -> str:
    """Name the generator: our own source and schemas, and the versions of the packages."""
    here = Path(__file__).parent
    ours = hashlib.sha256(f"{versions(_PACKAGES)}".encode())
    for path in sorted([*here.rglob("*.py"), *here.rglob("*.json")]):
        ours.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return ours.hexdigest()


def versions(names: Iterable[str]) -> list[str]:
    """Give the version of each of some packages, from the names of the folders in which installers note it.

    `importlib.metadata` finds the same in half of the time that an idle build takes, since it brings a parser of mail.
    """
    noted = [name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder)]
    found = {
        parts[0].lower().replace("_", "-"): parts[1]
        for name in reversed(noted)
        if name.endswith((".dist-info", ".egg-info")) and len(parts := name.rpartition(".")[0].split("-")) > 1
    }
    return [found[name] if name in found else _ask_version(name) for name in names]


def _ask_version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


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

    `worked_out` tells for each step which of the values last asked about were new, by their indexes.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._turn = threading.Lock()  # a stored value may be fetched while another thread builds
        self.worked_out: dict[str, tuple[int, ...]] = {}
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
        except (OSError, sqlite3.DatabaseError, Lost):
            self._table = _connect(None)  # whatever it knew can be worked out anew

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error, AttributeError):
            self._table.close()

    def forget(self) -> None:
        """Begin with an empty memo."""
        self._aside.clear()
        self._begin_again(Lost("the memo lost something"))

    def map(self, step: str, function: Callable[[T], A], values: Sequence[T], over: Over[T, Any] = map) -> list[A]:
        """Answer `function` for each value, working out only what is not yet known."""
        keys = [digest((salt(), step, value)) for value in values]
        known = self._find(keys)
        missing = [index for index, key in enumerate(keys) if key not in known]
        self.worked_out[step] = tuple(missing)
        rows: list[tuple[str, bytes]] = []
        for index, kept in zip(missing, over(_Kept(function), [values[index] for index in missing]), strict=True):
            (_, known[keys[index]]), *within = kept
            rows += [(keys[index], known[keys[index]]), *within]
            if len(rows) >= _AT_ONCE:
                self._save(rows)
                rows = []
        if rows:
            self._save(rows)
        return [_decode(known[key], self._fetch) for key in keys]

    def recall(self, name: str) -> Any:
        """Give the value last noted under a name, by the same code as this; None where there is none."""
        key = digest((salt(), "noted", name))
        found = self._find([key])
        return _decode(found[key], self._fetch) if key in found else None

    def note(self, name: str, value: Any) -> None:
        """Note a value under a name, in place of the one before; the stored values within are kept already."""
        self._save([(digest((salt(), "noted", name)), _encode(value)[0])])

    def _fetch(self, key: str) -> bytes:
        found = self._find([key])
        return found[key] if key in found else _nowhere(key)

    def _find(self, keys: Sequence[str]) -> dict[str, bytes]:
        found = {key: self._aside[key] for key in keys if key in self._aside}
        for start in range(0, len(keys), _AT_ONCE):
            batch = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(batch))
            try:
                with self._turn:
                    rows = self._table.execute(f"SELECT key, data FROM kept WHERE key IN ({marks})", batch).fetchall()
            except sqlite3.DatabaseError as error:
                raise Lost("the memo cannot be read") from error
            found |= {key: _checked(key, data) for key, data in rows}
        return found

    def _save(self, rows: Sequence[tuple[str, bytes]]) -> None:
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
        raise Lost("an answer is not as it was kept")
    return data[_SUM:]


class Recent:
    """A memo whose answers to the last build are at hand; values that a build no longer asks about are let go."""

    def __init__(self, memo: Memo) -> None:
        self.worked_out: dict[str, tuple[int, ...]] = {}
        self._memo = memo
        self._last: dict[str, dict[Any, Any]] = {}

    def forget(self) -> None:
        """Empty the memo too."""
        self._last.clear()
        self._memo.forget()

    def map(self, step: str, function: Callable[[T], A], values: Sequence[T], over: Over[T, A] = map) -> list[A]:
        """Answer `function` for each value; the memo is asked only about those that the last build did not have."""
        last = self._last.get(step, {})
        new = [index for index, value in enumerate(values) if value not in last]
        found = self._memo.map(step, function, [values[index] for index in new], over)
        self.worked_out[step] = tuple(new[index] for index in self._memo.worked_out[step])
        fresh = dict(zip(new, found, strict=True))
        answers = [fresh[index] if index in fresh else last[value] for index, value in enumerate(values)]
        self._last[step] = dict(zip(values, answers, strict=True))
        return answers


Answers = Memo | Recent
"""What a build asks."""


def healed(memo: Answers, work: Callable[[], A]) -> A:
    """Do some work, and do it again with an empty memo where that lost something."""
    try:
        return work()
    except Lost:
        memo.forget()
        return work()
