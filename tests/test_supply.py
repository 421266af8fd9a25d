"""What comes from elsewhere: packages by their hashes, actions by their commits, workflows with no right they can do without."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from briefing.cli.arguments import REPOSITORY
from briefing.scaffold.new_site import create_site

LOCKS = sorted(REPOSITORY.glob("requirements*.txt"))
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.y*ml"))
RIGHTS = {"deploy": {"pages": "write", "id-token": "write"}}
"""The rights to write that jobs need, by the job."""
_PINNED = re.compile(r"([\w.-]+)==(\S+?)(?:\s*;.*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)(?:    #.*\n)*")
_ACTION = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40}")
_VERSION = re.compile(r"uses: \S+ # v\d+\.\d+\.\d+")
"""Behind a commit, what Dependabot keeps current and a person can read."""
_UNTRUSTED = re.compile(r"\$\{\{")


def pinned(text: str) -> dict[str, str]:
    """Return the packages of a lock file with their versions; every line must belong to one."""
    rest = _PINNED.sub("", text)
    assert "" == "".join(line for line in rest.splitlines() if line and not line.startswith("#")), rest
    return {match[1].lower().replace("_", "-"): match[2] for match in _PINNED.finditer(text)}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_with_its_hashes(path: Path) -> None:
    """No line of a lock file is without a version and a hash."""
    assert pinned(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "planted",
    ["jinja2==3.1.6\n", "jinja2>=3 \\\n    --hash=sha256:" + "0" * 64 + "\n", "-r other.txt\n", "jinja2 @ https://x.example/j.whl\n",
     "jinja2==3.1.6 \\\n    --hash=md5:" + "0" * 32 + "\n", "--extra-index-url https://x.example/\n"],
)  # fmt: skip
def test_a_line_without_a_hash_is_seen(planted: str) -> None:
    """A package by its version alone, by an address, or from another index is found in the lock file."""
    with pytest.raises(AssertionError):
        pinned(LOCKS[0].read_text(encoding="utf-8") + planted)


def test_all_that_the_project_needs_is_pinned() -> None:
    """What pyproject.toml asks for is in the lock files, in a version that it allows."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {"": project["dependencies"]} | project["optional-dependencies"]
    assert {f"requirements-{extra}.txt".replace("-.", ".") for extra in wanted} == {path.name for path in LOCKS}
    for extra, needed in wanted.items():
        name = f"requirements-{extra}.txt" if extra else "requirements.txt"
        found = pinned((REPOSITORY / name).read_text(encoding="utf-8"))
        for one in map(Requirement, [*project["dependencies"], *needed]):
            assert one.name.lower() in found, f"{one} is not in {name}"
            assert one.specifier.contains(found[one.name.lower()]), f"{one} is not what {name} has"


def faults_of(text: str) -> list[str]:
    """Return what is wrong with a workflow."""
    flow = yaml.load(text, yaml.BaseLoader)
    events = (
        flow["on"]
        if isinstance(flow["on"], dict)
        else dict.fromkeys([flow["on"]] if isinstance(flow["on"], str) else flow["on"])
    )
    found = [
        f"runs on {event}" for event in events if event in ("pull_request_target", "workflow_run", "issue_comment")
    ]
    if flow.get("permissions") not in ({"contents": "read"}, {}):
        found.append("has more rights than reading the contents")
    found += [
        f"no version stands behind {uses}" for uses in re.findall("uses: .*", text) if not _VERSION.fullmatch(uses)
    ]
    for name, job in flow["jobs"].items():
        found += [f"{name}: {fault}" for fault in _faults_of_job(name, job)]
    return found


def _faults_of_job(name: str, job: dict[str, Any]) -> Iterator[str]:
    rights = job.get("permissions", {})
    if not isinstance(rights, dict) or {k: v for k, v in rights.items() if v == "write"} != RIGHTS.get(name, {}):
        yield f"has the rights {rights}"
    if not job.get("timeout-minutes"):
        yield "may run for six hours"
    for step in job.get("steps", ()):
        uses, run = step.get("uses", ""), step.get("run", "")
        if uses and not _ACTION.fullmatch(uses):
            yield f"uses {uses}"
        if uses.startswith("actions/checkout@") and step.get("with", {}).get("persist-credentials") != "false":
            yield "leaves its token on the disk"
        if _UNTRUSTED.search(run):
            yield f"pastes into a command: {run}"
        if "pip install" in run and "--require-hashes" not in run:
            yield f"installs without hashes: {run}"
    if "secrets." in str(job):
        yield "knows a secret"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_can_do_what_they_must_and_no_more(path: Path) -> None:
    """Least rights, known actions, no stranger's words in a command, hashes for every package."""
    assert [] == faults_of(path.read_text(encoding="utf-8"))


PUBLISH = (REPOSITORY / ".github/workflows/publish.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  pull_request:\n", "  pull_request_target:\n", "runs on pull_request_target"),
        ("permissions:\n  contents: read\n\n", "", "has more rights"),
        ("permissions:\n  contents: read\n\n", "permissions: write-all\n\n", "has more rights"),
        ("    permissions:\n      contents: read\n      pages: read\n", "    permissions:\n      contents: write\n", "build: has the rights"),
        ("    permissions:\n      contents: read\n      pages: read\n", "    permissions: write-all\n", "build: has the rights"),
        ("      pages: write\n", "      pages: write\n      contents: write\n", "deploy: has the rights"),
        ("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "actions/deploy-pages@main", "deploy: uses"),
        ("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "actions/deploy-pages@v5", "deploy: uses"),
        ("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "actions/deploy-pages@cd2ce8f", "deploy: uses"),
        (" # v5.0.0", "", "no version stands behind uses: actions/"),
        ("          persist-credentials: false\n", "          fetch-depth: 0\n", "leaves its token"),
        ('"$BASE_URL"', '"${{ github.head_ref }}"', "build: pastes into a command"),
        (" --require-hashes", "", "installs without hashes"),
        ("    timeout-minutes: 15\n", "", "deploy: may run"),
        ("BASE_URL: ${{ steps.pages.outputs.base_url }}", "BASE_URL: ${{ secrets.URL }}", "build: knows a secret"),
    ],
)  # fmt: skip
def test_a_right_too_many_is_seen(old: str, new: str, fault: str) -> None:
    """Each loosening of the workflow is found."""
    assert old in PUBLISH
    assert [one for one in faults_of(PUBLISH.replace(old, new)) if fault in one]


def unverified(text: str) -> list[str]:
    """Return what a workflow uploads without having built it again, with the very same options, to see that it is right."""
    steps = yaml.load(text, yaml.BaseLoader)["jobs"]["build"]["steps"]
    lines = [line for step in steps for line in [*step.get("run", "").splitlines(), step.get("uses", "")]]
    built: set[str] = set()
    verified: set[str] = set()
    for line in lines:
        if line.startswith("python build.py build "):
            options = re.sub(r" --(verify|format \w+)", "", line)
            (verified if "--verify" in line and options in built else built).add(options)
        elif line.startswith("actions/upload-pages-artifact@"):
            return sorted(built - verified) or ([] if built else ["nothing was built"])
    return ["nothing is uploaded"]


def test_what_is_published_was_verified() -> None:
    """Between building and uploading, the same build is compared with the output; each way to leave that out is found."""
    assert [] == unverified(PUBLISH)
    for old, new in ((" --verify", ""), ("text --verify", "text"), (' --now "$today" --format text', " --format text")):
        assert old in PUBLISH and [] != unverified(PUBLISH.replace(old, new)), old
    late = re.sub(r"(?s)(      # The second.*?)(      - uses: actions/upload-pages.*?path: output\n)", r"\2\1", PUBLISH)
    assert late != PUBLISH and [] != unverified(late)


@pytest.mark.parametrize("edit", ["", 'echo vandal >> "output/a-z/index.html"\n'])
def test_the_steps_of_publishing_do_what_they_say(tmp_path: Path, edit: str) -> None:
    """On a new site, with what keeps the output folder in this repository, the commands of the workflow build and verify;
    a byte that changes in between stops them.
    """
    new, tools = tmp_path / "new", tmp_path / "tools"
    create_site(new)
    (new / "output").mkdir()
    shutil.copy(REPOSITORY / "output/.gitignore", new / "output")
    tools.mkdir()
    (tools / "python").write_text(f'#!/bin/sh\nshift\nexec "{sys.executable}" "{REPOSITORY}/build.py" "$@"\n')
    (tools / "python").chmod(0o755)
    steps = yaml.load(PUBLISH, yaml.BaseLoader)["jobs"]["build"]["steps"]
    [script] = [step["run"] for step in steps if "build.py" in step.get("run", "")]
    before, mark, after = script.replace(" --pdf", "").rpartition("python build.py")
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "BASE_URL": "https://x.example/y", "GITHUB_ACTIONS": "true"}
    done = subprocess.run(
        ["bash", "-e", "-c", before + edit + mark + after], cwd=new, env=environment, capture_output=True, text=True
    )
    assert (bool(edit), not edit) == (done.returncode != 0, "is byte for byte what" in done.stderr), done.stderr


def first_steps(text: str) -> dict[str, str]:
    """Return for each job that runs the generator the command of the step after the checkout."""
    jobs = yaml.load(text, yaml.BaseLoader)["jobs"]
    built = {name: job["steps"] for name, job in jobs.items() if "build.py" in str(job)}
    assert all(steps[0]["uses"].startswith("actions/checkout@") for steps in built.values())
    return {name: steps[1].get("run", "") for name, steps in built.items()}


GENERATED = [
    "briefing/render/__pycache__/template-1.bin", "__pycache__/build.cpython-313.pyc", "briefing/problems.pyc",
    "briefing/problems.cpython-313-x86_64-linux-gnu.so", "markdown.so", "jinja2.pyd", ".cache/memo.sqlite", ".cache/a/b",
    ".venv/bin/python", "output/index.html", "output/.hidden", "output/a/.gitignore", "content/é/__pycache__/x",
]  # fmt: skip


@pytest.mark.parametrize("planted", ["", "output/.gitignore", "assets/a.css", *GENERATED])
def test_nothing_that_a_build_made_is_taken_from_a_repository(tmp_path: Path, planted: str) -> None:
    """Before Python runs, a job stops in one line at each file in Git that Python or a build could have made."""
    for name in {"output/.gitignore", "content/index.md", planted} - {""}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    git = ["git", "-c", "core.excludesFile=", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--force", "."], check=True)
    steps = first_steps(PUBLISH)
    assert {"check", "build"} == set(steps)
    for command in steps.values():
        done = subprocess.run(["bash", "-e", "-c", command], cwd=tmp_path, capture_output=True, text=True)
        wrong = planted in GENERATED
        assert (wrong, wrong, "") == (done.returncode == 1, done.stdout.count("\n") == 1, done.stderr), done
        assert not wrong or (done.stdout.startswith("::error::") and planted.rpartition("/")[2] in done.stdout)


def test_a_repository_that_git_cannot_read_stops_a_job(tmp_path: Path) -> None:
    """Where the files in Git cannot be listed, no job goes on."""
    for command in first_steps(PUBLISH).values():
        environment = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
        assert subprocess.run(
            ["bash", "-e", "-c", command], cwd=tmp_path, env=environment, capture_output=True
        ).returncode


def test_the_workflow_runs_nothing_that_was_compiled_earlier() -> None:
    """Python keeps and looks for compiled modules in a folder outside the repository, which a new machine does not have."""
    assert yaml.load(PUBLISH, yaml.BaseLoader)["env"] == {"PYTHONPYCACHEPREFIX": "/tmp/compiled"}
    assert "/tmp/compiled" not in PUBLISH.replace("PYTHONPYCACHEPREFIX: /tmp/compiled", "")


def test_an_audit_that_could_ask_nobody_fails() -> None:
    """A package that the audit finds nothing about is no package without faults."""
    [audit] = re.findall(
        "run: (.*pip_audit.*)", (REPOSITORY / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    )
    assert "--strict" in audit.split()


def test_updates_are_asked_for() -> None:
    """Dependabot keeps the actions and the packages current."""
    told = yaml.safe_load((REPOSITORY / ".github/dependabot.yml").read_text(encoding="utf-8"))
    assert {"github-actions", "pip"} == {one["package-ecosystem"] for one in told["updates"]}


def test_a_new_site_has_the_same_workflows_and_updates() -> None:
    """What init writes is guarded as this repository is. It installs with make, and leaves the audit to the generator."""
    starter = REPOSITORY / "briefing/starter/.github"
    assert (REPOSITORY / ".github/dependabot.yml").read_bytes() == (starter / "dependabot.yml").read_bytes()
    wanted = re.sub(r'# The job "audit".*\n', "", PUBLISH)
    wanted = re.sub(r"(?s)  audit:\n.*?(?=  build:\n)", "", wanted)
    install = 'make PYTHON=python .venv/.run && echo "$PWD/.venv/bin" >> "$GITHUB_PATH"'
    wanted = wanted.replace("python -m pip install --require-hashes -r requirements.txt", install)
    wanted = wanted.replace("python build.py", "briefing")
    assert wanted == (starter / "workflows/publish.yml").read_text(encoding="utf-8")
    makefile = (REPOSITORY / "briefing/starter/Makefile").read_text(encoding="utf-8")
    assert "$(PIP) --require-hashes -r requirements.txt" in makefile
