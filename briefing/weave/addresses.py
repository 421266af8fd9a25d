"""Addresses: the order of records, and the check that no two pages have the same id or address."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from briefing.model.addresses import address_of, output_path
from briefing.model.kinds import BY_NAME, KINDS
from briefing.model.records import Record
from briefing.model.steps import PendingProblem
from briefing.problems import Finding
from briefing.weave.pages.links import FEEDS, ON_EVERY_SITE, OPTIONAL

_RESERVED = (
    *(link.address for link in (*ON_EVERY_SITE, *OPTIONAL, *FEEDS)),
    "/404.html",
    "/sitemap.xml",
    "/robots.txt",
    "/manifest.json",
    "/next.ics",
    "/assets/",
    "/pagefind/",
)
"""Addresses that the generator itself uses."""


_PLACES = {kind.name: place for place, kind in enumerate(KINDS)}


def sort_records(records: Iterable[Record]) -> list[Record]:
    """Sort records as every list shows them: by kind, then by the kind's `sort_by`, their `order` and their titles."""
    return sorted(records, key=_sort_key)


def _sort_key(record: Record) -> tuple[int, int, str, bool, int, str, str]:
    value = getattr(record.detail, BY_NAME[record.kind].sort_by, 0)
    text = value if isinstance(value, str) else ""
    number = -value if isinstance(value, bool) else value if isinstance(value, int) else 0
    has_no_order = record.order == 0
    return _PLACES[record.kind], number, text, has_no_order, record.order, record.title.casefold(), record.id


def check_ids(records: Sequence[Record]) -> Iterable[PendingProblem]:
    """Report each id that two records have, with both places."""
    first: dict[str, Record] = {}
    for record in records:
        before = first.setdefault(record.id, record)
        if before is not record:
            message = f"two records have the id “{record.id}”"
            hint = "give one of them another id; two records cannot have the same id, whatever their kind"
            finding = Finding("id-clash", message, hint)
            yield PendingProblem(record.path, record.span, finding, (before.path, before.span))


def check_addresses(records: Sequence[Record]) -> Iterable[PendingProblem]:
    """Report pages and redirects that would be the same file, also if only case or accents differ."""
    fixed = [*_RESERVED, *(kind.listing for kind in KINDS if kind.listing)]
    taken: dict[str, Record | None] = {_file(address): None for address in fixed}
    claims = [(address_of(record), record) for record in records]
    claims += [(address, record) for record in records for address in record.redirect_from]
    for address, record in claims:
        if "#" in address:
            continue
        file = _file(address)
        if file not in taken and not file.startswith("assets/"):
            taken[file] = record
            continue
        holder = taken.get(file)
        message = f"the address {address} is already used" + ("" if holder else " by a page that every site has")
        hint = "choose another file name, id or redirect_from"
        other = (holder.path, holder.span) if holder else None
        yield PendingProblem(record.path, record.span, Finding("address-clash", message, hint), other)


def _file(address: str) -> str:
    """Return the file of an address as the least careful disk or server would name it."""
    file = unicodedata.normalize("NFC", output_path(address)).casefold()
    return file.removesuffix("index.html").rstrip("/").removesuffix(".html")
