"""Addresses: the order of records, and the check that no two pages have the same id or address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from briefing.locale.interface import Interface
from briefing.model.addresses import SERVER_HEADERS, address_of, fold, output_path
from briefing.model.kinds import Kind, by_name
from briefing.model.records import Record
from briefing.model.steps import PagePlan, PendingProblem
from briefing.problems import Finding
from briefing.weave.pages.links import FEEDS, ON_EVERY_SITE, OPTIONAL

_RESERVED = (
    *(link.address for link in (*ON_EVERY_SITE, *OPTIONAL, *FEEDS)),
    "/404.html",
    "/sitemap.xml",
    "/robots.txt",
    SERVER_HEADERS,
    "/manifest.json",
    "/next.ics",
    "/assets/",
    "/pagefind/",
)
"""Addresses that the generator itself uses."""
_FOLDERS = ("assets/", "pagefind/")
"""Folders whose files are not pages."""


def sort_records(records: Iterable[Record], kinds: Iterable[Kind], words: Interface) -> list[Record]:
    """Sort records as every list shows them: by kind, then by the kind's `sort_by`, their `order` and their titles.

    Titles are in the order of the language of `words`, as in the A to Z.
    """
    places = {kind.name: (place, kind.sort_by) for place, kind in enumerate(kinds)}
    return sorted(records, key=lambda record: _sort_key(record, words, *places[record.kind]))


def _sort_key(record: Record, words: Interface, place: int, sort_by: str) -> tuple[object, ...]:
    value = getattr(record.detail, sort_by, "") if sort_by else ""
    has_no_order = record.order == 0
    return (
        place,
        _in_order(value),
        getattr(record.detail, "time", ""),
        has_no_order,
        record.order,
        words.order(record.title),
        record.id,
    )


def _in_order(value: object) -> tuple[tuple[bool, int, str], ...]:
    """Return what a field is sorted by: its numbers as numbers, so that 10 and 5a are after 5; true before false."""
    if not isinstance(value, str):
        return ((value is not True, 0, ""),)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _NUMBERS.split(value))


_NUMBERS = re.compile(r"(\d+)")


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


def check_addresses(
    records: Sequence[Record], kinds: Sequence[Kind], plans: Iterable[PagePlan] = ()
) -> Iterable[PendingProblem]:
    """Report pages and redirects that would be the same file, also if only case or accents differ.

    `plans` are all pages of the site, of which some belong to no single record.
    """
    fixed = [*_RESERVED, *(kind.listing for kind in kinds if kind.listing)]
    named = by_name(kinds)
    claims = [(address_of(record, named[record.kind]), record) for record in records]
    claims += [(address, record) for record in records for address in record.redirect_from]
    generated = Counter(plan.address for plan in plans)
    generated.subtract(address for address, _ in claims)
    by_id: dict[str, list[Record]] = {}
    for record in records:
        by_id.setdefault(record.id, []).append(record)
    for address, times in generated.items():
        for part in dict.fromkeys(address.split("/")) if times > 1 else ():
            for record in by_id.get(part, ()):  # as for a person called “2025”, whose timeline is that of the year
                finding = Finding("address-clash", f"two pages have the address {address}", "choose another id")
                yield PendingProblem(record.path, record.span, finding)
    fixed += [address for address, times in generated.items() if times > 0]
    taken: dict[str, Record | None] = {_file(address): None for address in fixed}
    for address, record in claims:
        if "#" in address:
            continue
        file = _file(address)
        if file not in taken and not file.startswith(_FOLDERS):
            taken[file] = record
            continue
        holder = taken.get(file)
        if holder and holder is not record and holder.id == record.id and holder.kind == record.kind:
            continue  # their id is reported
        message = f"the address {address} is already used" + ("" if holder else " by a page that every site has")
        hint = "choose another file name, id or redirect_from"
        other = (holder.path, holder.span) if holder else None
        yield PendingProblem(record.path, record.span, Finding("address-clash", message, hint), other)


def _file(address: str) -> str:
    """Return the file of an address as the least careful disk or server would name it."""
    return fold(output_path(address)).removesuffix("index.html").rstrip("/").removesuffix(".html")
