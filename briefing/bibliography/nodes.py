"""Makes and reads the nodes of which works consist, without places in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar


def scalar(text: str) -> Scalar:
    """Return words as a value."""
    return Scalar(text, True, 0, 0)


def mapping(pairs: Iterable[tuple[str, Node]]) -> Fields:
    """Return a mapping of names and values."""
    kept = dict(pairs)
    return Fields(tuple(map(scalar, kept)), tuple(kept.values()), 0, 0)


def listing(items: Iterable[Node]) -> Listing:
    """Return a list of values."""
    return Listing(tuple(items), 0, 0)


def pairs(owner: Fields) -> list[tuple[str, Node]]:
    """Return the names and values of a mapping; of a name that is repeated, the first."""
    found: dict[str, Node] = {}
    for key, value in zip(owner.keys, owner.values, strict=True):
        found.setdefault(key.text, value)
    return list(found.items())


def plain(node: Node) -> object:
    """Return a value as JSON knows it."""
    if isinstance(node, Fields):
        return {name: plain(value) for name, value in pairs(node)}
    return [plain(one) for one in node.items] if isinstance(node, Listing) else node.text


def node_of(value: object, depth: int = 0) -> Node:
    """Return a value of JSON as a node; raise RecursionError if it is nested more than 64 levels deep."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, Mapping):
        return mapping((str(name), node_of(one, depth + 1)) for name, one in value.items())
    if isinstance(value, list):
        return listing(node_of(one, depth + 1) for one in value)
    return scalar("" if value is None else str(value).lower() if isinstance(value, bool) else str(value))


def read_json(text: str) -> object:
    """Return what JSON says, with numbers as they are typed.

    Raises JSONDecodeError, also for an escape that is half of a character, or RecursionError if it is too deep.
    """
    value: object = DECODER.decode(text)
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        message = "an escape is only half of a character"
        raise json.JSONDecodeError(message, text, text.lower().index("\\ud")) from None
    return value


DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""Reads JSON without taking a number for more than its digits, of which there may be thousands."""
_DEEPEST = 64
