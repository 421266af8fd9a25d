"""A site sets the level of each problem that does not protect readers or the build."""

from __future__ import annotations

import pytest

from briefing.problem_codes import CODES
from tests.sites import DEFAULT, MakeSite, Site, brief, codes

SOURCE = "-- content/sources.yaml --\n- {id: a, type: book, title: T, issued: 2025, tier: news, publisher: P, further_reading: true}\n"
UNCITED = f"-- content/briefs/hours.md --\n{brief(body='The library opened in 1932.')}{SOURCE}"

LINE = DEFAULT.partition("-- content/pages")[0].count("\n")
"""The line of the levels in the settings, below all others."""


def with_checks(site: MakeSite, checks: str) -> Site:
    """Make a site with one statement without a source, and these levels."""
    settings, mark, rest = DEFAULT.partition("-- content/pages")
    return site(UNCITED, default=f"{settings}checks: {checks}\n{mark}{rest}")


@pytest.mark.parametrize("level", ["off", "note", "warning", "error"])
def test_a_site_sets_the_level_of_a_problem(site: MakeSite, level: str) -> None:
    """Off hides it, a note is in `todo`, a warning stops a strict build, and an error any build."""
    one = with_checks(site, f"{{uncited: {level}}}")
    shown = [problem.level for problem in one.check() if problem.code == "uncited"]
    assert [level] * (level in ("warning", "error")) == shown
    assert (level != "off") == ("  uncited  " in one.run("todo").stdout)
    assert (level in ("warning", "error")) == bool(one.run("check", "--strict", "--quiet").returncode)
    assert (level == "error") == bool(one.run("build", "--no-search", "--quiet").returncode)
    assert (level != "error") == (one.root / "output/index.html").is_file()


@pytest.mark.parametrize("level", ["off", "note", "warning", "error"])
def test_what_protects_readers_stays_an_error(site: MakeSite, level: str) -> None:
    """A level below error is refused, at its place, for each code that protects readers or the build."""
    settings = "".join(f"\n  {code}: {level}" for code in CODES)
    found = [(one.code, one.line) for one in with_checks(site, settings).check() if one.level == "error"]
    below = [LINE + at for at, code in enumerate(CODES, 1) if CODES[code].protects and level != "error"]
    assert [("wrong-form", line) for line in below] == [one for one in found if one[0] != "uncited"]


@pytest.mark.parametrize("checks", ["{uncitd: off}", "{uncited: loud}", "[uncited]", "{uncited: }"])
def test_levels_and_codes_that_do_not_exist_are_reported(site: MakeSite, checks: str) -> None:
    """A misspelt code or level is one problem in the line of the setting."""
    [problem] = [one for one in with_checks(site, checks).check() if one.level == "error"]
    assert ("content/site.yaml", LINE) == (problem.path, problem.line)
    assert "uncited" in f"{problem.message} {problem.hint}" or problem.code in (
        "wrong-type",
        "unknown-word",
        "empty-field",
    )


def test_a_change_of_a_level_needs_no_new_pages(site: MakeSite) -> None:
    """Only the settings are read again."""
    one = with_checks(site, "{uncited: off}")
    one.build()
    one.edit("content/site.yaml", "uncited: off", "uncited: note")
    assert "uncited" not in codes(one.build().problems)
