"""Where a site is on the disk, and the options of one build."""

from __future__ import annotations

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
