"""No way to write a path leads to a file outside the site's folder, neither into a page nor into a message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.incremental.memo import Memo
from briefing.preview.messages import status_json
from briefing.preview.session import Session
from tests.sites import MakeSite, brief, codes

SECRET = "words-that-nobody-may-see"
TEXTS = {
    "picture": "![x](../../secret.svg)",
    "picture-in-assets": "![x](../secret.svg)",
    "picture-absolute": "![x]({root}/secret.svg)",
    "picture-from-the-root": "![x](/../secret.svg)",
    "picture-encoded": "![x](%2e%2e/secret.svg)",
    "picture-encoded-twice": "![x](%252e%252e/secret.svg)",
    "picture-file": "![x](file://{root}/secret.svg)",
    "picture-unc": "![x](\\\\\\\\evil.example\\\\share\\\\secret.svg)",
    "picture-backslash": "![x](..\\\\secret.svg)",
    "picture-nul": "![x](secret.svg%00.svg)",
    "picture-reference": "![x][r]\n\n[r]: ../secret.svg",
    "picture-dots": "![x](maps/../../secret.svg)",
    "picture-through-a-link": "![x](away/secret.svg)",
    "link": "[x](../../../secret.md)",
    "link-absolute": "[x]({root}/secret.md)",
    "link-encoded": "[x](%2e%2e/%2e%2e/%2e%2e/secret.md)",
    "link-file": "[x](file://{root}/secret.md)",
    "wiki": "[[../../../secret]]",
    "wiki-path": "[[{root}/secret.md]]",
    "source": "So it is [@../../secret].",
    "source-braced": "So it is [@{{../../../secret.md}}].",
    "figure": "[[=../../secret]]",
}
TEMPLATES = {
    "include": '{% include "../secret.html" %}',
    "include-absolute": '{% include "{root}/secret.html" %}',
    "include-dots": '{% include "parts/../../../secret.html" %}',
    "include-backslash": '{% include "..\\\\secret.html" %}',
    "include-through-a-link": '{% include "away/secret.html" %}',
    "extends": '{% extends "../secret.html" %}',
    "import": '{% import "../secret.html" as x %}{{ x }}',
    "include-named-late": '{% include ["..", "secret.html"]|join("/") %}',
}
LINKS = ("content/briefs/away.md", "content/people.yaml", "content/people", "content/site.yaml", "assets/away.svg", "assets/away",
         "templates/brief.html", "templates/away", "content/addresses.lock", "content/never-publish.yaml",
         "content", "assets", "templates")  # fmt: skip
"""Places where a symbolic link may be, the folders of the site themselves among them."""


def outside(root: Path) -> None:
    """Put the secret beside the site's folder, under every name that is tried."""
    for name in ("secret.svg", "secret.md", "secret.html", "secret"):
        body = (
            f'<svg viewBox="0 0 4 3"><title>{SECRET}</title></svg>' if name.endswith("svg") else brief(SECRET, SECRET)
        )
        (root / name).write_text(body, encoding="utf-8")


@pytest.mark.parametrize("name", [*TEXTS, *TEMPLATES])
def test_no_path_leads_out_of_the_folder(site: MakeSite, tmp_path: Path, name: str) -> None:
    """A picture, a link, a citation or an include that climbs is refused, and what it points at stands nowhere."""
    one = site()
    outside(one.root.parent)
    (one.root / "assets").mkdir()
    (one.root / "assets/maps").mkdir()
    typed = (
        (TEXTS | TEMPLATES)[name]
        .replace("{root}", str(one.root.parent))
        .replace("{{../", "{../")
        .replace(".md}}", ".md}")
    )
    if name in TEXTS:
        one.write("content/briefs/hours.md", brief(body=f"{typed}\n"))
    else:
        one.write("content/briefs/hours.md", brief())
        one.write("templates/brief.html", typed)
    if "through-a-link" in name:
        folder = one.root / ("assets" if name in TEXTS else "templates")
        (folder / "away").symlink_to(one.root.parent, target_is_directory=True)
    finished = one.run("build")
    assert (1, False) == (finished.returncode, SECRET in finished.stdout + finished.stderr)
    assert "Traceback" not in finished.stderr
    assert {} == one.output()


@pytest.mark.parametrize("place", LINKS)
def test_no_symbolic_link_is_followed(site: MakeSite, place: str) -> None:
    """A link in any folder of the site to a file or a folder outside is an error, and nothing behind it is read."""
    one = site()
    outside(one.root.parent)
    put_link(one.root / place, one.root.parent / ("secret.md" if "." in place else ""))
    finished = one.run("build")
    assert (1, False) == (finished.returncode, SECRET in finished.stdout + finished.stderr)
    assert f"{place}: error symbolic-link" in finished.stderr
    assert "Traceback" not in finished.stderr and {} == one.output()


def put_link(path: Path, target: Path | str) -> None:
    """Put a symbolic link in the place of a file or folder."""
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize("place", ["content", "assets", "templates", "content/briefs", "assets/maps"])
def test_a_folder_without_end_holds_nobody_up(site: MakeSite, place: str) -> None:
    """A link to a folder of the system that contains itself is an error at once."""
    one = site()
    put_link(one.root / place, "/proc/self")
    assert f"{place}: error symbolic-link" in one.run("check").stderr


def snapshot_of(folder: Path) -> dict[str, bytes | None]:
    """Return every path below a folder, with the bytes of files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


WRITES = {
    "output": ["build"],
    "output/assets": ["build"],
    "output/index.html": ["build"],
    "output/manifest.json": ["build"],
    "output/.briefing-part": ["build"],
    ".cache": ["build"],
    ".cache/memo.sqlite": ["build"],
    ".cache/memo.sqlite-wal": ["build"],
    ".cache/memo.sqlite-journal": ["build"],
    "content/addresses.lock": ["build", "--record"],
    "content/link-health.json": ["check", "--external"],
    "content/never-publish.yaml": ["guard"],
    "content/briefs": ["new", "brief", "A title"],
    "content/people.yaml": ["new", "person", "A title"],
    "content/people": ["new", "person", "A title"],
    "content": ["new", "brief", "A title"],
    ".vscode": ["schema"],
    ".vscode/schema": ["schema"],
    ".vscode/schema/site.json": ["schema"],
    ".vscode/settings.json": ["schema"],
    "clean output": ["clean"],
    "clean output/assets": ["clean"],
}
"""Places where a link may be, and a command that writes or deletes there."""


@pytest.mark.parametrize("place", WRITES)
@pytest.mark.parametrize("kind", ["file", "folder", "nothing"])
def test_no_command_writes_through_a_link(site: MakeSite, tmp_path: Path, place: str, kind: str) -> None:
    """A link in any place where a command writes leaves what it points to as it is, and ends in no traceback."""
    one, away = site(f"-- content/briefs/hours.md --\n{brief()}-- assets/a.txt --\na"), tmp_path / "away"
    away.mkdir()
    (away / "file").write_text("precious")
    (away / "folder/assets").mkdir(parents=True)
    for name in ("manifest.json", "index.html", "memo.sqlite", "assets/a.txt"):
        (away / "folder" / name).write_text('{"files": {"index.html": "", "assets/a.txt": ""}}')
    one.good()
    before = snapshot_of(away)
    put_link(one.root / place.removeprefix("clean "), away / kind)
    finished = one.run(*WRITES[place], typed="A Name\n", no_proxy="*", http_proxy="http://127.0.0.1:1")
    assert before == snapshot_of(away)
    assert "Traceback" not in finished.stderr


def test_no_symbolic_link_is_followed_that_comes_with_a_save(site: MakeSite) -> None:
    """While a preview runs, a text that gives way to a link is refused as ever, and the pages stay as they were."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    outside(one.root.parent)
    session = Session(one.project(), Memo())
    before = session.save()
    text = one.root / "content/briefs/hours.md"
    text.unlink()
    text.symlink_to(one.root.parent / "secret.md")
    state = session.save(frozenset([text]))
    assert (["symbolic-link"], before.files) == (codes(state.problems), state.files)
    assert SECRET not in status_json(session, state, "")
