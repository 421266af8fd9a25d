"""New records pass every check, a new site is complete, and the manual's first ten minutes work as written."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.model.addresses import is_id, make_id
from briefing.model.kinds import KINDS, Kind
from briefing.parse.schemas import SchemaName, bundle, schema
from briefing.scaffold.editor_files import write_schemas
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.new_record import create
from briefing.scaffold.new_site import create_site
from tests.manual import PATH, fields
from tests.preview.session import Preview
from tests.sites import MakeSite, Site, brief
from tests.test_docs import _FENCED, dead_links

TITLES = [
    "Plain",
    'A "quoted" title: #1',
    "日本語の本",
    "نص عربي",
    "Tŷ'r Ŵyl",
    "--- {a: b} [c]",
    "'",
    "!!!",
    "é" * 300,
    "- x\n- y",
    "*a: &b <<",
]
STARTED = f"-- content/briefs/a.md --\n{brief()}\n-- content/sources.yaml --\n- {{id: minutes, type: report, title: T, issued: 2025, tier: primary, publisher: P, URL: 'https://x.example/'}}\n"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_record_is_a_draft_without_errors(site: MakeSite, kind: Kind) -> None:
    """A new record of every kind, with a title in any script, is a draft that passes every check, also as a draft shown."""
    one = site(STARTED)
    before = set(one.check(drafts=True))
    for title in TITLES:
        created = create(one.project(), kind.name, title)
        line = one.read(created.path).split("\n")[created.line - 1]
        assert created.id in line or "yaml-language-server" in line or line == "---"
    assert [] == [problem for problem in one.check() if problem not in before]
    assert [] == [problem for problem in one.check(drafts=True) if problem.level == "error"]


@given(st.text())
def test_an_id_is_made_of_any_title(title: str) -> None:
    """It is an id that the schema allows, or empty; and the id made of an id is the same id."""
    identity = make_id(title)
    if identity:
        record = {"id": identity, "name": "A", "summary": "S"}
        validator = jsonschema_rs.validator_for(bundle(SchemaName("person"), listed=False))
        assert validator.is_valid(record)
    assert identity == make_id(identity)


def test_nothing_is_overwritten(site: MakeSite) -> None:
    """An id that exists is refused with its place, and a list that cannot take another record is not changed."""
    one = site(STARTED + "-- content/people.yaml --\n[{id: ada, name: Ada, summary: S}]\n")
    create(one.project(), "brief", "New")
    with pytest.raises(CannotCreate, match=r"already a record “new”, in content/briefs/new\.md"):
        create(one.project(), "term", "New")
    with pytest.raises(CannotCreate, match="could not be read"):
        create(one.project(), "person", "Ben")
    assert "[{id: ada, name: Ada, summary: S}]\n" == one.read("content/people.yaml")


@pytest.mark.parametrize(
    "name", ["../../x", "/tmp/x", "a/b", "..", ".x", "-", "two words", "A", "a\x1b[31m", "a\nb", "a\u202eb", "a\\b"]
)
def test_an_id_that_is_none_is_refused(site: MakeSite, name: str) -> None:
    """No file is written for an id that could be a path, a command to a terminal, or two words."""
    one = site()
    before = sorted(one.root.parent.rglob("*"))
    with pytest.raises(CannotCreate, match="cannot be an id"):
        create(one.project(), "brief", "T", name)
    assert before == sorted(path for path in one.root.parent.rglob("*") if ".cache" not in path.parts)


IDS = st.text(st.sampled_from("a\u00e9\u0301\u4e00\u0669A_-./ 1²ªǅ\u202e\x1b"), max_size=4)


@given(IDS)
def test_ids_have_one_rule(name: str) -> None:
    """What a file name and `--id` may be is what the schema allows for the field `id`."""
    shape = bundle(SchemaName("site"), listed=False)["$defs"]["id"]
    assert jsonschema_rs.is_valid(shape, name) == is_id(name)


def test_a_file_of_records_is_not_replaced(site: MakeSite) -> None:
    """A new record is refused if its file exists and holds another record."""
    one = site("-- content/people/list.yaml --\n- {id: ada, name: Ada, summary: Keeps the books.}\n")
    with pytest.raises(CannotCreate, match=r"content/people/list\.yaml exists already"):
        create(one.project(), "person", "List")


def test_a_folder_of_records_gets_a_file(site: MakeSite) -> None:
    """A new record of a kind that has a folder is a file in it."""
    one = site("-- content/people/ada.yaml --\n{id: ada, name: Ada, summary: S}\n")
    assert "content/people/ben.yaml" == create(one.project(), "person", "Ben").path
    one.good()


def test_an_event_needs_a_source_first(site: MakeSite) -> None:
    """A kind that must name another record cannot be created before that one."""
    one = site(f"-- content/briefs/a.md --\n{brief()}")
    with pytest.raises(CannotCreate, match="new source"):
        create(one.project(), "event", "Something")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create a site."""
    folder = tmp_path_factory.mktemp("own") / "library"
    create_site(folder)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder of a site."""
    command = [sys.executable, str(REPOSITORY / "build.py"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_a_new_site_is_well_for_years(founded: Path) -> None:
    """A check finds no problem, now and in ten years, and a build succeeds."""
    for now in ("2026-03-01", "2036-03-01"):
        done = run(founded, "check", "--strict", "--now", now)
        assert (0, True) == (done.returncode, "no problems" in done.stderr), done.stderr
    assert 0 == run(founded, "build", "--no-search").returncode
    homes = {path.name.removesuffix(".yaml") for path in (founded / "content").iterdir()}
    assert {kind.home for kind in KINDS} - {"support"} <= homes


def test_a_new_site_is_thin(founded: Path) -> None:
    """It has no copy of the generator, its theme or its manual, and no link to a file that it does not have."""
    files = {path.relative_to(founded).as_posix() for path in founded.rglob("*") if path.is_file()}
    written = {path for path in files if not path.startswith(("output/", ".cache/"))}
    assert len(written) <= 35, sorted(written)
    tops = {path.split("/")[0] for path in written}
    assert tops == {
        ".devcontainer",
        ".github",
        ".gitignore",
        ".vscode",
        "Makefile",
        "README.md",
        "content",
        "documents",
        "generator.txt",
        "requirements.txt",
    }
    assert {} == {path.name: links for path in founded.glob("*.md") if (links := dead_links(path))}


def test_a_new_site_refuses_a_full_folder(tmp_path: Path) -> None:
    """A site is not created in a folder with files, and these do not change."""
    (tmp_path / "mine").write_text("x")
    with pytest.raises(CannotCreate, match="not empty"):
        create_site(tmp_path)
    assert ["mine"] == [path.name for path in tmp_path.iterdir()]


def test_the_ten_minutes_of_the_manual_work(tmp_path: Path) -> None:
    """Its commands and its texts, word for word, give a published brief and no problem."""
    folder = tmp_path / "mine"
    create_site(folder)
    blocks = _FENCED.findall((REPOSITORY / "docs/first-brief.md").read_text(encoding="utf-8"))
    commands = [line for block in blocks for line in block.splitlines() if line.startswith("briefing ")]
    assert 5 == len(commands)
    source, text = blocks[2], blocks[4]
    for command in commands[1:3]:
        done = run(folder, *shlex.split(command)[1:], "--now", "2026-04-01")
        assert 0 == done.returncode, done.stderr
    sources = folder / "content/sources.yaml"
    before, _, _ = sources.read_text(encoding="utf-8").partition("- id: minutes-of-3-march")
    sources.write_text(before + source, encoding="utf-8")
    (folder / "content/briefs/will-the-library-lend-tools.md").write_text(text, encoding="utf-8")
    done = run(folder, "check", "--strict")
    assert 0 == done.returncode, done.stderr
    assert 0 == run(folder, "build", "--no-search").returncode
    assert "agreed to try it for a" in (folder / "output/briefs/will-the-library-lend-tools/index.html").read_text()


def test_editors_complete_from_what_the_build_checks_with(site: MakeSite) -> None:
    """The schemas for editors accept what the build accepts; VS Code's settings say which file is of which kind."""
    one = site()
    assert ".vscode/schema/people.json" in write_schemas(one.root)
    assert [] == write_schemas(one.root)
    settings = json.loads(one.read(".vscode/settings.json"))["yaml.schemas"]
    starter = Site(REPOSITORY / "briefing/starter", default="")
    checked = 0
    for name, patterns in settings.items():
        validator = jsonschema_rs.validator_for(json.loads(one.read(name)), validate_formats=True)
        for path in (path for pattern in patterns for path in starter.root.glob(pattern)):
            text = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            typed = json.loads(json.dumps(text).replace('"true"', "true"))
            typed = json.loads(
                re.sub(
                    r'"(number|amount)": "(\d+)"',
                    lambda m: f'"{m[1]}": {m[2]}',
                    json.dumps(typed),
                )
            )
            assert [] == [error.message for error in validator.iter_errors(typed)], path
            checked += 1
    assert checked >= 10
    assert not jsonschema_rs.validator_for(json.loads(one.read(".vscode/schema/people.json"))).is_valid([{"id": "x"}])


def test_front_matter_is_completed_field_by_field(site: MakeSite) -> None:
    """VS Code, which uses no schema in Markdown, gets a completion for every field of a brief or page, with its words."""
    one = site()
    write_schemas(one.root)
    snippets = json.loads(one.read(".vscode/front-matter.code-snippets"))
    assert set(schema("brief")["properties"]) | set(schema("page")["properties"]) == set(snippets)
    assert {"markdown"} == {snippet["scope"] for snippet in snippets.values()}
    assert "draft: ${1|true,false|}" == snippets["draft"]["body"]
    assert all(snippet["description"] for snippet in snippets.values())
    assert {"other": True} == json.loads(one.read(".vscode/settings.json"))["[markdown]"]["editor.quickSuggestions"]


def test_what_the_preview_says_is_marked_in_the_editor(site: MakeSite) -> None:
    """VS Code's task finds where a build starts and ends, and each problem with its file, line and column."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body='See [[huors]].')}")
    write_schemas(one.root)
    preview_task, check_task = json.loads(one.read(".vscode/tasks.json"))["tasks"]
    matcher = preview_task["problemMatcher"]
    preview = Preview(one)
    assert 0 == preview.stop()
    lines = preview.log
    begins, ends = (
        next(n for n, line in enumerate(lines) if re.search(matcher["background"][name], line))
        for name in ("beginsPattern", "endsPattern")
    )
    found = [match.groups() for line in lines[begins:ends] if (match := re.match(matcher["pattern"]["regexp"], line))]
    expected = ("content/briefs/hours.md", "6", "5", "error", "unknown-link", "no record is called “huors”")
    assert [expected] == found
    assert [1, 2, 3, 4, 5, 6] == [
        matcher["pattern"][name] for name in ("file", "line", "column", "severity", "code", "message")
    ]
    assert check_task["problemMatcher"]["pattern"] == matcher["pattern"]


def test_own_settings_are_left_alone(site: MakeSite) -> None:
    """A settings file that exists is not changed."""
    one = site("-- .vscode/settings.json --\n{}\n")
    assert ".vscode/settings.json" not in write_schemas(one.root)
    assert "{}\n" == one.read(".vscode/settings.json")


def test_the_page_of_fields_is_made_from_the_schemas() -> None:
    """To accept a change: python -m tests.manual."""
    assert fields() == PATH.read_text(encoding="utf-8")


def test_the_schemas_that_are_shipped_are_these(site: MakeSite) -> None:
    """To accept a change: python build.py schema."""
    one = site()
    assert [] == [
        name for name in write_schemas(one.root) if one.read(name) != (REPOSITORY / name).read_text(encoding="utf-8")
    ]
