"""Drawings where readers arrive: on the home page and in the main briefs, readable on a phone, with all their words."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import Visit
from tests.browser.test_access import RULES, too_wide

DRAWN = (
    "",
    "briefs/five-minutes/",
    "briefs/for-people-affected/",
    "briefs/closed-cases-review/",
    "briefs/national-inquiry/",
    "briefs/inquiry-powers/",
    "briefs/twelve-recommendations/",
    "briefs/reading-the-numbers/",
)
"""The home page and the main briefs."""
READ = """() => [...document.querySelectorAll("figure.drawing")].map((figure) => ({
    top: figure.getBoundingClientRect().top,
    rows: [...figure.querySelectorAll("li")].map((row) => row.textContent.trim()),
    marks: figure.querySelectorAll("svg.strip, .steps li").length,
    small: [...figure.querySelectorAll("*")]
        .filter((one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
        .map((one) => parseFloat(getComputedStyle(one).fontSize)).reduce((a, b) => Math.min(a, b)),
}))"""
"""Of each drawing: where it is, the words of its rows, how many marks it has, and its smallest letters."""


@pytest.mark.parametrize("address", DRAWN)
def test_a_main_page_has_a_drawing_with_words_that_a_phone_shows(visit: Visit, address: str) -> None:
    """Each row has words of its own, no letter is under 12 pixels, and nothing sticks out."""
    page = visit(address, width=360)
    drawings = page.evaluate(READ)
    assert drawings
    for one in drawings:
        assert one["rows"] and all(len(words) > 3 for words in one["rows"])
        assert one["marks"] >= len(one["rows"])
        assert one["small"] >= 12
    assert [] == too_wide(page)


@pytest.mark.parametrize("address", [DRAWN[1], DRAWN[2], DRAWN[3], DRAWN[6]])
def test_axe_finds_nothing_in_a_drawing(visit: Visit, address: str) -> None:
    """Dates, answers, steps and progress break no rule, in the dark either."""
    page = visit(address, width=360)
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("rules => axe.run('figure.drawing', rules)", RULES)["violations"]
        assert [] == [one["id"] for one in found]


def test_the_first_drawing_of_the_home_page_is_not_far_down(visit: Visit) -> None:
    """A reader with a phone meets it on the second screen."""
    assert visit(width=360).evaluate(READ)[0]["top"] < 2 * 740


def test_marks_are_seen_with_the_colours_of_the_system(visit: Visit) -> None:
    """Where a reader's own few colours rule, marks have the colour of the text."""
    page = visit("briefs/twelve-recommendations/")
    page.emulate_media(forced_colors="active")
    colours = """() => ["figure.drawing", ".strip circle", ".strip rect", ".strip path"].map((mark) => {
        const style = getComputedStyle(document.querySelector(mark));
        return mark.startsWith(".strip") ? style.fill : style.color;
    })"""
    assert 1 == len(set(page.evaluate(colours)))
