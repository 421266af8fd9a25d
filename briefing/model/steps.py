"""What one step hands to another."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.incremental.stored import Stored
from briefing.model.documents import Outline
from briefing.model.files import UNCOUNTED, Coverage, Rendered, Source
from briefing.model.pages import Page
from briefing.model.site import Guarded, Site
from briefing.model.text import Said
from briefing.problems import Level


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem that weave found, placed by a file's path and the index of one of its spots, -1 for the file.

    `other` is a second place that belongs to it, as path and index of a spot.
    """

    path: str
    spot: int
    code: str
    message: str
    hint: str = ""
    level: Level = "error"
    other: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What lint holds the words of every file against.

    `style` is, for each wording to avoid, the wording, what to write instead, and why; `figures` is, for each figure of
    the ledger that is long enough to be told from other numbers, its value and its id; `places` are names of places.
    """

    style: tuple[tuple[str, str, str], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """An address of the site with the ids in it, and, for a brief or page, its file and the digest of its changes."""

    address: str
    anchors: tuple[str, ...]
    path: str = ""
    changes: str = ""
    redirected: bool = False
    """Whether it is an old address that leads to a new one."""


@dataclass(frozen=True, slots=True)
class Contract:
    """What was published, as the lock's bytes, and what this build holds.

    `said` pairs files with the digests of their words; `recording` is true where the lock is about to be written anew.
    """

    lock: Stored[bytes] | None
    held: Stored[tuple[Held, ...]]
    said: tuple[tuple[str, str], ...]
    recording: bool


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One file as lint reads it."""

    source: Source
    said: Stored[tuple[Said, ...]]
    rules: Stored[Rules]
    """The same for all, and so known by their digest."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A woven page without the bodies that it shows, which are named by the paths of their files."""

    address: str
    template: str
    bodies: tuple[str, ...]
    page: Stored[Page]


@dataclass(frozen=True, slots=True)
class Loom:
    """All that weave may know."""

    outlines: tuple[Stored[Outline], ...]
    images: tuple[tuple[str, int, int], ...]
    """Each image among the assets: path, width and height in pixels."""
    now: str
    """The day of the build, YYYY-MM-DD."""
    base_url: str = ""
    """Replaces the one of the settings where not empty."""
    drafts: bool = False
    """Whether drafts are woven too."""
    pdf: bool = False
    """Whether the whole briefing is printed too."""


@dataclass(frozen=True, slots=True)
class Woven:
    """The whole site, ready to render, and what is wrong with it."""

    shells: tuple[Shell, ...]
    site: Site | None
    faults: tuple[Fault, ...]
    rules: Rules
    held: Stored[tuple[Held, ...]]
    guarded: Guarded
    drafts: tuple[tuple[str, str], ...] = ()
    """Addresses of the drafts that are woven too, and their files."""
    withheld: tuple[str, ...] = ()
    """Files that hold a draft which is not woven."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page ready to render: its bodies, and the digest of the look, settings and templates, that it is given."""

    address: str
    page: Stored[Page]
    bodies: tuple[Stored[str], ...]
    look: str
    coverage: Coverage = UNCOUNTED
    """Of the text, where it is one page's."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A rendered page and the assets that it is to carry within itself, by their paths under assets/."""

    page: Rendered
    assets: tuple[tuple[str, Stored[bytes]], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One file of the output as it is searched for guarded names; `path` is the content file that it comes from."""

    rendered: Rendered
    path: str
    guarded: Guarded


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that can be found: every page, as it was woven and as it was rendered."""

    site: Site
    pages: tuple[tuple[Stored[Page], Stored[bytes]], ...]
