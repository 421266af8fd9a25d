"""Everybody can read it: axe finds nothing, nothing overflows, focus is seen, and script adds no words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Scheme, Visit

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SHARDS = 8

OVERFLOW = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const all = [...document.querySelectorAll("body *")];
    const beyond = all.filter((one) => one.getBoundingClientRect().right > room + 1);
    return ["too wide", ...beyond.slice(0, 5).map((one) => `${one.tagName}.${one.className}`)];
}"""

UNSEEN_FOCUS = """() => {
    const on = document.activeElement;
    if (on === document.body) return [];
    const box = [...on.getClientRects()].find((one) => one.width && one.height);
    const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top && (on.contains(top) || top.contains(on)) ? [] : [on.outerHTML.slice(0, 90)];
}"""

COVERED = """() => [...document.querySelectorAll("a, button, summary")].filter((one) => {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.matches(".skip")) return false;
    const lines = [...one.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const on_top = (box) => one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    return lines.length > 0 && !lines.some(on_top);
}).map((one) => one.outerHTML.slice(0, 90))"""
"""What could be pressed in the middle of none of its lines."""

SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }" + (
    "p { margin-block-end: 2em !important }"
)


RESTYLE = """css => {
    const own = new CSSStyleSheet();
    own.replaceSync(css);
    document.adoptedStyleSheets = [own];
}"""


def violations(page: Page) -> list[str]:
    """Say which rules a page breaks, and where first."""
    found: Any = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']} × {len(one['nodes'])}: {one['nodes'][0]['target'][0]}" for one in found]


def too_wide(page: Page) -> list[str]:
    """Say whether a page must be scrolled sideways, and what sticks out."""
    found: list[str] = page.evaluate(OVERFLOW)
    return found


def covered(page: Page) -> list[str]:
    """Say which links and buttons something else lies over, in a window as tall as the page."""
    page.wait_for_load_state("networkidle")  # the search page is taller once its script has come
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    found: list[str] = page.evaluate(COVERED)
    page.set_viewport_size(size)
    return found


Check = Callable[[Page], list[str]]


def audit(page: Page, addresses: Iterable[str], *checks: Check) -> dict[str, list[str]]:
    """Give what checks find on some pages, for those where they find anything."""
    found = {}
    for address in addresses:
        page.goto(address)
        wrong = [fault for check in checks for fault in check(page)]
        if wrong:
            found[address] = wrong
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_kind_of_page(
    visit: Visit, kinds: tuple[str, ...], width: int, scheme: Scheme
) -> None:
    """One page of each kind breaks no rule of WCAG 2.2 A and AA that axe can tell."""
    assert {} == audit(visit(width=width, scheme=scheme), kinds, violations)


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_every_page_is_open_to_everybody(
    visit: Visit, addresses: tuple[str, ...], width: int, scheme: Scheme, shard: int
) -> None:
    """Every page, a share of them at a time, passes axe, fits the window and has nothing over a link or button."""
    page = visit(width=width, scheme=scheme)
    assert {} == audit(page, addresses[shard::SHARDS], violations, too_wide, covered)


@pytest.mark.parametrize(
    ("button", "width"), [(".chip", 360), (".chip", 1280), (".figure", 360), (".figure", 1280), (".menu-button", 360)]
)
def test_axe_finds_nothing_in_what_opens(visit: Visit, briefs: tuple[str, ...], button: str, width: int) -> None:
    """An open receipt, figure or menu breaks no rule that axe can tell."""
    page = visit(briefs[0], width=width)
    page.locator(f"{button}:visible").first.click()
    assert (1, []) == (page.locator(":popover-open").count(), violations(page))


@pytest.mark.parametrize("style", ["", "html { font-size: 200% }", SPACED])
def test_nothing_needs_a_sideways_scroll(visit: Visit, kinds: tuple[str, ...], style: str) -> None:
    """At 320 pixels every kind of page fits, also with text twice as large and with the reader's own spacing."""

    def restyled(page: Page) -> list[str]:
        page.evaluate(RESTYLE, style)
        return too_wide(page)

    assert {} == audit(visit(width=320), kinds, restyled)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_lies_over_a_control(visit: Visit, kinds: tuple[str, ...], width: int) -> None:
    """On every kind of page every link and button can be pressed in its middle."""
    assert {} == audit(visit(width=width), kinds, covered)


def test_script_adds_no_words(visit: Visit, kinds: tuple[str, ...]) -> None:
    """With script off every kind of page says the same as with script on, but for the field of the search page."""
    on, off = visit(), visit(script=False)
    for address in set(kinds) - {"search/"}:
        on.goto(address)
        off.goto(address)
        assert on.inner_text("main") == off.inner_text("main")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["", "recommendations/", "not-known/"])
def test_focus_is_never_hidden(visit: Visit, address: str, width: int) -> None:
    """Forty stops by Tab and back again, what has the focus is seen: nothing lies over it, the bar least of all."""
    page = visit(address, width=width)
    hidden = []
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 38:
        page.keyboard.press(key)
        hidden += page.evaluate(UNSEEN_FOCUS)
    assert [] == hidden


SHAPED = """() => {
    const solid = (mark) => [...document.querySelectorAll(mark)].filter((one) => one.checkVisibility())
        .every((one) => getComputedStyle(one).borderStyle.includes("solid"));
    return [solid("#exit"), solid(".chip"), solid(".in-brief"), solid(".support")];
}"""


def test_nothing_is_lost_in_forced_colours(visit: Visit, kinds: tuple[str, ...]) -> None:
    """Where the reader's own few colours rule, edges stand in for grounds, and states keep their words."""
    page = visit()
    page.emulate_media(forced_colors="active")
    wrong = {}
    for address in kinds:
        page.goto(address)
        words = page.locator(".state").all_inner_texts()
        if page.evaluate(SHAPED) != [True] * 4 or not all(len(word) > 3 for word in words) or violations(page):
            wrong[address] = violations(page)
    assert {} == wrong
