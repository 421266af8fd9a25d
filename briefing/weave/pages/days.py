"""The pages that show a page as it read on a day, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.model.pages import Page
from briefing.model.records import PageDetail
from briefing.model.steps import DaysInput, PagePlan
from briefing.model.text import Link
from briefing.model.versions import (
    History,
    Reading,
    ShownPage,
    Version,
    changed_address,
    day_address,
    since_address,
)
from briefing.text.differences import compare, read_blocks, read_line
from briefing.weave.site_index import plan_page

_TITLE = "h1"


def list_shown(plans: Iterable[PagePlan]) -> tuple[ShownPage, ...]:
    """Return every page about one record, and every redirect, sorted by address."""
    shown = (_shown(plan.page.value) for plan in plans)
    return tuple(sorted((one for one in shown if one), key=lambda one: one.address))


def _shown(page: Page) -> ShownPage | None:
    if page.target and page.kind == "redirect":
        return ShownPage(page.address, target=page.target)
    if page.view is None or page.view.link.address != page.address:
        return None
    detail = page.view.detail
    return ShownPage(
        page.address,
        page.title,
        page.language,
        page.prefix,
        page.crumbs,
        bool(page.support),
        isinstance(detail, PageDetail) and detail.quiet,
    )


def plan_days(given: DaysInput) -> tuple[PagePlan, ...]:
    """Plan the page of each day of one page, and the differences from each version to the next and to the newest."""
    return tuple(_plan(given, *one) for one in _pages(given.history.value, given.shown))


def _pages(history: History, shown: ShownPage) -> Iterator[tuple[str, str, Reading]]:
    """Yield the address and the template of each page, and what it shows."""
    versions, address, of = history.versions, history.address, shown.target or shown.address
    days = history.days
    links = {
        day: (_link(address, days[at - 1]) if at else None, _link(address, days[at + 1]) if days[at + 1 :] else None)
        for at, day in enumerate(days)
    }
    for number, version in enumerate(versions):
        before, newest = versions[number - 1] if number else None, versions[-1]
        since = since_address(address, version.day) if number < len(versions) - 2 else ""
        if number == len(versions) - 2:
            since = changed_address(address, newest.day)
        earlier, later = links[version.day]
        reading = Reading(
            version.day,
            of,
            read_blocks(version.lines),
            earlier=earlier,
            later=later,
            changed=changed_address(address, version.day) if before else "",
            since=since,
            withdrawn=tuple(one for one in history.withdrawn if one.day == version.day),
        )
        yield day_address(address, version.day), "day.html", reading
        if before:
            yield changed_address(address, version.day), "difference.html", _between(address, of, before, version)
        if since == since_address(address, version.day):
            yield since, "difference.html", _between(address, of, version, newest)
    kept = {version.day for version in versions}
    for day in sorted({one.day for one in history.withdrawn} - kept):
        withdrawn = tuple(one for one in history.withdrawn if one.day == day)
        earlier, later = links[day]
        yield day_address(address, day), "day.html", Reading(day, of, (), "", earlier, later, withdrawn=withdrawn)


def _between(address: str, of: str, old: Version, new: Version) -> Reading:
    """Return what changed between two versions."""
    days = _link(address, old.day), _link(address, new.day)
    return Reading(old.day, of, compare(old.lines, new.lines), new.day, *days)


def _link(address: str, day: str) -> Link:
    return Link("", "day", day, "", day_address(address, day))


def _plan(given: DaysInput, address: str, template: str, reading: Reading) -> PagePlan:
    """Plan one page. Its title is that of the page today: a quiet page had perhaps another one before it was quiet."""
    shown, history = given.shown, given.history.value
    title = shown.title
    if not title and not history.quiet:
        titles = (words for version in reversed(history.versions) for words in map(read_line, version.lines))
        title = next((words for form, words in titles if form == _TITLE), "")
    page = Page(
        address,
        template,
        "day",
        title,
        "",
        history.language,
        crumbs=shown.crumbs,
        support=given.support.value if shown.sensitive or not shown.title else (),
        prefix=shown.prefix,
        reading=reading,
    )
    return plan_page(page)
