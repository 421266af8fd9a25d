"""Editions: a page in another language or in another form, and the version of the page that it was made from."""

from __future__ import annotations

from briefing.model.text import Link
from briefing.values import dataclass

EASY_READ = "easy-read"
"""The form of an edition in short sentences, with one idea and one symbol a row."""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """The version of the original that an edition was made from: its day, and the digests of the sentences of sections.

    A section has the id of its heading; what comes before the first heading has the id `head`.
    """

    on: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of an original: the id and the words of its heading, and its sentences in plain words."""

    id: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """An original that has editions, as it is now."""

    id: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What readers of an edition see of the page that it was made from.

    `since` is the day of that version, empty if nobody noted it; `changed` are the sections that are different now.
    """

    original: Link
    language: str
    since: str
    changed: tuple[Link, ...]
    checked_by: str = ""
    """Who checked the translation, or tried the text with readers; empty if nobody has."""
