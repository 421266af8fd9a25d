"""What readers see: pages, and the parts that they are put together from."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model.records import Change, Detail, Heading, SourceDetail
from briefing.model.site import Question, Thread
from briefing.model.text import Chip, Link, Prose


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence that speaks of a record, in plain text, and the address of the section that it stands in."""

    address: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that speaks of another, with every sentence in which it does."""

    link: Link
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions from records of one kind."""

    kind: str
    items: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a citation opens: the source, the place in it, what it says and when that was checked.

    `apart` says what tells its chip from those of other sources on the page: nothing, its `day`, or its `title`.
    """

    link: Link
    label: str
    work: SourceDetail[Prose]
    locator: str
    says: str
    checked: str
    starts: str
    ends: str
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reader is told of a linked record before going there."""

    link: Link
    as_of: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a figure opens: its label, definition, date and sources."""

    link: Link
    value: str
    definition: str
    as_of: str
    avoid: tuple[str, ...]
    sources: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One record as a page shows it, with every reference resolved."""

    link: Link
    text: Prose | None
    headings: tuple[Heading, ...]
    sources: tuple[Chip, ...]
    detail: Detail
    aka: tuple[str, ...]
    as_of: str
    check_by: str
    overdue: bool
    updated: str
    changes: tuple[Change[Prose], ...]
    topics: tuple[str, ...]
    mentions: tuple[Mentions, ...]


@dataclass(frozen=True, slots=True)
class News:
    """A change note with the record that it is about."""

    link: Link
    change: Change[Prose]
    id: str
    """Its permanent name in the list of changes and in the feeds."""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a page that lists things: a year of events, a letter of the index, a tier of sources."""

    title: str
    anchor: str
    views: tuple[View, ...] = ()
    links: tuple[Link, ...] = ()
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of open data: its name and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """Open data: rows of plain words, one for each record or entry, below columns that say what they are."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """An entry of a calendar: a day, what falls on it, where to read about it, and since when that is known."""

    id: str
    date: str
    title: str
    address: str
    since: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One thread beside one event: whether it comes from above, goes on below, and is touched here."""

    above: bool
    below: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """An event of one or several threads, and every thread's lane beside it."""

    view: View
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that one page shows. `groups` are named by their anchors, which the page's template knows."""

    address: str
    template: str
    kind: str
    title: str
    summary: str
    language: str
    crumbs: tuple[Link, ...] = ()
    view: View | None = None
    groups: tuple[Group, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    cards: tuple[Card, ...] = ()
    glosses: tuple[Link, ...] = ()
    previews: tuple[Preview, ...] = ()
    """Of the records that running text links to, each once."""
    support: tuple[View, ...] = ()
    questions: tuple[Question[Link], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    """For the site map: each page's address and the day of its last change, empty where none is known."""
    target: str = ""
    """For a redirect: where it leads."""
    tables: tuple[Table, ...] = ()
    days: tuple[Day, ...] = ()
    threads: tuple[Thread[Link], ...] = ()
    stages: tuple[Stage, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    """For the whole briefing in one file: addresses and the ids under which it holds them."""
