"""A sentence that rests on the account of others names who gave it, in every script; any other sentence may name nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.weave.attribution import _contains, _folded
from tests.sites import Site, brief

SOURCES = """
- id: gazette-2025
  type: article-newspaper
  title: What readers want
  publisher: The Riverside Gazette (read in a copy)
  label: Gazette
  aka: [Riverside paper]
  author: [{given: Ada, family: Reed}, {literal: Friends of the Old Library}]
  issued: 2025-02-03
  tier: news
  passages:
    - {id: later, locator: p. 1, says: Most want later hours., status: reported, said_by: [the mayor]}
    - {id: disputed, locator: p. 2, says: The roof leaks., status: contested}
    - {id: sure, locator: p. 3, says: The door is red., status: confirmed}
    - {id: open, locator: p. 4, says: The door opens.}
- {id: council, type: report, title: Minutes, publisher: Council, issued: 2025, tier: primary,
   passages: [{id: sure, locator: p. 1, says: It is so., status: confirmed}]}
"""
BLAMED = "Most readers want later hours"


def found(site: Site, text: str, **fields: str) -> list[tuple[str, int, int]]:
    """Return path, line and column of each sentence that names nobody."""
    site.write("content/sources.yaml", SOURCES)
    site.write("content/briefs/hours.md", brief(body=text, **fields))
    return [(one.path, one.line, one.column) for one in site.check() if one.code == "unattributed"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.mark.parametrize("passage", ["later", "disputed"])
def test_a_sentence_that_names_nobody_is_found_at_its_citation(site: Site, passage: str) -> None:
    """A sentence that names nobody is found at its citation."""
    text = f"Yes.\n\n{BLAMED} [@gazette-2025#{passage}]. The Gazette is a paper.\n"
    assert found(site, text) == [("content/briefs/hours.md", 8, len(BLAMED) + 3)]


@pytest.mark.parametrize(
    "name",
    ["the Riverside Gazette", "Gazette", "GAZETTE’s editor", "a Riverside paper", "Ada Reed", "Reed",
     "Friends of the Old Library", "the mayor"],
)  # fmt: skip
def test_publisher_label_alias_author_and_speaker_are_names(site: Site, name: str) -> None:
    """Publisher label alias author and speaker are names."""
    assert not found(site, f"{BLAMED}, as {name} said [@gazette-2025#later].\n")


@pytest.mark.parametrize("words", ["Gazetteer", "reeds", "the library", "mayoral"])
def test_a_part_of_another_word_is_no_name(site: Site, words: str) -> None:
    """A part of another word is no name."""
    assert found(site, f"{BLAMED}, as {words} said [@gazette-2025#later].\n")


@pytest.mark.parametrize("cited", ["#sure", "#open", ", p. 9", "#later; @council#sure", "#later; @council, p. 3"])
def test_what_is_confirmed_or_not_judged_needs_no_name(site: Site, cited: str) -> None:
    """What is confirmed or not judged needs no name."""
    assert not found(site, f"{BLAMED} [@gazette-2025{cited}].\n")


def test_a_table_cell_and_a_key_point_count_as_a_sentence(site: Site) -> None:
    """A table cell and a key point count as a sentence."""
    table = f"| What | Who |\n|---|---|\n| {BLAMED} [@gazette-2025#later] | Gazette |\n"
    assert len(found(site, table, in_brief=f'["{BLAMED} [@gazette-2025#later]."]')) == 2


def test_sources_of_an_event_and_of_an_entry_count_for_its_text(site: Site) -> None:
    """Sources of an event and of an entry count for its text."""
    event = "- {id: wish, date: 2025-02-03, title: A wish, text: %s, sources: ['gazette-2025#later']}\n"
    person = (
        "- {id: ada, name: Ada, summary: A reader., dates: [{date: 2025, text: %s, sources: ['gazette-2025#later']}]}\n"
    )
    for text, times in (("Later hours are wanted.", 1), ("Later hours are wanted, the Gazette reports.", 0)):
        for path, record in (("events", event), ("people", person)):
            site.write("content/events.yaml", "[]\n")
            site.write("content/people.yaml", "[]\n")
            site.write(f"content/{path}.yaml", record % f'"{text}"')
            assert len(found(site, "Yes.\n")) == times, (path, text)


def test_the_holder_of_a_position_is_named_by_its_field(site: Site) -> None:
    """The holder of a position is named by its field."""
    position = "{holder: %s, text: It is so., sources: ['gazette-2025#disputed']}"
    disputed = f"[{{about: Does it leak?, positions: [{position % 'The mayor'}, {position % 'Readers'}]}}]"
    assert not found(site, "Yes.\n", disputed=disputed)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("الجزيرة", "وذكرت قناة والجزيرة أن القراء يريدون ذلك"),
        ("बीबीसी", "बीबीसीने कहा"),
        ("朝日新聞", "読者は朝日新聞によるとそう望む"),
        ("ประชาไท", "รายงานโดยประชาไทวันนี้"),
        ("Y Cymro", "Dywedodd Y Cymro hynny"),
        ("L’Écho", "selon L'ÉCHO de mars"),
        ("Çağdaş", "Çağdaş’ın haberi"),
    ],
)
def test_names_are_found_in_any_script(name: str, sentence: str) -> None:
    """Names are found in any script."""
    assert _contains(_folded(sentence), _folded(name))


WORD = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=2, max_size=8)


@given(st.lists(WORD, max_size=5), WORD, st.lists(WORD, max_size=5), st.sampled_from([" ", "\n", "  "]))
def test_a_name_that_is_a_word_of_a_sentence_is_found(before: list[str], name: str, after: list[str], gap: str) -> None:
    """A name that is a word of a sentence is found."""
    assert _contains(_folded(gap.join([*before, name, *after])), _folded(name))


def test_a_drawing_names_whose_account_it_rests_on(site: Site) -> None:
    """In its title, its note or a label."""
    rows = "sources: ['gazette-2025#later']\nrows: [{label: Evenings, amount: 5}]\n```\n"
    text = f"```drawing\ndraws: bars\ntitle: What readers want\n{rows}"
    assert found(site, text) == [("content/briefs/hours.md", 9, 11)]
    assert [] == found(site, text.replace("What readers want", "What readers want, the Gazette reported"))
