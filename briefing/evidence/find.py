"""Look for the words of a passage in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, pairwise

from rapidfuzz.distance import Indel

from briefing.evidence.text import Text
from briefing.evidence.words import Words, find_all, read_words
from briefing.values import dataclass

FEWEST = 3
"""Words of a passage below which finding them says nothing."""
_GAP = 5000
"""Letters that may be between the two parts of a passage where its writer left words out: about two pages."""
_INSERTED = 300
"""Letters that may be in the place of words that a writer put into square brackets."""
_LEFT_OUT = re.compile(r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…|\.\s?\.\s?\.")
_ONE_LETTER = re.compile(r"\[(\w)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_PAGES = re.compile(
    r"(?<!\w)(?:pp?\.|pp?|pages?|s\.|seiten?|tt?\.|tud\.|tudalen(?:nau)?|p[áa]gs?\.|p[áa]ginas?|str\.|صفحة|ص\.?|पृष्ठ|页)"
    r"\s*(\d+|[ivxlc]+)(?:\s*[-–—]\s*(\d+|[ivxlc]+))?(?!\w)",
    re.IGNORECASE,
)
"""A page, or pages from one to another, as locators name them in several languages."""
_CONTEXT = 6
"""Words of a difference that are shown before and after it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The words of a passage: its first and last words, or all of them, and where the writer says they are."""

    starts: str = ""
    ends: str = ""
    words: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Where words are: the number of the page, counted from 1, and what is printed on it; 0 where there are no pages.

    `named` is whether the locator names a page that the words are on, or names none. `starts` and `ends` are the words
    for a link to the place, as they are in the document; empty if the passage gives none that may be published.
    """

    page: int
    label: str
    named: bool
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """The place that is most like words that were not found: its page, how alike from 0 to 100, and the difference."""

    page: int
    label: str
    alike: int
    difference: str


class Document:
    """A text in which passages are looked for."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def _plain(self) -> _Reading:
        return _Reading(self.text.pages)

    @cached_property
    def _clean(self) -> _Reading:
        return _Reading(self.text.clean)

    def find(self, sought: Sought) -> Found | None:
        """Return where the words of a passage are: at the page of its locator, if they are there; None if nowhere."""
        wanted = named_pages(sought.locator)
        elsewhere: Found | None = None
        for reading, chain in self._places(sought):
            named = self._is_named(reading, chain, wanted)
            if named or not elsewhere:
                page = reading.page(chain[0][0]) if self.text.labels else 0
                starts, ends = reading.unique(chain) if sought.starts and not self.text.labels else ("", "")
                elsewhere = Found(page, self.text.labels[page - 1] if page else "", named, starts, ends)
            if named:
                return elsewhere
        return elsewhere

    def _places(self, sought: Sought) -> Iterator[tuple[_Reading, _Chain]]:
        for chain in self._plain.chains(sought):
            yield self._plain, chain
        if self.text.clean != self.text.pages:
            for chain in self._clean.chains(sought):
                yield self._clean, chain

    def _is_named(self, reading: _Reading, chain: _Chain, wanted: tuple[str, ...]) -> bool:
        if not wanted or not self.text.labels:
            return True
        on = range(reading.page(chain[0][0]), reading.page(chain[-1][1]) + 1)
        return bool(set(wanted) & {name for page in on for name in (str(page), self.text.labels[page - 1].casefold())})

    def nearest(self, sought: Sought) -> Near | None:
        """Return the place that is most like the words of a passage; None if nothing is like them at all."""
        reading = self._clean
        words = read_words(" ".join(filter(None, (sought.words or sought.starts, sought.ends))))
        place = reading.most_like(words)
        if place is None:
            return None
        first, last = place
        theirs, ours = reading.spell(first, last), _spell(words)
        page = reading.page(first) if self.text.labels else 0
        label = self.text.labels[page - 1] if page else ""
        alike = int(100 * Indel.normalized_similarity(ours, theirs))
        return Near(page, label, alike, _difference(ours, theirs))


_Chain = tuple[tuple[int, int], ...]
"""The first and last word of each part of a passage, in order."""


class _Reading:
    """One reading of a text: with all that is on its pages, or without headers, footers and numbers of footnotes."""

    def __init__(self, pages: tuple[str, ...]) -> None:
        self._whole = "\n".join(pages)
        self._page_starts = [0]
        for page in pages[:-1]:
            self._page_starts.append(self._page_starts[-1] + len(page) + 1)
        self.words = read_words(self._whole)

    def page(self, word: int) -> int:
        """Return the page of a word, counted from 1."""
        return bisect_right(self._page_starts, self.words.starts[word])

    def spell(self, first: int, last: int) -> list[str]:
        """Return words as they are compared."""
        return _spell(self.words, first, last)

    def chains(self, sought: Sought) -> Iterator[_Chain]:
        """Yield every place of a passage; if it is nowhere, the places without what its writer put into brackets."""
        for number, (gap, parts) in enumerate(_readings_of(sought)):
            found = [chain for chain in self._chains(parts, gap) if not (number and self._has_brackets(chain))]
            if found:
                yield from found
                return

    def _has_brackets(self, chain: _Chain) -> bool:
        """Whether the document itself has brackets where the writer has some; then they are no editor's."""
        between = pairwise(chain)
        spans = (self._whole[self.words.ends[one[1]] : self.words.starts[other[0]]] for one, other in between)
        return any("[" in span or "]" in span for span in spans)

    def _chains(self, parts: list[Words], gap: int) -> Iterator[_Chain]:
        if sum(len(part.places) for part in parts) < FEWEST or not all(part.places for part in parts):
            return
        for first in find_all(self.words, parts[0]):
            chain = [first]
            for part in parts[1:]:
                after = find_all(self.words, part, chain[-1][1] + 1, gap, most=1)
                if not after:
                    break
                chain.append(after[0])
            else:
                yield tuple(chain)

    def unique(self, chain: _Chain) -> tuple[str, str]:
        """Return the first and last words of a place as they are in the document, and more of it until they are unique.

        A browser goes to the first place of the first words, then to the first place of the last words after it.
        """
        (first, stop), last_part = chain[0], chain[-1]
        if len(chain) > 1:
            longest = min(last_part[0] - 1, stop + _ADDED)
            while stop < longest and len(find_all(self.words, self._part(first, stop), most=2)) > 1:
                stop += 1
        if find_all(self.words, self._part(first, stop), most=2) != [(first, stop)]:
            return "", ""
        if len(chain) == 1:
            return self._raw(first, stop), ""
        begin, end = last_part
        earliest = max(stop + 1, begin - _ADDED)
        while begin > earliest and self._leads_past(begin, end, stop):
            begin -= 1
        return self._raw(first, stop), "" if self._leads_past(begin, end, stop) else self._raw(begin, end)

    def _leads_past(self, begin: int, end: int, stop: int) -> bool:
        """Whether the first place of some words after the first part is another place."""
        return find_all(self.words, self._part(begin, end), stop + 1, most=1) != [(begin, end)]

    def _part(self, first: int, last: int) -> Words:
        return read_words(self._whole[self.words.starts[first] : self.words.ends[last]])

    def _raw(self, first: int, last: int) -> str:
        return " ".join(self._whole[self.words.starts[first] : self.words.ends[last]].split())

    def most_like(self, sought: Words) -> tuple[int, int] | None:
        """Return the first and last word of the place that shares most words with those that are sought."""
        ours = _spell(sought)
        if not ours or not self.words.places:
            return None
        votes: Counter[int] = Counter()
        width = max(4, len(ours) // 2)
        for place, word in enumerate(ours):
            at = self._index.get(word, ())
            for position in at if len(at) <= _COMMON else ():
                votes[max(0, position - place) // width] += 1
        best: tuple[float, tuple[int, int]] = (0.0, (0, 0))
        last = len(self.words.places) - 1
        for bin_, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_TRIED]:
            for first in range(max(0, (bin_ - 1) * width), min(last, (bin_ + 2) * width) + 1, max(1, width // 4)):
                end = min(last, first + len(ours) - 1)
                alike = Indel.normalized_similarity(ours, self.spell(first, end))
                best = max(best, (alike, (-first, -end)))
        return self._fit(ours, -best[1][0], -best[1][1]) if best[0] > 0 else None

    def _fit(self, ours: list[str], first: int, last: int) -> tuple[int, int]:
        """Return a place whose first and last word are moved to where it is most like what is sought."""
        reach, end = max(4, len(ours) // 2), len(self.words.places)

        def alike(first: int, last: int) -> tuple[float, int]:
            return Indel.normalized_similarity(ours, self.spell(first, last)), first - last

        for _ in "12":  # the best end depends on the beginning, and the other way round
            begins = range(max(0, first - reach), min(last, first + reach) + 1)
            first = max(begins, key=lambda one: alike(one, last))
            last = max(range(max(first, last - reach), min(end, last + reach + 1)), key=lambda one: alike(first, one))
        return first, last

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        """The places of every word."""
        index: dict[str, list[int]] = {}
        for place, word in enumerate(_spell(self.words)):
            index.setdefault(word, []).append(place)
        return index


_ADDED = 100
"""Words that are added at most to the first or the last words of a passage until they are unique."""
_COMMON = 2000
"""Places of a word in a text above which it says nothing about where a passage is."""
_TRIED = 8
"""Places that share most words with a passage and are compared with it word by word."""


def _readings_of(sought: Sought) -> Iterator[tuple[int, list[Words]]]:
    """Yield the parts of a passage in order, and how many letters may be between two of them.

    First only an ellipsis leaves words out. Then words in brackets stand for others, as in “[the council] agreed”.
    """
    typed = _ONE_LETTER.sub(r"\1", sought.words)
    given = _LEFT_OUT.split(typed) if typed.strip() else [one for one in (sought.starts, sought.ends) if one.strip()]
    yield _GAP, [words for part in given if (words := read_words(part)).places]
    if any(_BRACKETS.search(part) for part in given):
        split = [piece for part in given for piece in _BRACKETS.split(part)]
        parts = [words for part in split if (words := read_words(part)).places]
        yield (_GAP if len(given) > 1 else _INSERTED), parts


def count_words(sought: Sought) -> int:
    """Return how many words a passage gives to look for."""
    return len(read_words(" ".join((sought.words or sought.starts, "" if sought.words else sought.ends))).places)


def named_pages(locator: str) -> tuple[str, ...]:
    """Return the pages that a locator names, as they are printed; none for one that names sections or paragraphs."""
    named: list[str] = []
    for match in _PAGES.finditer(locator):
        first, last = match[1].casefold(), (match[2] or match[1]).casefold()
        if first.isdecimal() and last.isdecimal():
            end = int(last) if int(last) >= int(first) else int(first[: len(first) - len(last)] + last)  # pp. 112–14
            named += map(str, range(int(first), min(end, int(first) + 500) + 1))
        else:
            named += [first, last]
    return tuple(dict.fromkeys(named))


def _spell(words: Words, first: int = 0, last: int | None = None) -> list[str]:
    stop = len(words.places) if last is None else last + 1
    ends = [*words.places[first + 1 : stop + 1], len(words.letters)]
    return [words.letters[at:end] for at, end in zip(words.places[first:stop], ends, strict=False)]


def _difference(ours: list[str], theirs: list[str]) -> str:
    """Return the words of a document beside those that a passage has in their place: “the [-large-] {+small+} part”."""
    pieces: list[str] = []
    for is_equal, steps in groupby(Indel.opcodes(ours, theirs), lambda step: step.tag == "equal"):
        changes = list(steps)
        mine = [word for step in changes for word in ours[step.src_start : step.src_end]]
        others = [word for step in changes for word in theirs[step.dest_start : step.dest_end]]
        if is_equal:
            pieces += [*mine[:_CONTEXT], "…", *mine[-_CONTEXT:]] if len(mine) > 2 * _CONTEXT else mine
        else:
            pieces += [f"[-{' '.join(mine)}-]"] if mine else []
            pieces += [f"{{+{' '.join(others)}+}}"] if others else []
    return " ".join(pieces)
