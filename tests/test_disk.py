"""Single files: read and replaced without following a link, and never half written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.disk import PART, read_file, replace_file
from briefing.problems import BuildError
from tests.sites import places

LINKED = {"file": "a/b/file", "folder": "a/b", "upper folder": "a"}
"""A part of a path that is a link."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a folder, and next to it a file that must never change."""
    (tmp_path / "outside").write_text("precious")
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


@pytest.mark.parametrize("linked", LINKED.values(), ids=LINKED)
@pytest.mark.parametrize(
    "act", [lambda root, path: replace_file(root, path, b"new"), read_file], ids=["replace", "read"]
)
def test_no_link_in_a_path_is_followed(root: Path, act: Callable[[Path, str], object], linked: str) -> None:
    """A file that is a link, or is below one, is neither read nor replaced, and the problem names the link."""
    (root / linked).parent.mkdir(parents=True, exist_ok=True)
    (root / linked).symlink_to(root.parent / "outside" if linked == "a/b/file" else root.parent)
    with pytest.raises(BuildError) as stop:
        act(root, "a/b/file")
    assert places(stop.value.problems) == [("symbolic-link", linked, 0, 0)]
    assert "precious" == (root.parent / "outside").read_text()
    assert {"outside", "root"} == set(os.listdir(root.parent))


def test_a_file_is_replaced_with_its_folders(root: Path) -> None:
    """Folders are created, a second write replaces the first, and nothing else is left."""
    for data in (b"old", b"new"):
        replace_file(root, "a/b/file", data)
        assert data == read_file(root, "a/b/file")
    assert ["file"] == os.listdir(root / "a/b")
    assert None is read_file(root, "a/other")


def test_the_name_of_an_unfinished_file_cannot_be_guessed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link at the very name that would be used makes the write fail, and what it points to stays as it is."""
    monkeypatch.setattr(os, "urandom", lambda size: bytes(size))
    (root / f"{PART}-{bytes(8).hex()}").symlink_to(root.parent / "outside")
    with pytest.raises(BuildError):
        replace_file(root, "file", b"new")
    assert ("precious", False) == ((root.parent / "outside").read_text(), (root / "file").exists())


def test_names_of_unfinished_files_differ(root: Path) -> None:
    """Two unfinished files never have the same name."""
    seen: list[str] = []

    def note(old: Path, new: Path) -> None:
        seen.append(Path(old).name)
        os.rename(old, new)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", note)
        for _ in range(20):
            replace_file(root, "file", b"")
    assert 20 == len(set(seen)) and all(name.startswith(PART) for name in seen)


def test_a_file_that_cannot_be_written_is_one_problem(root: Path) -> None:
    """A folder in the place of the file gives a problem with its path, and no unfinished file stays."""
    (root / "file/inside").mkdir(parents=True)
    with pytest.raises(BuildError) as stop:
        replace_file(root, "file", b"new")
    assert places(stop.value.problems) == [("unwritable-output", "file", 0, 0)]
    assert ["file"] == os.listdir(root)
