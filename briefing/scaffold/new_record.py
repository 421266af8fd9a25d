"""Creates a new record: a draft that passes every check."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.disk import read_file, replace_file
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.addresses import is_id
from briefing.model.files import Source
from briefing.model.kinds import Kind
from briefing.model.records import Record
from briefing.parse.document import parse
from briefing.problems import Problem, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.scaffold.editor_files import SCHEMAS, schema_name, write_schemas
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.new_fields import NewRecord, new_fields

_LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Created:
    """A record that was begun: its id, its file, and the line where it starts."""

    id: str
    path: str
    line: int


def name_id(title: str) -> str:
    """Make an id of a title in any script: small letters and digits, with hyphens between them."""
    folded = unicodedata.normalize("NFC", title.casefold())
    letters = "".join(sign if unicodedata.category(sign) in ("Ll", "Lo", "Mn", "Mc", "Nd") else "-" for sign in folded)
    return re.sub(r"-+", "-", letters)[:_LONGEST_ID].strip("-")


def create(project: Project, kind: Kind, title: str, own_id: str = "") -> Created:
    """Write a new record, as a draft, and say where it is; what is there already is not touched."""
    title = " ".join("".join(sign for sign in title if unicodedata.category(sign) not in ("Cc", "Cs")).split())
    if not title:
        raise CannotCreate("a title needs at least one letter")
    records = _records(project)
    identity = own_id or name_id(title) or f"{kind.name}-{sum(one.kind == kind.name for one in records) + 1}"
    if not is_id(identity):
        raise CannotCreate(f"“{identity}” cannot be an id: use small letters, digits and single hyphens")
    for one in records:
        if one.id == identity:
            raise CannotCreate(f"there is already a record “{identity}”, in {one.path}; name another id with --id")
    fields = new_fields(NewRecord(kind, identity, title, project.now, records))
    folder, listed = f"content/{kind.home}", f"content/{kind.home}.yaml"
    if kind.own_file:
        path, text, line = f"{folder}/{identity}.md", _article(kind, fields), 1
    elif (project.root / folder).is_dir():
        path, text, line = f"{folder}/{identity}.yaml", _modeline(kind, 2) + _yaml(fields, ""), 2
    else:
        path, before = listed, (read_file(project.root, listed) or _modeline(kind, 1).encode()).decode()
        before = before.rstrip("\n") + ("\n\n" if before.strip().count("\n") else "\n")
        text, line = before + _yaml(fields, "  "), before.count("\n") + 1
    if path != listed and os.path.lexists(project.root / path):
        raise CannotCreate(f"{path} is already there; name another id with --id")
    _check_fits(path, text, kind)
    replace_file(project.root, path, text.encode())
    write_schemas(project.root)
    return Created(identity, path, line)


def _records(project: Project) -> list[Record]:
    memo = Memo(project.memo)
    try:
        documents = memo.map("parse", parse, read(project).sources)
        return [record for document in documents for record in document.outline.value.records]
    finally:
        memo.close()


def _check_fits(path: str, text: str, kind: Kind) -> None:
    """Refuse to write what could not be read again: into a list in braces, or a file with faults of its own."""
    problems: Iterable[Problem] = parse(Source(path, kind.name, Hashed.of(text.encode()))).problems
    if has_errors(problems):
        first = next(problem for problem in problems if problem.level == "error")
        raise CannotCreate(f"{path} could not be read with the new record in it (line {first.line}: {first.message})")


def _modeline(kind: Kind, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * depth}{SCHEMAS}/{schema_name(kind)}.json\n"


def _yaml(fields: dict[str, str], indent: str) -> str:
    """Write fields as a mapping; with an indent, as an item of a list."""
    head = "- " if indent else ""
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "".join(f"{indent if number else head}{line}\n" for number, line in enumerate(lines))


def _article(kind: Kind, fields: dict[str, str]) -> str:
    front = _modeline(kind, 2) + _yaml(fields, "")
    return f"---\n{front}---\n\nWrite the text here. Remove `draft: true` to publish.\n"
