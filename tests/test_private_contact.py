"""A private address is shown in the footer; while it is a placeholder, pages say so, and nothing is built for the public."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.text.web_addresses import is_placeholder
from tests.sites import DEFAULT, Site, codes

NONE_YET = "There is no private address yet"
WAYS = ("report@site.example", "mailto:report@example.org", "https://example.github.io/report", "https://report.test/a")
REAL = ("report@library.org", "https://examples.org/report", "tel:+441632960001")


def built(root: Path, contact: str, address: str) -> tuple[list[str], str]:
    """Return the problems of a site with a private address, and its home page."""
    base = "base_url: https://library.example/guide"
    settings = DEFAULT.replace(base, f"base_url: {address}", 1)
    settings = settings.replace("safety:\n", f"safety:\n  private_contact: {contact}\n", 1)
    assert contact in settings
    site = Site(root, default=settings)
    found = codes(site.build().problems)
    home = root / "output/index.html"
    return [code for code in found if code == "placeholder-contact"], home.read_text("utf-8") if home.exists() else ""


@pytest.mark.parametrize("contact", WAYS)
def test_a_placeholder_is_said_on_the_page_and_refused_for_a_public_address(tmp_path: Path, contact: str) -> None:
    """A placeholder is said on the page, and refused for a public address."""
    problems, page = built(tmp_path / "here", contact, "https://library.example/guide")
    assert (problems, NONE_YET in page) == ([], True)
    problems, page = built(tmp_path / "public", contact, "https://library.org/guide")
    assert (problems, page) == (["placeholder-contact"], "")


@pytest.mark.parametrize("contact", REAL)
def test_a_real_address_is_a_link(tmp_path: Path, contact: str) -> None:
    """A real address is a link on every page, and is published."""
    problems, page = built(tmp_path, contact, "https://library.org/guide")
    assert not problems
    assert NONE_YET not in page
    assert f'href="{contact}"' in page or f'href="mailto:{contact}"' in page


def test_only_hosts_that_cannot_exist_are_placeholders() -> None:
    """Only hosts that cannot exist are placeholders."""
    assert [is_placeholder(one if ":" in one else f"mailto:{one}") for one in (*WAYS, *REAL)] == [True] * 4 + [
        False
    ] * 3
