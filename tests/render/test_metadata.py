"""What a page contains for programs, read as a program reads it."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.sites import MakeSite, Site, brief

SITE = f"""
-- content/briefs/hours.md --
{brief("Opening hours", "It opens at nine, see [[loan]] [@minutes, p. 3].", changes="[{date: 2026-01-05, kind: update, text: First.}]")}
-- content/briefs/odd.md --
{brief('"50 % & _more_ {{for}} $1 </script > <script >"', "It is odd [@minutes].")}
-- content/pages/about.md --
---
title: About us
summary: Who we are.
---
We read, see [[hours]].
-- content/glossary.yaml --
- {{id: loan, term: Loan, meaning: A book taken home.}}
-- content/events.yaml --
- {{id: opening, date: 2025-06-16, title: The opening, sources: [minutes]}}
-- content/sources.yaml --
- {{id: minutes, type: report, title: The minutes, issued: 2025, tier: primary, publisher: The Board, URL: "https://x.example/"}}
"""
ELEMENT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def told(site: Site, path: str) -> dict[str, dict[str, Any]]:
    """Return what a page tells machines, by type."""
    [text] = ELEMENT.findall(site.read(f"output/{path}"))
    data = json.loads(text)
    assert "https://schema.org" == data["@context"]
    return {one["@type"]: one for one in data["@graph"]}


def test_a_brief_tells_its_dates_sources_and_policies(site: MakeSite) -> None:
    """An article names its day, its publisher's policies and each source that it cites."""
    one = site(SITE)
    one.edit("content/site.yaml", "contact:", "policies: {principles: /about/, corrections: /about/}\ncontact:")
    one.good()
    article = told(one, "briefs/hours/index.html")["Article"]
    assert ("Opening hours", "2026-01-05", "2026-01-05") == (
        article["headline"],
        article["datePublished"],
        article["dateModified"],
    )
    work = told(one, "sources/minutes/index.html")["CreativeWork"]
    assert ("The minutes", "The Board", "2025", "https://x.example/") == (
        work["name"],
        work["publisher"],
        work["datePublished"],
        work["url"],
    )
    assert [{"@id": work["@id"]}] == article["citation"]
    assert "https://library.example/guide/about/" == article["publisher"]["correctionsPolicy"]
    crumbs = told(one, "briefs/hours/index.html")["BreadcrumbList"]["itemListElement"]
    assert ["https://library.example/guide/", "https://library.example/guide/briefs/"] == [c["item"] for c in crumbs]


def test_terms_events_and_the_site_are_told(site: MakeSite) -> None:
    """A term, the timeline and the home page are described with their own types of schema.org."""
    one = site(SITE)
    one.good()
    assert "A book taken home." == told(one, "glossary/loan/index.html")["DefinedTerm"]["description"]
    [event] = told(one, "timeline/index.html")["ItemList"]["itemListElement"]
    assert ("The opening", "2025-06-16", "https://library.example/guide/timeline/#opening") == (
        event["name"],
        event["startDate"],
        event["url"],
    )
    assert "The Riverside Library" == told(one, "index.html")["WebSite"]["name"]


def test_no_title_breaks_out(site: MakeSite) -> None:
    """A title that closes a script or means something to TeX stays words in both."""
    one = site(SITE)
    one.good()
    title = "50 % & _more_ {{for}} $1 </script > <script >"
    assert title == told(one, "briefs/odd/index.html")["Article"]["headline"]
    text = one.read("output/briefs/odd/index.html")
    assert not any("<" in script for script in ELEMENT.findall(text))
    assert (
        r"{50 \% \&amp; \_more\_ \textbraceleft{}\textbraceleft{}for\textbraceright{}\textbraceright{} \$1 &lt;/script &gt; &lt;script &gt;}"
        in text
    )


@pytest.mark.parametrize("line", ["@misc{briefs-hours,", "note = {True as of 2026-01-10}", "year = {2026}"])
def test_a_page_can_be_cited(site: MakeSite, line: str) -> None:
    """The foot of a brief gives a BibTeX entry with its day."""
    one = site(SITE)
    one.good()
    assert line in one.read("output/briefs/hours/index.html")


def test_open_data_is_described(site: MakeSite) -> None:
    """Each table is a data set with a licence, and its files are there."""
    one = site(SITE)
    one.good()
    sets = told(one, "data/index.html")["DataCatalog"]["dataset"]
    assert {"Dataset"} == {each["@type"] for each in sets}
    files = [form["contentUrl"] for each in sets for form in each["distribution"]]
    base = "https://library.example/guide/"
    assert len(files) == 2 * len(sets) > 0
    assert [] == [file for file in files if not (one.root / "output" / file.removeprefix(base)).is_file()]


@pytest.mark.parametrize(("size", "shown"), [((1600, 801), (960, 481)), ((300, 200), (300, 200))])
def test_other_sites_show_the_picture_of_a_page(site: MakeSite, size: tuple[int, int], shown: tuple[int, int]) -> None:
    """Its whole address, its size and its words; a quiet page, and one without a picture, have the card of the site."""
    one = site(SITE)
    one.edit("content/site.yaml", "pictures: [", "pictures: [{file: briefs/room.png, reason: Shows a room.}, ")
    data = BytesIO()
    Image.new("RGB", size, "green").save(data, "PNG")
    one.write("content/briefs/room.png", data.getvalue())
    text = brief(body='![A “room” & more](room.png "The room.")\n')
    one.write("content/briefs/shown.md", text)
    one.write("content/briefs/still.md", text.replace("as_of", "quiet: true\nas_of").replace("Opening hours", "Still"))
    one.good()
    made = {path: re.findall(r'"og:image(\S*)" content="(.*?)"', one.page(path)) for path in
            ("/briefs/shown/", "/briefs/still/", "/briefs/odd/")}  # fmt: skip
    card = [("", "https://library.example/guide/assets/card.png")]
    assert card == made["/briefs/still/"] == made["/briefs/odd/"]
    (_, address), *about = made["/briefs/shown/"]
    assert [(":width", str(shown[0])), (":height", str(shown[1])), (":alt", "A “room” &amp; more")] == about
    published = one.root / "output" / address.removeprefix("https://library.example/guide/")
    with Image.open(published) as picture:
        assert shown == picture.size


def test_other_sites_show_the_picture_of_a_record(site: MakeSite) -> None:
    """A portrait; also a picture that moves, but no SVG. One that is higher than wide is shown small, so it is not cut."""
    one = site("-- content/site.yaml --\ntitle: T\nbase_url: https://library.example/guide\n")
    files = {"wide.jpg": ((2000, 1000), "JPEG"), "high.jpg": ((200, 400), "JPEG"), "moving.gif": ((20, 10), "GIF")}
    for name, (size, kind) in files.items():
        frames = [Image.new("L", size, shade) for shade in (0, 255)]
        frames[0].save(
            out := BytesIO(), kind, **({"save_all": True, "append_images": frames[1:]} if kind == "GIF" else {})
        )
        one.write(f"content/{name}", out.getvalue())
    one.write("content/drawn.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>')
    names = [*files, "drawn.svg"]
    one.write(
        "content/people.yaml",
        "".join(f'- {{id: {name[:4]}, name: N, summary: S., picture: "![N](../{name})"}}\n' for name in names).replace(
            "../", ""
        ),
    )
    one.build()
    found = {}
    for name in names:
        page = one.page(f"/people/{name[:4]}/")
        found[name] = re.findall(r'content="https://library.example/guide/(?:pictures|assets)/(\w+)|image:\w+" content="(\d+)"|card" content="(\w+)"', page)  # fmt: skip
    shown = {name: ["".join(one) for one in parts] for name, parts in found.items()}
    assert shown == {
        "wide.jpg": ["wide", "960", "480", "summary_large_image"],
        "high.jpg": ["high", "200", "400", "summary"],
        "moving.gif": ["moving", "20", "10", "summary_large_image"],
        "drawn.svg": ["card", "summary_large_image"],
    }
