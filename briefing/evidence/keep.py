"""The command that keeps copies: ask the address of a source once, or take a file, and store its bytes."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from briefing.disk import read_pieces
from briefing.evidence.apart import read_apart
from briefing.evidence.documents import find_type
from briefing.evidence.sources import choose, find_sources
from briefing.evidence.store import open_store
from briefing.evidence.words import read_words
from briefing.linkcheck.client import POLITE, LinkResult, Politeness, tidy
from briefing.linkcheck.fetch import Fetched, Fetcher
from briefing.model.evidence import WHY, KeptCopy, Obstacle
from briefing.problems import BuildError, Finding
from briefing.project import Project
from briefing.values import dataclass

LARGEST = 50_000_000
"""Bytes of the largest document that is kept."""
_LONGEST_TYPE = 200
_NOT_THE_SOURCE: tuple[Obstacle, ...] = ("script", "login", "web-page", "empty", "damaged")
"""What came in the place of the source, so that it is not worth keeping."""
_BY_HAND = "save it with a browser, then: keep {} --from FILE"
_LATER = "try again another day"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one source: whether it succeeded, and what to say of it."""

    source: str
    done: bool
    words: str


def keep(
    project: Project,
    named: Iterable[str],
    file: Path | None = None,
    politeness: Politeness = POLITE,
    pause: Callable[[float], None] = time.sleep,
    on_wait: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """Keep a copy of each named source, or of each that has none yet, and say what happened. A file is for one source.

    Each copy is stored before the next one is asked for, so an interrupted run goes on where it was.
    """
    known, named = find_sources(project), tuple(named)
    chosen, fetcher = choose(known, named), Fetcher(politeness, pause)
    with open_store(project, known.folder, on_wait) as store:
        store.forget(known.sources)
        for name in chosen:
            address = known.sources[name].url
            if not named and name in store.copies and store.copies[name].digest:
                continue
            if file is not None:
                copy, data = examine(read_document(file), "", file.name, project.now)
            elif not tidy(address):
                if named:
                    yield Outcome(name, False, f"it has no address to link to; {_BY_HAND.format(name)}")
                continue
            else:
                got = fetcher.fetch(tidy(address), LARGEST)
                if got.result.verdict != "ok":
                    yield Outcome(name, False, explain(got.result, name))
                    continue
                copy, data = examine(
                    got.data, got.media, address, project.now, got if got.address != tidy(address) else None
                )
            store.keep(name, copy, data)
            yield Outcome(name, bool(copy.digest or data), _describe(copy, name))


def examine(data: bytes, said: str, name: str, day: str, led: Fetched | None = None) -> tuple[KeptCopy, bytes]:
    """Return what is known of a document, and its bytes; no bytes if it is not the source but came in its place."""
    ending = find_type(data, said, name)
    text = read_apart(data, ending, said)
    obstacle = text.obstacle
    if ending == "html" and name.lower().partition("?")[0].endswith((".pdf", ".docx")) and obstacle in ("", "script"):
        obstacle = "web-page"
    words = hashlib.sha256(read_words("\n".join(text.clean)).letters.encode()).hexdigest()[:16] if not obstacle else ""
    pages = len(text.labels)
    copy = KeptCopy(day, "", ending, said[:_LONGEST_TYPE], pages, words, led.address if led else "", obstacle)
    return copy, b"" if obstacle in _NOT_THE_SOURCE else data


def read_document(path: Path) -> bytes:
    """Return the bytes of a file; raise `BuildError` if it cannot be read or is too large."""
    try:
        data = b"".join(read_pieces(str(path)))
    except OSError as error:
        raise BuildError(
            [Finding("unreadable-file", f"the file cannot be read: {error.strerror}").at(str(path))]
        ) from error
    if len(data) > LARGEST:
        message = f"a document may have at most {LARGEST:,} bytes"
        raise BuildError([Finding("unreadable-file", message, "keep the part of it that is cited").at(str(path))])
    return data


def explain(result: LinkResult, name: str) -> str:
    """Say why nothing came from an address, and what to do."""
    status = f" (status {result.status})" if result.status else ""
    match result.verdict:
        case "robots":
            return f"the site asks programs not to read this address; {_BY_HAND.format(name)}"
        case "large":
            return f"it has more than {LARGEST:,} bytes; {_BY_HAND.format(name)}"
        case "refused":
            return f"the server refused it{status}; {_BY_HAND.format(name)}"
        case "gone" if not result.status:  # the client never asked
            return f"addresses of this computer or of a private network are not asked; {_BY_HAND.format(name)}"
        case "gone":
            return f"nothing is at its address{status}; find its new address, or {_BY_HAND.format(name)}"
        case "busy":
            return f"the server accepts no more requests for now{status}; {_LATER}"
        case "slow":
            return f"the server took too long; {_LATER}"
        case _:
            return f"the server failed{status}; {_LATER}"


def _describe(copy: KeptCopy, name: str) -> str:
    if copy.obstacle in _NOT_THE_SOURCE:
        return f"not kept: {WHY[copy.obstacle]}; {_BY_HAND.format(name)}"
    if copy.obstacle:
        return f"kept, but its words cannot be compared: {WHY[copy.obstacle]}"
    pages = f", {copy.pages} pages" if copy.pages else ""
    return f"kept as {copy.type}{pages}" + (f", from {copy.address}" if copy.address else "")
