"""The card of a brief, for other sites: the same as a page and as HTML to copy, which asks nobody for anything."""

from __future__ import annotations

import html
import re

import pytest

from tests.browser.markup import read
from tests.sites import DEFAULT, MakeSite, brief

CARDS = DEFAULT.replace("contact:", "republish_cards: true\ncontact:")
ADDRESS = "https://library.example/guide/briefs/hours/"
PRE = re.compile(r"<pre[^>]*>(.*?)</pre>", re.DOTALL)
LICENCE = 'licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}\n'


@pytest.mark.parametrize("title", ["Hours & <b>days</b>", 'The "nine" rule', "ساعات العمل"])
def test_a_card_is_complete_in_itself(site: MakeSite, title: str) -> None:
    """What is copied is what is shown: links with whole addresses, and no script, style, picture, frame or class."""
    one = site(f"-- content/briefs/hours.md --\n{brief(repr(title))}", default=CARDS)
    one.good()
    page = one.page("/briefs/hours/card.html")
    [copied] = [html.unescape(text) for text in PRE.findall(page)]
    assert copied.strip() in page.replace(' target="_top"', "")
    elements = list(read(copied).walk())
    assert {node.tag for node in elements if node.tag} <= {"blockquote", "p", "b", "a", "html", "head", "body"}
    links = [node.attributes["href"] for node in elements if node.tag == "a"]
    assert [ADDRESS, "https://creativecommons.org/licenses/by/4.0/"] == links
    assert all(set(node.attributes) <= {"href", "cite", "lang", "dir"} for node in elements)
    text = html.unescape(re.sub(r"<[^>]*>", "", copied))
    for words in (title, "About it.", "Friends of the Library", "True as of 10 January 2026. ", "CC BY 4.0"):
        assert words in " ".join(text.split()) + " "
    assert "<script" not in page and '<meta name="robots" content="noindex">' in page and len(page) < 4_000
    assert "https://weather.example/" in page
    assert '<a href="card.html">Card to republish</a>' in one.page("/briefs/hours/")
    assert "card.html" not in one.page("/sitemap.xml")


def test_without_a_licence_one_has_to_ask(site: MakeSite) -> None:
    """A site without a licence says so on its cards; one without an address or the setting has no cards."""
    text = f"-- content/briefs/hours.md --\n{brief()}"
    one = site(text, default=CARDS.replace(LICENCE, ""))
    one.good()
    assert "No licence is named here, so ask before" in one.page("/briefs/hours/card.html")
    for settings in (DEFAULT, CARDS.replace("base_url: https://library.example/guide\n", "")):
        other = site(text, default=settings)
        other.good()
        assert not [path for path in other.output() if path.endswith("card.html")]
        assert "card.html" not in other.page("/briefs/hours/")


def test_the_card_of_a_quiet_page_is_quiet(site: MakeSite) -> None:
    """A template that says more in the head of a card than the page does is found."""
    one = site(
        f"-- content/briefs/hours.md --\n{brief(quiet='true')}",
        default=CARDS.replace("safety:", "safety:\n  quiet_words: [abuse]"),
    )
    one.good()
    card = (one.root / "output/briefs/hours/card.html").read_text("utf-8")
    one.write("templates/card.html", card.replace("<title>", "<title>Abuse "))
    assert "loud-page" in {problem.code for problem in one.check()}
