"""A source is filled from what its page says; the server is asked politely, and nothing that it sends can do harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.linkcheck.client import Politeness
from briefing.linkcheck.page_facts import PageUnread, facts_of, read_page
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.new_record import check_new_address, create
from tests.linkcheck.test_health import Deed, Handler, Web, hang, nonsense, only_whole, reset, say, to, web  # noqa: F401
from tests.sites import MakeSite

FAST = Politeness(between=0.5, time_out=0.3, waits=(), local=True)
ARTICLE = """<!DOCTYPE html><html lang="en-GB"><head><title>Counting – The Gazette</title>
<meta name="citation_title" content="Counting &amp; lending"><meta name="citation_author" content="Reed, Ada"><meta name="citation_author" content="Low, Ben">
<meta name="citation_publication_date" content="2026/1/9"><meta name="citation_journal_title" content="Journal of Lending">
<meta name="citation_volume" content="12"><meta name="citation_firstpage" content="45"><meta name="citation_lastpage" content="67">
<meta name="citation_doi" content="doi:10.1000/77"><meta name="citation_publisher" content="Lending Press"></head><body><script>document.title = "Other"</script></body></html>"""
NEWS = """<html><head><title>x</title><meta property="og:title" content="It opens"><meta property="og:site_name" content="Gazette">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Gazette"}, {"@type": "NewsArticle", "headline": "The library opens", "datePublished": "2026-01-09T08:00:00Z", "author": [{"@type": "Person", "name": "Ada Reed"}], "publisher": {"name": "The Gazette Ltd"}}]}</script></head></html>"""


def page(text: str | bytes, content_type: str = "text/html; charset=utf-8") -> Deed:
    """Answer with a page."""
    data = text if isinstance(text, bytes) else text.encode()

    def deed(handler: Handler) -> None:
        say(200, Content_Type=content_type, Content_Length=str(len(data)))(handler)
        handler.wfile.write(data)

    return deed


def ask(web: Web, path: str) -> dict[str, str]:  # noqa: F811
    """Return what a page of the server says."""
    return dict(read_page(web.address(path), FAST, lambda seconds: None).fields)


def test_a_page_fills_a_source(web: Web, site: MakeSite) -> None:  # noqa: F811
    """Title, authors, date, journal and DOI become a draft that passes every check; the same address is refused after."""
    web.lay("/robots.txt", say(404))
    address = web.lay("/a", page(ARTICLE))
    said = ask(web, "/a")
    assert {
        "title": "Counting & lending", "type": "article-journal", "author": "Reed, Ada, Low, Ben", "issued": "2026-01-09",
        "container-title": "Journal of Lending", "volume": "12", "page": "45-67", "DOI": "10.1000/77", "publisher": "Lending Press",
        "language": "en-GB", "URL": address,
    } == said  # fmt: skip
    one = site()
    made = create(one.project(), "source", said["title"], "", tuple(said.items()))
    assert "counting-lending" == made.id and 'DOI: "10.1000/77"' in one.read("content/sources.yaml")
    assert () == one.errors(drafts=True)
    with pytest.raises(CannotCreate, match="“counting-lending” has this address already"):
        check_new_address(one.project(), address)


def test_linked_data_and_open_graph_are_read() -> None:
    """The first thing with a headline counts; what no data say is taken from Open Graph or the host."""
    said = dict(facts_of(NEWS.encode(), "https://www.gazette.example/a").fields)
    assert ("The library opens", "article-newspaper", "Ada Reed", "2026-01-09", "The Gazette Ltd") == tuple(
        said[name] for name in ("title", "type", "author", "issued", "publisher")
    )
    bare = dict(facts_of(b"<title> A\n page </title>", "https://www.gazette.example/a").fields)
    assert {
        "title": "A page",
        "type": "webpage",
        "publisher": "gazette.example",
        "URL": "https://www.gazette.example/a",
    } == bare


def test_the_rules_of_the_host_count(web: Web) -> None:  # noqa: F811
    """A page that programs may not read is not asked for."""
    web.lay("/robots.txt", page("User-agent: *\nDisallow: /private\n", "text/plain"))
    web.lay("/private/a", page(ARTICLE))
    web.lay("/a", page(ARTICLE))
    with pytest.raises(PageUnread, match="asks programs not to read"):
        ask(web, "/private/a")
    assert ["GET /robots.txt"] == web.asked
    assert "Counting & lending" == ask(web, "/a")["title"]
    assert 1 == len(web.agents)


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (say(404), "no page"),
        (say(403), "refuses programs"),
        (say(503), "try again later"),
        (say(429), "busy"),
        (hang, "too slow"),
        (reset, "try again later"),
        (nonsense, "try again later"),
        (page(b"%PDF-1.7", "application/pdf"), "not a web page"),
        (page("<p>No title"), "does not say its title"),
        (page(b"\xff\xfe\x00<<<>"), "does not say its title"),
        (to("/a"), "try again later"),
    ],
)
def test_a_server_that_misbehaves_gives_one_reason(web: Web, deed: Deed, why: str) -> None:  # noqa: F811
    """Whatever the server does, there is one sentence with what to do."""
    web.lay("/robots.txt", say(404))
    web.lay("/a", deed)
    with pytest.raises(PageUnread, match=why):
        ask(web, "/a")
    web.closing.set()


def test_a_machine_of_the_own_network_is_not_asked(web: Web) -> None:  # noqa: F811
    """By default, no server of this machine is asked."""
    web.lay("/robots.txt", say(404))
    web.lay("/a", page(ARTICLE))
    with pytest.raises(PageUnread):
        read_page(web.address("/a"), Politeness(), lambda seconds: None)
    assert [] == web.asked


@given(st.text(), st.text(st.sampled_from('{}[]":,\\<>/scriptnameheadline@graph '), max_size=60))
def test_no_page_can_break_it(words: str, data: str) -> None:
    """Any HTML and any linked data are facts in one line each, or a reason."""
    text = f'<title>{words}</title><meta name="author" content="{words}"><script type="application/ld+json">{data}</script>'
    try:
        found = facts_of(text.encode("utf-8", "replace"), "https://x.example/")
    except PageUnread:
        return
    assert all(value and value == " ".join(value.split()) and value.isprintable() for _, value in found.fields)
