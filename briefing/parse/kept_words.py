"""The files below `content/versions/`: the words of pages as they were published, day by day.

A file holds one page or several. The words of all days are laid one into another: each line has the numbers of the
first and the last version that it belongs to, so a new version adds only what changed.

    = /briefs/opening-hours/ en-GB
    @ 2026-11-23 3f2a9c0d11aa
    @ 2026-11-30 88c1f0e2b7d4
    ! 2026-11-16 2026-11-20 5d2e8a90c3f1 A name was in it by mistake.
    1 # Opening hours
    1-1 The library opens at nine.
    2 The library opens at ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from hashlib import sha256

from briefing.incremental.hashed import Hashed
from briefing.model.steps import ReadVersions
from briefing.model.versions import History, KeptPage, PageDays, Version, Withdrawal
from briefing.problems import Finding, Problem, Span
from briefing.text.hidden import refuse_in_address
from briefing.text.source_text import Lines, ReadError, decode

_HEAD = "# The words of published pages, by day. Written by build --record; do not edit.\n"
_PAGE = re.compile(r"= (/(?:[^\s/?#%\\]+/)*) ([A-Za-z0-9-]+)( quiet)?")
_VERSION = re.compile(r"@ (\d{4}-\d\d-\d\d) ([0-9a-f]{12})")
_WITHDRAWN = re.compile(r"! (\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\d) ([0-9a-f]{12}|-)(?: (.*))?")
_LINE = re.compile(r"([1-9][0-9]{0,5})(?:-([1-9][0-9]{0,5}))? (.*)")
_RESTORE = "restore the file from the last commit; to take the words of a day away, use the command withdraw"

MOST_LINES = 500_000
"""How many lines the days of one file may show in all: ten years of weekly versions of a page of 900 lines."""


def words_digest(lines: Iterable[str]) -> str:
    """Return the digest by which words are known: 12 hexadecimal digits."""
    return sha256("\n".join(lines).encode()).hexdigest()[:12]


@dataclass(slots=True)
class _Open:
    """The page that is being read."""

    address: str
    language: str
    quiet: bool
    line: int
    days: list[tuple[str, str, int]] = field(default_factory=list)
    """Day, digest and line of each version."""
    withdrawn: list[Withdrawal] = field(default_factory=list)
    lines: list[tuple[int, int, str]] = field(default_factory=list)
    """The first version of each line, the last one (0 for all later ones), and its words."""
    in_doubt: bool = False
    """Whether one of its lines could not be read."""


def read_kept(path: str, data: bytes) -> tuple[tuple[History, ...], tuple[Problem, ...]]:
    """Read one file. Pages in which anything is wrong are left out and reported."""
    try:
        text = decode(path, data)
    except ReadError as error:
        return (), (error.problem,)
    if not text.startswith(_HEAD):
        hint = f"move it out of the folder, or, if it was one of the files of build --record, {_RESTORE}"
        return (), (Finding("kept-words", "this is no file of kept words", hint).at(path, Span(1, 1)),)
    pages: list[_Open] = []
    places = Lines.of(text)
    problems = [finding.at(path, places.span(one.at, one.at + 1)) for one, finding in refuse_in_address(text)]
    in_doubt = False  # after a mistake the other lines of a page mean nothing
    for number, line in enumerate(text.split("\n"), 1):
        if number > 1 and line and not (in_doubt and not line.startswith("= ")):
            finding = _read_line(line, number, pages)
            in_doubt = finding is not None
            if finding:
                problems.append(finding.at(path, Span(number, 1, len(line))))
                if pages:
                    pages[-1].in_doubt = True
    if problems:
        pages = [page for page in pages if not page.in_doubt]
    elif shown := _too_many(pages):
        hint = "withdraw days that nobody needs with the command withdraw, or restore the file from the last commit"
        return (), (Finding("kept-words", shown, hint).at(path, Span(1, 1)),)
    histories = []
    for page in pages:
        versions, wrong = _read_versions(page)
        problems += [finding.at(path, Span(at, 1)) for finding, at in wrong[:1]]
        head = page.address, page.language, page.quiet
        histories.append(History(*head, versions, tuple(page.withdrawn), path, page.line))
    return tuple(histories) if not problems else (), tuple(problems)


def read_pages(path: str, data: bytes) -> ReadVersions:
    """Read one file as a build needs it, which looks at no words that have not changed."""
    histories, problems = read_kept(path, data)
    return ReadVersions(tuple(map(_kept_page, histories)), problems)


def _kept_page(history: History) -> KeptPage:
    kept = tuple(one.day for one in history.versions)
    withdrawn = tuple(day for day in history.days if day not in kept)
    return KeptPage(
        history.address,
        PageDays(history.address, kept, withdrawn),
        words_digest(history.versions[-1].lines) if kept else "",
        tuple(one.digest for one in history.withdrawn),
        history.quiet,
        history.path,
        history.line,
        Hashed.of(history),
    )


def _read_line(line: str, number: int, pages: list[_Open]) -> Finding | None:
    """Add what a line says to the last page; return what is wrong with it."""
    if found := _PAGE.fullmatch(line):
        pages.append(_Open(found[1], found[2], bool(found[3]), number))
        return None
    page = pages[-1] if pages else None
    if page and (found := _VERSION.fullmatch(line)) and _is_day(found[1]):
        if any(day == found[1] for day, _, _ in page.days):
            hint = f"a day has one version, the last that was recorded on it; {_RESTORE}"
            return Finding("kept-words", f"{page.address} has two versions of {found[1]}", hint)
        if page.days and page.days[-1][0] > found[1]:
            return Finding("kept-words", f"{found[1]} is before {page.days[-1][0]}, the day above it", _RESTORE)
        page.days.append((found[1], found[2], number))
        return None
    if page and (found := _WITHDRAWN.fullmatch(line)) and _is_day(found[1]) and _is_day(found[2]):
        if not (found[4] or "").strip():
            hint = "write it at the end of the line: readers of that day see it"
            return Finding("kept-words", f"the withdrawal of {found[1]} has no reason", hint)
        page.withdrawn.append(Withdrawal(found[1], found[2], found[3], found[4].strip()))
        return None
    if page and (found := _LINE.fullmatch(line)):
        first, last = int(found[1]), int(found[2] or 0)
        if max(first, last) <= len(page.days) and not 0 < last < first:
            page.lines.append((first, last, found[3]))
            return None
    return Finding("kept-words", "this line is not in the form that build --record writes", _RESTORE)


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _too_many(pages: Iterable[_Open]) -> str:
    """Return what to say of a file whose days show more lines than one file may; empty if they do not."""
    shown = sum((last or len(page.days)) - first + 1 for page in pages for first, last, _ in page.lines)
    return f"the days of this file show {shown:,} lines in all; at most {MOST_LINES:,} can be" * (shown > MOST_LINES)


def _read_versions(page: _Open) -> tuple[tuple[Version, ...], list[tuple[Finding, int]]]:
    """Return the versions of a page, and what is wrong with it or with the words of a version, each with its line."""
    versions, wrong = [], []
    if not page.days and not page.withdrawn:
        wrong.append((Finding("kept-words", f"{page.address} has no day here", _RESTORE), page.line))
    of_days: list[list[str]] = [[] for _ in page.days]
    for first, last, words in page.lines:
        for shown in of_days[first - 1 : last or None]:
            shown.append(words)
    for (day, known, at), lines in zip(page.days, map(tuple, of_days), strict=True):
        if words_digest(lines) != known:
            message = f"the words of {page.address} on {day} are not those that were recorded: the file was edited"
            wrong.append((Finding("kept-words", message, _RESTORE), at))
        versions.append(Version(day, lines))
    return tuple(versions), wrong


def write_kept(histories: Iterable[History]) -> bytes:
    """Return a file of kept words, sorted by address."""
    pages = sorted(histories, key=lambda one: one.address)
    return (_HEAD + "".join(f"{line}\n" for page in pages for line in _write_page(page))).encode()


def _write_page(page: History) -> Iterator[str]:
    yield f"= {page.address} {page.language}{' quiet' if page.quiet else ''}"
    for version in page.versions:
        yield f"@ {version.day} {words_digest(version.lines)}"
    for one in page.withdrawn:
        yield f"! {one.day} {one.on} {one.digest} {one.reason}"
    for first, last, words in _lay_together(page.versions):
        yield f"{first}-{last} {words}" if last else f"{first} {words}"


def _lay_together(versions: Iterable[Version]) -> list[tuple[int, int, str]]:
    """Return the lines of all versions in one order, each with the first and the last version that has it."""
    lines: list[tuple[int, int, str]] = []
    for number, version in enumerate(versions, 1):
        places = [at for at, (_, last, _) in enumerate(lines) if not last]
        now = [lines[at][2] for at in places]
        changes = SequenceMatcher(None, now, version.lines, autojunk=False).get_opcodes()
        for change, start, end, first, last in reversed(changes):  # from the end, so that places stay right
            if change == "equal":
                continue
            at = places[end] if end < len(places) else len(lines)
            lines[at:at] = [(number, 0, words) for words in version.lines[first:last]]
            for place in places[start:end]:
                lines[place] = (lines[place][0], number - 1, lines[place][2])
    return lines
