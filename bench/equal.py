"""Whether a built site holds what the corpus says: the same work for every generator, read from its output."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from html.parser import HTMLParser
from multiprocessing import get_context
from pathlib import Path
from posixpath import join, normpath

from bench.corpus import DAY, SECTIONS, body, linked, name, title

_SENTENCE = re.compile(r"[A-Z][a-z]+(?: [a-z]+){7,}\.")
_AT_ONCE = 100
_ROWS, _NOTES = 5, 2
_ITEMS = 4 + len(SECTIONS) + _NOTES
"""Of the list, of the contents and of the notes."""


class _Page(HTMLParser):
    """One page, reduced to what is counted."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.days: set[str] = set()
        self.links: list[tuple[str, str, bool]] = []
        """Address, words, and whether it stands raised, as a note's number does."""
        self.headings: dict[str, tuple[str, str]] = {}
        """Tag and words of each heading by its id, or by its words where it has none."""
        self.ids: set[str] = set()
        self.count: dict[str, int] = {}
        self.words = ""
        self._pieces: list[str] = []
        self._raised = False
        self._open: dict[str, tuple[str, int]] = {}
        self.feed(html)
        self.close()
        self.words = " ".join("".join(self._pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.count[tag] = self.count.get(tag, 0) + 1
        if found := given.get("id"):
            self.ids.add(found)
        if tag == "time":
            self.days.add(given.get("datetime") or "")
        elif tag == "sup":
            self._raised = True
        if tag in ("a", "h1", "h2"):
            self._open[tag] = (given.get("href" if tag == "a" else "id") or "", len(self._pieces))

    def handle_endtag(self, tag: str) -> None:
        if tag == "sup":
            self._raised = False
        elif tag in self._open:
            attribute, start = self._open.pop(tag)
            words = " ".join("".join(self._pieces[start:]).split())
            if tag == "a":
                self.links.append((attribute, words, self._raised))
            else:
                self.headings[attribute or words] = (tag, words)

    def handle_data(self, data: str) -> None:
        self._pieces.append(data)


def find_faults(output: Path, count: int, titles: dict[int, str] | None = None) -> list[str]:
    """Say all in which a built site falls short of the corpus; `titles` are those edited since, by number."""
    files = frozenset(
        os.path.relpath(os.path.join(where, name), output) for where, _, names in os.walk(output) for name in names
    )
    pages = {path for path in files if re.fullmatch(r"briefs/[^/]+/index\.html", path)}
    faults = [f"{path}: no such brief" for path in sorted(pages - {page_of(number) for number in range(count)})]
    faults += _listing_faults(output, files, count, titles or {})
    check = partial(_page_faults, output, files, count, titles or {})
    if count <= _AT_ONCE:
        return faults + [fault for number in range(count) for fault in check(number)]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        return faults + [fault for found in pool.map(check, range(count), chunksize=_AT_ONCE) for fault in found]


def address_of(number: int) -> str:
    """Return the address of a brief."""
    return f"/briefs/{name(number)}/"


def page_of(number: int) -> str:
    """Name the file of a brief's page."""
    return f"briefs/{name(number)}/index.html"


def _listing_faults(output: Path, files: frozenset[str], count: int, titles: dict[int, str]) -> Iterator[str]:
    """Say which briefs no list names, with its title."""
    listed: set[tuple[str, str]] = set()
    for path in ("index.html", "briefs/index.html"):
        if path in files:
            links = _Page((output / path).read_text(encoding="utf-8")).links
            listed |= {(_target(path, address), words) for address, words, _ in links}
    for number in range(count):
        if (page_of(number), titles.get(number, title(number))) not in listed:
            yield f"{page_of(number)}: on no list under its title"


def _page_faults(output: Path, files: frozenset[str], count: int, titles: dict[int, str], number: int) -> list[str]:
    """Say what one page lacks."""
    path = page_of(number)
    if path not in files:
        return [f"{path}: missing"]
    page = _Page((output / path).read_text(encoding="utf-8"))
    return [f"{path}: {fault}" for fault in _lacking(page, path, files, count, titles, number)]


def _lacking(
    page: _Page, path: str, files: frozenset[str], count: int, titles: dict[int, str], number: int
) -> Iterable[str]:
    if ("h1", titles.get(number, title(number))) not in page.headings.values():
        yield "no title"
    if DAY not in page.days:
        yield "no date"
    contents = {(address[1:], words) for address, words, raised in page.links if address[:1] == "#" and not raised}
    for section in SECTIONS:
        places = [place for place, heading in page.headings.items() if heading == ("h2", section)]
        if not places:
            yield f"no heading “{section}”"
        elif (places[0], section) not in contents or places[0] not in page.ids:
            yield f"“{section}” is not on the contents list"
    notes = [address[1:] for address, _, raised in page.links if raised and address[:1] == "#"]
    if len(notes) != _NOTES or not page.ids.issuperset(notes):
        yield f"{len(notes)} notes that lead anywhere, not {_NOTES}"
    targets = {_target(path, address) for address, _, _ in page.links if _is_ours(address)}
    for target in sorted(targets - files):
        yield f"a link to {target}, which is not there"
    for other in linked(number, count):
        if page_of(other) not in targets:
            yield f"no link to {page_of(other)}"
    for tag, least in (("table", 1), ("tr", _ROWS), ("li", _ITEMS), ("blockquote", 1), ("sup", _NOTES)):
        if page.count.get(tag, 0) < least:
            yield f"{page.count.get(tag, 0)} × {tag}, not {least}"
    for sentence in _SENTENCE.findall(body(number, count, title)):
        if sentence not in page.words:
            yield f"the sentence “{sentence}” is missing"


def _is_ours(address: str) -> bool:
    return not re.match(r"#|//|[a-z]+:", address)


def _target(path: str, address: str) -> str:
    """Return the file that a link of a page leads to."""
    found = normpath(join("/" + path, "..", address.partition("#")[0])).lstrip("/")
    return join(found, "index.html") if address.partition("#")[0].endswith("/") else found
