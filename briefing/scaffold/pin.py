"""From where pip can install the generator that runs, and the files with which a site installs the same one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit

from briefing import __version__
from briefing.disk import read_file
from briefing.project import THEME
from briefing.scaffold.errors import CannotCreate

GENERATOR = "generator.txt"
"""The file of a site that names its generator."""
PACKAGES = "requirements.txt"
"""The file of a site that names the packages of its generator, with their hashes."""
ACTION = ".github/actions/briefing/action.yml"
"""The file of a site with the steps of its workflow: a copy of our action."""
VENDOR = "vendor"
"""The folder of a site with the generator and its packages, where pip needs no network."""
_FIRST_LINE = re.compile(r"# briefing (\d+(?:\.\d+)*)")


def find_origin() -> str:
    """Return what pip has to be given to install this generator: a requirement (PEP 508).

    It names the address or folder from which this generator was installed (PEP 610), or its version in an index.
    """
    if Path(__file__).resolve().parents[2] == THEME:  # not installed, or installed to be edited
        return f"briefing @ {THEME.as_uri()}"
    try:
        origin = json.loads(distribution("briefing").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        origin = {}
    if "vcs_info" in origin:
        return f"briefing @ {origin['vcs_info']['vcs']}+{origin['url']}@{origin['vcs_info']['commit_id']}"
    if "url" in origin:
        hashes = origin.get("archive_info", {}).get("hashes", {})
        return f"briefing @ {origin['url']}" + (f"#sha256={hashes['sha256']}" if "sha256" in hashes else "")
    return f"briefing=={__version__}"


def is_local(requirement: str) -> bool:
    """Whether only this machine has what the requirement names."""
    return urlsplit(requirement.partition(" @ ")[2]).scheme == "file"


def pin_files(requirement: str) -> dict[str, bytes]:
    """Return the files of a site that name the generator and its packages, and that run it on GitHub."""
    text = f"# briefing {__version__}, for pip; the command upgrade changes this file\n{requirement}\n"
    action = (THEME / "action.yml").read_bytes()
    return {GENERATOR: text.encode(), PACKAGES: (THEME / PACKAGES).read_bytes(), ACTION: action}


def pinned_version(root: Path) -> tuple[int, ...] | None:
    """Return the version of the generator that a site names: (0, 2, 0); None if it names none."""
    found = _FIRST_LINE.match((read_file(root, GENERATOR) or b"").decode("utf-8", "replace"))
    return version_numbers(found[1]) if found else None


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare it with others."""
    return tuple(map(int, version.split(".")))


def collect_wheels(requirement: str, folder: Path) -> None:
    """Put the generator and its packages into a folder, as wheels for this system and this Python.

    Raises CannotCreate with what pip said.
    """
    for wanted in ([requirement], ["--require-hashes", "-r", str(THEME / PACKAGES)]):
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), *wanted]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if line.strip()]
            raise CannotCreate(f"pip could not make the wheels: {lines[-1] if lines else 'no reason given'}")
