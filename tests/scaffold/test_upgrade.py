"""Sites and their generator: the pin, copied templates, and the upgrade from one version to another."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.scaffold.theme import list_theme


@dataclass(frozen=True)
class Generator:
    """A copy of the generator, with a version of its own."""

    folder: Path

    def run(self, site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder of a site."""
        command = [sys.executable, str(self.folder / "build.py"), *arguments]
        return subprocess.run(command, cwd=site, capture_output=True, text=True)


def generator(folder: Path, version: str) -> Generator:
    """Copy the generator and give it a version."""
    for name in ("briefing", "templates", "assets", "docs"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "decisions"))
    for name in ("build.py", "requirements.txt", "action.yml", "CHANGELOG.md"):
        shutil.copy(REPOSITORY / name, folder)
    package = folder / "briefing/__init__.py"
    package.write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{version}"', package.read_text()))
    return Generator(folder)


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Generator, Generator]:
    """Make two versions: in the second, a field has a new name, and one template changed."""
    folder = tmp_path_factory.mktemp("versions")
    old, new = generator(folder / "old", "7.0.0"), generator(folder / "new", "7.10.0")
    brief = new.folder / "templates/brief.html"
    brief.write_text(brief.read_text() + "{# changed #}\n")
    changes = "- `summary` is called `lead` now.\n\n### Templates\n\n- `brief.html` ends with\n  a comment.\n\n### Commands\n\n- No.\n"
    log = new.folder / "CHANGELOG.md"
    head, mark, rest = log.read_text().partition("\n## ")
    older = "\n## 7.0.0 \n\n### Fields\n\n- Old.\n"
    log.write_text(f"{head}\n## 7.10.0 – 2027-01-01\n\n### Fields\n\n{changes}{older}{mark}{rest}")
    return old, new


def files_of(site: Path) -> dict[str, bytes]:
    """Return the files of a site that are kept in Git."""
    paths = [path for path in site.rglob("*") if path.is_file()]
    named = {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}
    return {name: data for name, data in named.items() if not name.startswith((".cache/", "output/"))}


def test_a_site_is_upgraded(versions: tuple[Generator, Generator], tmp_path: Path) -> None:
    """Only the pin changes; what else may have to change is named; afterwards there is nothing to do."""
    old, new = versions
    site = tmp_path / "site"
    assert 0 == old.run(tmp_path, "init", str(site)).returncode
    for name in ("brief.html", "style.css"):
        assert 0 == old.run(site, "theme", "copy", name).returncode
    assert 0 == old.run(site, "build", "--no-search").returncode
    same = old.run(site, "upgrade", "--check")
    assert (0, "this site is built with briefing 7.0.0\n") == (same.returncode, same.stderr)

    (site / "templates/term.html").write_bytes((old.folder / "templates/term.html").read_bytes())
    before = files_of(site)
    asked = new.run(site, "upgrade", "--check")
    assert (1, before) == (asked.returncode, files_of(site))
    done = new.run(site, "upgrade")
    assert 0 == done.returncode
    changed = {name for name, data in files_of(site).items() if before.get(name) != data}
    assert {"generator.txt"} == changed
    assert "# briefing 7.10.0," in (site / "generator.txt").read_text()
    assert new.folder.as_uri() in (site / "generator.txt").read_text()
    for said in (asked.stderr, done.stderr):
        assert "templates/brief.html was copied from 7.0.0; the theme's file has changed since" in said
        assert "templates/term.html does not say which version" in said
        assert "7.10.0, Fields: `summary` is called `lead` now.\n" in said
        assert "7.10.0, Templates: `brief.html` ends with a comment.\n" in said
        assert "style.css" not in said and "Old." not in said and "No." not in said
    assert 0 == new.run(site, "check", "--strict", "--now", "2026-03-01").returncode

    back = old.run(site, "upgrade")
    assert (2, True) == (back.returncode, "install the newer one" in back.stderr)


def test_a_site_without_a_pin_is_not_upgraded(versions: tuple[Generator, Generator], tmp_path: Path) -> None:
    """A site that does not say which generator it uses is not changed; one with a copy of it is referred to the manual."""
    old, _ = versions
    shutil.copytree(REPOSITORY / "briefing/starter/content", tmp_path / "content")
    before = files_of(tmp_path)
    done = old.run(tmp_path, "upgrade")
    assert (2, True, before) == (done.returncode, "generator.txt" in done.stderr, files_of(tmp_path))
    done = old.run(old.folder / "briefing/starter", "upgrade")
    assert 2 == done.returncode
    shutil.copytree(old.folder / "briefing", tmp_path / "briefing")
    shutil.copy(old.folder / "build.py", tmp_path)
    done = old.run(tmp_path, "upgrade")
    assert (2, True) == (done.returncode, "publishing.md" in done.stderr)


@pytest.mark.parametrize("name", list_theme())
def test_every_file_of_the_theme_can_be_copied_and_changes_nothing(
    versions: tuple[Generator, Generator], tmp_path: Path, name: str
) -> None:
    """A copy says where it comes from, is not copied twice, and is known to be current."""
    old, _ = versions
    (tmp_path / "content").mkdir()
    done = old.run(tmp_path, "theme", "copy", name)
    assert (0, "") == (done.returncode, done.stdout)
    first, rest = (tmp_path / name).read_bytes().split(b"\n", 1)
    assert (True, (old.folder / name).read_bytes()) == (b"Copied from briefing 7.0.0, " in first, rest)
    again = old.run(tmp_path, "theme", "copy", name.partition("/")[2])
    assert (2, True) == (again.returncode, "there already" in again.stderr)


def test_a_site_with_all_files_of_the_theme_has_the_same_pages(
    versions: tuple[Generator, Generator], tmp_path: Path
) -> None:
    """The line that says where a copy comes from does not reach the pages."""
    old, _ = versions
    outputs = []
    for copied in (False, True):
        site = tmp_path / str(copied)
        shutil.copytree(REPOSITORY / "briefing/starter/content", site / "content")
        for name in list_theme() if copied else []:
            assert 0 == old.run(site, "theme", "copy", name).returncode
        assert 0 == old.run(site, "build", "--no-search", "--now", "2026-03-01").returncode
        pages = {path.relative_to(site): path.read_bytes() for path in (site / "output").rglob("*") if path.is_file()}
        read = {path: data for path, data in pages.items() if path.suffix != ".js" and path.name != "manifest.json"}
        outputs.append({path: re.sub(rb"/\* Copied from .*? \*/|\s+", b"", data) for path, data in read.items()})
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    "name", ["breif.html", "../content/site.yaml", "fonts/OFL.txt/x", "card.png", "/etc/passwd", ""]
)
def test_what_the_theme_does_not_have_is_not_copied(
    versions: tuple[Generator, Generator], tmp_path: Path, name: str
) -> None:
    """A misspelt name gets a proposal, and no name leads out of the theme or of the site."""
    old, _ = versions
    (tmp_path / "content").mkdir()
    done = old.run(tmp_path, "theme", "copy", name)
    assert (2, True) == (done.returncode, "brief.html" in done.stderr or "no file" in done.stderr)
    assert ["content"] == [path.name for path in tmp_path.iterdir()]
