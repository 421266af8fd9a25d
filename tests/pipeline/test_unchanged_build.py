"""A build that is asked for what the last one was asked for: it says the same, and works nothing out."""

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
    """Put a link in the place of a page, to the same bytes elsewhere."""
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
def test_what_the_output_lost_is_there_again(site: MakeSite, name: str) -> None:
    """Though nothing is new in the content, the folder is made to hold what it should."""
    one = site(TEXT)
    one.good()
    whole = {path: path.read_bytes() for path in (one.root / "output").rglob("*") if path.is_file()}
    DAMAGES[name](one.root / "output")
    one.good()
    assert whole == {path: path.read_bytes() for path in (one.root / "output").rglob("*") if path.is_file()}
    assert not (one.root / "output/.briefing-part").exists()


def test_a_link_in_the_place_of_a_page_is_refused_again(site: MakeSite) -> None:
    """A page that leads out of the folder is no page, even where it leads to the same bytes."""
    one = site(TEXT)
    one.good()
    link_to_copy(one.root / "output")
    assert ["outside-output"] == [problem.code for problem in one.build().problems]


def test_what_is_wrong_is_said_again(site: MakeSite) -> None:
    """The same problems, each with the line that it is in."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body='See [[nowhere]].')}")
    first, again = (one.run("build", "--no-search") for _ in range(2))
    assert (1, first.stderr) == (again.returncode, again.stderr)
    assert "See [[nowhere]].\n" in again.stderr


@pytest.mark.parametrize("options", [{"now": "2026-04-01"}, {"base_url": "https://b.example"}, {"drafts": True}])
def test_another_day_or_option_is_asked_anew(site: MakeSite, options: dict[str, str | bool]) -> None:
    """What was built for one day, address or choice is no answer to another."""
    one, other = site(TEXT), site(TEXT)
    one.good()
    one.good(**options)
    other.good(**options)
    assert one.read("output/manifest.json") == other.read("output/manifest.json")
    one.good()
    other.good()
    assert one.read("output/manifest.json") == other.read("output/manifest.json")


def test_a_lock_taken_back_is_recorded_again(site: MakeSite) -> None:
    """Recording changes what the next build is given, so it never counts as done before."""
    one = site(TEXT)
    one.good(update_lock=True)
    recorded = one.read(LOCK)
    one.delete(LOCK)
    one.good(update_lock=True)
    assert recorded == one.read(LOCK)


@pytest.mark.parametrize("command", ["build", "check"])
def test_what_works_things_out_is_not_loaded(site: MakeSite, command: str) -> None:
    """A build with nothing new begins and ends without Markdown, Jinja, YAML, or any step of ours."""
    one = site(TEXT)
    call = [sys.executable, "-c", LOADS, str(REPOSITORY), command, "--site", str(one.root), "--now", NOW, "--quiet"]
    first, again = (subprocess.run(call, capture_output=True, text=True, check=True).stdout.split() for _ in range(2))
    workers = {
        "briefing.pipeline.steps",
        "briefing.parse.document",
        "briefing.render.renderer",
        "markdown",
        "jinja2",
        "yaml",
    }
    assert (workers, set()) == (workers & set(first), workers & set(again))


@pytest.mark.parametrize("briefs", [5, 50])
def test_a_first_build_of_many_files_starts_processes_and_no_other_does(site: MakeSite, briefs: int) -> None:
    """They start at once where all of it is to be worked out and that takes a while; not for few files or an edit."""
    one = site("".join(f"-- content/briefs/b{n}.md --\n{brief(f'Brief {n}')}" for n in range(briefs)))
    call = [sys.executable, "-c", LOADS, str(REPOSITORY), "build", "--site", str(one.root), "--now", NOW, "--no-search"]
    call += ["--quiet", "--jobs", "2"]
    loaded = [subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()]
    output = one.output()
    for folder in (".cache", "output"):
        shutil.rmtree(one.root / folder)
    one.run("build", "--now", NOW, "--no-search", "--jobs", "1")
    assert output == one.output()
    one.edit("content/briefs/b3.md", "at nine", "at ten")
    loaded.append(subprocess.run(call, capture_output=True, text=True, check=True).stdout.split())
    assert [briefs == 50, False] == ["multiprocessing" in modules for modules in loaded]


COMPILES = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv.pop(1))
from briefing.cli.main import main
from briefing.pipeline.steps import prepare_process
prepare_process((Path(sys.path[0], "templates"), Path(sys.argv.pop(1), "templates")))
sys.addaudithook(lambda event, given: event == "compile" and print(given[1]))
sys.exit(main())
"""


def test_a_process_that_is_ready_compiles_no_template(site: MakeSite) -> None:
    """What is done ahead is all that pages need; a template that cannot be read is reported by the build, not ahead."""
    one = site(TEXT)
    new = f"{{# never compiled before: {one.root} #}}"
    one.write("templates/brief.html", (REPOSITORY / "templates/brief.html").read_text() + new)
    call = [sys.executable, "-B", "-c", COMPILES, str(REPOSITORY), str(one.root), "build", "--site", str(one.root)]
    call += ["--now", NOW, "--no-search", "--quiet", "--jobs", "1"]
    built = subprocess.run(call, capture_output=True, text=True, check=True)
    assert [] == [name for name in built.stdout.split() if name.endswith((".html", ".xml", ".txt"))]
    assert one.output()
    one.write("templates/term.html", "{% if %}")
    one.write("templates/brief.html", "{% include 'nowhere.html' %}")
    broken = subprocess.run(call, capture_output=True, text=True)
    assert (1, False, True) == (broken.returncode, "Traceback" in broken.stderr, "brief.html:1" in broken.stderr)
