"""The schemas that say what each kind of record may hold, and what a writer is told when a record does not fit.

`schema/*.json` is the single truth: the build checks with it, editors complete from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import jsonschema_rs

from briefing.parse.yaml_mistakes import quote
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar
from briefing.problems import Finding, Problem, Span, nearest
from briefing.text.source_text import Lines

_KNOWN_ELSEWHERE = {
    "aliases": "use redirect_from for old addresses, aka for other names",
    "description": "it is called summary here",
    "tags": "they are called topics here",
    "date": "a page has as_of, the date on which it was true",
    "slug": "the file's name is the address",
    "lastmod": "it is called updated here",
    "weight": "it is called order here",
}
"""What other generators call a field, and what to write here."""


@cache
def schema(name: str) -> Any:
    """Give the JSON Schema of a kind, or of `common`, the shapes that several share."""
    return json.loads(resources.files("briefing").joinpath(f"schema/{name}.json").read_text(encoding="utf-8"))


@cache
def _validator(kind: str) -> jsonschema_rs.Validator:
    def retrieve(uri: str) -> Any:
        return schema(uri.rsplit("/", 1)[-1].removesuffix(".json"))

    return jsonschema_rs.validator_for(schema(kind), validate_formats=True, retriever=retrieve)


def resolve(shape: Any) -> Any:
    """Follow a reference into the shared shapes; what stands beside the reference wins."""
    if "$ref" not in shape:
        return shape
    target = schema("common")["$defs"][shape["$ref"].rsplit("/", 1)[-1]]
    return {**resolve(target), **{key: value for key, value in shape.items() if key != "$ref"}}


def _types(shape: Any) -> set[str]:
    """Say which types a shape admits."""
    shape = resolve(shape)
    if "anyOf" in shape and "type" not in shape:
        return set().union(*(_types(option) for option in shape["anyOf"]))
    if "enum" in shape:
        return {"string"}
    types = shape.get("type", [])
    return {types} if isinstance(types, str) else set(types)


def _below(shape: Any, step: str | int) -> Any:
    """Give the shape of a value within a value."""
    shape = resolve(shape)
    for option in shape.get("anyOf", []):
        option = resolve(option)
        if "properties" in option or "items" in option:
            shape = {**option, **{key: value for key, value in shape.items() if key != "anyOf"}}
    if isinstance(step, int):
        return shape.get("items", {})
    found = shape.get("properties", {}).get(step)
    return found if found is not None else shape.get("additionalProperties") or {}


def _plain(node: Node, shape: Any) -> Any:
    """Turn a tree into what the schema checks; only the schema makes a number or a truth value of words."""
    if isinstance(node, Fields):
        fields = zip(reversed(node.keys), reversed(node.values), strict=True)  # of two of one name the first counts
        return {key.text: _plain(value, _below(shape, key.text)) for key, value in fields}
    if isinstance(node, Listing):
        return [_plain(item, _below(shape, index)) for index, item in enumerate(node.items)]
    types = _types(shape)
    if node.quoted or "string" in types:
        return node.text
    if "boolean" in types and node.text in ("true", "false"):
        return node.text == "true"
    if "integer" in types and re.fullmatch(r"0|-?[1-9]\d{0,8}", node.text):
        return int(node.text)
    return node.text


def check(path: str, kind: str, fields: Fields, lines: Lines) -> Iterator[Problem]:
    """Hold a record against the schema of its kind and report all that does not fit."""
    index = schema(kind)
    for error in _validator(kind).iter_errors(_plain(fields, index)):
        yield from _explain(path, index, fields, list(error.instance_path), error.kind, lines)
    yield from _impossible(path, fields, index, lines)


def _explain(path: str, index: Any, fields: Fields, steps: list[Any], kind: Any, lines: Lines) -> Iterator[Problem]:
    """Say in a writer's words what the schema found."""
    node: Node = fields
    shape: Any = index
    name: str = ""
    for step in steps:
        shape = _below(shape, step)
        node = _step(node, step)
        name = step if isinstance(step, str) else name
    described = resolve(shape).get("description", "")
    facts = kind.as_dict()

    def problem(finding: Finding, at: Node | None = None) -> Problem:
        at = at or node
        span = lines.span(at.start, at.end)
        if isinstance(at, Fields):
            span = Span(span.line, span.column, 1)
        return finding.at(path, span)

    if kind.name == "required":
        hint = resolve(_below(shape, facts["property"])).get("description", "")
        yield problem(Finding("missing-field", f"“{facts['property']}” is missing", hint))
    elif kind.name == "additionalProperties" and isinstance(node, Fields):
        known = list(resolve(shape).get("properties", {}))
        for word in facts["unexpected"]:
            close = nearest(word, known, 1) or nearest(word, _KNOWN_ELSEWHERE, 1)
            elsewhere = _KNOWN_ELSEWHERE.get(word) or _KNOWN_ELSEWHERE.get(close[0] if close else "")
            if " " in word and not node.text(word):
                elsewhere = "if this belongs to the value before it, put quotes around that value: it contains a comma"
            hint = elsewhere or (f"did you mean “{close[0]}”?" if close else f"the fields here are {', '.join(known)}")
            yield problem(Finding("unknown-field", f"there is no field “{word}” here", hint), node.key(word))
    elif kind.name == "format" and facts.get("format") == "date":
        text = node.text if isinstance(node, Scalar) else ""
        yield problem(Finding("impossible-date", f"“{text}” is not a valid date", "write it as 2025-06-16"))
    elif kind.name == "enum":
        options = [str(option) for option in facts["options"]]
        text = node.text if isinstance(node, Scalar) else ""
        close = nearest(text, options, 1)
        hint = f"did you mean “{close[0]}”?" if close else ""
        yield problem(Finding("unknown-word", f"“{name}” must be {_either(options)}", hint))
    elif kind.name == "type" and name == "draft":
        yield problem(Finding("draft", "“draft” must be true or false; nothing is published until this is fixed"))
    elif kind.name == "type":
        wanted = {
            "string": "words",
            "array": "a list",
            "object": "a group of fields",
            "boolean": "true or false",
            "integer": "a whole number",
        }
        types = [wanted.get(str(one), str(one)) for one in facts["types"]]
        raw = lines.text[node.start : node.end].split("\n")[0].strip()
        if "words" in types and not isinstance(node, Scalar):
            described = f"if these are words, type {quote(raw)}"
        elif "a list" in types and raw.startswith("-"):
            described = f"a space is missing after the dash; type - {raw[1:]}"
        yield problem(Finding("wrong-type", f"“{name}” must be {_either(types)}", described))
    elif kind.name == "minItems" and facts["limit"] > 1:
        yield problem(Finding("wrong-form", f"“{name}” needs at least {facts['limit']} entries", described))
    elif kind.name in ("minLength", "minItems"):
        yield problem(Finding("empty-field", f"“{name}” is empty", described or "fill it in or delete it"))
    elif kind.name == "anyOf" and not steps:
        wanted_fields = [option["required"][0] for option in index["anyOf"] if "required" in option]
        yield problem(Finding("missing-field", f"{_either([f'“{field}”' for field in wanted_fields])} is missing"))
    else:
        text = f"“{node.text}”" if isinstance(node, Scalar) else f"“{name}”"
        yield problem(Finding("wrong-form", f"{text} is not a valid value for “{name}”", described))


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _step(node: Node, step: str | int) -> Node:
    if isinstance(node, Fields) and isinstance(step, str):
        return node.get(step) or node
    if isinstance(node, Listing) and isinstance(step, int):
        return node.items[step]
    return node


def _admits_date(shape: Any) -> bool:
    return any(str(one.get("$ref", "")).endswith("/date") for one in (shape, *shape.get("anyOf", ())))


def _impossible(path: str, node: Node, shape: Any, lines: Lines) -> Iterator[Problem]:
    """Report full dates that no calendar has where a year or a month would do as well."""
    if isinstance(node, Fields):
        for key, value in zip(node.keys, node.values, strict=True):
            yield from _impossible(path, value, _below(shape, key.text), lines)
    elif isinstance(node, Listing):
        for index, item in enumerate(node.items):
            yield from _impossible(path, item, _below(shape, index), lines)
    elif re.fullmatch(r"\d{4}-\d\d-\d\d", node.text) and _admits_date(shape):
        try:
            date.fromisoformat(node.text)
        except ValueError:
            span = lines.span(node.start, node.end)
            message = f"“{node.text}” is not a valid date"
            yield Finding("impossible-date", message, "write it as 2025-06-16").at(path, span)


def bundle(kind: str, listed: bool) -> dict[str, Any]:
    """Give a kind's schema in one piece, for editors; where it is listed, a file holds one record or a list of them."""

    def within(shape: Any) -> Any:
        if isinstance(shape, dict):
            return {
                key: value.replace("common.json#", "#") if key == "$ref" else within(value)
                for key, value in shape.items()
            }
        return [within(one) for one in shape] if isinstance(shape, list) else shape

    record = {key: value for key, value in within(schema(kind)).items() if not key.startswith("$")}
    shared = within(schema("common")["$defs"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": record["title"]}
    if not listed:
        return {**head, **record, "$defs": shared}
    one = {"$ref": "#/$defs/record"}
    return {**head, "anyOf": [{"type": "array", "items": one}, one], "$defs": {**shared, "record": record}}
