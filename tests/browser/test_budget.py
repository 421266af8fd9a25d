"""Light enough for a slow phone, and whole on paper."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Route

from tests.browser.budgets import measure, table
from tests.browser.conftest import Visit

PRINTED = """() => {
    const seen = (one) => one.checkVisibility() && one.getClientRects().length > 0;
    const notes = [...document.querySelectorAll(".sources .note")];
    return {
        exit: document.body.innerText.includes(document.getElementById("UI--exit").textContent),
        titles: notes.filter((one) => !seen(one.querySelector(".what"))).map((one) => one.id),
        links: notes.flatMap((one) => [...one.querySelectorAll("a:not(.what)")])
            .filter((one) => !seen(one) || getComputedStyle(one, "::after").content !== `" ${one.getAttribute("href").split("#:~:")[0]}"`)
            .map((one) => one.href),
        notes: notes.length,
        folded: [...document.querySelectorAll("main details:not(.contents, .cite *) > :not(summary)")]
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


def test_the_site_keeps_to_its_budgets(output: Path) -> None:
    """No page, style sheet, script or font is larger than its limit, and no page has more elements; see the table."""
    found = list(measure(output))
    assert [] == [one for one in found if one.measured > one.limit], table(found)
    assert all(one.measured > 0 for one in found)


def test_first_view_asks_for_little(visit: Visit, kinds: tuple[str, ...]) -> None:
    """The first view of any kind of page takes at most its icon and five requests, one of them for a font.

    A page with drawings takes one more, for their style sheet, and so does a page with a list.
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
        needed = [url for url in asked if not url.endswith(("/icon.svg", "/drawings.css", "/lists.css"))]
        if len(needed) > 5 or sum(url.endswith(".woff2") for url in needed) != 1:
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
        assert 1 == len(held)
        held[0].continue_()
        page.wait_for_load_state()
        page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => null)")
        assert (address, 0) == (address, page.evaluate("moved"))


def test_print_holds_every_source_and_no_exit(visit: Visit, briefs: tuple[str, ...]) -> None:
    """On paper a brief shows every source with its bare address, nothing folded, no way out, and words that flow."""
    page = visit()
    for address in briefs:
        page.goto(address)
        page.emulate_media(media="print")
        printed = page.evaluate(PRINTED)
        assert printed.pop("notes") > 0
        assert {"exit": False, "titles": [], "links": [], "folded": 0, "boxes": 0} == printed
