"""Builds two sites with one Python and verifies every byte with all others from 3.11 on that are on this machine.

python -m tests.pythons FOLDER; see `make test-pythons`. The folder keeps what each Python needs for the next time.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from briefing.cli.arguments import REPOSITORY
from tests.golden import SITE, copy
from tests.sites import NOW

OLDEST = (3, 11, 0)
_NAMED = re.compile(r"python3(\.\d+)?")
_VERSION = "import sys; print(*sys.version_info[:3], sep='.')"
Pythons = dict[str, Path]
"""Where each Python is, by its version, the oldest first."""


def folders() -> list[Path]:
    """Return the folders in which Pythons are: those of commands, and pyenv's."""
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    return [Path(sys.executable).parent, *map(Path, os.get_exec_path()), Path("/usr/bin"), *sorted(kept.glob("*/bin"))]


def look(places: Iterable[Path]) -> Pythons:
    """Find every Python that is not too old and starts; of several of one version, the first."""
    found: dict[tuple[int, ...], Path] = {}
    for place in places:
        for path in sorted(place.glob("python3*")) if place.is_dir() else ():
            version = _ask(path) if _NAMED.fullmatch(path.name) else ()
            if version >= OLDEST:
                found.setdefault(version, path)
    return {".".join(map(str, version)): found[version] for version in sorted(found)}


def _ask(path: Path) -> tuple[int, ...]:
    try:
        said = subprocess.run([path, "-I", "-c", _VERSION], capture_output=True, text=True, timeout=60).stdout.strip()
    except OSError:
        return ()
    return tuple(map(int, said.split("."))) if re.fullmatch(r"\d+\.\d+\.\d+", said) else ()


def tell(found: Pythons) -> list[str]:
    """Say which were found, and plainly where there is but one."""
    lone = ["It is the only one from 3.11 on, so nothing can be compared."] if len(found) == 1 else []
    return [*(f"Python {version}: {path}" for version, path in found.items()), *lone]


def furnish(python: Path, folder: Path) -> Path:
    """Return a Python the packages of the lock file, in a folder of its own that is asked for no more than once."""
    done, inside = folder / ".done", folder / "bin" / "python"
    locked = REPOSITORY / "requirements.txt"
    if not done.is_file() or done.read_bytes() != locked.read_bytes():
        subprocess.run([python, "-m", "venv", "--clear", "--without-pip", folder], check=True)
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(inside),
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "--require-hashes", "-r", str(locked)], check=True)
        shutil.copy(locked, done)
    return inside


def build(python: Path, site: Path, *options: str) -> tuple[bool, str]:
    """Build a site for one fixed day; return whether it succeeded, and its last line."""
    command = [
        str(python),
        str(REPOSITORY / "build.py"),
        "build",
        "--site",
        str(site),
        "--now",
        NOW,
        "--format",
        "text",
        *options,
    ]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": os.environ.get("PATH", "")})
    return done.returncode == 0, (done.stderr.strip().splitlines() or [""])[-1]


def hold(pythons: Pythons, sites: Iterable[Path]) -> bool:
    """Build each site with the first Python, and verify it, from nothing, with all of them; say how each fared."""
    well = True
    for site in sites:
        first, *_ = pythons
        made, said = build(pythons[first], site)
        print(f"{site.name} by {first}: {said}", flush=True)
        well &= made
        for version, python in pythons.items():
            same, said = build(python, site, "--verify")
            print(f"{site.name} by {version}: {said}", flush=True)
            well &= same
    return well


def main() -> int:
    """Find them, install the packages and compare their output; 1 if a byte differs."""
    kept, found = Path(sys.argv[1]).resolve(), look(folders())
    print("\n".join(tell(found)), flush=True)
    furnished = {version: furnish(path, kept / version) for version, path in found.items()}
    with tempfile.TemporaryDirectory() as folder:
        ours = Path(folder, "this")
        shutil.copytree(REPOSITORY / "content", ours / "content")
        return 0 if hold(furnished, [copy(SITE, Path(folder, "golden")).root, ours]) else 1


if __name__ == "__main__":
    sys.exit(main())
