"""A file that cannot be read is one problem: what is missing for that reason is not reported too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mistakes import GOOD
from tests.sites import MakeSite, Site, files_in

NAMES = sorted(name for name in files_in(GOOD) if name.startswith("content/") and name.endswith((".md", ".yaml")))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build a site with records of all kinds and record its addresses."""
    site = Site(tmp_path_factory.mktemp("recorded"), GOOD, default="")
    assert () == site.build(strict=True, update_lock=True).problems
    return site


@pytest.mark.parametrize("name", [name for name in NAMES if name != "content/site.yaml"])
def test_a_file_that_cannot_be_read_is_the_only_problem(recorded: Site, name: str) -> None:
    """Whatever it holds: its pages, lists, figures and citations are missing everywhere else."""
    whole = recorded.read(name)
    recorded.write(name, whole.replace(": ", ": '", 1) if ": '" not in whole else whole.replace(": '", ': "', 1))
    try:
        problems = recorded.build(strict=True).problems
    finally:
        recorded.write(name, whole)
    assert [name] == [problem.path for problem in problems], problems


def test_a_link_of_the_menu_to_no_page_has_its_place(site: MakeSite) -> None:
    """The bar, a section of it, the footer and the policies."""
    text = Path("content/site.yaml")
    settings = """\
title: Ponds
navigation:
  - {label: A to Z, to: /a-z/}
  - {label: More, to: /‸bar/, items: [{label: One, to: /‸one/}]}
footer: [{label: Two, to: /‸two/}]
policies: {corrections: /‸three/}
"""
    one = site(f"-- {text} --\n{settings.replace('‸', '')}")
    typed = [
        (number, at - n)
        for number, line in enumerate(settings.split("\n"), 1)
        for n, at in enumerate(at for at, sign in enumerate(line, 0) if sign == "‸")
    ]
    found = [(p.line, p.column) for p in one.build().problems if p.code == "unknown-link"]
    assert typed == sorted(found)
