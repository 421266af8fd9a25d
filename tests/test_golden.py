"""The golden site, byte for byte, and the broken ones, word for word. To accept a change: python -m tests.golden."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.model.kinds import KINDS
from tests.golden import SITE, broken, built, copy, expected, said_of


def difference(want: dict[str, bytes], got: dict[str, bytes]) -> str:
    """Write what differs between two outputs as a reader of patches likes it."""
    lines: list[str] = []
    for path in sorted({*want, *got}):
        old, new = (side.get(path, b"").decode().splitlines(keepends=True) for side in (want, got))
        lines += difflib.unified_diff(old, new, f"expected/{path}", f"built/{path}", n=1)
    return "".join(lines)


def test_the_golden_site_is_built_byte_for_byte(tmp_path: Path) -> None:
    """Every page of a site with every kind of record and every syntax is what it was when somebody last looked."""
    assert "" == difference(expected(), built(tmp_path / "golden"))


def test_the_golden_site_has_everything() -> None:
    """Every kind of record stands in the golden site, and a brief in each of its forms."""
    paths = [path.relative_to(SITE / "content") for path in (SITE / "content").rglob("*") if path.is_file()]
    homes = {path.parts[0].removesuffix(".yaml") for path in paths}
    assert {kind.home for kind in KINDS} <= homes
    assert {".md", ".yaml"} == {path.suffix for path in paths if path.parts[0] == "briefs"}


def test_assets_are_copied(tmp_path: Path) -> None:
    """Our assets and the site's own reach the output as they are, but for comments in style sheets."""
    site = copy(SITE, tmp_path / "golden")
    site.good()
    found = {path: data for path, data in site.output().items() if path.startswith("assets/")}
    sources: dict[str, bytes] = {}
    for folder in (REPOSITORY / "assets", SITE / "assets"):
        files = [path for path in folder.rglob("*") if path.is_file()]
        sources |= {f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files}
    render_input = sources["assets/style.css"].decode()
    sources["assets/style.css"] = re.sub(r"(?s)/\*.*?\*/", "", render_input).encode()  # ours has none within a string
    assert sources == found


@pytest.mark.parametrize("folder", broken(), ids=lambda folder: folder.name)
def test_a_broken_site_is_told_exactly_this(folder: Path, tmp_path: Path) -> None:
    """The frames, carets and hints of a broken site are what they were when somebody last read them."""
    want = (folder / "expected.txt").read_text(encoding="utf-8")
    got = said_of(folder, tmp_path / "site")
    lines = difflib.unified_diff(want.splitlines(True), got.splitlines(True), "expected", "printed", n=1)
    assert "" == "".join(lines)
    assert "error" in want
