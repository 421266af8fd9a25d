"""Published addresses must keep working, and a changed text needs a change note.

`content/addresses.lock` has a line for each published page: its address, a digest of its text, a digest of its change
notes (or `-` if it has none), and the ids within it that others may link to. `build --record` writes it; a person
commits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.model.steps import PageAnchors, PublishedCheck
from briefing.model.versions import file_of
from briefing.problems import Finding, Problem, Span, name_few
from briefing.suggestions import Names, Suggestions
from briefing.text.hidden import refuse_in_address
from briefing.text.source_text import Lines, ReadError, decode
from briefing.values import dataclass

LOCK = "content/addresses.lock"
_HEAD = "# Published addresses. Written by the command build --record. Losing one without redirect_from is an error.\n"
_DIGITS = 12
"""How many hexadecimal digits of a digest are kept: enough to see that a page has changed."""
_WORDS = "w"
_DAY = re.compile(r"/\d{4}-\d\d-\d\d/$")
"""The end of the address of a page as it read on a day."""


@dataclass(frozen=True, slots=True)
class LockEntry:
    """One line of the lock."""

    line: int
    address: str
    text: str
    changes: str
    anchors: tuple[str, ...]


def check_published(check: PublishedCheck) -> tuple[Problem, ...]:
    """Compare the pages of this build with those that were published."""
    if check.lock is None:
        return ()
    entries, problems = _read(check.lock.value)
    if check.days is None:
        entries = [one for one in entries if not _DAY.search(one.address)]
    days = set(check.days or ())
    entries = [one for one in entries if one.address not in days]
    pages = {page.address: page for page in check.anchors.value}
    texts = dict(check.sentences)
    suggestions = Suggestions()
    lost_days = [one for one in entries if _DAY.search(one.address) and one.address not in pages]
    problems += _lost_days(lost_days, pages)
    others = [one for one in entries if one not in lost_days]
    problems += [problem for entry in others for problem in _lost_addresses(entry, pages, suggestions, check.hidden)]
    problems += [
        problem
        for entry in entries
        if entry.address in pages
        for problem in _missing_note(entry, pages[entry.address], texts)
    ]
    if not check.recording:
        known = {entry.address for entry in entries}
        new = sorted(one for one in pages if one not in known and not one.startswith(check.first))
        if new:
            what = "a new address is" if len(new) == 1 else f"{len(new):,} new addresses are"
            message = f"{what} not in the list of published addresses: {name_few(new)}"
            hint = "run build --record, then commit content/addresses.lock"
            problems.append(Finding("unrecorded-address", message, hint).at(LOCK, Span(1, 1)))
    return tuple(problems)


def lock_text(check: PublishedCheck) -> str:
    """Return the text of the lock for the pages of this build."""
    texts = dict(check.sentences)
    lines = [
        " ".join([page.address, _short_words(texts.get(page.path, "")), _short(page.changes), *page.anchors])
        for page in check.anchors.value
    ]
    lines += [f"{address} - -" for address in check.days or ()]
    return _HEAD + "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.split(" ", 1)[0]))


def _short(digest: str) -> str:
    return digest[:_DIGITS] or "-"


def _short_words(digest: str) -> str:
    """Return the same for a text. The letter tells it from that of earlier versions, which rules changed."""
    return f"{_WORDS}{digest[: _DIGITS - 1]}" if digest else "-"


def _read(data: bytes) -> tuple[list[LockEntry], list[Problem]]:
    try:
        text = decode(LOCK, data)
    except ReadError as error:
        return [], [error.problem]
    lines, entries = Lines.of(text), []
    problems = [finding.at(LOCK, lines.span(one.at, one.at + 1)) for one, finding in refuse_in_address(text)]
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        address, *rest = line.split()
        if not address.startswith("/") or len(rest) < 2:
            hint = "restore the line from the last commit, or write the file again with build --record"
            finding = Finding("lock-line", "this line does not name a published page", hint)
            problems.append(finding.at(LOCK, Span(number, 1, len(line))))
            continue
        entries.append(LockEntry(number, address, rest[0], rest[1], tuple(rest[2:])))
    return entries, problems


def _lost_days(entries: Sequence[LockEntry], pages: dict[str, PageAnchors]) -> Iterator[Problem]:
    """Report days that were published and are not kept any more, once for each file that kept them."""
    files: dict[str, list[LockEntry]] = {}
    for entry in entries:
        page = _DAY.sub("/", entry.address)
        is_list = page in pages and not pages[page].path
        files.setdefault(file_of(page, not is_list), []).append(entry)
    for path, lost in files.items():
        names = name_few([one.address for one in lost])
        message = f"{path} does not keep the words of days that were published: {names}"
        hint = "restore the file from the last commit; the command withdraw takes the words of a day away"
        yield Finding("lost-address", message, hint).at(LOCK, Span(lost[0].line, 1, len(lost[0].address)))


def _lost_addresses(
    entry: LockEntry, pages: dict[str, PageAnchors], suggestions: Suggestions, hidden: Sequence[str]
) -> Iterator[Problem]:
    """Report an address or an id that was published and no longer exists."""
    if entry.address not in pages:
        folder = pages.get(f"{entry.address.rpartition('/')[0]}/")
        if folder and folder.redirected and not folder.path and not _DAY.search(entry.address):
            return  # the card and the feed of a page that has another address now
        message = f"{entry.address} was published, but no page has this address now"
        hint = f"add this to the page that replaces it: redirect_from: [{entry.address}]"
        if entry.address in hidden:
            message = f"{entry.address} was published, but its page is a draft, or waits for its day"
            hint = "publish it, or delete this line; its earlier days are not public until it is published again"
        if not entry.address.endswith("/"):
            hint = "bring back what this file was made from, or delete this line; no page can replace a file"
        yield Finding("lost-address", message, hint).at(LOCK, Span(entry.line, 1, len(entry.address)))
        return
    page = pages[entry.address]
    if page.path or not page.redirected:
        known, names = set(page.anchors), Names(page.anchors)
        for anchor in entry.anchors:
            if anchor not in known:
                message = f"{entry.address}#{anchor} was published, but this id no longer exists"
                close = suggestions.nearest(anchor, names, 1)
                instead = f"the heading with the id “{close[0]}”" if close else "the heading that replaces it"
                finding = Finding("lost-anchor", message, f"give {instead} the old id: {{#{anchor}}}")
                yield finding.at(LOCK, Span(entry.line, 1))


def _missing_note(entry: LockEntry, page: PageAnchors, texts: dict[str, str]) -> Iterator[Problem]:
    """Report a text that has changed since it was published, without a new change note."""
    if (
        page.path
        and entry.text.startswith(_WORDS)
        and entry.text != _short_words(texts.get(page.path, ""))
        and entry.changes == _short(page.changes)
    ):
        message = "the text has changed since it was published, but no change note says so"
        hint = "add to changes: - {date: …, kind: update, text: …}; if only the wording changed, write kind: minor"
        yield Finding("changed-without-note", message, hint).at(page.path, Span(1, 1))
