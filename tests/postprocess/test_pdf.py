"""The PDF: without a browser a build says what is missing, and leaves the site as it was."""

from __future__ import annotations

from tests.sites import MakeSite, brief


def test_no_browser_is_said_and_nothing_is_lost(site: MakeSite) -> None:
    """On a machine without Chromium, --pdf is one clear problem."""
    one = site(f"-- content/briefs/a.md --\n{brief()}")
    one.good()
    before = one.output()
    one.edit("content/briefs/a.md", "title: ", "title: New ")
    done = one.run("build", "--pdf", "--no-search", PATH="/nowhere")
    assert 1 == done.returncode
    assert "no-browser" in done.stderr and "apt-get install chromium" in done.stderr
    assert before == one.output()
