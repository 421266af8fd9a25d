"""Writes the files from which editors complete fields and show problems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.disk import read_file, replace_file
from briefing.model.kinds import Kind
from briefing.model.vocabulary import OURS, Vocabulary
from briefing.parse.places import take_vocabulary
from briefing.parse.schemas import SchemaName, bundle, full_schema, name_schema, resolve
from briefing.parse.vocabulary import define
from briefing.project import Project
from briefing.read.snapshot import read

SCHEMAS = ".vscode/schema"
PLACED = r"^(.+?):([0-9]+):([0-9]+): (error|warning) ([a-z0-9-]+): (.*)$"
"""A problem as the terminal shows it: file, line, column, severity, code and message."""


_SETTINGS = {"site": False, "kinds": True, "statuses": False, "tiers": True}
"""Files that hold no records, each with whether it is a list."""


def update_schemas(project: Project) -> list[str]:
    """Write the files for the kinds and fields of a site; return those that are new or different."""
    return write_schemas(project.root, define(take_vocabulary(read(project))).vocabulary.value)


def write_schemas(root: Path, vocabulary: Vocabulary = OURS) -> list[str]:
    """Write the schemas for editors, and VS Code's settings if there are none; return the files that are new."""
    wanted = {
        f"{SCHEMAS}/{schema_name(kind)}.json": _json(bundle(name_schema(kind, vocabulary), listed=not kind.own_file))
        for kind in vocabulary.kinds
    }
    wanted |= {f"{SCHEMAS}/{name}.json": _json(bundle(SchemaName(name), listed)) for name, listed in _SETTINGS.items()}
    wanted[".vscode/front-matter.code-snippets"] = _json(_snippets(vocabulary))
    return _write(root, wanted) + write_settings(root, vocabulary)


def write_settings(root: Path, vocabulary: Vocabulary = OURS) -> list[str]:
    """Write VS Code's settings, except those that exist; return the files that are new."""
    homes = {
        schema_name(kind): [f"content/{kind.home}.yaml", f"content/{kind.home}/**/*.yaml"] for kind in vocabulary.kinds
    }
    homes |= {name: [f"content/{name}.yaml"] for name in _SETTINGS}
    schemas = {f"{SCHEMAS}/{name}.json": files for name, files in homes.items()}
    wanted = {
        "settings": {"yaml.schemas": schemas, "[markdown]": {"editor.quickSuggestions": {"other": True}}},
        "extensions": {"recommendations": ["redhat.vscode-yaml"]},
        "tasks": _tasks(),
    }
    files = {f".vscode/{name}.json": _json(value) for name, value in wanted.items()}
    return _write(root, {path: text for path, text in files.items() if read_file(root, path) is None})


def _write(root: Path, wanted: Mapping[str, str]) -> list[str]:
    written = []
    for name, text in wanted.items():
        if read_file(root, name) != text.encode():
            replace_file(root, name, text.encode())
            written.append(name)
    return written


def schema_name(kind: Kind) -> str:
    """Return the name of the schema of a kind's files: of one record, or of a list of them."""
    return kind.name if kind.own_file else kind.home


def _snippets(vocabulary: Vocabulary) -> dict[str, object]:
    """Return the completions for front matter, for which VS Code uses no schema: fields and the words they may hold."""
    shapes = [full_schema(name_schema(kind, vocabulary)) for kind in reversed(vocabulary.kinds) if kind.own_file]
    fields = {name: resolve(field) for shape in shapes for name, field in shape["properties"].items()}
    return {
        name: {
            "scope": "markdown",
            "prefix": name,
            "body": f"{name}: {_choice(shape)}",
            "description": shape["description"],
        }
        for name, shape in fields.items()
    }


def _choice(shape: dict[str, Any]) -> str:
    options = ["true", "false"] if shape.get("type") == "boolean" else shape.get("enum", [])
    return f"${{1|{','.join(options)}|}}" if options else "$0"


def _tasks() -> dict[str, object]:
    """Return VS Code's tasks, which mark in every file what `make preview` and `make check` report."""
    names = ("file", "line", "column", "severity", "code", "message")
    pattern = {"regexp": PLACED} | {name: number for number, name in enumerate(names, 1)}
    matcher: dict[str, object] = {"owner": "briefing", "fileLocation": "autoDetect", "pattern": pattern}
    watching = {"activeOnStart": True, "beginsPattern": "^built in ", "endsPattern": "^[0-9]+ (page|error)"}
    preview = {"label": "preview", "type": "shell", "command": "make preview", "isBackground": True}
    check = {"label": "check", "type": "shell", "command": "make check", "problemMatcher": matcher}
    return {"version": "2.0.0", "tasks": [preview | {"problemMatcher": matcher | {"background": watching}}, check]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
