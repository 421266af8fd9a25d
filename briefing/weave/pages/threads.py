"""Threads: how pieces of work hang together, and in what order things came."""

from __future__ import annotations

from briefing.model.pages import Lane, Stage
from briefing.model.site import Thread
from briefing.model.text import Link
from briefing.weave.references import PageReferences
from briefing.weave.site_index import SiteIndex, summary_view

_SETTINGS = "content/site.yaml"


def weave_threads(index: SiteIndex, references: PageReferences) -> tuple[tuple[Thread[Link], ...], tuple[Stage, ...]]:
    """Give the threads with their links, and their events in order, each with every thread's lane beside it."""
    threads = index.site.threads
    filled = tuple(references.resolve(thread, _SETTINGS) for thread in threads)
    named = [{ref.id for ref in thread.events} for thread in threads]
    touched = [record for record in index.of_kind("event") if any(record.id in ids for ids in named)]
    spans = []
    for thread, ids in zip(threads, named, strict=True):
        places = [place for place, record in enumerate(touched) if record.id in ids] or [len(touched)]
        spans.append((places[0], len(touched) if thread.goes_on else places[-1]))
    stages = tuple(
        Stage(
            summary_view(index, record),
            tuple(
                Lane(first < place <= last, first <= place < last, record.id in ids)
                for (first, last), ids in zip(spans, named, strict=True)
            ),
        )
        for place, record in enumerate(touched)
    )
    return filled, stages
