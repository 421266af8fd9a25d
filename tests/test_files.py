"""Files: read everything once, and make the output exactly what was built without touching what is not ours."""

from __future__ import annotations

import json
import os
import shutil
import socket
from pathlib import Path

import pytest

from briefing.files import MANIFEST, Written, clean, read, write
from briefing.memo import Stored
from briefing.model import Rendered
from briefing.problems import BuildError
from tests.sites import MakeSite, Site, brief, codes, places

HOURS = f"-- content/briefs/hours.md --\n{brief()}"


def out(**files: str) -> list[Rendered]:
    """Give files to write; two underscores stand for a slash, one for a full stop."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    return [Rendered(path, Stored.of(text.encode())) for path, text in named.items()]


def tree(folder: Path) -> dict[str, str]:
    """Give a folder's files as text, without the manifest."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


# Reading


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("site.yaml", "site"),
        ("briefs/a.md", "brief"),
        ("briefs/a.yaml", "brief"),
        ("pages/a.md", "page"),
        ("people.yaml", "person"),
        ("people/ada.yaml", "person"),
        ("organisations.yaml", "organisation"),
        ("places.yaml", "place"),
        ("glossary.yaml", "term"),
        ("events.yaml", "event"),
        ("recommendations.yaml", "recommendation"),
        ("numbers.yaml", "number"),
        ("unknowns.yaml", "unknown"),
        ("sources/a.yaml", "source"),
        ("support.yaml", "support"),
        ("house-style.yaml", "style-rule"),
    ],
)
def test_where_a_file_stands_says_what_it_holds(site: MakeSite, path: str, kind: str) -> None:
    """Every kind of record has its file or folder."""
    one = site(f"-- content/{path} --\n")
    snapshot = read(one.project())
    assert ((), kind) == (snapshot.problems, {s.path: s.kind for s in snapshot.sources}[f"content/{path}"])


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("breifs/a.md", "did you mean briefs?"),
        ("people.yml", "people are files ending in .yaml"),
        ("pages/a.yaml", "pages are files ending in .md"),
        ("briefs/deep/a.md", "briefs are files ending in .md or .yaml in that folder"),
        ("briefs.md", "briefs are files ending in .md or .yaml"),
        ("notes.txt", "content holds site.yaml and briefs"),
        ("people/a/b.yaml", "people are files ending in .yaml in that folder"),
    ],
)
def test_a_file_in_the_wrong_place_is_reported(site: MakeSite, path: str, hint: str) -> None:
    """No file below content/ is passed over in silence; the hint says where it may belong."""
    [problem] = site(f"-- content/{path} --\n").errors()
    assert ("misplaced-file", f"content/{path}") == (problem.code, problem.path)
    assert problem.hint.startswith(hint)


@pytest.mark.parametrize("path", [".DS_Store", "_notes.md", "briefs/.hidden.md", "_drafts/a.md", "README.md"])
def test_hidden_files_and_readmes_are_left_alone(site: MakeSite, path: str) -> None:
    """What begins with a dot or an underscore, and a README, is no content."""
    assert site(f"-- content/{path} --\nnothing: to see\n").errors() == ()


def test_a_symbolic_link_is_reported_and_never_followed(site: MakeSite, tmp_path: Path) -> None:
    """A link to a file or a folder elsewhere brings nothing in."""
    one = site()
    (tmp_path / "secret.md").write_text(brief("Secret"))
    (one.root / "content/briefs").mkdir()
    (one.root / "content/briefs/link.md").symlink_to(tmp_path / "secret.md")
    (one.root / "content/people").symlink_to(tmp_path)
    expected = [("symbolic-link", "content/briefs/link.md", 0, 0), ("symbolic-link", "content/people", 0, 0)]
    assert expected == places(one.errors())


def test_a_folder_without_a_site_says_what_a_site_needs(site: MakeSite) -> None:
    """Without content/site.yaml there is one problem, which names the option that finds a site."""
    one = site()
    one.delete("content/site.yaml")
    [problem] = one.errors()
    assert (problem.code, "--site" in problem.hint) == ("no-site", True)


def test_a_folder_of_records_is_read_like_one_file(site: MakeSite) -> None:
    """A list of records may be cut into files without changing a byte of the output."""
    people = [
        "- {id: ada, name: Ada, summary: Keeps the books.}\n",
        "- {id: ben, name: Ben, summary: Opens the doors.}\n",
    ]
    whole = site(f"-- content/people.yaml --\n{people[0]}{people[1]}")
    parts = site(f"-- content/people/one.yaml --\n{people[1]}-- content/people/two.yaml --\n{people[0]}")
    whole.good()
    parts.good()
    assert whole.output() == parts.output()


# Writing


def test_writing_says_what_it_did(tmp_path: Path) -> None:
    """Files made, replaced, left and removed are told apart."""
    folder = tmp_path / "out"
    assert Written(("a.txt", "b/c.txt"), (), 0) == write(folder, out(a_txt="a", b__c_txt="c"))
    assert Written(("a.txt", "d.txt"), ("b/c.txt",), 0) == write(folder, out(a_txt="A", d_txt="d"))
    assert Written((), (), 2) == write(folder, out(a_txt="A", d_txt="d"))
    assert tree(folder) == {"a.txt": "A", "d.txt": "d"}


def test_a_folder_left_empty_goes_and_one_with_a_strangers_file_stays(tmp_path: Path) -> None:
    """Removing a page removes the folders that only it was in."""
    folder = tmp_path / "out"
    write(folder, out(a__b__c_txt="c", d__e_txt="e"))
    (folder / "d/mine.txt").write_text("mine")
    write(folder, out(f_txt="f"))
    assert (tree(folder), (folder / "a").exists()) == ({"d/mine.txt": "mine", "f.txt": "f"}, False)


def test_what_is_the_same_is_not_touched(tmp_path: Path) -> None:
    """A file whose bytes are right keeps its identity on disk; one that differs is replaced, not patched."""
    folder = tmp_path / "out"
    write(folder, out(same_txt="s", differs_txt="d"))
    keep = os.open(folder / "differs.txt", os.O_RDONLY)
    before = (folder / "same.txt").stat().st_ino
    write(folder, out(same_txt="s", differs_txt="D"))
    assert (before, b"d") == ((folder / "same.txt").stat().st_ino, os.read(keep, 9))
    os.close(keep)


def test_a_file_of_ours_that_somebody_changed_is_made_right_again(tmp_path: Path) -> None:
    """Contents are compared with the disk, not with what we remember."""
    folder = tmp_path / "out"
    write(folder, out(a_txt="a", b_txt="b"))
    (folder / "a.txt").write_text("vandal")
    (folder / "b.txt").unlink()
    assert write(folder, out(a_txt="a", b_txt="b")).changed == ("a.txt", "b.txt")
    assert tree(folder) == {"a.txt": "a", "b.txt": "b"}


def test_a_file_that_is_not_ours_is_never_touched(tmp_path: Path) -> None:
    """Where a stranger's file stands in the way, nothing at all is written."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "index.html").write_text("mine")
    with pytest.raises(BuildError) as stop:
        write(folder, out(a_txt="a", index_html="ours"))
    assert places(stop.value.problems) == [("foreign-file", "out/index.html", 0, 0)]
    assert tree(folder) == {"index.html": "mine"}


def test_a_strangers_file_with_the_very_bytes_is_no_obstacle(tmp_path: Path) -> None:
    """An output folder whose manifest was lost is taken over where nothing would change."""
    folder = tmp_path / "out"
    write(folder, out(a_txt="a"))
    (folder / MANIFEST).unlink()
    assert Written((), (), 1) == write(folder, out(a_txt="a"))


@pytest.mark.parametrize("path", ["../evil.txt", "a/../../evil.txt", "/tmp/evil-briefing.txt", MANIFEST, ""])
def test_no_file_is_written_outside(tmp_path: Path, path: str) -> None:
    """A path that leads out of the output folder, or to its manifest, stops the build before anything is written."""
    with pytest.raises(BuildError) as stop:
        write(tmp_path / "out", [Rendered("a.txt", Stored.of(b"a")), Rendered(path, Stored.of(b"x"))])
    assert (codes(stop.value.problems), list(tmp_path.iterdir())) == (["outside-output"], [])


def test_a_link_in_the_output_leads_nobody_outside(tmp_path: Path) -> None:
    """A folder of the output that is a symbolic link to elsewhere is not written through."""
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "briefs").symlink_to(elsewhere)
    with pytest.raises(BuildError) as stop:
        write(folder, out(briefs__a_txt="a"))
    assert (codes(stop.value.problems), list(elsewhere.iterdir())) == (["outside-output"], [])


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"files": {"../victim.txt": "", "a.txt": ""}}', "\udcff"])
def test_a_doctored_manifest_removes_nothing_outside(tmp_path: Path, manifest: str) -> None:
    """Whatever stands in the manifest, only files inside the output folder are ours."""
    folder = tmp_path / "out"
    write(folder, out(a_txt="a"))
    (tmp_path / "victim.txt").write_text("victim")
    (folder / MANIFEST).write_bytes(manifest.encode("utf-8", "surrogateescape"))
    write(folder, out(b_txt="b"))
    assert (tmp_path / "victim.txt").read_text() == "victim"
    assert (folder / "b.txt").read_text() == "b"


def test_the_manifest_lists_what_is_ours_with_digests(tmp_path: Path) -> None:
    """The manifest is sorted JSON, the same for the same files."""
    folder = tmp_path / "out"
    write(folder, out(b_txt="b", a_txt="a"))
    listed = json.loads((folder / MANIFEST).read_text())["files"]
    assert [("a.txt", Stored.of(b"a").digest), ("b.txt", Stored.of(b"b").digest)] == list(listed.items())


def test_an_interrupted_build_leaves_nothing_that_the_next_does_not_know(tmp_path: Path) -> None:
    """Stopped at any file, writing leaves whole files only, and the next build makes the folder right."""
    files = out(a_txt="a", b_txt="b", c_txt="c")
    for stop_at in range(3):
        folder = tmp_path / f"out{stop_at}"
        write(folder, out(old_txt="old"))
        broken = [
            *files[:stop_at],
            Rendered(files[stop_at].path, Breaks(files[stop_at].data.digest)),
            *files[stop_at + 1 :],
        ]
        with pytest.raises(KeyboardInterrupt):
            write(folder, broken)
        assert {"old.txt": "old"} | dict([("a.txt", "a"), ("b.txt", "b")][:stop_at]) == tree(folder)
        write(folder, out(d_txt="d"))
        assert tree(folder) == {"d.txt": "d"}


class Breaks(Stored[bytes]):
    """A file whose bytes never come, as when somebody presses Control-C."""

    @property
    def value(self) -> bytes:
        """Stop."""
        raise KeyboardInterrupt


def test_cleaning_removes_ours_and_nothing_else(tmp_path: Path) -> None:
    """Clean takes away what builds made and the manifest, and leaves a stranger's file; twice does no harm."""
    folder = tmp_path / "out"
    write(folder, out(a__b_txt="b", c_txt="c"))
    (folder / "mine.txt").write_text("mine")
    assert clean(folder) == ("a/b.txt", "c.txt")
    assert (tree(folder), clean(folder)) == ({"mine.txt": "mine"}, ())
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_a_deleted_output_folder_comes_back_whole(site: MakeSite) -> None:
    """The memo alone is enough to write every file again, without rendering."""
    one = site(HOURS)
    one.good()
    before = one.output()
    shutil.rmtree(one.root / "output")
    assert ((), before) == (one.good().rendered, one.output())


def test_an_unreadable_file_is_a_problem_and_no_traceback(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be opened, not even by root, is reported with the reason."""
    one = site(HOURS)
    monkeypatch.chdir(one.root / "content/briefs")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        [problem] = one.errors()
    assert places([problem]) == [("unreadable-file", "content/briefs/socket.md", 0, 0)]


def test_assets_are_copied_byte_for_byte(site: MakeSite) -> None:
    """What lies in the site's assets reaches the output as it is, and overrides ours of the same name."""
    one: Site = site("-- assets/style.css --\nbody { color: black }\n")
    one.write("assets/logo.bin", bytes(range(256)))
    one.good()
    output = one.output()
    assert (bytes(range(256)), b"body { color: black }\n") == (output["assets/logo.bin"], output["assets/style.css"])
    assert "assets/exit.js" in output
