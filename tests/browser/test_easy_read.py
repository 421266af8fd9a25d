"""Pages in Easy Read: no small words anywhere, a picture at the side of each row, and a printed form without cut rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.pages import files_of

EDITION = "easy-read/"
ROWS = ("briefs/five-minutes/", "briefs/for-people-affected/")
SMALLEST = {"screen": 18, "print": 14 / 0.75}
"""In pixels; on paper 14 points."""

SMALL = """least => {
    for (const one of document.querySelectorAll("details")) { one.removeAttribute("name"); one.open = true; }
    const words = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const small = (one, part) => {
        const style = getComputedStyle(one, part), size = parseFloat(style.fontSize);
        const says = part ? /"[^"]/.test(style.content) || style.content.startsWith("attr") : words(one);
        return says && size > 0 && size < least - .01 && [`${one.tagName}.${one.className}${part ?? ""} ${size}`];
    };
    const seen = (root) => [root, ...root.querySelectorAll(":not(script, style, template)")]
        .flatMap((one) => [null, "::before", "::after"].flatMap((part) => small(one, part) || []));
    const found = seen(document.body);
    for (const one of document.querySelectorAll("[popover]")) {
        one.showPopover();
        found.push(...seen(one).map((what) => `${one.id}: ${what}`));
        one.hidePopover();
    }
    return [...new Set(found)];
}"""
"""Which elements with words of their own are smaller than so many pixels, with all that can be opened open."""

BESIDE = """() => [...document.querySelectorAll(".text > p")].filter((row) => {
    const drawn = row.querySelector("svg.symbol"), words = new Range();
    if (!drawn) return true;
    words.setStartAfter(drawn);
    words.setEndAfter(row.lastChild);
    const picture = drawn.getBoundingClientRect(), text = words.getBoundingClientRect();
    const beside = document.dir === "rtl" ? text.right <= picture.left : text.left >= picture.right;
    const next = row.nextElementSibling?.getBoundingClientRect();
    return !beside || picture.width < 60 || Math.abs(picture.top - text.top) > 16 || next?.top < picture.bottom;
}).map((row) => row.textContent)"""
"""The rows whose picture is not at the side where reading begins, at the height of the first line, and above the next row."""

PRINTED = """() => [...document.querySelectorAll(".text > p")].map((row) => {
    const copy = row.cloneNode(true);
    for (const one of copy.querySelectorAll(".chip, svg")) one.remove();
    return copy.textContent;
})"""
"""The words of each row, without its sources."""


def test_no_words_are_small(visit: Visit, output: Path) -> None:
    """Every text of every page of the edition, whatever a reader opens, has 18 pixels, and 14 points on paper."""
    pages = [path.removesuffix("index.html") for path in files_of(output) if path.startswith(EDITION)]
    pages = [path for path in pages if path.endswith((".html", "/"))]
    assert len(pages) > 8
    page, found = visit(), dict[str, Any]()
    for address in pages:
        page.goto(address)
        if not page.locator("body").count() or page.locator('meta[http-equiv="refresh"]').count():
            continue
        for medium, least in SMALLEST.items():
            page.emulate_media(media=medium)  # type: ignore[arg-type]
            if small := page.evaluate(SMALL, least):
                found[f"{address} {medium}"] = small
    assert {} == found


def test_a_preview_is_not_small(visit: Visit) -> None:
    """What a link shows beside it is as large as the rest."""
    page = visit(EDITION + ROWS[0])
    page.locator(".text a[href*='places/']").first.hover()
    page.locator(".preview").wait_for()
    assert [] == page.evaluate(SMALL, SMALLEST["screen"])


@pytest.mark.parametrize("address", ROWS)
def test_each_picture_is_at_the_side_of_its_words(visit: Visit, address: str) -> None:
    """On a phone, on a wide screen and where reading begins at the right."""
    page = visit(EDITION + address, width=360)
    assert [] == page.evaluate(BESIDE)
    page.set_viewport_size({"width": 1280, "height": 740})
    assert [] == page.evaluate(BESIDE)
    page.evaluate("document.dir = 'rtl'")
    assert [] == page.evaluate(BESIDE)


@pytest.mark.parametrize("address", ROWS)
def test_no_row_is_cut_on_paper(visit: Visit, address: str) -> None:
    """Each row is whole on one sheet, no heading is the last of one, and addresses of sources are printed."""
    page = visit(EDITION + address)
    rows, headings = ([_letters(one) for one in page.evaluate(what)] for what in (PRINTED, _HEADINGS))
    links = page.eval_on_selector_all(
        ".sources .note:not(.more) > a", "all => all.map((one) => one.dataset.originalurl ?? one.href)"
    )
    sheets = [_letters(one) for one in _print(page)]
    assert len(rows) > 30 and [] == [row for row in rows if not any(row in sheet for sheet in sheets)]
    assert [] == [one for one in headings if any(sheet.endswith(one) for sheet in sheets)]
    whole = "".join(sheets)
    assert links and [] == [link for link in links if _letters(link) not in whole]


_HEADINGS = "() => [...document.querySelectorAll('main h2')].map((one) => one.textContent)"


def _print(page: Page) -> list[str]:
    """Return the words of each sheet, without the line at its foot."""
    with pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as document:
        foot = 57  # the margin of 2 cm
        return [sheet.get_textpage().get_text_bounded(bottom=foot) for sheet in document]


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))
