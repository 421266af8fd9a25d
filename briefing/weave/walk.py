"""One walk over a record: every text, reference, cited source and dated entry in it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from briefing.model.records import Entry
from briefing.model.text import (
    Cited,
    Prose,
    Ref,
)

_PLAIN = {str, int, bool, float}
"""Kinds of value within which nothing refers to anything."""
_SOUGHT = {Prose, Ref, Cited, Entry}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def contents(value: Any) -> list[Prose | Ref | Cited | Entry]:
    """Give every text, named record, cited source and dated entry within a value, in the order of its fields."""
    found: list[Prose | Ref | Cited | Entry] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[Prose | Ref | Cited | Entry]) -> None:
    kind: Any = type(value)
    if kind in _SOUGHT:
        found.append(value)
        return
    for part in value if kind is tuple else [getattr(value, name) for name in _names(kind)]:
        if part and type(part) not in _PLAIN:
            _gather(part, found)
