"""One mistake in a record is one problem: what is missing for that reason is not reported too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.check.published import LOCK, check_published
from briefing.incremental.hashed import Hashed
from briefing.model.steps import PublishedCheck
from tests.sites import Site, brief

BRIEF, EDITION, INDEX = "content/briefs/wall.md", "content/briefs/mur.md", "content/pages/index.md"
LISTS = {
    "content/places.yaml": "- {id: quay-town, name: Quay Town, summary: A town.}\n- {id: isle, name: Isle, summary: Far.}\n",
    "content/organisations.yaml": "- {id: council, name: Council, summary: It owns the wall.}\n",
    "content/sources.yaml": "- {id: report, type: report, title: Report, issued: 2024-02-01, publisher: Council, "
    "tier: primary, checked: 2024-03-01, further_reading: true}\n",
    "content/events.yaml": "- {id: flood, date: 2024-01-07, title: A flood, who: [council], where: [quay-town], "
    "sources: [report]}\n",
    "content/numbers.yaml": "- {id: height, value: '2.4', label: Height, definition: Metres., as_of: 2024-01-01, "
    "source: [report]}\n",
}
TEXT = "The [[council]] built it in [[quay-town]] [@report]. It is [[=height]] metres high [@report].\n\n## Floods {#floods}\n\nOne, see [[mur]] [@report].\n"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build a site whose brief has an edition, whose lists use each other, and record its addresses."""
    site = Site(tmp_path_factory.mktemp("recorded"))
    site.write(BRIEF, brief("The wall", TEXT))
    site.write(
        EDITION,
        brief("Le mur", "Le [[wall#floods]] mur.\n\n## Crues {#floods}\n\nUne.\n", edition_of="wall", lang="fr"),
    )
    for name, text in LISTS.items():
        site.write(name, text)
    site.good(update_lock=True)
    assert "/fr/briefs/wall/" in site.read("content/addresses.lock")
    return site


def _replace(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def _own_mistakes(name: str, text: str) -> dict[str, Callable[[str], str]]:
    """Return ways to break the first record of a file, whatever its kind."""
    if name.endswith(".md"):
        ways = {
            "yaml": _replace("title: ", "title: a: "),
            "no end": _replace("\n---\n", "\n"),
            "no title": _replace("title: ", "titel: "),
        }
        if "edition_of" in text:
            ways |= {
                "original": _replace("edition_of: wall", "edition_of: wal"),
                "no language": _replace("lang: fr\n", ""),
                "language": _replace("lang: fr", "lang: french"),
                "itself": _replace("edition_of: wall", "edition_of: mur"),
            }
        return ways
    name_of_first = text.partition("id: ")[2].partition(",")[0]
    ways = {
        "yaml": _replace("{id", "{{id"),
        "no id": _replace(f"id: {name_of_first}, ", ""),
        "empty id": _replace(f"id: {name_of_first}", "id: "),
        "capitals": _replace(f"id: {name_of_first}", f"id: {name_of_first.title()} X"),
        "clash": _replace(f"id: {name_of_first}", "id: wall"),
    }
    if "sources" in name:  # capitals in the id of a source stand for small letters
        del ways["capitals"]
    return ways


FILES = (BRIEF, EDITION, *LISTS)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_record_that_is_wrong_is_the_only_problem(recorded: Site, data: st.DataObject) -> None:
    """Whatever its kind and whatever is wrong with it, every error is in its own file."""
    name = data.draw(st.sampled_from(FILES))
    whole = recorded.read(name)
    ways = _own_mistakes(name, whole)
    way = data.draw(st.sampled_from(sorted(ways)))
    recorded.write(name, ways[way](whole))
    try:
        errors = [one for one in recorded.check() if one.level == "error"]
    finally:
        recorded.write(name, whole)
    places = {BRIEF, name} if way == "clash" else {name}
    assert errors and {one.path for one in errors} <= places, (name, way, errors)


def test_a_lost_address_is_reported_beside_a_mistake_that_loses_no_page(recorded: Site) -> None:
    """A page is renamed, and the text of another one has a mistake."""
    index, lock = recorded.read(INDEX), recorded.read(LOCK)
    recorded.write(INDEX, f"{index}\nSome <b>words</b>.\n")
    recorded.write(LOCK, f"{lock}/gone/ - -\n")
    try:
        assert {"lost-address", "raw-html"} == {one.code for one in recorded.check() if one.level == "error"}
    finally:
        recorded.write(INDEX, index)
        recorded.write(LOCK, lock)


@pytest.mark.parametrize("name", ["/gone/", "/fr/gone/", "/next.ics", "/briefing.html", "/fr/404.html", "/changes.xml"])
def test_only_the_address_of_a_page_can_be_redirected(name: str) -> None:
    """A file, such as a feed or a calendar, is not replaced by a page."""
    lock = Hashed.of(f"{name} - -\n".encode())
    [lost] = check_published(PublishedCheck(lock, Hashed.of(()), (), recording=False))
    assert name.endswith("/") is ("redirect_from" in lost.hint)


def test_settings_that_cannot_be_read_are_the_only_problem(recorded: Site) -> None:
    """The addresses of editions depend on the settings, so they are not compared without them."""
    settings = recorded.read("content/site.yaml")
    recorded.write("content/site.yaml", f"{settings}\nwords: {{Menu: [a, b}}\n")
    try:
        assert ["yaml"] == [one.code for one in recorded.check() if one.level == "error"]
    finally:
        recorded.write("content/site.yaml", settings)
