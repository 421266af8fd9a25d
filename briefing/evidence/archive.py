"""The command that asks a web archive for copies, and writes their addresses into the files of sources."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from briefing.disk import read_file, replace_file
from briefing.evidence.keep import Outcome
from briefing.evidence.sources import choose, find_sources
from briefing.evidence.store import open_store
from briefing.linkcheck.client import POLITE, Politeness, host_of, tidy
from briefing.linkcheck.fetch import Fetcher
from briefing.parse.yaml_edits import add_fields, apply
from briefing.parse.yaml_tree import Fields, Listing, load
from briefing.project import Project
from briefing.text.dates import first_day
from briefing.text.source_text import Lines, ReadError

_COPY = re.compile(r"/web/([0-9]{4})([0-9]{2})([0-9]{2})[0-9]{6}[a-z_]*/")
"""The address of a copy in a web archive, with its moment."""


def archive(
    project: Project,
    named: Iterable[str],
    service: str,
    politeness: Politeness = POLITE,
    pause: Callable[[float], None] = time.sleep,
    on_wait: Callable[[], None] = lambda: None,
) -> Iterator[Outcome]:
    """Ask a web archive for a copy of each source that has none, note each at once, and say what happened."""
    known, named = find_sources(project), tuple(named)
    chosen, fetcher = choose(known, named), Fetcher(politeness, pause)
    with open_store(project, known.folder, on_wait):
        for name in chosen:
            work = known.sources[name]
            if work.archived_url or not tidy(work.url):
                continue
            address, words = _ask(fetcher, service.rstrip("/"), tidy(work.url))
            if not address:
                yield Outcome(name, False, words)
                continue
            path = known.places[name][0]
            before = (read_file(project.root, path) or b"").decode()
            line = f"archived: {{url: {json.dumps(address)}, date: {_day(address)}}}"
            after = add_line(before, name, line)
            if after is None:
                yield Outcome(name, False, f"add this to it in {path}: {line}")
                continue
            replace_file(project.root, path, after.encode())
            yield Outcome(name, True, address)


def _ask(fetcher: Fetcher, service: str, address: str) -> tuple[str, str]:
    """Return the address of a copy, or what to say of why there is none."""
    result, place = fetcher.ask(f"{service}/save/{address}", _COPY)
    if host_of(place) == host_of(service) and _day(place):
        return place, ""
    if result.verdict == "busy":
        return "", "the archive accepts no more requests for now; try again another day"
    if result.verdict in ("ok", "refused", "gone"):  # it may be slow, or keep no copy; perhaps it has an older one
        listed = fetcher.ask_text(
            f"{service}/cdx/search/cdx?url={quote(address, safe='')}&limit=-1&fl=timestamp&filter=statuscode:200"
        )
        moments = (f"{service}/web/{moment}/{address}" for moment in re.findall(r"\b[0-9]{14}\b", listed))
        if found := next(filter(_day, moments), ""):
            return found, ""
    return "", f"the archive gave no copy{f' (status {result.status})' if result.status else ''}; try again another day"


def _day(address: str) -> str:
    """Return the day of a copy in a web archive; empty if its address names none."""
    found = _COPY.search(address)
    day = "-".join(found.groups()) if found else ""
    return day if day and first_day(day) else ""


def add_line(text: str, name: str, line: str) -> str | None:
    """Return a file of sources with one more field in a source; None if that cannot be done safely.

    Nothing else in the file changes: no comment, no order, no space.
    """
    owner = _find(text, name)
    if owner is None:
        return None
    added, _ = load("", line, Lines.of(line))
    assert isinstance(added, Fields)
    after = apply(text, [add_fields(text, owner, added)])
    changed = _find(after, name)
    return after if changed and len(changed.keys) == len(owner.keys) + 1 else None


def _find(text: str, name: str) -> Fields | None:
    try:
        tree, problems = load("", text, Lines.of(text))
    except ReadError:
        return None
    listed = tree.items if isinstance(tree, Listing) else (tree,)
    found = [one for one in listed if isinstance(one, Fields) and one.text("id") == name]
    return found[0] if len(found) == 1 and not problems else None
