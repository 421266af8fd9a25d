"""Creates a new record: a draft that passes every check."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from briefing.disk import replace_file
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.files import Source
from briefing.model.kinds import Kind
from briefing.model.records import Record
from briefing.parse.document import parse
from briefing.problems import Problem, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.scaffold.editor_files import OWN_FILE, SCHEMAS, write_schemas
from briefing.scaffold.errors import CannotCreate

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
    for one in records:
        if one.id == identity:
            raise CannotCreate(f"there is already a record “{identity}”, in {one.path}; name another id with --id")
    fields = _skeleton(kind.name, identity, title, project.now, records)
    content = project.content
    if kind.name in OWN_FILE:
        path, text, line = content / kind.home / f"{identity}.md", _article(kind, fields), 1
    elif (content / kind.home).is_dir():
        path, text, line = content / kind.home / f"{identity}.yaml", _modeline(kind.home, 2) + _yaml(fields, ""), 2
    else:
        path = content / f"{kind.home}.yaml"
        before = path.read_text(encoding="utf-8") if path.exists() else _modeline(kind.home, 1)
        before = before.rstrip("\n") + ("\n\n" if before.strip().count("\n") else "\n")
        text, line = before + _yaml(fields, "  "), before.count("\n") + 1
    _check_fits(path, text, kind, project)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, text.encode())
    write_schemas(project.root)
    return Created(identity, path.relative_to(project.root).as_posix(), line)


def _records(project: Project) -> list[Record]:
    memo = Memo(project.memo)
    try:
        documents = memo.map("parse", parse, read(project).sources)
        return [record for document in documents for record in document.outline.value.records]
    finally:
        memo.close()


def _check_fits(path: Path, text: str, kind: Kind, project: Project) -> None:
    """Refuse to write what could not be read again: into a list in braces, or a file with faults of its own."""
    shown = path.relative_to(project.root).as_posix()
    if path.exists() and kind.name in OWN_FILE:
        raise CannotCreate(f"{shown} is already there; name another id with --id")
    problems: Iterable[Problem] = parse(Source(shown, kind.name, Hashed.of(text.encode()))).problems
    if has_errors(problems):
        first = next(problem for problem in problems if problem.level == "error")
        raise CannotCreate(f"{shown} could not be read with the new record in it (line {first.line}: {first.message})")


Fields = dict[str, object]


def _skeleton(kind: str, identity: str, title: str, today: str, records: list[Record]) -> Fields:
    """Give the fields of a new record, those that must be there and a few that most have."""
    source = _first("source", kind, records)
    match kind:
        case "brief":
            own: Fields = {"title": title, "summary": "Say in a sentence what this page tells.", "as_of": today}
            return {**own, "draft": True}
        case "page":
            return {"title": title, "summary": "Say in a sentence what this page tells.", "draft": True}
        case "person" | "organisation" | "place":
            own = {"name": title, "summary": "Say in a sentence what part this has in the matter."}
        case "term":
            own = {"term": title, "meaning": "Say what it means, in forty words at most."}
        case "event":
            own = {"date": today, "title": title, "sources": source}
        case "recommendation":
            numbers = [getattr(one.detail, "number", 0) for one in records if one.kind == kind]
            own = {"number": max(numbers, default=0) + 1, "title": title, "asks": "Say what it asks for."}
            own |= {"state": "no-evidence", "said": [], "done": [], "judged": [], "as_of": today}
        case "number":
            own = {"value": "0", "label": title, "definition": "Say what is counted, where, and over what time."}
            own |= {"as_of": today, "source": source}
        case "unknown":
            own = {"question": title, "why": "Say why it is not known.", "who_could_answer": "Say who could tell."}
        case "source":
            own = {"type": "webpage", "title": title, "publisher": "Say who published it.", "issued": today}
            own |= {"tier": "primary", "link_ok": False, "link_note": "Give its URL instead.", "checked": today}
        case "support":
            own = {"name": title, "who_for": "Say who may turn to it.", "number": "0", "checked": "not-yet"}
        case "style-rule":
            own = {"avoid": [title], "prefer": "Say what to write instead.", "why": "Say why.", "source": source}
        case "reading-path":
            own = {"title": title, "summary": "Say who it is for.", "stops": _first("brief", kind, records)}
        case _:
            raise AssertionError(f"no beginning for {kind}")
    return {"id": identity, **own, "draft": True}


def _first(wanted: str, kind: str, records: list[Record]) -> list[str]:
    """Name a record that a new one must name, to be replaced by the right one."""
    needs = {"source": ("event", "number", "style-rule"), "brief": ("reading-path",)}
    found = [one.id for one in records if one.kind == wanted and not one.draft]
    if not found and kind in needs[wanted]:
        raise CannotCreate(
            f"this needs a {wanted} to name, and there is none yet: python build.py new {wanted} “Its title”"
        )
    return found[:1]


def _modeline(home: str, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * depth}{SCHEMAS}/{home}.json\n"


def _yaml(fields: Fields, indent: str) -> str:
    """Write fields as YAML, every text in quotes: JSON's way of writing a text is YAML's too, whatever is in it."""
    lines = [f"{name}: {_value(name, value)}" for name, value in fields.items()]
    head = "- " if indent else ""
    return "".join(f"{indent if number else head}{line}\n" for number, line in enumerate(lines))


def _value(name: str, value: object) -> str:
    plain = isinstance(value, str) and (name in ("id", "as_of", "date", "issued", "state", "type", "tier", "checked"))
    return str(value) if plain else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _article(kind: Kind, fields: Fields) -> str:
    front = _modeline(kind.name, 2) + _yaml(fields, "")
    return f"---\n{front}---\n\nWrite the text here. Take `draft: true` out when it is ready.\n"
