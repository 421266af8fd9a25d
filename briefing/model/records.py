"""Records, what each kind of record has of its own, and their parts.

Most of these classes serve two stages. As parsed, they hold what a writer asked for: `ParsedProse`, `Ref` and
`CitedSource`. On a page, they hold what those resolved to: `Prose`, `Link` and `Chip`. The type variables say which:
`Entry[ParsedProse, Ref, CitedSource]` is a parsed entry, and `Entry[Prose, Link, Chip]` one that a page shows.
"""

from __future__ import annotations

from typing import Generic, TypeAlias

from briefing.model.drawings import Amount, Point
from briefing.model.editions import MadeFrom
from briefing.model.evidence import KeptCopy, PassageResult
from briefing.model.text import Chip, CitedSource, Link, LinkT, ParsedProse, Prose, Ref, SourceT, TextT
from briefing.model.vocabulary import WORDING_READ
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the site's own, from `extra`: its name, what readers see as its label, and its values as written.

    `form` is what a value is: `words`, `number`, `yes-no`, `date` or `url`. A field without `is_list` has one value.
    """

    name: str
    label: str
    form: str
    values: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading: its id in addresses, its words and its level, 2 or 3."""

    id: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Change(Generic[TextT]):
    """A dated note of what changed. `kind` is first, update, correction or minor."""

    date: str
    kind: str
    text: TextT


@dataclass(frozen=True, slots=True)
class Entry(Generic[TextT, LinkT, SourceT]):
    """A dated, sourced statement: a key date of a person, or what was said, done or judged."""

    date: str
    text: TextT
    who: LinkT | None
    sources: tuple[SourceT, ...]
    to: str = ""
    """The status that a recommendation has since then; empty if it changed none."""
    before: str = ""
    """The status that it had before."""


@dataclass(frozen=True, slots=True)
class Position(Generic[TextT, LinkT, SourceT]):
    """What one side says of a matter on which accounts differ."""

    holder: str
    said: Entry[TextT, LinkT, SourceT]


@dataclass(frozen=True, slots=True)
class Dispute(Generic[TextT, LinkT, SourceT]):
    """A matter on which accounts differ, with what each side says; at least two do."""

    about: str
    positions: tuple[Position[TextT, LinkT, SourceT], ...]


@dataclass(frozen=True, slots=True)
class PageDetail(Generic[TextT, LinkT, SourceT]):
    """What only a brief or a page has."""

    sensitivity: str
    in_brief: tuple[TextT, ...]
    not_known: tuple[LinkT, ...]
    disputed: tuple[Dispute[TextT, LinkT, SourceT], ...]
    none_unknown: str
    """The reason why nothing is listed as not known; empty if something is."""
    minutes: int
    needs_primary: bool = False
    """Whether its writers demand a primary source."""
    quiet: bool = False
    """Whether its address, title and card must not reveal the subject to a bystander."""


@dataclass(frozen=True, slots=True)
class Actor(Generic[TextT, LinkT, SourceT]):
    """What only a person, an organisation or a place has."""

    dates: tuple[Entry[TextT, LinkT, SourceT], ...]
    url: str = ""
    region: str = ""
    picture: TextT | None = None
    """A text that is one picture, such as a portrait."""


@dataclass(frozen=True, slots=True)
class Term(Generic[TextT]):
    """What only a glossary term has."""

    meaning: TextT
    why: TextT | None
    not_same_as: tuple[TextT, ...]
    official: TextT | None


@dataclass(frozen=True, slots=True)
class Event(Generic[TextT, LinkT]):
    """What only an event has. `words` is shown in place of a date that would be too precise."""

    date: str
    words: str
    text: TextT | None
    who: tuple[LinkT, ...]
    where: tuple[LinkT, ...]
    planned: bool
    until: str = ""
    """Its last day, month or year; empty if it has only one."""
    time: str = ""
    until_time: str = ""
    circa: bool = False
    """Whether its date is not certain."""


@dataclass(frozen=True, slots=True)
class Recommendation(Generic[TextT, LinkT, SourceT]):
    """What only a recommendation has; `read` is a word of its schema.

    `response`, `delivery` and `verdict` are names of statuses: the newest that `said`, `done` and `judged` give.
    """

    number: str
    asks: TextT
    read: str
    note: TextT | None
    response: str
    delivery: str
    verdict: str
    said: tuple[Entry[TextT, LinkT, SourceT], ...]
    done: tuple[Entry[TextT, LinkT, SourceT], ...]
    judged: tuple[Entry[TextT, LinkT, SourceT], ...]
    owner: tuple[LinkT, ...] = ()
    """Who has to carry it out."""
    due: tuple[Entry[TextT, LinkT, SourceT], ...] = ()
    """The dates by which it was promised, in the order in which they were set; the last one counts."""
    settled: bool = False
    """Whether its response or its delivery is one after which nothing more is expected."""
    late: bool = False
    """Whether it is due and not settled on the day of the build. Weave sets it."""

    @property
    def read_words(self) -> str:
        """What its page says of how much of the official wording was read, in English; empty if nothing is known."""
        return WORDING_READ[self.read] if self.read else ""


@dataclass(frozen=True, slots=True)
class Value(Generic[TextT, SourceT]):
    """An earlier or later value of a figure."""

    value: str
    as_of: str
    note: TextT | None
    sources: tuple[SourceT, ...]
    amount: Amount | None = None
    """The number that a plot draws, if it draws one."""


@dataclass(frozen=True, slots=True)
class Number(Generic[TextT, SourceT]):
    """What only a figure of the ledger has; its label is the record's title."""

    value: str
    definition: TextT
    avoid: tuple[str, ...]
    history: tuple[Value[TextT, SourceT], ...]
    note: TextT | None
    amount: Amount | None = None
    """Its value as a number, if the value is a number alone."""
    plot: tuple[Point, ...] = ()
    """Its history as a plot, if at least two of its values can be drawn."""


@dataclass(frozen=True, slots=True)
class Unknown(Generic[TextT]):
    """What only an open question has; the question is the record's title."""

    why: TextT
    who_could_answer: TextT
    expected: TextT | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a source and what it says, in our own words."""

    id: str
    locator: str
    says: str
    checked: str
    starts: str
    ends: str
    status: str = ""
    """How sure the statement is: confirmed, reported or contested; empty where nobody has said."""
    said_by: tuple[str, ...] = ()
    """Names of those whose words the passage reports."""
    words: str = ""
    """The words of the source, for checking only. Weave removes them, so no page can show them."""
    result: PassageResult | None = None
    """What came of looking for its words in a copy; None on a site that compares none."""


@dataclass(frozen=True, slots=True)
class SourceDetail(Generic[TextT]):
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
    note: TextT | None
    further_reading: bool
    copy: KeptCopy | None = None
    """The copy that was kept of it, whose day is empty if there is none; None on a site that compares none."""
    container: str = ""
    """The journal, newspaper, book or website that contains it."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    number: str = ""
    doi: str = ""
    """Its DOI without the address of the resolver."""
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """What only a support service has. `checked` is a day or `not-yet`."""

    who_for: str
    number: str
    call: str
    """What a telephone dials for the number; empty if the number is none, or more than one."""
    url: str
    hours: str
    cost: str
    emergency: bool
    reports: bool
    """Whether people in danger call it, or report something to it; the other services listen."""
    checked: str


@dataclass(frozen=True, slots=True)
class StyleRule(Generic[TextT]):
    """What only a house-style rule has."""

    avoid: tuple[str, ...]
    prefer: TextT
    why: TextT


@dataclass(frozen=True, slots=True)
class Stop(Generic[LinkT]):
    """One page of a reading path and the minutes to read it, 0 as parsed."""

    to: LinkT
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class ReadingPath(Generic[LinkT]):
    """What only a reading path has: pages in the best order for one kind of reader."""

    stops: tuple[Stop[LinkT], ...]


_Detail: TypeAlias = (
    PageDetail[TextT, LinkT, SourceT]
    | Actor[TextT, LinkT, SourceT]
    | Term[TextT]
    | Event[TextT, LinkT]
    | Recommendation[TextT, LinkT, SourceT]
    | Number[TextT, SourceT]
    | Unknown[TextT]
    | SourceDetail[TextT]
    | Support
    | StyleRule[TextT]
    | ReadingPath[LinkT]
)
ParsedEntry: TypeAlias = Entry[ParsedProse, Ref, CitedSource]
ParsedDispute: TypeAlias = Dispute[ParsedProse, Ref, CitedSource]
ParsedValue: TypeAlias = Value[ParsedProse, CitedSource]
ParsedDetail: TypeAlias = _Detail[ParsedProse, Ref, CitedSource]
"""What only one kind of record has, as parsed."""
Detail: TypeAlias = _Detail[Prose, Link, Chip]
"""The same as a page shows it."""


@dataclass(frozen=True, slots=True)
class PastDate:
    """A date of what has happened: the field that it is in, the date as it is typed, and its span."""

    field: str
    date: str
    span: int


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that the content is about, of any kind, as parsed."""

    id: str
    kind: str
    path: str
    span: int
    title: str
    summary: str
    text: ParsedProse | None
    headings: tuple[Heading, ...]
    sources: tuple[CitedSource, ...]
    detail: ParsedDetail
    aka: tuple[str, ...] = ()
    redirect_from: tuple[str, ...] = ()
    as_of: str = ""
    check_by: str = ""
    updated: str = ""
    draft: bool = False
    publish_on: str = ""
    expires_on: str = ""
    lang: str = ""
    topics: tuple[str, ...] = ()
    order: int = 0
    changes: tuple[Change[ParsedProse], ...] = ()
    extra: tuple[OwnField, ...] = ()
    template: str = ""
    """The template of its page, if it has another than its kind."""
    edition_of: str = ""
    """The id of the page of which it is an edition: in another language, or in another form."""
    form: str = ""
    """The form of an edition: `easy-read`, or empty."""
    edition_span: int = -1
    made_from: MadeFrom | None = None
    checked_by: str = ""
    """Who checked an edition; empty if nobody has."""
    base: str = ""
    """What is before the address of its original in that of an edition: /cy."""
    anchors: tuple[str, ...] = ()
    """Ids in the body, other than its headings, that a link may name."""
    past: tuple[PastDate, ...] = ()
