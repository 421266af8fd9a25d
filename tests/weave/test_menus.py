"""The bar and the footer: sections, links to other websites, and what is wrong with them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sites import MakeSite, brief, codes, document

MENU = """\
navigation:
  - {label: Briefs, to: /briefs/}
  - label: Who we are
    items:
      - {label: Hours, to: /briefs/hours/}
      - {label: The town, to: "https://town.example/library?a=1&b=2"}
  - {label: Catalogue, to: "https://books.example/"}
footer:
  - {label: The council, to: "https://council.example/"}
  - {label: A to Z, to: /a-z/}
"""
SETTINGS = f"title: The library\n{MENU}"
SITE = f"-- content/site.yaml --\n{SETTINGS}-- content/briefs/hours.md --\n{brief()}"


def menu(page: str) -> str:
    """Return the bar's menu."""
    [found] = re.findall(r'<nav class="menu".*?</nav>', page, re.DOTALL)
    return str(found)


def test_sections_and_outward_links(site: MakeSite) -> None:
    """A section holds its links; a link that leaves the site says so in words, and tells that site nothing."""
    one = site(SITE, default="")
    one.good()
    page = one.output()["briefs/hours/index.html"].decode()
    for address in ("https://town.example/library?a=1&amp;b=2", "https://books.example/", "https://council.example/"):
        assert re.search(
            f'<a href="{re.escape(address)}" rel="noreferrer external">[^<]+<span class="unseen"> .another website.</span></a>',
            page,
        ), address
    assert ["Hours", "The town"] == re.findall(
        r">([\w ]+)<(?:/a|span)", re.findall(r"<details.*?</details>", menu(page), re.DOTALL)[0].partition("<ul>")[2]
    )
    assert '<summary aria-current="true">Who we are</summary>' in page
    assert '<a href="./" aria-current="page">Hours</a>' in menu(page)
    assert "aria-current" not in menu(one.output()["a-z/index.html"].decode())
    missing = one.output()["404.html"].decode()
    body = missing.partition('<ul class="entries">')[2]
    assert ["Briefs", "Hours", "The town", "Catalogue"] == re.findall(r">([\w ]+)<(?:/a|span)", body)[1:5]


def test_only_a_site_that_has_them_gets_their_rules(site: MakeSite) -> None:
    """The style sheet of a site without sections and outward links has no rule for them."""
    one = site(SITE, default="")
    one.good()
    rich = one.output()["assets/style.css"].decode()
    one.write("content/site.yaml", "title: The library\n")
    one.good()
    plain = one.output()["assets/style.css"].decode()
    for rule in (".menu summary", "external"):
        assert (True, False) == (rule in rich, rule in plain)
    assert "if the site" not in rich + plain and "end if" not in rich + plain


@pytest.mark.parametrize(
    ("old", "new", "code", "word"),
    [
        ("/briefs/hours/", "/briefs/huors/", "unknown-link", "did you mean /briefs/hours/?"),
        ("/a-z/", "/a-zz/", "unknown-link", "remove it"),
        ("https://books", "http://books", "wrong-form", "starts with https://"),
        ("https://books.example/", "//books.example/", "wrong-form", "starts with https://"),
        ("https://books.example/", "javascript:alert(1)", "wrong-form", "starts with https://"),
        ("https://books.example/", "https://me@books.example/", "wrong-form", "starts with https://"),
        ("label: Catalogue", "label: town.example", "link-words", ""),
        ("{label: Briefs, to: /briefs/}", "{label: Briefs}", "missing-field", ""),
        ("{label: Briefs, to: /briefs/}", "{label: Briefs, items: []}", "empty-field", ""),
        ("to: /briefs/hours/", "to: /briefs/hours/, items: [{label: A, to: /a-z/}]", "unknown-field", ""),
    ],
)
def test_what_is_wrong_with_a_menu_is_said(site: MakeSite, old: str, new: str, code: str, word: str) -> None:
    """A link to no page, an unsafe address, words that name another site, and a section that is no section."""
    one = site(SITE, default="")
    one.edit("content/site.yaml", old, new)
    problem = next(problem for problem in one.errors() if problem.code == code)
    assert "content/site.yaml" == problem.path
    assert word in problem.hint


def test_a_page_in_a_section_is_no_orphan(site: MakeSite) -> None:
    """A page that only a section links to is reachable."""
    about = "-- content/pages/about.md --\n---\ntitle: About us\nsummary: Who.\n---\nWe read.\n"
    one = site(SITE + about, default="")
    assert ["orphan-page"] == codes(problem for problem in one.check() if problem.code == "orphan-page")
    one.edit("content/site.yaml", "/briefs/hours/", "/about/")
    assert [] == [problem for problem in one.check() if problem.code == "orphan-page"]


@given(st.text(min_size=1, max_size=30))
def test_an_address_that_is_accepted_leaves_by_https_or_stays(words: str) -> None:
    """Whatever follows, an address that the settings accept is a path of this site or a host after https://."""
    for address in (words, f"/{words}", f"https://{words}", f"javascript:{words}"):
        typed = address.replace("\\", "\\\\").replace('"', '\\"')
        text = f'title: T\nnavigation: [{{label: A, to: "{typed}"}}]\n'
        parsed = document(text, "site", "content/site.yaml")
        if not parsed.problems:
            assert re.fullmatch(r"/([^/\s\\].*)?|https://[^\s/?#@\\]+([/?#]\S*)?", address), address


def test_the_address_of_a_section_is_its_first_link(site: MakeSite) -> None:
    """A section can have a page of its own."""
    one = site(SITE, default="")
    one.edit("content/site.yaml", "label: Who we are\n", "label: Who we are\n    to: /a-z/\n")
    one.good()
    bar = menu(one.output()["a-z/index.html"].decode())
    assert (
        '<summary aria-current="true">Who we are</summary>\n<ul>\n<li><a href="./" aria-current="page">Who we are</a></li>'
        in bar
    )
