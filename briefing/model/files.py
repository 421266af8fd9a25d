"""What goes into a build, and what comes of it: files, and what there is to say of them."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.incremental.hashed import Hashed
from briefing.problems import Problem


@dataclass(frozen=True, slots=True)
class Source:
    """One content file as it was on disk. `kind` is a kind's name, or `site` for the settings."""

    path: str
    kind: str
    data: Hashed[bytes]


@dataclass(frozen=True, slots=True)
class File:
    """A template or an asset: its path under its own folder, where it came from, and its bytes."""

    path: str
    origin: str
    data: Hashed[bytes]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All files that a build depends on, read once. Nothing after this looks at the disk."""

    sources: tuple[Source, ...]
    templates: tuple[File, ...]
    assets: tuple[File, ...]
    lock: Hashed[bytes] | None = None
    """The record of what was published, where there is one."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements of a text a reader can check, how many have a source, and for how many a reason is given."""

    checkable: int = 0
    sourced: int = 0
    exempt: int = 0


UNCOUNTED = Coverage()
"""The coverage of a text that makes no statement."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file of the output, or the reason why there is none."""

    path: str
    data: Hashed[bytes]
    problems: tuple[Problem, ...] = ()
    size: int = 0
    """Bytes of the file, known without the file at hand."""


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build came to, to be said again while it is asked for the same."""

    asked: str
    """The digest of what it was given."""
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    coverage: Coverage
    pages: int
    files: tuple[tuple[str, str], ...]
    """Path and digest of all that the output folder then held; none where nothing was written."""
