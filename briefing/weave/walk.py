"""One walk over a record: every text, reference, cited source and dated entry in it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from briefing.model.records import Entry
from briefing.model.text import (
    CitedSource,
    Prose,
    Ref,
)

PLAIN = {str, int, bool, float}
"""Kinds of value within which nothing refers to anything."""
_SOUGHT = {Prose, Ref, CitedSource, Entry}


@cache
def field_names(kind: Any) -> tuple[str, ...]:
    """Give the names of the fields of a dataclass; none for another kind of value."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def contents(value: Any) -> list[Prose | Ref | CitedSource | Entry]:
    """Give every text, named record, cited source and dated entry within a value, in the order of its fields."""
    found: list[Prose | Ref | CitedSource | Entry] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[Prose | Ref | CitedSource | Entry]) -> None:
    kind: Any = type(value)
    if kind in _SOUGHT:
        found.append(value)
        return
    for part in value if kind is tuple else [getattr(value, name) for name in field_names(kind)]:
        if part and type(part) not in PLAIN:
            _gather(part, found)
