"""The golden site byte for byte, and the problems of broken sites word for word. To accept a change: python -m tests.golden."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.model.kinds import KINDS
from tests.golden import SITE, broken, built, copy, expected, said_of


def difference(want: dict[str, bytes], got: dict[str, bytes]) -> str:
    """Return the differences between two outputs as a patch."""
    lines: list[str] = []
    for path in sorted({*want, *got}):
        old, new = (side.get(path, b"").decode().splitlines(keepends=True) for side in (want, got))
        lines += difflib.unified_diff(old, new, f"expected/{path}", f"built/{path}", n=1)
    return "".join(lines)


def test_the_golden_site_is_built_byte_for_byte(tmp_path: Path) -> None:
    """Every page of a site with every kind of record and all syntax is as it was last accepted."""
    assert "" == difference(expected(), built(tmp_path / "golden"))


def test_the_golden_site_has_everything() -> None:
    """The golden site has every kind of record, and a brief in each form."""
    paths = [path.relative_to(SITE / "content") for path in (SITE / "content").rglob("*") if path.is_file()]
    homes = {path.parts[0].removesuffix(".yaml") for path in paths}
    assert {kind.home for kind in KINDS} <= homes
    assert {".md", ".yaml"} == {path.suffix for path in paths if path.parts[0] == "briefs"}


def test_assets_are_copied(tmp_path: Path) -> None:
    """Our assets and the site's own are written unchanged, but for comments, space and unused rules in style sheets."""
    site = copy(SITE, tmp_path / "golden")
    site.good()
    found = {path: data for path, data in site.output().items() if path.startswith("assets/")}
    sources: dict[str, bytes] = {}
    for folder in (REPOSITORY / "assets", SITE / "assets"):
        files = [path for path in folder.rglob("*") if path.is_file()]
        sources |= {f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files}
    for unused in ("search-link.js", "editions.css", "editions-easy.css", "versions.css", "book.css"):
        del sources[f"assets/{unused}"]
    sources["assets/style.css"] += sources.pop("assets/safety/style.css")
    for path in [path for path in sources if path.endswith(".css")]:  # ours have no comment within a string
        plain = re.sub(r"(?s)/\* if the site .*?/\* end if \*/\n", "", sources[path].decode())
        sources[path] = re.sub(r"(?s)/\*.*?\*/", "", plain).encode()
    for some in (sources, found):  # without space, which style sheets are published with less of
        some.update({path: b"".join(data.split()) for path, data in some.items() if path.endswith(".css")})
    assert sources == found


@pytest.mark.parametrize("folder", broken(), ids=lambda folder: folder.name)
def test_the_problems_of_a_broken_site_are_exactly_these(folder: Path, tmp_path: Path) -> None:
    """All that is printed about a broken site is as it was last accepted."""
    want = (folder / "expected.txt").read_text(encoding="utf-8")
    got = said_of(folder, tmp_path / "site")
    lines = difflib.unified_diff(want.splitlines(True), got.splitlines(True), "expected", "printed", n=1)
    assert "" == "".join(lines)
    assert "error" in want
