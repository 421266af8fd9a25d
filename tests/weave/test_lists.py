"""Long lists: headings for the topics of their records, and links to all entries at their top."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser.markup import Node, read
from tests.sites import MakeSite, Site, brief, codes

SOURCE = (
    "{id: paper, type: report, title: The paper, issued: 2025, tier: primary, publisher: P, URL: 'https://x.example/'}"
)
TOPICS = st.lists(st.sampled_from(["", "Trains", "Tram & bus", "ÆØÅ", "Other ways"]), min_size=1, max_size=14)
KINDS = ("number", "unknown")
GROUPED = "".join(f"- {{name: {kind}, group_by: topic}}\n" for kind in ("brief", *KINDS))


def listed(topics: list[str]) -> tuple[str, str]:
    """Return files with a number and an open question of each topic, in this order."""
    of = [f", topics: ['{topic}', Second]" if topic else "" for topic in topics]
    numbers = "".join(
        f"- {{id: n{at}, order: {at}, value: '{at}', label: Number {at}, definition: It counts., as_of: 2025, source: paper{one}}}\n"
        for at, one in enumerate(of, 1)
    )
    questions = "".join(
        f"- {{id: q{at}, order: {at}, question: Question {at}?, why: Nobody knows., who_could_answer: Nobody., sources: [paper]{one}}}\n"
        for at, one in enumerate(of, 1)
    )
    return numbers, questions


def main(one: Site, address: str) -> Node:
    """Return the element `main` of a page."""
    return next(node for node in read(one.page(address)).walk() if node.tag == "main")


def order(topics: list[str]) -> list[str]:
    """Return the headings that the list should have."""
    named = list(dict.fromkeys(filter(None, topics)))
    return [*named, *(["Other"] if named and "" in topics else [])]


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site whose lists are grouped by topic."""
    site = Site(tmp_path_factory.mktemp("lists"), f"-- content/sources.yaml --\n- {SOURCE}\n")
    site.write("content/kinds.yaml", GROUPED)
    return site


@settings(max_examples=10, deadline=None)
@given(TOPICS)
def test_a_list_has_the_headings_of_its_topics_and_links_to_all_entries(one: Site, topics: list[str]) -> None:
    """Each entry is once below the heading of its first topic, and once in the links at the top, in the same order."""
    numbers, questions = listed(topics)
    one.write("content/numbers.yaml", numbers)
    one.write("content/unknowns.yaml", questions)
    one.good()
    headings = order(topics)
    wanted = ["" if name == "Other" else name for name in headings or [""]]
    expected = [at for name in wanted for at, topic in enumerate(topics, 1) if topic == name]
    for address, letter in (("/numbers/", "n"), ("/not-known/", "q")):
        page = main(one, address)
        entries = [node for node in page.walk() if re.fullmatch(letter + r"\d+", node.id)]
        assert [f"{letter}{at}" for at in expected] == [node.id for node in entries]
        shown = [
            node.text
            for node in page.walk()
            if node.tag == "h2" and node.id.startswith("UI--") and node.text != "Sources"
        ]
        assert (headings if len(headings) > 1 else []) == [text for text in shown if text != "Sources"]
        index = [node for node in page.walk() if "index" in node.classes]
        links = [node.attributes["href"] for node in index for node in node.walk() if node.tag == "a"]
        is_long = len(headings) > 1 or len(topics) > 8
        assert links == ([f"#{node.id}" for node in entries] if is_long else [])
        assert all(node.parts and node.parent for node in entries)
        assert {"h3" if len(headings) > 1 else "h2"} == {
            next(part.tag for part in node.walk() if part.tag in ("h2", "h3")) for node in entries
        }


def test_the_home_page_groups_briefs_as_their_list_does(one: Site) -> None:
    """Both have the same headings, with the same briefs below them."""
    for name, topic in (("a", "Trains"), ("b", "Tram & bus"), ("c", "Trains")):
        one.write(f"content/briefs/{name}.md", brief(title=f"Brief {name}", topics=f"['{topic}']"))
    one.good()
    for address in ("/", "/briefs/"):
        groups = [
            node
            for node in main(one, address).walk()
            if node.tag == "details" and node.attributes.get("name") == "UI--index"
        ]
        assert [["Trains 2", "Brief a", "Brief c"], ["Tram & bus 1", "Brief b"]] == [
            [part.text for part in group.walk() if part.tag in ("summary", "a")] for group in groups
        ]


@pytest.mark.parametrize("kind", ["event", "source"])
def test_a_list_that_is_grouped_already_keeps_its_groups(site: MakeSite, kind: str) -> None:
    """Events are grouped by year and sources by tier."""
    assert ["kind"] == codes(site(f"-- content/kinds.yaml --\n- {{name: {kind}, group_by: topic}}\n").errors())


def test_the_home_page_says_what_is_overdue_and_awaited_and_not_when_we_look_again(site: MakeSite) -> None:
    """First what was planned and did not happen, then what is planned, then the answers that are awaited."""
    built = site(
        f"-- content/sources.yaml --\n- {SOURCE}\n"
        "-- content/events.yaml --\n"
        "- {id: late, date: 2025-03-31, title: It should have started, planned: true, sources: [paper]}\n"
        "- {id: soon, date: 2035-03-31, title: It ends, planned: true, sources: [paper]}\n"
        "-- content/unknowns.yaml --\n"
        "- {id: cost, question: What does it cost?, why: It was not said., who_could_answer: They could., expected: In 2035., sources: [paper]}\n"
        f"-- content/briefs/hours.md --\n{brief(check_by='2035-01-01')}"
    )
    built.good()
    (part,) = [node for node in main(built, "/").walk() if node.id == "UI--next"]
    said = [node.text for node in part.walk() if node.tag == "li"]
    assert ["Overdue · 31 March 2025", "Planned · 31 March 2035", "Awaited"] == [
        re.sub(r" (It|What).*", "", one) for one in said
    ]
    assert "checked again" not in built.page("/")
    assert "checked again" in built.output()["next.ics"].decode()
