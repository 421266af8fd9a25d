"""The manual: what it says of problems, commands, templates, links and files is what the code does."""

from __future__ import annotations

import ast
import dataclasses
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from jinja2.defaults import DEFAULT_NAMESPACE

from briefing.check.published import LOCK
from briefing.cli.arguments import COMMANDS, REPOSITORY
from briefing.model.files import Coverage
from briefing.model.kinds import KINDS
from briefing.model.pages import Page
from briefing.model.site import Site
from briefing.parse.schemas import schema
from briefing.problem_codes import CODES
from briefing.scaffold.new_site import create_site
from tests.sites import MakeSite, brief

README, DOCS = REPOSITORY / "README.md", REPOSITORY / "docs"
MANUAL = [README, REPOSITORY / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
PAGES = [REPOSITORY / "SECURITY.md", *MANUAL, *sorted(DOCS.glob("*/*.md"))]
"""The manual, the security policy, and the decisions, which show no commands."""
PROBLEMS = (DOCS / "problems.md").read_text(encoding="utf-8")
_FENCED = re.compile(r"^ *```[^\n]*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


def text_of(path: Path) -> str:
    """Return the text of a page of the manual."""
    return path.read_text(encoding="utf-8")


# The codes of problems

_LEVELS = {"error": "", "warning": "*Warning.* ", "note": "*Note.* "}


def test_every_code_is_explained_with_its_level_and_no_other() -> None:
    """The manual has one entry for each code of the registry, in its order, that begins with the level."""
    entries = re.findall(r"^### (.+)\n\n- \*\*Mistake:\*\* (\*\w+\.\* |)", PROBLEMS, re.MULTILINE)
    assert [(code.name, _LEVELS[code.level]) for code in CODES.values()] == entries


def test_the_codes_whose_level_a_site_can_set_are_listed() -> None:
    """The manual names exactly the codes that protect neither readers nor the build."""
    listed = PROBLEMS.partition("which you can accept:")[2].strip().partition("\n\n")[0]
    assert [code.name for code in CODES.values() if not code.protects] == re.findall(r"`([a-z-]+)`", listed)


def test_every_code_is_reported_somewhere() -> None:
    """Each finding is made with a code that can be read where it is made, and no code of the registry is left over."""
    calls = [
        node.args[0]
        for path in sorted((REPOSITORY / "briefing").rglob("*.py"))
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding"
    ]
    made = [one for code in calls for one in ((code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,))]
    assert set(CODES) == {ast.literal_eval(code) for code in made}


@pytest.mark.parametrize("entry", PROBLEMS.split("\n### ")[1:], ids=lambda entry: entry.split("\n")[0])
def test_an_entry_says_mistake_reason_and_fix(entry: str) -> None:
    """Each entry says what is wrong, why it matters, and how to fix it, each in at most three sentences."""
    parts = re.split(r"^- \*\*(.+?):\*\* ", entry.partition("\n## ")[0], flags=re.MULTILINE)
    assert ["Mistake", "Why", "Fix"] == parts[1::2]
    spoken = [_SPAN.sub("x", part).removeprefix("*Warning.*").removeprefix("*Note.*") for part in parts[2::2]]
    assert [] == [part for part in spoken if len(re.findall(r"\w[.?](?:\s|$)", part)) > 3]


def test_the_problem_that_the_manual_shows_is_what_the_command_prints(site: MakeSite) -> None:
    """The example at the head is word for word what a writer sees."""
    body = "The library keeps its hours in spring.\nSee [[opening-huors]] for the rest of the year.\n"
    other = f"-- content/briefs/opening-hours.md --\n{brief('When is it open?')}"
    text = f"-- content/briefs/holidays.md --\n{brief('In spring', body)}{other}"
    assert _FENCED.findall(PROBLEMS)[0].rstrip() == site(text).run("check", "--quiet").stderr.rstrip()


# Commands


def commands(path: Path, program: str) -> Iterator[str]:
    """Return the commands of one program that a page shows, in blocks and within lines, without what is said of them."""
    text = text_of(path)
    lines = [line for block in _FENCED.findall(text) for line in block.split("\n")]
    spans = [span for _, span in _SPAN.findall(_FENCED.sub("", text))]
    for line in lines + spans:
        command = re.split(r"\s{2,}|\s#", line.strip())[0]
        if command == program or command.startswith(f"{program} "):
            yield command


_PROGRAM = re.compile(r"python build\.py|briefing")
"""What starts the program: in this repository, and where it is installed."""
BUILDS = sorted(
    {
        _PROGRAM.sub("briefing", one, count=1)
        for path in MANUAL
        for name in ("python build.py", "briefing")
        for one in commands(path, name)
    }
)
"""The commands of the program, each once however the program is started."""
MAKES = sorted({command for path in MANUAL for command in commands(path, "make")})
_WAITING = {
    "edition",
    "withdraw",
    "preview",
    "serve",
    "--external",
    "init",
    "upgrade",
    "import",
    "https://example.org/report",
}
"""What runs until it is stopped, waits for other people's servers, or has tests of its own; it is asked for its help."""


def arguments_of(command: str, root: Path) -> list[str]:
    """Return the arguments of a command as it can be run here, placeholders replaced."""
    given = shlex.split(_PROGRAM.sub("", command, count=1))
    before = dict(zip(given[1:], given, strict=False))
    values = {
        "DIR": "elsewhere",
        "URL": "https://library.example/new",
        "NAME": "Jo Example",
        "DATE": "2026-03-01",
        "DAY": "2026-03-01",
        "FILE": "content/site.yaml",
    }
    values |= {"N": "1", "my-library": str(root)}
    return [str(root) if before.get(one) == "--site" else values.get(one, one) for one in given]


@pytest.mark.parametrize("command", BUILDS)
def test_a_command_that_the_manual_shows_runs(site: MakeSite, command: str) -> None:
    """Every command shown exits with 0 for correct content, and with 1 for content with mistakes if the command checks it."""
    results = []
    for body in ("The library opens at nine.", "See [[opening-huors]]."):
        one = site(f"-- content/briefs/hours.md --\n{brief(body=body)}")
        arguments = arguments_of(command, one.root)
        waits = bool(_WAITING & set(arguments)) or arguments == ["guard"]
        if "--verify" in arguments:
            one.run("build")
        finished = one.run(*arguments, *(["--help"] if waits else []))
        results.append(finished.returncode)
        options = [argument for argument in arguments if argument.startswith("--")]
        assert [] == [option for option in options if waits and option not in finished.stdout]
    builds = not waits and (not arguments or arguments[0] in ("build", "check") or arguments[0].startswith("-"))
    assert [0, int(builds)] == results


def test_the_readme_names_each_command() -> None:
    """Also what each can be asked to export."""
    shown = text_of(README)
    assert [] == [name for name in COMMANDS if not re.search(rf"build\.py {name}\b", shown)]
    assert all(f"build.py export {what} " in shown for what in ("sources", "recommendations"))


@pytest.mark.parametrize("command", MAKES)
def test_a_make_target_that_the_manual_names_exists(command: str) -> None:
    """Every target of make that the manual names is in the Makefile; make alone builds."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    [default] = re.findall(r"^\.DEFAULT_GOAL := (.+)$", makefile, re.MULTILINE)
    assert set() == set(command.split()[1:] or [default]) - set(targets)


def test_the_manual_shows_commands() -> None:
    """Building, checking and testing are shown, so that the tests above have found what they look for."""
    assert {"briefing", "briefing check"} <= set(BUILDS)
    assert {"make", "make test"} <= set(MAKES)


# Templates


def test_what_a_template_can_reach_is_in_the_manual(site: MakeSite) -> None:
    """The names that a template finds, and whether each is called, are those of the table in the manual."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    names = "self._TemplateReference__context.parent.items()"
    one.write("templates/brief.html", f"{{% for n, v in {names} %}}{{{{ n }}}} {{{{ v is callable }}}}\n{{% endfor %}}")
    one.good()
    reached = {tuple(line.split()) for line in one.page("/briefs/hours/").splitlines()}
    expected = {(name, called_) for name, called_ in reached if name not in DEFAULT_NAMESPACE}
    found = text_of(DOCS / "templates.md").partition("## What every template finds")[2].partition("\n## ")[0]
    first = [line.split("|")[1] for line in found.splitlines() if line.startswith("| `")]
    spans = [span for cell in first for _, span in _SPAN.findall(cell)]
    assert expected == {(span.partition("(")[0], str(span.endswith(")"))) for span in spans}


def shown_by(*roots: type) -> dict[type, list[str]]:
    """Return the fields of every type that values of some types can hold, and so a template can show."""
    found: dict[type, list[str]] = {}
    left = list(roots)
    while left:
        one = left.pop()
        if one not in found:
            hints = get_type_hints(one)
            found[one] = [field.name for field in dataclasses.fields(one)]
            parts = (part for name in found[one] for part in parts_of(hints[name]))
            left += [part for part in parts if isinstance(part, type) and dataclasses.is_dataclass(part)]
    return found


def parts_of(hint: Any) -> Iterator[Any]:
    """Return an annotation and all that it is made of."""
    yield get_origin(hint) or hint
    for part in get_args(hint):
        yield from parts_of(part)


def test_every_field_that_a_template_can_show_is_in_the_manual() -> None:
    """Each type that a page, the settings or a record's own part can hold has its table, with its fields in order."""
    sections = re.findall(r"^### (\w+)\n\n((?:\|.*\n)+)", text_of(DOCS / "templates.md"), re.MULTILINE)
    documented = {name: re.findall(r"^\| `(\w+)` \| \S", table, re.MULTILINE) for name, table in sections}
    reached = shown_by(Page, Site, Coverage)
    assert {one.__name__: names for one, names in reached.items()} == documented


def test_every_template_is_in_the_manual() -> None:
    """The table of templates names each file, and no other."""
    rows = re.findall(
        r"^\| (.+?) \|", text_of(DOCS / "templates.md").split("## The templates")[1].split("## ")[0], re.M
    )
    named = [name for row in rows for _, name in _SPAN.findall(row)]
    assert sorted(named) == sorted([path.name + "/" * path.is_dir() for path in (REPOSITORY / "templates").iterdir()])


# Publishing


def test_the_steps_of_publishing_can_be_taken(tmp_path: Path) -> None:
    """A new site is committed and pushed by the manual's own commands, and the change that somebody proposes is fetched."""
    page = DOCS / "publishing.md"
    given = {**os.environ, "GIT_CONFIG_GLOBAL": str(tmp_path / "config"), "GIT_CONFIG_NOSYSTEM": "1"}
    (tmp_path / "config").write_text("[user]\nname = A\nemail = a@library.example\n[commit]\ngpgsign = false\n")

    def run(*command: str, where: Path = tmp_path) -> None:
        done = subprocess.run(command, cwd=where, env=given, capture_output=True, text=True)
        assert 0 == done.returncode, done.stderr

    run("git", "init", "--bare", "there.git")
    create_site(tmp_path / "site")
    steps = [*commands(page, "git")]
    assert 7 == len(steps)
    for step in steps:
        if "pull/NUMBER" in step:
            run("git", "push", "origin", "HEAD:refs/pull/7/head", where=tmp_path / "site")
        told = step.replace("https://github.com/OWNER/REPOSITORY.git", str(tmp_path / "there.git"))
        run(*shlex.split(told.replace("NUMBER", "7")), where=tmp_path / "site")
    run("git", "clone", "--branch", "main", "there.git", "elsewhere")
    run(sys.executable, str(REPOSITORY / "build.py"), "check", "--strict", where=tmp_path / "elsewhere")


# Links


def anchors_of(path: Path) -> set[str]:
    """Return the ids that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", text_of(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def dead_links(path: Path) -> list[str]:
    """Return the links of a page to files, folders or headings that do not exist; links to the web are not looked at."""
    shown = _SPAN.sub("", _FENCED.sub("", text_of(path)))
    lost = []
    for address in re.findall(r"\]\(([^)\s]+)\)", shown):
        name, _, anchor = address.partition("#")
        target = path.parent / name if name else path
        if re.match(r"[a-z]+:", address):
            continue
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            lost.append(address)
    return lost


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_links_of_the_manual_lead_somewhere(path: Path) -> None:
    """Every link within the repository leads to a file or folder that is there, and to a heading that is in it."""
    assert [] == dead_links(path)


def test_every_decision_is_listed() -> None:
    """The list of decisions names each record, in order."""
    listed = re.findall(r"^\| \[(\d{4})\]\((\1-[\w-]+\.md)\) \|", text_of(DOCS / "decisions/README.md"), re.MULTILINE)
    assert [name for _, name in listed] == sorted(path.name for path in DOCS.glob("decisions/0*.md"))


_NAMED_IN_FILE = re.compile(r"`(\w+)` in `([\w/]+\.py)`")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_name_that_the_manual_places_in_a_file_is_there(path: Path) -> None:
    """Where a page says `name` in `file.py`, the file defines that class, function, field or value."""
    lost = []
    for name, file in _NAMED_IN_FILE.findall(text_of(path)):
        found = next((one for one in (REPOSITORY / "briefing" / file, REPOSITORY / file) if one.is_file()), None)
        if found is None or not re.search(rf"\b(?:def|class) {name}\b|^ *{name}\b.*[:=]", text_of(found), re.MULTILINE):
            lost.append(f"{name} in {file}")
    assert [] == lost


# Kinds of record


def test_every_kind_of_record_and_its_file_is_in_the_manual() -> None:
    """The table of kinds names each as its schema does, in the model's order, with its file and the first's address."""
    rows = [line.strip("|").split("|") for line in text_of(DOCS / "writing.md").splitlines() if line.startswith("| ")]
    documented: list[tuple[str, str]] = []
    addresses: list[list[str]] = []
    for kinds, files, address in (row for row in rows if len(row) == 3 and re.search(r"\.(?:md|yaml)`", row[1])):
        homes = dict.fromkeys(re.findall(r"`([\w-]+)(?:/[\w-]+)?\.(?:md|yaml)`", files))
        documented += zip((kind.strip() for kind in kinds.split(",")), homes, strict=True)
        addresses.append(re.findall(r"`(.+?)`", address))
    expected = [(schema(kind.name)["title"].casefold(), kind.home) for kind in KINDS]
    assert [("settings", "site"), *expected] == documented
    assert [] == [one for shown in addresses for one in shown if one.replace("ID", "{id}") not in _ADDRESSES]


_ADDRESSES = {kind.address for kind in KINDS}


COVERED = re.compile(r"^\| (\d+) \| [^|]+ \| [^|]+ \| `(/[^`]*)`", re.MULTILINE)


def test_the_text_the_project_began_with_is_covered() -> None:
    """Each of its 25 sentences is mapped to a page and section of the site that exist."""
    rows = COVERED.findall((REPOSITORY / "content/README.md").read_text(encoding="utf-8"))
    assert [str(number) for number in range(1, 26)] == [number for number, _ in rows]
    lock = (REPOSITORY / LOCK).read_text(encoding="utf-8").splitlines()
    held = {words[0]: set(words[3:]) for words in map(str.split, lock) if words and words[0].startswith("/")}
    missing = [where for _, where in rows if where.partition("#")[0] not in held]
    missing += [
        where for _, where in rows if "#" in where and where.partition("#")[2] not in held[where.partition("#")[0]]
    ]
    assert [] == missing
