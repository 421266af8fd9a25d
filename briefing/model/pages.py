"""What readers see: pages and their parts."""

from __future__ import annotations

from briefing.model.editions import Version
from briefing.model.evidence import PassageResult, Tally
from briefing.model.records import Change, Detail, Heading, OwnField, SourceDetail
from briefing.model.site import HomePart, Question, Thread
from briefing.model.text import Chip, Link, Prose, ShownDrawing
from briefing.model.versions import PageDays, Reading
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence that refers to a record, in plain text, and the address of its section."""

    address: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that refers to another, with every sentence that does."""

    link: Link
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions from records of one kind."""

    kind: str
    items: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A place in a source, what it says, when it was checked, and its first and last words."""

    locator: str
    says: str
    checked: str
    starts: str
    ends: str
    result: PassageResult | None = None
    """What came of looking for the words of its passage; None if it names none, or the site compares none."""


def place_letter(place: int) -> str:
    """Return the letter of a place in a source: a to z, then aa, ab, and so on."""
    place, last = divmod(place, 26)
    return (place_letter(place - 1) if place else "") + chr(ord("a") + last)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A source that a page cites, and every place in it that the page cites, in order of first use.

    `opened` are the places that one chip opens together, for each different chip: indexes of `places`.
    """

    link: Link
    label: str
    work: SourceDetail[Prose]
    places: tuple[CitedPlace, ...]
    opened: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a reader sees of a linked record before following the link."""

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
    """One record as a page shows it."""

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
    extra: tuple[OwnField, ...] = ()
    version: Version | None = None
    """In the one file of an edition: what this page was made from."""


@dataclass(frozen=True, slots=True)
class News:
    """A change note and its record."""

    link: Link
    change: Change[Prose]
    id: str
    """Its permanent name in the list of changes and in the feeds."""
    seen: str = ""
    """The address that shows the change by words; empty if no words of that day were kept."""


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
    """Open data: a row of plain words for each record or entry."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Day:
    """An entry of a calendar: a day, what happens on it, where to read about it, and since when that is known."""

    id: str
    date: str
    title: str
    address: str
    since: str
    until: str = ""
    """Its last day, if it lasts longer than one."""
    time: str = ""
    until_time: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One thread beside one event: whether it comes from above, continues below, and includes the event."""

    above: bool
    below: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """An event of one or several threads, with a lane for every thread."""

    view: View
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one page shows. The page's template finds each group by its anchor."""

    address: str
    template: str
    kind: str
    title: str
    summary: str
    language: str
    crumbs: tuple[Link, ...] = ()
    view: View | None = None
    groups: tuple[Group, ...] = ()
    parts: tuple[HomePart, ...] = ()
    """The parts of the home page, in order."""
    receipts: tuple[Receipt, ...] = ()
    cards: tuple[Card, ...] = ()
    glosses: tuple[Link, ...] = ()
    previews: tuple[Preview, ...] = ()
    """Of the records that its texts link to, each once."""
    support: tuple[View, ...] = ()
    questions: tuple[Question[Link], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    """For the site map: each page's address and the day of its last change, empty where it is not known."""
    target: str = ""
    """For a redirect: the new address. For the feed of one record: the address of its page."""
    feed: str = ""
    """The address of the feed of the record that it shows; empty if there is none."""
    tables: tuple[Table, ...] = ()
    days: tuple[Day, ...] = ()
    threads: tuple[Thread[Link], ...] = ()
    stages: tuple[Stage, ...] = ()
    has_drawings: bool = False
    """Whether one of its texts has a drawing, so that the page loads the style sheet for them."""
    history: ShownDrawing | None = None
    """For a recommendation: what was said, done and judged over time, and when it was due; one row for each."""
    tally: Tally | None = None
    """Of the passages that it cites; None if it cites none, or on a site that compares none."""
    prefix: str = ""
    """The prefix of the edition of the site to which it belongs."""
    version: Version | None = None
    """Of an edition: what it was made from."""
    kept: PageDays | None = None
    """The days of the page whose words were kept; None if none were."""
    reading: Reading | None = None
    """For the page of a day, or of what changed between two days: what it shows."""
    within: tuple[tuple[str, str], ...] = ()
    """For the whole briefing in one file: each address in it and the id that stands for it there."""
