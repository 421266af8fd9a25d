"""Changes to YAML files that leave all else as it is typed: comments, the order of lines, quotation marks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence

from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar
from briefing.values import dataclass

_BARE = re.compile(r"(?:[a-z][a-z0-9_]*(?:-[a-z0-9_]+)*|\d{4}(?:-\d\d){0,2})", re.ASCII)
"""Words and dates that need no quotation marks."""
_TAKEN = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
"""What YAML takes for something other than words."""
_ITEM = re.compile(r"([ ]*)- ")


@dataclass(frozen=True, slots=True)
class Edit:
    """Words to put in place of a part of a text, which may be empty."""

    start: int
    end: int
    words: str


def quote(value: str | list[str]) -> str:
    """Write a value as YAML in quotes: JSON is YAML too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def write_value(node: Node) -> str:
    """Return a value as YAML in one line."""
    if isinstance(node, Fields):
        inner = ", ".join(
            f"{_key(key)}: {write_value(value)}" for key, value in zip(node.keys, node.values, strict=True)
        )
        return f"{{{inner}}}"
    if isinstance(node, Listing):
        return f"[{', '.join(map(write_value, node.items))}]"
    return write_words(node.text)


def write_words(words: str) -> str:
    """Return words as YAML, in quotes if YAML could take them for something else."""
    return words if _BARE.fullmatch(words) and words not in _TAKEN else quote(words)


def write_item(fields: Fields, indent: str) -> str:
    """Return fields as an item of a list: a line for each."""
    lines = [f"{_key(key)}: {write_value(value)}" for key, value in zip(fields.keys, fields.values, strict=True)]
    return "".join(f"{indent}{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def _key(key: Scalar) -> str:
    return key.text if re.fullmatch(r"[A-Za-z][\w-]*", key.text) else quote(key.text)


def add_items(
    text: str, tree: Node | None, items: Iterable[Fields], write: Callable[[Fields, str], str] = write_item
) -> str | None:
    """Return a text with more items at the end of its list; None if it holds no list that can take one.

    `write` returns fields as an item, given its indent.
    """
    if tree is not None and not (isinstance(tree, Listing) and _ITEM.match(text, _line_start(text, tree.start))):
        return None
    found = _ITEM.match(text, _line_start(text, tree.start)) if tree is not None else None
    before = text.rstrip("\n")
    indent = found[1] if found else ""
    return (before + "\n" if before else "") + "".join(write(fields, indent) for fields in items)


def add_fields(text: str, owner: Fields, added: Fields) -> Edit:
    """Return the edit that adds fields at the end of a mapping."""
    if text[owner.start] == "{":
        inner = write_value(added)[1:-1]
        at = owner.start + len(text[owner.start : owner.end - 1].rstrip().rstrip(","))
        return Edit(at, at, f", {inner}")
    first = owner.keys[0]
    indent = " " * (first.start - _line_start(text, first.start))
    last = max(first.end, len(text[: owner.values[-1].end].rstrip()))
    at = text.find("\n", last)
    words = "".join(
        f"\n{indent}{_key(key)}: {write_value(value)}" for key, value in zip(added.keys, added.values, strict=True)
    )
    at = len(text) if at < 0 else at
    return Edit(at, at, words)


def replace_value(text: str, before: Node, after: Node) -> Edit:
    """Return the edit that puts a value in place of another."""
    end = before.start + len(text[before.start : before.end].rstrip())
    return Edit(before.start, end, write_value(after))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits that do not overlap."""
    ordered: Sequence[Edit] = sorted(edits, key=lambda one: (one.start, one.end), reverse=True)
    for one in ordered:
        text = text[: one.start] + one.words + text[one.end :]
    return text


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1
