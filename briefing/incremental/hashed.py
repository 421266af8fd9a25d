"""Values as they are kept, each known by its digest.

Values are encoded by pickle without its memo table, so that equal values give equal bytes, and decoded by an unpickler
that knows the classes of `briefing.model` and nothing else, so that a doctored file can run no code.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache, partial
from importlib import import_module
from operator import attrgetter
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class CacheMiss(Exception):
    """The memo names a value that it no longer holds; begin again without it."""


class Hashed(Generic[T]):
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
        self._within: tuple[Hashed[Any], ...] = ()

    @classmethod
    def of(cls, value: T) -> Hashed[T]:
        """Store a value at hand."""
        if isinstance(value, bytes):
            stored = cls(hashlib.sha256(value).hexdigest())
        else:
            data, within = encode(value)
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
        return self._value if self._value is not None else decode(self.encoded(), self._fetch or nowhere)

    def encoded(self) -> bytes:
        """Give the value as it is kept."""
        if self._data is not None:
            return self._data
        return self._fetch(self.digest) if self._fetch else encode(self._value)[0]

    def new(self) -> Iterator[tuple[str, bytes]]:
        """Give what is to be kept, under its digest: this value and those within it, unless they are kept already."""
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
        """Travel to another process as it is kept, for the memo stays behind."""
        return Hashed, (self.digest, self.encoded())


def nowhere(key: str) -> bytes:
    """Find a value where none is kept: it is lost."""
    raise CacheMiss(key)


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


class _Decoder(pickle.Unpickler):
    """Reads a value back; a stored value within stays where it is until it is asked for."""

    def __init__(self, data: bytes, fetch: Callable[[str], bytes]) -> None:
        super().__init__(io.BytesIO(data))
        self._stored = partial(Hashed, data=None, fetch=fetch)

    def find_class(self, module: str, name: str) -> Any:
        return self._stored if (module, name) == (__name__, "Hashed") else _value_class(module, name)


@cache
def _value_class(module: str, name: str) -> Any:
    ours = module == "briefing.problems" or module.startswith("briefing.model.")
    if ours and not name.startswith("_") and "." not in name:
        return getattr(import_module(module), name)
    raise pickle.UnpicklingError(f"{module}.{name} is no value of ours")


def encode(value: Any) -> tuple[bytes, list[Hashed[Any]]]:
    """Write a value; give the stored values within it too, which are kept apart."""
    file, within = io.BytesIO(), list[Hashed[Any]]()

    def set_apart(stored: Hashed[Any]) -> tuple[Any, ...]:
        within.append(stored)
        return Hashed, (stored.digest,)

    pickler = pickle.Pickler(file, protocol=5)
    pickler.fast = True  # without the memo table, whose entries depend on object identity
    pickler.dispatch_table = _Reducers(_REDUCERS)
    pickler.dispatch_table[Hashed] = set_apart
    pickler.dump(value)
    return file.getvalue(), within


def decode(data: bytes, fetch: Callable[[str], bytes]) -> Any:
    """Read a value back; `fetch` gives those that are kept apart, by their digests."""
    [value] = decode_all(data, fetch, 1)
    return value


def decode_all(data: bytes, fetch: Callable[[str], bytes], count: int) -> list[Any]:
    """Read back values that are kept one after the other."""
    decoder = _Decoder(data, fetch)
    try:
        return [decoder.load() for _ in range(count)]
    except (pickle.UnpicklingError, EOFError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise CacheMiss("an answer cannot be read") from error


def digest(value: Any) -> str:
    """Name a value by its content: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(value if isinstance(value, bytes) else encode(value)[0]).hexdigest()
