"""The sources of a site, as the commands that check them read them."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model.records import SourceDetail
from briefing.model.text import ParsedProse
from briefing.parse.document import parse
from briefing.parse.vocabulary import read_sources
from briefing.problems import Span
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.suggestions import Names
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The sources of a site by their ids, each with its place in a file; and the folder for copies."""

    sources: dict[str, SourceDetail[ParsedProse]]
    places: dict[str, tuple[str, Span]]
    folder: str


class UnknownSource(Exception):
    """A source that was named does not exist."""


def find_sources(project: Project) -> Known:
    """Read every source of a site, drafts too."""
    _, placed = read_sources(read(project))
    documents = [parse(source) for source in placed if source.kind in ("source", "site")]
    sources, places, folder = {}, {}, "kept"
    for document in documents:
        outline = document.outline.value
        folder = outline.site.kept if outline.site else folder
        for record in outline.records:
            if isinstance(record.detail, SourceDetail):
                sources[record.id] = record.detail
                places[record.id] = (record.path, document.spans.value[record.span])
    return Known(sources, places, folder)


def choose(known: Known, named: Iterable[str]) -> list[str]:
    """Return the sources that were named, or all. Raise `UnknownSource` for one that does not exist."""
    chosen = list(dict.fromkeys(named))
    for name in chosen:
        if name not in known.sources:
            close = Names(known.sources).nearest(name, 1)
            raise UnknownSource(f"no source has the id “{name}”" + (f"; did you mean {close[0]}?" if close else ""))
    return chosen or sorted(known.sources)
