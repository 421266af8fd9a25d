"""The one walk over parsed values: it finds what refers to something, and it replaces that by what it resolves to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TypeAlias

from briefing.model.records import Entry, ParsedEntry
from briefing.model.text import CitedSource, ParsedProse, Ref

Part: TypeAlias = ParsedProse | Ref | CitedSource
"""What may refer to something: a text, a record named in a field, a cited source."""
_PLAIN = {
    *("str", "int", "bool", "float", "Bound", "tuple[str, ...]"),
    *("PassageResult | None", "KeptCopy | None", "MadeFrom | None"),
}
"""Types of fields in which nothing refers to anything."""


@cache
def _fields(kind: Callable[..., object]) -> tuple[tuple[str, bool], ...]:
    """Return the names of a dataclass's fields, and whether there may be a part in each."""
    assert is_dataclass(kind), f"{kind} is no value of the model"
    return tuple((field.name, field.type not in _PLAIN) for field in fields(kind))


def find_parts(value: object) -> list[tuple[Part, ParsedEntry | None]]:
    """Find every part of a value, in the order of its fields, each with the dated entry that it is in, if any."""
    found: list[tuple[Part, ParsedEntry | None]] = []
    _find(value, None, found)
    return found


def _find(value: object, entry: ParsedEntry | None, found: list[tuple[Part, ParsedEntry | None]]) -> None:
    if isinstance(value, (ParsedProse, Ref, CitedSource)):
        found.append((value, entry))
    elif isinstance(value, tuple):
        for one in value:
            _find(one, entry, found)
    else:
        entry = value if isinstance(value, Entry) else entry
        kind: Callable[..., object] = type(value)
        for name, is_open in _fields(kind):
            if is_open and (part := getattr(value, name)):
                _find(part, entry, found)


def replace_parts(
    value: object, resolve: Callable[[ParsedProse | Ref], object], cite: Callable[[tuple[CitedSource, ...]], object]
) -> object:
    """Return a value with every part replaced by what it resolves to; sources that stand together are one part."""
    if isinstance(value, (ParsedProse, Ref)):
        return resolve(value)
    if isinstance(value, tuple):
        if value and isinstance(value[0], CitedSource):
            return cite(value)
        return tuple([replace_parts(one, resolve, cite) for one in value])
    kind: Callable[..., object] = type(value)
    parts = [(getattr(value, name), is_open) for name, is_open in _fields(kind)]
    return kind(*[replace_parts(one, resolve, cite) if one and is_open else one for one, is_open in parts])
