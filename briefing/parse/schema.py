"""The problems of a record, or of a file of settings, that does not fit its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

import jsonschema_rs

from briefing.parse.schemas import SchemaName, full_schema, resolve, schema
from briefing.parse.yaml_mistakes import quote
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar
from briefing.problems import Finding, Problem
from briefing.suggestions import Names, Suggestions
from briefing.text.dates import guess_days, length_of_month
from briefing.text.source_text import Lines

_BELOW = "write the text below the second line of hyphens"
KNOWN_ELSEWHERE = {
    "aliases": ("redirect_from", "use redirect_from for old addresses, aka for other names"),
    "text": ("sections", _BELOW),
    "body": ("sections", _BELOW),
    "content": ("sections", _BELOW),
    "description": ("summary", "it is called summary here"),
    "tags": ("topics", "they are called topics here"),
    "date": ("as_of", "write as_of, the day on which the page was true"),
    "slug": ("redirect_from", "the address is made of the file name, or of the id in a list"),
    "lastmod": ("updated", "it is called updated here"),
    "weight": ("order", "it is called order here"),
    "state": ("said", "write the status as to: in an entry of said, done or judged"),
}
"""Names of fields in other generators and in older versions, each with our field, and the hint if a schema has that."""
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_TYPES = {
    "string": "words",
    "array": "a list",
    "object": "a group of fields",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}
"""What writers call the types of JSON Schema."""


@lru_cache(maxsize=256)
def _validator(name: SchemaName) -> jsonschema_rs.Validator:
    def retrieve(uri: str) -> Any:
        return schema(uri.rsplit("/", 1)[-1].removesuffix(".json"))

    return jsonschema_rs.validator_for(full_schema(name), validate_formats=True, retriever=retrieve)


def _types(shape: Any) -> set[str]:
    """Return the types that a schema allows."""
    shape = resolve(shape)
    if "anyOf" in shape and "type" not in shape:
        return set().union(*(_types(option) for option in shape["anyOf"]))
    if "enum" in shape:
        return {"string"}
    types = shape.get("type", [])
    return {types} if isinstance(types, str) else set(types)


def below(shape: Any, step: str | int) -> Any:
    """Return the schema of a field or item within a value."""
    shape = resolve(shape)
    for option in shape.get("anyOf", []):
        option = resolve(option)
        if "properties" in option or "items" in option:
            shape = {**option, **{key: value for key, value in shape.items() if key != "anyOf"}}
    if isinstance(step, int):
        return shape.get("items", {})
    found = shape.get("properties", {}).get(step)
    return found if found is not None else shape.get("additionalProperties") or {}


def leaves(node: Node, shape: Any, without: Set[str] = frozenset()) -> Iterator[tuple[Scalar, Any]]:
    """Yield every single value in a tree with its schema, but for values that use one of these common definitions."""
    if without and definitions(shape) & without:
        return
    if isinstance(node, Fields):
        for key, value in zip(node.keys, node.values, strict=True):
            yield from leaves(value, below(shape, key.text), without)
    elif isinstance(node, Listing):
        inner = below(shape, 0)
        for item in node.items:
            yield from leaves(item, inner, without)
    else:
        yield node, shape


def definitions(shape: Any) -> set[str]:
    """Return the names of the common definitions that the schema of a value uses."""
    options = (shape, *resolve(shape).get("anyOf", ()))
    return {str(one.get("$ref", "")).rsplit("/", 1)[-1] for one in options}


def _plain(node: Node, shape: Any) -> Any:
    """Convert a tree to what the validator takes; only the schema makes a number or a boolean of a text."""
    if isinstance(node, Fields):
        fields = zip(reversed(node.keys), reversed(node.values), strict=True)  # if a name is repeated, the first counts
        return {key.text: _plain(value, below(shape, key.text)) for key, value in fields}
    if isinstance(node, Listing):
        inner = below(shape, 0)
        return [_plain(item, inner) for item in node.items]
    types = _types(shape)
    if node.quoted or "string" in types:
        return node.text
    if "boolean" in types and node.text in ("true", "false"):
        return node.text == "true"
    if "integer" in types and re.fullmatch(r"0|-?[1-9]\d{0,8}", node.text):
        return int(node.text)
    if "number" in types and is_number(node.text):
        return float(node.text)
    return node.text


def is_number(text: str) -> bool:
    """Whether a text is a number: digits, perhaps with a minus before them and with decimals."""
    return bool(_NUMBER.fullmatch(text))


def is_pattern(text: str) -> bool:
    """Whether a text is a regular expression that the validator understands."""
    try:
        jsonschema_rs.validator_for({"pattern": text})
    except ValueError:
        return False
    return True


_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,9})?", re.ASCII)


def check(
    path: str, name: SchemaName, fields: Fields, lines: Lines, suggestions: Suggestions | None = None
) -> Iterator[Problem]:
    """Yield a problem for everything in a record that does not fit its schema."""
    suggestions = suggestions or Suggestions()
    root = full_schema(name)
    found = [
        one
        for error in _validator(name).iter_errors(_plain(fields, root))
        for one in _explain(root, fields, list(error.instance_path), error.kind, lines.text, suggestions)
    ]
    wrong = {node.start: finding.hint for node, finding in found if finding.code == "unknown-field"}
    found = [(node, finding) for node, finding in found if not _is_misspelt(node, finding, wrong)]
    for node, finding in (*found, *_wrong_dates(fields, root)):
        span = lines.span(node.start, node.end)
        yield finding.at(path, replace(span, length=1) if isinstance(node, Fields) else span)


def _is_misspelt(node: Node, finding: Finding, wrong: Mapping[int, str]) -> bool:
    """Whether a field is missing only because a name beside it, which is reported, was meant as its name."""
    missing = re.match("“(.+)” is missing", finding.message)
    if finding.code != "missing-field" or not missing or not isinstance(node, Fields):
        return False
    hints = (wrong.get(key.start, "") for key in node.keys)
    return any(missing[1] in re.findall(r"[\w-]+", hint) for hint in hints if not hint.startswith("the fields here"))


def _explain(
    root: Any, fields: Fields, steps: list[Any], kind: Any, text: str, suggestions: Suggestions
) -> Iterator[tuple[Node, Finding]]:
    """Explain one error of the validator to a writer: the node in question and what is wrong with it."""
    node: Node = fields
    shape: Any = root
    name: str = ""
    for step in steps:
        shape = below(shape, step)
        node = _step(node, step)
        name = step if isinstance(step, str) else name
    described = resolve(shape).get("description", "")
    written = node.text if isinstance(node, Scalar) else ""
    facts = kind.as_dict()
    if kind.name == "required":
        hint = resolve(below(shape, facts["property"])).get("description", "")
        yield node, Finding("missing-field", f"“{facts['property']}” is missing", hint)
    elif kind.name == "additionalProperties" and isinstance(node, Fields):
        known = resolve(shape).get("properties", {})
        fields_by_name = {key.text: (key, value) for key, value in zip(node.keys, node.values, strict=True)}
        for word in facts["unexpected"]:
            key, value = fields_by_name[word]
            has_text = isinstance(value, Scalar) and bool(value.text)
            lacking = tuple(one for one in resolve(shape).get("required", ()) if one not in fields_by_name)
            close = suggestions.nearest(word, _names(lacking), 1)
            hint = f"did you mean “{close[0]}”?" if close else suggest_field(word, known, has_text, suggestions)
            yield key, Finding("unknown-field", f"there is no field “{word}” here", hint)
    elif kind.name == "format" and facts.get("format") == "date":
        yield node, _impossible_date(written)
    elif kind.name == "enum":
        options = tuple(str(option) for option in facts["options"])
        parts = [one for one in options if written.startswith(one) or written in one.split("-")]
        close = suggestions.nearest(written, _names(options), 1) or parts
        hint = f"did you mean “{close[0]}”?" if close else "choose one of these words"
        yield node, Finding("unknown-word", f"“{name}” must be {_either(options)}", hint)
    elif kind.name == "type" and name == "draft":
        message = "“draft” must be true or false; nothing is published until this is fixed"
        yield node, Finding("draft", message, "write true or false")
    elif kind.name == "type":
        types = [_TYPES.get(str(one), str(one)) for one in facts["types"]]
        raw = text[node.start : node.end].split("\n")[0].strip()
        described = described or f"write {_either(types)}"
        if _TYPES["string"] in types and not isinstance(node, Scalar):
            described = f"if these are words, type {quote(raw)}"
        elif _TYPES["array"] in types and raw.startswith("-"):
            described = f"a space is missing after the dash; type - {raw[1:]}"
        elif types == [_TYPES["array"]] and isinstance(node, Scalar) and re.fullmatch(r"[\w -]+", raw):
            described = f"type {name}: [{raw}]. {described}"
        yield node, Finding("wrong-type", f"“{name}” must be {_either(types)}", described)
    elif kind.name in ("maxLength", "maxItems", "maxProperties"):
        if facts["limit"] == resolve(shape)[kind.name]:  # a field may have a lower limit than what it holds
            size, unit = _size(node)
            message = f"“{name}” has {size:,} {unit}; the limit is {facts['limit']:,}"
            yield node, Finding("too-long", message, described)
    elif kind.name in ("minimum", "maximum"):
        limit, bound = facts["limit"], "less" if kind.name == "minimum" else "more"
        yield node, Finding("wrong-form", f"“{name}” is {written}; it must not be {bound} than {limit}", described)
    elif kind.name == "minItems" and facts["limit"] > 1:
        yield node, Finding("wrong-form", f"“{name}” needs at least {facts['limit']} entries", described)
    elif kind.name in ("minLength", "minItems"):
        yield node, Finding("empty-field", f"“{name}” is empty", described or "fill it in or delete it")
    elif kind.name == "anyOf" and isinstance(node, Fields) and (wanted := _wanted(shape)):
        missing = _either([f"“{field}”" for field in wanted[:2]])
        yield node, Finding("missing-field", f"{missing} is missing", "add one of them")
    elif not _is_full_date(written, shape):
        message = f"{f'“{written}”' if isinstance(node, Scalar) else 'this'} is not a valid value for “{name}”"
        typed = _advise_date(written) if _date_shape(shape) else ""
        yield node, Finding("wrong-form", message, typed or resolve(shape).get("form", described))


def _wanted(shape: Any) -> list[str]:
    """Return the fields of which a group needs one."""
    return [option["required"][0] for option in resolve(shape).get("anyOf", ()) if "required" in option]


@cache
def _names(words: tuple[str, ...]) -> Names:
    """Return the words of a schema, prepared for searches."""
    return Names(words)


def suggest_field(word: str, known: dict[str, Any], has_text: bool, suggestions: Suggestions) -> str:
    """Return a hint for the name of a field that does not exist; `has_text` is whether it has a value."""
    if same := [name for name in known if name.casefold() == word.casefold()]:
        return f"did you mean “{same[0]}”?"
    groups = [name for name, field in known.items() if word in resolve(field).get("properties", {})]
    if len(groups) == 1:
        return f"it belongs to “{groups[0]}”: write it below {groups[0]}: and indent it by two spaces"
    if " " in word and not has_text:
        return "if this belongs to the value before it, put quotes around that value: it contains a comma"
    elsewhere = {name: hint for name, (ours, hint) in KNOWN_ELSEWHERE.items() if ours in known}
    close = suggestions.nearest(word, _names(tuple(known)), 1) or suggestions.nearest(word, _names(tuple(elsewhere)), 1)
    for name in (word, *close):
        if name in elsewhere:
            return elsewhere[name]
    return f"did you mean “{close[0]}”?" if close else f"the fields here are {', '.join(known)}"


def _advise_date(written: str) -> str:
    """Return how to write a day that was written in another form; empty if no day is meant."""
    days = guess_days(written)
    if len(days) > 1:
        return f"write {days[0]} or {days[1]}: it can be read in two ways"
    return f"write {days[0]}" if days else ""


def _impossible_date(written: str) -> Finding:
    hint = _advise_date(written) or "write year, month and day with digits and hyphens, such as 2025-06-16"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        hint = length_of_month(written) or "write the year, the month from 01 to 12, then the day: 2025-06-16"
    return Finding("impossible-date", f"“{written}” is not a valid date", hint)


def _size(node: Node) -> tuple[int, str]:
    if isinstance(node, Scalar):
        return len(node.text), "characters"
    return len(node.items if isinstance(node, Listing) else node.keys), "entries"


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _step(node: Node, step: str | int) -> Node:
    if isinstance(node, Fields) and isinstance(step, str):
        return node.get(step) or node
    if isinstance(node, Listing) and isinstance(step, int):
        return node.items[step]
    return node


def _date_shape(shape: Any) -> Any:
    """Return the definition of a date that a field uses, None if it holds no date."""
    for one in (shape, *resolve(shape).get("anyOf", ())):
        if (name := str(one.get("$ref", "")).rsplit("/", 1)[-1]) in ("date", "day"):
            return schema("common")["$defs"][name]
    return None


def _is_full_date(written: str, shape: Any) -> bool:
    """Whether this is year, month and day in a field that takes also less; `_wrong_dates` looks for the day."""
    return "pattern" in (_date_shape(shape) or ()) and len(written) == 10 and bool(_DATE.fullmatch(written))


def _wrong_dates(node: Node, shape: Any) -> Iterator[tuple[Node, Finding]]:
    """Find dates outside the years that a schema allows, and full dates that do not exist.

    The validator finds the latter only in fields that allow no year or month: the others have a pattern.
    """
    for value, held in leaves(node, shape):
        if not _DATE.fullmatch(value.text) or not (allowed := _date_shape(held)):
            continue
        first, last = allowed["years"]
        if not first <= int(value.text[:4]) <= last:
            message = f"“{value.text}” is not between the years {first} and {last}"
            yield value, Finding("impossible-date", message, "write the year with four digits")
        elif "pattern" in allowed and len(value.text) == 10:
            try:
                date.fromisoformat(value.text)
            except ValueError:
                yield value, _impossible_date(value.text)
