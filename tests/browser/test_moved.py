"""An old address leads to the new one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pages import Server
from tests.sites import MakeSite, brief

MOVED = f"-- content/briefs/hours.md --\n{brief(redirect_from='[/opening-times/]')}"


@pytest.fixture
def library(site: MakeSite) -> Iterator[str]:
    """A small site one of whose pages has moved."""
    made = site(MOVED)
    made.good()
    with Server(made.root / "output", "/guide/") as server:
        yield server.home


@pytest.mark.parametrize(("script", "tail"), [(True, "?from=mail#sources"), (False, "")])
def test_old_address_leads_to_the_new_one(browser: Browser, library: str, script: bool, tail: str) -> None:
    """The old address goes to the new page, with script on also to the same place in it, and leaves no step behind."""
    with browser.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(f"{library}opening-times/?from=mail#sources")
        page.wait_for_url(f"{library}briefs/hours/{tail}")
        expect(page.locator("h1")).to_have_text("Opening hours")
