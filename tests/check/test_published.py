"""Published addresses keep working, and a changed text has a change note."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.check.published import LOCK, check_published, lock_text
from briefing.incremental.hashed import Hashed
from briefing.model.steps import PageAnchors, PublishedCheck
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
    """A page that is not in the lock is a note until it is recorded, so that it does not fail before it is public."""
    one = site(SITE)
    one.good(update_lock=True)
    one.write("content/briefs/fees.md", brief("Fees"))
    assert "unrecorded-address" in codes(one.good(strict=True).summary.notes)
    one.good(update_lock=True)
    assert "unrecorded-address" not in codes(one.good().summary.notes)


def test_a_changed_text_needs_a_note(site: MakeSite) -> None:
    """A changed word is a warning until `changes` has a new entry; other line breaks are no change."""
    one = site(SITE)
    one.good(update_lock=True)
    one.edit("content/briefs/hours.md", "Open.", "Open late.")
    assert ["changed-without-note"] == codes(one.build().problems)
    one.edit("content/briefs/hours.md", "changes: [", "changes: [{date: 2026-02-02, kind: minor, text: A word.}, ")
    assert [] == codes(one.build().problems)


def test_a_lost_source_needs_a_note(site: MakeSite) -> None:
    """Readers see the receipt of a sentence, so it is a part of the text."""
    one = site(
        SITE
        + "-- content/sources.yaml --\n- {id: plan, type: report, title: T, publisher: P, issued: 2025, tier: primary}\n"
    )
    one.edit("content/briefs/hours.md", "Open.", "Open. [@plan] Shut. [@plan]")
    one.good(update_lock=True)
    one.edit("content/briefs/hours.md", "Open. [@plan]", "Open.")
    assert ["changed-without-note"] == codes(one.build().problems)


def test_a_rule_that_changes_does_not_change_a_text(site: MakeSite) -> None:
    """Which sentences need a source is no word of a page; nor is a line that an earlier version wrote compared."""
    one = site(SITE)
    one.edit("content/briefs/hours.md", "Open.", "Open in Vault 7.")
    one.good(update_lock=True)
    one.write("content/site.yaml", one.read("content/site.yaml") + "numbered_names: [Vault]\n")
    assert [] == codes(one.build().problems)
    before = one.read(LOCK)
    one.write(LOCK, re.sub(r" w[0-9a-f]{11} ", " 0123456789ab ", before))
    assert before != one.read(LOCK)
    assert [] == codes(one.build().problems)
    one.good(update_lock=True)
    assert before == one.read(LOCK)


def test_a_moved_page_keeps_its_address(site: MakeSite) -> None:
    """Renaming a page is an error whose hint is the line to add; with that line there is no error."""
    one = site(SITE)
    one.good(update_lock=True)
    one.rename("content/briefs/hours.md", "content/briefs/times.md")
    [lost] = one.errors()
    assert ("lost-address", "redirect_from: [/briefs/hours/]") == (lost.code, lost.hint.partition(": ")[2])
    one.edit("content/briefs/times.md", "---\nOpen", "redirect_from: [/briefs/hours/]\n---\nOpen")
    assert [] == list(one.errors())


DIGESTS = st.sampled_from(["", "00", "0a", "f0", "f1" * 20])
IDS = st.lists(st.sampled_from(["fees", "hours", "when", "why"]), unique=True).map(tuple)


def test_the_files_of_a_moved_page_are_not_asked_for(site: MakeSite) -> None:
    """The card and the feed beside a page that has another address now; those of a page that is gone are asked for."""
    one = site(SITE)
    one.edit("content/site.yaml", "language:", "republish_cards: true\nlanguage:")
    one.good(update_lock=True)
    files = [line for line in one.read(LOCK).split() if line.startswith("/briefs/hours/")]
    one.rename("content/briefs/hours.md", "content/briefs/times.md")
    files = [address for address in files if "2026" not in address]
    assert len(files) == len([problem for problem in one.errors() if problem.code == "lost-address"]) > 1
    one.edit("content/briefs/times.md", "---\nOpen", "redirect_from: [/briefs/hours/]\n---\nOpen")
    assert [] == codes(one.errors())


@st.composite
def published(draw: st.DrawFn) -> PublishedCheck:
    """Return a site: some pages of files and some without, with ids and digests."""
    addresses = draw(st.lists(st.sampled_from(["/", "/a/", "/b/", "/c/"]), unique=True))
    pages = []
    for address in addresses:
        path = draw(st.sampled_from(["", f"content{address}x.md"]))
        changes, redirected = (draw(DIGESTS), False) if path else ("", draw(st.booleans()))
        pages.append(PageAnchors(address, draw(IDS), path, changes, redirected))
    sentences = tuple((page.path, draw(DIGESTS.filter(bool))) for page in pages if page.path)
    return PublishedCheck(None, Hashed.of(tuple(pages)), sentences, draw(st.booleans()))


@settings(max_examples=400)
@given(published(), published())
def test_what_was_published_is_compared_line_by_line(before: PublishedCheck, now: PublishedCheck) -> None:
    """Each address and each id that is gone, each changed text without a new note, and all new addresses: nothing else."""
    lock = lock_text(before)
    pages = {page.address: page for page in now.anchors.value}
    texts, old_texts = dict(now.sentences), dict(before.sentences)
    expected = []
    for line, old in enumerate(sorted(before.anchors.value, key=lambda page: page.address), 2):
        page = pages.get(old.address)
        if page is None:
            expected.append(("lost-address", LOCK, line))
            continue
        if page.path or not page.redirected:
            expected += [("lost-anchor", LOCK, line) for one in old.anchors if one not in page.anchors]
        has_text = page.path and old.path
        if has_text and old_texts[old.path] != texts[page.path] and old.changes == page.changes:
            expected.append(("changed-without-note", page.path, 1))
    if set(pages) - {page.address for page in before.anchors.value} and not now.recording:
        expected.append(("unrecorded-address", LOCK, 1))
    found = check_published(replace(now, lock=Hashed.of(lock.encode())))
    assert sorted(expected) == sorted((one.code, one.path, one.line) for one in found)
    assert () == check_published(now)


def test_a_lost_id_names_the_nearest_one(site: MakeSite) -> None:
    """Of an id that is gone, the hint names the heading that has a similar one."""
    one = site(SITE)
    one.edit("content/briefs/hours.md", "Open.", "## When {#when}\n\nOpen.")
    one.good(update_lock=True)
    one.edit("content/briefs/hours.md", "{#when}", "{#wehn}")
    [lost] = one.errors()
    assert ("lost-anchor", True) == (lost.code, "“wehn” the old id: {#when}" in lost.hint)


@given(st.text(max_size=30))
def test_a_line_of_the_lock_that_names_no_page_is_reported(text: str) -> None:
    """A line is an address and two digests, then ids; any other is a problem of that line."""
    lines = "".join(sign for sign in text if sign.isprintable())
    read = check_published(PublishedCheck(Hashed.of(f"# Head\n\n{lines}\n".encode()), Hashed.of(()), (), False))
    words = lines.split()
    fits = len(words) > 2 and words[0].startswith("/")
    expected = [] if not words or lines.startswith("#") else ["lost-address" if fits else "lock-line"]
    assert expected == [one.code for one in read]
    assert [3] * len(expected) == [one.line for one in read]


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\xad", "\u2028", "\x0b", "\u3164", "\ue000"])
def test_the_lock_hides_nothing(site: MakeSite, hidden: str) -> None:
    """A character that nobody sees is refused in its line, and bytes that are no text at their place."""
    one = site()
    one.good(update_lock=True)
    text = one.read(LOCK)
    one.write(LOCK, text + f"/ol{hidden}d/ - -\n")
    found = [(problem.code, problem.line) for problem in one.errors() if problem.path == LOCK]
    assert ("control-character", text.count("\n") + 1) in found
    one.write(LOCK, text.replace("\n", "\r\n"))
    assert not one.errors()
    one.write(LOCK, text.encode() + b"/\xff/ - -\n")
    assert ["not-utf8"] == [problem.code for problem in one.errors() if problem.path == LOCK]
