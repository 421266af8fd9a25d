"""What is exported comes back: the same works, in every format."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.bibliography.formats import Format, read_export, write_export
from briefing.bibliography.nodes import plain, scalar
from briefing.bibliography.works import csl_name, date_node, is_csl, names, people, settle
from briefing.parse.csl import Date, Name
from briefing.parse.schemas import schema
from briefing.parse.yaml_tree import Fields, Node

ENDINGS: dict[Format, str] = {"csl-json": "json", "bibtex": "bib", "ris": "ris"}
TYPES = [one for one in schema("source")["properties"]["type"]["enum"] if one != "press-release"]
LETTERS = "abzÀÖłńéüŷ日本語०१ Aa09 -–—'’“”&%$#_{}^~\\\"@=,;:.()[]<>/|?!*+"
ARABIC = "نصعربيكتاب ،؟."
TEXTS = st.one_of(*(st.text(st.sampled_from(one), min_size=1, max_size=25) for one in (LETTERS, ARABIC)))
WORDS = TEXTS.map(lambda words: " ".join(words.split())).filter(bool)
PARTS = st.text(st.sampled_from("abÖłéŷ日'’-.AB"), min_size=1, max_size=9)
NAMES = st.one_of(
    st.builds(Name, given=PARTS, family=PARTS),
    st.builds(Name, given=PARTS, family=PARTS, non_dropping=st.sampled_from(["van der", "de la", "von"])),
    st.builds(Name, given=PARTS, family=PARTS, suffix=st.sampled_from(["Jr.", "III"])),
    st.builds(Name, given=PARTS, family=PARTS, dropping=st.sampled_from(["de", "van"])),
    st.builds(Name, literal=st.lists(PARTS, min_size=1, max_size=3).map(" ".join)),
    st.builds(Name, family=PARTS),
)
DAYS = st.dates().map(lambda day: (day.year, day.month, day.day)).filter(lambda day: 999 < day[0] < 3000)
DATES = st.one_of(
    st.builds(lambda day, count: Date((day[:count],)), DAYS, st.integers(1, 3)),
    st.builds(lambda one, other: Date((one, other)), DAYS, DAYS),
    st.builds(lambda day, circa: Date((day[:1],), circa=circa), DAYS, st.booleans()),
    st.builds(lambda day, season: Date((day[:1],), season=season), DAYS, st.integers(1, 4)),
    st.builds(lambda words: Date(literal=f"in the {words}"), PARTS),
)


@st.composite
def works(draw: st.DrawFn) -> Fields:
    """Return a work with some of all fields that CSL knows, in the form in which a site keeps it."""
    others = ("type", "id", "citation-key", "title", "DOI")
    words = [one for one in names("words") if is_csl(one) and csl_name(one) == one and one not in others]
    pairs: list[tuple[str, Node]] = [("type", scalar(draw(st.sampled_from(TYPES)))), ("title", scalar(draw(WORDS)))]
    pairs += [("citation-key", scalar(draw(st.from_regex("[a-z]{3,8}[0-9]{2}", fullmatch=True))))]
    pairs += [(one, scalar(draw(WORDS))) for one in draw(st.sets(st.sampled_from(words), max_size=6))]
    pairs += [
        (one, people(draw(st.lists(NAMES, min_size=1, max_size=3))))
        for one in draw(st.sets(st.sampled_from(names("people")), max_size=3))
    ]
    pairs += [(one, date_node(draw(DATES))) for one in draw(st.sets(st.sampled_from(names("date")), max_size=2))]
    return settle(pairs)


def said(all_works: Sequence[Fields]) -> list[object]:
    """Return all that works say, without the id, which a format may not have."""
    return [
        {name: value for name, value in json.loads(json.dumps(plain(work))).items() if name != "id"}
        for work in all_works
    ]


@pytest.mark.parametrize("form", ENDINGS)
@settings(max_examples=30, deadline=None)
@given(st.lists(works(), min_size=1, max_size=3, unique_by=lambda work: work.text("citation-key")))
def test_an_export_comes_back_as_the_same_works(form: Format, given_: list[Fields]) -> None:
    """Whatever the fields and the format: no word, name, date or type is lost or changed."""
    text = write_export(given_, form)
    back = [one.fields for one in read_export(f"x.{ENDINGS[form]}", text).works]
    assert said(given_) == said(back), text
