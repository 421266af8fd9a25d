"""A receipt has all that a reader needs to check a statement, and leads to the very passage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import wait_until
from tests.browser.pages import Server
from tests.sites import MakeSite, brief

WORK, COPY = "https://board.example/minutes", "https://archive.example/minutes"
SOURCED = f"""
-- content/sources.yaml --
- id: minutes
  type: report
  title: Minutes of June
  publisher: Board
  issued: 2025-06-01
  tier: primary
  URL: "{WORK}"
  archived: {{url: "{COPY}", date: 2025-07-01}}
  passages:
    - {{id: roof, locator: p. 7, says: The roof leaks., checked: 2026-01-03, starts: "a well-known, old roof", ends: "& a hall"}}
- {{id: letter, type: report, title: A letter, publisher: Clerk, issued: 2025, tier: primary, URL: "{WORK}/2", checked: 2026-02-03}}
-- content/briefs/hours.md --
{brief(body="The roof leaks [@minutes#roof]. The clerk wrote so [@letter].")}
"""
PAPER = (
    f"<!doctype html><title>Minutes</title>{'<p>Words.</p>' * 200}<p>It has a well-known, old roof &amp; a hall.</p>"
)


@pytest.fixture
def opened(site: MakeSite, browser: Browser) -> Iterator[Page]:
    """A brief of a small site, opened with script off, where the board's own site answers."""
    made = site(SOURCED)
    made.good()
    with Server(made.root / "output", "/guide/") as server, browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.route(f"{WORK}*", lambda route: route.fulfill(body=PAPER, content_type="text/html"))
        page.goto(f"{server.home}briefs/hours/")
        yield page


def test_a_receipt_is_whole(opened: Page) -> None:
    """Publisher, title, date, place, what stands there, when it was checked, and both copies as Robust Links has it."""
    opened.locator(".text .chip").first.click()
    receipt = opened.locator(":popover-open")
    for words in ("Board, 1 June 2025", "Minutes of June", "The roof leaks.", "p. 7; checked 3 January 2026"):
        assert words in receipt.inner_text()
    read, kept = receipt.locator("a:not(.what)").all()
    wanted = {"data-originalurl": WORK, "data-versionurl": COPY, "data-versiondate": "2025-07-01"}
    for link in (read, kept):
        assert wanted == {name: link.get_attribute(name) for name in wanted}
    assert (WORK, COPY) == ((read.get_attribute("href") or "").partition("#")[0], kept.get_attribute("href"))


def test_a_link_says_when_its_source_was_read(opened: Page) -> None:
    """Where there is no archived copy, the link carries the day on which we read the source."""
    opened.locator(".text .chip").last.click()
    [link] = opened.locator(":popover-open a:not(.what)").all()
    assert (None, "2026-02-03") == (link.get_attribute("data-versionurl"), link.get_attribute("data-versiondate"))


def test_the_link_leads_to_the_very_passage(opened: Page) -> None:
    """Commas, hyphens and ampersands and all, the browser finds the passage and shows it."""
    opened.locator(".text .chip").first.click()
    opened.locator(":popover-open").get_by_text("Read the passage").click()
    opened.wait_for_url(f"{WORK}*")
    wait_until(opened, "scrollY > 1000")
