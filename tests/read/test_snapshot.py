"""Files: everything is read once, and what cannot be read is reported."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.model.steps import HASHED_OURS
from briefing.parse.places import place_sources
from briefing.read.snapshot import is_ignored, read
from tests.sites import MakeSite, brief, places

HOURS = f"-- content/briefs/hours.md --\n{brief()}"


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
    sources, problems = place_sources(read(one.project()), HASHED_OURS)
    assert ((), kind) == (problems, {s.path: s.kind for s in sources}[f"content/{path}"])


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("breifs/a.md", "did you mean briefs?"),
        ("people.yml", "people are files ending in .yaml"),
        ("pages/a.yaml", "pages are files ending in .md"),
        ("briefs/deep/a.txt", "briefs are files ending in .md or .yaml"),
        ("briefs.md", "briefs are files ending in .md or .yaml"),
        ("notes.txt", "content holds site.yaml and briefs"),
        ("people/a/b.md", "people are files ending in .yaml"),
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


def test_an_unreadable_file_is_a_problem_and_no_traceback(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be opened, not even by root, is reported with the reason."""
    one = site(HOURS)
    monkeypatch.chdir(one.root / "content/briefs")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        [problem] = one.errors()
    assert places([problem]) == [("unreadable-file", "content/briefs/socket.md", 0, 0)]


def test_a_file_that_comes_and_goes_is_there_or_not(site: MakeSite) -> None:
    """A file that another program makes and removes all the time is read whole or not at all, and never a problem."""
    one = site(HOURS)
    one.write("fleeting.part", brief("Fleeting"))
    loop = "import os,sys\nprint(flush=True)\nwhile True: os.replace(*sys.argv[1:]); os.replace(*sys.argv[:0:-1])"
    paths = [str(one.root / "fleeting.part"), str(one.root / "content/briefs/fleeting.md")]
    seen = set()
    with subprocess.Popen([sys.executable, "-c", loop, *paths], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        try:
            for _ in range(500):
                snapshot = read(one.project())
                assert () == snapshot.problems
                seen |= {source.data.value for source in snapshot.sources if source.path.endswith("fleeting.md")}
        finally:
            other.kill()
    assert {brief("Fleeting").encode()} == seen


@given(
    st.sampled_from(["hours.md", "Opening hours.md", "station.yaml", "ساعات.md"]),
    st.sampled_from(
        [
            "{}~",
            "{}.~1~",
            "#{}#",
            ".{}.swp",
            "{}.kate-swp",
            "{}.crswap",
            "{}.orig",
            "{}.rej",
            "{}.save",
            "{}.save.2",
            "{}___jb_tmp___",
            "{}___jb_old___",
            "~${}",
            ".~lock.{}#",
            "{}.bck",
            "{}.BAK",
            "hours_BASE_417.md",
            "Thumbs.db",
            "desktop.ini",
            "Desktop.ini",
            "ehthumbs.db",
            ".DS_Store",
            ".obsidian",
            "__MACOSX",
            "Icon\r",
        ]
    ),
)
def test_files_of_editors_and_systems_are_ignored_and_what_they_were_made_of_is_not(name: str, form: str) -> None:
    """No editor's own file is read, whatever file it is for."""
    assert is_ignored(form.format(name))
    assert not is_ignored(name)


@pytest.mark.parametrize(
    "name", ["hours (conflicted copy 2026-01-05).md", "hours.sync-conflict-20260105-101500-AB12.md"]
)
def test_a_conflict_copy_is_reported_and_left_out(site: MakeSite, name: str) -> None:
    """It is no page, and it stops no build."""
    one = site(HOURS)
    one.write(f"content/briefs/{name}", brief("Other hours"))
    [problem] = one.check()
    assert (problem.code, problem.level, problem.path) == ("conflict-copy", "warning", f"content/briefs/{name}")


def test_line_ends_and_byte_order_marks_change_no_byte(site: MakeSite) -> None:
    """A checkout on Windows gives the same files, the manifest included."""
    texts = {
        "content/briefs/hours.md": brief(),
        "templates/page.html": (REPOSITORY / "templates/page.html").read_text(),
        "assets/own.css": "a { color: red }\n",
        "assets/hours.csv": "day,hours\nMonday,nine\n",
    }
    plain, windows = site(), site()
    for path, text in texts.items():
        mark = "" if path.startswith("content") else "\ufeff"
        plain.write(path, text)
        windows.write(path, (mark + text.replace("\n", "\r\n")).encode())
    plain.good()
    windows.good()
    assert plain.output() == windows.output()


def test_a_template_in_another_encoding_is_a_problem(site: MakeSite) -> None:
    """Its place is that of the first byte that is wrong."""
    one = site()
    one.write("templates/page.html", (REPOSITORY / "templates/page.html").read_bytes() + b"\n\xfc")
    [problem] = one.errors()
    assert (problem.code, problem.path, problem.column) == ("not-utf8", "templates/page.html", 1)
