"""The JSON Schema of each kind of record, with what a site changes in it.

`schema/*.json` is the only place that defines our fields: the build checks with it, and editors complete from it.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from briefing.model.kinds import Kind
from briefing.model.vocabulary import AXES, OURS, Vocabulary, statuses_of
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class SchemaName:
    """Which schema something is checked with: one of ours, and what a site changes in it.

    `extra` is the JSON Schema of the field `extra`, as text. `words` are pairs of a name and the words that a field may
    hold which has this name under `vocabulary` in our schema. Both are empty if nothing is changed.
    """

    name: str
    extra: str = ""
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()


def name_schema(kind: Kind, vocabulary: Vocabulary) -> SchemaName:
    """Return the name of the schema of a kind of record on a site."""
    extra = next((rules.schema for rules in vocabulary.field_rules if rules.kind == kind.name), "")
    words: list[tuple[str, tuple[str, ...]]] = []
    if kind.name == "recommendation":
        for axis in AXES:
            named = tuple(status.name for status in statuses_of(vocabulary.statuses, axis))
            if named != tuple(status.name for status in statuses_of(OURS.statuses, axis)):
                words.append((axis, named or _ANY))
    if kind.name == "source" and vocabulary.tiers != OURS.tiers:
        words.append(("tiers", tuple(tier.name for tier in vocabulary.tiers) or _ANY))
    return SchemaName(kind.schema or kind.name, extra, tuple(words))


_ANY = ("",)
"""Stands for any word, if the file of a site with the words could not be read; its problem is reported."""


@cache
def schema(name: str) -> Any:
    """Return one of our schemas: of a kind, of a file of settings, or `common`, the definitions that they share."""
    return json.loads(resources.files("briefing").joinpath(f"schema/{name}.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def full_schema(name: SchemaName) -> Any:
    """Return a schema with the fields and the words of a site in it."""
    ours = schema(name.name)
    if not name.extra and not name.words:
        return ours
    shapes, required = _put_words(ours["properties"], dict(name.words)), list(ours.get("required", []))
    if name.extra:
        own = json.loads(name.extra)
        shapes["extra"] = own
        required += ["extra"] if own.get("required") else []
    return {**ours, "properties": shapes, "required": required}


def _put_words(shape: Any, words: dict[str, tuple[str, ...]]) -> Any:
    """Return a part of a schema in which each field with a vocabulary of the site holds the words of that one."""
    if isinstance(shape, list):
        return [_put_words(one, words) for one in shape]
    if not isinstance(shape, dict):
        return shape
    if (named := words.get(str(shape.get("vocabulary", "")))) is not None:
        options = {"type": "string"} if named == _ANY else {"enum": list(named)}
        return {**options, "description": "One of the words that this site defines."}
    return {key: _put_words(value, words) for key, value in shape.items()}


def resolve(shape: Any) -> Any:
    """Replace a `$ref` by the shared definition; keys beside the `$ref` override those of the definition."""
    if "$ref" not in shape:
        return shape
    target = schema("common")["$defs"][shape["$ref"].rsplit("/", 1)[-1]]
    return {**resolve(target), **{key: value for key, value in shape.items() if key != "$ref"}}


def bundle(name: SchemaName, listed: bool) -> dict[str, Any]:
    """Return a schema without references to other files, for editors.

    `listed` is whether a file may hold a list of records and not only one.
    """

    def within(shape: Any) -> Any:
        if isinstance(shape, dict):
            return {
                key: value.replace("common.json#", "#") if key == "$ref" else within(value)
                for key, value in shape.items()
            }
        return [within(one) for one in shape] if isinstance(shape, list) else shape

    record = {key: value for key, value in within(full_schema(name)).items() if not key.startswith("$")}
    shared = within(schema("common")["$defs"])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": record["title"]}
    if not listed:
        return {**head, **record, "$defs": shared}
    one = {"$ref": "#/$defs/record"}
    return {**head, "anyOf": [{"type": "array", "items": one}, one], "$defs": {**shared, "record": record}}
