"""The command that compares the passages of sources with the copies that were kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from briefing.evidence.apart import read_apart
from briefing.evidence.find import FEWEST, Document, Found, Near, Sought, count_words
from briefing.evidence.sources import Known, choose, find_sources
from briefing.evidence.store import Store, open_store
from briefing.model.evidence import PassageResult, State, digest_given
from briefing.model.records import Passage
from briefing.project import Project
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Compared:
    """A passage, what came of looking for it, and, if it was not found, the place that is most like it."""

    source: str
    passage: str
    result: PassageResult
    near: Near | None = None


def compare(
    project: Project, named: Iterable[str] = (), on_wait: Callable[[], None] = lambda: None
) -> Iterator[Compared]:
    """Look for the words of each passage in the copy of its source, and note the results in the lock.

    A passage without enough words, a source without a copy and a copy that is not on this machine have no new result;
    the lock keeps what an earlier run found in that copy.
    """
    known = find_sources(project)
    chosen = choose(known, named)
    with open_store(project, known.folder, on_wait) as store:
        store.forget(known.sources)
        for name in chosen:
            yield from _compare_source(store, known, name, project.now)
        store.save()


def sought_of(passage: Passage) -> Sought:
    """Return what a passage gives to look for."""
    return Sought(passage.starts, passage.ends, passage.words, passage.locator)


def _compare_source(store: Store, known: Known, name: str, day: str) -> Iterator[Compared]:
    passages = [one for one in known.sources[name].passages if count_words(sought_of(one)) >= FEWEST]
    kept = {f"{name}#{one.id}" for one in passages}
    stale = [key for key in store.results if key.partition("#")[0] == name and key not in kept]
    for key in stale:
        del store.results[key]
    copy = store.copies.get(name)
    if not passages or copy is None or not copy.digest or copy.obstacle:
        return
    data = store.read(copy)
    if data is None:
        return
    document, on_web = Document(read_apart(data, copy.type, copy.media)), copy.type in ("html", "txt")
    for passage in passages:
        sought = sought_of(passage)
        result = result_of(document.find(sought))
        near = document.nearest(sought) if result.state == "not-found" else None
        given = digest_given(passage.locator, passage.starts, passage.ends, passage.words)
        key, before = f"{name}#{passage.id}", store.results.get(f"{name}#{passage.id}")
        result = replace(result, given=given, copy=copy.digest[:16], day=day)
        if not on_web:  # a browser looks for words only in what it shows itself
            result = replace(result, starts="", ends="")
        # The day on which the same was found first stays, so that a second run changes nothing.
        store.results[key] = before if before and replace(before, day=day) == result else result
        yield Compared(name, passage.id, result, near)


def result_of(found: Found | None) -> PassageResult:
    """Return what was found as the lock notes it."""
    if found is None:
        return PassageResult("not-found")
    state: State = "found" if found.named else "elsewhere"
    return PassageResult(state, "", "", "", found.page, found.label, found.starts, found.ends)
