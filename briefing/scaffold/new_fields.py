"""Makes the fields of a new record from the schema of its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from briefing.model.kinds import Kind
from briefing.model.records import Recommendation, Record
from briefing.model.vocabulary import Vocabulary
from briefing.parse.schemas import full_schema, name_schema, resolve
from briefing.parse.yaml_edits import quote
from briefing.scaffold.errors import CannotCreate
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be created: its kind, id and title, the day, and the records that the site has already."""

    kind: Kind
    id: str
    title: str
    today: str
    records: Sequence[Record]
    vocabulary: Vocabulary


def new_fields(new: NewRecord) -> dict[str, str]:
    """Return the fields that the schema requires or recommends, each value written as YAML.

    Of several fields of which a record needs one, it gets the first. Every record is a draft.
    """
    shape = full_schema(name_schema(new.kind, new.vocabulary))
    wanted = {"draft", *shape["required"], *shape.get("recommended", ()), *_first_option(shape)}
    if new.kind.dated:
        wanted.add("as_of")
    if new.kind.own_file:
        wanted.discard("id")  # the name of the file is the id
    known = {"id": new.id, "draft": "true"}
    if _shared_name(shape["properties"].get(new.kind.title_field, {})) != "prose":  # a title may be no Markdown
        known[new.kind.title_field] = quote(new.title)
    if new.kind.sort_by == "number":
        known["number"] = str(1 + max((_number(one) for one in new.records if one.kind == new.kind.name), default=0))
    fields = {name: field for name, field in shape["properties"].items() if name in wanted}
    return {name: known.get(name) or _first_value(field, new) for name, field in fields.items()}


def _first_option(shape: Any) -> list[str]:
    """Return the fields that the first of a schema's alternatives requires."""
    options = shape.get("anyOf", [{}])
    return list(options[0].get("required", []))


def _first_value(field: Any, new: NewRecord) -> str:
    """Return a value that the schema admits: a likely one, or the field's description for the writer to replace."""
    shape = resolve(field)
    for option in shape.get("anyOf", ()):
        if "enum" in option:
            return str(option["enum"][0])
    match _shared_name(field):
        case "date" | "day":
            return new.today
        case "url":
            return "https://example.org/"
        case "cites":
            return quote([_existing("source", new)])
        case _ if "enum" in shape:
            return str(shape["enum"][0])
        case _ if shape["type"] == "object":
            wanted = {name: _first_value(shape["properties"][name], new) for name in shape.get("required", ())}
            return f"{{{', '.join(f'{quote(name)}: {value}' for name, value in wanted.items())}}}"
        case _ if shape["type"] in ("integer", "number"):
            return f"{shape.get('minimum', shape.get('maximum', 0)):g}"
        case _ if shape["type"] == "boolean":
            return "true"
        case _ if "array" in shape["type"]:
            return quote(_first_items(_shared_name(shape["items"]), new))
        case _:
            return quote(shape.get("description") or shape.get("title") or new.title)


def _first_items(of: str, new: NewRecord) -> list[str]:
    if of == "id":
        article = next(kind.name for kind in new.vocabulary.kinds if kind.article)
        return [_existing(article, new)]
    return [new.title] if of == "words" else []


def _shared_name(field: Any) -> str:
    """Return the name of the shape of `common.json` that a field has; empty for another shape."""
    return str(field.get("$ref", "")).rpartition("/")[2]


def _number(record: Record) -> int:
    """Return the number of a recommendation without what follows it: 5 for 5a."""
    found = re.match(r"\d+", record.detail.number) if isinstance(record.detail, Recommendation) else None
    return int(found[0]) if found else 0


def _existing(kind: str, new: NewRecord) -> str:
    """Return the id of a published record, which the writer will replace by the right one."""
    for record in new.records:
        if record.kind == kind and not record.draft:
            return record.id
    message = f"the site has no {kind}, and a record of the kind {new.kind.name} needs one"
    raise CannotCreate(f"{message}; create one first: new {kind} “Its title”")
