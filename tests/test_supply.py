"""What comes from elsewhere: packages by their hashes, actions by their commits, workflows with no right they can do without."""

from __future__ import annotations

import json
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

from briefing.cli.arguments import REPOSITORY, make_parser
from briefing.scaffold.new_site import create_site
from briefing.write.manifest import MANIFEST

LOCKS = sorted(REPOSITORY.glob("requirements*.txt"))
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.y*ml"))
RIGHTS = {
    "deploy": {"pages": "write", "id-token": "write"},
    "attest": {"id-token": "write", "attestations": "write"},
}
"""The rights to write that jobs need, by the job."""
_PINNED = re.compile(r"([\w.-]+)==(\S+?)(?:\s*;.*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)(?:    #.*\n)*")
_ACTION = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40}")
_VERSION = re.compile(r"uses: \S+ # v\d+\.\d+\.\d+")
"""Behind a commit, what Dependabot keeps current and a person can read."""
_UNTRUSTED = re.compile(r"\$\{\{")
_LOCAL = re.compile(r"\./(\.github/actions/briefing)?")
"""Our own action: of the same commit as the workflow."""


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
        f"no version stands behind {uses}"
        for uses in re.findall("uses: .*", text)
        if not _VERSION.fullmatch(uses) and not _LOCAL.fullmatch(uses.removeprefix("uses: "))
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
    yield from _faults_of_steps(job.get("steps", ()))
    if "secrets." in str(job):
        yield "knows a secret"


def _faults_of_steps(steps: list[dict[str, Any]]) -> Iterator[str]:
    for step in steps:
        uses, run = step.get("uses", ""), step.get("run", "")
        if uses and not _ACTION.fullmatch(uses) and not _LOCAL.fullmatch(uses):
            yield f"uses {uses}"
        if uses.startswith("actions/checkout@") and step.get("with", {}).get("persist-credentials") != "false":
            yield "leaves its token on the disk"
        if _UNTRUSTED.search(run):
            yield f"pastes into a command: {run}"
        if "pip install" in run and "--require-hashes" not in run:
            yield f"installs without hashes: {run}"
        if "event" in str(step) or "head_ref" in str(step):
            yield "reads what strangers write"


def test_what_is_attested_is_the_manifest_that_is_published() -> None:
    """One job attests the manifest of the artifact that is deployed. It runs nothing of ours, and no other job waits for it."""
    jobs = yaml.load(PUBLISH, yaml.BaseLoader)["jobs"]
    fetched, unpacked, attested = jobs["attest"]["steps"]
    assert jobs["attest"]["needs"] == jobs["deploy"]["needs"] == "build"
    assert "attest" not in {job.get("needs") for job in jobs.values()}
    assert ("actions/download-artifact", {"name": "github-pages"}) == (fetched["uses"].split("@")[0], fetched["with"])
    assert {"run": f"tar --extract --file artifact.tar ./{MANIFEST}"} == unpacked
    assert ("actions/attest-build-provenance", {"subject-path": MANIFEST}) == (
        attested["uses"].split("@")[0],
        attested["with"],
    )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_can_do_what_they_must_and_no_more(path: Path) -> None:
    """Least rights, known actions, no stranger's words in a command, hashes for every package."""
    assert [] == faults_of(path.read_text(encoding="utf-8"))


PUBLISH = (REPOSITORY / ".github/workflows/publish.yml").read_text(encoding="utf-8")
ACTION = (REPOSITORY / "action.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  pull_request:\n", "  pull_request_target:\n", "runs on pull_request_target"),
        ("permissions:\n  contents: read\n\n", "", "has more rights"),
        ("permissions:\n  contents: read\n\n", "permissions: write-all\n\n", "has more rights"),
        ("    permissions:\n      contents: read\n      pages: read\n", "    permissions:\n      contents: write\n", "build: has the rights"),
        ("    permissions:\n      contents: read\n      pages: read\n", "    permissions: write-all\n", "build: has the rights"),
        ("      pages: write\n", "      pages: write\n      contents: write\n", "deploy: has the rights"),
        ("      attestations: write\n", "      attestations: write\n      contents: write\n", "attest: has the rights"),
        ("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "actions/deploy-pages@main", "deploy: uses"),
        ("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "actions/deploy-pages@v5", "deploy: uses"),
        ("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "actions/deploy-pages@cd2ce8f", "deploy: uses"),
        (" # v5.0.0", "", "no version stands behind uses: actions/"),
        ("          persist-credentials: false\n", "          fetch-depth: 0\n", "leaves its token"),
        ("python -m pip install", "echo ${{ github.head_ref }}; python -m pip install", "audit: pastes into a command"),
        ("uses: ./\n", "uses: ./other\n", "uses ./other"),
        (" --require-hashes", "", "installs without hashes"),
        ("    timeout-minutes: 15\n", "", "deploy: may run"),
        ("publish: true", "publish: ${{ secrets.URL }}", "build: knows a secret"),
    ],
)  # fmt: skip
def test_a_right_too_many_is_seen(old: str, new: str, fault: str) -> None:
    """Each loosening of the workflow is found."""
    assert old in PUBLISH
    assert [one for one in faults_of(PUBLISH.replace(old, new)) if fault in one]


def steps_of(text: str) -> list[dict[str, Any]]:
    """Return the steps of an action."""
    return list(yaml.load(text, yaml.BaseLoader)["runs"]["steps"])


def script_of(name: str, text: str = ACTION) -> str:
    """Return the commands of a step of an action."""
    [script] = [step["run"] for step in steps_of(text) if step.get("name") == name]
    return str(script)


def faults_of_action(text: str) -> list[str]:
    """Return what is wrong with a composite action."""
    action = yaml.load(text, yaml.BaseLoader)
    found = [f"no version stands behind {one}" for one in re.findall("uses: .*", text) if not _VERSION.fullmatch(one)]
    found += _faults_of_steps(action["runs"]["steps"])
    for step in action["runs"]["steps"]:
        if "run" in step and step.get("shell") != "bash":
            found.append("runs in an unknown shell")
        for value in re.findall(r"\$\{\{(.*?)\}\}", str(step)):
            if not re.fullmatch(
                r" (inputs\.[\w-]+( \|\| steps\.pages\.outputs\.base_url)?|github\.action_path) ", value
            ):
                found.append(f"uses {value}")
    for name, given in action["inputs"].items():
        if set(given) != {"description", "default"}:
            found.append(f"{name} has no default or no description")
    return found


def test_the_action_can_do_what_it_must_and_no_more() -> None:
    """It is held to the same rules as the workflows, and reads nothing but its inputs."""
    assert [] == faults_of_action(ACTION)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"$BASE_URL"', '"${{ inputs.base-url }}"', "pastes into a command"),
        ("setup-python@a309ff8b426b58ec0e2a45f0f869d46889d02405", "setup-python@v6", "uses actions/setup-python@v6"),
        (" # v6.2.0", "", "no version stands behind"),
        ("--require-hashes", "", "installs without hashes"),
        ("${{ inputs.pdf }}", "${{ github.event.pull_request.title }}", "reads what strangers write"),
        ("${{ inputs.pdf }}", "${{ github.head_ref }}", "reads what strangers write"),
        ("${{ inputs.pdf }}", "${{ secrets.TOKEN }}", "uses  secrets.TOKEN"),
        ("shell: bash", "shell: sh", "runs in an unknown shell"),
    ],
)  # fmt: skip
def test_a_loosened_action_is_seen(old: str, new: str, fault: str) -> None:
    """Each loosening of the action is found."""
    assert old in ACTION
    assert [one for one in faults_of_action(ACTION.replace(old, new)) if fault in one]


@pytest.mark.parametrize("text", [ACTION, PUBLISH], ids=["action", "workflow"])
def test_every_command_is_a_script_that_bash_can_read(text: str) -> None:
    """`bash -n` finds no mistake in any of them."""
    whole = yaml.load(text, yaml.BaseLoader)
    jobs = [whole["runs"]] if "runs" in whole else list(whole["jobs"].values())
    loaded = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert len(loaded) >= 2
    for script in loaded:
        done = subprocess.run(["bash", "-n", "-c", script], capture_output=True, text=True)
        assert (0, "") == (done.returncode, done.stderr), script


HOSTILE = ["$(touch ran)", "; touch ran", "`touch ran`", "' ; touch ran; '", '"; touch ran; "', "a\ntouch ran", "--site=/etc", "$'\\ntouch ran'", "true || touch ran"]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_no_input_is_run(tmp_path: Path, value: str) -> None:
    """Whatever an input holds, a step passes it on as one word, or stops in one line."""
    for folder in ("content", "runner", "tools"):
        (tmp_path / folder).mkdir()
    told = tmp_path / "told"
    for name in ("briefing", "python"):
        (tmp_path / "tools" / name).write_text(f'#!/bin/sh\nprintf "%s\\0" "$@" >> "{told}"\n')
        (tmp_path / "tools" / name).chmod(0o755)
    runner = {"RUNNER_TEMP": "runner", "GITHUB_ENV": "env", "GITHUB_PATH": "path"}
    base = {"PATH": f"{tmp_path / 'tools'}:{os.environ['PATH']}", "PUBLISH": "true", "PDF": "false", "SITE": ".", "BASE_URL": "https://x.example/", "ACTION": str(tmp_path)}  # fmt: skip
    for step in steps_of(ACTION):
        for name in step.get("env", {}):
            environment = {**base, **runner, name: value}
            run = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True)
            assert not (tmp_path / "ran").exists(), (step["name"], name)
            assert done.returncode == 0 or (done.stdout.count("\n") == 1 and done.stdout.startswith("::error")), done
            if name == "BASE_URL":
                assert f"--base-url\0{value}\0" in told.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "said"),
    [({}, ""), ({"PUBLISH": "yes"}, "true or false"), ({"PDF": ""}, "true or false"), ({"SITE": "nowhere"}, "content/")],
)  # fmt: skip
def test_inputs_that_mean_nothing_stop_the_action(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    """A switch is true or false, and the folder is that of a site; one line says so."""
    (tmp_path / "content").mkdir()
    given = {"PUBLISH": "true", "PDF": "true", "SITE": ".", "RUNNER_TEMP": "/t", "GITHUB_ENV": "env"} | changes
    command = ["bash", "-e", "-c", script_of("Look at the inputs")]
    done = subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, text=True)
    assert (bool(said), 1 if said else 0, "") == (done.returncode == 1, done.stdout.count("\n"), done.stderr)
    assert said in done.stdout


def unverified(text: str) -> list[str]:
    """Return what an action uploads without having built it again, with the very same options, to see that it is right."""
    lines = [
        line.strip() for step in steps_of(text) for line in [*step.get("run", "").splitlines(), step.get("uses", "")]
    ]
    built: set[str] = set()
    verified: set[str] = set()
    for line in lines:
        if line.startswith("briefing build "):
            options = re.sub(r" --(verify|format \w+)", "", line)
            (verified if "--verify" in line and options in built else built).add(options)
        elif line.startswith("actions/upload-pages-artifact@"):
            return sorted(built - verified) or ([] if built else ["nothing was built"])
    return ["nothing is uploaded"]


def test_what_is_published_was_verified() -> None:
    """Between building and uploading, the same build is compared with the output; each way to leave that out is found."""
    assert [] == unverified(ACTION)
    for old, new in ((" --verify", ""), ("text --verify", "text"), ('"${options[@]}" --format text', "--format text")):
        assert old in ACTION and [] != unverified(ACTION.replace(old, new)), old
    late = re.sub(
        r"(?s)(    # The second.*?)(    - if: [^\n]*\n      uses: actions/upload-pages.*?/output\n)", r"\2\1", ACTION
    )
    assert late != ACTION and [] != unverified(late)


@pytest.mark.parametrize("edit", ["", 'echo vandal >> "output/a-z/index.html"\n'])
def test_the_steps_of_publishing_do_what_they_say(tmp_path: Path, edit: str) -> None:
    """On a new site, with what keeps the output folder in this repository, the commands of the action build and verify;
    a byte that changes in between stops them.
    """
    new, tools = tmp_path / "new", tmp_path / "tools"
    create_site(new)
    (new / "output").mkdir()
    shutil.copy(REPOSITORY / "output/.gitignore", new / "output")
    tools.mkdir()
    (tools / "briefing").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{REPOSITORY}/build.py" "$@"\n')
    (tools / "briefing").chmod(0o755)
    before, mark, after = script_of("Build and verify").rpartition("briefing build")
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "BASE_URL": "https://x.example/y", "GITHUB_ACTIONS": "true", "PDF": "false"}  # fmt: skip
    done = subprocess.run(
        ["bash", "-e", "-c", before + edit + mark + after], cwd=new, env=environment, capture_output=True, text=True
    )
    assert (bool(edit), not edit) == (done.returncode != 0, "is byte for byte what" in done.stderr), done.stderr


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"generator.txt": "briefing==0.2.0\n"}, ""),
        ({"generator.txt": "briefing @ file:///nowhere\n"}, "::error file=generator.txt::pip cannot install"),
        ({}, "generator.txt is missing"),
        ({"build.py": ""}, ""),
    ],
)  # fmt: skip
def test_the_generator_of_a_site_is_installed(tmp_path: Path, files: dict[str, str], said: str) -> None:
    """What generator.txt names is installed, else the action's own; what pip cannot install is said in one line."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/python").write_text('#!/bin/sh\necho "$@" >> asked\ncase "$*" in *generator.txt) ! grep -q nowhere generator.txt;; esac\n')  # fmt: skip
    (tmp_path / "tools/python").chmod(0o755)
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    environment = {"PATH": f"{tmp_path / 'tools'}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path / "runner"), "GITHUB_PATH": "path", "ACTION": str(tmp_path)}  # fmt: skip
    command = ["bash", "-e", "-c", script_of("Install the generator")]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (bool(said), said) == (done.returncode == 1, said if said in done.stdout else done.stdout), done
    if not said:
        subprocess.run([tmp_path / "runner/briefing/briefing", "check"], cwd=tmp_path, env=environment, check=True)
        *installed, ran = (tmp_path / "asked").read_text().splitlines()
        assert ran == ("-m briefing check" if "generator.txt" in files else f"{tmp_path}/build.py check")
        assert all("--require-hashes" in one or one.endswith("--no-deps -r generator.txt") for one in installed)


def first_steps(text: str) -> list[str]:
    """Return the commands that an action runs before there is a Python."""
    before: list[str] = []
    for step in steps_of(text):
        if step.get("uses", "").startswith("actions/setup-python@"):
            return before
        before.append(step["run"])
    return []


GENERATED = [
    "briefing/render/__pycache__/template-1.bin", "__pycache__/build.cpython-313.pyc", "briefing/problems.pyc",
    "briefing/problems.cpython-313-x86_64-linux-gnu.so", "markdown.so", "jinja2.pyd", ".cache/memo.sqlite", ".cache/a/b",
    ".venv/bin/python", "output/index.html", "output/.hidden", "output/a/.gitignore", "content/é/__pycache__/x",
]  # fmt: skip


@pytest.mark.parametrize("planted", ["", "output/.gitignore", "assets/a.css", *GENERATED])
def test_nothing_that_a_build_made_is_taken_from_a_repository(tmp_path: Path, planted: str) -> None:
    """Before Python runs, the action stops in one line at each file in Git that Python or a build could have made."""
    for name in {"output/.gitignore", "content/index.md", planted} - {""}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    git = ["git", "-c", "core.excludesFile=", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "add", "--force", "."], check=True)
    [_, command] = first_steps(ACTION)
    if command:
        done = subprocess.run(["bash", "-e", "-c", command], cwd=tmp_path, capture_output=True, text=True)
        wrong = planted in GENERATED
        assert (wrong, wrong, "") == (done.returncode == 1, done.stdout.count("\n") == 1, done.stderr), done
        assert not wrong or (done.stdout.startswith("::error::") and planted.rpartition("/")[2] in done.stdout)


def test_a_repository_that_git_cannot_read_stops_a_job(tmp_path: Path) -> None:
    """Where the files in Git cannot be listed, no job goes on."""
    environment = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    command = ["bash", "-e", "-c", script_of("Look for files that a build made")]
    assert subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True).returncode


def test_the_action_runs_nothing_that_was_compiled_earlier() -> None:
    """Python keeps and looks for compiled modules in a folder outside the repository, which a new machine does not have."""
    assert 'echo "PYTHONPYCACHEPREFIX=$RUNNER_TEMP/compiled" >> "$GITHUB_ENV"' in first_steps(ACTION)[0]


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
    wanted = re.sub(r"(?s)  audit:\n.*?(?=  build:\n)", "", wanted).replace(
        "uses: ./\n", "uses: ./.github/actions/briefing\n"
    )
    assert wanted == (starter / "workflows/publish.yml").read_text(encoding="utf-8")
    makefile = (REPOSITORY / "briefing/starter/Makefile").read_text(encoding="utf-8")
    assert "$(PIP) --require-hashes -r requirements.txt" in makefile


def test_the_hook_for_pre_commit_runs_our_check() -> None:
    """It runs one command over the whole site, for files of the site only, and that command exists."""
    [hook] = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, command, *options = hook["entry"].split()
    assert ("briefing", "check", ["--strict"], False, "python") == (program, command, options, hook["pass_filenames"], hook["language"])  # fmt: skip
    found = re.compile(hook["files"])
    for path, matches in (("content/a.md", True), ("assets/a.css", True), ("templates/x.html", True), ("docs/content/a.md", False), ("README.md", False)):  # fmt: skip
        assert matches == bool(found.search(path))


def test_a_development_container_shows_the_preview() -> None:
    """Both containers install what they need and forward the port on which a preview listens first."""
    texts = {path.read_bytes() for path in (REPOSITORY / ".devcontainer/devcontainer.json", REPOSITORY / "briefing/starter/.devcontainer/devcontainer.json")}  # fmt: skip
    [container] = map(json.loads, texts)
    assert [make_parser("preview", {}).parse_args(["preview"]).port] == container["forwardPorts"]
    assert re.fullmatch(r"make \.venv/\.run", container["postCreateCommand"])


def test_make_says_which_file_names_a_generator_that_pip_cannot_install(tmp_path: Path) -> None:
    """The last words say so, and the next `make` tries again."""
    create_site(tmp_path / "site")
    pip = '#!/bin/sh\ncase "$*" in *generator.txt) exit 1;; esac\n'
    python = tmp_path / "python"
    python.write_text(
        f"#!/bin/sh\n[ \"$1\" = -c ] || {{ mkdir -p .venv/bin; echo '{pip}' > .venv/bin/pip; chmod +x .venv/bin/pip; }}\n"
    )
    python.chmod(0o755)
    done = subprocess.run(["make", f"PYTHON={python}"], cwd=tmp_path / "site", capture_output=True, text=True)
    assert (True, False) == (done.returncode != 0, (tmp_path / "site/.venv/.run").exists())
    assert "pip cannot install the generator that generator.txt names" in done.stderr
