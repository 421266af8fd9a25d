"""Where a site is on the disk, and the options of one build."""

from __future__ import annotations

import os
from pathlib import Path

from briefing.values import dataclass

_PACKAGE = Path(__file__).resolve().parent
THEME = next(folder for folder in (_PACKAGE / "theme", _PACKAGE.parent) if (folder / "templates").is_dir())
"""The folder with the templates and assets that every site uses: in an installed package, or in the repository."""


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

    @classmethod
    def at(cls, root: Path | str, now: str, output: Path | str | None = None) -> Project:
        """Return the project in a folder that contains `content/`, to be built for a day: `2026-01-31`.

        Templates and assets of the folder override those of the generator. The output folder is `output/` in it,
        unless another is given. Other options are set with `dataclasses.replace`.
        """
        folder = Path(root).resolve()
        layers = [THEME] if folder == THEME else [THEME, folder]
        return cls(
            root=folder,
            output=Path(output).resolve() if output else folder / "output",
            templates=tuple(layer / "templates" for layer in layers),
            assets=tuple(layer / "assets" for layer in layers),
            now=now,
        )

    @property
    def content(self) -> Path:
        """The writers' folder."""
        return self.root / "content"

    @property
    def memo(self) -> Path:
        """The file of the memo."""
        return self.root / ".cache" / "memo.sqlite"


def find_site(start: Path) -> Path | None:
    """Return the nearest folder that contains `content/`: the folder itself, or one of those that contain it."""
    return next((folder for folder in (start, *start.parents) if (folder / "content").is_dir()), None)


def find_overlap(project: Project) -> Path | None:
    """Return a folder of the site that the output folder is the same as, is inside of, or contains; else None."""
    folders = (project.content, *project.templates, *project.assets, project.memo.parent, project.root / ".git")
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
