"""The sections of a page that has editions, for comparing it with the version that they were made from."""

from __future__ import annotations

from dataclasses import replace

from briefing.model.documents import Outline
from briefing.model.editions import Original, Section
from briefing.model.records import PageDetail, Record
from briefing.text.sections import HEAD, split_sections


def read_original(outline: Outline, body: str, language: str) -> Original | None:
    """Return the sections of the page in a file; None for a file that could not be read."""
    if not outline.records:
        return None
    record = outline.records[0]
    sections = [Section(*found) for found in split_sections(body, record.lang or language)]
    first = replace(sections[0], sentences=(*_front_matter(record), *sections[0].sentences))
    return Original(record.id, (first, *sections[1:]))


def _front_matter(record: Record) -> tuple[str, ...]:
    """Return the title, the summary, the content note and the points of a page."""
    detail = record.detail
    if not isinstance(detail, PageDetail):
        return (record.title, record.summary)
    points = "".join(f"<p>{point.html}</p>" for point in detail.in_brief)
    [(name, _, said)] = split_sections(points, record.lang)
    assert name == HEAD
    return tuple(filter(None, (record.title, record.summary, detail.sensitivity, *said)))
