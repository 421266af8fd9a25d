"""Documents and pictures that texts name: found wherever they are, published if a page leads to them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.locale.interface import interface
from briefing.model.media import SiteFile
from briefing.model.site import Safety
from briefing.model.text import Link
from briefing.weave.files import Files, write_size
from tests.sites import MakeSite, brief

NAMES = st.text(st.sampled_from("ab1 é#?%&()[]'+,—ü日"), min_size=1, max_size=12).filter(
    lambda name: name.strip() == name
)
FOLDERS = st.sampled_from(["content/briefs/", "content/files/", "content/files/2026/", "assets/"])


@given(NAMES, FOLDERS, st.booleans())
def test_a_file_is_found_by_any_way_to_write_its_path(name: str, folder: str, encoded: bool) -> None:
    """From the text, from the folder of the site, with or without the name of the folder, and encoded for an address."""
    path = f"{folder}{name}.pdf"
    files = Files([SiteFile(path, "/there", 900)], Safety())
    ways = {
        "content/briefs/": [f"{name}.pdf", f"./{name}.pdf"],
        "content/files/": [f"files/{name}.pdf", f"../files/{name}.pdf", f"/files/{name}.pdf"],
        "content/files/2026/": [f"files/2026/{name}.pdf", f"../files/2026/{name}.pdf"],
        "assets/": [f"/assets/{name}.pdf", f"../../assets/{name}.pdf", f"{name}.pdf"],
    }
    for way in ways[folder]:
        found = files.document(quote(way) if encoded else way, "content/briefs/hours.md", interface("en"))
        assert found == Link("", "document", f"{name}.pdf", "PDF, 1 kB", "/there")
    assert files.used == {path}


@pytest.mark.parametrize(
    ("size", "words"), [(0, "1 kB"), (1_499, "1 kB"), (999_999, "1,000 kB"), (3_450_000, "3.5 MB")]
)
def test_a_size_is_in_words(size: int, words: str) -> None:
    """Thousands and millions of bytes, as systems show them."""
    assert write_size(size, interface("en")) == words


SITE = f"""\
-- content/briefs/hours.md --
{brief(body="See [the minutes](files/minutes 2.txt).")}
-- content/files/minutes 2.txt --
The council agreed.
-- content/files/secret.txt --
Not yet.
-- content/events.yaml --
- {{id: opened, title: The library opened, date: 2026-01-05, sources: [plan]}}
-- content/sources.yaml --
- {{id: plan, title: The plan, type: report, publisher: The council, issued: 2026-01-04, tier: primary, URL: "https://council.example/plan", label: Plan}}
"""


def test_a_document_is_published_if_a_page_leads_to_it(site: MakeSite) -> None:
    """With its type and size in the text and on the data page; another one stays where it is."""
    one = site(SITE)
    one.good()
    assert one.output()["files/minutes 2.txt"] == b"The council agreed.\n"
    assert "files/secret.txt" not in one.output()
    assert '<a href="../../files/minutes%202.txt">the minutes</a> <small>(text, 1 kB)</small>.' in one.page(
        "/briefs/hours/"
    )
    assert '<a href="../files/minutes%202.txt">minutes 2.txt</a> <small>(text, 1 kB)</small>' in one.page("/data/")


@pytest.mark.parametrize(
    ("link", "column", "hint"),
    [
        ("[x](files/minutse.txt)", 9, "did you mean ../files/minutes 2.txt?"),
        ("[x](files/nothing.pdf)", 9, "put it into content/files/"),
        ("[x](files/page.html)", 9, "save it as one of these"),
    ],
)
def test_a_document_that_cannot_be_published_is_an_error_at_its_link(
    site: MakeSite, link: str, column: int, hint: str
) -> None:
    """One that is not there, and one that would run in a page."""
    one = site(SITE)
    one.write("content/files/page.html", "<script>alert(1)</script>")
    one.edit("content/briefs/hours.md", "[the minutes](files/minutes 2.txt)", link)
    [problem] = one.errors()
    assert (problem.code, problem.path, problem.column) == ("unknown-link", "content/briefs/hours.md", column)
    assert problem.hint.startswith(hint)


def test_a_name_that_must_never_be_published_is_found_in_a_document(site: MakeSite) -> None:
    """The documents that are published are searched like pages, and those that are not are left alone."""
    one = site(SITE)
    one.run("guard", "Jo", "Example")
    one.write("content/files/secret.txt", "Jo Example was there.\n")
    one.good()
    one.write("content/files/minutes 2.txt", "Jo Example was there.\n")
    assert ["guarded-name"] == [problem.code for problem in one.errors()]
