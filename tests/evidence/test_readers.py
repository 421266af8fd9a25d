"""What readers see of passages that were compared: at the receipt, below a brief, at the source, on one page, as data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from briefing.evidence.compare import compare
from briefing.evidence.keep import keep
from tests.sites import Site, brief

CORPUS = Path(__file__).parent / "corpus"
URL = "https://county.example/wall.pdf"
PAGE = "https://county.example/wall"
FILES = f"""\
-- content/sources.yaml --
- id: wall
  type: report
  title: The wall
  publisher: The county
  issued: 2026
  tier: primary
  URL: {URL}
  passages:
    - {{id: built, locator: p. 1, says: When it was built., words: was built between 1961 and 1964}}
    - {{id: night, locator: p. 9, says: The night., words: the consultants had been informed by telephone}}
    - {{id: wrong, locator: p. 2, says: The crack., starts: a jogger reported a crack near}}
    - {{id: silent, locator: p. 2, says: Nothing to look for.}}
- id: manual
  type: webpage
  title: The manual
  publisher: Another
  issued: 2026
  tier: news
  URL: {PAGE}
  passages:
    - {{id: hyphen, locator: section 1, says: A., starts: FONTCONFIG is a library designed, ends: "customization, and application access"}}
- {{id: scanned, type: report, title: Scanned, publisher: A third, issued: 2026, tier: news, URL: "https://c.example/s.pdf", passages: [{{id: p, locator: p. 1, says: B., words: The flood wall of Millbrook}}]}}
-- content/briefs/night.md --
"""
TEXT = FILES + brief(
    body="It was built [@wall#built]. The night [@wall#night; @wall#wrong; @wall#silent]. Fonts [@manual#hyphen; @scanned#p].\n"
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of a site with a source in each state, built once."""
    one = Site(tmp_path_factory.mktemp("readers"), TEXT)
    one.edit("content/site.yaml", "language: en-GB", "language: en-GB\nwords: {Not yet checked: Noch nicht geprüft}")
    for name, file in (
        ("wall", "wall-reportlab.pdf"),
        ("manual", "fontconfig-user.html"),
        ("scanned", "wall-scan.pdf"),
    ):
        assert [True] == [outcome.done for outcome in keep(one.project(), (name,), CORPUS / file)]
    list(compare(one.project()))
    one.good()
    return {path: data.decode("utf-8", "replace") for path, data in one.output().items()}


def shown(page: str) -> str:
    """Return what a reader reads in the main part of a page."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_receipt_says_what_was_found(pages: dict[str, str]) -> None:
    """Found with its page, elsewhere with the other page, not found, and not yet checked, each with the day of the copy."""
    text = shown(pages["briefs/night/index.html"])
    assert "Words found on page 1 of the copy kept on 1 March 2026." in text
    assert re.search(r"Words found elsewhere than we say: on page [12] of the copy kept on 1 March 2026\.", text)
    assert "Words not found in the copy kept on 1 March 2026." in text
    assert "Words found in the copy kept on 1 March 2026." in text
    assert 2 == text.count("Not yet checked against a copy.")


def test_the_end_of_a_brief_counts_its_passages(pages: dict[str, str]) -> None:
    """One sentence for all passages that the brief cites, with the way to what it means."""
    assert "3 of 6 cited passages found in copies of their sources." in shown(pages["briefs/night/index.html"])
    assert 'href="../../checked/"' in pages["briefs/night/index.html"]


def test_a_link_leads_to_what_was_found(pages: dict[str, str]) -> None:
    """To the page of a PDF, or to words as the copy has them; never to words that are not there."""
    page = pages["briefs/night/index.html"]
    assert f"{URL}#page=1" in page
    assert "jogger" not in page
    found = "#:~:text=Fontconfig%20is%20a%20library%20designed,customization%20and%20application%20access"
    assert f"{PAGE}{found}".casefold() in page.casefold()


def test_the_page_of_a_source_says_what_is_known_of_its_copy(pages: dict[str, str]) -> None:
    """How many of its passages were found; pictures of pages are called that, and not “not found”."""
    assert "2 of 4 passages found in the copy kept on 1 March 2026." in shown(pages["sources/wall/index.html"])
    scanned = shown(pages["sources/scanned/index.html"])
    assert "cannot be compared with our passages: it has pictures of pages and no text." in scanned
    assert "not found" not in scanned


def test_one_page_has_all_counts_and_says_what_they_prove(pages: dict[str, str]) -> None:
    """Counts in a table, in the words of the site, what is wrong as links to it, and what finding does not mean."""
    text = shown(pages["checked/index.html"])
    assert "Found words do not prove that the statement is right." in text
    expected = "Found where we say 2 Found elsewhere in the copy 1 Not found in the copy 1 Noch nicht geprüft 2"
    assert expected in text
    assert 'href="../sources/wall/#UI--passage-wrong"' in pages["checked/index.html"]
    assert 'id="UI--passage-wrong"' in pages["sources/wall/index.html"]


def test_data_and_linked_data_say_the_same(pages: dict[str, str]) -> None:
    """The table of passages has each result; the page of a source describes its passages for programs."""
    table = json.loads(pages["data/passages.json"])
    rows = {row["passage"]: row for row in table["rows"]}
    assert (rows["built"]["result"], rows["built"]["page"], rows["built"]["kept"]) == ("found", "1", "2026-03-01")
    assert {"elsewhere", "not-found", "unchecked"} == {rows[name]["result"] for name in ("night", "wrong", "silent")}
    linked = pages["sources/wall/index.html"]
    assert '"creativeWorkStatus": "not-found, in a copy of 2026-03-01"' in linked.replace('":"', '": "')


@pytest.mark.parametrize(("strikes", "archived", "leads"), [(3, True, False), (2, True, True), (3, False, True)])
def test_a_dead_link_leads_to_the_copy(tmp_path: Path, strikes: int, archived: bool, leads: bool) -> None:
    """After failures on three days a source leads to its archived copy, if it has one; its own address is no link."""
    one = Site(tmp_path, TEXT)
    copy = "https://web.archive.org/web/20260101000000/x"
    if archived:
        one.edit(
            "content/sources.yaml", f"URL: {PAGE}\n", f"URL: {PAGE}\n  archived: {{url: {copy}, date: 2026-01-01}}\n"
        )
    days = [f"2026-01-0{day}" for day in range(1, strikes + 1)]
    known = {PAGE: {"verdict": "gone", "status": 404, "good": "", "strikes": days}}
    one.write("content/link-health.json", json.dumps(known))
    one.good()
    page = one.page("/sources/manual/")
    assert (f'href="{PAGE}' in page) == leads
    assert (f'href="{copy}"' in page) == archived
    assert "Cited by name" not in page
