"""The step itself: all outlines in, the plans of all pages out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import repeat
from pathlib import PurePosixPath

from briefing.incremental.hashed import Hashed
from briefing.locale.interface import interface
from briefing.model.addresses import CARD, address_of, compose
from briefing.model.blocked_names import NO_NAMES
from briefing.model.documents import Outline
from briefing.model.kinds import Kind
from briefing.model.records import PageDetail, Record, Support
from briefing.model.site import SETTINGS_PATH, Help, MenuEntry, Named, Site, menu_links
from briefing.model.steps import PendingProblem, Rules, WeaveInput, WovenSite
from briefing.problems import Finding
from briefing.suggestions import Names
from briefing.weave.addresses import check_addresses, check_ids, sort_records
from briefing.weave.anchors import list_anchors
from briefing.weave.attribution import check_attribution
from briefing.weave.backlinks import find_backlinks
from briefing.weave.catalogue import HOME_PAGE, Catalogue
from briefing.weave.checks import check_brackets, check_settings, check_site, make_rules
from briefing.weave.editions import base_of, check_edition_settings, check_versions, list_edition_sites, place_editions
from briefing.weave.evidence import attach_evidence, leave_dead_links
from briefing.weave.files import Files
from briefing.weave.pages.days import list_shown
from briefing.weave.pages.editions import plan_edition
from briefing.weave.pages.links import ON_EVERY_SITE, SEARCH
from briefing.weave.pages.plans import optional_links, plan_files, plan_pages
from briefing.weave.resolve import Resolver
from briefing.weave.site_index import SiteIndex
from briefing.weave.translation import translate

_OF_THE_WHOLE = {
    "uncited-source",
    "no-primary-source",
    "one-publisher",
    "orphan-page",
    "unattributed",
    "unused",
}
"""Problems that say what no record of the site does or has."""


def weave(weave_input: WeaveInput) -> WovenSite:
    """Plan every page of the site, and find what is wrong with the site as a whole."""
    outlines, kinds = [outline.value for outline in weave_input.outlines], weave_input.vocabulary.value.kinds
    settings = _settings(outlines, weave_input)
    records = _in_order(outlines, kinds, settings)
    published, drafts = _split_drafts(records, weave_input)
    blocked_names = next((outline.blocked_names for outline in outlines if outline.blocked_names), NO_NAMES)
    if settings is None:
        originals = [record for record in published if not record.edition_of]  # where editions are depends on settings
        found = (*check_ids(records), *check_addresses(originals, kinds))
        return WovenSite((), None, found, Rules(), Hashed.of(()), blocked_names)
    unread, missing = _unread(outlines, records), _missing(outlines, kinds)
    published, wrong_editions = place_editions(published, drafts, settings, unread)
    index = _index(weave_input, settings, outlines, published, drafts)
    site, resolver, catalogue = index.site, index.resolver, index.catalogue
    named = replace(site, kinds=settings.kinds, statuses=settings.statuses, tiers=settings.tiers)
    of_editions = [plan_edition(index, one, weave_input.originals) for one in list_edition_sites(index.editions, named)]
    site = replace(site, editions=tuple(one.site for one in of_editions))
    pages = (*plan_pages(index), *(plan for one in of_editions for plan in one.pages))
    files = (*plan_files(index, pages), *(plan for one in of_editions for plan in one.files))
    problems = [*check_ids(records), *wrong_editions, *(problem for one in of_editions for problem in one.problems)]
    problems += [*check_addresses(published, kinds, pages + files)]
    problems += [*resolver.problems, *check_site(index), *check_settings(site), *check_brackets(index, outlines)]
    problems += check_edition_settings(site)
    problems += check_versions(index.editions, {one.id: one for one in weave_input.originals}, catalogue.records)
    if weave_input.vocabulary.value.knows_kinds:  # else the lists of some kinds are missing for that reason alone
        problems += _check_navigation(site, catalogue, missing)
    problems += check_attribution(index)
    if missing or unread or wrong_editions:  # what is missing on a page may be in a record that could not be read
        problems = [one for one in problems if one.finding.code not in _OF_THE_WHOLE]
    problems.sort(key=lambda problem: (problem.path, problem.span, problem.finding.code))
    return WovenSite(
        plans=pages + files,
        site=site,
        problems=tuple(problems),
        rules=make_rules(index),
        anchors=Hashed.of(list_anchors(index, pages)),
        blocked_names=blocked_names,
        drafts=tuple(
            (catalogue.links[record.id].address, record.path)
            for record in published
            if is_unpublished(record, weave_input.now)
        ),
        quiet=tuple(
            (address, record.path)
            for record in published
            if isinstance(record.detail, PageDetail) and record.detail.quiet
            for own in (catalogue.links[record.id].address,)
            for address in (own, f"{own}{CARD}", *record.redirect_from)
        ),
        unpublished=tuple(sorted({record.path for record in drafts})),
        hidden=tuple(
            sorted(
                address_of(replace(one, base=base_of(one, settings)), catalogue.kinds[one.kind])
                for one in drafts
                if one.kind in catalogue.kinds
            )
        ),
        files=tuple(sorted(resolver.files.used)),
        shown=Hashed.of(list_shown(pages)),
        support=Hashed.of(index.support),
    )


def index_site(weave_input: WeaveInput) -> SiteIndex | None:
    """Gather what every page is made from, without making a page; None for a site without settings."""
    outlines = [outline.value for outline in weave_input.outlines]
    settings = _settings(outlines, weave_input)
    if settings is None:
        return None
    records = _in_order(outlines, weave_input.vocabulary.value.kinds, settings)
    published, drafts = _split_drafts(records, weave_input)
    published, _ = place_editions(published, drafts, settings)
    return _index(weave_input, settings, outlines, published, drafts)


def _in_order(outlines: list[Outline], kinds: Iterable[Kind], settings: Site | None) -> list[Record]:
    """Return all records in the order of lists, in the language of the site."""
    words = interface(settings.language, settings.words) if settings else interface("")
    return sort_records((record for outline in outlines for record in outline.records), kinds, words)


def _split_drafts(records: list[Record], weave_input: WeaveInput) -> tuple[list[Record], list[Record]]:
    """Return the records to publish, and those to leave out: drafts, and what a later day publishes."""
    left_out = [record for record in records if is_unpublished(record, weave_input.now) and not weave_input.drafts]
    names = {id(record) for record in left_out}
    return [record for record in records if id(record) not in names], left_out


def is_unpublished(record: Record, now: str) -> bool:
    """Whether a record is not published on a day: it is a draft, or its day comes later."""
    return record.draft or record.publish_on > now


def _index(
    weave_input: WeaveInput, settings: Site, outlines: list[Outline], published: list[Record], drafts: list[Record]
) -> SiteIndex:
    site = translate(settings)
    known = weave_input.evidence.value if weave_input.evidence else None
    published = [*leave_dead_links(attach_evidence(published, known), weave_input.dead)]
    records = [record for outline in outlines for record in outline.records]
    unread, homes = _unread(outlines, records), _unread_homes(one for one in outlines if not one.unread)
    unnamed = {kind.name for kind in site.kinds if kind.home in homes}
    unnamed |= {record.kind for record in records if record.id in unread}
    unread |= {record.id for record in records} - {record.id for record in (*published, *drafts)}  # no editions
    catalogue = Catalogue(published, drafts, unread, site.kinds, unnamed)
    say = interface(site.language, site.words).say
    for link in (HOME_PAGE, *ON_EVERY_SITE):
        if link is not HOME_PAGE or catalogue.at(link.address) == HOME_PAGE:
            catalogue.add_address(replace(link, title=say(link.title)))
    site = _with_help(_with_logo(_with_navigation(site, catalogue), weave_input), catalogue)
    resolver = Resolver(catalogue, Files(weave_input.files, site.safety), interface(site.language, site.words))
    catalogue.update_summaries(resolver.summary, catalogue.records)
    records = [record for record in catalogue.records.values() if not record.edition_of]
    editions = [record for record in catalogue.records.values() if record.edition_of]
    mentions, days = find_backlinks(records, resolver), {one.address: one for one in weave_input.days}
    index = SiteIndex(site, records, resolver, mentions, weave_input.now, editions, days=days)
    for link in optional_links(index, weave_input.pdf):
        catalogue.add_address(replace(link, title=say(link.title)))
    return index


def _with_navigation(site: Site, catalogue: Catalogue) -> Site:
    """Return a site that names no links for the bar with links to its lists and to the search."""
    if site.navigation:
        return site
    listings = [link for kind, link in catalogue.listings.items() if catalogue.kinds[kind].in_bar]
    search = catalogue.at(SEARCH.address) or SEARCH
    links = tuple(MenuEntry(link.title, link.address) for link in (*listings, search))
    return replace(site, navigation=links)


def _with_help(site: Site, catalogue: Catalogue) -> Site:
    """Return a site whose pages all lead to its services, if it has a support box and services."""
    services = [record.detail for record in catalogue.records.values() if isinstance(record.detail, Support)]
    if not site.safety.support_box or not services:
        return site
    urgent = (service for service in services if service.emergency and service.call)
    calls = tuple(Named(service.number, f"tel:{service.call}") for service in urgent)
    return replace(site, help=Help(catalogue.listings["support"].address, calls))


def _with_logo(site: Site, weave_input: WeaveInput) -> Site:
    """Return a site whose logo has a width: that of the picture, at the height in the bar."""
    sizes = {file.path: (file.width, file.height) for file in weave_input.files}
    if site.logo is None:
        return site
    width, height = sizes.get(f"assets/{site.logo.file.path}", (0, 0))
    return replace(site, logo=replace(site.logo, width=round(width * site.logo.height / height) if height else 0))


def _settings(outlines: Iterable[Outline], weave_input: WeaveInput) -> Site | None:
    """Return the settings, with the vocabulary of the site and the address that the build was given."""
    site = next((outline.site for outline in outlines if outline.site), None)
    if site is None:
        return None
    words, base_url = weave_input.vocabulary.value, weave_input.base_url.rstrip("/") or site.base_url
    return replace(site, base_url=base_url, kinds=words.kinds, statuses=words.statuses, tiers=words.tiers)


def _unread(outlines: Iterable[Outline], records: Iterable[Record]) -> set[str]:
    """Return the ids of records that could not be read, and those that two records have."""
    times = Counter(record.id for record in records)
    return {name for outline in outlines for name in outline.unread} | {name for name, n in times.items() if n > 1}


def _unread_homes(outlines: Iterable[Outline]) -> set[str]:
    """Return the folders, and the files without their ending, in which a record could not be read."""
    return {PurePosixPath(one.path).parts[1].removesuffix(".yaml") for one in outlines if one.is_unread}


def _missing(outlines: Iterable[Outline], kinds: Iterable[Kind]) -> tuple[str, ...]:
    """Return how the addresses of pages begin that are missing because a file could not be read."""
    found = dict.fromkeys(
        kind.address.partition("{id}")[0].rstrip("#")
        + (f"{compose(PurePosixPath(outline.path).stem)}/" if kind.own_file else "")
        for outline in outlines
        if outline.is_unread
        for kind in kinds
        if PurePosixPath(outline.path).parts[1].removesuffix(".yaml") == kind.home
    )
    return tuple(found)


def _check_navigation(site: Site, catalogue: Catalogue, missing: tuple[str, ...]) -> Iterable[PendingProblem]:
    """Report links of the bar, the footer and the policies to pages that do not exist."""
    known = Names(link.address for link in catalogue.links.values())
    placed: list[tuple[Named, int]] = []
    for one in (site, *site.editions):
        links = (*menu_links(one), *(() if one.prefix else one.policies))
        default = len(links) - len(one.link_spans)  # links of a bar that the settings do not name
        placed += zip(links, (*repeat(-1, default), *one.link_spans), strict=True)
    for link, span in placed:
        if link.url.startswith("/") and catalogue.at(link.url) is None and not link.url.startswith(missing):
            close = catalogue.suggestions.nearest(link.url, known, 1)
            hint = f"did you mean {close[0]}?" if close else "remove it until the page exists"
            finding = Finding("unknown-link", f"no page has the address “{link.url}” (“{link.name}”)", hint)
            yield PendingProblem(SETTINGS_PATH, span, finding)
