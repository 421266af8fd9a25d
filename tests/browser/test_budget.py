"""Light enough for a slow phone, and whole on paper."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

from playwright.sync_api import Route

from tests.browser.budgets import measure, table
from tests.browser.conftest import Visit

PRINTED = """() => {
    const seen = (one) => one.checkVisibility() && one.getClientRects().length > 0;
    const notes = [...document.querySelectorAll(".sources .note")];
    const links = notes.flatMap((one) => [...one.querySelectorAll(":scope:not(.more) > a")]);
    return {
        exit: document.body.innerText.includes(document.getElementById("UI--exit").textContent),
        titles: [...document.querySelectorAll(".sources li")].filter((one) => !seen(one.querySelector(".what"))).length,
        said: [...document.querySelectorAll(".sources .says:not(.again)")].filter((one) => !seen(one)).length,
        links: links
            .filter((one) => !seen(one) || getComputedStyle(one, "::after").content !== `"${one.getAttribute("href").split("#:~:")[0]}"`)
            .map((one) => one.href),
        notes: notes.length,
        folded: [...document.querySelectorAll("main details:not(.contents, .cite *, .margin *) > :not(summary)")]
            .filter((one) => !seen(one)).length,
        boxes: [...document.querySelectorAll(".text :is(.chip, .figure, .term)")].filter(seen).length,
    };
}"""


MOVED = """
    window.moved = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) window.moved += one.value; })
        .observe({ type: "layout-shift", buffered: true });
"""
PAINTED = """() => new Promise((done) => {
    new PerformanceObserver(() => done(null)).observe({ type: "paint", buffered: true });
})"""


READ = """() => {
    const box = (one) => one.getBoundingClientRect();
    const height = (mark) => [...document.querySelectorAll(mark)].reduce((sum, one) => sum + box(one).height, 0);
    const lines = (node) => {
        const range = new Range();
        range.selectNodeContents(node);
        return node.parentElement.closest(".chip") || !/[\\p{L}\\p{N}]/u.test(node.data) ? [] : [...range.getClientRects()];
    };
    const alone = (chip) => {
        const { top, bottom } = box(chip);
        const walk = document.createTreeWalker(chip.closest("p, li, td, dd, dt, th, caption"), NodeFilter.SHOW_TEXT);
        for (let node; (node = walk.nextNode());)
            if (lines(node).some((line) => Math.min(line.bottom, bottom) - Math.max(line.top, top) > 6)) return false;
        return true;
    };
    const chips = [...document.querySelectorAll(".text .chip")].filter((one) => one.checkVisibility());
    return {
        whole: document.documentElement.scrollHeight,
        text: height(".text") + height(".in-brief") + height(".disputes"),
        widths: chips.map((one) => box(one).width),
        alone: chips.filter(alone).length,
    };
}"""
"""What of a page is text, how wide its chips are, and how many of them have a line for themselves."""


def test_a_brief_is_mostly_text(visit: Visit, briefs: tuple[str, ...]) -> None:
    """On a phone half of a brief is text, chips are short, and few stand alone on a line; a short brief is six sheets."""
    page, read = visit(width=360), []
    for address in briefs:
        page.goto(address)
        read.append(page.evaluate(READ))
    widths = [width for one in read for width in one["widths"]]
    assert sum(one["text"] for one in read) >= 0.5 * sum(one["whole"] for one in read)
    assert (True, True) == (median(widths) <= 90, sum(one["alone"] for one in read) < 0.1 * len(widths))
    page.goto("briefs/five-minutes/")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 6


def test_the_site_keeps_to_its_budgets(output: Path) -> None:
    """No page, style sheet, script or font is larger than its limit, and no page has more elements; see the table."""
    found = list(measure(output))
    assert [] == [one for one in found if one.measured > one.limit], table(found)
    assert all(one.measured > 0 for one in found)


def fonts_of(address: str) -> int:
    """Return how many fonts a page loads: Easy Read has the font of the system."""
    return 0 if address.startswith("easy-read/") else 1


def test_first_view_asks_for_little(visit: Visit, kinds: tuple[str, ...]) -> None:
    """The first view of any kind of page takes at most its icon and five requests, one of them for a font where it has one.

    A page with drawings takes one more, for their style sheet, and so does a page with a list, and one in several
    languages.
    """
    page = visit()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = {}
    for address in set(kinds) - {"search/"}:  # search has a budget of its own
        asked.clear()
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => null)")
        needed = [
            url
            for url in asked
            if not url.endswith(("/icon.svg", "/drawings.css", "/lists.css", "/editions.css", "/editions-easy.css"))
        ]
        if len(needed) > 5 or sum(url.endswith(".woff2") for url in needed) != fonts_of(address):
            found[address] = needed
    assert {} == found


def test_a_late_font_moves_nothing(visit: Visit, kinds: tuple[str, ...]) -> None:
    """A font that comes only when the page has long been painted shifts nothing, on any kind of page."""
    page, held = visit(width=360), list[Route]()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.add_init_script(MOVED)
    page.route("**/*.woff2", lambda route: held.append(route))
    for address in kinds:
        held.clear()
        page.goto(address, wait_until="domcontentloaded")
        page.evaluate(PAINTED)
        assert fonts_of(address) == len(held)
        for one in held:
            one.continue_()
        page.wait_for_load_state()
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => null)")
        assert (address, 0) == (address, page.evaluate("moved"))


def test_a_late_search_moves_nothing(visit: Visit) -> None:
    """The field of the search has its room before the index is there."""
    page, held = visit(width=360), list[Route]()
    page.add_init_script(MOVED)
    page.route("**/pagefind.js", lambda route: held.append(route))
    page.goto("search/", wait_until="domcontentloaded")
    page.evaluate(PAINTED)
    field = page.locator("#UI--words")
    assert field.is_hidden()
    assert 1 == len(held)
    held[0].continue_()
    field.wait_for()
    page.evaluate("new Promise(requestAnimationFrame).then(() => null)")
    assert 0 == page.evaluate("moved")


def test_print_holds_every_source_and_no_exit(visit: Visit, briefs: tuple[str, ...]) -> None:
    """On paper a brief shows every source with its bare address, nothing folded, no way out, and words that flow."""
    page = visit()
    for address in briefs:
        page.goto(address)
        page.emulate_media(media="print")
        printed = page.evaluate(PRINTED)
        assert printed.pop("notes") > 0
        assert {"exit": False, "titles": 0, "said": 0, "links": [], "folded": 0, "boxes": 0} == printed
