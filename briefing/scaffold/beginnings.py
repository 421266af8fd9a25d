"""Beginnings: a new record, a new site, and what editors complete from.

What is begun is a draft that passes every check: what must be there is there, in words that say what to write.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.incremental.memo import Memo
from briefing.incremental.stored import Stored
from briefing.model.files import Source
from briefing.model.kinds import KINDS, Kind
from briefing.model.records import Record
from briefing.parse.document import parse
from briefing.parse.schema import bundle, resolve, schema
from briefing.problems import Problem, has_errors
from briefing.read.snapshot import Project, read, replace_file

STARTER = Path(__file__).parents[1] / "starter"
_PROGRAM = (
    "build.py", "briefing", "templates", "assets", "requirements.txt", "requirements-audit.txt", "pyproject.toml",
    "LICENSE", "SECURITY.md", ".gitignore",
)  # fmt: skip
"""What a site of its own takes along, besides its workflow, its manual and the starter's files."""
_MANUAL = ("first-brief", "writing", "fields", "problems", "templates", "publishing", "how-it-works")
_SCHEMAS = ".vscode/schema"
PLACED = r"^(.+?):([0-9]+):([0-9]+): (error|warning) ([a-z0-9-]+): (.*)$"
"""A problem as the terminal shows it, in parts."""
_OWN_FILE = ("brief", "page")
"""Kinds that have a file for each record wherever they stand."""
_LONGEST_ID = 80


class Refused(Exception):
    """Something cannot be begun, for a reason that a writer can mend."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A record that was begun: its id, its file, and the line where it starts."""

    id: str
    path: str
    line: int


def name_id(title: str) -> str:
    """Make an id of a title in any script: small letters and digits, with hyphens between them."""
    folded = unicodedata.normalize("NFC", title.casefold())
    letters = "".join(sign if unicodedata.category(sign) in ("Ll", "Lo", "Mn", "Mc", "Nd") else "-" for sign in folded)
    return re.sub(r"-+", "-", letters)[:_LONGEST_ID].strip("-")


def begin(project: Project, kind: Kind, title: str, own_id: str = "") -> Begun:
    """Write a new record, as a draft, and say where it is; what is there already is not touched."""
    title = " ".join("".join(sign for sign in title if unicodedata.category(sign) not in ("Cc", "Cs")).split())
    if not title:
        raise Refused("a title needs at least one letter")
    records = _records(project)
    identity = own_id or name_id(title) or f"{kind.name}-{sum(one.kind == kind.name for one in records) + 1}"
    for one in records:
        if one.id == identity:
            raise Refused(f"there is already a record “{identity}”, in {one.path}; name another id with --id")
    fields = _skeleton(kind.name, identity, title, project.now, records)
    content = project.content
    if kind.name in _OWN_FILE:
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
    return Begun(identity, path.relative_to(project.root).as_posix(), line)


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
    if path.exists() and kind.name in _OWN_FILE:
        raise Refused(f"{shown} is already there; name another id with --id")
    problems: Iterable[Problem] = parse(Source(shown, kind.name, Stored.of(text.encode()))).problems
    if has_errors(problems):
        first = next(problem for problem in problems if problem.level == "error")
        raise Refused(f"{shown} could not be read with the new record in it (line {first.line}: {first.message})")


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
        raise Refused(f"this needs a {wanted} to name, and there is none yet: python build.py new {wanted} “Its title”")
    return found[:1]


def _modeline(home: str, depth: int) -> str:
    return f"# yaml-language-server: $schema={'../' * depth}{_SCHEMAS}/{home}.json\n"


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


def write_schemas(root: Path) -> list[str]:
    """Write what editors complete from, and VS Code's own files where there are none; give the files that are new."""
    wanted: dict[str, str] = {}
    settings: dict[str, object] = {}
    for kind in KINDS:
        name = kind.name if kind.name in _OWN_FILE else kind.home
        wanted[f"{_SCHEMAS}/{name}.json"] = _json(bundle(kind.name, listed=kind.name not in _OWN_FILE))
        settings[f"{_SCHEMAS}/{name}.json"] = [f"content/{kind.home}.yaml", f"content/{kind.home}/*.yaml"]
    wanted[f"{_SCHEMAS}/site.json"] = _json(bundle("site", listed=False))
    settings[f"{_SCHEMAS}/site.json"] = ["content/site.yaml"]
    wanted[".vscode/front-matter.code-snippets"] = _json(_snippets())
    for name, value in {
        "settings": {"yaml.schemas": settings, "[markdown]": {"editor.quickSuggestions": {"other": True}}},
        "extensions": {"recommendations": ["redhat.vscode-yaml"]},
        "tasks": _tasks(),
    }.items():
        if not (root / f".vscode/{name}.json").exists():
            wanted[f".vscode/{name}.json"] = _json(value)
    written = []
    for name, text in wanted.items():
        path = root / name
        if not path.exists() or path.read_bytes() != text.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, text.encode())
            written.append(name)
    return written


def _snippets() -> dict[str, object]:
    """Give what VS Code offers in front matter, where no schema reaches: each field, and the words that it may hold."""
    shapes = schema("page")["properties"] | schema("brief")["properties"]
    fields = {name: resolve(shape) for name, shape in shapes.items()}
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
    """Give VS Code's tasks: what `make preview` and `make check` find wrong is marked in every file, Markdown too."""
    names = ("file", "line", "column", "severity", "code", "message")
    pattern = {"regexp": PLACED} | {name: number for number, name in enumerate(names, 1)}
    matcher: dict[str, object] = {"owner": "briefing", "fileLocation": "autoDetect", "pattern": pattern}
    watching = {"activeOnStart": True, "beginsPattern": "^built in ", "endsPattern": "^[0-9]+ (page|error)"}
    preview = {"label": "preview", "type": "shell", "command": "make preview", "isBackground": True}
    check = {"label": "check", "type": "shell", "command": "make check", "problemMatcher": matcher}
    return {"version": "2.0.0", "tasks": [preview | {"problemMatcher": matcher | {"background": watching}}, check]}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def found_site(here: Path, target: Path) -> list[str]:
    """Make a folder with a small finished site, the generator and the workflow, ready to be changed and pushed."""
    if target.exists() and any(target.iterdir()):
        raise Refused(f"{target} is not empty; name a new folder")
    target.mkdir(parents=True, exist_ok=True)
    leave = shutil.ignore_patterns("__pycache__")
    for name in _PROGRAM:
        if (here / name).is_dir():
            shutil.copytree(here / name, target / name, ignore=leave)
        else:
            shutil.copy(here / name, target / name)
    for name in [".github/workflows/publish.yml", ".github/dependabot.yml", *(f"docs/{page}.md" for page in _MANUAL)]:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / name, target / name)
    shutil.copytree(STARTER, target, dirs_exist_ok=True)
    write_schemas(target)
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
