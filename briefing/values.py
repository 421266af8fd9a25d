"""Frozen dataclasses that load fast.

The standard decorator compiles six methods of each class when its module is loaded. That takes half a millisecond, and
most builds never make an instance of most classes. Here they are compiled when the first instance is made. A class for
which this decorator does not do everything gets the standard one.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard
from typing import TYPE_CHECKING, Any, Generic, NoReturn


@standard(frozen=True, slots=True)
class _Sample:
    """A class of which the description of a field is copied."""

    one: object


_PARAMETERS, [_FIELD] = vars(_Sample)["__dataclass_params__"], fields(_Sample)
_COMPILED = ("__init__", "__eq__", "__hash__")


class _Fields:
    """Describes the fields of a class when somebody asks, as `dataclasses.fields` and `replace` do."""

    def __init__(self, annotations: dict[str, Any], defaults: dict[str, Any]) -> None:
        self.annotations, self.defaults = annotations, defaults

    def __get__(self, instance: object, kind: type) -> dict[str, Field[Any]]:
        found: dict[str, Field[Any]] = {}
        for name, annotation in self.annotations.items():
            found[name] = one = copy(_FIELD)
            one.name, one.type, one.default = name, annotation, self.defaults.get(name, _FIELD.default)
        kind.__dataclass_fields__ = found  # type: ignore[attr-defined]
        return found


def _dataclass(*, frozen: bool = False, slots: bool = False, **others: bool) -> Callable[[type], type]:
    """Do what `dataclasses.dataclass` does."""

    def decorate(kind: type) -> type:
        names = kind.__annotations__
        own = [vars(kind).get(name) for name in names]
        is_plain = frozen and slots and not others and kind.__base__ in (object, Generic)
        if is_plain and not any(isinstance(one, Field) for one in own) and not any(map(vars(kind).get, _COMPILED)):
            return _define(kind, names)
        return standard(frozen=frozen, slots=slots, **others)(kind)

    return decorate


def _define(kind: type, annotations: dict[str, Any]) -> type:
    """Return a class with slots whose methods are compiled later."""
    body = {name: value for name, value in vars(kind).items() if name not in ("__dict__", "__weakref__")}
    defaults = {name: body.pop(name) for name in annotations if name in body}

    def start(self: object, *values: object, **named: object) -> None:
        _compile(made, defaults)
        made.__init__(self, *values, **named)  # type: ignore[misc]

    body |= {
        "__slots__": tuple(annotations),
        "__match_args__": tuple(annotations),
        "__dataclass_fields__": _Fields(annotations, defaults),
        "__dataclass_params__": _PARAMETERS,
        "__init__": start,
        "__repr__": _show,
        "__reduce__": _take_apart,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    made = type(kind)(kind.__name__, kind.__bases__, body)
    made.__qualname__ = kind.__qualname__
    return made


def _compile(kind: type, defaults: dict[str, Any]) -> None:
    """Compile the methods of a class that are called often."""
    names: tuple[str, ...] = kind.__match_args__  # type: ignore[attr-defined]
    given = ", ".join(["self", *(f"{name}=default_{name}" if name in defaults else name for name in names)])
    values, others = (f"({''.join(f'{one}.{name}, ' for name in names)})" for one in ("self", "other"))
    lines = [f"def __init__({given}):", *(f"  set_{name}(self, {name})" for name in names)]
    lines += ["  self.__post_init__()" if hasattr(kind, "__post_init__") else "  return"]
    lines += [
        "def __eq__(self, other):",
        f"  return {values} == {others} if other.__class__ is kind else NotImplemented",
    ]
    lines += ["def __hash__(self):", f"  return hash({values})"]
    known = {"kind": kind} | {f"default_{name}": value for name, value in defaults.items()}
    known |= {f"set_{name}": vars(kind)[name].__set__ for name in names}
    exec("\n".join(lines), known)
    for method in _COMPILED:
        known[method].__qualname__ = f"{kind.__qualname__}.{method}"
        setattr(kind, method, known[method])


def _show(value: Any) -> str:
    shown = ", ".join(f"{name}={getattr(value, name)!r}" for name in value.__match_args__)
    return f"{type(value).__qualname__}({shown})"


def _take_apart(value: Any) -> tuple[Any, ...]:
    """Return what pickle and copy make the value again from."""
    return type(value), tuple([getattr(value, name) for name in value.__match_args__])


def _refuse(value: object, name: str, *new: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot {'assign to' if new else 'delete'} field {name!r}")


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass
