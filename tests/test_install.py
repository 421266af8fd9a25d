"""The installed generator: one wheel, three ways to start it, and only the site that the user is in or names."""

from __future__ import annotations

import re
import shutil
import site
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

import briefing
from briefing.cli.arguments import REPOSITORY

STARTER = REPOSITORY / "briefing" / "starter" / "content"


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel and its packages, and none of the repository."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.folder / "bin" / "python"

    def doors(self) -> dict[str, list[str]]:
        """Return the three ways to start the program."""
        return {
            "briefing": [str(self.folder / "bin" / "briefing")],
            "python -m briefing": [str(self.python), "-m", "briefing"],
            "python build.py": [sys.executable, str(REPOSITORY / "build.py")],
        }

    def run(self, door: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command in a folder."""
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(cwd)}
        command = [*self.doors()[door], *arguments]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel from a copy of the repository, and install it into an environment of its own."""
    folder = tmp_path_factory.mktemp("installed")
    copy = folder / "source"
    skip = shutil.ignore_patterns("__pycache__", "decisions")
    for name in ("briefing", "templates", "assets", "docs"):
        shutil.copytree(REPOSITORY / name, copy / name, ignore=skip)
    for name in (
        "build.py",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "requirements.txt",
        "action.yml",
    ):
        shutil.copy(REPOSITORY / name, copy)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    offline = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *offline, "--no-build-isolation", "-w", folder, copy], check=True)
    [wheel] = folder.glob("briefing-*.whl")
    shutil.rmtree(copy)
    made = Installed(folder / "environment")
    venv.create(made.folder)
    [packages] = made.folder.glob("lib/python*/site-packages")
    (packages / "packages.pth").write_text("\n".join(site.getsitepackages()))
    subprocess.run([*pip, "--python", made.python, "install", *offline, wheel], check=True)
    return made


DOORS = ["briefing", "python -m briefing", "python build.py"]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_opens_the_same_program(installed: Installed, door: str, tmp_path: Path) -> None:
    """Each says its version and gives the same help, in which it names itself."""
    assert f"briefing {briefing.__version__}\n" == installed.run(door, "--version", cwd=tmp_path).stdout
    texts = {name: installed.run(name, "--help", cwd=tmp_path).stdout for name in (door, "briefing")}
    assert texts[door].startswith(f"usage: {door} [-h]")
    started = {name: re.sub(rf"(usage: |\n  ){name}\b", r"\1X", text) for name, text in texts.items()}
    plain = {re.sub(r"\s+", " ", text.partition("manual: ")[0]) for text in started.values()}
    assert all(Path(text.partition("manual: ")[2].strip()).is_file() for text in texts.values())
    assert 1 == len(plain)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("command", [["build"], ["check"], ["new", "person", "Ann"], ["todo"], ["schema"], ["clean"], ["guard", "Ann Example"], ["preview"]], ids=lambda command: command[0])  # fmt: skip
def test_outside_a_site_nothing_is_done(installed: Installed, door: str, command: list[str], tmp_path: Path) -> None:
    """Where no folder around holds `content/`, a command says so in one line and writes nothing, here or elsewhere."""
    before = {path: path.stat().st_size for path in (REPOSITORY / "content").rglob("*")}
    done = installed.run(door, *command, cwd=tmp_path)
    assert (2, 1, "") == (done.returncode, done.stderr.count("\n"), done.stdout)
    assert "--site DIR" in done.stderr
    assert [] == list(tmp_path.iterdir())
    assert before == {path: path.stat().st_size for path in (REPOSITORY / "content").rglob("*")}


@pytest.mark.parametrize("door", DOORS)
def test_a_command_acts_on_the_site_around(installed: Installed, door: str, tmp_path: Path) -> None:
    """Standing anywhere in a site, with or without `--site`, is the same: its own output, its own records."""
    inside, outside = tmp_path / "site" / "content" / "briefs", tmp_path / "other"
    shutil.copytree(STARTER, tmp_path / "site" / "content")
    outside.mkdir()
    checked = installed.run(door, "check", "--strict", "--now", "2026-03-01", cwd=inside)
    assert (0, True) == (checked.returncode, "no problems" in checked.stderr), checked.stderr
    assert (
        0
        == installed.run(door, "new", "person", "Ann Example", "--site", str(inside.parents[1]), cwd=outside).returncode
    )
    assert "Ann Example" in (inside.parent / "people.yaml").read_text(encoding="utf-8")
    built = installed.run(door, "build", "--no-search", cwd=inside)
    assert (0, True) == (built.returncode, (tmp_path / "site/output/index.html").is_file()), built.stderr
    assert [] == list(outside.iterdir())


@pytest.mark.parametrize("door", DOORS)
def test_no_door_runs_a_file_of_the_current_folder(installed: Installed, door: str, tmp_path: Path) -> None:
    """Files beside the content that are named like modules are not imported, in this process or in workers."""
    shutil.copytree(STARTER, tmp_path / "content")
    for number in range(40):
        shutil.copy(STARTER / "briefs/opening-hours.md", tmp_path / f"content/briefs/copy-{number}.md")
    for name in ("struct", "selectors", "yaml", "jinja2", "json", "argparse", "sitecustomize", "usercustomize"):
        for folder in (tmp_path, tmp_path / "content"):
            (folder / f"{name}.py").write_text(f"import os\nos.mkdir({str(tmp_path / 'ran')!r})\n")
    for folder in (tmp_path, tmp_path / "content"):
        done = installed.run(door, "build", "--no-search", "--jobs", "2", cwd=folder)
        assert done.returncode in (0, 1), done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "ran").exists()


def test_the_example_of_the_library_runs(installed: Installed, tmp_path: Path) -> None:
    """The program in the documentation of the package builds a site and prints its problems."""
    shutil.copytree(STARTER, tmp_path / "my-site" / "content")
    with (tmp_path / "my-site/content/briefs/opening-hours.md").open("a", encoding="utf-8") as text:
        text.write("\nSee [[nothing-of-the-kind]].\n")
    example = dedent((briefing.__doc__ or "").partition(":\n\n")[2])
    done = subprocess.run([installed.python, "-c", example], cwd=tmp_path, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    assert "content/briefs/opening-hours.md" in done.stdout and "nothing-of-the-kind" in done.stdout
    assert not (tmp_path / "my-site/output/index.html").exists()


def test_the_wheel_is_complete(installed: Installed) -> None:
    """It holds the theme, the manual for writers and the mark of a typed package, and nothing of the first site."""
    [package] = installed.folder.glob("lib/python*/site-packages/briefing")
    theme = package / "theme"
    for name in ("templates", "assets"):
        ours = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / name).rglob("*") if path.is_file()}
        assert ours == {path.relative_to(theme).as_posix() for path in (theme / name).rglob("*") if path.is_file()}
    assert (package / "py.typed").is_file() and (theme / "docs/writing.md").is_file()
    assert not (package / "content").exists() and not (package.parent / "tests").exists()


@pytest.mark.parametrize("door", [f"run_path({str(REPOSITORY / 'build.py')!r}", "run_module('briefing'"])
def test_an_old_python_is_told_in_one_line(tmp_path: Path, door: str) -> None:
    """The check of the version comes before anything that an older Python cannot read or does not have."""
    program = "import sys; sys.version_info = (3, 10, 13); sys.argv = ['build.py', '--version']\n"
    program += "class Old(list):\n    def __getattr__(self, name):\n        return getattr(self[0], name.replace('safe_path', '?'))\n"
    program += "sys.flags = Old([sys.flags])\n"
    program += f"import runpy; sys.path.insert(1, {str(REPOSITORY)!r}); runpy.{door}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert (2, 1, True) == (done.returncode, done.stderr.count("\n"), "3.11 or newer" in done.stderr)
