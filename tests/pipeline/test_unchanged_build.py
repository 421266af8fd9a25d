"""A build of the same files with the same options: it reports the same, and computes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.check.published import LOCK
from briefing.cli.arguments import REPOSITORY
from briefing.write.manifest import MANIFEST
from tests.sites import NOW, MakeSite, brief

TEXT = f"-- content/briefs/hours.md --\n{brief()}"
LOADS = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from briefing.cli.main import main
code = main()
print(*sorted(name for name in sys.modules if name.startswith("briefing.") or "." not in name))
sys.exit(code)
"""


def link_to_copy(output: Path) -> None:
    """Replace a page by a link to the same bytes elsewhere."""
    page = output / "briefs/hours/index.html"
    page.rename(output.parent / "copy.html")
    page.symlink_to(output.parent / "copy.html")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a-file-gone": lambda output: (output / "briefs/hours/index.html").unlink(),
    "a-file-emptied": lambda output: (output / "assets/style.css").write_bytes(b""),
    "no-manifest": lambda output: (output / MANIFEST).unlink(),
    "what-a-killed-build-leaves": lambda output: (output / ".briefing-part").mkdir(),
    "moved-away": lambda output: output.rename(output.parent / "elsewhere"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_output_folder_is_repaired(site: MakeSite, name: str) -> None:
    """The output folder is made right, although nothing in the content is new."""
    one = site(TEXT)
    one.good()
    whole = {path: path.read_bytes() for path in (one.root / "output").rglob("*") if path.is_file()}
    DAMAGES[name](one.root / "output")
    one.good()
    assert whole == {path: path.read_bytes() for path in (one.root / "output").rglob("*") if path.is_file()}
    assert not (one.root / "output/.briefing-part").exists()


def test_a_link_in_the_place_of_a_page_is_refused(site: MakeSite) -> None:
    """A page must not be a link out of the folder, even to the same bytes."""
    one = site(TEXT)
    one.good()
    link_to_copy(one.root / "output")
    assert ["outside-output"] == [problem.code for problem in one.build().problems]


def test_problems_are_reported_again(site: MakeSite) -> None:
    """The same problems, each with its line of the file."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body='See [[nowhere]].')}")
    first, again = (one.run("build", "--no-search") for _ in range(2))
    assert (1, first.stderr) == (again.returncode, again.stderr)
    assert "See [[nowhere]].\n" in again.stderr


@pytest.mark.parametrize("options", [{"now": "2026-04-01"}, {"base_url": "https://b.example"}, {"drafts": True}])
def test_another_date_or_option_is_another_build(site: MakeSite, options: dict[str, str | bool]) -> None:
    """The result for one date, address or option is not used for another."""
    one, other = site(TEXT), site(TEXT)
    one.good()
    one.good(**options)
    other.good(**options)
    assert one.read("output/manifest.json") == other.read("output/manifest.json")
    one.good()
    other.good()
    assert one.read("output/manifest.json") == other.read("output/manifest.json")


def test_a_deleted_record_of_addresses_is_written_again(site: MakeSite) -> None:
    """A build that records addresses always runs."""
    one = site(TEXT)
    one.good(update_lock=True)
    recorded = one.read(LOCK)
    one.delete(LOCK)
    one.good(update_lock=True)
    assert recorded == one.read(LOCK)


@pytest.mark.parametrize("command", ["build", "check"])
def test_the_code_of_the_steps_is_not_loaded(site: MakeSite, command: str) -> None:
    """A build with nothing new does not load Markdown, Jinja, YAML, records, our steps, or other commands."""
    one = site(TEXT)
    call = [sys.executable, "-c", LOADS, str(REPOSITORY), command, "--site", str(one.root), "--now", NOW, "--quiet"]
    first, again = (subprocess.run(call, capture_output=True, text=True, check=True).stdout.split() for _ in range(2))
    steps = {"briefing.pipeline.steps", "briefing.parse.document", "briefing.render.renderer"}
    steps |= {"briefing.model.records", "markdown", "jinja2", "yaml"}
    assert (steps, set()) == (steps & set(first), steps & set(again))
    loaded = {name.rpartition(".")[2] for name in first if name.startswith("briefing.cli.")}
    assert {"main", "arguments", "printing", "build", command} == loaded


FORKS = """
import functools, sys
sys.path.insert(0, sys.argv.pop(1))
from briefing.cli import build
from briefing.cli.main import main
from briefing.incremental.processes import Workers
build.Workers = functools.partial(Workers, patience=float(sys.argv.pop(1)))
sys.addaudithook(lambda event, given: event == "os.fork" and print(event))
sys.exit(main())
"""


@pytest.mark.parametrize("patience", [0, 60])
def test_a_build_that_takes_long_copies_its_process(site: MakeSite, patience: int) -> None:
    """On Linux, the work is shared with copies of the process; the output is the same as that of one process."""
    one = site("".join(f"-- content/briefs/b{n}.md --\n{brief(f'Brief {n}')}" for n in range(30)))
    call = [sys.executable, "-c", FORKS, str(REPOSITORY), str(patience), "build", "--site", str(one.root), "--now", NOW]
    call += ["--no-search", "--quiet", "--jobs", "2"]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert (patience == 0 and sys.platform == "linux") == ("os.fork" in done.stdout)
    output = one.output()
    for folder in (".cache", "output"):
        shutil.rmtree(one.root / folder)
    one.run("build", "--now", NOW, "--no-search", "--jobs", "1")
    assert output == one.output()
