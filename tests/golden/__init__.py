"""One small complete site and its output byte for byte, and what is said of each broken site.

`python -m tests.golden` writes the expected pages again; read the difference before you commit it.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.sites import DEFAULT, NOW, Site

HERE = Path(__file__).parent
SITE = HERE / "site"
EXPECTED = HERE / "expected"
BROKEN = HERE.parent / "broken"


def copy(folder: Path, to: Path, default: str = "") -> Site:
    """Copy a site, so that building it leaves nothing in the repository; what it lacks comes from the default."""
    site = Site(to, default=default)
    shutil.copytree(folder, to, dirs_exist_ok=True)
    return site


def built(to: Path) -> dict[str, bytes]:
    """Build the golden site and give its pages; assets are copied as they are, and not kept twice."""
    site = copy(SITE, to)
    site.good(now=NOW)
    return {path: data for path, data in site.output().items() if not path.startswith("assets/")}


def expected() -> dict[str, bytes]:
    """Return the pages as they should be."""
    return {path.relative_to(EXPECTED).as_posix(): path.read_bytes() for path in EXPECTED.rglob("*") if path.is_file()}


def broken() -> list[Path]:
    """Return the broken sites."""
    return sorted(path for path in BROKEN.iterdir() if (path / "content").is_dir())


def said_of(folder: Path, to: Path) -> str:
    """Run the command on a broken site and give all that it prints."""
    finished = copy(folder, to, DEFAULT).run("check", "--quiet")
    return finished.stdout + finished.stderr


def rewrite() -> None:
    """Take what the generator does now for what it should do."""
    with tempfile.TemporaryDirectory() as folder:
        pages = built(Path(folder, "golden"))
        shutil.rmtree(EXPECTED, ignore_errors=True)
        for path, data in pages.items():
            target = EXPECTED / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        for site in broken():
            (site / "expected.txt").write_text(said_of(site, Path(folder, site.name)), encoding="utf-8")
