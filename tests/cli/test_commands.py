"""The command, run as a writer runs it: what it prints, its exit status, and what it writes."""

from __future__ import annotations

import functools
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from briefing.cli.arguments import ALIASES, COMMANDS, MODULES, REPOSITORY
from briefing.cli.main import main
from tests.sites import MakeSite, brief

HOURS = f"-- content/briefs/hours.md --\n{brief()}"
BROKEN = f"-- content/briefs/hours.md --\n{brief(body='See [[huors]].')}"
WARNED = (
    f"{HOURS}-- content/sources.yaml --\n- {{id: s, type: report, title: T, issued: 2025, tier: news, publisher: P}}\n"
)


STATUS = {
    0: ((HOURS, ("", "build", "check", "check --strict", "--help")), (WARNED, ("check",))),
    1: (
        (WARNED, ("check --strict",)),
        (BROKEN, ("build", "build --quiet", "check", "check --quiet", "check --format json", "check --format github")),
    ),
    2: (
        (HOURS, ("bulid", "build --nonsense", "build --jobs many", "build --format xml")),
        (HOURS, ("build --now soon", "build --now 2026-02-30")),
    ),
}


@pytest.mark.parametrize(
    ("code", "content", "arguments"),
    [(code, content, words) for code, rows in STATUS.items() for content, all_ in rows for words in all_],
)
def test_the_exit_status_is_the_result(site: MakeSite, content: str, arguments: str, code: int) -> None:
    """0 is fine, 1 is a problem in the content, 2 is wrong usage; `--quiet` and `--format` do not change that."""
    finished = site(content).run(*arguments.split())
    assert code == finished.returncode, finished.stderr
    assert "Traceback" not in finished.stderr


def test_a_build_writes_and_counts(site: MakeSite) -> None:
    """A build writes the site and prints in one line what it wrote; a second build writes nothing."""
    one = site(HOURS)
    first = one.run()
    count = len(one.output())
    second = one.run("build")
    assert (f"({count} written, 0 unchanged, 0 removed)", "") == (
        first.stderr[first.stderr.index("(") :].split(" in ")[0],
        first.stdout,
    )
    assert f"(0 written, {count} unchanged, 0 removed)" in second.stderr
    assert "<h1>Opening hours</h1>" in one.page("/briefs/hours/")


def test_a_check_writes_nothing(site: MakeSite) -> None:
    """A check makes no output folder."""
    one = site(HOURS)
    assert "no problems" in one.run("check").stderr
    assert not (one.root / "output").exists()


def test_a_problem_is_shown_with_its_line(site: MakeSite) -> None:
    """Standard error has place, line, carets and hint, without colours if it is not a terminal."""
    expected = (
        "content/briefs/hours.md:6:5: error unknown-link: no record is called “huors”\n"
        "   5 | ---\n   6 | See [[huors]].\n     |     ^^^^^^^^^\n   hint: did you mean “hours”?\n\n"
    )
    finished = site(BROKEN).run("check", "--quiet")
    assert (expected, "") == (finished.stderr, finished.stdout)


def test_colours_can_be_chosen(site: MakeSite) -> None:
    """FORCE_COLOR turns colours on, and NO_COLOR has priority over it."""
    one = site(BROKEN)
    assert "\033[31merror" in one.run("check", FORCE_COLOR="1").stderr
    assert "\033" not in one.run("check", FORCE_COLOR="1", NO_COLOR="1").stderr


@pytest.mark.parametrize("arguments", [["check"], ["todo"], ["check", "--format=json"], ["check", "--format=github"]])
def test_no_content_controls_the_terminal(site: MakeSite, arguments: list[str]) -> None:
    """Control characters in a text, a field and the name of a file are shown as visible characters, in every format."""
    one = site()
    one.write("content/briefs/hours.md", brief(body="See [[\u202ehuors\u2066]].", topics="[\u2067money\u202e]"))
    one.write("content/briefs/bell.md", brief(body="A bell \a and [[nowhere]]\x1b[2J."))
    one.write("content/briefs/\x1b[2J\u202e.txt", "x")
    one.write("content/people.yaml", '- {id: "a\\u202eb", name: Ada, "su\\Lm": x}\r- {id: \u202eada}\r')
    finished = one.run(*arguments)
    said = finished.stdout + finished.stderr
    assert ({"hours.md", "bell.md", "people.yaml"}, False) == (
        set(re.findall(r"(?:hours|bell)\.md|people\.yaml", said)),
        "Traceback" in said,
    )
    assert ["\n"] == sorted({sign for sign in said if not sign.isprintable()}), said


def test_standard_output_is_only_json(site: MakeSite) -> None:
    """Another program can read the problems, also if there are none."""
    for content, count in ((BROKEN, 1), (HOURS, 0)):
        finished = site(content).run("check", "--format", "json")
        assert count == len(json.loads(finished.stdout)["problems"])
        assert "" == finished.stderr


def test_on_github_problems_are_annotations(site: MakeSite) -> None:
    """GITHUB_ACTIONS selects the format that marks the lines of a pull request."""
    one = site(BROKEN)
    expected = (
        "::error file=content/briefs/hours.md,line=6,col=5,endColumn=14,title=unknown-link::"
        "no record is called “huors”%0Ahint: did you mean “hours”?\n"
    )
    assert expected == one.run("check", GITHUB_ACTIONS="true").stdout
    assert "" == one.run("check", "--format", "text", GITHUB_ACTIONS="true").stdout


def test_timings_list_each_step(site: MakeSite) -> None:
    """Every step of a build has its line."""
    shown = site(HOURS).run("build", "--timings").stderr
    steps = [line.split()[0] for line in shown.split("\n") if line.split()[2:3] == ["ms"]]
    assert {"read", "parse", "weave", "render", "write"} <= set(steps)


@pytest.mark.parametrize(
    ("arguments", "environment", "overdue"),
    [
        (["--now", "2026-03-02"], {}, True),
        (["--now", "2026-03-01"], {}, False),
        ([], {"SOURCE_DATE_EPOCH": "1772409600"}, True),
        ([], {"SOURCE_DATE_EPOCH": "1772409599"}, False),
        ([], {"SOURCE_DATE_EPOCH": "1772409599", "TZ": "Pacific/Kiritimati"}, False),
        (["--now", "2026-03-01"], {"SOURCE_DATE_EPOCH": "1772409600"}, False),
    ],
)
def test_the_date_can_be_set(site: MakeSite, arguments: list[str], environment: dict[str, str], overdue: bool) -> None:
    """The date is `--now`, else SOURCE_DATE_EPOCH in UTC; a page is overdue by that date."""
    one = site(f"-- content/briefs/hours.md --\n{brief(check_by='2026-03-01')}")
    one.write("templates/brief.html", "{{ page.view.overdue }}")
    one.run("build", *arguments, **environment)
    assert str(overdue) == one.page("/briefs/hours/")


def test_a_site_overrides_templates_and_assets_file_by_file(site: MakeSite) -> None:
    """A file in the site's own folders replaces our file of the same name, and no other."""
    one = site(f"{HOURS}-- templates/brief.html --\nMine: {{{{ page.title }}}}\n-- assets/style.css --\nbody {{}}\n")
    assert 0 == one.run().returncode
    output = one.output()
    assert "Mine: Opening hours\n" == one.page("/briefs/hours/")
    assert output["assets/style.css"].startswith(b"body{}") and b"@font-face" not in output["assets/style.css"]
    assert (REPOSITORY / "assets/safety/exit.js").read_bytes() == output["assets/safety/exit.js"]
    assert "<!DOCTYPE html>" in one.page("/a-z/")


def test_the_output_folder_can_be_set(site: MakeSite, tmp_path: Path) -> None:
    """`--output` names another folder, and `clean` empties it."""
    one = site(HOURS)
    folder = tmp_path / "else where"
    one.run("build", "--output", str(folder))
    assert ((True, False), ["index.html"]) == (
        (folder.is_dir(), (one.root / "output").exists()),
        [path.name for path in (folder / "briefs/hours").iterdir()],
    )
    one.run("clean", "--output", str(folder))
    assert [] == list(folder.iterdir())


OVERLAPS = ("content", "content/briefs", "assets", "assets/new/deep", "templates", ".", "..", "/", ".cache", "link")


@pytest.mark.parametrize("command", ["build", "check", "clean", "todo"])
def test_the_output_folder_overlaps_no_folder_of_the_site(
    site: MakeSite, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An output folder that is, contains or is inside one of the site's own is refused in one line, with nothing touched."""
    one = site("-- assets/a.txt --\na-- templates/mine.html --\n-- content/briefs/hours.md --\n" + brief())
    (one.root / "link").symlink_to("assets")
    one.write("assets/manifest.json", '{"files": {"a.txt": ""}}')
    one.write("manifest.json", '{"files": {"assets/a.txt": ""}}')
    before = sorted(one.root.rglob("*"))
    for output in OVERLAPS:
        status = main([command, "--site", str(one.root), "--output", str(one.root / output)])
        said = capsys.readouterr().err
        assert (2, 1, True) == (status, said.count("\n"), "overlaps" in said), (output, said)
        assert before == sorted(one.root.rglob("*"))


def test_clean_removes_what_builds_made(site: MakeSite) -> None:
    """It counts what it deletes, and leaves the file of somebody else."""
    one = site(HOURS)
    one.run()
    count = len(one.output())
    one.write("output/mine.txt", "mine")
    finished = one.run("clean")
    assert (0, {"mine.txt": b"mine"}) == (finished.returncode, one.output())
    assert f"{count} files removed" in finished.stderr


@pytest.mark.parametrize("option", ["--drafts", "--base-url=https://other.example"])
def test_options_apply_to_one_build(site: MakeSite, option: str) -> None:
    """Drafts and another address are not kept for the next build."""
    one = site(f"{HOURS}-- content/briefs/soon.md --\n{brief('Soon', draft='true')}")
    one.run()
    plain = one.output()
    one.run("build", option)
    changed = one.output()
    one.run()
    assert (True, plain) == (changed != plain, one.output())
    assert ("--drafts" == option) == ("briefs/soon/index.html" in changed)


def test_a_folder_without_a_site_is_one_problem(site: MakeSite) -> None:
    """A wrong `--site` is reported, without a traceback."""
    one = site()
    shutil.rmtree(one.root / "content")
    finished = one.run("build")
    assert (1, True) == (finished.returncode, "no-site" in finished.stderr)


def test_a_long_build_shows_its_progress(site: MakeSite) -> None:
    """A terminal shows a bar that is removed at the end; anything else shows none."""
    one = site("".join(f"-- content/briefs/b{n}.md --\n{brief(f'Brief {n}')}" for n in range(9)))
    parent, child = pty.openpty()
    program = (
        "from briefing.cli import main, printing; printing._PATIENCE = 0; "
        f"main.main(['check', '--site', {str(one.root)!r}])"
    )
    with subprocess.Popen([sys.executable, "-c", program], stderr=child, cwd=REPOSITORY) as process:
        os.close(child)
        said = b""
        with suppress(OSError):  # on Linux, this means that the other end is closed
            while data := os.read(parent, 4096):
                said += data
        os.close(parent)
    assert 0 == process.returncode
    assert re.search(rb"\r\[#+ +\] \d+ of \d+", said) and b"\r\x1b[K" in said
    assert "\r" not in one.run("check").stderr


def _children(process: int) -> str:
    """Return the ids of the processes that any thread of a process has started."""
    found = ""
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread may have ended
            found += children.read_text()
    return found


@pytest.mark.parametrize("moment", ["memo", "workers", "output"])
def test_ctrl_c_stops_a_build_at_any_moment(site: MakeSite, moment: str) -> None:
    """Sent to the whole group, as a terminal does, it stops all processes with one line and 130; the next build is right."""
    one = site(
        "".join(f"-- content/briefs/b{n}.md --\n{brief(f'Brief {n}', 'Some words here. ' * 300)}" for n in range(200))
    )
    shared = "import functools, sys; from briefing.cli import build, main; from briefing.incremental import processes; processes._WORTH_IT = 0; "
    shared += "build.Workers = functools.partial(processes.Workers, patience=0); sys.exit(main.main())"
    command = [sys.executable, "-c", shared, "build", "--no-search", "--jobs", "2", "--site", str(one.root)]
    handled = functools.partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=handled, cwd=REPOSITORY
    ) as process:
        reached: dict[str, Callable[[], bool]] = {
            "memo": lambda: (one.root / ".cache/memo.sqlite").exists(),
            "workers": lambda: bool(_children(process.pid)),
            "output": lambda: (one.root / "output").exists(),
        }
        while process.poll() is None and not reached[moment]():
            pass
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert "Traceback" not in said
    assert (130, ["interrupted; no file is half written"]) == (process.returncode, said.splitlines())
    assert 0 == one.run("build", "--no-search", "--quiet").returncode


@pytest.mark.parametrize("made", [False, True], ids=["before make", "after make"])
def test_any_python_starts_the_installed_one(tmp_path: Path, site: MakeSite, made: bool) -> None:
    """A Python without our packages starts the one that make installed, or says what to type."""
    for name in ("briefing", "templates", "assets"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    shutil.copy(REPOSITORY / "build.py", tmp_path)
    if made:
        (tmp_path / ".venv/bin").mkdir(parents=True)
        (tmp_path / ".venv/bin/python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        (tmp_path / ".venv/bin/python").chmod(0o755)
    bare = [sys.executable, "-S", "build.py", "check", "--site", str(site(HOURS).root)]
    done = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True)
    assert (0 if made else 2, False) == (done.returncode, "Traceback" in done.stderr)
    assert ("no problems" if made else "run make once") in done.stderr


@pytest.mark.parametrize("command", [*COMMANDS, *ALIASES])
def test_help_explains_every_argument(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help of a command says in a sentence what it does, and explains each of its arguments."""
    monkeypatch.setenv("COLUMNS", "200")
    assert 0 == main([command, "--help"])
    shown = capsys.readouterr().out
    assert re.fullmatch(r"[A-Z].+\.", shown.split("\n\n")[1])
    explained = re.findall(r"^  (\S[^\n]*?)(?:  +|\n {10,})\S", shown, re.MULTILINE)
    assert explained == [line.strip().split("  ")[0] for line in shown.splitlines() if re.match(r"  \S", line)]


def test_help_lists_every_command() -> None:
    """The overview names each command, in a line that says what it does; each is a module."""
    shown = subprocess.run(
        [sys.executable, str(REPOSITORY / "build.py"), "--help"], capture_output=True, text=True
    ).stdout
    assert list(COMMANDS) == re.findall(r"^    (\w+)(?: \(serve\))?\s+\w", shown, re.MULTILINE)
    assert [] == [name for name in COMMANDS if not (REPOSITORY / f"briefing/cli/{MODULES.get(name, name)}.py").exists()]
