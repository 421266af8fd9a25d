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


def put_folder(path: Path, other: Path) -> None:
    """Put a folder where a file was."""
    path.unlink()
    path.mkdir()


DAMAGES: tuple[Callable[[Path, Path], object], ...] = (
    lambda path, other: path.write_bytes(b""),
    lambda path, other: path.write_bytes(path.read_bytes()[:40]),  # in the head
    lambda path, other: path.write_bytes(path.read_bytes()[:-40]),  # in the code
    lambda path, other: path.write_bytes(other.read_bytes()),
    put_folder,
)
"""Ways to damage a kept template; each is given the file and that of another template."""


def test_damaged_files_cost_the_time_of_compiling(site: MakeSite, tmp_path: Path) -> None:
    """The pages are the same whatever became of what was kept; only what can be read is not compiled again."""
    one, other, kept = site(), site(), tmp_path / "kept"
    build(one, kept)
    first, *files = compiled(kept)
    for place, path in enumerate(files):
        DAMAGES[place % len(DAMAGES)](path, first)
    assert len(files) >= len(DAMAGES)
    assert build(other, kept) == len(files)
    assert one.output() == other.output()
