"""The headings of records, by their ids and by their words, for links into a page."""

from __future__ import annotations

from briefing.model import addresses
from briefing.model.records import Record
from briefing.problems import Finding
from briefing.suggestions import Names
from briefing.values import dataclass


def fold(name: str) -> str:
    """Return the form of a name that is compared."""
    return " ".join(addresses.fold(name).split())


@dataclass(frozen=True, slots=True)
class _Anchors:
    """What a link into a page may name: its ids, and the words of its headings with their ids."""

    ids: frozenset[str]
    by_words: dict[str, list[str]]
    names: Names


class Headings:
    """Finds headings of records; what a link into one may name is gathered once."""

    def __init__(self) -> None:
        self._anchors: dict[str, _Anchors] = {}

    def find(self, record: Record, title: str, heading: str) -> str | Finding | None:
        """Return the id of a heading, which is named by its id or words; None if the record has no such heading."""
        anchors = self._of(record)
        for spelling in addresses.spellings(heading):
            if spelling in anchors.ids:
                return spelling
            found = anchors.by_words.get(fold(spelling), [])
            if len(found) > 1:
                message = f"“{title}” has {len(found)} headings “{heading}”"
                return Finding("ambiguous-link", message, f"write one of their ids: {' or '.join(found)}")
            if found:
                return found[0]
        return None

    def names(self, record: Record) -> Names:
        """Return the ids of a record's headings, to look for a similar one."""
        return self._of(record).names

    def _of(self, record: Record) -> _Anchors:
        if record.id not in self._anchors:
            ids = [*(one.id for one in record.headings), *record.anchors]
            words: dict[str, list[str]] = {}
            for one in record.headings:
                words.setdefault(fold(one.title), []).append(one.id)
            self._anchors[record.id] = _Anchors(frozenset(ids), words, Names(ids))
        return self._anchors[record.id]
