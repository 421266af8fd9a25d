"""The words of pages as they were published: what is kept of each day, and what its page shows."""

from __future__ import annotations

from typing import Literal

from briefing.incremental.hashed import Hashed
from briefing.model.text import Link
from briefing.values import dataclass

KEPT = "content/versions/"
"""The folder of kept words, by its path in the site's folder."""
VERSION = ".txt"
"""The ending of a file of kept words."""
_CHANGED, _SINCE = "changed", "since"
"""What is after a day in the addresses of differences: to the version before, and to the newest one."""

BlockForm = Literal["h1", "h2", "h3", "p", "item", "quote", "row", "code"]
"""What a block is. The cells of a row are separated by tabs."""


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a page as they were published on a day: one line for each block, with a mark for what it is."""

    day: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That the words of a day were taken away: when, why, and their digest, so that nobody records them again."""

    day: str
    on: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True)
class History:
    """All that is kept of one page, oldest first; `path` is the file that holds it, `line` where it begins there."""

    address: str
    language: str
    quiet: bool
    versions: tuple[Version, ...]
    withdrawn: tuple[Withdrawal, ...] = ()
    path: str = ""
    line: int = 0

    @property
    def days(self) -> tuple[str, ...]:
        """The days that have an address, oldest first."""
        return tuple(sorted({one.day for one in self.versions} | {one.day for one in self.withdrawn}))


@dataclass(frozen=True, slots=True)
class KeptPage:
    """What a build needs of a history without reading its words: its days, and the digests of its words.

    `newest` is the digest of the newest version, `withdrawn` are those of words that were taken away.
    """

    address: str
    days: PageDays
    newest: str
    withdrawn: tuple[str, ...]
    quiet: bool
    path: str
    line: int
    history: Hashed[History]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page in this build, and their digest."""

    lines: Hashed[tuple[str, ...]]
    digest: str


@dataclass(frozen=True, slots=True)
class PageDays:
    """The days of one page: those whose words are kept, and those whose words were withdrawn."""

    address: str
    kept: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What the pages of its days need to know of a page of the site. A redirect has only a `target`."""

    address: str
    title: str = ""
    language: str = ""
    prefix: str = ""
    crumbs: tuple[Link, ...] = ()
    sensitive: bool = False
    """Whether it shows the support services."""
    quiet: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a block that were kept, added or removed between two days."""

    words: str
    change: Literal["", "added", "removed"] = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the words of a page."""

    form: BlockForm
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page of a day shows, or the page of what changed between two days: then `until` is the later one."""

    day: str
    of: str
    """The address of the page; empty if it is no longer on the site."""
    blocks: tuple[Block, ...] = ()
    until: str = ""
    earlier: Link | None = None
    """The page of the version before."""
    later: Link | None = None
    changed: str = ""
    """The address of what this version changed; empty for the first one."""
    since: str = ""
    """The address of what has changed since this version; empty for the newest one."""
    withdrawn: tuple[Withdrawal, ...] = ()


def address_seen(days: PageDays | None, date: str) -> str:
    """Return where to see a change of a day: the difference that the next version made, or the first version itself.

    Empty for a change from before the first version.
    """
    kept = days.kept if days else ()
    number = next((n for n, day in enumerate(kept) if day >= date), -1)
    if number < 0 or days is None or (number == 0 and kept[0] != date):
        return ""
    return changed_address(days.address, kept[number]) if number else day_address(days.address, kept[0])


def day_address(address: str, day: str) -> str:
    """Return the address of a page as it read on a day."""
    return f"{address}{day}/"


def changed_address(address: str, day: str) -> str:
    """Return the address of what the version of a day changed."""
    return f"{address}{day}/{_CHANGED}/"


def since_address(address: str, day: str) -> str:
    """Return the address of what has changed since the version of a day."""
    return f"{address}{day}/{_SINCE}/"


def page_of(address: str) -> str:
    """Return the address of the page to which the address of a day or of a difference belongs."""
    parts = address.rstrip("/").split("/")
    return "/".join(parts[: -2 if parts[-1] in (_CHANGED, _SINCE) else -1]) + "/"


def file_of(address: str, own_file: bool) -> str:
    """Return the file that keeps the words of a page: one for each text, and one for all records of a list."""
    parts = address.strip("/").split("/")
    name = "/".join(parts if own_file else parts[:-1])
    return f"{KEPT}{name or 'index'}{VERSION}"
