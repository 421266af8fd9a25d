"""Creates a new site: content, and what installs the generator, but no copy of it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from briefing import __version__
from briefing.scaffold.editor_files import write_settings
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.pin import VENDOR, collect_wheels, find_origin, pin_files

STARTER = Path(__file__).parents[1] / "starter"


def create_site(target: Path, vendor: bool = False) -> list[str]:
    """Make a folder with a small complete site; return its files.

    With `vendor`, the site has the generator and its packages as wheels, and installs them without a network. Raises
    CannotCreate if the folder is not empty, or if there are no such wheels; then nothing is created.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CannotCreate(f"{target} is not empty, or is no folder; name another folder")
    origin = find_origin()
    with tempfile.TemporaryDirectory() as wheels:
        if vendor:
            collect_wheels(origin, Path(wheels))
            origin = f"briefing=={__version__}"
        try:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copytree(STARTER, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
            for name, data in pin_files(origin).items():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                (target / name).write_bytes(data)
            if vendor:
                shutil.copytree(wheels, target / VENDOR)
        except OSError as error:
            raise CannotCreate(f"{target} cannot be written: {error.strerror}") from error
    write_settings(target)
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
