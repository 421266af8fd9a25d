"""A site with 60 recommendations and statuses of its own: what readers see, and what is overdue on which day."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from xml.etree import ElementTree

import pytest

from tests.browser.markup import read
from tests.sites import DEFAULT, NOW, Site
from tests.tracker import DELIVERIES, OTHERS, RESPONSES, STATUSES, bridges, written

LISTED = bridges(60, NOW)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site, built once."""
    one = Site(tmp_path_factory.mktemp("tracker"), STATUSES + OTHERS + written(LISTED), DEFAULT)
    one.good()
    return one


def test_response_against_delivery_counts_each_once(built: Site) -> None:
    """The table has a row for each delivery and a column for each response, and its cells count the records."""
    page = read(built.page("/recommendations/"))
    [table] = [one for one in page.walk() if one.tag == "table" and "matrix" in one.classes]
    rows = [one for one in table.walk() if one.tag == "tr"]
    cells = [[int(cell.text) for cell in row.walk() if cell.tag == "td"] for row in rows[1:]]
    counted = Counter((one.delivery, one.response) for one in LISTED)
    assert [[counted[delivery, response] for response in RESPONSES] for delivery in DELIVERIES] == cells
    assert 60 == sum(map(sum, cells))


def test_what_is_overdue_is_said_where_readers_look(built: Site) -> None:
    """Home, the list, “What happens next” and the page of each; what is settled is never overdue."""
    late = [one.id for one in LISTED if one.late]
    assert 0 < len(late) < len([one for one in LISTED if one.due])
    for address in ("/", "/recommendations/"):
        [part] = re.findall(r'<div class="overdue">.*?</div>', built.page(address), re.DOTALL)
        assert late == re.findall(r"/?(bridge-\d+)/", part)
    [part] = re.findall(r'<section id="UI--overdue">.*?</section>', built.page("/next/"), re.DOTALL)
    assert late == re.findall(r"recommendations/(bridge-\d+)/", part)
    for one in LISTED:
        assert one.late == ("<b>Overdue:</b>" in built.page(f"/recommendations/{one.id}/"))


def test_open_data_holds_every_status_and_every_change(built: Site) -> None:
    """A row for each recommendation with its statuses, and one for each entry with what it changed."""
    rows = list(csv.DictReader(io.StringIO(built.page("/data/recommendations.csv"))))
    assert [(one.id, one.response, one.delivery, one.due) for one in LISTED] == [
        (row["id"], row["response"], row["delivery"], row["due"]) for row in rows
    ]
    assert {("unsafe", "2025-03", "county")} == {(row["judged"], row["judged_since"], row["owner"]) for row in rows}
    entries = list(csv.DictReader(io.StringIO(built.page("/data/recommendation-entries.csv"))))
    changes = [(row["from"], row["to"]) for row in entries if row["list"] == "done"]
    assert changes[:2] == [("", "scaffolded"), ("scaffolded", LISTED[0].delivery)]
    assert len(LISTED) * 2 == len(changes)


def test_a_page_tells_its_history_in_words_and_marks(built: Site) -> None:
    """Each row of the drawing has as many marks as dates, and says the dates to those who do not see the marks."""
    page = read(built.page("/recommendations/bridge-9/"))
    [figure] = [one for one in page.walk() if one.tag == "figure"]
    rows = [one for one in figure.walk() if one.tag == "li"]
    assert ["Said: March 2024.", "Done: May 2024, 1 February 2025.", "Judged: March 2025.", "Due: 30 June 2025."] == [
        " ".join(next(one for one in row.walk() if "label" in one.classes).text.split()) for row in rows
    ]
    assert "drawings.css" in built.page("/recommendations/bridge-9/")


def test_a_data_package_describes_each_table_as_it_is(built: Site) -> None:
    """Each resource is a published CSV file, and its fields are the columns of that file, in order."""
    package = json.loads(built.page("/data/datapackage.json"))
    tables = {
        path.removeprefix("data/") for path in built.output() if path.startswith("data/") and path.endswith(".csv")
    }
    assert tables == {one["path"] for one in package["resources"]}
    for one in (package, *package["resources"]):
        assert re.fullmatch(r"[-a-z0-9._/]+", one["name"])
    for one in package["resources"]:
        rows = csv.reader(io.StringIO(built.page(f"/data/{one['path']}")))
        assert next(rows) == [field["name"] for field in one["schema"]["fields"]]


def test_each_recommendation_can_be_followed(built: Site) -> None:
    """Its feed has every entry, newest first, each under an address of its own that later entries do not change."""
    for one in LISTED[:8]:
        assert 'href="feed.xml">Follow this page' in built.page(f"/recommendations/{one.id}/")
        feed = ElementTree.fromstring(built.page(f"/recommendations/{one.id}/feed.xml"))
        entries = feed.findall(f"{ATOM}entry")
        said = 0 if one.response == "silent" else 1
        assert [f"{ATOM}entry"] * (3 + said) == [entry.tag for entry in entries]
        days = [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
        assert days == sorted(days, reverse=True)
        assert {"2025-03-01T00:00:00Z", "2025-02-01T00:00:00Z", "2024-05-01T00:00:00Z"} <= set(days)
        names = [str(entry.findtext(f"{ATOM}id")) for entry in entries]
        assert len(set(names)) == len(names)
        assert f"https://library.example/guide/recommendations/{one.id}/#done-2025-02-01" in names
        assert "Judged: Found unsafe" in [entry.findtext(f"{ATOM}title") for entry in entries]
