"""The search index contains what readers can read. It is made only if that is new; equal pages give an equal index."""

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
    """Return the fields and words of each record in the index, by its address."""
    found = {}
    for path, data in output.items():
        if path.endswith(".pf_fragment"):
            entry = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
            found[entry["meta"]["address"]] = {**entry["meta"], "content": entry["content"]}
    return found


def test_every_record_can_be_found_with_its_kind_and_date(site: MakeSite) -> None:
    """Pages, lists and their entries are in the index with names and date; navigation and sources are not."""
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
        "/a-z/": ("A to Z", "Page", ""),
        "/briefs/": ("Briefs", "Page", ""),
        "/glossary/": ("Glossary", "Page", ""),
        "/numbers/": ("Numbers", "Page", ""),
        "/sources/": ("Sources", "Page", ""),
        "/support/": ("Support", "Page", ""),
        "/timeline/": ("Timeline", "Page", ""),
    } == {address: (entry["title"], entry["kind"], entry["date"]) for address, entry in found.items()}
    assert "When we open" in found["/briefs/hours/"]["content"]
    assert "borrowing" in found["/glossary/loan/"]["content"]
    assert "1,200" in found["/numbers/#visits"]["content"]
    assert "helpline" in found["/support/"]["content"] and "The quiet session" in found["/support/"]["content"]
    words = set(json.loads(one.output()["pagefind/names.json"]))
    assert {"opening", "borrowing", "helpline", "riverside"} <= words and "takes" not in words
    assert [] == [address for address, entry in found.items() if "quiet desk" in entry["content"]]


def test_the_index_is_made_only_when_a_page_is_new(site: MakeSite) -> None:
    """An asset makes no index. An edit makes it again, and removes the files that are no longer part of it."""
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
    """Six builds without a memo give the same bytes, so nothing is written in the order of a set."""
    one = site(SITE)
    outputs = []
    for _ in range(6):
        one.good(memo=Memo(), search=True)
        outputs.append(one.output())
    assert outputs[1:] == outputs[:-1]


def test_what_a_record_is_called_stays_words(site: MakeSite) -> None:
    """A title that looks like markup is found by what readers see."""
    one = site(SITE)
    one.edit("content/glossary.yaml", "term: Loan", "term: '<i>Loan</i> & \"gift\"'")
    one.good(search=True)
    assert '<i>Loan</i> & "gift"' == fragments(one.output())["/glossary/loan/"]["title"]


def test_a_style_sheet_makes_no_index(site: MakeSite) -> None:
    """A new style sheet makes no index, though it changes the one-file edition, which contains it."""
    one, memo = site(SITE), Memo()
    one.good(memo=memo, search=True)
    one.write("assets/style.css", "b { color: red }")
    written = one.good(memo=memo, search=True).written
    assert written is not None and "briefing.html" in written.changed
    assert not memo.computed["search"]


LARGE = SITE + "".join(
    f"- {{id: count-{at}, value: {at}, label: Count {at}, definition: Of books., as_of: 2025, source: [minutes]}}\n"
    for at in range(700)
).join(("-- content/numbers.yaml --\n", ""))
"""A site whose index has parts."""


def test_an_edit_makes_one_part_of_a_large_index_again(site: MakeSite) -> None:
    """Every record is in one part. An edit makes one part again, although it changes what another page mentions."""
    one, memo = site(LARGE), Memo()
    one.good(memo=memo, search=True)
    found, output = fragments(one.output()), one.output()
    parts = ["", *json.loads(output["pagefind/parts.json"])]
    assert len(found) > 700 and list(range(len(parts))) == list(memo.computed["search"])
    assert {f"pagefind/{part}pagefind-entry.json" for part in parts} <= set(output)
    before = output["glossary/loan/index.html"]
    one.edit("content/briefs/hours.md", "opens at nine", "opens at ten")
    one.good(memo=memo, search=True)
    assert before != one.output()["glossary/loan/index.html"]
    assert 1 == len(memo.computed["search"])
    assert "opens at ten" in fragments(one.output())["/briefs/hours/"]["content"]
