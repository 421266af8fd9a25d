"""Text that came from a writer: HTML with numbered placeholders.

Parse leaves in each placeholder what the writer asked for (`Placeholder`); weave puts there what the reader sees
(`Resolved`). A text before that is `ParsedProse`, after it `Prose`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, TypeVar

from briefing.model.drawings import Drawing, Sketch
from briefing.values import dataclass

# What the writer asked for. `span` is always an index of the document's spans.


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another record: `[[target#heading|label]]`, or a Markdown link to a `.md` file.

    `by_path` is true where the target is a file; `labelled` where the writer gave the words.
    """

    target: str
    heading: str
    labelled: bool
    by_path: bool
    span: int


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One source within a citation: pandoc's prefix, key, locator and suffix, and the passage after `#`."""

    key: str
    passage: str
    prefix: str
    locator: str
    span: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in running text: `[@a, p. 3; see @b]`. `typed` is what was typed for one within a sentence: `@a`."""

    items: tuple[CitedSource, ...]
    typed: str = ""


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A figure of the numbers ledger in running text: `[[=cases]]`."""

    number: str
    span: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in running text, by its path as it is typed."""

    path: str
    alt: str
    span: int


@dataclass(frozen=True, slots=True)
class Credit:
    """Who made a picture, and under which licence it is shown; either may be empty. It is part of the caption."""

    name: str
    licence: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A record named by id in a field, such as an event's `who`; it must be of one of `kinds`, if there are any."""

    id: str
    span: int
    kinds: tuple[str, ...] = ()


WordName: TypeAlias = Literal["note", "tip", "important", "warning", "caution", "open", "done"]
"""The kinds of callouts, and the states of a task."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the interface in a text: the kind of a callout, whether a task is done, or a symbol of Easy Read."""

    name: str


TypedDrawing: TypeAlias = Sketch[NumberRef, Ref, CitedSource]
"""A drawing as its writer asks for it."""
Placeholder: TypeAlias = Reference | Citation | NumberRef | Picture | Credit | Word | TypedDrawing


@dataclass(frozen=True, slots=True)
class Place:
    """Where a placeholder is: an index of its text's sentences, -1 for none, and the id of the heading above it."""

    sentence: int
    section: str


@dataclass(frozen=True, slots=True)
class ParsedProse:
    """A writer's text as HTML with placeholders, `<placeholder n="0"></placeholder>`, and what the writer asked for.

    `places` says where each placeholder is. `sentences` are those that hold one, as plain text with its number between
    U+0002 and U+0003. The HTML of a body is kept apart from the outline; `body` is then its index among the bodies of
    the page that shows it, and -1 for a text that carries its own `html`.
    """

    html: str
    placeholders: tuple[Placeholder, ...] = ()
    places: tuple[Place, ...] = ()
    sentences: tuple[str, ...] = ()
    body: int = -1


# What the reader sees.


@dataclass(frozen=True, slots=True)
class Link:
    """A record as another page shows it. `address` starts with a slash and is made relative when rendered."""

    id: str
    kind: str
    title: str
    summary: str
    address: str
    language: str = ""
    """The language of its title and its summary; empty for that of the site."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A glossary term in running text; `entry` is an index of the page's glosses."""

    link: Link
    entry: int


@dataclass(frozen=True, slots=True)
class Call:
    """A link to a service, and its number: as people write it, and as a telephone dials it, which may be empty."""

    link: Link
    number: str
    dial: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One named source in a citation: an index of the page's receipts, and indexes of the places of that receipt."""

    receipt: int
    places: tuple[int, ...]
    label: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Chips:
    """All the sources of one citation; or none, and the words as typed, such as `@name`, if they name no source."""

    items: tuple[Chip, ...]
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in running text; `card` is an index of the page's figure cards."""

    value: str
    card: int


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in running text with its address and its size in pixels, 0 where it could not be read.

    `sources` are the addresses of the same picture in other widths, each with its width in pixels. They are WebP.
    """

    address: str
    alt: str
    width: int
    height: int
    sources: tuple[tuple[str, int], ...] = ()


ShownDrawing: TypeAlias = Drawing[Figure, Link, Chip]
"""A drawing as a page shows it."""
Resolved: TypeAlias = Link | Call | Gloss | Chips | Figure | Image | Credit | Word | ShownDrawing


@dataclass(frozen=True, slots=True)
class Prose:
    """A writer's text as a page shows it: HTML with placeholders, what is shown in each, and `body` as parsed."""

    html: str
    placeholders: tuple[Resolved, ...] = ()
    body: int = -1


TextT = TypeVar("TextT")
"""A text: `ParsedProse`, then `Prose`."""
LinkT = TypeVar("LinkT")
"""A record named in a field: `Ref`, then `Link`."""
SourceT = TypeVar("SourceT")
"""A cited source: `CitedSource`, then `Chip`."""


@dataclass(frozen=True, slots=True)
class SentenceBlock:
    """A table or a list, as lint reads it.

    `first` and `end` are the numbers of its first sentence and of the one after its last. `head` is its first words.
    `sourced` is whether a source is given for all of it.
    """

    first: int
    end: int
    head: str
    is_table: bool
    sourced: bool


@dataclass(frozen=True, slots=True)
class SentenceRun:
    """Consecutive sentences with the same citation status, as lint reads them.

    `checkable` is true where a reader can check what they say and nothing excuses them from naming a source: they are
    no titles, and their writer gave no reason. `sourced` is true where each holds a citation or a ledger figure, or
    where their record names sources for all of it.
    """

    sentences: tuple[str, ...]
    checkable: bool
    sourced: bool
