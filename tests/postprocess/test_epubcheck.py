"""Books in epubcheck, the checker of the W3C. Only `make test-epub` runs these, because they need Java."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.incremental.memo import Memo
from briefing.pipeline.build import build
from briefing.project import Project
from tests.books import ARABIC, RICH, add_pictures
from tests.golden import SITE as GOLDEN
from tests.golden import copy
from tests.sites import Site

CHECKER = REPOSITORY / ".venv/epubcheck/epubcheck/epubcheck.jar"
pytestmark = pytest.mark.slow


def rich(root: Path, text: str) -> Path:
    """Build a site with everything that a text can show."""
    add_pictures(Site(root, text, default="")).good()
    return root / "output"


def golden(root: Path) -> Path:
    """Build the golden site with a book."""
    one = copy(GOLDEN, root)
    one.write("content/site.yaml", one.read("content/site.yaml") + "epub: true\n")
    one.good()
    return root / "output"


def ours(root: Path) -> Path:
    """Build the site of this repository, whose days have come."""
    report = build(Project.at(REPOSITORY, date.today().isoformat(), root / "output"), Memo())
    assert report.written, report.problems
    return root / "output"


@pytest.mark.parametrize(
    ("make", "books"),
    [
        (lambda root: rich(root, RICH), 3),
        (lambda root: rich(root, ARABIC), 1),
        (golden, 1),
        (ours, 3),
    ],
    ids=["everything", "arabic", "golden", "this site"],
)
def test_it_finds_nothing_wrong(make: Callable[[Path], Path], books: int, tmp_path: Path) -> None:
    """Neither an error nor a warning, in any edition."""
    found = sorted(make(tmp_path).rglob("*.epub"))
    assert books == len(found)
    for path in found:
        done = subprocess.run(
            ["java", "-jar", CHECKER, "--failonwarnings", path], capture_output=True, text=True, check=False
        )
        print(path.relative_to(tmp_path), path.stat().st_size, done.stdout.strip().splitlines()[-3:])
        assert (0, "") == (done.returncode, done.stderr), done.stdout + done.stderr
