"""The rules of the house, held over our own source."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import fields, is_dataclass
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY

PACKAGE = REPOSITORY / "briefing"
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|$", re.MULTILINE)
ROOMS = {
    room: set(re.findall(r"`(\w+)`", imports))
    for room, imports in ROW.findall((REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8"))
}
"""The rooms of the package and what each may import: the table of the architecture page."""
THIRD_PARTY = {
    "yaml": {"parse.yaml_tree"},
    "idna": {"text.web_addresses"},
    "PIL": {"read.pictures"},
    "jsonschema_rs": {"parse.schema"},
    "markdown": {
        f"parse.markdown.{name}"
        for name in ("attributes", "code", "convert", "extras", "inline_layout", "layout", "library", "limits", "links")
    },
    "jinja2": {f"render.{name}" for name in ("context", "dependencies", "renderer", "template_errors", "templates")},
    "markupsafe": {"render.context", "render.markdown"},
    "livereload": {"preview.server", "preview.handlers"},
    "tornado": {"preview.server", "preview.handlers"},
    "watchfiles": {"preview.watch"},
    "bibtexparser": {"bibliography.bibtex", "bibliography.bibtex_mistakes", "bibliography.bibtex_values"},
    "pylatexenc": {"bibliography.bibtex"},
    "sqlite3": {"incremental.memo"},
    "pagefind_bin": {"postprocess.search"},
    "pypdfium2": {"evidence.pdf"},
    "selectolax": {"evidence.html", "linkcheck.page_facts", "postprocess.epub", "postprocess.xhtml"},
    "rapidfuzz": {"evidence.find"},
}
"""Packages, and the modules that may know them."""
SUBJECT = re.compile(
    r"grooming|casey|rotherham|abuse|exploitation|\bNCA\b|inquiry|national crime|jay report|sexual", re.I
)


def name_of(path: Path) -> str:
    """Name a module without the package's own name."""
    relative = path.relative_to(PACKAGE).with_suffix("")
    return ".".join(part for part in relative.parts if part != "__init__")


MODULES = {name: path for path in sorted(PACKAGE.rglob("*.py")) if (name := name_of(path))}


def imports(name: str) -> set[str]:
    """Return the modules that a module imports, anywhere in it, ours without the package's name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert 0 == node.level, f"{name} imports relatively"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {f"briefing.{module}" for module in MODULES}
            found |= inner & modules or {node.module}
    return found


def room_of(name: str) -> str:
    """Return the room of a module: the first part of its name."""
    return name.partition(".")[0]


OURS = {
    name: {one.removeprefix("briefing.") for one in imports(name) if one.startswith("briefing.")} for name in MODULES
}
"""Every module of ours, and the modules of ours that it imports."""


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_its_room_may(name: str) -> None:
    """A module imports its own room, and the rooms that the architecture page names in its row."""
    room = room_of(name)
    assert room in ROOMS or name == room, "put the new room into the table of docs/architecture.md"
    assert set() == {room_of(one) for one in OURS[name]} - ROOMS.get(room, set()) - {room}


def test_every_room_and_import_of_the_table_is_real() -> None:
    """The table names no room that is not there, and no import that no module makes."""
    made = {room: {room_of(one) for name in MODULES if room_of(name) == room for one in OURS[name]} for room in ROOMS}
    assert ROOMS == {room: found - {room} for room, found in made.items()}
    places = {room: place for place, room in enumerate(ROOMS)}
    assert all(places[one] < places[room] for room in ROOMS for one in ROOMS[room]), "rows import only rows above"


def test_no_module_imports_itself_by_a_detour() -> None:
    """Imports make no cycle, in the whole package."""
    TopologicalSorter(OURS).prepare()


FLAT = {name for name, path in MODULES.items() if path.parent == PACKAGE}


def test_few_modules_lie_flat() -> None:
    """Only what all rooms share lies beside the folders."""
    assert len(FLAT) <= 8


@pytest.mark.parametrize("package", THIRD_PARTY)
def test_a_package_is_known_in_one_place(package: str) -> None:
    """Each package that is not ours, and SQLite, is imported by the modules that own it and by no other."""
    users = {name for name in MODULES if package in {one.partition(".")[0] for one in imports(name)}}
    assert users <= THIRD_PARTY[package]


def test_no_other_package_is_used() -> None:
    """What is imported is Python's own, ours, or on the list."""
    import sys

    known = {"briefing", *THIRD_PARTY, *sys.stdlib_module_names}
    found = {one.partition(".")[0] for name in MODULES for one in imports(name)}
    assert set() == found - known


@pytest.mark.parametrize("name", MODULES)
def test_everything_public_says_what_it_is(name: str) -> None:
    """Every module, public function, class and method has a docstring that ends as a sentence does."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    silent = [] if ast.get_docstring(tree) else ["the module"]
    for parent in ast.walk(tree):
        if not isinstance(parent, (ast.Module, ast.ClassDef)) or getattr(parent, "name", "").startswith("_"):
            continue
        bases = [base for base in getattr(parent, "bases", []) if not isinstance(base, ast.Subscript)]
        for node in parent.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                first = (ast.get_docstring(node) or "").split("\n\n")[0].rstrip()
                overrides = bool(bases) and isinstance(node, ast.FunctionDef) and isinstance(parent, ast.ClassDef)
                overloads = any(ast.unparse(one) == "overload" for one in node.decorator_list)
                if not first.endswith((".", "?", ":")) and not overrides and not overloads:
                    silent.append(node.name)
    assert [] == silent


VALUES = [import_module(f"briefing.{name}") for name in MODULES if name.startswith("model.")]
TYPES = [
    kind
    for module in VALUES
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_model_types_are_frozen_slotted_and_plain(kind: type) -> None:
    """What flows between steps cannot change, has no other fields than it says, and no method."""
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(kind)
    assert not (kind.__doc__ or "").startswith(kind.__name__ + "("), "a docstring of its own"
    own = {name for name, value in vars(kind).items() if callable(value) and not name.startswith("__")}
    assert set() == own
    assert [] == [field.name for field in fields(kind) if re.search(r"\b(dict|list|set)\b", str(field.type))]


def ours(*folders: str, ending: str = "") -> list[Path]:
    """Return the files of ours below some folders."""
    paths = [path for folder in folders for path in sorted((REPOSITORY / folder).rglob("*" + ending)) if path.is_file()]
    return [path for path in paths if "__pycache__" not in path.parts]


@pytest.mark.parametrize("path", ours("briefing", "templates", "assets"), ids=lambda path: path.name)
def test_the_generator_does_not_know_its_subject(path: Path) -> None:
    """No word of the first site's subject stands in code, schemas, templates or assets, or in the name of a file."""
    text = path.read_bytes().decode("utf-8", "replace")
    lines = [line for line in text.split("\n") if SUBJECT.search(line)]
    assert ([], None) == (lines, SUBJECT.search(path.name))


CLOCK = re.compile(
    r"\b(datetime\.now|date\.today|time\.time\b|time\.localtime|strftime|utcnow|st_mtime|getlocale|setlocale)"
)


@pytest.mark.parametrize("name", sorted(set(MODULES) - {"cli.arguments"}))
def test_no_clock_but_the_commands(name: str) -> None:
    """What day it is, where we are and when a file was saved is asked in the command alone, if anywhere."""
    text = MODULES[name].read_text(encoding="utf-8")
    assert [] == [line for line in text.split("\n") if CLOCK.search(line)]


TEMPLATES = ours("templates")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_are_strict(path: Path) -> None:
    """Nothing is marked as safe, no script, style or handler is inline, and attributes are quoted."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{\{(.*?)\}\}", lambda shown: "{" + shown[1].replace('"', "'").replace(">", " ") + "}", text)
    refused = {
        "safe": r"\|\s*safe\b|autoescape",
        "script": r"<script(?![^>]*\ssrc=)(?! type='application/ld\+json')[^>]*>".replace("'", chr(34)),
        "style": r"<style\b|\sstyle\s*=",
        "handler": r"<[^>]*\son[a-z]+\s*=",
        "unquoted": r"""<[a-z]+(?:\s+[a-z:-]+(?:="[^"]*")?)*\s+[a-z:-]+=[^"\s]""",
        "elsewhere": r"""<(?:script|link|img)[^>]*(?:src|href)=["']https?:""",
    }
    assert [] == [name for name, pattern in refused.items() if re.search(pattern, text)]


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    """The base template's policy names only this site, and no inline code."""
    [policy] = re.findall(
        r'Content-Security-Policy" content="([^"]+)"', (REPOSITORY / "templates/base.html").read_text()
    )
    assert "default-src 'none'" in policy
    assert None is re.search(r"unsafe|https?:|\*|data:", policy)


@pytest.mark.parametrize("path", ours("tests", ending=".py"), ids=lambda path: path.name)
def test_tests_state_claims(path: Path) -> None:
    """Every test says in a sentence what it holds; none sleeps, is skipped or is expected to fail."""
    text = path.read_text(encoding="utf-8")
    tests = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert [] == [test.name for test in tests if not (ast.get_docstring(test) or "").endswith(".")]
    if "browser" not in path.parts and path.name != Path(__file__).name:
        assert [] == re.findall(r"\bsleep\(|mark\.skip\(|mark\.xfail|pytest\.skip|unittest\.mock|\bst_mtime", text)


PLAIN = {
    r"mend(s|ed|ing)?": "fix",
    r"anew|afresh": "again",
    r"nought|naught|aught": "nothing",
    r"let(s|ting)? go": "release, close, drop",
    r"at hand": "in memory, available",
    r"befits?": "suits",
    r"besides": "also, except",
    r"save for": "except",
    r"failing that": "otherwise",
    r"lest|whence|thence|hence|thereof|therein|wherein|thereby|heretofore|hitherto": "two plain sentences",
    r"albeit|notwithstanding|nonetheless": "but, although",
    r"upon": "on",
    r"shall": "must, will",
    r"begun": "started",
    r"told": "reported, shown",
    r"stands? in": "is in",
    r"(hold|holds|held|holding) [^.:;]{0,40}\bagainst": "compare with",
    r"leads? (nowhere|to none)": "does not exist",
    r"(is|are|be|was|were|all) well": "has no problems, succeeded",
    r"weighs?|weighed": "has so many bytes",
    r"signs?": "character",
    r"holes?": "placeholder",
    r"spots?": "span",
}
"""Words that few people outside the project would use there, and what to write instead."""
_NOT_PLAIN = re.compile("|".join(rf"\b(?P<w{number}>{words})\b" for number, words in enumerate(PLAIN)), re.IGNORECASE)
_OPENING = re.compile(r'^[rf]*"""(Give|Say whether)\b')
"""A docstring says what is returned: "Return …", "Whether …"."""


def prose_of(path: Path) -> list[tuple[int, str]]:
    """Return the texts of a file for people, with their lines: comments and strings of a module, or the whole page.

    Of tests and benchmarks, whose other strings are samples, only comments and strings on lines of their own.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [*enumerate(text.split("\n"), 1)]
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    texts = [token for token in tokens if token.type in (tokenize.COMMENT, tokenize.STRING)]
    if not path.is_relative_to(PACKAGE):
        texts = [one for one in texts if one.type == tokenize.COMMENT or not one.line[: one.start[1]].strip()]
    return [(one.start[0], one.string) for one in texts]


WRITTEN = [
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "Makefile")),
    *sorted((REPOSITORY / "docs").glob("*.md")),
    *sorted((PACKAGE / "schema").glob("*.json")),
    *MODULES.values(),
    *(path for path in ours("tests", "bench", ending=".py") if path != Path(__file__)),
]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_what_people_read_is_in_plain_words(path: Path) -> None:
    """Docstrings, comments, messages and manual pages use the usual words of the field."""
    found = []
    for line, text in prose_of(path):
        for match in _NOT_PLAIN.finditer(text):
            [number] = [name for name, word in match.groupdict().items() if word]
            instead = list(PLAIN.values())[int(number[1:])]
            found.append(f"line {line + text[: match.start()].count(chr(10))}: not “{match[0]}” but: {instead}")
        if path.suffix == ".py" and (opening := _OPENING.match(text)):
            found.append(f"line {line}: not “{opening[1]} …” but: Return …, Whether …")
    assert [] == found
