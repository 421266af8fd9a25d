"""What is known of the copies of sources that were kept, and of the passages that were compared with them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from briefing.values import dataclass

State = Literal["found", "elsewhere", "not-found", "unchecked"]
"""What is known of the words of a passage: they are where the locator says, elsewhere in the copy, or not in it; or
nobody has compared them as they are now with the copy as it is now."""
STATES: tuple[State, ...] = ("found", "elsewhere", "not-found", "unchecked")
Obstacle = Literal["", "script", "scan", "encrypted", "login", "web-page", "empty", "damaged", "heavy", "type"]
"""Why a document has no text to compare with; empty if it has one.

It needs a script to show anything, is pictures of pages, needs a password, is a page that asks who you are, is a web
page in the place of a document, has nothing in it, cannot be opened, needs too much time or memory, or is of a type
that is not read.
"""
WHY: dict[Obstacle, str] = {
    "script": "the page shows its text only with a script",
    "scan": "it has pictures of pages and no text",
    "encrypted": "it is protected by a password",
    "login": "the address shows a page to log in",
    "web-page": "the address shows a web page in the place of the document",
    "empty": "it is empty",
    "damaged": "it is damaged",
    "heavy": "reading it takes too much time or memory",
    "type": "its type is not read",
}
"""What to say of each obstacle."""
OBSTACLES: tuple[Obstacle, ...] = tuple(WHY)


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A copy of a source. `digest` names the file of the copy; it is empty if what came was not the source.

    `words` is the digest of its words, and `address` is where it came from, if that is not the address of the source.
    """

    day: str
    digest: str = ""
    type: str = ""
    media: str = ""
    """The `Content-Type` that came with it, which may name the encoding of its text."""
    pages: int = 0
    words: str = ""
    address: str = ""
    obstacle: Obstacle = ""


@dataclass(frozen=True, slots=True)
class PassageResult:
    """What came of looking for the words of a passage in a copy.

    `given` is the digest of what was looked for, and `copy` that of the copy. `page` counts from 1, and `label` is the
    number printed on it; 0 and empty where there are no pages. `starts` and `ends` are words of the copy for a link.
    """

    state: State
    given: str = ""
    copy: str = ""
    day: str = ""
    page: int = 0
    label: str = ""
    starts: str = ""
    ends: str = ""


UNCHECKED = PassageResult("unchecked")


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known, as pairs of a source's id and its copy, and of `source#passage` and a result."""

    copies: tuple[tuple[str, KeptCopy], ...] = ()
    results: tuple[tuple[str, PassageResult], ...] = ()


def digest_given(locator: str, starts: str, ends: str, words: str) -> str:
    """Return the digest of what a passage gives to look for. Other words or another locator give another digest."""
    return hashlib.sha256("\0".join((locator, starts, ends, words)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many passages were found where their locators say, elsewhere, not at all, or were not compared."""

    found: int
    elsewhere: int
    not_found: int
    unchecked: int


def count_states(states: Iterable[State]) -> Tally:
    """Return how many passages have each state."""
    counts = Counter(states)
    return Tally(*(counts[state] for state in STATES))
