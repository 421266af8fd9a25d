"""Outlines to pages: the only step that sees the whole site.

Runs over outlines alone, one pass for each concern, and never looks at a body.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefing.incremental.stored import Stored
from briefing.model.documents import Outline
from briefing.model.records import Record
from briefing.model.site import NO_NAMES, Site
from briefing.model.steps import Fault, Loom, Rules, Woven
from briefing.model.text import Link
from briefing.problems import nearest
from briefing.weave import checks as editor
from briefing.weave.addresses import arrange, check_addresses, check_ids
from briefing.weave.anchors import hold
from briefing.weave.backlinks import gather
from briefing.weave.catalogue import Catalogue
from briefing.weave.pages import indexes
from briefing.weave.pages.all import weave_files, weave_pages
from briefing.weave.pages.single_file import has_volume, weave_volume
from briefing.weave.pages.tables import has_data, weave_data
from briefing.weave.pages.upcoming import has_next, weave_next
from briefing.weave.resolve import Lookup
from briefing.weave.site_index import Whole

SETTINGS = "content/site.yaml"


def weave(loom: Loom) -> Woven:
    """Gather for every page exactly what it shows."""
    outlines = [stored.value for stored in loom.outlines]
    everything = arrange(record for outline in outlines for record in outline.records)
    published, drafts = _part(everything, loom)
    faults = [*check_ids(everything), *check_addresses(published)]
    guarded = next((outline.guarded for outline in outlines if outline.guarded), NO_NAMES)
    whole = _survey(loom, outlines, published, drafts)
    if whole is None:
        return Woven((), None, tuple(faults), Rules(), Stored.of(()), guarded)
    site, lookup, catalogue = whole.site, whole.lookup, whole.catalogue
    # The page that is one file comes first: it takes the longest, and begun last, one process would wait for it.
    pages = (*weave_volume(whole), *weave_pages(whole), *weave_next(whole), *weave_data(whole))
    files = tuple(weave_files(whole, pages))
    faults += [*lookup.faults, *_check_navigation(site, catalogue), *editor.review(whole)]
    faults.sort(key=lambda fault: (fault.path, fault.spot, fault.code))
    held = Stored.of(hold(whole, pages))
    shown = tuple((catalogue.links[one.id].address, one.path) for one in published if one.draft)
    withheld = tuple(sorted({one.path for one in drafts}))
    return Woven(pages + files, site, tuple(faults), editor.rules(whole), held, guarded, shown, withheld)


def survey(loom: Loom) -> Whole | None:
    """Gather what every page is made from, and make no page; nothing where the site has no settings."""
    outlines = [stored.value for stored in loom.outlines]
    return _survey(loom, outlines, *_part(arrange(one for outline in outlines for one in outline.records), loom))


def _part(everything: list[Record], loom: Loom) -> tuple[list[Record], list[Record]]:
    """Part records into those that are woven and the drafts that are not."""
    held_back = [record for record in everything if record.draft and not loom.drafts]
    return [record for record in everything if loom.drafts or not record.draft], held_back


def _survey(loom: Loom, outlines: list[Outline], published: list[Record], drafts: list[Record]) -> Whole | None:
    site = _settings(outlines, loom.base_url)
    if site is None:
        return None
    catalogue = Catalogue(published, drafts, [name for outline in outlines for name in outline.unread])
    for link in indexes.FIXED:
        catalogue.add_address(link)
    lookup = Lookup(catalogue, loom.images, site.pictures)
    catalogue.summarise(lookup.summary, catalogue.records)
    records = list(catalogue.records.values())
    whole = Whole(site, records, lookup, gather(records, lookup), loom.now)
    for link in _further(whole, loom.pdf):
        catalogue.add_address(link)
    return whole


def _further(whole: Whole, pdf: bool) -> Iterable[Link]:
    """Give the pages that only some sites have and that are no list of one kind."""
    if has_next(whole):
        yield indexes.NEXT
    if has_volume(whole):
        yield indexes.VOLUME
        if pdf:
            yield indexes.PDF
    if has_data(whole):
        yield indexes.DATA


def _settings(outlines: Iterable[Outline], base_url: str) -> Site | None:
    site = next((outline.site for outline in outlines if outline.site), None)
    if site is None or not base_url:
        return site
    return replace(site, base_url=base_url.rstrip("/"))


def _check_navigation(site: Site, catalogue: Catalogue) -> Iterable[Fault]:
    """Report links of the bar, the footer and the policies that lead nowhere."""
    known = [link.address for link in catalogue.links.values()]
    for link in (*site.navigation, *site.footer, *site.policies):
        if catalogue.at(link.url) is None:
            close = nearest(link.url, known, 1)
            hint = f"did you mean {close[0]}?" if close else "take it out until there is such a page"
            yield Fault(SETTINGS, -1, "unknown-link", f"no page has the address “{link.url}” (“{link.name}”)", hint)


__all__ = ["survey", "weave"]
