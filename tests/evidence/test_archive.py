"""A web archive is asked once for each source, and its answer is one line more in the file of sources."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.evidence.archive import add_line, archive
from briefing.evidence.changes import find_changes
from briefing.evidence.compare import compare
from briefing.evidence.keep import keep
from tests.evidence.test_keep import PAGE, QUICK, give, source, web
from tests.linkcheck.test_health import Deed, Web, say
from tests.sites import MakeSite, Site

__all__ = ["web"]


def no_pause(seconds: float) -> None:
    """Do not wait."""


ADDRESS = "https://council.example/minutes"
LINE = 'archived: {url: "https://web.archive.example/web/20260301120000/x", date: 2026-03-01}'
SOURCES = """\
# Sources of the first part; keep them in this order.
- id: minutes   # of May
  type: report

  title:   'The minutes'  # quoted so on purpose
  issued: 2026-05-02
  tier: primary
  publisher: The council
  URL: https://council.example/minutes # read in full
  passages:
    - {id: vote, locator: item 4, says: "Agreed."}

- {id: survey, type: report, title: Survey, issued: 2026, tier: primary, publisher: A, URL: "https://council.example/survey"} # short

# The end.
"""


def run(one: Site, web: Web, *named: str) -> list[tuple[bool, str]]:
    """Ask the archive without waiting."""
    pauses: list[float] = []
    return [(got.done, got.words) for got in archive(one.project(), named, web.address(""), QUICK, pauses.append)]


@pytest.mark.parametrize("name", ["minutes", "survey"])
def test_one_field_more_and_nothing_else(name: str) -> None:
    """Comments, spaces, quotation marks and order stay; without the new field, the file is as it was."""
    after = add_line(SOURCES, name, LINE)
    assert after
    assert after.replace(f"\n  {LINE}", "").replace(f", {LINE}", "") == SOURCES
    assert 1 == after.count(LINE)


@given(
    st.lists(st.sampled_from(["# note\n", "\n", "  # inside\n", "  note: '#'\n", "  aka: [a, b]\n"]), max_size=6),
    st.booleans(),
)
def test_whatever_stands_between_the_fields_stays(between: list[str], at_end: bool) -> None:
    """Every line of a file is in it afterwards, in the same order, also without a line end at its end."""
    lines = list(dict.fromkeys(between))
    text = f"- id: a\n  title: A\n{''.join(lines)}  URL: {ADDRESS}" + ("\n" if at_end else "")
    after = add_line(text, "a", LINE)
    assert after is not None
    assert [one for one in after.split("\n") if one.strip() != LINE] == text.split("\n")


def test_a_source_that_is_not_in_the_file_as_expected_is_left() -> None:
    """A copy already noted, two sources of one id, or a file that is not YAML: the writer adds the line."""
    assert None is add_line(f"- id: a\n  {LINE}\n", "a", LINE)
    assert None is add_line(f"- id: a\n  URL: {ADDRESS}\n- id: a\n  URL: {ADDRESS}\n", "a", LINE)
    assert None is add_line("- id: [a\n", "a", LINE)


SAVED = "/web/20260301120000/"
ANSWERS: dict[str, tuple[list[Deed], list[Deed], str]] = {
    "redirect": ([say(302, Location=f"{SAVED}{ADDRESS}")], [say(404)], SAVED),
    "content": ([say(200, Content_Location=f"{SAVED}{ADDRESS}")], [say(404)], SAVED),
    "older": ([say(200)], [give(b"20250101000000\n", "text/plain")], "/web/20250101000000/"),
    "forbidden": ([say(403)], [give(b"", "text/plain")], "the archive gave no copy (status 403)"),
    "busy": ([say(429)], [say(404)], "the archive accepts no more requests for now"),
    "down": ([say(502)], [say(404)], "the archive gave no copy (status 502)"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_answer_of_an_archive_is_understood(site: MakeSite, web: Web, answer: str) -> None:
    """A copy is noted with its day; without one, the file stays as it is and the next run asks again."""
    saved, listed, expected = ANSWERS[answer]
    web.lay(f"/save/{ADDRESS}", *saved)
    web.lay(re.sub(r"\n", "", _listing()), *listed)
    one = site(f"-- content/sources.yaml --\n{SOURCES}")
    [(done, words)] = run(one, web, "minutes")
    assert expected in words
    assert done == ("/web/" in words) == (one.read("content/sources.yaml") != SOURCES)
    assert 1 == sum("save" in asked for asked in web.asked)
    if done:
        assert run(one, web, "minutes") == [], "each source is asked for once"
        assert [] == [problem for problem in one.check() if problem.level == "error"]


def _listing() -> str:
    return "/cdx/search/cdx?url=https%3A%2F%2Fcouncil.example%2Fminutes&limit=-1&fl=timestamp&filter=statuscode:200"


PASSAGES = """  passages:
    - {id: built, locator: paragraph 1, says: Built., words: was built between 1961 and 1964}
"""


@pytest.mark.parametrize(
    ("now", "reported"),
    [
        (give(PAGE), ""),
        (give(PAGE + b"<aside>News of today</aside>"), ""),
        (give(PAGE.replace(b"1964", b"1965")), "the words of built are no longer there"),
        (give(b"<!doctype html><form><input type=password></form>"), "its address now shows something else"),
        (say(500), ""),
    ],
    ids=["same", "beside it", "the words", "login", "down"],
)
def test_a_kept_source_that_changed_is_reported_with_what_that_touches(
    site: MakeSite, web: Web, now: Deed, reported: str
) -> None:
    """News beside the text touch no passage; other words do, at the place of the source."""
    one = site(f"-- content/sources.yaml --\n{source('wall', web.lay('/wall', give(PAGE), now), PASSAGES)}")
    assert [True] == [got.done for got in keep(one.project(), (), None, QUICK, no_pause)]
    assert ["found"] == [got.result.state for got in compare(one.project())]
    found = [*find_changes(one.project(), QUICK, no_pause)]
    assert [reported in problem.message for problem in found] == [True] * bool(reported)
    assert all(
        (problem.code, problem.path, problem.line) == ("source-changed", "content/sources.yaml", 1) for problem in found
    )


@pytest.mark.parametrize(
    "place", ["https://evil.example/web/20260301120000/x", "/web/20261399120000/x", "/web/٢٠٢٦٠٣٠١١٢٠٠٠٠/x"]
)
def test_an_answer_that_is_no_copy_of_the_archive_is_not_noted(site: MakeSite, web: Web, place: str) -> None:
    """One on another host, or of a day that no calendar has."""
    one = site(f"-- content/sources.yaml --\n{source('a', ADDRESS)}")
    web.lay(f"/save/{ADDRESS}", say(302, Location=place.encode().decode("latin-1")))
    web.lay(f"/cdx/search/cdx?url={quote(ADDRESS, safe='')}&limit=-1&fl=timestamp&filter=statuscode:200", say(404))
    web.lay("/web/20261399120000/x", say(404))
    before = one.read("content/sources.yaml")
    [(done, _)] = run(one, web)
    assert (done, one.read("content/sources.yaml")) == (False, before)


def test_the_address_of_a_copy_stays_one_value(site: MakeSite, web: Web) -> None:
    """Whatever characters an archive puts into it."""
    one = site(f"-- content/sources.yaml --\n{source('a', ADDRESS)}")
    web.lay(f"/save/{ADDRESS}", say(302, Location='/web/20260301120000/x","y":"\\z'))
    assert run(one, web)[0][0]
    assert '/x\\",\\"y\\":\\"\\\\z", date: 2026-03-01}' in one.read("content/sources.yaml")
