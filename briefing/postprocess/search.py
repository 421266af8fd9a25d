"""The search index, which Pagefind makes from the rendered pages.

Readers find records: a record has a page of its own or is an entry in a list. Pagefind reads HTML, so each record is
laid out for it as a page, without what the search does not read. These pages are not part of the site. The index of a
large site has parts, so that an edit of one record makes one part again. Browsers merge them.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
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
from briefing.model.steps import SearchEntry, SearchInput, SearchPart
from briefing.model.text import Link
from briefing.problems import BuildError, Finding
from briefing.text.dates import write_date

_NOT_SEARCHED = (
    ".bar", ".crumbs", ".contents", ".margin", ".meta", ".sources", ".mentions", ".support", ".note", ".changes",
    ".cite", ".end", ".chip", ".foot", ".letters", ".questions", ".paths", "#UI--previews", "main .head h1",
)  # fmt: skip
"""Parts of a page that are not its text; some name other pages."""
_LEFT_OUT = re.compile(r'<(section|div|aside|nav) (?:[^<>]* )?class="(?:mentions|sources|note|end|cite|support)"')
"""The start of those that may change when another page does. They are taken out, so that this makes no new index."""
_MAIN = re.compile(r'<html lang="([^"]*)".*?<main\b[^>]*>(.*</main>)', re.DOTALL)
_NEEDED = re.compile(
    r"(?P<shared>pagefind(-worker)?\.js|.*\.pagefind)|pagefind-entry\.json|.*\.(pf_meta|pf_index|pf_filter|pf_fragment)"
)
"""The files of Pagefind that a browser loads, and those that all parts share. Others are for Pagefind's own page."""
_MOST = 640
"""Records in an index that has one part. The fewer parts there are, the less a browser loads."""
_PARTS = 8
"""Parts of the index of a larger site. With a fixed number, one record more moves no other to another part."""
_CHUNK = 20_000
"""Pagefind's own size of the pieces of an index. A word needs one of each part, so pieces of parts are smaller."""
_TITLE_WEIGHT = 10
"""The weight of a word in a title or another name."""
_PART = 1 << 16
"""How many bytes of an answer are read at a time."""
_OURS = '<i data-pagefind-filter="ours:yes"></i>'
"""Marks a record in the site's own words. There is one value, since Pagefind writes several in any order."""


class _Finder:
    """Finds the entries of a site: every record with a page of its own, every list, and every entry of a list."""

    def __init__(self, site: Site) -> None:
        self.language = site.language
        self.prefix = site.prefix
        self.words = interface(site.language, site.words)
        self.kinds = by_name(site.kinds)
        self.labels: dict[str, list[str]] = {}
        """The words that lead to an address in the bar and the footer."""
        for link in menu_links(site):
            self.labels.setdefault(link.url, []).append(link.name)

    def find(self, page: Page, data: Hashed[bytes]) -> Iterator[SearchEntry]:
        """Yield what readers can find of a page: its record or list, and the entries of the list."""
        kind, address = self.kinds.get(page.kind), page.address.removeprefix(self.prefix)
        labels = self.labels.get(address, [])
        is_listing = kind is not None and address == kind.listing
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
        return self._lay_out(link, write_date(day, self.words.say), names, page)

    def _entry_of_list(self, page: Page, kind: Kind | None, labels: Sequence[str]) -> SearchEntry:
        """Return a list as an entry, with its everyday names, and those of its entries if search does not find them."""
        names = [*labels]
        if kind:
            names += [name.strip() for name in kind.also.split(",") if name]
        if kind and not kind.in_search and kind.own_words:
            names += [view.link.title for group in page.groups for view in group.views]
        return self._lay_out(Link("", "page", page.title, page.summary, page.address), "", tuple(dict.fromkeys(names)))

    def _lay_out(self, link: Link, date: str, aka: tuple[str, ...], page: bytes | None = None) -> SearchEntry:
        """Write a record as a page for Pagefind: its names, then the text of its page, or else its summary."""
        kind = self.kinds[link.kind]
        payload = {
            "title": link.title,
            "kind": kind.singular,
            "date": date,
            "address": link.address,
            "summary": link.summary,
            "names": "|".join((link.title, *aka)),
        }
        fields = "".join(f' data-{name}="{escape(words)}"' for name, words in payload.items())
        about = f'<i data-pagefind-meta="{", ".join(f"{name}[data-{name}]" for name in payload)}"{fields}></i>'
        if kind.own_words:
            about += _OURS
        about += f'<h1 data-pagefind-weight="{_TITLE_WEIGHT}">{escape(link.title)}</h1>'
        if aka:
            about += f'<p data-pagefind-weight="{_TITLE_WEIGHT}">{escape(", ".join(aka))}.</p>'
        language, text = self.language, f"<p>{escape(link.summary)}</p></main>"
        if page and (found := _MAIN.search(page.decode())):
            language, text = found[1], _without(found[2])
        laid_out = f'<!DOCTYPE html><html lang="{language}"><body><main>{about}{text}</body></html>'
        return SearchEntry(link.address, (link.title, *aka), Hashed.of(laid_out.encode()))


def lay_out(search_input: SearchInput) -> tuple[SearchEntry, ...]:
    """Return what readers can find of a page."""
    return tuple(_finder(search_input.site).find(search_input.page.once(), search_input.data))


@lru_cache(maxsize=2)
def _finder(site: Hashed[Site]) -> _Finder:
    return _Finder(site.value)


def divide(found: Iterable[SearchEntry]) -> tuple[SearchPart, ...]:
    """Divide entries among the parts of the index. Of entries with the same address, the first is taken."""
    entries: dict[str, SearchEntry] = {}
    for entry in found:
        entries.setdefault(entry.address, entry)
    count = _PARTS if len(entries) > _MOST else 1
    parts: list[list[Hashed[bytes]]] = [[] for _ in range(count)]
    for address in sorted(entries):
        parts[sha256(address.encode()).digest()[0] % count].append(entries[address].page)
    return tuple(SearchPart(number, count, tuple(pages)) for number, pages in enumerate(filter(None, parts)))


def index(part: SearchPart) -> tuple[Rendered, ...]:
    """Return the files of one part of the index."""
    try:
        return tuple(_run(part))
    except OSError as error:
        hint = "free some memory, or build with --no-search"
        finding = Finding("no-index", f"the search index cannot be made: {error.strerror or error}", hint)
        raise BuildError([finding.at("")]) from error


def describe(found: Iterable[SearchEntry], parts: int) -> tuple[Rendered, ...]:
    """Return the files that say which parts an index has, and which words its names have, for misspelt ones."""
    folders, words = [f"{number}/" for number in range(1, parts)], _words_of_names(found)
    return _write("parts", folders), _write("names", words)


def _write(name: str, values: Sequence[str]) -> Rendered:
    data = json.dumps(values, ensure_ascii=False).encode()
    return Rendered(f"pagefind/{name}.json", Hashed.of(data), size=len(data))


def _words_of_names(entries: Iterable[SearchEntry]) -> list[str]:
    """Return the different words of all names, in small letters without accents."""
    names = " ".join(name for entry in entries for name in entry.names)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", names) if not unicodedata.combining(sign))
    return sorted({word for word in re.findall(r"[^\W_]+", plain.lower()) if len(word) > 2})


def _run(part: SearchPart) -> Iterator[Rendered]:
    """Return the files that Pagefind makes of a part. Raises an `OSError` if it cannot."""
    config = {"root_selector": "main", "exclude_selectors": _NOT_SEARCHED}
    settings = os.environ | {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(_CHUNK // part.of)}
    program = [str(get_executable()), "--service"]
    with Popen(program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=settings) as service:
        _ask(service, type="NewIndex", config=config)
        for number, page in enumerate(part.pages):
            _ask(service, type="AddFile", index_id=0, file_path=f"{number}.html", file_contents=page.once().decode())
        files = _ask(service, type="GetFiles", index_id=0)["files"]
    folder = f"pagefind/{part.number}/" if part.number else "pagefind/"
    for file in sorted(files, key=lambda file: file["path"]):
        needed = _NEEDED.fullmatch(file["path"].rpartition("/")[2])
        if needed and not (part.number and needed["shared"]):
            data = b64decode(file["content"])
            yield Rendered(folder + file["path"], Hashed.of(data), size=len(data))


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


def _without(page: str) -> str:
    """Return a page without the parts that are left out."""
    pieces, start = [], 0
    while opening := _LEFT_OUT.search(page, start):
        depth, end = 0, -1
        for tag in re.finditer(rf"<(/?){opening[1]}\b[^>]*>", page[opening.start() :]):
            depth += -1 if tag[1] else 1
            if not depth:
                end = opening.start() + tag.end()
                break
        if end < 0:  # a template that does not close it
            break
        pieces.append(page[start : opening.start()])
        start = end
    return "".join([*pieces, page[start:]])
