"""Everybody can read it: axe finds nothing, nothing overflows, focus is seen, and script adds no words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from markupsafe import Markup
from playwright.sync_api import Page

from tests.browser.audit import at, audit
from tests.browser.conftest import Scheme, Visit, page_file

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (320, 360, 768, 1280)
"""At which every page is looked at."""
KIND_WIDTHS = {360: "light", 1280: "dark"}
"""At which a page of each kind is, and in which colours axe looks at it."""
NARROW = 320
"""At which nothing may need a sideways scroll."""
WALKED = ("", "recommendations/", "not-known/")
"""Pages that are gone through by keyboard."""
SHARDS = 8
"""Into so many tests is every page of the site divided."""

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

SMALL = """() => {
    const inline = (one) => getComputedStyle(one).display === "inline" && one.closest("p, li, dd, td, th, h1, h2, h3")?.textContent.trim() !== one.textContent.trim();
    const shown = [...document.querySelectorAll("a, button, summary, input")].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip"));
    const boxes = shown.map((one) => ({ one, box: one.getBoundingClientRect() }));
    return boxes.filter(({ one, box }) => {
        if (box.width >= 23.9 && box.height >= 23.9 || inline(one)) return false;
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const near = (other) => Math.hypot(Math.max(other.x - x, 0, x - other.right), Math.max(other.y - y, 0, y - other.bottom)) < 12;
        return boxes.some((other) => other.one !== one && near(other.box));
    }).map(({ one }) => one.outerHTML.slice(0, 90));
}"""
"""What WCAG 2.5.8 forbids: a target under 24 pixels, not part of a sentence, within whose circle another one lies."""

EDGES = """() => Object.fromEntries(["#UI--exit", ".chip", ".in-brief", ".support"].map((mark) => [mark,
    [...document.querySelectorAll(mark)].filter((one) => one.checkVisibility())
        .every((one) => getComputedStyle(one).borderStyle.includes("solid"))]))"""
"""Which grounds have an edge that the system's colours leave."""

ADRIFT = """() => [...document.querySelectorAll("main :is(.term, .figure, .chip)")].filter((one) => {
    const next = one.nextSibling;
    if (!/^[,.;:?!)]/.test(next?.nodeType === Node.TEXT_NODE ? next.data : "") || !one.checkVisibility()) return false;
    const mark = new Range();
    mark.setStart(next, 0);
    mark.setEnd(next, 1);
    return mark.getBoundingClientRect().top > one.getBoundingClientRect().bottom - 8;
}).map((one) => one.textContent)"""
"""What has the mark after it at the head of the next line."""

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
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: Any = page.evaluate("rules => axe.run(rules)", RULES)["violations"]
    return [f"{one['id']} × {len(one['nodes'])}: {one['nodes'][0]['target'][0]}" for one in found]


def too_wide(page: Page) -> list[str]:
    """Whether a page must be scrolled sideways, and what sticks out."""
    found: list[str] = page.evaluate(OVERFLOW)
    return found


def needs_scroll(page: Page) -> list[str]:
    """Say the same with text twice as large, and with the reader's own spacing."""
    found = []
    for style in ("html { font-size: 200% }", SPACED):
        page.evaluate(RESTYLE, style)
        found += too_wide(page)
    page.evaluate(RESTYLE, "")
    return found


def covered(page: Page) -> list[str]:
    """Say which links and buttons something else lies over, in a window as tall as the page."""
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    found: list[str] = page.evaluate(COVERED)
    page.set_viewport_size(size)
    return found


def small(page: Page) -> list[str]:
    """Say which links and buttons are too small and too close to others to be hit."""
    found: list[str] = page.evaluate(SMALL)
    return found


def adrift(page: Page) -> list[str]:
    """Say after which buttons a mark begins a line."""
    found: list[str] = page.evaluate(ADRIFT)
    return found


def lost(page: Page) -> list[str]:
    """Say what a page loses where the reader's own few colours rule: an edge, the words of a state."""
    page.emulate_media(forced_colors="active")
    words = page.locator(".state").all_inner_texts()
    edges = [mark for mark, solid in page.evaluate(EDGES).items() if not solid]
    page.emulate_media(forced_colors="none")
    return [*edges, *(word for word in words if len(word) < 4)]


@pytest.mark.parametrize(("width", "scheme"), KIND_WIDTHS.items())
def test_every_kind_of_page_is_open_to_everybody(
    visit: Visit, kinds: tuple[str, ...], width: int, scheme: Scheme
) -> None:
    """One page of each kind, narrow and light, wide and dark, breaks no rule of WCAG 2.2 A and AA that axe can tell.

    Every link and button can be pressed in its middle, and is large enough or apart. At 320 pixels all fits, also with
    text twice as large and with the reader's own spacing. Forced colours lose nothing.
    """
    assert {} == audit(
        visit(width=width, scheme=scheme),
        kinds,
        at([width], [scheme], violations, covered, small),
        at([NARROW], [scheme], too_wide, needs_scroll) if scheme == "light" else lost,
    )


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_page_is_open_to_everybody(visit: Visit, addresses: tuple[str, ...], shard: int) -> None:
    """Every page, a share of them at a time, passes at every width, light and dark, all that its kind passes above."""
    checks = [
        at(WIDTHS, ["light", "dark"], violations),
        at(WIDTHS, ["light"], too_wide, covered, small),
        at([NARROW], ["light"], needs_scroll),
        at([1280], ["light"], lost),
    ]
    assert {} == audit(visit(), addresses[shard::SHARDS], *checks)


@pytest.mark.parametrize(
    ("button", "width"), [(".chip", 360), (".chip", 1280), (".figure", 360), (".figure", 1280), (".menu-button", 360)]
)
def test_axe_finds_nothing_in_what_opens(visit: Visit, briefs: tuple[str, ...], button: str, width: int) -> None:
    """An open receipt, figure or menu breaks no rule that axe can tell."""
    page = visit(briefs[0], width=width)
    page.locator(f"{button}:visible").first.click()
    assert (1, []) == (page.locator(":popover-open").count(), violations(page))


def talkative(visit: Visit, addresses: Iterable[str]) -> list[str]:
    """Return the pages whose words are others with script on than with script off."""
    on, off = visit(), visit(script=False)
    found = []
    for address in addresses:
        on.goto(address)
        off.goto(address)
        if address != "search/" and on.inner_text("main") != off.inner_text("main"):
            found.append(address)
    return found


def test_script_adds_no_words(visit: Visit, kinds: tuple[str, ...]) -> None:
    """With script off every kind of page says the same as with script on, but for the field of the search page."""
    assert [] == talkative(visit, kinds)


@pytest.mark.slow
def test_script_adds_no_words_anywhere(visit: Visit, addresses: tuple[str, ...]) -> None:
    """The same of the whole site."""
    assert [] == talkative(visit, addresses)


@pytest.mark.parametrize("width", KIND_WIDTHS)
@pytest.mark.parametrize("address", WALKED)
def test_focus_is_never_hidden(visit: Visit, address: str, width: int) -> None:
    """Forty stops by Tab and back again, what has the focus is seen: nothing lies over it, the bar least of all."""
    page = visit(address, width=width)
    hidden = []
    for key in ["Tab"] * 40 + ["Shift+Tab"] * 38:
        page.keyboard.press(key)
        hidden += page.evaluate(UNSEEN_FOCUS)
    assert [] == hidden


def test_the_statement_names_what_is_tested(output: Path) -> None:
    """The widths and the number of pages that the accessibility statement gives are those of the tests above."""

    by_colour = " and ".join(f"at {width:,} pixels in {scheme} colours" for width, scheme in KIND_WIDTHS.items())
    widths = ", ".join(f"{one:,}" for one in WIDTHS[:-1]) + f" and {WIDTHS[-1]:,} pixels"

    statement = " ".join(Markup(page_file(output, "accessibility/").read_text(encoding="utf-8")).striptags().split())
    walked = ("no", "one", "two", "three", "four", "five")[len(WALKED)]
    named = (
        f"It tests the longest page of every kind {by_colour}",
        f"A longer run tests every page at {widths}",
        f"At {NARROW} pixels every kind of page must fit",
        f"On {walked} pages the test checks that keyboard focus stays visible",
    )
    assert [] == [words for words in named if words not in statement]


def test_no_line_begins_with_a_mark(visit: Visit, briefs: tuple[str, ...]) -> None:
    """A comma or a full stop after a term, a figure or a citation stands on its line, not at the head of the next."""
    assert {} == audit(visit(), briefs, at([NARROW, *KIND_WIDTHS], ["light"], adrift))
