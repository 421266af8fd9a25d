"""What writers keep: records, and the documents that parse makes of their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from briefing.model.text import Chip, CitedSource, Link, Prose, Ref


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading: its id in addresses, its words and its level, 2 or 3."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Change:
    """A dated note of what changed. `kind` is update, correction or minor."""

    date: str
    kind: str
    text: Prose


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated, sourced statement: a key date of a person, or what was said, done or judged."""

    date: str
    text: Prose
    who: Ref | Link | None
    sources: tuple[CitedSource | Chip, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What one side says of a matter on which accounts differ."""

    holder: str
    said: Entry


@dataclass(frozen=True, slots=True)
class Dispute:
    """A matter on which accounts differ, with what each side says; at least two do."""

    about: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class PageDetail:
    """What only a brief or a page has."""

    sensitivity: str
    in_brief: tuple[Prose, ...]
    not_known: tuple[Ref | Link, ...]
    disputed: tuple[Dispute, ...]
    none_unknown: str
    """The reason why nothing is listed as not known; empty where something is."""
    minutes: int
    needs_primary: bool = False
    """Whether its writers demand a primary source."""
    quiet: bool = False
    """Whether its address, title and card must tell a bystander nothing."""


@dataclass(frozen=True, slots=True)
class Actor:
    """What only a person, an organisation or a place has."""

    dates: tuple[Entry, ...]
    url: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """What only a glossary term has."""

    meaning: Prose
    why: Prose | None
    not_same_as: tuple[Prose, ...]
    official: Prose | None


@dataclass(frozen=True, slots=True)
class Event:
    """What only an event has. `words` replaces the plain date where that would claim too much."""

    date: str
    words: str
    text: Prose | None
    who: tuple[Ref | Link, ...]
    where: tuple[Ref | Link, ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What only a recommendation has; `state` and `read` are words of its schema."""

    number: int
    asks: Prose
    read: str
    note: Prose | None
    state: str
    said: tuple[Entry, ...]
    done: tuple[Entry, ...]
    judged: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """An earlier or later value of a figure."""

    value: str
    as_of: str
    note: Prose | None
    sources: tuple[CitedSource | Chip, ...]
    amount: int = 0
    """What a chart draws; nothing where it is 0."""


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart: how far along in time and how high, in hundredths, with the words beside it."""

    along: float
    high: float
    value: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Number:
    """What only a figure of the ledger has; its label is the record's title."""

    value: str
    definition: Prose
    avoid: tuple[str, ...]
    history: tuple[Value, ...]
    note: Prose | None
    chart: tuple[Point, ...] = ()
    """Its history as a picture, where at least two of its values can be drawn."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What only an open question has; the question is the record's title."""

    why: Prose
    who_could_answer: Prose
    expected: Prose | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a source and what it says, in our own words."""

    id: str
    locator: str
    says: str
    checked: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """What only a source has, named as in CSL where CSL has a name. `issued` is a date or `undated`."""

    type: str
    author: str
    publisher: str
    label: str
    issued: str
    tier: str
    url: str
    link_note: str
    checked: str
    archived_url: str
    archived_date: str
    passages: tuple[Passage, ...]
    note: Prose | None
    further_reading: bool


@dataclass(frozen=True, slots=True)
class Support:
    """What only a support service has. `checked` is a day or `not-yet`."""

    who_for: str
    number: str
    url: str
    hours: str
    cost: str
    emergency: bool
    checked: str


@dataclass(frozen=True, slots=True)
class StyleRule:
    """What only a house-style rule has."""

    avoid: tuple[str, ...]
    prefer: Prose
    why: Prose


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of a reading path and the minutes that it takes to read; 0 until the path is woven."""

    to: Ref | Link
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """What only a reading path has: pages in the order in which one kind of reader is served best."""

    stops: tuple[Stop, ...]


Detail: TypeAlias = (
    PageDetail
    | Actor
    | Term
    | Event
    | Recommendation
    | Number
    | Unknown
    | SourceDetail
    | Support
    | StyleRule
    | ReadingPath
)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that the content speaks of, of whatever kind, as parse leaves it."""

    id: str
    kind: str
    path: str
    span: int
    title: str
    summary: str
    text: Prose | None
    headings: tuple[Heading, ...]
    sources: tuple[CitedSource, ...]
    detail: Detail
    aka: tuple[str, ...] = ()
    redirect_from: tuple[str, ...] = ()
    as_of: str = ""
    check_by: str = ""
    updated: str = ""
    draft: bool = False
    lang: str = ""
    topics: tuple[str, ...] = ()
    order: int = 0
    changes: tuple[Change, ...] = ()
    anchors: tuple[str, ...] = ()
    """Ids in the body that a link may name besides its headings."""
