"""Looking at several things on one visit to a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import product

from playwright.sync_api import Page, expect

from tests.browser.conftest import Scheme

Check = Callable[[Page], list[str]]


def audit(page: Page, addresses: Iterable[str], *checks: Check) -> dict[str, list[str]]:
    """Return what checks find on some pages, for those where they find anything."""
    found = {}
    for address in addresses:
        page.goto(address)
        if page.locator("#UI--search").count():  # its field comes with its script
            expect(page.locator("#UI--words")).to_be_visible()
        wrong = [fault for check in checks for fault in check(page)]
        if wrong:
            found[address] = wrong
    return found


def at(widths: Iterable[int], schemes: Iterable[Scheme], *checks: Check) -> Check:
    """Make of some checks one that looks at a page at each width, light and dark, and says where it found what."""

    def looked_at(page: Page) -> list[str]:
        found = []
        for width, scheme in product(widths, schemes):
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme}: {fault}" for check in checks for fault in check(page)]
        return found

    return looked_at
