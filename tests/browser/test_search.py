"""Search finds what people look for, tells nobody what that was, and is not missed where there is no script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import Visit, follow
from tests.browser.pages import Server
from tests.browser.test_access import violations
from tests.postprocess.test_search import LARGE
from tests.sites import MakeSite

MOST = 220_000
"""Bytes that the search page and its first query may take together, as they travel."""
QUERIES = {
    # names, everyday names, words, figures, events, questions
    "louise casey": "people/louise-casey/",
    "musk": "people/elon-musk/",
    "longfield": "people/anne-longfield/",
    "yvette cooper": "people/yvette-cooper/",
    "grooming gangs": "glossary/grooming-gangs/",
    "grooming gang": "glossary/grooming-gangs/",
    "definition of grooming": "glossary/grooming-gangs/",
    "tor": "glossary/terms-of-reference/",
    "pardon": "glossary/disregard-and-pardon/",
    "NFA": "glossary/no-further-action/",
    "no further action": "glossary/no-further-action/",
    "anonymity": "glossary/lifelong-anonymity/",
    "CSE": "glossary/child-sexual-exploitation/",
    "statutory inquiry": "glossary/statutory-inquiry/",
    "mandatory reporting": "glossary/mandatory-reporting/",
    "teachers": "glossary/mandatory-reporting/",
    "1,273": "numbers/#cases-referred",
    "1273": "numbers/#cases-referred",
    "£65 million": "numbers/#inquiry-budget",
    "cost": "numbers/#inquiry-budget",
    "two-thirds": "numbers/#ethnicity-unrecorded",
    "jay report": "people/alexis-jay/",
    "rape law": "not-known/#rape-law-change",
    "true scale": "not-known/#true-scale",
    "telford": "places/telford/",
    "Rochdale": "places/rochdale/",
    "bradford": "places/bradford/",
    "wales": "places/wales/",
    "scotland": "places/scotland/",
    "iopc": "organisations/iopc/",
    "IICSA": "organisations/iicsa/",
    "national crime agency": "organisations/nca/",
    "beacon port": "briefs/nca-operation/",
    "Operation Beaconport": "briefs/nca-operation/",
    "ethnicity data": "briefs/ethnicity-and-data/",
    "police": "briefs/policing-practice/",
    "taxis": "recommendations/recommendation-11/",
    "recommendation 4": "recommendations/recommendation-4/",
    "Recommendation 12": "recommendations/recommendation-12/",
    # lists, and what somebody types who needs help now
    "support": "support/",
    "help": "support/",
    "helpline": "support/",
    "hotline": "support/",
    "phone number": "support/",
    "someone to talk to": "support/",
    "samaritans": "support/",
    "childline": "support/",
    "timeline": "timeline/",
    "what happens next": "next/",
    "corrections": "corrections/",
    # one mistake, or two in a long word, in a name
    "rotheram": "places/rotherham/",
    "Jess Philips": "people/jess-phillips/",
    "oldam": "places/oldham/",
    "Caisey": "people/louise-casey/",
    "Manchestr": "places/manchester/",
    "Rochdael": "places/rochdale/",
    "Telferd": "places/telford/",
    "Alexis Jaye": "people/alexis-jay/",
    "Longfeild": "people/anne-longfield/",
    # a sentence of which no page has every word
    "my case was closed": "briefs/closed-cases-review/",
}
STRANGERS = ["Tommy Tom", "Stephen Jayson", "zxqvy", "oldish", "prison"]
"""Names and words that no page has, though pages have their beginnings or one of the words."""


def ask(page: Page, words: str) -> list[str]:
    """Type words, wait for what is found, and give where each result leads."""
    expect(page.locator("#UI--words")).to_be_visible()
    page.locator("#UI--words").fill("")
    expect(page.locator("#UI--found")).to_have_text("")
    page.locator("#UI--words").fill(words)
    expect(page.locator("#UI--found")).not_to_have_text("")
    links = page.locator("#UI--results > li > a:first-child").all()
    return [link.evaluate("(one, root) => one.href.slice(root.length)", page.url[: -len("search/")]) for link in links]


def test_the_first_thing_found_is_the_one_meant(visit: Visit) -> None:
    """A name, an everyday name, a word, a figure, an event or a question leads to its own record first."""
    page = visit("search/")
    assert QUERIES == {words: (ask(page, words) or ["nothing"])[0] for words in QUERIES}
    assert page.locator("#UI--results .apparatus").first.inner_text() != ""


def test_a_corrected_word_and_missing_words_are_named(visit: Visit) -> None:
    """If the search looks for other words than those that were typed, it says for which, or that some are missing."""
    page, found = visit("search/"), "#UI--found"
    ask(page, "Jess Philips")
    expect(page.locator(found)).to_contain_text("No page has these words. This shows: jess phillips.")
    ask(page, "my case was closed")
    expect(page.locator(found)).to_contain_text("No page has all these words. These pages have some of them.")


def test_a_name_that_is_not_here_leads_to_nobody_else(visit: Visit) -> None:
    """A person of another name, and a page with only the beginning of a word, are not shown instead."""
    page = visit("search/")
    assert {words: [] for words in STRANGERS} == {words: ask(page, words) for words in STRANGERS}


def test_a_long_list_says_that_it_is_cut(visit: Visit) -> None:
    """The count is of all pages found, and says how many of them are shown."""
    page = visit("search/")
    shown = len(ask(page, "police"))
    expect(page.locator("#UI--found")).to_have_text(re.compile(rf"^First {shown} of \d\d+ results$"))


def test_enter_takes_the_keyboard_away(visit: Visit) -> None:
    """On a phone the keyboard covers what was found, so Enter takes the focus out of the field."""
    page = visit("search/", width=360)
    ask(page, "telford")
    page.keyboard.press("Enter")
    expect(page.locator("#UI--words")).not_to_be_focused()
    expect(page.locator("#UI--results > li").first).to_be_visible()


def test_what_was_looked_for_is_kept_nowhere(visit: Visit, home: str) -> None:
    """The words are not in the address, the history, any storage or any request, and nobody else is asked."""
    page = visit("search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    before = page.evaluate("history.length")
    ask(page, "pardon")
    page.keyboard.press("Enter")
    assert (f"{home}search/", before) == (page.url, page.evaluate("history.length"))
    assert [0, 0, 0] == page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")
    assert [] == [url for url in asked if "pardon" in url or not url.startswith(home)]
    assert [] == page.evaluate("[...document.querySelectorAll('input[name], form')].map((one) => one.outerHTML)")


@pytest.mark.parametrize("added", ["?q=pardon", "#pardon", "?q=a#b"])
def test_words_in_the_address_of_the_search_do_not_stay_there(visit: Visit, home: str, added: str) -> None:
    """A link to the search with words in it leaves them neither in the address bar nor in the history."""
    page = visit(f"search/{added}")
    expect(page.locator("#UI--words")).to_be_visible()
    assert f"{home}search/" == page.url


def test_search_works_at_the_root_and_below_a_path(visit: Visit, output: Path) -> None:
    """The same folder searches wherever it is put, and its results lead to pages that are there."""
    with Server(output, "/") as server:
        page = visit("search/")
        page.goto(f"{server.home}search/")
        first = ask(page, "telford")[0]
        follow(page.locator("#UI--results > li > a:first-child").first)
        assert f"{server.home}{first}" == page.url
        assert "Telford" in page.title()


def test_a_brief_is_found_by_a_section(visit: Visit, home: str) -> None:
    """A result that is a brief names the section that says it, and leads there."""
    page = visit("search/")
    ask(page, "referred reviewed reinvestigated")
    parts = page.locator("#UI--results > li > p > a")
    expect(parts.first).to_be_visible()
    follow(parts.first)
    assert page.evaluate("document.querySelector(location.hash) !== null")


def test_nothing_found_is_said(visit: Visit) -> None:
    """Where nothing is found the page says so, politely, and the A to Z is there."""
    page = visit("search/")
    assert [] == ask(page, "zxqvy")
    assert "A to Z" in page.locator("#UI--found").inner_text()
    assert "status" == page.locator("#UI--found").get_attribute("role")


def test_without_script_the_index_is_there(visit: Visit) -> None:
    """With script off no dead field is shown, and every letter of the A to Z can be reached."""
    page = visit("search/", script=False)
    expect(page.locator("#UI--words")).to_be_hidden()
    letters = page.locator(".letters a")
    assert letters.count() > 10
    follow(letters.last)
    assert "/a-z/#UI--letter-" in page.url


def test_the_first_query_is_light(visit: Visit) -> None:
    """The page, what it loads and the first query together stay within the budget, zipped as they travel."""
    page = visit()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto("search/")
    ask(page, "pardon")
    assert len(asked) > 8
    assert sum(request.sizes()["responseBodySize"] for request in asked) <= MOST


def test_the_index_of_a_large_site_is_searched_as_one(site: MakeSite, browser: Browser) -> None:
    """Whatever part a record is in, it is found first, also with a mistake in its name, and sources come last."""
    one = site(LARGE)
    one.good(search=True)
    assert "1/" in json.loads(one.output()["pagefind/parts.json"])
    with Server(one.root / "output", "/") as server, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.home}search/")
        wanted = {f"Count {at}": f"numbers/#count-{at}" for at in range(11, 700, 86)} | {
            "borowing": "glossary/loan/", "opening hours": "briefs/hours/", "The minutes": "sources/minutes/",
        }  # fmt: skip
        assert wanted == {words: (ask(page, words) or ["nothing"])[0] for words in wanted}


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_results(visit: Visit, width: int) -> None:
    """With results shown the page breaks no rule that axe can tell."""
    page = visit("search/", width=width)
    ask(page, "pardon")
    assert [] == violations(page)
