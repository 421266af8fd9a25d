"""Every value that flows between the steps.

Read makes a `Snapshot` of `Source` files. Parse turns each source into a `Document`: an *outline*, all that other pages
may know of it, and a *body*, which only its own page shows. Weave turns outlines into pages. A page holds all that its
template shows, and nothing else reaches the template; so equal pages render to equal bytes.

Text that came from a writer is `Prose`: HTML with numbered holes. Parse leaves in each hole what the writer asked for
(`Reference`, `Citation`, `FigureUse`); weave puts there what the reader sees (`Link`, `Gloss`, `Chips`, `Figure`).

All values are frozen and plain. Dates are text, as the writer gave them: `2025`, `2025-06` or `2025-06-16`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from briefing.memo import Stored
from briefing.problems import Level, Problem


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: where writers keep it and where readers find it."""

    name: str
    """What it is called in code, schemas and templates: `person`."""
    home: str
    """Its file or folder under content/, without the ending: `people`."""
    address: str
    """The address of one record, with `{id}` where the id goes; empty for what has no address of its own."""
    listing: str
    """The address of the page that lists all of the kind; empty for none."""
    plural: str
    """What a reader calls several of them."""
    singular: str
    """What a reader calls one of them."""
    about: str = ""
    """What the list of them holds, in a sentence for readers."""


KINDS: tuple[Kind, ...] = (
    Kind(
        "brief",
        "briefs",
        "/briefs/{id}/",
        "/briefs/",
        "Briefs",
        "Brief",
        "One question each, answered with its sources.",
    ),
    Kind("page", "pages", "/{id}/", "", "Pages", "Page"),
    Kind(
        "person",
        "people",
        "/people/{id}/",
        "/people/",
        "People",
        "Person",
        "Who is named here, and what each of them did.",
    ),
    Kind(
        "organisation",
        "organisations",
        "/organisations/{id}/",
        "/organisations/",
        "Organisations",
        "Organisation",
        "Who is responsible for what.",
    ),
    Kind(
        "place",
        "places",
        "/places/{id}/",
        "/places/",
        "Places",
        "Place",
        "What is recorded of each place, and by whom.",
    ),
    Kind("term", "glossary", "/glossary/{id}/", "/glossary/", "Glossary", "Term", "What the words mean on this site."),
    Kind(
        "event",
        "events",
        "/timeline/#{id}",
        "/timeline/",
        "Timeline",
        "Event",
        "What happened, in order of dates. A date is as exact as its source.",
    ),
    Kind(
        "recommendation",
        "recommendations",
        "/recommendations/{id}/",
        "/recommendations/",
        "Recommendations",
        "Recommendation",
        "What was said, what was done, and what others found when they looked.",
    ),
    Kind(
        "number",
        "numbers",
        "/numbers/#{id}",
        "/numbers/",
        "Numbers",
        "Number",
        "Every figure this site uses: what it counts, its date, its source, and how not to quote it.",
    ),
    Kind(
        "unknown",
        "unknowns",
        "/not-known/#{id}",
        "/not-known/",
        "Not known yet",
        "Open question",
        "Questions that the record does not answer, and who could answer them.",
    ),
    Kind(
        "source",
        "sources",
        "/sources/{id}/",
        "/sources/",
        "Sources",
        "Source",
        "Everything that this site rests on, those closest to the facts first.",
    ),
    Kind(
        "support",
        "support",
        "/support/#{id}",
        "/support/",
        "Support",
        "Support",
        "Who can help, for whom, and what it costs.",
    ),
    Kind(
        "style-rule",
        "house-style",
        "/words-we-use/#{id}",
        "/words-we-use/",
        "Words we use",
        "House-style rule",
        "Wordings that this site avoids, what it writes instead, and why.",
    ),
    Kind(
        "reading-path",
        "reading-paths",
        "/reading-paths/#{id}",
        "/reading-paths/",
        "Where to begin",
        "Reading path",
        "Short ways through the site. The minutes are what the pages take to read.",
    ),
)
BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a source file: line and column from 1, and how many characters it covers."""

    line: int
    column: int
    length: int = 1


# What read gives


@dataclass(frozen=True, slots=True)
class Source:
    """One content file as it was on disk. `kind` is a kind's name, or `site` for the settings."""

    path: str
    kind: str
    data: Stored[bytes]


@dataclass(frozen=True, slots=True)
class File:
    """A template or an asset: its path under its own folder, where it came from, and its bytes."""

    path: str
    origin: str
    data: Stored[bytes]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All files that a build depends on, read once. Nothing after this looks at the disk."""

    sources: tuple[Source, ...]
    templates: tuple[File, ...]
    assets: tuple[File, ...]
    lock: Stored[bytes] | None = None
    """The record of what was published, where there is one."""
    problems: tuple[Problem, ...] = ()


# What a writer asked for: the holes that parse leaves


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another record: `[[target#heading|label]]`, or a Markdown link to a `.md` file.

    `by_path` is true where the target is a file; `labelled` where the writer gave the words; `sentence` indexes the
    sentences of its prose, -1 for none; `section` is the id of the heading it stands under; `spot` indexes the
    document's spots.
    """

    target: str
    heading: str
    labelled: bool
    by_path: bool
    sentence: int
    section: str
    spot: int


@dataclass(frozen=True, slots=True)
class Cited:
    """One source within a citation: pandoc's prefix, key, locator and suffix, and the passage after `#`."""

    key: str
    passage: str
    prefix: str
    locator: str
    spot: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in running text: `[@a, p. 3; see @b]`."""

    items: tuple[Cited, ...]
    sentence: int
    section: str


@dataclass(frozen=True, slots=True)
class FigureUse:
    """A figure of the numbers ledger in running text: `[[=cases]]`."""

    number: str
    sentence: int
    section: str
    spot: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in running text, by its path under assets/."""

    path: str
    alt: str
    spot: int


@dataclass(frozen=True, slots=True)
class Ref:
    """A record named by id in a field, such as an event's `who`; of one of some kinds where any are given."""

    id: str
    spot: int
    kinds: tuple[str, ...] = ()


# What a reader sees: the fills that weave puts into the holes


@dataclass(frozen=True, slots=True)
class Link:
    """A record as another page shows it. `address` starts with a slash and is made relative when rendered."""

    id: str
    kind: str
    title: str
    summary: str
    address: str


@dataclass(frozen=True, slots=True)
class Gloss:
    """A glossary term in running text; `entry` indexes the page's glosses."""

    link: Link
    entry: int


@dataclass(frozen=True, slots=True)
class Chip:
    """One named source in a citation; `receipt` indexes the page's receipts."""

    receipt: int
    label: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Chips:
    """All the sources of one citation."""

    items: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in running text; `card` indexes the page's figure cards."""

    value: str
    card: int


@dataclass(frozen=True, slots=True)
class Image:
    """An image in running text with its address and its size in pixels, 0 where it could not be read."""

    address: str
    alt: str
    width: int
    height: int


Hole: TypeAlias = Reference | Citation | FigureUse | Picture
Fill: TypeAlias = Link | Gloss | Chips | Figure | Image


@dataclass(frozen=True, slots=True)
class Prose:
    """A writer's text as HTML with holes, `<hole n="0"></hole>`, and what stands in each.

    `sentences` are those that hold a hole, as plain text with the hole's number between U+0002 and U+0003. A body,
    whose HTML travels apart from the outline, has `body` as its index among the bodies of the page that shows it;
    -1 for prose that carries its own `html`.
    """

    html: str
    holes: tuple[Hole | Fill, ...] = ()
    sentences: tuple[str, ...] = ()
    body: int = -1


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences in a row, of which the same is to be said, as lint reads them.

    `checkable` is true where a reader can check what they say and nothing excuses them from naming a source: they are
    no titles, and their writer gave no reason. `sourced` is true where a citation or a ledger figure stands in each, or
    where their record names sources for all of it.
    """

    sentences: tuple[str, ...]
    checkable: bool
    sourced: bool


# Records


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements of a text a reader can check, how many have a source, and for how many a reason is given."""

    checkable: int = 0
    sourced: int = 0
    reasoned: int = 0


UNCOUNTED = Coverage()
"""The coverage of a text that makes no statement."""


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
    sources: tuple[Cited | Chip, ...]


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
class Article:
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
    sources: tuple[Cited | Chip, ...]
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
class Work:
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
    Article | Actor | Term | Event | Recommendation | Number | Unknown | Work | Support | StyleRule | ReadingPath
)


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that the content speaks of, of whatever kind, as parse leaves it."""

    id: str
    kind: str
    path: str
    spot: int
    title: str
    summary: str
    text: Prose | None
    headings: tuple[Heading, ...]
    sources: tuple[Cited, ...]
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


@dataclass(frozen=True, slots=True)
class Named:
    """A name with an optional address: the publisher, the licence, a link of the navigation."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question on the home page and the record that answers it."""

    ask: str
    answer: Ref | Link


@dataclass(frozen=True, slots=True)
class Thread:
    """Events that belong together, such as the stages of one piece of work; an event of two threads joins them."""

    name: str
    to: Ref | Link
    events: tuple[Ref, ...]
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """The settings. `words` are the interface's own words: English and this site's."""

    title: str
    short_title: str
    tagline: str
    base_url: str
    language: str
    direction: str
    publisher: Named
    contact: str
    exit: Named
    licence: Named
    notice: str
    navigation: tuple[Named, ...]
    footer: tuple[Named, ...]
    questions: tuple[Question, ...]
    words: tuple[tuple[str, str], ...]
    policies: tuple[Named, ...] = ()
    """Pages that say how the site works: `principles` and `corrections`."""
    quiet_words: tuple[str, ...] = ()
    """What the address and title of a quiet page must not say."""
    pictures: tuple[str, ...] = ()
    """The pictures that texts may show, by their paths under assets/."""
    threads: tuple[Thread, ...] = ()
    twins: bool = False
    """Whether each brief is published as Markdown too."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """The names that must never appear: a salt, scrypt's cost, and for each form of a name its hash and its words."""

    salt: str
    cost: int
    names: tuple[tuple[str, int], ...]


NO_NAMES = Guarded("", 0, ())
"""Where a site guards none."""


@dataclass(frozen=True, slots=True)
class Outline:
    """All that other pages may know of one file."""

    path: str
    records: tuple[Record, ...]
    site: Site | None = None
    unread: tuple[str, ...] = ()
    """Ids of records that stand in the file but could not be read."""
    guarded: Guarded | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file. The spots stay apart from the outline, since a new line moves them and changes nothing else."""

    path: str
    outline: Stored[Outline]
    body: Stored[str]
    spots: Stored[tuple[Spot, ...]]
    said: Stored[tuple[Said, ...]]
    problems: tuple[Problem, ...] = ()
    coverage: Coverage = UNCOUNTED
    """Of its text, where it is one; apart from the outline, since only its own page shows it."""


# Pages


@dataclass(frozen=True, slots=True)
class Passing:
    """A sentence that speaks of a record, in plain text, and the address of the section that it stands in."""

    address: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A record that speaks of another, with every sentence in which it does."""

    link: Link
    passings: tuple[Passing, ...]


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
    work: Work
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
    detail: Any
    aka: tuple[str, ...]
    as_of: str
    check_by: str
    overdue: bool
    updated: str
    changes: tuple[Change, ...]
    topics: tuple[str, ...]
    mentions: tuple[Mentions, ...]


@dataclass(frozen=True, slots=True)
class News:
    """A change note with the record that it is about."""

    link: Link
    change: Change
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
    questions: tuple[Question, ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    """For the site map: each page's address and the day of its last change, empty where none is known."""
    target: str = ""
    """For a redirect: where it leads."""
    tables: tuple[Table, ...] = ()
    days: tuple[Day, ...] = ()
    threads: tuple[Thread, ...] = ()
    stages: tuple[Stage, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    """For the whole briefing in one file: addresses and the ids under which it holds them."""


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
    rules: Rules


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
class Rendered:
    """One file of the output, or the reason why there is none."""

    path: str
    data: Stored[bytes]
    problems: tuple[Problem, ...] = ()
    size: int = 0
    """Bytes of the file, known without the file at hand."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to, to be said again while it is asked for the same."""

    asked: str
    """The digest of what it was given."""
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    coverage: Coverage
    pages: int
    files: tuple[tuple[str, str], ...]
    """Path and digest of all that the output folder then held; none where nothing was written."""


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
