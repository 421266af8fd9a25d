"""Reads the fields of a site's own: the values under `extra`, and the rules for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from briefing.model.kinds import Kind
from briefing.model.records import OwnField
from briefing.parse.context import FileContext
from briefing.parse.schema import is_number, is_pattern
from briefing.parse.schemas import name_schema, schema
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar, without_comments
from briefing.problems import Finding

_LONGEST = 1000
"""Characters of a value, as in `common.json`."""
_LONGEST_NAME = 60
"""Characters of the name of a field."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_FORMS = {"integer": "number", "number": "number", "boolean": "yes-no", "date": "date", "uri": "url"}
"""What a value is, by the type or format in its rules; other values are words."""


def read_extra(kind: Kind, fields: Fields, context: FileContext) -> tuple[OwnField, ...]:
    """Read the fields of a site's own: in the order of their rules, or as they are written where there are none."""
    own, rules = fields.child("extra"), _rules(kind, context)
    _check_names(kind, own, context)
    places = {name: place for place, name in enumerate(rules)}
    found = [_read(key.text, value, rules.get(key.text, {})) for key, value in zip(own.keys, own.values, strict=True)]
    for field in found:
        for words in field.values if field.form == "words" else ():
            context.add_sentence(words, own.start, False, True)
    return tuple(sorted(found, key=lambda field: places.get(field.name, len(places))))


def _rules(kind: Kind, context: FileContext) -> dict[str, Any]:
    """Return what each own field of a kind may hold; empty where the site has no rules for the kind."""
    text = name_schema(kind, context.vocabulary).extra
    return dict(json.loads(text)["properties"]) if text else {}


def _check_names(kind: Kind, own: Fields, context: FileContext) -> None:
    """Report own fields with the name of a field that records of the kind have outside `extra`."""
    known = schema(kind.schema or kind.name)["properties"]
    for key in own.keys:
        if len(key.text) > _LONGEST_NAME:
            message = f"the name of this field has {len(key.text):,} characters; the limit is {_LONGEST_NAME}"
            context.add_problem(Finding("too-long", message, "give it a short name"), key.start, key.end)
        if key.text in known:
            message = f"“{key.text}” is not a field of this site’s own: every {kind.singular.casefold()} can have it"
            finding = Finding("wrong-form", message, "write it outside extra")
            context.add_problem(finding, key.start, key.end)


def _read(name: str, value: Node, rules: Any) -> OwnField:
    """Read one field."""
    is_list = isinstance(value, Listing)
    scalars = [one for one in (value.items if isinstance(value, Listing) else (value,)) if isinstance(one, Scalar)]
    rule = rules.get("items", {}) if is_list else rules
    form = _FORMS.get(rule.get("format") or rule.get("type"), "words") if rules else _guess(scalars)
    values = tuple(without_comments(one.text) for one in scalars)
    return OwnField(name, rules.get("title") or write_label(name), form, values, is_list)


def _guess(scalars: list[Scalar]) -> str:
    """Return what values are that have no rules; several of different forms are words."""
    forms = {_form(one) for one in scalars}
    return forms.pop() if len(forms) == 1 else "words"


def _form(value: Scalar) -> str:
    if _WEB.match(value.text):
        return "url"
    if value.quoted:
        return "words"
    if value.text in ("true", "false"):
        return "yes-no"
    if _DATE.fullmatch(value.text):
        return "date"
    return "number" if is_number(value.text) else "words"


def write_label(name: str) -> str:
    """Return the label of a field without one: its name with spaces, and a capital letter first."""
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def read_rules(kind: Kind, rules: Fields, fields: Fields, context: FileContext) -> str:
    """Return the rules for the own fields of a kind as a JSON Schema; empty if they contradict themselves or ours.

    `fields` holds the rule of each field, and `rules` also says which of them are required.
    """
    before = len(context.problems)
    for one, finding in _contradictions(kind, rules, fields):
        context.add_problem(finding, one.start, one.end)
    if len(context.problems) > before:
        return ""
    properties = {}
    for key, value in zip(fields.keys, fields.values, strict=True):
        properties[key.text] = _rule(value) if isinstance(value, Fields) else {}
    own = {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(rules.texts("required")),
        "description": "Fields of this site’s own.",
    }
    return json.dumps(own, ensure_ascii=False)


def _rule(rule: Fields) -> dict[str, Any]:
    """Return the rule of one field as JSON Schema, with the limits that every field has."""
    made: dict[str, Any] = {name: rule.text(name) for name in ("title", "description", "pattern") if rule.get(name)}
    made |= {name: rule.integer(name) for name in ("minLength", "maxLength", "minItems", "maxItems") if rule.get(name)}
    made |= {name: float(rule.text(name)) for name in ("minimum", "maximum") if rule.get(name)}
    made["type"] = rule.text("type")
    if made["type"] == "array":
        return {"maxItems": 100, **made, "items": _words_rule(rule.child("items"))}
    if made["type"] == "string":
        return {**made, **_words_rule(rule), "maxLength": made.get("maxLength", _LONGEST)}
    return made


def _words_rule(rule: Fields) -> dict[str, Any]:
    """Return the rule of words: any, some, days or web addresses."""
    made: dict[str, Any] = {"type": "string", "minLength": rule.integer("minLength") or 1, "maxLength": _LONGEST}
    if rule.text("format") == "date":
        return {"$ref": "common.json#/$defs/day", "type": "string", "format": "date"}
    if rule.text("format") == "uri":
        return {"$ref": "common.json#/$defs/url", "type": "string", "format": "uri", "maxLength": 2000}
    return {**made, "enum": list(rule.texts("enum"))} if rule.get("enum") else made


def _contradictions(kind: Kind, rules: Fields, fields: Fields) -> Iterator[tuple[Node, Finding]]:
    """Yield what contradicts itself, or our schema of the kind."""
    ours, names = schema(kind.schema or kind.name)["properties"], {key.text for key in fields.keys}
    one = kind.singular.casefold()
    for required in rules.scalars("required"):
        if required.text not in names:
            yield (
                required,
                Finding("field-rules", f"“{required.text}” is required, but there is no such field here", "add it"),
            )
    for key, value in zip(fields.keys, fields.values, strict=True):
        if key.text in ours:
            message = f"every {one} has a field “{key.text}” already, outside extra"
            yield key, Finding("field-rules", message, "choose another name")
        elif isinstance(value, Fields):
            yield from _impossible(key, value)


_PAIRS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))
_FITTING = {
    "string": {"format", "enum", "pattern", "minLength", "maxLength"},
    "integer": {"minimum", "maximum"},
    "number": {"minimum", "maximum"},
    "array": {"items", "minItems", "maxItems"},
}
"""Which rules each type of field can have, in addition to a label and a description."""


def _impossible(key: Scalar, rule: Fields) -> Iterator[tuple[Node, Finding]]:
    """Yield what no value of a field can fulfil, or what says nothing about its type."""
    kind_of = rule.text("type")
    for name in rule.keys:
        if name.text not in {"type", "title", "description"} | _FITTING.get(kind_of, set()):
            message = f"“{name.text}” has no meaning for a field of the type {kind_of}"
            yield name, Finding("field-rules", message, "delete it, or change the type")
    for low, high in _PAIRS:
        least, most = rule.scalar(low), rule.scalar(high)
        if least and most and is_number(least.text) and is_number(most.text) and float(least.text) > float(most.text):
            message = f"no value fits “{key.text}”: {low} is more than {high}"
            yield least, Finding("field-rules", message, "exchange them")
    pattern = rule.scalar("pattern")
    if pattern and not is_pattern(pattern.text):
        message = f"the pattern of “{key.text}” is not a regular expression"
        yield pattern, Finding("field-rules", message, "for example ^[A-Z]{3}$")
