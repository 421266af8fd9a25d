"""The search index: made of what readers can read, only when that is new, and the same for the same pages."""

from __future__ import annotations

import gzip
import json

from briefing.incremental.memo import Memo
from tests.sites import MakeSite, brief

SITE = f"""
-- content/briefs/hours.md --
{brief("Opening hours", "The library opens at nine, see [[loan]].", aka="[When we open]")}
-- content/glossary.yaml --
- {{id: loan, term: Loan, meaning: A book taken home., aka: [borrowing]}}
-- content/events.yaml --
- {{id: opening, date: 2025-06-16, title: The opening of the hall, sources: [minutes]}}
-- content/numbers.yaml --
- {{id: visits, value: "1,200", label: Visits a week, definition: Through the door., as_of: 2025, source: [minutes]}}
-- content/sources.yaml --
- {{id: minutes, type: report, title: The minutes, issued: 2025, tier: primary, publisher: The Board, URL: "https://x.example/"}}
-- content/support.yaml --
- {{id: session, name: The quiet session, who_for: Readers, number: "1234", checked: 2026-01-01}}
"""


def fragments(output: dict[str, bytes]) -> dict[str, dict[str, str]]:
    """Give what the index knows of each record, by its address, with its words."""
    found = {}
    for path, data in output.items():
        if path.endswith(".pf_fragment"):
            told = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
            found[told["meta"]["address"]] = {**told["meta"], "content": told["content"]}
    return found


def test_every_record_can_be_found_with_its_kind_and_date(site: MakeSite) -> None:
    """Pages and entries of lists are in the index, named, dated, and with their other names; apparatus is not."""
    one = site(SITE)
    one.good(search=True)
    found = fragments(one.output())
    assert {
        "/": ("The Riverside Library", "Page", ""),
        "/briefs/hours/": ("Opening hours", "Brief", "10 January 2026"),
        "/glossary/loan/": ("Loan", "Term", ""),
        "/timeline/#opening": ("The opening of the hall", "Event", "16 June 2025"),
        "/numbers/#visits": ("Visits a week", "Number", "2025"),
        "/sources/minutes/": ("The minutes", "Source", "2025"),
    } == {address: (told["title"], told["kind"], told["date"]) for address, told in found.items()}
    assert "When we open" in found["/briefs/hours/"]["content"]
    assert "borrowing" in found["/glossary/loan/"]["content"]
    assert "1,200" in found["/numbers/#visits"]["content"]
    assert [] == [address for address, told in found.items() if "quiet desk" in told["content"]]


def test_the_index_is_made_only_when_a_page_is_new(site: MakeSite) -> None:
    """A file of no page makes no index; an edit makes it anew, and what it no longer holds is removed."""
    one, memo = site(SITE), Memo()
    one.good(memo=memo, search=True)
    assert (0,) == memo.computed["search"]
    before = one.output()
    one.write("assets/notes.txt", "Of no page.")
    one.good(memo=memo, search=True)
    assert not memo.computed["search"]
    one.edit("content/briefs/hours.md", "at nine", "at ten")
    written = one.good(memo=memo, search=True).written
    assert (0,) == memo.computed["search"]
    assert written is not None and written.removed
    gone = {path for path in before if path.endswith(".pf_fragment")} - set(one.output())
    assert gone == {path for path in written.removed if path.endswith(".pf_fragment")} != set()


def test_a_check_makes_no_index(site: MakeSite) -> None:
    """The command that checks loads no indexer, and a build may leave the index out."""
    one, memo = site(SITE), Memo()
    loads = ["pagefind_bin" in one.run(name, PYTHONPROFILEIMPORTTIME="1").stderr for name in ("check", "build")]
    assert [False, True] == loads
    one.good(memo=memo)
    assert ("search" in memo.computed, []) == (False, [p for p in one.output() if p.startswith("pagefind/")])


def test_the_same_pages_give_the_same_index(site: MakeSite) -> None:
    """Six builds from nothing give the same bytes; a set written in no settled order would show."""
    one = site(SITE)
    outputs = []
    for _ in range(6):
        one.good(memo=Memo(), search=True)
        outputs.append(one.output())
    assert outputs[1:] == outputs[:-1]


def test_what_a_record_is_called_stays_words(site: MakeSite) -> None:
    """A title that looks like markup is found as it reads."""
    one = site(SITE)
    one.edit("content/glossary.yaml", "term: Loan", "term: '<i>Loan</i> & \"gift\"'")
    one.good(search=True)
    assert '<i>Loan</i> & "gift"' == fragments(one.output())["/glossary/loan/"]["title"]


def test_a_style_sheet_makes_no_index(site: MakeSite) -> None:
    """What pages look like is nothing to search for, though the page that is one file carries its style within."""
    one, memo = site(SITE), Memo()
    one.good(memo=memo, search=True)
    one.write("assets/style.css", "b { color: red }")
    written = one.good(memo=memo, search=True).written
    assert written is not None and "briefing.html" in written.changed
    assert not memo.computed["search"]
