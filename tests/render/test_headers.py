"""The headers that servers should send: one list, for the preview, the file `_headers` and the manual."""

from __future__ import annotations

import re

from briefing.cli.arguments import REPOSITORY
from briefing.model.headers import HEADERS
from tests.sites import MakeSite, brief


def test_a_site_that_asks_for_it_has_the_file(site: MakeSite) -> None:
    """It names every header for all paths; without the setting there is no such file."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.good()
    assert "_headers" not in one.output()
    one.write("content/site.yaml", one.read("content/site.yaml") + "headers_file: true\n")
    one.good()
    lines = "".join(f"  {name}: {value}\n" for name, value in HEADERS)
    assert one.output()["_headers"].decode() == f"/*\n{lines}"


def test_the_manual_shows_the_same_headers() -> None:
    """The example for nginx adds each of them, with its value."""
    manual = (REPOSITORY / "docs/publishing.md").read_text(encoding="utf-8")
    assert re.findall(r'add_header ([\w-]+) "(.*)" always;', manual) == list(HEADERS)
