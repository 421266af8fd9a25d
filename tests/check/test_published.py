"""Published addresses keep working, and a changed text has a change note."""

from __future__ import annotations

from briefing.check.published import LOCK
from tests.sites import MakeSite, brief, codes

SITE = f"""
-- content/briefs/hours.md --
{brief(body="Open.", changes="[{date: 2026-01-01, kind: update, text: First.}]")}-- content/people.yaml --
- {{id: ada, name: Ada, summary: S}}
"""


def test_recording_is_stable_and_complete(site: MakeSite) -> None:
    """The lock lists every page and every id in it; recording twice writes the same bytes."""
    one = site(SITE)
    one.good(update_lock=True)
    first = one.read(LOCK)
    addresses = {line.split()[0] for line in first.splitlines() if not line.startswith("#")}
    pages = {"/" + path.removesuffix("index.html") for path in one.output() if path.endswith(".html")}
    assert pages == addresses
    one.good(update_lock=True)
    assert first == one.read(LOCK)


def test_a_new_page_is_not_yet_recorded(site: MakeSite) -> None:
    """A page that is not in the lock is a warning until it is recorded."""
    one = site(SITE)
    one.good(update_lock=True)
    one.write("content/briefs/fees.md", brief("Fees"))
    assert ["unrecorded-address"] == codes(one.build().problems)
    one.good(update_lock=True)
    assert [] == codes(one.build().problems)


def test_a_changed_text_needs_a_note(site: MakeSite) -> None:
    """A changed word is a warning until `changes` has a new entry; other line breaks are no change."""
    one = site(SITE)
    one.good(update_lock=True)
    one.edit("content/briefs/hours.md", "Open.", "Open late.")
    assert ["changed-without-note"] == codes(one.build().problems)
    one.edit("content/briefs/hours.md", "changes: [", "changes: [{date: 2026-02-02, kind: minor, text: A word.}, ")
    assert [] == codes(one.build().problems)


def test_a_moved_page_keeps_its_address(site: MakeSite) -> None:
    """Renaming a page is an error whose hint is the line to add; with that line there is no error."""
    one = site(SITE)
    one.good(update_lock=True)
    one.rename("content/briefs/hours.md", "content/briefs/times.md")
    [lost] = one.errors()
    assert ("lost-address", "redirect_from: [/briefs/hours/]") == (lost.code, lost.hint.partition(": ")[2])
    one.edit("content/briefs/times.md", "---\nOpen", "redirect_from: [/briefs/hours/]\n---\nOpen")
    assert [] == list(one.errors())
