"""The threads of the home page: events of several pieces of work side by side, in the order of their dates."""

from __future__ import annotations

from briefing.model.pages import Lane, Stage
from briefing.model.site import SETTINGS_PATH, Thread
from briefing.model.text import Link
from briefing.weave.references import PageReferences
from briefing.weave.site_index import SiteIndex, summary_view


def weave_threads(index: SiteIndex, references: PageReferences) -> tuple[tuple[Thread[Link], ...], tuple[Stage, ...]]:
    """Return the threads with their links, and their events in order, each with the lane of every thread."""
    threads = index.site.threads
    resolved = tuple(references.resolve(thread, SETTINGS_PATH) for thread in threads)
    ids_of = [{ref.id for ref in thread.events} for thread in threads]
    events = [record for record in index.of_kind("event") if any(record.id in ids for ids in ids_of)]
    spans = []
    for thread, ids in zip(threads, ids_of, strict=True):
        places = [place for place, record in enumerate(events) if record.id in ids] or [len(events)]
        spans.append((places[0], len(events) if thread.goes_on else places[-1]))
    stages = tuple(
        Stage(
            summary_view(index, record),
            tuple(
                Lane(above=first < place <= last, below=first <= place < last, here=record.id in ids)
                for (first, last), ids in zip(spans, ids_of, strict=True)
            ),
        )
        for place, record in enumerate(events)
    )
    return resolved, stages
