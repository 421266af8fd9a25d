"""The files that a build reads and makes."""

from __future__ import annotations

from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import NO_NAMES, BlockedNames
from briefing.problems import Problem
from briefing.values import dataclass

PICTURES = (".avif", ".gif", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
"""Endings of pictures that a page can show."""
FOREIGN_PICTURES = (".bmp", ".heic", ".heif", ".jxl", ".psd", ".raw", ".tif", ".tiff")
"""Endings of pictures that browsers do not show."""
TABLES = (".csv", ".tsv")
"""Endings of files whose tables can be drawn."""
FILES = "content/files/"
"""The folder for documents, and for pictures that several texts show."""


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One content file as it was on disk: its path in the site's folder, and its bytes."""

    path: str
    data: Hashed[bytes]


@dataclass(frozen=True, slots=True)
class File:
    """A template or an asset: its path under its own folder, where it came from, and its bytes."""

    path: str
    origin: str
    data: Hashed[bytes]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All files that a build depends on, read once. No later step reads the disk."""

    sources: tuple[ContentFile, ...]
    templates: tuple[File, ...]
    assets: tuple[File, ...]
    lock: Hashed[bytes] | None = None
    """The record of what was published, if there is one."""
    problems: tuple[Problem, ...] = ()
    strays: tuple[str, ...] = ()
    """Paths of files in the content folder that were not read, because no record can be in a file of that name."""
    media: tuple[File, ...] = ()
    """Pictures beside the texts, and all files below `content/files/`, by their paths in the site's folder."""
    own_templates: tuple[str, ...] = ()
    """The templates of the site that replace none of ours."""
    evidence: Hashed[bytes] | None = None
    """What is known of copies of sources, if the site compares passages with copies."""
    health: Hashed[bytes] | None = None
    """What is known of the addresses of other sites, if they were checked."""
    versions: tuple[ContentFile, ...] = ()
    """The words of pages as they were published on earlier days."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements of a text a reader can check, and how many of them have a source, or a reason for none."""

    checkable: int = 0
    sourced: int = 0
    exempt: int = 0


UNCOUNTED = Coverage()
"""The coverage of a text without statements."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file of the output, or the problems why there is none."""

    path: str
    data: Hashed[bytes]
    problems: tuple[Problem, ...] = ()
    size: int = 0
    """Bytes of the file, known without reading it."""


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build found out about the content."""

    problems: tuple[Problem, ...] = ()
    """Errors and warnings, in the order of their places."""
    notes: tuple[Problem, ...] = ()
    """Work to do that is no mistake; `todo` lists it."""
    coverage: Coverage = UNCOUNTED
    """Of all published briefs and pages."""
    page_count: int = 0
    blocked_names: BlockedNames = NO_NAMES
    """The names that no problem may show."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What the memo keeps of a whole build, to report the same again if nothing has changed."""

    given: str
    """The digest of the snapshot and the day."""
    summary: BuildSummary
    files: tuple[tuple[str, str], ...]
    """Path and digest of every file written to the output folder; empty if none was written."""
