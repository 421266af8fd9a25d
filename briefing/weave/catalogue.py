"""All records by their names, and the resolution of what writers call them.

A target may be an id, a title, another name (`aka`), a file, or an address. Names are compared without case, and in
Unicode's composed form. If two records have the same name, the result is an error that lists both.

A `find_…` method returns the target, or a `Finding` that says why there is none.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace
from functools import cached_property

from briefing.model.addresses import HOME, address_of, compose, is_id
from briefing.model.kinds import Kind, by_name
from briefing.model.records import Record
from briefing.model.text import Link
from briefing.problems import Finding
from briefing.suggestions import Names, Suggestions
from briefing.weave.headings import Headings, fold

HOME_PAGE = Link("", "listing", "Home", "", HOME)
"""The link to the home page, the same whatever its record says."""


NO_PAGE = "write [[id]] for a record of this site, https://… for another website, or delete the link"
"""How to fix a link to nothing, where no name is similar."""


def link_to(record: Record, kind: Kind) -> Link:
    """Return the link to a record of a kind."""
    return Link(record.id, record.kind, record.title, record.summary, address_of(record, kind), record.lang)


class Catalogue:
    """All records of the site, by every name that a writer can use for them."""

    def __init__(
        self,
        records: Iterable[Record],
        drafts: Iterable[Record],
        unread: Iterable[str],
        kinds: Iterable[Kind],
        unnamed: Iterable[str] = (),
    ) -> None:
        self.kinds = by_name(kinds)
        """All kinds of record by their names, in the order in which they are listed."""
        self.records: dict[str, Record] = {record.id: record for record in records}
        self.links: dict[str, Link] = {
            name: link_to(record, self.kinds[record.kind]) for name, record in self.records.items()
        }
        self.listings: dict[str, Link] = {}
        present = {record.kind for record in self.records.values() if not record.edition_of}
        for kind in self.kinds.values():
            if kind.listing and kind.name in present:
                self.listings[kind.name] = Link("", "listing", kind.plural, "", kind.listing)
        self.suggestions = Suggestions()
        self._ids: dict[tuple[str, ...], Names] = {}
        self._headings = Headings()
        self._editions: dict[str, Record] = {}
        """In an edition of the site: its pages, by the ids of their originals."""
        self._drafts = {record.id: record for record in drafts}
        self._unread = set(unread)
        self._unnamed = set(unnamed)
        self._names: dict[str, list[str]] = {}
        self._paths: dict[str, str] = {}
        self._addresses: dict[str, Link] = {link.address: link for link in self.listings.values()}
        self._addresses[HOME] = HOME_PAGE
        for record in self.records.values():
            for name in () if record.edition_of else self._names_of(record):
                self._names.setdefault(name, []).append(record.id)
            if self.kinds[record.kind].own_file:
                self._paths[compose(record.path)] = record.id
            if "#" not in self.links[record.id].address:
                self._addresses[self.links[record.id].address] = self.links[record.id]

    def add_address(self, link: Link) -> None:
        """Add a page that is not a record, so that links to its address are found."""
        self._addresses[link.address] = link

    def of_edition(self, records: Iterable[Record], kinds: Iterable[Kind], language: str) -> Catalogue:
        """Return a catalogue for the pages of an edition of the site, with the lists of these records only."""
        other, shown = copy(self), list(records)
        other.kinds = by_name(kinds)
        present = {record.kind for record in shown}
        other.listings = {
            name: replace(link, title=other.kinds[name].plural, language=language)
            for name, link in self.listings.items()
            if name in present
        }
        other.links = dict(self.links)
        other._editions = {one.edition_of: one for one in shown}
        for one in shown:  # a link to an original shows the title of its edition, and leads there when it is rendered
            own, link = self.links[one.id], self.links[one.edition_of]
            other.links[one.edition_of] = replace(link, title=own.title, summary=own.summary, language=own.language)
        home = next(
            (self.links[one.id] for one in shown if one.kind == "page" and one.edition_of == "index"), HOME_PAGE
        )
        pages = {other.links[one.edition_of].address: other.links[one.edition_of] for one in shown}
        other._addresses = {**self._addresses, **pages, HOME: home}
        return other

    def with_record(self, record: Record) -> Catalogue:
        """Return a catalogue with this record, which has its own page, in place of the one with the same id."""
        other, before, link = copy(self), self.records[record.id], link_to(record, self.kinds[record.kind])
        other.records = {**self.records, record.id: record}
        other.links = {**self.links, record.id: link}
        other._addresses = {**self._addresses, link.address: link}
        other._ids, other._headings = {}, Headings()
        other.__dict__.pop("_titles", None)
        other._names = dict(self._names)
        for name in self._names_of(before):
            other._names[name] = [one for one in other._names[name] if one != record.id]
        for name in self._names_of(record):
            other._names[name] = [*other._names.get(name, []), record.id]
        return other

    def update_summaries(self, summary: Callable[[Record], str], names: Iterable[str]) -> None:
        """Update the summaries of some records, which may show titles of other records."""
        for name in names:
            record = self.records[name]
            words = summary(record)
            if words != record.summary:
                kind = self.kinds[record.kind]
                title = words if kind.title_field == kind.summary_field else record.title
                self.records[name] = replace(record, title=title, summary=words)
                self.links[name] = replace(self.links[name], title=title, summary=words)
                if self.links[name].address in self._addresses:
                    self._addresses[self.links[name].address] = self.links[name]

    def at(self, address: str) -> Link | None:
        """Return the link to the page at an address; None if there is none."""
        return self._addresses.get(address)

    def find(self, name: str) -> Link | Finding:
        """Resolve an id, a title or another name."""
        name = compose(name)
        if name in self.links:
            return self.links[name]
        if name in self._drafts:
            what, hint = "is a draft", "delete the draft field there to publish it, or remove the link"
            if not self._drafts[name].draft:
                day = self._drafts[name].publish_on
                what, hint = f"is published only on {day}", "publish both on that day, or remove the link"
            if self._drafts[name].kind == "source" and self._drafts[name].draft:
                what = "is a source that is still a draft"
                hint = f"check it and delete its draft: true in {self._drafts[name].path}, or cite another source"
            return Finding("unpublished-target", f"“{name}” {what}, so readers cannot open it", hint)
        ids = self._names.get(fold(name), [])
        if len(ids) > 1:
            return Finding("ambiguous-link", f"“{name}” could be {' or '.join(sorted(ids))}", "write one of these ids")
        if ids:
            return self.links[ids[0]]
        hint = f"write [{name}] to cite a source" if name.startswith("@") else self._suggest(name)
        return Finding("unknown-link", f"no record is called “{name}”", hint or NO_PAGE)

    def find_id(self, name: str, kinds: tuple[str, ...] = ()) -> Link | Finding:
        """Resolve an id; if `kinds` is not empty, the record must have one of them."""
        link = self.links.get(name)
        wanted = " or ".join(kinds).replace("-", " ") or "record"
        if link is None:
            found = self.find(name)
            if isinstance(found, Finding) and found.code == "unpublished-target":
                return found
            called = [one for one in self._names.get(fold(name), ()) if not kinds or self.links[one].kind in kinds]
            close = sorted(called) or self.suggestions.nearest(name, self._ids_of(kinds))
            message = f"no {wanted} has the id “{name}”"
            hint = _did_you_mean(close) or f"describe it as a record with the id {name}, or delete it here"
            return Finding("unknown-source" if kinds == ("source",) else "unknown-id", message, hint)
        if kinds and link.kind not in kinds:
            return Finding(
                "wrong-kind",
                f"“{name}” is the wrong kind of record: {link.kind} instead of {wanted}",
                "write another id",
            )
        return link

    def find_path(self, path: str, from_path: str) -> Link | Finding:
        """Resolve a file named relative to the file that links to it, or an address on the site."""
        if path.startswith("/"):
            if link := self._addresses.get(path):
                return link
            hint = self._by_stem(path) or _did_you_mean(self.suggestions.nearest(path, self._address_names, 1))
            return Finding("unknown-link", f"no page has the address “{path}”", hint or NO_PAGE)
        file = compose(posixpath.normpath(posixpath.join(posixpath.dirname(from_path), path)))
        if file in self._paths:
            return self.links[self._paths[file]]
        stem = posixpath.basename(file).removesuffix(".md")
        if stem in self._drafts:
            return self.find(stem)
        near = self.suggestions.nearest(file, self._path_names, 1)
        hint = _did_you_mean([posixpath.relpath(one, posixpath.dirname(from_path)) for one in near])
        return Finding("unknown-link", f"there is no file “{file}”", hint or self._by_stem(path) or NO_PAGE)

    def _by_stem(self, path: str) -> str:
        """Return a hint if the last part of a path, without its ending, is the id of a record."""
        stem = posixpath.basename(path.rstrip("/")).partition(".")[0]
        return f"did you mean [[{stem}]]?" if stem in self.links else ""

    def find_heading(self, link: Link, heading: str) -> str | Finding:
        """Resolve the id or the words of a heading of a record to its id."""
        record = self.records.get(link.id)
        if record is None:
            return Finding(
                "unknown-anchor", f"“{link.title}” has no headings to link to", "delete the # and what follows it"
            )
        edition = self._editions.get(record.id, record)
        found = self._headings.find(edition, link.title, heading)
        if found is None and edition is not record:
            found = self._headings.find(record, link.title, heading)
            if isinstance(found, str) and self._headings.find(edition, link.title, found) != found:
                message = f"“{link.title}” has no heading “{found}”; only the page of which it is an edition has one"
                hint = f"write {{#{found}}} after the heading in {edition.path}, or delete the # and what follows it"
                return Finding("unknown-anchor", message, hint)
        if found is not None:
            return found
        close = self.suggestions.nearest(heading, self._headings.names(edition))
        hint = _did_you_mean(close) or "delete the # and what follows it"
        return Finding("unknown-anchor", f"“{link.title}” has no heading “{heading}”", hint)

    def is_checked_here(self, path: str) -> bool:
        """Whether links of a file are checked with this catalogue: in an edition, those of its own pages only."""
        return not self._editions or path in {one.path for one in self._editions.values()}

    def _names_of(self, record: Record) -> set[str]:
        kind = self.kinds[record.kind]
        titles = () if kind.title_field == kind.summary_field else (record.title,)
        return set(map(fold, (*titles, *record.aka)))

    def _ids_of(self, kinds: tuple[str, ...]) -> Names:
        """Return the ids of the records of some kinds, or of all."""
        if kinds not in self._ids:
            self._ids[kinds] = Names(name for name in self._usable if not kinds or self.links[name].kind in kinds)
        return self._ids[kinds]

    @cached_property
    def _titles(self) -> Names:
        return Names([*self._usable, *(self.records[name].title for name in self._usable)])

    @property
    def _usable(self) -> list[str]:
        """The ids of all records, without those that are reported."""
        return [name for name in self.links if is_id(name) and name not in self._unread]

    @cached_property
    def _address_names(self) -> Names:
        return Names(self._addresses)

    @cached_property
    def _path_names(self) -> Names:
        return Names(self._paths)

    def is_unread(self, name: str) -> bool:
        """Whether a record with this id is reported already: its file could not be read, or two have the id."""
        return posixpath.basename(name).removesuffix(".md") in self._unread

    def is_unnamed(self, name: str, kinds: tuple[str, ...] = ()) -> bool:
        """Whether this may be the id of a record whose id is reported, as no other record has a similar name."""
        if self._unnamed.isdisjoint(kinds or self._unnamed):
            return False
        return not self.suggestions.nearest(name, self._ids_of(kinds) if kinds else self._titles)

    def _suggest(self, name: str) -> str:
        return _did_you_mean(self.suggestions.nearest(name, self._titles))


def _did_you_mean(close: list[str]) -> str:
    if not close:
        return ""
    return f"did you mean {' or '.join(f'“{one}”' for one in close)}?"
