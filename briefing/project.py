"""Where a site is on the disk, and the options of one build."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Project:
    """The folders of a site and the options of a build. Later `templates` and `assets` override earlier ones."""

    root: Path
    output: Path
    templates: tuple[Path, ...]
    assets: tuple[Path, ...]
    now: str
    base_url: str = ""
    """Overrides the setting if not empty."""
    drafts: bool = False
    update_lock: bool = False
    """Whether this build records its addresses as published."""
    search: bool = False
    """Whether this build makes the search index."""
    pdf: bool = False
    """Whether this build makes the PDF."""

    @property
    def content(self) -> Path:
        """The writers' folder."""
        return self.root / "content"

    @property
    def memo(self) -> Path:
        """The file of the memo."""
        return self.root / ".cache" / "memo.sqlite"


def find_overlap(project: Project) -> Path | None:
    """Return a folder of the site that the output folder is the same as, is inside of, or contains; else None."""
    folders = (project.content, *project.templates, *project.assets, project.memo.parent)
    for folder in (one for one in folders if not one.is_symlink()):  # reading refuses links
        pairs = [(project.output, one) for one in (folder, *folder.parents)]
        pairs += [(folder, one) for one in project.output.parents]
        if any(_is_same(*pair) for pair in pairs):
            return folder
    return None


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, also under another name: by a link, or on a disk that ignores case."""
    try:
        return one == other or os.path.samefile(one, other)
    except OSError:
        return False
