"""The works that a site has, found by what an export says of a work: its id, DOI, title, address or ISBN."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from briefing.model.addresses import make_source_id
from briefing.parse.csl import read_doi, work_id
from briefing.parse.yaml_tree import Fields
from briefing.scaffold.held_sources import Held


class Works:
    """Works in the order in which they were added. A search does not look at all of them."""

    def __init__(self, held: Iterable[Held]) -> None:
        self._count = 0
        self._places: dict[tuple[str, str], list[tuple[int, Held]]] = {}
        for one in held:
            self.add(one)

    def add(self, one: Held) -> None:
        """Add a work."""
        self._count += 1
        for key in {*_marks(one.fields), *(("name", name) for name in _names_of(one.fields))}:
            self._places.setdefault(key, []).append((self._count, one))

    def find(self, work: Fields, identity: str, taken: Collection[str]) -> tuple[Held | None, str]:
        """Return the source that is the same work, and the id that the work gets if there is none.

        `taken` are the ids of all records.
        """
        marks = dict(_marks(work))
        certain = [one for name in ("DOI", "from") for one in self._at(name, marks.get(name, ""))]
        if certain:
            return min(certain, key=lambda one: one[0])[1], identity
        numbered = identity
        for number in range(2, self._count + 3):
            found = next((one for _, one in self._at("name", numbered)), None)
            if found and _is_same(dict(_marks(found.fields)), marks, ("title", "URL")):
                return found, numbered
            if not found and numbered not in taken:
                break
            numbered = f"{identity}-{number}"
        for _, one in self._at("title", marks["title"]):
            other = dict(_marks(one.fields))
            if _is_same(other, marks, ("URL",)) or _is_same(other, marks, ("ISBN",)):
                return one, numbered
        return None, numbered

    def same_address(self, work: Fields) -> Held | None:
        """Return a work that has the same address."""
        return next((one for _, one in self._at("URL", dict(_marks(work)).get("URL", ""))), None)

    def _at(self, name: str, value: str) -> list[tuple[int, Held]]:
        return self._places.get((name, value), []) if value or name == "title" else []


def _marks(fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield what tells a work from others."""
    yield "title", re.sub(r"\W+", " ", fields.text("title").casefold()).strip()
    if doi := read_doi(fields.text("DOI")).casefold():
        yield "DOI", doi
    if address := fields.child("imported").text("id"):
        yield "from", address
    for name in ("URL", "ISBN"):
        if value := fields.text(name):
            yield name, re.sub(r"^https?://(www\.)?|/$|[\s-]", "", value)


def _is_same(one: dict[str, str], other: dict[str, str], names: Iterable[str]) -> bool:
    return any(name in one and one[name] == other.get(name) for name in names)


def _names_of(fields: Fields) -> Iterable[str]:
    """Return the ids by which a source is known."""
    return {work_id(fields), make_source_id(fields.text("citation-key"))} - {""}
