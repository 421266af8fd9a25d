"""Kinds: what is said of a kind is said once, and agrees with its schema and its templates."""

from __future__ import annotations

import ast

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.model.kinds import KINDS, Kind
from briefing.model.vocabulary import AXES, STATUSES, TIERS, statuses_of
from briefing.parse.schemas import schema
from tests.test_house import MODULES

NAMES = {kind.name for kind in KINDS}
MAPPINGS = {("parse.record_fields", "_READERS"), ("render.context", "context"), ("model.symbols", "SYMBOLS")}
"""Tables of functions by kind, of names that a template knows, and of symbols: module and name."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_agrees_with_its_schema_and_templates(kind: Kind) -> None:
    """Its title and summary are fields of its schema, its text is where it says, and its templates are there."""
    fields = schema(kind.name)["properties"]
    assert kind.title_field in fields
    assert kind.summary_field in {*fields, ""}
    is_markdown = fields.get("text", {}).get("$ref") == "common.json#/$defs/markdown"
    assert kind.has_body is (bool(kind.own_file) or is_markdown)
    assert bool(kind.page_template) is ("#" not in kind.address)
    templates = {kind.page_template, kind.list_template if kind.listing else ""} - {""}
    assert [] == [name for name in templates if not (REPOSITORY / "templates" / name).is_file()]


@pytest.mark.parametrize("field", ["name", "home", "address", "listing", "singular", "plural", "in_single_file"])
def test_no_two_kinds_share(field: str) -> None:
    """Names, places and addresses tell kinds apart."""
    given = [value for kind in KINDS if (value := getattr(kind, field))]
    assert len(given) == len(set(given))


def test_the_tiers_and_statuses_are_those_of_the_schemas() -> None:
    """What a site has that defines no words of its own is what the schemas of sources and recommendations allow."""
    assert [tier.name for tier in TIERS] == schema("source")["properties"]["tier"]["enum"]
    lists = schema("recommendation")["properties"]
    for axis, name in zip(AXES, ("said", "done", "judged"), strict=True):
        fields = lists[name]["items"]["properties"]
        assert (
            {one.name for one in statuses_of(STATUSES, axis)}
            == set(fields["to"]["enum"])
            == set(fields["from"]["enum"])
        )


def tables(module: str) -> list[tuple[str, set[str]]]:
    """Return the names of kinds in each literal collection, `match` and chain of conditions, with what it is called."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    called = {
        id(node.value): target.id
        for node in ast.walk(tree)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Dict():
                parts: list[ast.expr] = [key for key in node.keys if key]
            case ast.Tuple() | ast.List() | ast.Set():
                parts = node.elts
            case ast.BoolOp():
                parts = [one for part in node.values for one in ast.walk(part) if isinstance(one, ast.Constant)]
            case ast.Match():
                parts = [
                    one.value
                    for part in node.cases
                    for one in ast.walk(part.pattern)
                    if isinstance(one, ast.MatchValue)
                ]
            case _:
                continue
        names = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        found.append((called.get(id(node), ""), names & NAMES))
    return found


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"model.kinds"}))
def test_no_module_holds_a_table_of_kinds(module: str) -> None:
    """Only the table of kinds, and the readers of what single kinds have of their own, name several kinds."""
    found = [(module, name) for name, names in tables(module) if len(names) > 1]
    assert [] == [one for one in found if one not in MAPPINGS]
