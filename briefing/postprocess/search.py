"""The search index, made by Pagefind from the rendered pages.

What readers find is a record: a page of its own, or an entry of a list. Pagefind reads HTML files, so each record is
laid out as one in a folder that is gone afterwards; what the index is made of never shows on the site.
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
from briefing.model.pages import Group, Page, View
from briefing.model.records import Number
from briefing.model.site import Site
from briefing.model.steps import SearchInput
from briefing.problems import BuildError, Finding
from briefing.text.dates import write_date

_APPARATUS = (
    ".bar", ".crumbs", ".contents", ".margin", ".meta", ".sources", ".mentions", ".support", ".note", ".changes",
    ".cite", ".end", ".chip", ".foot", ".letters", "#previews", "main .head h1",
)  # fmt: skip
"""What stands on a page and is not its text."""
_NEEDED = re.compile(
    r"pagefind(-worker)?\.js|pagefind-entry\.json|.*\.(pf_meta|pf_index|pf_filter|pf_fragment|pagefind)"
)
"""What a browser needs of what Pagefind writes; the rest are interfaces of its own."""
_TITLE_WEIGHT = 10
"""What a word in a title, or in another name, counts."""
_OURS = '<i data-pagefind-filter="ours:yes"></i>'
"""Marks what the site itself says. One value alone: Pagefind writes several in no settled order."""
_MEMORY = Path("/dev/shm")
"""Linux's folder in memory."""
_ROOM = 5
"""How many times the size of the pages must be free, for what is made of them too and for other programs."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What search knows of one record: where it is, how a result names and dates it, and what it is found by.

    `page` is its rendered page; what has none is found by `words` alone. `aka` are its other names.
    """

    address: str
    title: str
    kind: str
    date: str
    aka: tuple[str, ...]
    words: str
    page: bytes | None


def find(search_input: SearchInput) -> tuple[SearchEntry, ...]:
    """Give what can be found: every record with a page of its own, and every entry of a list."""
    findings: dict[str, SearchEntry] = {}
    for page, data in search_input.pages:
        for finding in _findings(page.once(), data, search_input.site):
            findings.setdefault(finding.address, finding)
    return tuple(findings[address] for address in sorted(findings))


def _findings(page: Page, data: Hashed[bytes], site: Site) -> Iterator[SearchEntry]:
    kind = BY_NAME.get(page.kind)
    if page.view and page.view.link.address == page.address:
        yield _finding(page.view, site, data.once())
    elif kind and kind.in_search and page.address == kind.listing:
        for view in _entries(page.groups):
            if "#" in view.link.address:
                yield _finding(view, site)


def _entries(groups: Sequence[Group]) -> Iterator[View]:
    for group in groups:
        yield from group.views


def _finding(view: View, site: Site, page: bytes | None = None) -> SearchEntry:
    translate = dict(site.words)
    day = getattr(view.detail, "date", "") or getattr(view.detail, "issued", "") or view.as_of or view.updated
    date = write_date(day, lambda words: translate.get(words, words))
    link = view.link
    names = (*view.aka, view.detail.value) if isinstance(view.detail, Number) else view.aka
    return SearchEntry(link.address, link.title, link.kind, date, names, link.summary, page)


def index(search_input: SearchInput) -> tuple[Rendered, ...]:
    """Give the files of the index."""
    findings = find(search_input)
    if not findings:
        return ()
    pages = [_lay_out(finding, search_input.site).encode() for finding in findings]
    try:
        with TemporaryDirectory(dir=_room(sum(map(len, pages)))) as folder:
            return tuple(_run(pages, Path(folder)))
    except (OSError, subprocess.CalledProcessError) as error:
        ended = "Pagefind ended with status"
        said = (error.strerror or error) if isinstance(error, OSError) else f"{ended} {error.returncode}"
        hint = "free some space for temporary files, or build with --no-search"
        raise BuildError([Finding("no-index", f"the search index cannot be made: {said}", hint).at("")]) from error


def _room(size: int) -> Path | None:
    """Name a folder in memory, where thousands of files come and go in no time; none where it is small or not there."""
    with suppress(OSError):
        if "TMPDIR" not in os.environ and disk_usage(_MEMORY).free > _ROOM * size and os.access(_MEMORY, os.W_OK):
            return _MEMORY
    return None


def _run(pages: Sequence[bytes], folder: Path) -> Iterator[Rendered]:
    """Give what Pagefind makes of pages."""
    laid, out = folder / "laid", folder / "out"
    laid.mkdir()
    for number, page in enumerate(pages):
        (laid / f"{number}.html").write_bytes(page)
    # The program itself, which the command `python -m pagefind` begins a tenth of a second later.
    command = [str(get_executable()), "--site", str(laid), "--output-path", str(out), "--quiet"]
    command += ["--root-selector", "main", "--exclude-selectors", ", ".join(_APPARATUS)]
    subprocess.run(command, check=True, capture_output=True)
    for path in sorted(path for path in out.rglob("*") if path.is_file() and _NEEDED.fullmatch(path.name)):
        data = path.read_bytes()
        yield Rendered(f"pagefind/{path.relative_to(out).as_posix()}", Hashed.of(data), size=len(data))


def _lay_out(finding: SearchEntry, site: Site) -> str:
    """Lay a record out as a page that Pagefind understands: what it is called, then what it says."""
    kind = BY_NAME[finding.kind]
    payload = {
        "title": finding.title,
        "kind": dict(site.words).get(kind.singular, kind.singular),
        "date": finding.date,
        "address": finding.address,
        "summary": finding.words,
        "names": "|".join((finding.title, *finding.aka)),
    }
    fields = "".join(f' data-{name}="{escape(words)}"' for name, words in payload.items())
    about = f'<i data-pagefind-meta="{", ".join(f"{name}[data-{name}]" for name in payload)}"{fields}></i>'
    if kind.own_words:
        about += _OURS
    about += f'<h1 data-pagefind-weight="{_TITLE_WEIGHT}">{escape(finding.title)}</h1>'
    if finding.aka:
        about += f'<p data-pagefind-weight="{_TITLE_WEIGHT}">{escape(", ".join(finding.aka))}.</p>'
    if finding.page is None or b"<main" not in finding.page:
        text = f"<p>{escape(finding.words)}</p>"
        return f'<!DOCTYPE html><html lang="{site.language}"><body><main>{about}{text}</main></body></html>'
    page = finding.page.decode()
    start = page.index(">", page.index("<main")) + 1
    return page[:start] + about + page[start:]
