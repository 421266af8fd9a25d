"""The search index, which Pagefind makes from the rendered pages.

Readers find records: a record has a page of its own or is an entry in a list. Pagefind reads HTML, so each record is
given to it as a page. These pages are not part of the site.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

from pagefind_bin import get_executable

from briefing.incremental.hashed import Hashed
from briefing.locale.interface import interface
from briefing.model.files import Rendered
from briefing.model.kinds import Kind, by_name
from briefing.model.pages import Page, View
from briefing.model.records import Number, Recommendation
from briefing.model.site import Site, menu_links
from briefing.model.steps import SearchInput
from briefing.problems import BuildError, Finding
from briefing.text.dates import write_date

_NOT_SEARCHED = (
    ".bar", ".crumbs", ".contents", ".margin", ".meta", ".sources", ".mentions", ".support", ".note", ".changes",
    ".cite", ".end", ".chip", ".foot", ".letters", ".questions", ".paths", "#UI--previews", "main .head h1",
)  # fmt: skip
"""Parts of a page that are not its text; some name other pages."""
_NEEDED = re.compile(
    r"pagefind(-worker)?\.js|pagefind-entry\.json|.*\.(pf_meta|pf_index|pf_filter|pf_fragment|pagefind)"
)
"""The files of Pagefind that a browser loads. The others are for Pagefind's own search page."""
_TITLE_WEIGHT = 10
"""The weight of a word in a title or another name."""
_PART = 1 << 16
"""How many bytes of an answer are read at a time."""
_OURS = '<i data-pagefind-filter="ours:yes"></i>'
"""Marks a record in the site's own words. There is one value, since Pagefind writes several in any order."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One record in the index, and how a search result shows it.

    `aka` are its other names. It is found by the words of `page`, its rendered page, or of its summary, `words`.
    """

    address: str
    title: str
    kind: str
    date: str
    aka: tuple[str, ...]
    words: str
    page: bytes | None


class _Finder:
    """Finds the entries of a site: every record with a page of its own, every list, and every entry of a list."""

    def __init__(self, site: Site) -> None:
        self.language = site.language
        self.words = interface(site.language, site.words)
        self.kinds = by_name(site.kinds)
        self.labels: dict[str, list[str]] = {}
        """The words that lead to an address in the bar and the footer."""
        for link in menu_links(site):
            self.labels.setdefault(link.url, []).append(link.name)

    def find(self, pages: Iterable[tuple[Hashed[Page], Hashed[bytes]]]) -> tuple[SearchEntry, ...]:
        """Return the entries of all pages, sorted by address."""
        entries: dict[str, SearchEntry] = {}
        for page, data in pages:
            for entry in self._entries_of(page.once(), data):
                entries.setdefault(entry.address, entry)
        return tuple(entries[address] for address in sorted(entries))

    def _entries_of(self, page: Page, data: Hashed[bytes]) -> Iterator[SearchEntry]:
        """Yield what readers can find of a page: its record or list, and the entries of the list."""
        kind = self.kinds.get(page.kind)
        labels = self.labels.get(page.address, [])
        is_listing = kind is not None and page.address == kind.listing
        if page.view and page.view.link.address == page.address:
            yield self._entry(page.view, data.once(), labels)
        elif labels or is_listing:
            yield self._entry_of_list(page, kind, labels)
        if kind and is_listing and kind.in_search:
            for view in (view for group in page.groups for view in group.views):
                if "#" in view.link.address:
                    yield self._entry(view)

    def _entry(self, view: View, page: bytes | None = None, labels: Sequence[str] = ()) -> SearchEntry:
        day = getattr(view.detail, "date", "") or getattr(view.detail, "issued", "") or view.as_of or view.updated
        link, names = view.link, (*view.aka, *labels)
        if isinstance(view.detail, Number):
            names = (*names, view.detail.value)
        if isinstance(view.detail, Recommendation):
            names = (*names, f"{self.kinds[link.kind].singular} {view.detail.number}")
        date = write_date(day, self.words.say)
        return SearchEntry(link.address, link.title, link.kind, date, names, link.summary, page)

    def _entry_of_list(self, page: Page, kind: Kind | None, labels: Sequence[str]) -> SearchEntry:
        """Return a list as an entry, with its everyday names, and those of its entries if search does not find them."""
        names = [*labels]
        if kind:
            names += [name.strip() for name in kind.also.split(",") if name]
        if kind and not kind.in_search and kind.own_words:
            names += [view.link.title for group in page.groups for view in group.views]
        return SearchEntry(page.address, page.title, "page", "", tuple(dict.fromkeys(names)), page.summary, None)


def index(search_input: SearchInput) -> tuple[Rendered, ...]:
    """Return the files of the index."""
    finder = _Finder(search_input.site)
    entries = finder.find(search_input.pages)
    if not entries:
        return ()
    names = json.dumps(_words_of_names(entries), ensure_ascii=False).encode()
    try:
        files = tuple(_run([_write_page(entry, finder) for entry in entries]))
    except OSError as error:
        hint = "free some memory, or build with --no-search"
        finding = Finding("no-index", f"the search index cannot be made: {error.strerror or error}", hint)
        raise BuildError([finding.at("")]) from error
    return (*files, Rendered("pagefind/names.json", Hashed.of(names), size=len(names)))


def _words_of_names(entries: Sequence[SearchEntry]) -> list[str]:
    """Return the different words of all names, in small letters without accents, for misspelt ones."""
    names = " ".join(name for entry in entries for name in (entry.title, *entry.aka))
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", names) if not unicodedata.combining(sign))
    return sorted({word for word in re.findall(r"[^\W_]+", plain.lower()) if len(word) > 2})


def _run(pages: Sequence[str]) -> Iterator[Rendered]:
    """Return the files that Pagefind makes from pages. Raises an `OSError` if it cannot."""
    config = {"root_selector": "main", "exclude_selectors": _NOT_SEARCHED}
    with Popen([str(get_executable()), "--service"], stdin=PIPE, stdout=PIPE, stderr=DEVNULL) as service:
        _ask(service, type="NewIndex", config=config)
        for number, page in enumerate(pages):
            _ask(service, type="AddFile", index_id=0, file_path=f"{number}.html", file_contents=page)
        files = _ask(service, type="GetFiles", index_id=0)["files"]
    for file in sorted(files, key=lambda file: file["path"]):
        if _NEEDED.fullmatch(file["path"].rpartition("/")[2]):
            data = b64decode(file["content"])
            yield Rendered(f"pagefind/{file['path']}", Hashed.of(data), size=len(data))


def _ask(service: Popen[bytes], **payload: object) -> dict[str, Any]:
    """Return the answer of Pagefind to one message.

    A message and an answer are JSON in Base64 with a comma after it, as Pagefind's own client for Python writes them.
    """
    assert service.stdin and service.stdout
    service.stdin.write(b64encode(json.dumps({"message_id": 1, "payload": payload}).encode()) + b",")
    service.stdin.flush()
    data = bytearray()
    while not data.endswith(b","):
        part = os.read(service.stdout.fileno(), _PART)
        if not part:
            raise OSError(f"Pagefind ended with status {service.wait()}")
        data += part
    answer: dict[str, Any] = json.loads(b64decode(data[:-1]))["payload"]
    if answer["type"] == "Error":
        raise OSError(f"Pagefind says: {answer['message']}")
    return answer


def _write_page(entry: SearchEntry, finder: _Finder) -> str:
    """Write a record as a page for Pagefind: its names, then its text."""
    kind = finder.kinds[entry.kind]
    payload = {
        "title": entry.title,
        "kind": kind.singular,
        "date": entry.date,
        "address": entry.address,
        "summary": entry.words,
        "names": "|".join((entry.title, *entry.aka)),
    }
    fields = "".join(f' data-{name}="{escape(words)}"' for name, words in payload.items())
    about = f'<i data-pagefind-meta="{", ".join(f"{name}[data-{name}]" for name in payload)}"{fields}></i>'
    if kind.own_words:
        about += _OURS
    about += f'<h1 data-pagefind-weight="{_TITLE_WEIGHT}">{escape(entry.title)}</h1>'
    if entry.aka:
        about += f'<p data-pagefind-weight="{_TITLE_WEIGHT}">{escape(", ".join(entry.aka))}.</p>'
    if entry.page is None or b"<main" not in entry.page:
        text = f"<p>{escape(entry.words)}</p>"
        return f'<!DOCTYPE html><html lang="{finder.language}"><body><main>{about}{text}</main></body></html>'
    page = entry.page.decode()
    start = page.index(">", page.index("<main")) + 1
    return page[:start] + about + page[start:]
