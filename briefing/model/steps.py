"""What each step takes and what it returns."""

from __future__ import annotations

from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import BlockedNames
from briefing.model.documents import Outline
from briefing.model.editions import Original
from briefing.model.evidence import Evidence
from briefing.model.files import UNCOUNTED, ContentFile, Coverage, File, Rendered
from briefing.model.kinds import KINDS, Kind
from briefing.model.media import SiteFile
from briefing.model.pages import Page, View
from briefing.model.site import Site
from briefing.model.text import SentenceBlock, SentenceRun
from briefing.model.versions import History, KeptPage, PageDays, ShownPage
from briefing.model.vocabulary import OURS, Vocabulary
from briefing.problems import Finding, Problem
from briefing.values import dataclass

HASHED_OURS = Hashed.of(OURS)
"""The vocabulary of a site that defines nothing, with its digest."""


NO_PAGES: Hashed[tuple[ShownPage, ...]] = Hashed.of(())
NO_SERVICES: Hashed[tuple[View, ...]] = Hashed.of(())


@dataclass(frozen=True, slots=True)
class VocabularyInput:
    """The files in which a site defines kinds, fields, statuses and tiers of its own, and its own templates."""

    files: tuple[ContentFile, ...]
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Defined:
    """What a site defines, and what is wrong with it."""

    vocabulary: Hashed[Vocabulary]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One content file as parse reads it. `kind` is a kind's name, or `site` for the settings."""

    path: str
    kind: str
    data: Hashed[bytes]
    vocabulary: Hashed[Vocabulary] = HASHED_OURS
    """The same for all files, so only its digest is part of this input."""
    tables: tuple[File, ...] = ()
    """The files with tables that it may name; none if it names no such file."""


@dataclass(frozen=True, slots=True)
class PendingProblem:
    """A finding of weave, which knows no lines: the path of a file and the index of one of its spans, -1 for the file.

    `other` is a second place that belongs to it, as path and index of a span.
    """

    path: str
    span: int
    finding: Finding
    other: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the site that lint checks the words of every file with.

    `style` is, for each wording to avoid, the wording, what to write instead, and why; `figures` is the value and the
    id of each figure of the ledger that is long enough to recognise; `places` are names of places; `sources` is whether
    the site has any; `identifying` is whether to look for details that may show who a person is, and
    `identifying_words` are the site's own words for them; `kinds` are all kinds of record.
    """

    style: tuple[tuple[str, str, str], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    sources: bool = True
    identifying: bool = False
    identifying_words: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = KINDS


@dataclass(frozen=True, slots=True)
class PageAnchors:
    """An address of the site with the ids in it, and, for a brief or page, its file and the digest of its changes."""

    address: str
    anchors: tuple[str, ...]
    path: str = ""
    changes: str = ""
    redirected: bool = False
    """Whether it is an old address that redirects to a new one."""
    publish_on: str = ""
    """The day that its writers set for its first publication."""


@dataclass(frozen=True, slots=True)
class PublishedCheck:
    """What was published, as the bytes of the lock, and what this build has.

    `sentences` are pairs of a file and the digest of its words; `recording` is true if this build updates the lock.
    """

    lock: Hashed[bytes] | None
    anchors: Hashed[tuple[PageAnchors, ...]]
    sentences: tuple[tuple[str, str], ...]
    recording: bool
    days: tuple[str, ...] | None = ()
    """The addresses of pages as they read on a day; None if the files that keep these could not be read."""
    first: tuple[str, ...] = ()
    """The addresses of pages that their day has published since words were last recorded."""
    hidden: tuple[str, ...] = ()
    """The addresses of drafts, and of what a later day publishes."""


@dataclass(frozen=True, slots=True)
class LintInput:
    """One file as lint reads it."""

    source: Source
    sentences: Hashed[tuple[SentenceRun, ...]]
    rules: Hashed[Rules]
    """The same for all files, so only their digest is part of this input."""
    blocks: tuple[SentenceBlock, ...] = ()
    starts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadEvidence:
    """What is known of copies of sources, and what is wrong with the file that says it."""

    evidence: Hashed[Evidence]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginalInput:
    """A page that has editions, and the language of the site."""

    outline: Hashed[Outline]
    body: Hashed[str]
    language: str


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A woven page, and the paths of the files whose bodies it shows."""

    address: str
    template: str
    bodies: tuple[str, ...]
    page: Hashed[Page]


@dataclass(frozen=True, slots=True)
class WeaveInput:
    """Everything that weave may use."""

    outlines: tuple[Hashed[Outline], ...]
    files: tuple[SiteFile, ...]
    """Every picture and document that texts can show or lead to."""
    now: str
    """The day of the build, YYYY-MM-DD."""
    base_url: str = ""
    """Overrides the setting, unless empty."""
    drafts: bool = False
    """Whether drafts are woven too."""
    pdf: bool = False
    """Whether the whole briefing is made as a PDF too."""
    vocabulary: Hashed[Vocabulary] = HASHED_OURS
    evidence: Hashed[Evidence] | None = None
    """What is known of copies of sources; None on a site that compares no passages with copies."""
    dead: tuple[str, ...] = ()
    """Addresses that did not work on several days."""
    originals: tuple[Original, ...] = ()
    """The sections of every page that has editions."""
    days: tuple[PageDays, ...] = ()
    """The days of pages whose words were kept."""


@dataclass(frozen=True, slots=True)
class WovenSite:
    """The site, ready to render, and what is wrong with it."""

    plans: tuple[PagePlan, ...]
    site: Site | None
    problems: tuple[PendingProblem, ...]
    rules: Rules
    anchors: Hashed[tuple[PageAnchors, ...]]
    blocked_names: BlockedNames
    drafts: tuple[tuple[str, str], ...] = ()
    """Addresses of the drafts that are woven too, and their files."""
    quiet: tuple[tuple[str, str], ...] = ()
    """Addresses of the quiet pages and of redirects to them, and their files."""
    unpublished: tuple[str, ...] = ()
    """Files with a draft that is not woven."""
    hidden: tuple[str, ...] = ()
    """Addresses of the drafts that are not woven."""
    files: tuple[str, ...] = ()
    """The pictures and documents that pages show or lead to, by their paths in the site's folder."""
    shown: Hashed[tuple[ShownPage, ...]] = NO_PAGES
    """Every page about one record, and every redirect."""
    support: Hashed[tuple[View, ...]] = NO_SERVICES


@dataclass(frozen=True, slots=True)
class RenderInput:
    """One page ready to render: its bodies, and `look`, the digest of the settings and the templates."""

    address: str
    page: Hashed[Page]
    bodies: tuple[Hashed[str], ...]
    look: str
    coverage: Coverage = UNCOUNTED
    """Of its text, if it is the page of one text."""
    cited: str = ""
    """The day of the version that has the words of the page; empty if these were not recorded."""


@dataclass(frozen=True, slots=True)
class ReadVersions:
    """What one file of kept words holds, and what is wrong with it."""

    pages: tuple[KeptPage, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class WordsInput:
    """A page about one record, whose words are to be written down."""

    page: Hashed[Page]
    bodies: tuple[Hashed[str], ...]
    site: Hashed[Site]


@dataclass(frozen=True, slots=True)
class DaysInput:
    """The history of a page, the page itself if it is still there, and the services that a sensitive page shows."""

    history: Hashed[History]
    shown: ShownPage
    support: Hashed[tuple[View, ...]]


@dataclass(frozen=True, slots=True)
class SingleFileInput:
    """A rendered page that is to contain what it loads: its template, the assets, and where the site is published."""

    page: Rendered
    template: File
    files: tuple[Rendered, ...]
    """The published assets and pictures."""
    base_url: str


@dataclass(frozen=True, slots=True)
class BookInput:
    """The page that holds the whole briefing, as it was woven and with all that it shows, to be made a book.

    `site` is the site, or the edition of it, to which the page belongs; `sheets` are the style sheets of the book.
    """

    page: Hashed[Page]
    rendered: Rendered
    site: Hashed[Site]
    sheets: tuple[Hashed[bytes], ...]


@dataclass(frozen=True, slots=True)
class NameCheckInput:
    """One file of the output to search for blocked names; `path` is the content file that it comes from."""

    rendered: Rendered
    path: str
    blocked_names: Hashed[BlockedNames]
    """The same for all, and so known by their digest."""


@dataclass(frozen=True, slots=True)
class OutputCheck:
    """One file of the output to check before it is written; `path` is the file that it comes from."""

    rendered: Rendered
    path: str
    templates: str
    """The digest of all templates."""
    is_single_file: bool = False
    """Whether the file contains the style sheets, scripts and pictures that it shows."""


@dataclass(frozen=True, slots=True)
class QuietCheck:
    """A finished quiet page to search for words that give away its subject; `path` is the file that it comes from."""

    address: str
    data: Hashed[bytes]
    path: str
    quiet_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchInput:
    """One page, as it was woven and as it was rendered, in which the search finds records."""

    site: Hashed[Site]
    page: Hashed[Page]
    data: Hashed[bytes]


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One record that the search finds, with its names, laid out as a page for the indexer."""

    address: str
    names: tuple[str, ...]
    page: Hashed[bytes]


@dataclass(frozen=True, slots=True)
class SearchPart:
    """One of several parts of the search index. Browsers merge the others into the first, whose `number` is 0."""

    number: int
    of: int
    pages: tuple[Hashed[bytes], ...]
