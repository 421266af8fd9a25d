"""The search index, which Pagefind makes from the rendered pages.

Readers find records: a record has a page of its own or is an entry in a list. Pagefind reads HTML files, so one is
written for each record, in a temporary folder. These files are not part of the site.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

from pagefind_bin import get_executable

from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.model.kinds import BY_NAME
from briefing.model.pages import Page, View
from briefing.model.records import Number
from briefing.model.site import Site
from briefing.model.steps import SearchInput
from briefing.problems import BuildError, Finding
from briefing.text.dates import write_date

_NOT_SEARCHED = (
    ".bar", ".crumbs", ".contents", ".margin", ".meta", ".sources", ".mentions", ".support", ".note", ".changes",
    ".cite", ".end", ".chip", ".foot", ".letters", "#UI--previews", "main .head h1",
)  # fmt: skip
"""Parts of a page that are not its text."""
_NEEDED = re.compile(
    r"pagefind(-worker)?\.js|pagefind-entry\.json|.*\.(pf_meta|pf_index|pf_filter|pf_fragment|pagefind)"
)
"""The files of Pagefind that a browser loads. The others are for Pagefind's own search page."""
_TITLE_WEIGHT = 10
"""The weight of a word in a title or another name."""
_OURS = '<i data-pagefind-filter="ours:yes"></i>'
"""Marks a record in the site's own words. There is one value, since Pagefind writes several in any order."""
_MEMORY = Path("/dev/shm")
"""Linux's folder in memory."""
_SPACE = 5
"""How many times the size of the pages must be free there, for the index too and for other programs."""


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


def find(search_input: SearchInput) -> tuple[SearchEntry, ...]:
    """Return what readers can find: every record with a page of its own, and every entry of a list."""
    entries: dict[str, SearchEntry] = {}
    for page, data in search_input.pages:
        for entry in _entries_of(page.once(), data, search_input.site):
            entries.setdefault(entry.address, entry)
    return tuple(entries[address] for address in sorted(entries))


def _entries_of(page: Page, data: Hashed[bytes], site: Site) -> Iterator[SearchEntry]:
    kind = BY_NAME.get(page.kind)
    if page.view and page.view.link.address == page.address:
        yield _entry(page.view, site, data.once())
    elif kind and kind.in_search and page.address == kind.listing:
        for view in (view for group in page.groups for view in group.views):
            if "#" in view.link.address:
                yield _entry(view, site)


def _entry(view: View, site: Site, page: bytes | None = None) -> SearchEntry:
    translate = dict(site.words)
    day = getattr(view.detail, "date", "") or getattr(view.detail, "issued", "") or view.as_of or view.updated
    date = write_date(day, lambda words: translate.get(words, words))
    link = view.link
    names = (*view.aka, view.detail.value) if isinstance(view.detail, Number) else view.aka
    return SearchEntry(link.address, link.title, link.kind, date, names, link.summary, page)


def index(search_input: SearchInput) -> tuple[Rendered, ...]:
    """Return the files of the index."""
    entries = find(search_input)
    if not entries:
        return ()
    pages = [_write_page(entry, search_input.site).encode() for entry in entries]
    try:
        with TemporaryDirectory(dir=_memory_folder(sum(map(len, pages)))) as folder:
            return tuple(_run(pages, Path(folder)))
    except (OSError, subprocess.CalledProcessError) as error:
        ended = "Pagefind ended with status"
        reason = (error.strerror or error) if isinstance(error, OSError) else f"{ended} {error.returncode}"
        hint = "free some space for temporary files, or build with --no-search"
        raise BuildError([Finding("no-index", f"the search index cannot be made: {reason}", hint).at("")]) from error


def _memory_folder(size: int) -> Path | None:
    """Return a folder in memory, which is fastest for thousands of files; None if it is too small or does not exist."""
    with suppress(OSError):
        if "TMPDIR" not in os.environ and disk_usage(_MEMORY).free > _SPACE * size and os.access(_MEMORY, os.W_OK):
            return _MEMORY
    return None


def _run(pages: Sequence[bytes], folder: Path) -> Iterator[Rendered]:
    """Return the files that Pagefind makes from pages."""
    source, out = folder / "source", folder / "out"
    source.mkdir()
    for number, page in enumerate(pages):
        (source / f"{number}.html").write_bytes(page)
    # Called directly: `python -m pagefind` starts it a tenth of a second later.
    command = [str(get_executable()), "--site", str(source), "--output-path", str(out), "--quiet"]
    command += ["--root-selector", "main", "--exclude-selectors", ", ".join(_NOT_SEARCHED)]
    subprocess.run(command, check=True, capture_output=True)
    for path in sorted(path for path in out.rglob("*") if path.is_file() and _NEEDED.fullmatch(path.name)):
        data = path.read_bytes()
        yield Rendered(f"pagefind/{path.relative_to(out).as_posix()}", Hashed.of(data), size=len(data))


def _write_page(entry: SearchEntry, site: Site) -> str:
    """Write a record as a page for Pagefind: its names, then its text."""
    kind = BY_NAME[entry.kind]
    payload = {
        "title": entry.title,
        "kind": dict(site.words).get(kind.singular, kind.singular),
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
        return f'<!DOCTYPE html><html lang="{site.language}"><body><main>{about}{text}</main></body></html>'
    page = entry.page.decode()
    start = page.index(">", page.index("<main")) + 1
    return page[:start] + about + page[start:]
