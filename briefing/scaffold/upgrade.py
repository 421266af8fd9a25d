"""What changes for a site with the version of the generator that runs, and the site's change to that version."""

from __future__ import annotations

import re
from pathlib import Path

from briefing import __version__
from briefing.disk import read_file, replace_file
from briefing.project import THEME
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.pin import (
    ACTION,
    GENERATOR,
    VENDOR,
    collect_wheels,
    find_origin,
    pin_files,
    pinned_version,
    version_numbers,
)
from briefing.scaffold.theme import Override, list_overrides
from briefing.values import dataclass

_VERSION = re.compile(r"^## (\d+(?:\.\d+)*)", re.MULTILINE)
_PARTS = ("Fields", "Templates")
"""The parts of the changelog that a site may have to follow."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The way of a site from one version of the generator to another."""

    before: str
    after: str
    files: tuple[tuple[str, bytes], ...]
    """The new content of the files that name the generator; empty if they are right already."""
    overrides: tuple[Override, ...]
    """Files of the site that replace a file of the theme which has changed since, or may have."""
    notes: tuple[str, ...]
    """What the changelog says of fields and templates since."""


def plan_upgrade(root: Path) -> Upgrade:
    """Compare a site with the generator that runs.

    Raises CannotCreate if the site names no generator, or a newer one.
    """
    before = pinned_version(root)
    if before is None:
        if (root / "briefing").is_dir() and (root / "build.py").is_file():
            raise CannotCreate("this site has a copy of the generator; publishing.md in the manual says what to do")
        raise CannotCreate(f"{GENERATOR} is missing or does not start with the version of the generator")
    old = ".".join(map(str, before))
    if before > version_numbers(__version__):
        raise CannotCreate(f"the site is built with briefing {old}, and this is {__version__}; install the newer one")
    origin = f"briefing=={__version__}" if (root / VENDOR).is_dir() else find_origin()
    wanted = pin_files(origin)
    if read_file(root, ACTION) is None:  # a site that is published in another way
        del wanted[ACTION]
    files = tuple((name, data) for name, data in wanted.items() if read_file(root, name) != data)
    overrides = tuple(one for one in list_overrides(root) if not one.is_current)
    changelog = (THEME / "CHANGELOG.md").read_text(encoding="utf-8")
    return Upgrade(old, __version__, files, overrides, tuple(_notes_since(changelog, before)))


def apply_upgrade(root: Path, upgrade: Upgrade) -> None:
    """Write the files that name the generator, and the wheels of a site that has them."""
    if (root / VENDOR).is_dir() and upgrade.files:
        collect_wheels(find_origin(), root / VENDOR)
        for old in (root / VENDOR).glob("briefing-*.whl"):
            if not old.name.startswith(f"briefing-{__version__}-"):
                old.unlink()
    for name, data in upgrade.files:
        replace_file(root, name, data)


def _notes_since(changelog: str, version: tuple[int, ...]) -> list[str]:
    """Return what a changelog says of fields and templates in later versions: `0.2.0, Fields: …`."""
    notes = []
    _, *pieces = _VERSION.split(changelog)
    for number, text in zip(pieces[::2], pieces[1::2], strict=True):
        if version_numbers(number) <= version:
            continue
        for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
            title, _, body = part.partition("\n")
            if title.strip() in _PARTS:
                items = re.split(r"^- ", body, flags=re.MULTILINE)[1:]
                notes += [f"{number}, {title.strip()}: {' '.join(item.split())}" for item in items]
    return notes
