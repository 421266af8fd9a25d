"""Leaving: always in reach, at once, and for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect

from tests.browser.audit import at, audit
from tests.browser.conftest import Scheme, Visit, follow, launch, page_file
from tests.browser.markup import read

ELSEWHERE = "<!doctype html><title>Elsewhere</title><p>Another site.</p>"
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
UNTOLD = ([""], "")
"""One request, of no page before."""

IN_REACH = """() => {
    const exit = document.getElementById("UI--exit");
    const box = exit.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return [top === exit, box.width >= 44 && box.height >= 44, box.x >= 0 && box.right <= innerWidth && box.y >= 0];
}"""

ITS_COLOUR = """() => {
    const exit = document.getElementById("UI--exit");
    const fill = getComputedStyle(exit).backgroundColor;
    const painted = [
        "color", "background-color", "background-image", "fill", "stroke", "box-shadow", "text-decoration-color",
        "border-top-color", "border-right-color", "border-bottom-color", "border-left-color", "outline-color",
    ];
    const users = new Set();
    for (const node of document.querySelectorAll("*")) {
        for (const part of [null, "::before", "::after", "::marker"]) {
            const style = getComputedStyle(node, part);
            if (painted.some((name) => style.getPropertyValue(name).includes(fill))) users.add(node.id || node.tagName);
        }
    }
    return [...users];
}"""


class Way:
    """The way out: the address that the exit of an open page leads to, answered by a page that says who sent it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.address = page.locator("#UI--exit").get_attribute("href") or ""
        self.asked: list[str] = []
        """The Referer of each request, empty for none."""
        page.context.route(self.address, self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append(route.request.headers.get("referer", ""))
        route.fulfill(body=ELSEWHERE, content_type="text/html")

    def press(self) -> None:
        """Press the exit in its middle, where a finger would land."""
        box = self.page.locator("#UI--exit").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def arrive(self) -> tuple[list[str], str]:
        """Wait for the other site; return what it learned of the page before, by header and by script."""
        self.page.wait_for_url(self.address)
        return self.asked, self.page.evaluate("document.referrer")


def kept(context: BrowserContext, page: Page) -> tuple[int, int]:
    """Count what a page's site has stored for the window and for longer."""
    state = context.storage_state()
    return page.evaluate("sessionStorage.length"), len(state["cookies"]) + len(state["origins"])


def stay(page: Page) -> None:
    """Let other sites never answer, so that a page on its way out has the time to say what it is."""
    page.route(lambda url: "127.0.0.1" not in url, lambda route: None)


def second_stop(page: Page) -> list[str]:
    """Say what the second press of Tab reaches, if not the exit."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    reached = page.evaluate("document.activeElement.id")
    return [] if reached == "UI--exit" else [f"second stop: {reached}"]


def out_of_reach(page: Page) -> list[str]:
    """Say at which depths of a page the exit does not lie on top, whole and at least 44 pixels a side."""
    wrong = []
    for share in (0, 0.5, 1):
        page.evaluate("share => scrollTo(0, share * document.documentElement.scrollHeight)", share)
        if page.evaluate(IN_REACH) != [True, True, True]:
            wrong.append(f"out of reach at {share}")
    return wrong


def of_its_colour(page: Page) -> list[str]:
    """Say what has the colour that the exit is filled with, if not the exit alone."""
    users = page.evaluate(ITS_COLOUR)
    return [] if users == ["UI--exit"] else [f"its colour: {users}"]


def test_exit_is_in_reach_on_every_kind_of_page(visit: Visit, kinds: tuple[str, ...]) -> None:
    """The second press of Tab reaches the exit; at every width and depth it lies on top; its colour is its own."""
    reach, colour = at((360, 768, 1280), ["light"], out_of_reach), at([1280], SCHEMES, of_its_colour)
    assert {} == audit(visit(), kinds, second_stop, reach, colour)


def test_exit_is_the_second_stop_without_script(visit: Visit, kinds: tuple[str, ...]) -> None:
    """The order is the same where no script runs."""
    page, wrong = visit(script=False), []
    for address in kinds:
        page.goto(address)
        wrong += [(address, fault) for fault in second_stop(page)]
    assert [] == wrong


def test_every_kind_of_page_says_what_the_exit_cannot_do(output: Path, kinds: tuple[str, ...]) -> None:
    """Every kind of page links to the page on using this site safely."""
    links = {}
    for address in kinds:
        page = read(page_file(output, address).read_text(encoding="utf-8"))
        found = [node.attributes["href"] for foot in page.all(".foot") for node in foot.all("a")]
        links[address] = sum(to.endswith("safety/") for to in found)
    assert dict.fromkeys(kinds, 1) == links


@pytest.mark.parametrize("width", [360, 768])
def test_menu_leaves_the_exit_free(visit: Visit, width: int) -> None:
    """The open menu does not lie over the exit."""
    page = visit(width=width)
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#UI--menu:popover-open a").first).to_be_visible()
    assert [True, True, True] == page.evaluate(IN_REACH)


def test_exit_blanks_the_page_at_once(visit: Visit) -> None:
    """The press itself, before the other site has answered, leaves the page empty and without a title."""
    page = visit("safety/")
    way = Way(page)
    stay(page)
    page.evaluate("addEventListener('click', () => console.log(document.body.innerText, document.title.trim(), 'end'))")
    with page.expect_request(way.address), page.expect_console_message() as said:
        way.press()
    assert "  end" == said.value.text


def test_back_shows_only_the_way_back(visit: Visit) -> None:
    """After leaving, Back shows one button alone; pressed, it gives the page and forgets."""
    page = visit()
    follow(page.get_by_role("link", name="Using this site safely"))  # before the script has run, the exit is a link
    way = Way(page)
    way.press()
    assert UNTOLD == way.arrive()
    page.go_back()
    expect(page.locator("body")).to_have_text("Return to the page", use_inner_text=True)
    assert ("", (1, 0)) == (page.title().strip(), kept(page.context, page))
    page.get_by_role("button", name="Return to the page").click()
    expect(page.locator("h1")).to_be_visible()
    assert (0, 0) == kept(page.context, page)


def test_back_shows_only_the_way_back_where_pages_are_kept(playwright: Playwright, home: str) -> None:
    """It is so too where the browser kept the page whole, as browsers do, and shows it again without loading it."""
    with launch(playwright, unlike=["--disable-back-forward-cache"]) as browser:
        page = browser.new_page(base_url=home)
        page.goto("")
        page.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted })")
        follow(page.get_by_role("link", name="Using this site safely"))
        way = Way(page)
        way.press()
        way.arrive()
        page.go_back(wait_until="commit")
        expect(page.locator("body")).to_have_text("Return to the page", use_inner_text=True)
        assert [True, ""] == page.evaluate("[window.kept, document.title.trim()]")


def test_the_page_left_is_out_of_the_history(visit: Visit) -> None:
    """The other site takes the place of the page that was left; Back cannot reach that page."""
    page = visit()
    way = Way(page)
    before = page.evaluate("history.length")
    way.press()
    way.arrive()
    assert before == page.evaluate("history.length")


def test_three_presses_of_shift_leave(visit: Visit) -> None:
    """Shift, three times, leaves; the first two presses are announced with what remains to do."""
    page = visit("safety/")
    way = Way(page)
    exit, status = page.locator("#UI--exit"), page.get_by_role("status")
    for word in ("two", "one"):
        page.keyboard.press("Shift")
        assert exit.get_attribute(f"data-{word}") == status.inner_text()
    page.keyboard.press("Shift")
    assert UNTOLD == way.arrive()


@pytest.mark.parametrize("keys", ["Shift+A", "Control+Shift", "Alt+Shift"])
def test_shift_with_another_key_does_not_count(visit: Visit, keys: str) -> None:
    """Typing capitals or a shortcut, however often, neither leaves nor announces."""
    page = visit("safety/")
    for _ in range(4):
        page.keyboard.press(keys)
    assert ("", "") == (page.get_by_role("status").inner_text(), page.locator("body").get_attribute("class") or "")


@pytest.mark.parametrize(("seconds", "leaves"), [(4.9, True), (5.1, False)])
def test_presses_of_shift_count_for_five_seconds(visit: Visit, seconds: float, leaves: bool) -> None:
    """A third press leaves within five seconds of the first; later it is the first of three."""
    page = visit("safety/")
    page.clock.install()
    page.reload()
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    stay(page)
    page.evaluate("addEventListener('keyup', () => console.log(document.body.className))")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.run_for(int(seconds * 1000))
    with page.expect_console_message() as said:
        page.keyboard.press("Shift")
    assert ("blank" if leaves else "") == said.value.text


def test_exit_is_a_link_without_script(visit: Visit) -> None:
    """With script off the exit leads to the same address, which learns of no page before."""
    way = Way(visit("safety/", script=False))
    way.press()
    assert UNTOLD == way.arrive()
