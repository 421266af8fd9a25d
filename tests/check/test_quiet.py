"""A quiet page: no word that a browser keeps or shows outside of it gives away its subject."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.check.quiet import check_quiet, kept_words
from tests.sites import DEFAULT, Site, brief

QUIET = DEFAULT.replace("safety:", "safety:\n  quiet_words: [abuse, viol]")


def quiet(
    body: str = "The text says abuse, and [abuse](https://abuse.example/abuse/).\n", title: str = "Help", **fields: str
) -> str:
    """Return the text of a quiet page, whose words are as loud as they like."""
    return brief(title=title, body=body, quiet="true", **fields)


@pytest.mark.parametrize(
    "text",
    [
        quiet(title="About abuse"),
        quiet(title="About 𝐀buse"),
        quiet(title="About ᴬBUSE"),
        quiet(redirect_from="[/about-abuse/]"),
        quiet(redirect_from="[/help/%61buse/]"),
        quiet(redirect_from="[/x/, /y/Violence/]"),
        quiet(body="W.[^abuse]\n\n[^abuse]: N\n"),
        quiet(body="W.[^my_abuse]\n\n[^my_abuse]: N\n"),
        quiet(body="W.\n{: #abuse}\n"),
        quiet(body="## Abuse\n\nW.\n"),
        quiet(body="## Words {#of-ÂBUSE}\n\nW.\n"),
        quiet(changes="[{date: 2026-01-02, kind: update, text: Where victims of violence can go.}]"),
        quiet().replace("About it.", "About abuse."),
    ],
)
def test_no_field_of_a_quiet_page_is_loud(tmp_path: Path, text: str) -> None:
    """A quiet word in each place that the address bar, the tab, the history, a card or a feed shows is found."""
    site = Site(tmp_path, default=QUIET)
    site.write("content/briefs/help.md", text)
    found = [one for one in site.check() if one.code == "loud-page"]
    assert found
    assert {"content/briefs/help.md"} == {one.path for one in found}


@pytest.mark.parametrize(
    ("old", "new"),
    [("title: The Riverside Library\n", "title: The abuse Library\n"), ("tagline:", "short_title: Abuse\ntagline:")],
)
def test_the_whole_title_is_read(tmp_path: Path, old: str, new: str) -> None:
    """The tab shows the name of the site too."""
    site = Site(tmp_path, default=QUIET.replace(old, new, 1))
    site.write("content/briefs/help.md", quiet())
    assert [
        "title in the tab" in one.message or "shared link" in one.message
        for one in site.check()
        if one.code == "loud-page"
    ]


def test_a_page_may_say_what_it_is_about(tmp_path: Path) -> None:
    """Words of the text, and links to other pages, are free."""
    site = Site(tmp_path, default=QUIET)
    site.write("content/briefs/help.md", quiet(redirect_from="[/offers/]", aka="[Therapists]"))
    site.write("content/briefs/loud.md", brief(title="About abuse"))
    assert "loud-page" not in {one.code for one in site.check()}


def test_each_place_of_a_finished_page_is_read(tmp_path: Path) -> None:
    """Whatever a browser keeps of a finished page: if a quiet word is put there, it is found."""
    site = Site(tmp_path, default=QUIET)
    site.write("content/briefs/help.md", quiet(body="## Calm words\n\nW.[^a]\n\n[^a]: N\n", redirect_from="[/old/]"))
    site.good()
    for address, least in (("/briefs/help/", 15), ("/old/", 2)):
        html = site.page(address)
        assert [] == list(check_quiet(address, html, "x.md", ["abuse"]))
        places = kept_words(html)
        assert len(places) >= least
        for part, words in ((part, words) for part, words in places if words.strip()):
            planted = html.replace(words.strip(), words.strip() + " abuse")
            assert [one for one in check_quiet(address, planted, "x.md", ["abuse"]) if part in one.message], part


LOUD: dict[str, Callable[[str], str]] = {
    "title": lambda html: html.replace("<title>", "<title>abuse "),
    "card": lambda html: html.replace("</head>", '<meta property="og:image:alt" content="abuse"></head>'),
    "id": lambda html: html.replace("<body>", '<body><p id="x-abuse">'),
    "part": lambda html: html.replace("<body>", '<body><a href="#Abuse">'),
    "download": lambda html: html.replace("<body>", '<body><a href="/x" download="abuse.ics">'),
    "message": lambda html: html.replace("<body>", '<body><a href="mailto:a@b.example?subject=%61buse">'),
    "refresh": lambda html: html.replace("</head>", '<meta http-equiv="refresh" content="0; url=/abuse/"></head>'),
}


@pytest.mark.parametrize("way", LOUD)
def test_what_a_template_adds_is_read(tmp_path: Path, way: str) -> None:
    """A template of the site's own cannot make a quiet page loud."""
    site = Site(tmp_path, default=QUIET)
    site.write("content/briefs/help.md", quiet())
    site.write("templates/base.html", LOUD[way](Path("templates/base.html").read_text(encoding="utf-8")))
    assert "loud-page" in {one.code for one in site.check()}
