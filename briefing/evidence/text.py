"""The text of a document, page by page, or why there is none."""

from __future__ import annotations

import re
from collections import Counter

from briefing.model.evidence import Obstacle
from briefing.values import dataclass

EDGE_HYPHEN = "\ufffe"
"""A hyphen or dash at the end of a line, where the line end was removed, as PDFium writes it."""
_EDGES = 3
"""Lines at the top and at the foot of a page that may be a running header or footer."""
_LONG_HEADER = 80
"""Characters from which a line is no header for the number in it alone."""
_NOTE_MARK = re.compile(
    r"(?<=[^\W\d_]{3}[.?!])\d{1,3}(?=\s+[^\W\d_a-z]|\s*$)"  # ended.12 The
    r"|(?<=[^\W\d_]{3}[.?!][”’\"')\]])\d{1,3}(?=\s)"
    r"|(?<=[^\W\d_]{3}[,;:”’)])\d{1,3}(?=\s)"
    r"|(?<=[^\W\d_]{4})[¹²³⁰⁴-⁹]{1,3}(?!\w)",
    re.MULTILINE,
)
"""The number of a footnote after the end of a sentence or of a part of one, without a space before it."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document, page by page, as it is read; a document without pages has one.

    `clean` is the same without running headers and footers and without the numbers of footnotes, which can separate
    words of one sentence. `labels` are the numbers printed on the pages; none for a document without pages.
    """

    pages: tuple[str, ...] = ()
    clean: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    obstacle: Obstacle = ""


def paged(pages: list[str], labels: list[str]) -> Text:
    """Return the text of a document with pages. `labels` are what the document itself calls them; empty if unknown."""
    numbers = [str(number) for number in range(1, len(pages) + 1)]
    named = [label or number for label, number in zip(labels, numbers, strict=True)]
    if named == numbers and (offset := _printed_offset(pages)):
        named = [str(number + offset) if number + offset > 0 else "" for number in range(1, len(pages) + 1)]
    clean = tuple(_NOTE_MARK.sub("", page) for page in _without_headers(pages, named))
    return Text(tuple(pages), clean, tuple(named))


def _without_headers(pages: list[str], labels: list[str]) -> list[str]:
    """Return pages without their running headers and footers.

    These are lines at the edges of a page that, numbers aside, are on other pages too, or are only a number, or are
    short and start or end with the number of the page.
    """
    split = [[line for line in page.splitlines() if line.strip()] for page in pages]
    seen = Counter(shape for lines in split for shape in {_shape(line) for line in _edges(lines)})
    repeated = {shape for shape, count in seen.items() if count > 1 or shape == "#"}
    cleaned = []
    for lines, label in zip(split, labels, strict=True):
        first, last = 0, len(lines)
        while first < min(_EDGES, last) and (_shape(lines[first]) in repeated or _has_number(lines[first], label)):
            first += 1
        while last > max(first, len(lines) - _EDGES) and (
            _shape(lines[last - 1]) in repeated or _has_number(lines[last - 1], label)
        ):
            last -= 1
        cleaned.append("\n".join(lines[first:last]))
    return cleaned


def _has_number(line: str, label: str) -> bool:
    words = line.split()
    return len(line) < _LONG_HEADER and label in (words[0], words[-1])


def _edges(lines: list[str]) -> list[str]:
    return lines[:_EDGES] + lines[-_EDGES:]


def _shape(line: str) -> str:
    """Return a line with `#` for each number, so that the headers of two pages are the same."""
    return _NUMBER.sub("#", " ".join(line.split())).strip("-–— .[]|").casefold()


def _printed_offset(pages: list[str]) -> int:
    """Return how much more the number printed on a page is than its place; 0 if the pages do not agree."""
    offsets: Counter[int] = Counter()
    for place, page in enumerate(pages, 1):
        lines = [line for line in page.splitlines() if line.strip()]
        found = {int(number) for line in (lines[:1] + lines[-1:]) for number in _PAGE_NUMBER.findall(line)}
        offsets.update({number - place for number in found})
    [(offset, count)] = offsets.most_common(1) or [(0, 0)]
    return offset if count >= max(3, len(pages) // 2) else 0
