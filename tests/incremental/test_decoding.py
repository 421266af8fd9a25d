"""Nothing that is read is ever run: a row of the memo is a value in its one encoding, or it is refused."""

from __future__ import annotations

import os
import pickle
import sqlite3
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing.incremental.hashed import CacheMiss, Hashed, _Decoder, decode, encode, nowhere, value_classes
from briefing.incremental.memo import Memo, _checksum
from briefing.model.files import BuildSummary, Rendered
from briefing.problems import Finding, Span

PACKAGES = ("briefing.problems", "briefing.model.")
for module in walk_packages(briefing.__path__, "briefing."):
    import_module(module.name)
CLASSES = {
    (name, kind) for name in [*sys.modules] if name.startswith(PACKAGES) for kind in value_classes(sys.modules[name])
}


def text(words: str) -> bytes:
    """Return the opcode that pushes a text."""
    return b"\x8c" + bytes([len(words.encode())]) + words.encode()


def named(module: str, name: str) -> bytes:
    """Return the opcodes that push what has a name in a module."""
    return text(module) + text(name) + b"\x93"


def reject(data: bytes) -> None:
    """Fail unless a row is refused as a value that is missing."""
    with pytest.raises(CacheMiss):
        decode(data, nowhere)


def find(module: str, name: str) -> object:
    """Return what a row can get by a name; None if that is refused."""
    try:
        found: object = _Decoder(b"", nowhere).find_class(module, name)
    except pickle.UnpicklingError:
        return None
    return found


def test_no_name_leads_to_anything_but_a_constructor_of_a_value() -> None:
    """Of every name in every loaded module, only the value classes can be used; a longer path finds nothing."""
    modules = {name: [*vars(module)] for name, module in [*sys.modules.items()] if module}
    pairs = {(module, name) for module, names in modules.items() for name in names if isinstance(name, str)}
    assert len(pairs) > 20_000 and CLASSES < pairs
    allowed = CLASSES | {("briefing.incremental.hashed", "Hashed")}
    assert allowed == {pair for pair in pairs if find(*pair)}
    attributes = [*dir(type), *dir(Span), "__init__.__globals__", "__class__.__base__"]
    assert [] == [
        (module, name, more) for module, name in allowed for more in attributes if find(module, f"{name}.{more}")
    ]


def test_only_classes_that_a_module_defines_are_its_values() -> None:
    """The module of the hashed values, and Python's own, define no value class, whatever they import."""
    assert ("briefing.model.files", "Rendered") in CLASSES and ("briefing.model.files", "Problem") not in CLASSES
    for name in (
        "dataclasses",
        "pathlib",
        "briefing.project",
        "briefing.model.files.os",
        "briefing.model",
        "briefing.model.",
    ):
        assert None is find(name, "Project") is find(name, "dataclass")


def test_what_a_row_gets_can_make_a_value_and_nothing_else() -> None:
    """It is not the class itself, has no attributes that can be set, and knows no way to change its state."""
    for module, name in sorted(CLASSES):
        got = find(module, name)
        assert callable(got) and not isinstance(got, type)
        assert not hasattr(got, "__setstate__") and not hasattr(got, "__dict__")
        with pytest.raises(AttributeError):
            got.__self__ = int  # type: ignore[attr-defined]


MARK = "sprung"
SPAN = named("briefing.problems", "Span")
HASHED = named("briefing.incremental.hashed", "Hashed")
MKDIR = text(MARK) + b"\x85"
SPAN_1 = b"(K\x01K\x02K\x03t"
STATES = {"dict": b"}" + text("line") + b"K\x07s", "slots": b"N}" + text("line") + b"K\x07s\x86", "fields": SPAN_1}
"""States for BUILD: attributes by name, slots by name, and the fields of a dataclass."""
ROWS = {
    "reduce": named("os", "mkdir") + MKDIR + b"R",
    "global": b"cos\nmkdir\n" + MKDIR + b"R",
    "inst": b"(" + text(MARK) + b"ios\nmkdir\n",
    "obj": b"(" + named("os", "mkdir") + text(MARK) + b"o",
    "newobj": named("os", "mkdir") + MKDIR + b"\x81",
    "newobj-ex": named("os", "mkdir") + MKDIR + b"}\x92",
    "through-an-import": named("briefing.model.records", "dataclass") + SPAN + b"\x85R",
    "through-a-function": named("briefing.problems", "nearest") + SPAN_1 + b"R",
    "through-globals": named("briefing.problems", "Span.__init__.__globals__"),
    "value-inst": b"(K\x01K\x02K\x03ibriefing.problems\nSpan\n",
    "value-obj": b"(" + SPAN + b"K\x01K\x02K\x03o",
    "value-newobj": SPAN + SPAN_1 + b"\x81",
    "value-newobj-empty": SPAN + b")\x81",
    "value-newobj-ex": SPAN + b")}\x92",
    "value-global": b"cbriefing.problems\nSpan\n" + SPAN_1 + b"R",
    "constructor-itself": SPAN,
    "hashed-itself": HASHED,
    "a-code-that-is-not-registered": named("briefing.problems", "Finding") + text("x") + text("y") + b"\x86R",
    "too-few-fields": SPAN + b"K\x01\x85R",
    "unhashable-key": b"}]K\x01s",
    "extension-1": b"\x82\x01",
    "extension-2": b"\x83\x01\0",
    "extension-4": b"\x84\x01\0\0\0",
    "persistent": b"Pname\n",
    "persistent-binary": text("name") + b"Q",
    "buffer": b"\x97",
    **{f"build-constructor-{name}": SPAN + state + b"b" for name, state in STATES.items()},
    **{f"build-value-{name}": SPAN + SPAN_1 + b"R" + state + b"b" for name, state in STATES.items()},
    **{f"build-hashed-{name}": HASHED + text("d") + b"\x85R" + state + b"b" for name, state in STATES.items()},
    **{f"build-hashed-function-{name}": HASHED + state + b"b" for name, state in STATES.items()},
    **{f"build-and-drop-{name}": SPAN + SPAN_1 + b"R" + state + b"b0N" for name, state in STATES.items()},
}  # fmt: skip
"""Rows that use each opcode of pickle that calls, makes or changes something."""


@pytest.mark.parametrize("name", ROWS)
def test_every_way_to_call_or_change_something_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row is refused in every protocol, no function is called, and the classes stay as they were."""
    monkeypatch.chdir(tmp_path)
    before = [(kind, dict(vars(kind))) for kind in (Span, Hashed, Finding)]
    for start in (b"", b"\x80\x04", b"\x80\x05"):
        reject(start + ROWS[name] + b".")
    assert ([], before) == (os.listdir(), [(kind, dict(vars(kind))) for kind, _ in before])


VALUE = (
    Span(1, 2, 3),
    Rendered("a", Hashed.of(b"b"), (Finding("template", "é").at("p"),)),
    BuildSummary(),
    "",
    None,
    -1,
)
"""A value with everything that an encoding is made of."""


def test_a_value_has_one_encoding() -> None:
    """A row decodes to its value; the same value in any other encoding of pickle is refused."""
    data, _ = encode(VALUE)
    assert decode(data, nowhere) == VALUE
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        reject(pickle.dumps(VALUE, protocol))
    reject(data + b".")
    reject(data[:-1] + b"N0.")


PIECES = st.one_of(
    st.sampled_from([*b"()}]]NR.b0t\x81\x85\x86\x87\x93osaeuiq\x94h\0K\x01\x80\x05"]).map(lambda byte: bytes([byte])),
    st.sampled_from([SPAN, HASHED, SPAN_1, *STATES.values(), named("builtins", "len"), text("d"), *ROWS.values()]),
)


@given(st.lists(PIECES, max_size=12).map(b"".join))
def test_any_row_is_refused_or_is_the_encoding_of_its_value(row: bytes) -> None:
    """Whatever opcodes follow each other, a row is the one encoding of what it decodes to, or it is missing."""
    try:
        value = decode(row + b".", nowhere)
    except CacheMiss:
        return
    assert encode(value)[0] == row + b"."


def span(number: int) -> Span:
    """Return a value to store."""
    return Span(number, number)


@pytest.mark.parametrize("values", [[1, 2], [1, 2, 3], [2], [3, 1]])
def test_a_memo_refuses_rows_in_another_encoding(tmp_path: Path, values: list[int]) -> None:
    """Single rows and rows of a group are checked, also beside values that this build computes."""
    path = tmp_path / "memo.sqlite"
    with closing(Memo(path)) as memo:
        memo.map("s", span, [1, 2])
    with closing(sqlite3.connect(path)) as table, table:
        for key, kept in table.execute("SELECT key, data FROM kept").fetchall():
            data = kept[4:-1] + b"N0."
            row = _checksum(key, data) + data
            table.execute("UPDATE kept SET data = ? WHERE key = ?", [row, key])
    with closing(Memo(path)) as memo, pytest.raises(CacheMiss):
        memo.map("s", span, values)
