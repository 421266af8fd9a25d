"""Every mistake of `tests/mistakes.py` is found where it was typed, and nothing else is found."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from briefing.problems import Problem
from tests.fuzz.multiply import calls
from tests.mistakes import GOOD, ROWS, Found, Row
from tests.sites import NOW, Site

SAMPLE = [
    "nested", "bom-crlf-text", "composed", "symbolic-file", "draft-yes", "javascript-tab", "question", "lost-address",
    "uncited", "undefined",
]  # fmt: skip
"""Rows that are also run through the real command, one of each type."""
ERRORS = [row for row in ROWS if row.level == "error" and not row.alone]


def looked_up(problem: Problem) -> Found:
    """Return the parts of a problem that a row expects."""
    return problem.code, problem.path, problem.line, problem.column, problem.level


def before(row: Row, site: Site) -> str:
    """Return the text of a row's file before its mistake is made."""
    text = site.read(row.path) if row.old else ""
    assert not row.old or 1 == text.count(row.old)
    return text


def plant(row: Row, site: Site) -> None:
    """Make one mistake in a site."""
    if row.gone:
        site.delete(row.path)
    elif row.link:
        target = site.root / row.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(row.typed)
    else:
        site.write(row.path, row.data(before(row, site)))
    for path, text in row.more:
        site.write(path, text)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the good site once with and once without recorded addresses."""
    root = tmp_path_factory.mktemp("good")
    site = Site(root / "plain", GOOD, default="")
    assert () == site.build(strict=True).problems
    shutil.copytree(root / "plain", root / "recorded")
    assert () == Site(root / "recorded", default="").build(strict=True, update_lock=True).problems
    return root


def copy(built: Path, to: Path, recorded: bool = False) -> Site:
    """Return a copy of the good site as it is after a build."""
    shutil.copytree(built / ("recorded" if recorded else "plain"), to / "site")
    return Site(to / "site", default="")


def test_the_good_site_has_no_finding_at_all(built: Path, tmp_path: Path) -> None:
    """The good site has no problem in either state, not even with --strict, and not in the real command."""
    for recorded in (False, True):
        site = copy(built, tmp_path / str(recorded), recorded)
        finished = site.run("check", "--strict", "--quiet")
        assert ((), 0, "", "") == (site.check(strict=True), finished.returncode, finished.stdout, finished.stderr)


def test_there_are_enough_rows() -> None:
    """There are more than sixty rows with different names; rows that are built together have different files."""
    files = [path for row in ERRORS for path in (row.path, *(path for path, _ in row.more))]
    assert (True, len(ROWS), len(files)) == (len(ROWS) > 60, len({row.name for row in ROWS}), len(set(files)))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_is_found_where_it_was_typed(built: Path, tmp_path: Path, row: Row) -> None:
    """One mistake gives exactly its problems at its place, with its hint, and the output does not change."""
    site = copy(built, tmp_path, row.recorded)
    expected = sorted(row.found(before(row, site)))
    plant(row, site)
    old = site.output()
    options: dict[str, Any] = {"now": row.now or NOW}
    found = site.build(**options).problems if row.written else site.check(**options)
    assert expected == sorted(looked_up(problem) for problem in found)
    assert [] == [one.hint for one in found if row.hint not in one.hint or not one.hint]
    assert [] == [one.message for one in found if row.says not in one.message]
    report = site.build(strict=row.level == "warning", **options)
    assert (None, old) == (report.written, site.output())
    assert {"error"} == {problem.level for problem in report.problems}


@pytest.mark.parametrize("row", [row for row in ROWS if row.quick], ids=lambda row: row.name)
def test_what_tries_to_make_a_build_slow_is_refused_unread(built: Path, tmp_path: Path, row: Row) -> None:
    """It is refused by a look at its text: a check of the site calls fewer functions than without it."""
    site = copy(built, tmp_path, row.recorded)
    before = calls(site.check)
    plant(row, site)
    assert calls(site.check) < before


@pytest.mark.parametrize("name", SAMPLE)
def test_the_command_exits_with_one_and_changes_nothing(built: Path, tmp_path: Path, name: str) -> None:
    """The real command shows the place, exits with 1 without a traceback, and the output does not change."""
    row = next(row for row in ROWS if row.name == name)
    site = copy(built, tmp_path, row.recorded)
    expected = row.found(before(row, site))
    plant(row, site)
    old = site.output()
    finished = site.run("build", *(["--strict"] if row.level == "warning" else []))
    for code, path, line, column, _ in expected:
        place = f"{path}:{line}:{column}" if line else path
        assert f"{place}: error {code}: " in finished.stderr
    assert (1, old, "") == (finished.returncode, site.output(), finished.stdout)
    assert "Traceback" not in finished.stderr


def test_all_errors_of_one_site_are_found_in_one_run(built: Path, tmp_path: Path) -> None:
    """All errors of one site are found in one run, each once, none hidden by another."""
    site = copy(built, tmp_path)
    for row in ERRORS:
        plant(row, site)
    old = site.output()
    report = site.build()
    found = [looked_up(problem) for problem in report.problems if problem.level == "error"]
    assert sorted(place for row in ERRORS for place in row.found()) == sorted(found)
    assert (None, old) == (report.written, site.output())
