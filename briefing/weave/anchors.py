"""The ids in each page that links of other sites may use, for the check of what was published."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.incremental.hashed import digest
from briefing.model.kinds import Kind
from briefing.model.records import Record
from briefing.model.steps import PageAnchors, PagePlan
from briefing.weave.site_index import SiteIndex


def list_anchors(index: SiteIndex, plans: tuple[PagePlan, ...]) -> tuple[PageAnchors, ...]:
    """List every address of the site with the ids in its page, sorted by address."""
    all_records = (*index.records, *index.editions)
    records = {index.catalogue.links[record.id].address: record for record in all_records}
    entries: dict[str, list[str]] = {}
    for address in records:
        page, mark, anchor = address.partition("#")
        if mark:
            entries.setdefault(page, []).append(anchor)
    redirects = {address for record in all_records for address in record.redirect_from}
    return tuple(
        _page_anchors(
            plan.address,
            records.get(plan.address),
            index.catalogue.kinds,
            entries.get(plan.address, []),
            plan.address in redirects,
        )
        for plan in sorted(plans, key=lambda plan: plan.address)
    )


def _page_anchors(
    address: str, record: Record | None, kinds: dict[str, Kind], entries: list[str], redirected: bool
) -> PageAnchors:
    if record is None:
        return PageAnchors(address, tuple(sorted(entries)), redirected=redirected)
    changes = digest(record.changes) if record.changes else ""
    path = record.path if kinds[record.kind].own_file else ""
    anchors = tuple(sorted({*_ids(record), *entries}))
    return PageAnchors(address, anchors, path, changes if path else "", redirected, record.publish_on)


def _ids(record: Record) -> Iterator[str]:
    """Yield the ids of headings and those that the writer gave; the ids of footnotes are numbers, which may change."""
    yield from (heading.id for heading in record.headings)
    yield from (anchor for anchor in record.anchors if not anchor.startswith(("fn:", "fnref")))
