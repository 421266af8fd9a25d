"""Writes the manual's page of fields from the schemas: python -m tests.manual."""

from __future__ import annotations

from typing import Any

from briefing.cli.arguments import REPOSITORY
from briefing.model.kinds import KINDS
from briefing.parse.schemas import SchemaName, bundle, schema

PATH = REPOSITORY / "docs/fields.md"
_HEAD = """# Every kind and every field

This page is made from the schemas with which the build checks records (`python -m tests.manual`). Your editor uses the same
schemas to complete fields. A field in **bold** is required. [Writing](writing.md) explains how texts, links and citations are
written.
"""
_NAMES = {"cites": "sources", "id": "id", "ids": "list of ids", "words": "words", "prose": "words with links"}
_NAMES |= {"markdown": "Markdown", "day": "day", "date": "date", "url": "web address", "address": "address"}
_NAMES |= {"language": "language", "names": "list of words", "points": "list of words with links", "changes": "changes"}


def fields() -> str:
    """Return the page."""
    parts = [_HEAD]
    for name in ("site", *(kind.name for kind in KINDS), "drawing", "own", "kinds", "statuses", "tiers"):
        shape = schema(name)
        parts.append(f"## {shape['title']}\n\n{shape['description']}\n\n{_table(shape, '')}")
    shared = bundle(SchemaName("site"), listed=False)["$defs"]
    rows = [
        f"| {_NAMES.get(name, name)} | {shape['description']} |"
        for name, shape in shared.items()
        if "description" in shape
    ]
    parts.append("## What a field can hold\n\n| name | meaning |\n|---|---|\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _table(shape: Any, before: str) -> str:
    return "| field | holds | |\n|---|---|---|\n" + "".join(_rows(shape, before))


def _rows(shape: Any, before: str) -> list[str]:
    rows = []
    for name, field in shape.get("properties", {}).items():
        shown = f"`{before}{name}`"
        if name in shape.get("required", []):
            shown = f"**{shown}**"
        rows.append(f"| {shown} | {_holds(field)}{_limit(field)} | {_say(field)} |\n")
        inner = field.get("items", field)
        for option in (inner, *inner.get("anyOf", [])):
            rows += _rows(option, f"{before}{name}.") if "properties" in option else []
    return rows


def _holds(field: Any) -> str:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return str(_NAMES.get(name, name))
    if "enum" in field:
        return " or ".join(f"`{one}`" for one in field["enum"])
    if "anyOf" in field:
        return " or ".join(dict.fromkeys(_holds(option) for option in field["anyOf"]))
    if field.get("type") == "array":
        return f"list of {_holds(field['items'])}" if "items" in field else "list"
    if "const" in field:
        return f"`{field['const']}`"
    names = {"boolean": "`true` or `false`", "integer": "whole number", "object": "fields", "string": "words"}
    types = field.get("type", "words")
    return " or ".join(names.get(one, one) for one in ([types] if isinstance(types, str) else types))


def _limit(field: Any) -> str:
    """Return the limit that a field has of its own."""
    most = field.get("maxLength") or field.get("maxItems")
    return f", at most {most:,}" if most else ""


def _say(field: Any) -> str:
    return str(field.get("description", "")).replace("|", "\\|")


if __name__ == "__main__":
    PATH.write_text(fields(), encoding="utf-8")
