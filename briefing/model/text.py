"""Text that came from a writer: HTML with numbered holes.

Parse leaves in each hole what the writer asked for (`Reference`, `Citation`, `NumberRef`); weave puts there what the
reader sees (`Link`, `Gloss`, `Chips`, `Figure`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another record: `[[target#heading|label]]`, or a Markdown link to a `.md` file.

    `by_path` is true where the target is a file; `labelled` where the writer gave the words; `sentence` indexes the
    sentences of its prose, -1 for none; `section` is the id of the heading it stands under; `span` indexes the
    document's spots.
    """

    target: str
    heading: str
    labelled: bool
    by_path: bool
    sentence: int
    section: str
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
    """A citation in running text: `[@a, p. 3; see @b]`."""

    items: tuple[CitedSource, ...]
    sentence: int
    section: str


@dataclass(frozen=True, slots=True)
class NumberRef:
    """A figure of the numbers ledger in running text: `[[=cases]]`."""

    number: str
    sentence: int
    section: str
    span: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in running text, by its path under assets/."""

    path: str
    alt: str
    span: int


@dataclass(frozen=True, slots=True)
class Ref:
    """A record named by id in a field, such as an event's `who`; of one of some kinds where any are given."""

    id: str
    span: int
    kinds: tuple[str, ...] = ()


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


Placeholder: TypeAlias = Reference | Citation | NumberRef | Picture


Resolved: TypeAlias = Link | Gloss | Chips | Figure | Image


@dataclass(frozen=True, slots=True)
class Prose:
    """A writer's text as HTML with holes, `<placeholder n="0"></placeholder>`, and what stands in each.

    `sentences` are those that hold a hole, as plain text with the hole's number between U+0002 and U+0003. A body,
    whose HTML travels apart from the outline, has `body` as its index among the bodies of the page that shows it;
    -1 for prose that carries its own `html`.
    """

    html: str
    placeholders: tuple[Placeholder | Resolved, ...] = ()
    sentences: tuple[str, ...] = ()
    body: int = -1


@dataclass(frozen=True, slots=True)
class SentenceRun:
    """Sentences in a row, of which the same is to be said, as lint reads them.

    `checkable` is true where a reader can check what they say and nothing excuses them from naming a source: they are
    no titles, and their writer gave no reason. `sourced` is true where a citation or a ledger figure stands in each, or
    where their record names sources for all of it.
    """

    sentences: tuple[str, ...]
    checkable: bool
    sourced: bool
