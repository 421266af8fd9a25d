"""A title and a text are enough for a site; what it does without is a note."""

from __future__ import annotations

import re

import pytest

from tests.sites import MakeSite, codes

TINY = """\
-- content/site.yaml --
title: The new bridge
-- content/briefs/opening.md --
---
title: When does it open?
---
The bridge opens in 2027. It cost 4 million pounds.
"""
SETTINGS = {
    "tagline": "What is known about it",
    "base_url": "https://bridge.example/site",
    "language": "cy",
    "publisher": "{name: The Bridge Group}",
    "contact": "bridge@bridge.example",
    "safety": '{exit: {url: "https://weather.example/", label: Leave}}',
    "licence": '{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}',
    "navigation": "[{label: A to Z, to: /a-z/}]",
    "notice": "Not an official site.",
}


def test_a_title_and_a_text_make_a_site(site: MakeSite) -> None:
    """Its pages are there, all links between them lead to a file, and only notes are found."""
    one = site(TINY, default="")
    assert [] == list(one.build().problems)
    todo = one.run("todo").stdout
    assert {"unset-setting", "no-sources", "no-summary", "undated"} == set(re.findall(r"^  ([a-z-]+)  ", todo, re.M))
    assert 0 == one.run("check", "--strict").returncode
    pages = {path: data.decode() for path, data in one.output().items() if path.endswith(".html")}
    assert {"index.html", "briefs/index.html", "briefs/opening/index.html", "a-z/index.html", "404.html"} <= set(pages)
    for path, page in pages.items():
        assert not re.search(r'class="exit"|exit\.js|rel="canonical"|og:url|feed\.xml|sitemap', page), path
        assert not re.search(r'href=""|name="description" content=""', page), path
    assert {"feed.xml", "feed.json", "sitemap.xml"}.isdisjoint(one.output())
    assert b"Sitemap" not in one.output()["robots.txt"]


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_can_be_left_out(site: MakeSite, name: str) -> None:
    """With all settings but one there is a site, without an empty link, an error or a warning."""
    settings = "".join(f"{key}: {value}\n" for key, value in SETTINGS.items() if key != name)
    one = site(TINY.replace("-- content/briefs", f"{settings}-- content/briefs"), default="")
    assert [] == list(one.build().problems)
    assert [] == [
        path
        for path, data in one.output().items()
        if path.endswith(".html")
        and re.search(rb'href=""|name="description" content=""|mailto:"|Published by \.', data)
    ]
    if name == "base_url":
        one.write("content/site.yaml", one.read("content/site.yaml") + "republish_cards: true\n")
        assert "republish_cards" in str(one.build().summary.notes)
    named = re.findall(r"unset-setting .* has no (\w+),", one.run("todo").stdout)
    assert [name] * (name in ("base_url", "publisher", "contact", "licence")) == named


def test_without_navigation_the_bar_shows_the_lists(site: MakeSite) -> None:
    """The bar has the main lists that the site has, and the search, in the words of the site."""
    one = site(TINY.replace("title: The new bridge", "title: Y bont\nwords: {Briefs: Papurau}"), default="")
    one.build()
    page = one.output()["index.html"].decode()
    [bar] = re.findall(r'<nav class="menu".*?</nav>', page, re.DOTALL)
    assert ["Papurau", "Search"] == re.findall(r">([^<]+)</a>", bar)


def test_statements_are_counted_once_there_is_a_source(site: MakeSite) -> None:
    """The first source makes each statement without one a finding."""
    source = "-- content/sources.yaml --\n- {id: paper, type: report, title: T, issued: 2025, tier: primary, publisher: P, URL: 'https://x.example/'}\n"
    one = site(TINY + source, default="")
    assert 2 == codes(one.check()).count("uncited")
    assert "no-sources" not in codes(one.check())
