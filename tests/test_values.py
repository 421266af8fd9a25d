"""Our decorator for frozen dataclasses does what the standard one does."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from dataclasses import dataclass as standard
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing.values import dataclass

NAMES = st.lists(
    st.sampled_from(["name", "self_", "kind", "values", "other", "x", "D", "hash"]), unique=True, max_size=5
)
VALUES = st.one_of(st.integers(), st.text(max_size=3), st.tuples(st.text(max_size=2)), st.none())
Decorate = Callable[[type], type]
OURS, STANDARD = dataclass(frozen=True, slots=True), standard(frozen=True, slots=True)


def make(decorate: Decorate, names: list[str], defaults: list[Any], checks: bool) -> type:
    """Return a class whose last fields have defaults, and which may refuse a first value of 0."""

    def refuse(self: Any) -> None:
        if names and getattr(self, names[0]) == 0:
            raise ValueError("0")

    late = dict(zip(reversed(names), defaults, strict=False))
    body = {"__annotations__": dict.fromkeys(names, "object"), "__doc__": "A class.", "__module__": __name__, **late}
    made: type = decorate(type("Made", (), body | ({"__post_init__": refuse} if checks else {})))
    return made


def attempt(work: Callable[..., object], *values: object, **named: object) -> Any:
    """Return what some work returns, or the kind and the words of its error."""
    try:
        return work(*values, **named)
    except (TypeError, ValueError) as error:
        return type(error), str(error)


def describe(kind: Any, one: list[Any], other: list[Any]) -> list[object]:
    """Return all that can be seen of a class and of two of its instances."""
    found: list[object] = [(field.name, field.type, field.default) for field in fields(kind)]
    found += [kind.__match_args__, kind.__slots__, kind.__doc__, is_dataclass(kind), kind.__dataclass_params__.frozen]
    left, right = attempt(kind, *one), attempt(kind, *other)
    found += [repr(left), repr(right)]
    if isinstance(left, kind):
        found += [left == left, left == right, left == 1, hash(left), hasattr(left, "__dict__"), kind(*one) == left]
        found += [pickle.loads(pickle.dumps(left)) == left, copy.copy(left) == left, copy.deepcopy(left) == left]
        for name in (*kind.__match_args__, "none"):
            found.append(repr(attempt(replace, left, **{name: 7})))
        for name in kind.__match_args__:
            with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
                setattr(left, name, 1)
            with pytest.raises(FrozenInstanceError, match=f"cannot delete field '{name}'"):
                delattr(left, name)
    return found


@given(NAMES, st.lists(VALUES, max_size=3), st.booleans(), st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=6))
def test_a_class_is_as_that_of_the_standard_decorator(
    names: list[str], defaults: list[Any], checks: bool, one: list[Any], other: list[Any]
) -> None:
    """The same fields, values, errors, equality, hash, words, copies and changes, before and after first use."""
    shown = []
    for decorate in (OURS, STANDARD):
        kind = make(decorate, names, defaults, checks)
        vars(sys.modules[__name__])["Made"] = kind  # where pickle looks for it
        shown.append(describe(kind, one, other))
    assert shown[0] == shown[1]


def test_a_class_with_more_gets_the_standard_decorator() -> None:
    """A class that compares its instances, or whose fields are described, is one of Python's own."""
    for options in ({}, {"frozen": True}, {"slots": True}, {"frozen": True, "slots": True, "order": True}):
        kind: Any = dataclass(**options)(type("Made", (), {"__annotations__": {"x": "int"}, "__module__": __name__}))
        assert kind.__init__.__code__.co_filename == "<string>", options
        assert (kind(1) < kind(2)) if "order" in options else kind(1) == kind(1)


def test_frozen_classes_have_this_decorator() -> None:
    """Every build loads the modules of the generator, so none of them makes the standard decorator compile methods."""
    texts = {path: path.read_text(encoding="utf-8") for path in Path(briefing.__file__).parent.rglob("*.py")}
    frozen = [path for path, text in texts.items() if "@dataclass(frozen=True, slots=True)" in text]
    assert len(frozen) > 50
    assert [] == [path for path in frozen if "from briefing.values import dataclass\n" not in texts[path]]
