"""Where a source was published is shown wherever it is, and programs find it too."""

from __future__ import annotations

import json
import re

from tests.sites import MakeSite, brief

SOURCES = """\
-- content/sources.yaml --
- {id: counted, type: article-journal, title: Counting readers, author: Ada Reed, issued: 1977, tier: research, container-title: Journal of Lending, volume: "12", issue: "3", page: 45-67, DOI: "https://doi.org/10.1000/a(b)<c>"}
- {id: roofs, type: chapter, title: Roofs, publisher: Roof Press, issued: 2003, tier: research, container-title: Town Halls, ISBN: 978-0-00-000000-1, URL: "https://roofs.example/", DOI: 10.1000/2}
- {id: opens, type: article-newspaper, title: It opens, issued: 2026-01-09, tier: news, container-title: The Gazette}
"""


def test_container_and_numbers_are_shown_everywhere(site: MakeSite) -> None:
    """The page of a source, the list and the receipt name the journal, the volume and the pages; a DOI is a link."""
    one = site(
        SOURCES
        + f"-- content/briefs/a.md --\n{brief(body='It was counted [@counted]. It has a roof [@roofs]. It opened [@opens].')}"
    )
    one.good()
    page, listed, text = one.page("/sources/counted/"), one.page("/sources/"), one.page("/briefs/a/")
    link = 'href="https://doi.org/10.1000/a(b)%3Cc%3E"'
    assert "<dt>In</dt><dd><bdi>Journal of Lending</bdi></dd>" in page
    assert (
        f'<dt>DOI</dt><dd><a {link} dir="ltr">10.1000/a(b)&lt;c&gt;</a></dd>' in page and "by name" not in page.lower()
    )
    assert "Ada Reed</bdi> · Journal of Lending, 12 (3), <bdi>45–67</bdi>" in listed
    assert "Counting readers</a>, Journal of Lending, 12 (3), <bdi>45–67</bdi>" in text and link in text
    assert (
        '<a href="https://doi.org/10.1000/2">DOI</a>' in text
        and "<dt>ISBN</dt><dd>978-0-00-000000-1</dd>" in one.page("/sources/roofs/")
    )
    assert "The Gazette, 9 January 2026:" in text and "The Gazette</bdi> · <time" in listed
    data = json.loads(re.findall(r'ld\+json">(.*?)</script>', page)[0])["@graph"][0]
    assert {"@type": "CreativeWork", "name": "Journal of Lending", "volumeNumber": "12", "issueNumber": "3"} == data[
        "isPartOf"
    ]


def test_a_brief_says_how_to_cite_it(site: MakeSite) -> None:
    """Programs such as Zotero find title, publisher and day in the head of a brief, and nowhere else."""
    one = site(
        f"-- content/briefs/a.md --\n{brief(title='Hours & days', changes='[{date: 2026-01-09, kind: update, text: First.}]')}"
    )
    one.good()
    found = dict(re.findall(r'<meta name="citation_(\w+)" content="([^"]*)">', one.page("/briefs/a/")))
    assert {"title": "Hours &amp; days", "author": "Friends of the Library", "publication_date": "2026/01/09"} == found
    assert "citation_" not in one.page("/")
