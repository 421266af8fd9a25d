"""Every citation and every figure opens, with script off, what a reader needs to check it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, follow, page_file
from tests.browser.markup import Node, read
from tests.browser.pages import files_of

OPENED = """() => {
    const open = [...document.querySelectorAll(":popover-open")];
    const what = open[0]?.querySelector(".what");
    const parts = [...(what?.parentElement.childNodes ?? [])].filter((one) => one.className !== "close");
    const above = parts.slice(0, parts.indexOf(what));
    const said = (mark) => [...open[0].querySelectorAll(mark)].map((one) => one.innerText.trim()).join(" ");
    const box = open[0]?.getBoundingClientRect();
    const on_top = (one, where = one.getBoundingClientRect()) =>
        one.contains(document.elementFromPoint(where.x + where.width / 2, where.y + where.height / 2));
    const button = document.activeElement;
    return {
        ids: open.map((one) => one.id),
        by: above.map((one) => one.textContent).join("").trim(), title: said(".what"), why_none: said(".named"), says: said(".says"),
        links: [...open[0].querySelectorAll("a:not(.what)")].map((one) => one.href),
        box: [box.left, box.top, box.right, box.bottom].map(Math.round),
        free: {
            exit: on_top(document.getElementById("UI--exit")),
            close: on_top(open[0].querySelector(".close")),
            button: on_top(button, button.getClientRects()[0]),
        },
    };
}"""

HEIGHTS = (0.2, 0.5, 0.9)
"""Shares of the screen above what is opened."""


def open_each(page: Page, mark: str) -> list[tuple[str, dict[str, Any]]]:
    """Press every button with a mark, give what each opened with the id that it names, and close it again."""
    found = []
    for button in page.locator(mark).all():
        button.click()
        found.append((button.get_attribute("popovertarget") or "", page.evaluate(OPENED)))
        page.locator(":popover-open > .close").click()
        assert 0 == page.locator(":popover-open").count()
    return found


def faults(opened: dict[str, Any]) -> list[str]:
    """Say what a receipt lacks."""
    whole = {
        "publisher": opened["by"].partition(",")[0] != "",
        "title": opened["title"] != "",
        "date": re.search(r"\b(19|20)\d\d\b|undated", opened["by"]) is not None,
        "link or why none": bool(opened["links"]) != bool(opened["why_none"]),
        "links elsewhere": all(link.startswith("https://") for link in opened["links"]),
    }
    return [name for name, holds in whole.items() if not holds]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_chip_opens_its_receipt(visit: Visit, briefs: tuple[str, ...], width: int) -> None:
    """With script off each chip opens its own receipt: publisher, title, date, and a link or the words why none."""
    page = visit(briefs[0], script=False, width=width)
    found = open_each(page, "main .chip:visible")
    wrong = {target: faults(opened) for target, opened in found if faults(opened)}
    assert ({}, []) == (wrong, [target for target, opened in found if opened["ids"] != [target]])
    assert len(found) == page.locator("main .chip:visible").count() > 0


@pytest.mark.parametrize("width", [360, 1280])
def test_every_figure_opens_its_card(visit: Visit, briefs: tuple[str, ...], width: int) -> None:
    """With script off each figure opens its own card: the value that was pressed, its date, label and definition."""
    page = visit(briefs[0], script=False, width=width)
    figures = page.locator("main .figure:visible").all()
    pressed = [one.get_attribute("aria-label") or one.inner_text() for one in figures]
    found = open_each(page, "main .figure:visible")
    values = [opened["by"].partition(" as of ")[0] for _, opened in found]
    assert [value.casefold() for value in pressed] == [value.casefold() for value in values]
    assert [] == [target for target, opened in found if opened["ids"] != [target]]
    assert [] == [target for target, opened in found if not (opened["title"] and opened["says"])]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_term_opens_its_meaning(visit: Visit, briefs: tuple[str, ...], width: int) -> None:
    """With script off each glossary term opens its own meaning, with the way to its page."""
    page = visit(briefs[0], script=False, width=width)
    found = open_each(page, "main .term:visible")
    assert len(found) > 0
    assert [] == [target for target, opened in found if opened["ids"] != [target] or not opened["says"]]
    page.locator("main .term:visible").first.click()
    follow(page.locator(":popover-open .what"))
    assert "/glossary/" in page.url


def test_no_words_of_a_chip_lead_to_two_sources(output: Path) -> None:
    """On no page do chips of two works have the same name, which includes the number of the source; each source is one row."""
    alike: dict[tuple[str, str], set[str]] = {}
    for path, file in files_of(output).items():
        page = read(file.read_text(encoding="utf-8")) if path.endswith(".html") else Node("", {})
        rows = [row for part in page.all(".sources") for row in part.all("li")]
        titles = [{what.attributes["href"] for what in row.all(".what")} for row in rows]
        assert [1] * len(rows) == [len(one) for one in titles]
        assert len(rows) == len(set().union(*titles))
        works = {note.id: next(iter(one)) for row, one in zip(rows, titles, strict=True) for note in row.all(".note")}
        said: dict[str, set[str]] = {}
        for chip in page.all(".chip"):
            said.setdefault(chip.text, set()).add(works[chip.attributes["popovertarget"]])
        alike |= {(path, words): found for words, found in said.items() if len(found) > 1}
    assert {} == alike


ENDS = """() => [...document.querySelectorAll(".sources .at")].map((one) => {
    const stop = getComputedStyle(one, "::after").content;
    const words = [...one.childNodes].filter((part) => part.tagName !== "SPAN" || part.lang).map((part) => part.textContent);
    return words.join("").trim() + (stop === "none" ? "" : stop.slice(1, -1));
})"""


def test_a_place_ends_in_one_stop(visit: Visit, output: Path, briefs: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    """In the list of sources a place ends in a full stop, or in the mark that it has itself; a letter alone has none."""
    page = visit()
    ends = []
    for address in {*briefs, *kinds}:
        if 'class="at"' in page_file(output, address).read_text(encoding="utf-8"):
            page.goto(address)
            ends += page.evaluate(ENDS)
    assert [] == [end for end in ends if end and not re.search(r"^[a-z]{1,2}$|[^.?!…][.?!…][”’)]*$", end)]
    assert any(end.endswith("?") for end in ends), "there is none to try this on"


@pytest.mark.parametrize("share", [4, pytest.param(1, marks=pytest.mark.slow)], ids=["a quarter", "all"])
def test_receipts_open_by_key_on_every_brief(visit: Visit, briefs: tuple[str, ...], share: int) -> None:
    """On every brief Enter opens each receipt that a chip names, whole, and Escape closes it."""
    page = visit(script=False)
    wrong = {}
    for address in briefs[::share]:
        page.goto(address)
        chips = {chip.get_attribute("popovertarget") or "": chip for chip in page.locator("main .chip:visible").all()}
        for target, chip in chips.items():
            chip.press("Enter")
            opened = page.evaluate(OPENED)
            if opened["ids"] != [target] or faults(opened):
                wrong[address, target] = faults(opened)
            page.keyboard.press("Escape")
            assert 0 == page.locator(":popover-open").count()
    assert {} == wrong


@pytest.mark.parametrize("width", [360, 1280])
def test_card_of_a_figure_leads_to_its_receipt(visit: Visit, briefs: tuple[str, ...], width: int) -> None:
    """A chip in an open card opens its receipt on top of everything but the exit."""
    page = visit(briefs[0], script=False, width=width)
    page.locator("main .figure:visible").first.click()
    chip = page.locator(":popover-open .chip").first
    target = chip.get_attribute("popovertarget")
    chip.click()
    opened = page.evaluate(OPENED)
    assert ([], target, True, True) == (
        faults(opened),
        opened["ids"][0],
        opened["free"]["exit"],
        opened["free"]["close"],
    )


@pytest.mark.parametrize("mark", [".chip", ".figure", ".term"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_what_opens_keeps_to_its_place(visit: Visit, briefs: tuple[str, ...], width: int, mark: str) -> None:
    """Opened anywhere on the screen it lies within the view, and never over the exit or its own button.

    Of nine, three are opened, each at another height.
    """
    page = visit(briefs[0], script=False, width=width)
    wrong = []
    for place, button in enumerate(page.locator(f"main .text {mark}:visible").all()):
        if place % 9 >= len(HEIGHTS):
            continue
        share = HEIGHTS[place % 9]
        button.evaluate("(one, share) => scrollBy(0, one.getBoundingClientRect().y - share * innerHeight)", share)
        button.click()
        opened = page.evaluate(OPENED)
        left, top, right, bottom = opened["box"]
        within = 0 <= left and 0 <= top and right <= width and bottom <= 740
        if [within, *opened["free"].values()] != [True] * 4:
            wrong.append((opened["ids"], opened["box"], opened["free"]))
        page.locator(":popover-open > .close").click()
    assert [] == wrong


def test_receipt_is_a_sheet_at_the_foot_of_a_phone(visit: Visit, briefs: tuple[str, ...]) -> None:
    """On a phone a receipt opened from the upper half lies at the foot of the screen, as wide as it."""
    page = visit(briefs[0], script=False, width=360)
    button = page.locator("main .text .chip").first
    button.evaluate("one => scrollBy(0, one.getBoundingClientRect().y - 0.2 * innerHeight)")
    button.click()
    left, _, right, bottom = page.evaluate(OPENED)["box"]
    assert (0, 360, 740) == (left, right, bottom)
