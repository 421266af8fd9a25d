"""A link says where it leads before it is followed, as WCAG 1.4.13 asks: it can be put away, pointed at, and stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, follow

LINK = "main .text a[href*='people/']"
Reach = Callable[[Page, Locator], None]


def point(page: Page, link: Locator) -> None:
    """Reach a link with the mouse."""
    link.hover()


def tab(page: Page, link: Locator) -> None:
    """Reach a link by key, from what stands before it."""
    link.evaluate("""one => {
        const all = [...document.querySelectorAll("a[href], button, summary")].filter((other) => other.checkVisibility());
        all[all.indexOf(one) - 1].focus();
    }""")
    page.keyboard.press("Tab")


@pytest.mark.parametrize("reach", [point, tab])
def test_preview_opens_stays_and_closes(visit: Visit, briefs: tuple[str, ...], reach: Reach) -> None:
    """Mouse or key opens it; it names the record and its summary; Escape puts it away and the focus stays."""
    page = visit(briefs[0])
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    link, box = page.locator(LINK).first, page.locator(".preview")
    reach(page, link)
    expect(box).to_be_visible()
    kept = page.evaluate(
        """(of) => [...document.getElementById("UI--previews").content.children]
        .find((one) => one.dataset.of === of).textContent""",
        link.get_attribute("href"),
    )
    assert kept.split() == (box.text_content() or "").split() != []
    page.evaluate("window.before = document.activeElement")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    assert page.evaluate("window.before === document.activeElement")
    assert [] == [url for url in asked if not url.endswith("/icon.svg")]  # the browser asks for the icon at any time


def test_pointer_can_enter_the_preview(visit: Visit, briefs: tuple[str, ...]) -> None:
    """It opens after half a second, stays while the pointer is on it, and goes soon after the pointer has left both."""
    page = visit(briefs[0])
    page.clock.install()
    page.reload()
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)  # however busy the machine is, time waits for the test
    box = page.locator(".preview")
    page.locator(LINK).first.hover()
    page.clock.run_for(490)
    expect(box).to_be_hidden()
    page.clock.run_for(20)
    expect(box).to_be_visible()
    box.hover()
    page.clock.run_for(5_000)
    expect(box).to_be_visible()
    page.mouse.move(2, 300)
    page.clock.run_for(240)
    expect(box).to_be_visible()
    page.clock.run_for(20)
    expect(box).to_be_hidden()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_previews_keep_within_the_window_and_off_the_exit(visit: Visit, briefs: tuple[str, ...], width: int) -> None:
    """Wherever the link stands, its preview lies within the window and the exit can be pressed."""
    page = visit(briefs[0], width=width)
    wrong = []
    for link in page.locator("main .text a:visible").all()[:8]:
        link.scroll_into_view_if_needed()
        if not page.evaluate(
            """(one) => [...document.getElementById("UI--previews").content.children].some((other) =>
            other.dataset.of === one.getAttribute("href").split("#")[0])""",
            link.element_handle(),
        ):
            continue
        link.hover()
        expect(page.locator(".preview")).to_be_visible()
        held = page.evaluate("""() => {
            const box = document.querySelector(".preview").getBoundingClientRect();
            const exit = document.getElementById("UI--exit").getBoundingClientRect();
            const at = document.elementFromPoint(exit.x + exit.width / 2, exit.y + exit.height / 2);
            return box.left >= 0 && box.right <= innerWidth && at.id === "UI--exit";
        }""")
        if not held:
            wrong.append(link.inner_text())
        page.keyboard.press("Escape")
        page.mouse.move(1, 300)
    assert [] == wrong


def test_without_script_a_link_is_a_link(visit: Visit, briefs: tuple[str, ...]) -> None:
    """With script off nothing is shown of the previews, and the link leads on."""
    page = visit(briefs[0], script=False)
    assert 0 == page.locator(".preview").count()
    follow(page.locator(LINK).first)
    assert "/people/" in page.url
