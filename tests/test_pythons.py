"""Finding other Pythons, and seeing a byte that one of them makes otherwise; all of it: make test-pythons."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.pythons import build, folders, hold, look, tell
from tests.sites import MakeSite, brief

HOURS = f"-- content/briefs/hours.md --\n{brief()}"
OWN = ".".join(map(str, sys.version_info[:3]))


def pretend(path: Path, version: str, then: str = 'exec "{python}" "$@"') -> Path:
    """Make a Python that says another version of itself when it is asked, and does something else otherwise."""
    path.parent.mkdir(exist_ok=True)
    script = f'#!/bin/sh\nif [ "$1" = -I ]; then echo "{version}"; exit; fi\n{then.format(python=sys.executable)}\n'
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return path


def test_each_python_that_can_build_is_found_once(tmp_path: Path) -> None:
    """Not one that is too old, that does not start or that is none; the first of two, the oldest first."""
    pretend(tmp_path / "a" / "python3.12", "3.12.10")
    pretend(tmp_path / "a" / "python3", "3.12.9")
    pretend(tmp_path / "b" / "python3.12", "3.12.9")
    pretend(tmp_path / "b" / "python3.10", "3.10.4")
    pretend(tmp_path / "b" / "python3.13", "pyenv: no such command")
    pretend(tmp_path / "b" / "python3-config", "3.14.0")
    (tmp_path / "b" / "python3.14").write_text("no program")
    found = look([tmp_path / "none", tmp_path / "a", tmp_path / "b"])
    assert [("3.12.9", tmp_path / "a/python3"), ("3.12.10", tmp_path / "a/python3.12")] == list(found.items())
    assert OWN in look(folders())


def test_a_lone_python_is_told_to_be_one() -> None:
    """If there are not two to compare, the report says so; if there are, it does not."""
    one, two = {"3.11.7": Path("/a/python3")}, {"3.12.1": Path("/b/python3")}
    assert [
        "Python 3.11.7: /a/python3",
        "It is the only one from 3.11 on, so nothing can be compared.",
    ] == tell(one)
    assert ["Python 3.11.7: /a/python3", "Python 3.12.1: /b/python3"] == tell(one | two)


@pytest.mark.parametrize(("then", "well"), [('exec "{python}" "$@"', True), ('exec "{python}" "$@" --drafts', False)])
def test_a_python_that_makes_another_byte_is_told(
    site: MakeSite, tmp_path: Path, capsys: pytest.CaptureFixture[str], then: str, well: bool
) -> None:
    """What the first has built, each of them verifies; where one gives anything else, its version is named."""
    one = site(HOURS)
    other = pretend(tmp_path / "bin" / "python3", "9.9.9", then)
    assert well == hold({OWN: Path(sys.executable), "9.9.9": other}, [one.root])
    said = capsys.readouterr().out
    assert f"site0 by {OWN}: output/ is byte for byte" in said.replace(f"{one.root}/", "")
    assert ("by 9.9.9: output/ is byte for byte" in said.replace(f"{one.root}/", "")) == well


def test_a_build_that_fails_is_no_success(site: MakeSite) -> None:
    """A site with an error is not well, and the last line says so."""
    well, said = build(Path(sys.executable), site(f"-- content/briefs/hours.md --\n{brief(body='[[nowhere]]')}").root)
    assert (False, True) == (well, "nothing was written" in said)
