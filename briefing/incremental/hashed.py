"""Values identified by their digest.

Values are encoded by pickle without its memo table, so that equal values give equal bytes. The memo is a file, so its
rows are data that anybody may have changed: a row can call nothing but the constructors of the value classes of
`briefing.model` and `briefing.problems`, and it is used only if its value has exactly this encoding.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import threading
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from operator import attrgetter
from types import ModuleType
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class CacheMiss(Exception):
    """A value is missing from the memo or damaged; build again with an empty memo."""


class Hashed(Generic[T]):
    """A value identified by its digest, and decoded only when it is needed.

    Equal digests mean equal values, so a page that contains a long body has a short encoding. A new one has its
    encoding and the hashed values within it; one from the memo fetches its encoding.
    """

    __slots__ = ("_data", "_fetch", "_value", "_within", "digest")

    def __init__(self, digest: str, data: bytes | None = None, fetch: Callable[[str], bytes] | None = None) -> None:
        self.digest = digest
        self._data = data
        self._fetch = fetch
        self._value: T | None = None
        self._within: tuple[Hashed[Any], ...] = ()

    @classmethod
    def of(cls, value: T) -> Hashed[T]:
        """Make a hashed value."""
        if isinstance(value, bytes):
            hashed = cls(hashlib.sha256(value).hexdigest())
        else:
            data, within = encode(value)
            hashed = cls(hashlib.sha256(data).hexdigest(), data)
            hashed._within = tuple(within)
        hashed._value = value
        return hashed

    @property
    def value(self) -> T:
        """The value itself, decoded at first use and then kept."""
        if self._value is None:
            self._value = self.once()
            self._data = None if self._fetch else self._data
        return self._value

    def once(self) -> T:
        """Return the value without keeping it in memory."""
        return self._value if self._value is not None else decode(self.encoded(), self._fetch or nowhere)

    def encoded(self) -> bytes:
        """Return the encoded value."""
        if self._data is not None:
            return self._data
        return self._fetch(self.digest) if self._fetch else encode(self._value)[0]

    @property
    def is_kept(self) -> bool:
        """Whether the value is in the memo only."""
        return self._fetch is not None and self._value is None and self._data is None

    def load(self, data: bytes | None) -> None:
        """Take the encoded value from a query for several, or None if the memo lacks it."""
        self._data = data

    def new(self) -> Iterator[tuple[str, bytes]]:
        """Yield digest and encoding of this value and of those within it that the memo does not have yet."""
        if self._fetch is None:
            yield self.digest, self.encoded()
            for inner in self._within:
                yield from inner.new()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hashed) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Hashed({self.digest!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process with the encoding, since that process has no memo."""
        return Hashed, (self.digest, self.encoded())


def nowhere(key: str) -> bytes:
    """Raise `CacheMiss`: the `fetch` of values that are not in a memo."""
    raise CacheMiss(key)


class _Reducers(dict[type, Callable[[Any], tuple[Any, ...]]]):
    """How pickle encodes each dataclass; twice as fast as its default."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]]:
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = [field.name for field in fields(kind)]
        read = attrgetter(*names, names[0])  # at least two names, so that the result is a tuple

        def reduce(value: Any) -> tuple[Any, ...]:
            return kind, read(value)[:-1]

        self[kind] = reduce
        return reduce


class _Decoder(pickle.Unpickler):
    """Decodes a value; hashed values within it are fetched later."""

    def __init__(self, data: bytes, fetch: Callable[[str], bytes]) -> None:
        super().__init__(io.BytesIO(data))
        self._fetch = fetch

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, "Hashed"):
            return lambda digest: Hashed(digest, fetch=self._fetch)
        return _constructor(module, name)


@cache
def _constructor(module: str, name: str) -> Any:
    """Return what makes a value, not its class: pickle can change a class, but it cannot change this."""
    package, _, last = module.rpartition(".")
    if module == "briefing.problems" or (package == "briefing.model" and last.isidentifier()):
        kind: Any = value_classes(import_module(module)).get(name)
        if kind:
            return kind.__call__
    raise pickle.UnpicklingError(f"{module}.{name} is not a value class")


def value_classes(module: ModuleType) -> dict[str, type]:
    """Return the value classes that a module defines, by name: its frozen dataclasses with slots."""
    return {
        name: kind
        for name, kind in vars(module).items()
        if isinstance(kind, type) and (kind.__module__, kind.__qualname__) == (module.__name__, name)
        if is_dataclass(kind) and kind.__dataclass_params__.frozen and "__slots__" in vars(kind)  # type: ignore[attr-defined]
    }


class _Encoder(threading.local):
    """Encodes values. Each thread makes it once, since that takes longer than to encode most values."""

    def __init__(self) -> None:
        self._file, self._within = io.BytesIO(), list[Hashed[Any]]()
        self._pickler = pickle.Pickler(self._file, protocol=5)
        self._pickler.fast = True  # without the memo table, whose entries depend on object identity
        self._pickler.dispatch_table = _Reducers({Hashed: self._keep_digest})

    def _keep_digest(self, hashed: Hashed[Any]) -> tuple[Any, ...]:
        self._within.append(hashed)
        return Hashed, (hashed.digest,)

    def encode(self, value: Any) -> tuple[bytes, list[Hashed[Any]]]:
        self._file.seek(0)
        self._file.truncate()
        self._within.clear()
        self._pickler.dump(value)
        return self._file.getvalue(), self._within.copy()


_ENCODER = _Encoder()


def encode(value: Any) -> tuple[bytes, list[Hashed[Any]]]:
    """Return the encoding of a value, and the hashed values within it, which the memo keeps separately."""
    return _ENCODER.encode(value)


def decode(data: bytes, fetch: Callable[[str], bytes]) -> Any:
    """Decode a value; `fetch` returns the encoding of a hashed value by its digest."""
    [value] = decode_all(data, fetch, 1)
    return value


def decode_all(data: bytes, fetch: Callable[[str], bytes], count: int) -> list[Any]:
    """Decode `count` values from concatenated encodings; raise `CacheMiss` if that is not possible."""
    decoder = _Decoder(data, fetch)
    try:
        values = [decoder.load() for _ in range(count)]
        same = data == b"".join(encode(value)[0] for value in values)
    except Exception as error:  # whatever a changed row makes pickle or a constructor raise
        raise CacheMiss("a value in the memo cannot be decoded") from error
    if not same:
        raise CacheMiss("a row of the memo is not what its value is encoded as")
    return values


def digest(value: Any) -> str:
    """Return the SHA-256 of a value in hexadecimal digits."""
    return hashlib.sha256(value if isinstance(value, bytes) else encode(value)[0]).hexdigest()
