"""Which kept sources have changed since, and which passages that touches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from briefing.disk import read_file
from briefing.evidence.apart import read_apart
from briefing.evidence.compare import result_of, sought_of
from briefing.evidence.find import Document
from briefing.evidence.keep import LARGEST, examine
from briefing.evidence.sources import find_sources
from briefing.linkcheck.client import POLITE, Politeness, tidy
from briefing.linkcheck.fetch import Fetcher
from briefing.parse.evidence_lock import EVIDENCE, read_evidence
from briefing.problems import Finding, Problem
from briefing.project import Project


def find_changes(
    project: Project, politeness: Politeness = POLITE, pause: Callable[[float], None] = time.sleep
) -> Iterator[Problem]:
    """Ask for each kept source again, and report those whose words changed so that a passage is no longer there.

    A page whose words changed elsewhere only, as the list of news beside them does, is not reported.
    """
    lock, _ = read_evidence(read_file(project.root, EVIDENCE) or b'{"copies": {}, "passages": {}}')
    known, results, fetcher = find_sources(project), dict(lock.results), Fetcher(politeness, pause)
    for name, copy in lock.copies:
        work = known.sources.get(name)
        if work is None or not copy.words or not tidy(work.url):
            continue
        got = fetcher.fetch(tidy(work.url), LARGEST)
        if got.result.verdict != "ok":
            continue  # the check of links reports it
        now, _ = examine(got.data, got.media, work.url, project.now)
        if now.words == copy.words:
            continue
        document = Document(read_apart(got.data, now.type, got.media))
        were = [one for one in work.passages if results.get(f"{name}#{one.id}") and not now.obstacle]
        lost = [
            one.id
            for one in were
            if results[f"{name}#{one.id}"].state != "not-found"
            and result_of(document.find(sought_of(one))).state == "not-found"
        ]
        if lost or now.obstacle or not were:
            what = (
                f"the words of {', '.join(lost)} are no longer there" if lost else "none of its passages was compared"
            )
            message = f"“{name}” has changed since the copy of {copy.day}: {what}"
            if now.obstacle:
                message = f"“{name}” was kept on {copy.day}, but its address now shows something else"
            hint = f"read it again; then: keep {name}, evidence {name}"
            path, span = known.places[name]
            yield Finding("source-changed", message, hint).at(path, span)
