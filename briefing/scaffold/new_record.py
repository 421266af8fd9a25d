"""Creates a new record: a draft that passes every check."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from briefing.check.names import holds_name
from briefing.check.passages import BREAK
from briefing.disk import read_file, replace_file
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.addresses import is_id, make_id
from briefing.model.documents import Outline
from briefing.model.kinds import Kind, by_name
from briefing.model.records import SourceDetail
from briefing.model.steps import Source
from briefing.model.vocabulary import Vocabulary
from briefing.parse.document import parse
from briefing.parse.vocabulary import read_sources
from briefing.parse.yaml_edits import quote
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.scaffold.editor_files import SCHEMAS, schema_name, write_schemas
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.new_fields import NewRecord, new_fields
from briefing.suggestions import Names
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Created:
    """A new record: its id, its file, and the line where it starts."""

    id: str
    path: str
    line: int


def create(
    project: Project, kind_name: str, title: str, own_id: str = "", known: tuple[tuple[str, str], ...] = ()
) -> Created:
    """Write a new record as a draft, and return where it is. `known` are values of further fields, as plain words.

    Raises CannotCreate if there is no such kind, if its id is taken, if it has a name that must never be published, or
    if its file would have mistakes; then nothing is changed.
    """
    title = " ".join("".join(one for one in title if unicodedata.category(one) not in ("Cc", "Cs")).split())
    if not title:
        raise CannotCreate("a title needs at least one letter")
    vocabulary, outlines = read_site(project)
    kinds = by_name(vocabulary.value.kinds)
    if kind_name not in kinds:
        close = Names(kinds).nearest(kind_name, 1)
        hint = f"did you mean “{close[0]}”?" if close else f"the kinds are {', '.join(kinds)}"
        raise CannotCreate(f"there is no kind “{kind_name}”; {hint}")
    kind = kinds[kind_name]
    said = BREAK.join((title, own_id, *(value for _, value in known)))
    if any(holds_name(said, one.blocked_names) for one in outlines if one.blocked_names):
        raise CannotCreate("the title or the id has a name that must never be published")
    records = [record for one in outlines for record in one.records]
    identity = own_id or make_id(title) or f"{kind.name}-{sum(one.kind == kind.name for one in records) + 1}"
    if not is_id(identity):
        raise CannotCreate(f"“{identity}” cannot be an id: use small letters, digits and single hyphens")
    for one in records:
        if one.id == identity:
            raise CannotCreate(f"there is already a record “{identity}”, in {one.path}; give another id with --id")
    fields = new_fields(NewRecord(kind, identity, title, project.now, records, vocabulary.value))
    fields |= {name: quote(value) for name, value in known}
    path, text, line = _place(project.root, kind, identity, fields)
    _check_fits(Source(path, kind.name, Hashed.of(text.encode()), vocabulary))
    replace_file(project.root, path, text.encode())
    write_schemas(project.root, vocabulary.value)
    return Created(identity, path, line)


def check_new_address(project: Project, address: str) -> None:
    """Raise CannotCreate if a source of the site has this web address already."""
    for outline in read_site(project)[1]:
        for record in outline.records:
            if isinstance(record.detail, SourceDetail) and record.detail.url == address:
                raise CannotCreate(f"the source “{record.id}” has this address already, in {record.path}")


def read_site(project: Project) -> tuple[Hashed[Vocabulary], list[Outline]]:
    """Return what a site defines in words of its own, and what its records are."""
    memo = Memo(project.memo)
    vocabulary, sources = read_sources(read(project))
    try:
        return vocabulary, [document.outline.value for document in memo.map("parse", parse, sources)]
    finally:
        memo.close()


def _place(root: Path, kind: Kind, identity: str, fields: dict[str, str]) -> tuple[str, str, int]:
    """Return the file that gets the new record, the file's new text, and the line where the record starts."""
    folder, listed = f"content/{kind.home}", f"content/{kind.home}.yaml"
    if not kind.own_file and not (root / folder).is_dir():
        before = (read_file(root, listed) or _modeline(kind, 1).encode()).decode().rstrip("\n")
        before += "\n\n" if before.count("\n") else "\n"
        return listed, before + _yaml(fields, "  "), before.count("\n") + 1
    path, text = f"{folder}/{identity}.yaml", _modeline(kind, 2) + _yaml(fields, "")
    if kind.own_file:
        path = f"{folder}/{identity}.md"
        text = f"---\n{text}---\n\nWrite the text here. Remove `draft: true` to publish.\n"
    if os.path.lexists(root / path):
        raise CannotCreate(f"{path} exists already; give another id with --id")
    return path, text, 1 if kind.own_file else 2


def _check_fits(source: Source) -> None:
    """Raise CannotCreate if a file with the new record in it would have mistakes."""
    for problem in parse(source).problems:
        if problem.level == "error":
            message = f"{source.path} could not be read with the new record in it"
            raise CannotCreate(f"{message} (line {problem.line}: {problem.message})")


def _modeline(kind: Kind, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * depth}{SCHEMAS}/{schema_name(kind)}.json\n"


def _yaml(fields: dict[str, str], indent: str) -> str:
    """Write fields as a mapping; with an indent, as an item of a list."""
    head = "- " if indent else ""
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "".join(f"{indent if number else head}{line}\n" for number, line in enumerate(lines))
