"""Creates a new site."""

from __future__ import annotations

import shutil
from pathlib import Path

from briefing.scaffold.editor_files import write_schemas
from briefing.scaffold.errors import CannotCreate

STARTER = Path(__file__).parents[1] / "starter"
_PROGRAM = (
    "build.py", "briefing", "templates", "assets", "requirements.txt", "requirements-audit.txt", "pyproject.toml",
    "LICENSE", "SECURITY.md", ".gitignore",
)  # fmt: skip
"""What a new site gets from the generator; the workflow, the manual and the starter's files are added to it."""
_MANUAL = ("first-brief", "writing", "fields", "problems", "templates", "publishing")
"""The pages for writers. Those for developers are about files that only the generator's repository has."""


def create_site(here: Path, target: Path) -> list[str]:
    """Make a folder with a small complete site, the generator and the workflow; return its files.

    Raises CannotCreate if the folder is not empty.
    """
    if target.exists() and any(target.iterdir()):
        raise CannotCreate(f"{target} is not empty; name another folder")
    target.mkdir(parents=True, exist_ok=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in _PROGRAM:
        if (here / name).is_dir():
            shutil.copytree(here / name, target / name, ignore=ignored)
        else:
            shutil.copy(here / name, target / name)
    for name in [".github/workflows/publish.yml", ".github/dependabot.yml", *(f"docs/{page}.md" for page in _MANUAL)]:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(here / name, target / name)
    shutil.copytree(STARTER, target, dirs_exist_ok=True)
    write_schemas(target)
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
