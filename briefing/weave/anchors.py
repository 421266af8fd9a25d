"""What each page of the site holds that others may link to: the ids within it."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.incremental.stored import digest
from briefing.model.records import Record
from briefing.model.steps import Held, Shell
from briefing.weave.site_index import Whole


def hold(whole: Whole, shells: tuple[Shell, ...]) -> tuple[Held, ...]:
    """List every address of the site with the ids in it, sorted by address."""
    records = {whole.catalogue.links[record.id].address: record for record in whole.records}
    entries: dict[str, list[str]] = {}
    for address in records:
        page, mark, anchor = address.partition("#")
        if mark:
            entries.setdefault(page, []).append(anchor)
    redirects = {address for record in whole.records for address in record.redirect_from}
    return tuple(
        _held(shell.address, records.get(shell.address), entries.get(shell.address, []), shell.address in redirects)
        for shell in sorted(shells, key=lambda shell: shell.address)
    )


def _held(address: str, record: Record | None, entries: list[str], redirected: bool) -> Held:
    if record is None:
        return Held(address, tuple(sorted(entries)), redirected=redirected)
    changes = digest(record.changes) if record.changes else ""
    path = record.path if record.kind in ("brief", "page") else ""
    return Held(address, tuple(sorted({*_anchors(record), *entries})), path, changes if path else "", redirected)


def _anchors(record: Record) -> Iterator[str]:
    """Give the ids of headings and those that the writer gave; footnotes have theirs by number and may move."""
    yield from (heading.id for heading in record.headings)
    yield from (anchor for anchor in record.anchors if not anchor.startswith(("fn:", "fnref")))
