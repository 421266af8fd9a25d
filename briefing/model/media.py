"""Pictures and documents that texts show or lead to."""

from __future__ import annotations

from briefing.model.files import Rendered
from briefing.problems import Finding
from briefing.values import dataclass

DOCUMENTS = {
    ".csv": "CSV", ".docx": "Word", ".epub": "EPUB", ".geojson": "GeoJSON", ".gpx": "GPX", ".ics": "iCalendar",
    ".json": "JSON", ".m4a": "audio", ".mp3": "MP3", ".mp4": "video", ".odp": "OpenDocument", ".ods": "OpenDocument",
    ".odt": "OpenDocument", ".ogg": "audio", ".pdf": "PDF", ".pptx": "PowerPoint", ".rtf": "RTF", ".tsv": "TSV",
    ".txt": "text", ".xlsx": "Excel", ".zip": "ZIP",
}  # fmt: skip
"""Endings of files that readers can open or save, and what readers call each. None of them runs in a page."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A picture or a document by its path in the folder of the site, and what is published of it.

    Nothing is known of a picture that no text names but its path. `sources` are the addresses of the same picture in
    other widths, each with its width in pixels.
    """

    path: str
    address: str = ""
    size: int = 0
    """Bytes of a document."""
    width: int = 0
    height: int = 0
    sources: tuple[tuple[str, int], ...] = ()
    published: tuple[Rendered, ...] = ()
    """The files that a page needs to show it; none for what lies below `assets/`, which is published anyway."""
    findings: tuple[Finding, ...] = ()
