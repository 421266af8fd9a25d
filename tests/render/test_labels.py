"""One thing has one name on all pages, and no page shows the name that only writers use."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.model.vocabulary import AXES, SHAPES, STATUSES, statuses_of
from tests.browser.markup import Node, read
from tests.golden import expected
from tests.sites import MakeSite, Site, brief

SHOWN = {"a", "b", "button", "dt", "dd", "h1", "h2", "h3", "li", "p", "summary", "td", "th"}
CHANGES = st.lists(st.sampled_from(["first", "update", "correction", "minor"]), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def pages() -> dict[str, Node]:
    """Return the pages of the golden site, which has a record of each kind."""
    return {path: read(data.decode()) for path, data in expected().items() if path.endswith(".html")}


def test_no_page_shows_the_id_of_a_record(pages: dict[str, Node]) -> None:
    """The ids of all entries and of all pages of records are in addresses only."""
    ids = {path.split("/")[-2] for path in pages if path.count("/") > 1}
    ids |= {one.id for page in pages.values() for one in page.walk() if one.tag in ("li", "section")}
    ids = {one for one in ids if re.fullmatch(r"[a-z][a-z0-9-]+", one)}
    assert {"punter", "founding", "mend-the-roof"} <= ids
    shown = {one.text for page in pages.values() for one in page.walk() if one.tag in SHOWN}
    assert set() == ids & shown


def test_what_refers_to_a_record_has_one_name(pages: dict[str, Node]) -> None:
    """All lists of the pages that mention a record have the same heading."""
    names = {
        next(part for part in one.walk() if part.tag in ("h2", "summary")).text
        for page in pages.values()
        for one in page.walk()
        if "uses" in one.classes or (one.id == "UI--mentions" and one.tag == "section")
    }
    assert {"Where this comes up"} == names


def test_shapes_of_statuses_differ_in_more_than_their_direction() -> None:
    """The shapes of two statuses are not mirror images, and each of ours has a shape and a meaning of its own."""
    macros = (REPOSITORY / "templates/parts/states.html").read_text(encoding="utf-8")
    glyphs = dict(re.findall(r'"([a-z]+)": "(.)"', macros))
    assert set(SHAPES) == set(glyphs)
    words = [re.sub("UPPER|LOWER|LEFT|RIGHT", "", unicodedata.name(glyph)) for glyph in glyphs.values()]
    assert len(set(words)) == len(SHAPES)
    for axis in AXES:
        for field in ("shape", "label", "meaning"):
            assert len({getattr(status, field) for status in statuses_of(STATUSES, axis)} - {""}) == len(
                statuses_of(STATUSES, axis)
            )


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with one brief."""
    return Site(tmp_path_factory.mktemp("changes"))


@settings(max_examples=8, deadline=None)
@given(CHANGES)
def test_a_first_publication_is_no_change(one: Site, kinds: list[str]) -> None:
    """The head of a page counts the changes since it was published, and gives the day if there are none."""
    notes = ", ".join(f"{{date: 2026-01-{day:02}, kind: {kind}, text: A note.}}" for day, kind in enumerate(kinds, 1))
    one.write("content/briefs/hours.md", brief(changes=f"[{notes}]"))
    one.good()
    (said,) = re.findall(r'<a href="#UI--changes">(?!Changes)(.*?)</a>', one.page("/briefs/hours/"))
    later = len(kinds) - kinds.count("first")
    if later:
        assert f"{later} change{'s' if later > 1 else ''}" == said
    else:
        assert said.startswith("First published <time")


def test_earlier_entries_of_a_recommendation_are_one_press_away(site: MakeSite) -> None:
    """Where the list shows only the newest entry, it links to the others."""
    entries = "[{date: 2026-01-02, text: One., sources: [paper]}, {date: 2026-01-03, text: Two., sources: [paper]}]"
    built = site(
        "-- content/sources.yaml --\n- {id: paper, type: report, title: P, issued: 2025, tier: primary, publisher: P, URL: 'https://x.example/'}\n"
        f"-- content/recommendations.yaml --\n- {{id: repair, number: 1, title: Repair it, asks: It asks to repair it., said: {entries}, done: [], judged: [], sources: [paper], as_of: 2026-01-10}}\n"
    )
    built.good()
    assert '<a href="repair/#UI--said">and 1 earlier</a>' in built.page("/recommendations/")
    assert 'id="UI--said"' in built.page("/recommendations/repair/")


def test_a_rule_of_style_takes_no_name(site: MakeSite) -> None:
    """A rule is shown by the wording that it prefers, and a link to that wording still leads to the record of this name."""
    built = site(
        "-- content/sources.yaml --\n- {id: paper, type: report, title: P, issued: 2025, tier: primary, publisher: P, URL: 'https://x.example/'}\n"
        "-- content/people.yaml --\n- {id: ada, name: The chair, summary: Leads it., as_of: 2026-01-10}\n"
        "-- content/house-style.yaml --\n- {id: say-chair, avoid: chairman, prefer: '[[ada]]', why: It fits all., source: [paper]}\n"
        f"-- content/briefs/hours.md --\n{brief(body='It is led by [[the chair]].')}"
    )
    built.good()
    assert 'href="../../people/ada/"' in built.page("/briefs/hours/")
    assert '#say-chair">The chair</a>' in built.page("/people/ada/")


def test_a_printed_page_has_its_number_and_the_day_of_its_text(pages: dict[str, Node]) -> None:
    """The foot of the paper shows what the page says of itself."""
    style = (REPOSITORY / "assets/style.css").read_text(encoding="utf-8")
    assert re.search(r"@page \{.*content: attr\(data-foot\).*counter\(page\) \" / \" counter\(pages\)", style)
    dated = 0
    for path, page in pages.items():
        foot = next((one.attributes["data-foot"] for one in page.walk() if "data-foot" in one.attributes), "")
        meta = [part.text for one in page.walk() if "meta" in one.classes for part in one.walk() if part.tag == "b"]
        assert foot or "UI--target" in expected()[path].decode(), path
        if path.count("/") == 2 and meta:
            assert foot.endswith(f" · {meta[0]}"), path
            dated += 1
    assert dated
