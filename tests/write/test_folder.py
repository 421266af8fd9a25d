"""Output: the folder holds exactly what was built, whatever happens meanwhile, and what is not ours is not touched."""

from __future__ import annotations

import io
import itertools
import json
import os
import shutil
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import briefing.write.folder
from briefing.incremental.fingerprint import source_digest
from briefing.incremental.hashed import Hashed, digest
from briefing.model.files import Rendered
from briefing.problems import BuildError
from briefing.write.folder import Written, clean, holds
from briefing.write.manifest import MANIFEST, BuildInputs, make_manifest
from briefing.write.paths import check_paths
from tests.sites import MakeSite, Site, brief, codes, places

HOURS = f"-- content/briefs/hours.md --\n{brief()}"


def out(**files: str) -> list[Rendered]:
    """Return files to write; two underscores stand for a slash, one for a full stop."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    return [Rendered(path, Hashed.of(text.encode())) for path, text in named.items()]


def write(folder: Path, files: list[Rendered]) -> Written:
    """Write files and their manifest."""
    return briefing.write.folder.write(folder, files, make_manifest(files, BuildInputs()))


def tree(folder: Path) -> dict[str, str]:
    """Return a folder's files as text, without the manifest."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def test_writing_says_what_it_did(tmp_path: Path) -> None:
    """Files that were made, replaced, kept and removed are counted separately."""
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


def test_a_file_of_ours_makes_room_for_a_folder_of_ours(tmp_path: Path) -> None:
    """Files of an earlier build are removed first if they are where this one needs a path."""
    folder = tmp_path / "out"
    write(folder, out(a="a", b="b"))
    assert Written(("a/c.txt",), ("a",), 1) == write(folder, out(a__c_txt="c", b="b"))
    assert tree(folder) == {"a/c.txt": "c", "b": "b"}


def test_a_page_that_somebody_took_away_with_its_folder_can_go(tmp_path: Path) -> None:
    """What is to be removed and is not there any more is no trouble."""
    folder = tmp_path / "out"
    write(folder, out(a__b_txt="b", c__d_txt="d", e="e"))
    shutil.rmtree(folder / "a")
    assert Written((), ("c/d.txt",), 1) == write(folder, out(e="e"))
    assert ["e", MANIFEST] == sorted(os.listdir(folder))


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
    """If a file that is not ours is in the way, nothing is written."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "index.html").write_text("mine")
    with pytest.raises(BuildError) as stop:
        write(folder, out(a_txt="a", index_html="ours"))
    assert places(stop.value.problems) == [("foreign-file", "out/index.html", 0, 0)]
    assert tree(folder) == {"index.html": "mine"}


@pytest.mark.parametrize(("name", "before"), [("a.txt", "z.txt"), ("a.txt", "a.txt"), ("a.txt/b/c", "z.txt")])
def test_nor_is_what_stands_in_the_way_in_another_shape(tmp_path: Path, name: str, before: str) -> None:
    """A folder is in the way of a file, also of one that an earlier build made, and a file in the way of a folder."""
    folder, mine = tmp_path / "out", "a.txt/mine" if name == "a.txt" else "a.txt"
    write(folder, [Rendered(path, Hashed.of(b"")) for path in (before, "c.txt")])
    (folder / "a.txt").unlink(missing_ok=True)
    (folder / mine).parent.mkdir(exist_ok=True)
    (folder / mine).write_text("mine")
    left = tree(folder)
    with pytest.raises(BuildError) as stop:
        write(folder, [Rendered(name, Hashed.of(b"a"))])
    assert (places(stop.value.problems), tree(folder)) == ([("foreign-file", f"out/{name}", 0, 0)], left)


@pytest.mark.parametrize("name", ["a.txt", MANIFEST])
def test_no_file_stands_where_a_folder_must_be(tmp_path: Path, name: str) -> None:
    """A site with a file and another below it, or below the manifest, is refused, also where the first is there."""
    folder = tmp_path / "out"
    write(folder, out(a_txt="a"))
    with pytest.raises(BuildError) as stop:
        write(folder, [*out(a_txt="a"), Rendered(f"{name}/b.txt", Hashed.of(b"b"))])
    assert ("address-clash", f"out/{name}", 0, 0) in places(stop.value.problems)
    assert tree(folder) == {"a.txt": "a"}


def test_a_strangers_file_with_the_very_bytes_is_no_obstacle(tmp_path: Path) -> None:
    """An output folder whose manifest was lost is taken over where nothing would change."""
    folder = tmp_path / "out"
    write(folder, out(a_txt="a"))
    (folder / MANIFEST).unlink()
    assert Written((), (), 1) == write(folder, out(a_txt="a"))


@pytest.mark.parametrize("path", ["../evil.txt", "a/../../evil.txt", "/tmp/evil-briefing.txt", ""])
def test_no_file_is_written_outside(tmp_path: Path, path: str) -> None:
    """A path that leads out of the output folder stops the build before anything is written."""
    with pytest.raises(BuildError) as stop:
        write(tmp_path / "out", [Rendered("a.txt", Hashed.of(b"a")), Rendered(path, Hashed.of(b"x"))])
    assert (codes(stop.value.problems), list(tmp_path.iterdir())) == (["outside-output"], [])


RESERVED = (".briefing-part", ".briefing-part/0", "a/.briefing-part/0", ".git/hooks/x", "a/.htaccess", "a/..b")


@pytest.mark.parametrize("path", RESERVED)
def test_no_part_of_a_path_starts_with_a_dot(tmp_path: Path, path: str) -> None:
    """The names of unfinished files, and those of tools, can be used by no file of a site; nothing is written."""
    with pytest.raises(BuildError) as stop:
        write(tmp_path / "out", [Rendered("a.txt", Hashed.of(b"a")), Rendered(path, Hashed.of(b"x"))])
    assert places(stop.value.problems) == [("impossible-name", f"out/{path}", 0, 0)]
    assert [] == list(tmp_path.iterdir())


NAMES = st.sampled_from(["a", "A", "é", "e\u0301", "É", "ß", "ss", "b", "manifest.json", "Manifest.json"])


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3).map("/".join), max_size=6))
def test_no_two_files_share_a_place_on_any_disk(paths: list[str]) -> None:
    """A list of paths is refused exactly if a disk without case, or with other accents, would lose one of them.

    The problem names both paths.
    """
    names = [unicodedata.normalize("NFC", path).casefold() for path in [MANIFEST, *paths]]
    folders = {name[:at] for name in names for at in range(len(name)) if name[at] == "/"}
    lost = len(set(names)) < len(names) or not folders.isdisjoint(names)
    problems = list(check_paths(paths, "out"))
    assert lost == bool(problems)
    for problem in problems:
        named = [path for path in [MANIFEST, *paths] if path in f"{problem.path} {problem.message}"]
        assert len(named) > 1 or "two files" in problem.message


DEVICES = ("con", "prn", "aux", "nul", "com1", "lpt9", "conin$", "com¹")
ENDINGS = st.sampled_from(["", ".html", ".tar.gz", " .png", ".", " ", "..", ". ."])
ABOVE = st.sampled_from(["", "a/", "briefs/b/"])
BELOW = st.sampled_from(["", "/index.html", "/c/d.png"])
SHORT = st.builds("{}~{}{}".format, st.text("ab1_-", min_size=1, max_size=6), st.integers(1, 99), st.sampled_from(["", ".htm", ".js"]))  # fmt: skip
STOPPED = st.builds("{}{}".format, st.sampled_from(["a", "a.b", "é"]), st.text(". ", min_size=1, max_size=3))
DEVICE = st.builds(lambda name, ending, change: change(name) + ending, st.sampled_from(DEVICES), ENDINGS, st.sampled_from([str.upper, str.lower, str.title]))  # fmt: skip
CONTROL = st.builds("a{}b".format, st.sampled_from([*map(chr, range(1, 32)), "\x7f"]))
HIDDEN = st.builds("a{}b".format, st.sampled_from("\u200b\u202e\u2066\u00ad\ufeff\u2062\U000e0061"))
WRONG = st.builds("{}{}{}".format, ABOVE, st.one_of(SHORT, STOPPED, DEVICE, CONTROL, HIDDEN), BELOW)
HONEST = (
    "console", "auxiliary.png", "com10", "com", "nulls", "lpt", "icon.con", "a.aux", "aux-armes", "photo-2020~2.jpg", "a~b", "x~",
    "1.2.3", "a .b", "नमस्ते", "می\u200cخواهم.png", "ക്ഷ\u200d", "ŵyl", "garçon", "кровь", "über", "ur", "үр", "ур", "soren", "søren",
)  # fmt: skip


@given(WRONG)
def test_no_part_of_a_path_is_another_name_on_windows(path: str) -> None:
    """Devices with any ending, names that Windows makes up, characters that nobody sees, a dot or a space at the end."""
    assert ["impossible-name"] == codes(check_paths(["a.txt", path], "out"))


def test_names_that_are_only_near_such_names_are_written() -> None:
    """Longer names, tildes in them, and words of other scripts with their joiners are names like any other."""
    assert [] == list(check_paths(HONEST, "out"))


LOOKALIKES = {"a": "аɑ", "c": "с", "e": "е", "o": "оο", "p": "р", "x": "х", "i": "і"}
SAME_LOOK: dict[str, Callable[[str], str]] = {"NFD": lambda path: unicodedata.normalize("NFD", path), "case": str.title, "joiner": lambda path: path.replace("ی", "ی\u200c"),
             "other script": lambda path: "".join(LOOKALIKES.get(sign, sign)[0] for sign in path), "wide": lambda path: path.replace("x", "ｘ"), "hyphen": lambda path: path.replace("-", "‐"), "Cherokee": lambda path: path.replace("a", "Ꭺ"),
             "selector": lambda path: path.replace("☎", "☎\ufe0f")}  # fmt: skip


@given(st.text("acxo-éیبd1☎", min_size=1, max_size=8), st.sampled_from(sorted(SAME_LOOK)), ABOVE, BELOW)
def test_no_two_paths_look_the_same(name: str, change: str, above: str, below: str) -> None:
    """Of two paths that differ only in what nobody sees, the second is refused, whichever comes first."""
    one, two = (f"{above}{part}{below}" for part in (name, SAME_LOOK[change](name)))
    assume(one != two and not [*check_paths([one], "out"), *check_paths([two], "out")])
    for paths in ([one, two], [two, one]):
        problems = list(check_paths(paths, "out"))
        assert ["address-clash"] == codes(problems)
        assert paths[0] in problems[0].message


def test_a_record_that_windows_cannot_store_is_refused_before_anything_is_written(site: MakeSite) -> None:
    """The problem names the path, and nothing is in the output folder."""
    one = site(f"-- content/briefs/con.md --\n{brief()}")
    assert [("impossible-name", "output/briefs/con/index.html")] == [
        (problem.code, problem.path) for problem in one.build().problems if problem.level == "error"
    ]
    assert not (one.root / "output").exists()


def test_a_link_in_the_output_leads_nobody_outside(tmp_path: Path) -> None:
    """A folder of the output that is a symbolic link to elsewhere is not written through."""
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "briefs").symlink_to(elsewhere)
    with pytest.raises(BuildError) as stop:
        write(folder, out(briefs__a_txt="a"))
    assert (codes(stop.value.problems), list(elsewhere.iterdir())) == (["outside-output"], [])


def test_a_manifest_that_is_a_link_is_a_file_again(tmp_path: Path) -> None:
    """A link in the place of the manifest is replaced, and what it leads to stays as it is, also with the same bytes."""
    folder, elsewhere = tmp_path / "out", tmp_path / "elsewhere.json"
    write(folder, out(a_txt="a"))
    (folder / MANIFEST).rename(elsewhere)
    (folder / MANIFEST).symlink_to(elsewhere)
    write(folder, out(a_txt="a"))
    assert (False, True) == ((folder / MANIFEST).is_symlink(), elsewhere.exists())
    write(folder, out(b_txt="b"))
    assert "a.txt" in json.loads(elsewhere.read_text())["files"]


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "{}", '{"files": [1]}', "[]", "[" * 200_000, '{"files": {"../victim.txt": "", "a.txt": ""}}', "\udcff"],
)
def test_a_doctored_manifest_removes_nothing_outside(tmp_path: Path, manifest: str) -> None:
    """Whatever is in the manifest, only files inside the output folder are ours."""
    folder = tmp_path / "out"
    write(folder, out(a_txt="a"))
    (tmp_path / "victim.txt").write_text("victim")
    (folder / MANIFEST).write_bytes(manifest.encode("utf-8", "surrogateescape"))
    write(folder, out(b_txt="b"))
    assert (tmp_path / "victim.txt").read_text() == "victim"
    assert (folder / "b.txt").read_text() == "b"


def test_a_doctored_manifest_removes_no_file_of_a_tool(tmp_path: Path) -> None:
    """A name that starts with a dot is not ours, whatever the manifest lists."""
    folder = tmp_path / "out"
    write(folder, out(a_txt="a"))
    for name in RESERVED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / ".git/hooks/x").write_text("x")
    (folder / MANIFEST).write_text(json.dumps({"files": dict.fromkeys([*RESERVED, "a.txt"], "")}))
    write(folder, out(b_txt="b"))
    assert ((folder / ".git/hooks/x").read_text(), (folder / "a.txt").exists()) == ("x", False)


def test_the_manifest_lists_what_is_ours_with_digests(tmp_path: Path) -> None:
    """The manifest is sorted JSON, the same for the same files."""
    folder = tmp_path / "out"
    write(folder, out(b_txt="b", a_txt="a"))
    listed = json.loads((folder / MANIFEST).read_text())["files"]
    assert [("a.txt", Hashed.of(b"a").digest), ("b.txt", Hashed.of(b"b").digest)] == list(listed.items())


CALLS = (os.open, os.read, os.close, os.lstat, os.stat, os.listdir, os.scandir, os.unlink, os.rmdir, io.open)


def asked(act: Callable[..., object], *given: object) -> Counter[str]:
    """Count what is asked of the system meanwhile."""
    counted: Counter[str] = Counter()

    def count(_: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and called in CALLS:
            counted[called.__name__] += 1

    sys.setprofile(count)
    try:
        act(*given)
    finally:
        sys.setprofile(None)
    return counted


def still_holds(folder: Path, files: list[Rendered]) -> bool:
    """Whether a folder holds these files."""
    return holds(folder, [(file.path, file.data.digest) for file in files])


READ = {"open": 7, "read": 14, "close": 7}
"""What reading seven files costs: of each a piece, and that there is no other."""


@pytest.mark.parametrize("act", [write, still_holds])
@pytest.mark.parametrize(("name", "cost"), [("briefs/a/{}.txt", READ), ("briefs/{}/a.txt", READ | {"lstat": 7})])
def test_what_is_the_same_is_read_once(
    tmp_path: Path, act: Callable[[Path, list[Rendered]], object], name: str, cost: dict[str, int]
) -> None:
    """Seven files more are opened and read, seven folders more looked at, and nothing is asked twice."""
    counts = []
    for count in (2, 9):
        folder, files = tmp_path / f"{count}", [Rendered(name.format(at), Hashed.of(b"text")) for at in range(count)]
        write(folder, files)
        counts.append(asked(act, folder, files))
    assert cost == counts[1] - counts[0]


def test_what_goes_is_looked_at_once(tmp_path: Path) -> None:
    """Seven pages more that go cost a look at each and at its folder, and no list of what lies beside them."""
    counts = []
    for count in (2, 9):
        folder, files = tmp_path / f"{count}", [Rendered(f"{at}/a.txt", Hashed.of(b"text")) for at in range(count)]
        write(folder, files)
        counts.append(asked(write, folder, files[:1]))
    assert {"lstat": 14, "unlink": 7, "rmdir": 7} == counts[1] - counts[0]


def test_an_interrupted_build_leaves_all_as_it_was(tmp_path: Path) -> None:
    """Stopped before all that is new is on the disk, writing has changed nothing, and the next build is not in its way."""
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
        assert tree(folder) == {"old.txt": "old"}
        write(folder, out(d_txt="d"))
        assert tree(folder) == {"d.txt": "d"}


@pytest.mark.parametrize("move", range(4))
def test_a_build_stopped_while_it_moves_files_is_made_good(tmp_path: Path, move: int) -> None:
    """Stopped before any of its moves, a build leaves whole files, all of which the next one knows as ours."""
    folder, moves = tmp_path / "out", itertools.count()
    write(folder, out(old_txt="old", both_txt="old"))

    def stop(_: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and called is os.replace and next(moves) == move:
            raise KeyboardInterrupt

    sys.setprofile(stop)
    with pytest.raises(KeyboardInterrupt):
        write(folder, out(both_txt="new", a__b_txt="new"))
    assert set(tree(folder).values()) <= {"old", "new"}
    write(folder, out(c_txt="c"))
    assert tree(folder) == {"c.txt": "c"}


class Breaks(Hashed[bytes]):
    """A file whose bytes never come, as when somebody presses Control-C."""

    def once(self) -> bytes:
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
    assert ((), before) == (one.good().work.rendered, one.output())


def test_assets_are_copied_byte_for_byte(site: MakeSite) -> None:
    """What is in the site's assets is published as it is, style sheets with less space, and overrides ours of the same name."""
    one: Site = site("-- assets/style.css --\nbody { color: black }\n")
    one.write("assets/logo.bin", bytes(range(256)))
    one.good()
    output = one.output()
    assert bytes(range(256)) == output["assets/logo.bin"]
    assert output["assets/style.css"].startswith(b"body{color:black}\n:root{--help:")  # then the styles of safety
    assert "assets/safety/exit.js" in output


def made_of(site: Site) -> dict[str, Any]:
    """Return what the manifest says that a site was made of."""
    found: dict[str, Any] = json.loads(site.read(f"output/{MANIFEST}"))["made_of"]
    return found


def test_the_manifest_tells_what_a_site_was_made_of(site: MakeSite) -> None:
    """Every content file, template, asset and option has its digest or value there, and the generator its own."""
    one = site(HOURS + "-- assets/mine.css --\na {}\n-- templates/parts/mine.html --\nmine\n")
    one.good()
    told = made_of(one)
    content = [path for path in (one.root / "content").rglob("*") if path.is_file()]
    assert sorted(digest(path.read_bytes()) for path in content) == told["content"]
    assert digest(b"a {}\n") == told["assets"]["mine.css"]
    assert digest(b"mine\n") == told["templates"]["parts/mine.html"]
    assert {"base.html", "brief.html"} <= set(told["templates"])
    assert (source_digest(), "2026-03-01", False) == (
        told["generator"],
        told["options"]["now"],
        told["options"]["drafts"],
    )


def test_what_is_not_published_changes_no_byte(site: MakeSite) -> None:
    """A draft, whatever it holds, and the list of names never to publish leave no trace, in the manifest neither."""
    one = site(HOURS)
    one.good()
    before, manifest = one.output(), one.read(f"output/{MANIFEST}")
    for title in ("A secret", "Another secret"):
        one.write("content/briefs/what-a-witness-said.md", brief(title, draft="true"))
        one.write("content/people/whistle-blowers.yaml", "- {id: ada, name: Ada, summary: S, draft: true}\n")
        assert 0 == one.run("guard", typed=f"{title}\n").returncode
        one.good()
        assert (before, manifest) == (one.output(), one.read(f"output/{MANIFEST}"))
    one.good(drafts=True)
    assert 2 == len(set(made_of(one)["content"]) - set(json.loads(manifest)["made_of"]["content"]))


def test_no_name_of_a_content_file_is_in_the_manifest(site: MakeSite) -> None:
    """What a writer calls a file of records is nobody else's business."""
    one = site("-- content/people/from-a-witness.yaml --\n- {id: ada, name: Ada, summary: Keeps the books.}\n")
    one.good()
    assert ("people/ada/" in one.read(f"output/{MANIFEST}"), "witness" in one.read(f"output/{MANIFEST}")) == (
        True,
        False,
    )
