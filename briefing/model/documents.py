"""What parse makes of one file."""

from __future__ import annotations

from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import BlockedNames
from briefing.model.files import UNCOUNTED, Coverage
from briefing.model.records import Record
from briefing.model.site import Site
from briefing.model.text import Ref, SentenceBlock, SentenceRun
from briefing.problems import Problem, Span
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Outline:
    """What other pages may know of one file."""

    path: str
    records: tuple[Record, ...]
    site: Site | None = None
    unread: tuple[str, ...] = ()
    """Ids of records that are in the file but could not be read."""
    blocked_names: BlockedNames | None = None
    is_unread: bool = False
    """Whether the file, or the id of a record in it, could not be read, so that records and their pages are missing."""
    bracketed: tuple[Ref, ...] = ()
    """What is in single brackets and could be the id of a record."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A problem that a person has looked at and accepts, as long as the words in question stay the same."""

    code: str
    words: str
    reason: str
    by: str
    on: str
    span: Span
    """Where the code is."""
    lines: tuple[int, int]
    """The first and the last line of this entry."""


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file. Its spans are not in the outline: a new line in the file moves them and changes nothing else."""

    path: str
    outline: Hashed[Outline]
    body: Hashed[str]
    spans: Hashed[tuple[Span, ...]]
    sentences: Hashed[tuple[SentenceRun, ...]]
    problems: tuple[Problem, ...] = ()
    hosts: tuple[tuple[str, Span], ...] = ()
    """Every host of another site that it has an address of, as it is typed, with the first place."""
    codes: tuple[tuple[str, Span], ...] = ()
    """Every country code that a link calls and its words leave out, with the first place."""
    coverage: Coverage = UNCOUNTED
    """Of its text, if it is a brief or page. Not in the outline, because only its own page shows it."""
    blocks: tuple[SentenceBlock, ...] = ()
    """Its tables and lists."""
    starts: tuple[tuple[int, int], ...] = ()
    """Of each body and field: the number of its first sentence, and the offset at which it begins in the file."""
    accepted: tuple[Accepted, ...] = ()
    files: tuple[str, ...] = ()
    """The pictures and documents that it names, as they are typed."""
    edition_of: str = ""
    """The id of the page of which it is an edition. Not only in the outline, because few builds need it."""
    words: str = ""
    """A digest of its sentences, each with whether it has a source. Which of them need one does not change it."""
