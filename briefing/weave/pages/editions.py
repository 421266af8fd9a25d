"""The pages of an edition of the site: its editions of pages, and lists, search and feeds of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.incremental.hashed import Hashed
from briefing.locale.interface import interface, name_of
from briefing.model.addresses import HOME
from briefing.model.editions import Original, Version
from briefing.model.pages import Group
from briefing.model.records import Record
from briefing.model.site import MenuEntry, Site
from briefing.model.steps import PagePlan, PendingProblem
from briefing.values import dataclass
from briefing.weave.addresses import sort_records
from briefing.weave.catalogue import HOME_PAGE
from briefing.weave.checks import check_edition
from briefing.weave.editions import make_version
from briefing.weave.pages import links
from briefing.weave.pages.changes import changes_page
from briefing.weave.pages.follow import feed_pages
from briefing.weave.pages.home import home_page
from briefing.weave.pages.indexes import index_pages
from briefing.weave.pages.lists import list_page
from briefing.weave.pages.records import record_pages
from briefing.weave.pages.single_file import has_single_file, single_file_page
from briefing.weave.site_index import SiteIndex, attach_references, plan_page, start_page, summary_view
from briefing.weave.translation import translate


@dataclass(frozen=True, slots=True)
class PlannedEdition:
    """An edition of the site with its pages, its files for programs, and what is wrong with it."""

    site: Site
    pages: tuple[PagePlan, ...]
    files: tuple[PagePlan, ...]
    problems: tuple[PendingProblem, ...]


def plan_edition(index: SiteIndex, site: Site, originals: Iterable[Original]) -> PlannedEdition:
    """Plan all pages of one edition of a site."""
    site = translate(site)
    words = interface(site.language, site.words)
    records = sort_records((one for one in index.editions if one.base == site.prefix), site.kinds, words)
    catalogue = index.catalogue.of_edition(records, site.kinds, site.language)
    resolver = index.resolver.with_catalogue(catalogue, words)
    part = SiteIndex(site, records, resolver, {}, index.now, services=index.of_kind("support"), days=index.days)
    has_book = site.epub and has_single_file(part)
    if has_single_file(part):
        catalogue.add_address(part.link(links.SINGLE_FILE))
    if has_book:
        catalogue.add_address(part.link(links.BOOK))
    for link in links.ON_EVERY_SITE:
        catalogue.add_address(part.link(link))
    if not site.navigation:
        shown = (*catalogue.listings.values(), part.link(links.A_TO_Z), part.link(links.SEARCH))
        site = replace(site, navigation=tuple(MenuEntry(link.title, link.address) for link in shown))
    pages, files = list(_pages(part)), list(_files(part))
    addresses = [plan.address.removeprefix(site.prefix) or HOME for plan in (*pages, *files)]
    addresses += [links.BOOK.address] if has_book else []
    site = replace(site, own_pages=tuple(sorted(addresses)))
    by_address = {catalogue.links[record.id].address: record for record in records}
    by_id = {record.id: record for record in records}
    now = {original.id: original for original in originals}

    def with_versions(group: Group) -> Group:
        views = (
            replace(view, version=_version(index, by_id[view.link.id], now)) if view.link.id in by_id else view
            for view in group.views
        )
        return replace(group, views=tuple(views))

    def finish(plan: PagePlan) -> PagePlan:
        address = plan.address if plan.address.startswith(f"{site.prefix}/") else site.prefix + plan.address
        page, record = plan.page.value, by_address.get(address)
        crumbs = tuple(
            replace(one, address=site.prefix + one.address) if one.address in site.own_pages else one
            for one in page.crumbs
        )
        page = replace(page, address=address, prefix=site.prefix, crumbs=crumbs)
        if record:
            page = replace(page, version=_version(index, record, now))
        elif page.address == site.prefix + links.SINGLE_FILE.address:
            page = replace(page, groups=tuple(map(with_versions, page.groups)))
        return PagePlan(address, plan.template, plan.bodies, Hashed.of(page))

    problems = [*resolver.problems, *check_edition(part)]
    return PlannedEdition(site, tuple(map(finish, pages)), tuple(map(finish, files)), tuple(problems))


def _version(index: SiteIndex, record: Record, now: dict[str, Original]) -> Version:
    original = index.catalogue.links[record.edition_of]
    language = index.language(index.catalogue.records[record.edition_of])
    return make_version(record, original, language, now.get(record.edition_of))


def _start_page(part: SiteIndex) -> PagePlan:
    """Plan the start page of an edition that has no home page of its own: all that it has."""
    site = part.site
    page = start_page(part, HOME, "list.html", name_of(site.language, site.form, site.words))
    groups = (
        Group(kind.plural, kind.name, views=tuple(summary_view(part, record) for record in part.of_kind(kind.name)))
        for kind in site.kinds
    )
    page = replace(page, summary=site.tagline, crumbs=(), groups=tuple(group for group in groups if group.views))
    return plan_page(attach_references(part, page, part.references(), True))


def _pages(part: SiteIndex) -> Iterator[PagePlan]:
    yield from single_file_page(part)
    if part.catalogue.at(HOME) == HOME_PAGE:
        yield _start_page(part)
    for record in part.records:
        if part.catalogue.at(HOME) == part.catalogue.links[record.id]:
            yield home_page(part)
        else:
            yield from record_pages(part, record)
    for name in part.catalogue.listings:
        yield list_page(part, part.catalogue.kinds[name])
    yield changes_page(part, links.CHANGES.address, "changes.html")
    yield from index_pages(part)
    missing = start_page(part, "/404.html", "404.html", part.say("This page is not here"))
    yield plan_page(attach_references(part, missing, part.references(), True))


def _files(part: SiteIndex) -> Iterator[PagePlan]:
    if part.site.base_url:
        yield changes_page(part, links.ATOM.address, "feed.xml")
        yield changes_page(part, links.JSON_FEED.address, "feed.json")
    yield from feed_pages(part)
