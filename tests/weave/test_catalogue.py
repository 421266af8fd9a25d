"""The catalogue: how a writer's name for a record is resolved, and what is reported if there is no such record."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.addresses import address_of
from briefing.model.kinds import KINDS, by_name
from briefing.model.records import Heading, Record, Support
from briefing.model.text import Link
from briefing.problems import Finding
from briefing.weave.catalogue import NO_PAGE, Catalogue
from briefing.weave.headings import fold
from tests.sites import MakeSite, brief, places

DETAIL = Support("", "", "", "", "", "", False, False, "")


def record(name: str, title: str, kind: str = "person", **fields: object) -> Record:
    """Make a record."""
    path = f"content/briefs/{name}.md"
    given: dict[str, object] = {"text": None, "headings": (), "sources": (), "detail": DETAIL} | fields
    return Record(name, kind, path, 0, title, "", **given)  # type: ignore[arg-type]


HEADINGS = (Heading("when", "When we open", 2), Heading("fees", "Fees & fines", 2))
CATALOGUE = Catalogue(
    [
        record("hours", "Opening hours", "brief", headings=HEADINGS, anchors=("para",), aka=("Times", "Zürich")),
        record("ada", "Ada Reed", aka=("Ada",)),
        record("reed", "Ada Reed"),
        record("minutes", "Minutes", "source"),
        record("index", "Home", "page"),
    ],
    [record("secret", "Secret", "brief")],
    ["unread"],
    KINDS,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hours", "hours"),
        ("Opening hours", "hours"),
        ("opening  HOURS", "hours"),
        ("times", "hours"),
        ("Zu\u0308rich", "hours"),
        ("ada", "ada"),
        ("Ada", "ada"),
        ("Ada Reed", Finding("ambiguous-link", "“Ada Reed” could be ada or reed", "write one of these ids")),
        ("Hours", Finding("unknown-link", "no record is called “Hours”", "did you mean “hours”?")),
        ("nothing like it", Finding("unknown-link", "no record is called “nothing like it”", NO_PAGE)),
    ],
)
def test_a_record_is_found_by_id_title_or_other_name(name: str, expected: str | Finding) -> None:
    """Names are compared without case, accents' composition and spaces; two records of one name are ambiguous."""
    found = CATALOGUE.find(name)
    assert expected == (found.id if isinstance(found, Link) else found)


def test_a_hint_names_the_record_that_has_a_title_and_the_form_of_a_citation() -> None:
    """Where an id is wanted, the title of a record is near to its id; a citation within a link is one of its own."""
    by_title = CATALOGUE.find_id("opening Hours", ("brief",))
    cited = CATALOGUE.find("@minutes")
    other_kind = CATALOGUE.find_id("Opening hours", ("person",))
    assert isinstance(by_title, Finding) and isinstance(cited, Finding) and isinstance(other_kind, Finding)
    assert by_title.hint == "did you mean “hours”?"
    assert cited.hint == "write [@minutes] to cite a source"
    assert "“hours”" not in other_kind.hint


def test_a_link_to_a_draft_is_a_problem() -> None:
    """A link to a draft is reported as one, by id and by path."""
    for found in (CATALOGUE.find("secret"), CATALOGUE.find_path("secret.md", "content/briefs/hours.md")):
        assert isinstance(found, Finding)
        assert "unpublished-target" == found.code


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("hours.md", "hours"),
        ("./hours.md", "hours"),
        ("../briefs/hours.md", "hours"),
        ("/briefs/hours/", "hours"),
        ("/", "index"),
        ("/people/", ""),
        ("huors.md", "did you mean “hours.md”?"),
        ("/briefs/huors/", "did you mean “/briefs/hours/”?"),
        ("../../hours.md", "did you mean [[hours]]?"),
        ("/elsewhere/hours.html", "did you mean [[hours]]?"),
        ("../pages/hours.md", "did you mean “hours.md”?"),
    ],
)
def test_a_path_is_relative_to_the_file_of_the_link(path: str, expected: str) -> None:
    """An address is relative to the site. The hint names the nearest file or address."""
    found = CATALOGUE.find_path(path, "content/briefs/index.md")
    assert expected == (found.id if isinstance(found, Link) else found.hint)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("when", "when"),
        ("When we open", "when"),
        ("fees & FINES", "fees"),
        ("para", "para"),
        ("wehn", Finding("unknown-anchor", "“Opening hours” has no heading “wehn”", "did you mean “when”?")),
    ],
)
def test_a_heading_is_found_by_id_or_words(heading: str, expected: str | Finding) -> None:
    """A section is named by its id, its words, or any id in the text."""
    assert expected == CATALOGUE.find_heading(CATALOGUE.links["hours"], heading)


@pytest.mark.parametrize(
    ("name", "kinds", "expected"),
    [
        ("minutes", ("source",), "minutes"),
        (
            "minuets",
            ("source",),
            Finding("unknown-source", "no source has the id “minuets”", "did you mean “minutes”?"),
        ),
        (
            "ada",
            ("source",),
            Finding("wrong-kind", "“ada” is the wrong kind of record: person instead of source", "write another id"),
        ),
        (
            "Minutes",
            ("source",),
            Finding("unknown-source", "no source has the id “Minutes”", "did you mean “minutes”?"),
        ),
        ("hour", (), Finding("unknown-id", "no record has the id “hour”", "did you mean “hours”?")),
    ],
)
def test_a_field_names_records_by_id(name: str, kinds: tuple[str, ...], expected: str | Finding) -> None:
    """A title is not accepted in a field, and neither is the id of another kind."""
    found = CATALOGUE.find_id(name, kinds)
    assert expected == (found.id if isinstance(found, Link) else found)


@pytest.mark.parametrize(
    ("kind", "name", "address"),
    [
        ("brief", "hours", "/briefs/hours/"),
        ("page", "about", "/about/"),
        ("page", "index", "/"),
        ("person", "ada", "/people/ada/"),
        ("event", "opening", "/timeline/#opening"),
        ("number", "visits", "/numbers/#visits"),
        ("source", "minutes", "/sources/minutes/"),
    ],
)
def test_addresses_follow_from_kind_and_id(kind: str, name: str, address: str) -> None:
    """The address of a record depends on its kind and id alone."""
    assert address == address_of(record(name, "T", kind), by_name(KINDS)[kind])


def test_folding_ignores_case_spaces_and_composition() -> None:
    """Names that look the same to a reader are the same."""
    assert fold("  Straße\tA\u0301 ") == fold("STRASSE á")


SITE = f"""
-- content/briefs/hours.md --
{brief()}
## When we open {{#when}}

At nine.
-- content/briefs/fees.md --
{brief("Fees")}
-- content/people.yaml --
- id: ada
  name: Ada Reed
  summary: S
-- content/sources.yaml --
- id: minutes
  type: report
  title: Minutes
  issued: 2025
  tier: primary
  publisher: P
  passages: [{{id: roof, locator: p. 3, says: S}}]
-- content/numbers.yaml --
- {{id: visits, value: 1200, label: Visits, definition: D, as_of: 2025, source: minutes}}
-- content/unknowns.yaml --
- {{id: why, question: Why?, why: W, who_could_answer: A}}
-- assets/map.svg --
<svg viewBox="0 0 40 30"></svg>
"""


@pytest.mark.parametrize(
    ("typed", "code", "column", "hint"),
    [
        ("[[huors]]", "unknown-link", 5, "did you mean “hours”?"),
        ("[[nothing]]", "unknown-link", 5, ""),
        ("[[hours#wehn]]", "unknown-anchor", 5, "did you mean “when”?"),
        ("[x](huors.md)", "unknown-link", 9, "did you mean “hours.md”?"),
        ("[x](hours.md#wehn)", "unknown-anchor", 9, "did you mean “when”?"),
        ("[x](/briefs/huors/)", "unknown-link", 9, "did you mean “/briefs/hours/”?"),
        ("[@minuets, p. 3]", "unknown-source", 6, "did you mean “minutes”?"),
        ("[@minutes#rof]", "unknown-passage", 6, "its passages: roof"),
        ("[@ada]", "wrong-kind", 6, ""),
        ("[[=vists]]", "unknown-id", 5, "did you mean “visits”?"),
        ("[[=ada]]", "wrong-kind", 5, ""),
        ("![A map](mapp.svg)", "missing-picture", 14, "did you mean assets/map.svg?"),
        ("![A map](../secret.svg)", "missing-picture", 14, "put it beside the text"),
        ("![A map](https://x.example/a.png)", "missing-picture", 14, "save it beside the text"),
    ],
)
def test_a_reference_that_does_not_resolve_is_reported_at_its_place(
    site: MakeSite, typed: str, code: str, column: int, hint: str
) -> None:
    """Each kind of reference in a text is one error at its own words, with the nearest name as a hint."""
    one = site(SITE)
    one.edit("content/briefs/fees.md", "The library opens at nine.", f"See {typed}.")
    [problem] = one.errors()
    assert [(code, "content/briefs/fees.md", 6, column)] == places([problem])
    assert hint == problem.hint[: len(hint)]


@pytest.mark.parametrize(("wide", "high"), [(0, 480), (640, 0), (10**9, 10**9), (1_000_001, 1)])
def test_a_picture_of_an_absurd_size_is_reported_with_its_name(site: MakeSite, wide: int, high: int) -> None:
    """A page never reserves more space than a picture can have."""
    one = site(SITE)
    one.write("assets/map.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", wide, high))
    one.edit("content/site.yaml", "{file: map.svg, reason: Shows the river.}", "{file: map.png, reason: Shows it.}")
    one.edit("content/briefs/fees.md", "The library opens at nine.", "![A map](map.png)")
    [problem] = one.errors()
    assert [("picture-size", "content/briefs/fees.md", 6, 10)] == places([problem])
    assert f"“map.png” has {wide:,} × {high:,} pixels" in problem.message


def test_a_passage_that_does_not_exist_is_reported_wherever_it_is_cited(site: MakeSite) -> None:
    """A source is resolved once for the whole site; a mistake in a citation of it is reported in every file."""
    one = site(SITE)
    for name in ("fees", "hours"):
        one.edit(f"content/briefs/{name}.md", "opens at nine.", "opens at nine [@minutes#rof].")
    expected = [("unknown-passage", f"content/briefs/{name}.md") for name in ("fees", "hours")]
    assert expected == [(problem.code, problem.path) for problem in one.errors()]


@pytest.mark.parametrize(
    "typed",
    [
        "[[hours]] [[Opening hours#When we open]] [[ada|her]] [x](hours.md#when) [x](/people/) [x](/changes/) [x](/)",
        "[@minutes, p. 3; @minutes#roof] [[=visits]] [[why]] [[minutes]] [[visits]]",
        "![A map](map.svg) ![A map](/assets/map.svg) ![A map](assets/map.svg)",
    ],
)
def test_every_way_to_name_a_target_is_accepted(site: MakeSite, typed: str) -> None:
    """By id, title, other name, file, address, passage and picture."""
    one = site(SITE)
    one.edit("content/briefs/fees.md", "The library opens at nine.", typed)
    assert () == one.errors()


def test_links_into_a_file_that_cannot_be_read_are_not_reported(site: MakeSite) -> None:
    """A file with an error is one problem, however many pages link to its records."""
    one = site(SITE)
    one.edit("content/people.yaml", "Ada Reed", "Ada: Reed: x")
    one.edit("content/briefs/fees.md", "The library opens at nine.", "[[ada]], [[ada|her]]")
    assert ["content/people.yaml"] == [problem.path for problem in one.errors()]


NAMES = ("ash", "birch", "elm", "oak", "Ash", "ASH", "Birch", "Elm", "ásh", "öl", "o\u0308l")
TITLES = st.sampled_from(["Ash", "ash ", "Birch", "Elm", "A\u0301sh", "Öl"])


@st.composite
def two_catalogues(draw: st.DrawFn) -> tuple[Catalogue, Catalogue]:
    """Return a catalogue in which one record is replaced, and one that is made with that record."""
    names = draw(st.lists(st.sampled_from(["ash", "birch", "elm", "oak"]), min_size=1, unique=True))

    def made(name: str) -> Record:
        return record(name, draw(TITLES), "brief", aka=tuple(draw(st.lists(TITLES, max_size=2))))

    records = [made(name) for name in names]
    new = made(draw(st.sampled_from(names)))
    first = Catalogue(records, [], [], KINDS)
    before = {name: first.find(name) for name in NAMES}
    replaced = first.with_record(new)
    assert before == {name: first.find(name) for name in NAMES}  # the one that it was made from stays as it was
    return replaced, Catalogue([new if one.id == new.id else one for one in records], [], [], KINDS)


@given(two_catalogues())
def test_a_replaced_record_is_found_as_if_it_had_been_there_from_the_start(both: tuple[Catalogue, Catalogue]) -> None:
    """By id, by each title and other name, by file and by address; a name that nobody has any more is unknown."""
    replaced, fresh = both
    for name in NAMES:
        assert fresh.find(name) == replaced.find(name)
        assert fresh.find_id(name) == replaced.find_id(name)
        assert fresh.find_path(f"{name}.md", "content/briefs/x.md") == replaced.find_path(
            f"{name}.md", "content/briefs/x.md"
        )
        assert fresh.at(f"/briefs/{name}/") == replaced.at(f"/briefs/{name}/")
    assert (fresh.records, fresh.links) == (replaced.records, replaced.links)
