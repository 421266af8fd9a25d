"""Templates are compiled once for all builds, and what is kept of that never shows."""

from __future__ import annotations

import io
import marshal
import pickle
import pstats
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2.bccache import bc_magic

from briefing.cli.arguments import REPOSITORY
from tests.sites import NOW, MakeSite, Site, brief

TEMPLATE = "<p>{{ page.title }} once</p>\n"


def build(site: Site, kept: Path, *options: str, **environment: str) -> int:
    """Build a site where Python keeps compiled modules in a folder, and give how many templates were compiled."""
    noted = site.root.parent / "profile"
    command = [sys.executable, "-m", "cProfile", "-o", str(noted), str(REPOSITORY / "build.py"), "build", "--no-search"]
    command += ["--site", str(site.root), "--now", NOW, "--quiet", "--jobs", "1", *options]
    subprocess.run(command, env={"PYTHONPYCACHEPREFIX": str(kept)} | environment, check=True, cwd=site.root)
    calls = pstats.Stats(str(noted)).stats  # type: ignore[attr-defined]
    return sum(
        count
        for (path, _, name), (count, *_) in calls.items()
        if path.endswith("jinja2/compiler.py") and name == "generate"
    )


def compiled(kept: Path) -> list[Path]:
    """Return the files of templates among what is kept."""
    return sorted(kept.rglob("template-*.bin"))


def test_an_edit_compiles_no_template(site: MakeSite, tmp_path: Path) -> None:
    """What the first build compiled, the next one takes, in another process; a template that is new is compiled."""
    one, kept = site(f"-- content/briefs/hours.md --\n{brief()}"), tmp_path / "kept"
    assert build(one, kept) == len(compiled(kept)) > 5
    one.write("content/briefs/hours.md", brief(body="It was edited."))
    assert build(one, kept) == 0
    assert "It was edited." in one.read("output/briefs/hours/index.html")
    one.write("templates/brief.html", TEMPLATE)
    assert build(one, kept) == 1
    assert "once</p>" in one.read("output/briefs/hours/index.html")
    one.write("templates/brief.html", TEMPLATE.replace("once", "twice"))
    assert build(one, kept) == 1
    assert "twice</p>" in one.read("output/briefs/hours/index.html")


def test_nothing_is_kept_where_python_keeps_nothing(site: MakeSite, tmp_path: Path) -> None:
    """Whoever tells Python to write no compiled files finds none of ours, and a folder that cannot be is none."""
    kept, closed = tmp_path / "kept", tmp_path / "closed"
    build(site(), kept)
    for path in compiled(kept):
        path.unlink()
    assert build(site(), kept, PYTHONDONTWRITEBYTECODE="1") > 5
    assert compiled(kept) == []
    closed.write_bytes(b"")
    assert build(site(), closed) > 5


def test_verify_runs_no_template_that_was_compiled_earlier(site: MakeSite, tmp_path: Path) -> None:
    """Code planted in a compiled template runs in a build, which trusts that folder, and not in `build --verify`."""
    one, kept, mark = site(), tmp_path / "kept", tmp_path / "sprung"
    build(one, kept)
    for path in compiled(kept):
        file = io.BytesIO(path.read_bytes()[len(bc_magic) :])
        checksum, code = pickle.load(file), file.read()
        planted = compile(f"import marshal; open({str(mark)!r}, 'w'); exec(marshal.loads({code!r}))", "planted", "exec")
        path.write_bytes(bc_magic + pickle.dumps(checksum, 2) + marshal.dumps(planted))
    before = {path: path.read_bytes() for path in compiled(kept)}
    assert build(one, kept, "--verify") > 5
    assert (before, False) == ({path: path.read_bytes() for path in compiled(kept)}, mark.exists())
    one.edit("content/pages/index.md", "Welcome", "Be welcome")
    assert (build(one, kept), mark.exists()) == (0, True)


def put_folder(path: Path) -> None:
    """Put a folder where a file was."""
    path.unlink()
    path.mkdir()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut-in-the-head": lambda path: path.write_bytes(path.read_bytes()[:40]),
    "cut-in-the-code": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "of-another-template": lambda path: path.write_bytes(compiled(path.parent)[0].read_bytes()),
    "a-folder": put_folder,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_costs_the_time_of_compiling(site: MakeSite, tmp_path: Path, name: str) -> None:
    """The pages are the same whatever became of what was kept."""
    one, other, kept = site(), site(), tmp_path / "kept"
    build(one, kept)
    for path in compiled(kept):
        DAMAGES[name](path)
    assert build(other, kept) >= len(compiled(kept)) - 1
    assert one.output() == other.output()
