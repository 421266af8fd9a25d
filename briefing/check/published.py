"""Addresses under contract: what was published keeps leading somewhere, and a text that changes says so.

`content/addresses.lock` holds a line for each published page: its address, digests of its text and of its change notes
(or `-` where it has none), and the ids within it that others may link to. `build --record` writes it; a person
commits it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model.steps import PageAnchors, PublishedCheck
from briefing.problems import Finding, Problem, Span, nearest

LOCK = "content/addresses.lock"
_HEAD = (
    "# Published addresses. Written by: python build.py build --record. Losing one without redirect_from is an error.\n"
)
_DIGITS = 12
"""Hexadecimal digits kept of a digest; enough to tell two versions of one page apart."""


@dataclass(frozen=True, slots=True)
class LockEntry:
    """One line of the lock."""

    line: int
    address: str
    said: str
    changes: str
    anchors: tuple[str, ...]


def check_published(contract: PublishedCheck) -> tuple[Problem, ...]:
    """Hold the pages of this build against those that were published."""
    if contract.lock is None:
        return ()
    locked, problems = _read(contract.lock.value)
    held = {page.address: page for page in contract.anchors.value}
    said = dict(contract.sentences)
    problems += [problem for one in locked for problem in _broken(one, held)]
    if not contract.recording:
        problems += [
            problem for one in locked if one.address in held for problem in _silent(one, held[one.address], said)
        ]
        new = sorted(set(held) - {one.address for one in locked})
        if new:
            message = f"{len(new)} new addresses are not in the list of published addresses, for example {new[0]}"
            hint = "run python build.py build --record, then commit content/addresses.lock"
            problems.append(Finding("unrecorded-address", message, hint).at(LOCK, Span(1, 1)))
    return tuple(problems)


def lock_text(contract: PublishedCheck) -> str:
    """Write the lock for the pages of this build."""
    said = dict(contract.sentences)
    lines = [
        " ".join([page.address, _short(said.get(page.path, "")), _short(page.changes), *page.anchors])
        for page in sorted(contract.anchors.value, key=lambda page: page.address)
    ]
    return _HEAD + "".join(f"{line}\n" for line in lines)


def _short(digest: str) -> str:
    return digest[:_DIGITS] or "-"


def _read(data: bytes) -> tuple[list[LockEntry], list[Problem]]:
    locked, problems = [], []
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        address, *rest = line.split()
        if not address.startswith("/") or len(rest) < 2:
            hint = "restore the line from the last commit, or write the file again: python build.py build --record"
            finding = Finding("lock-line", "this line does not name a published page", hint)
            problems.append(finding.at(LOCK, Span(number, 1, len(line))))
            continue
        locked.append(LockEntry(number, address, rest[0], rest[1], tuple(rest[2:])))
    return locked, problems


def _broken(locked: LockEntry, held: dict[str, PageAnchors]) -> Iterator[Problem]:
    """Report an address or a section id that was published and would now lead nowhere."""
    if locked.address not in held:
        message = f"{locked.address} was published, but no page has this address now"
        hint = f"add this to the page that replaces it: redirect_from: [{locked.address}]"
        yield Finding("lost-address", message, hint).at(LOCK, Span(locked.line, 1, len(locked.address)))
        return
    page = held[locked.address]
    if page.path or not page.redirected:
        for anchor in locked.anchors:
            if anchor not in page.anchors:
                message = f"{locked.address}#{anchor} was published, but this id no longer exists"
                close = nearest(anchor, page.anchors, 1)
                instead = f"the heading with the id “{close[0]}”" if close else "the heading that replaces it"
                finding = Finding("lost-anchor", message, f"give {instead} the old id: {{#{anchor}}}")
                yield finding.at(LOCK, Span(locked.line, 1))


def _silent(locked: LockEntry, page: PageAnchors, said: dict[str, str]) -> Iterator[Problem]:
    """Report a text that changed since it was published while its change notes did not."""
    if (
        page.path
        and locked.said not in ("-", _short(said.get(page.path, "")))
        and locked.changes == _short(page.changes)
    ):
        message = "the text has changed since it was published, but no change note says so"
        hint = "add to changes: - {date: …, kind: update, text: …}; if only the wording changed, write kind: minor"
        yield Finding("changed-without-note", message, hint).at(page.path, Span(1, 1))
