"""The command import: what an export says goes in, what the site says stays, and a broken file changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.bibliography.formats import write_export
from briefing.bibliography.nodes import mapping, pairs, plain, scalar
from briefing.bibliography.ris import read as read_ris
from briefing.cli.main import main
from briefing.parse.schemas import schema
from briefing.parse.yaml_tree import Fields
from briefing.problems import BuildError
from briefing.scaffold.held_sources import export_sources, held_sources
from briefing.scaffold.import_sources import ImportOptions, Taken, import_sources
from tests.bibliography.test_round_trip import works
from tests.sites import MakeSite, Site

EXPORTS = Path(__file__).parent / "exports"
HELD = """\
-- content/sources.yaml --
# What we have read.

- id: minutes   # of every month
  title: 'Minutes of March'
  type: report
  # not a report, in truth
  publisher: Council
  issued: 2025
  tier: primary

# The rest is news.
- {id: gazette-2026, type: article-newspaper, tier: news, title: Library opens its doors, issued: 2026-01-09, container-title: The Gazette}
"""


def take(site: Site, text: str, name: str = "x.json", **options: bool | str) -> Taken:
    """Import a text as a file of this name."""
    return import_sources(site.project(), name, text.encode(), ImportOptions(**options))  # type: ignore[arg-type]


def held(site: Site) -> dict[str, Fields]:
    """Return the sources of a site by id."""
    return {one.fields.text("id"): one.fields for one in held_sources(site.project())}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("better-biblatex.bib", {"reed-counting-readers1977": "Counting Readers at the Millbrook Library: 50% of a Town — and Été & Öl", "low-roofs2003": "Roofs", "council-roof2011": "The Roof", "moss-loans1999": "Loans", "millbrook-hours": "Opening Hours", "low-doors2010": "Doors", "proc2010": "Proceedings of Doors"}),
        ("bibtex.bib", {"reed-counting-1977": "Counting readers at the Millbrook library", "moss-loans-1999": "Loans", "hours": "Opening hours"}),
        ("zotero.ris", {"reed-1977-counting": "Counting readers at the Millbrook library", "moss-2011-roof": "The roof", "low-2012-opening": "The opening"}),
        ("csl.json", {"gazette-2026": "Library opens its doors", "low-2020-film": "A film", "plan": "Plan of the town with the library and both of its doors, in the year before it burnt"}),
    ],
)  # fmt: skip
def test_exports_go_in(site: MakeSite, name: str, expected: dict[str, str]) -> None:
    """A file as Zotero and Better BibTeX write it becomes sources with legal ids, and the site has no error."""
    one = site()
    take(one, (EXPORTS / name).read_text(encoding="utf-8"), name)
    assert expected == {key: fields.text("title") for key, fields in held(one).items()}
    assert () == one.errors()


def test_all_of_a_work_is_kept(site: MakeSite) -> None:
    """CSL's fields have CSL's names; the rest, and a note that is not for readers, is under `imported`."""
    one = site()
    taken = take(one, (EXPORTS / "csl.json").read_text(encoding="utf-8"))
    found = plain(held(one)["gazette-2026"])
    assert isinstance(found, dict)
    assert ("2026-01-09", "2026-11-02", "Mbk. Gaz.", "12", "1:5000", "Millbrook", "news") == tuple(
        found[name] for name in ("issued", "accessed", "container-title-short", "PMID", "scale", "event-place", "tier")
    )
    assert {
        "id": "http://zotero.org/users/1/items/AB12CD34",
        "note": "Read it twice.",
        "custom": '{"shelf": "B"}',
    } == found["imported"]
    assert [] == taken.told
    held_paths = take(site(), (EXPORTS / "better-biblatex.bib").read_text(encoding="utf-8"), "x.bib")
    assert 1 == held_paths.left_out


@given(
    st.sampled_from(["L1", "L2", "L3", "L4"]),
    st.sampled_from(["file:///home/ada/a.pdf", "FILE://localhost/ada/a.pdf", "C:\\ada\\a.pdf", "/home/ada/a.pdf", "internal-pdf://1/ada.pdf", "https://a.example/a.pdf;file:///ada/a.pdf", "~/ada.pdf"]),
    st.booleans(),
)  # fmt: skip
def test_no_path_on_a_disk_comes_from_ris(tag: str, path: str, goes_on: bool) -> None:
    """Also in two lines. Addresses on the web are kept."""
    more = "\nada/b.pdf" * goes_on
    works, left_out = read_ris(f"TY  - BOOK\nTI  - T\n{tag}  - {path}{more}\nUR  - https://a.example/\nER  - \n")
    assert 1 == left_out and "ada" not in str(plain(works[0].fields))
    works, left_out = read_ris(f"TY  - BOOK\nTI  - T\n{tag}  - https://a.example/ada;s=1; http://b.example/\nER  - \n")
    assert 0 == left_out and "ada" in str(plain(works[0].fields))


@settings(max_examples=10, deadline=None)
@given(st.lists(works(), min_size=1, max_size=4, unique_by=lambda work: work.text("citation-key")))
def test_a_second_import_changes_nothing(tmp_path_factory: pytest.TempPathFactory, given_: list[Fields]) -> None:
    """All works go in, every comment and line of before is there in its order, the site has no error, and once is enough."""
    one = Site(tmp_path_factory.mktemp("site"), HELD)
    before = one.read("content/sources.yaml")
    text = write_export(given_, "csl-json")
    first = take(one, text)
    assert len(given_) == len(first.added) + len(first.completed) + len(first.told)
    assert one.read("content/sources.yaml").startswith(before.rstrip("\n"))
    assert () == one.errors(drafts=True)
    assert {} == take(one, text).files
    assert {} == take(one, export_sources(one.project(), "csl-json")).files


def test_what_a_person_wrote_stays_and_is_told(site: MakeSite) -> None:
    """A field that differs is not changed without --update; one that is missing is added; comments stay either way."""
    one = site(HELD)
    before = one.read("content/sources.yaml")
    text = '[{"id": "minutes", "type": "report", "title": "Minutes of March", "publisher": "Town council", "DOI": "10.1000/1"}, {"id": "g", "type": "article-newspaper", "title": "Library opens its doors", "container-title": "The Gazette", "ISBN": "1"}]'
    asked = take(one, text, dry_run=True)
    assert before == one.read("content/sources.yaml")
    taken = take(one, text)
    assert asked == taken
    assert [("minutes", "DOI")] == taken.completed
    assert [("minutes", "publisher is “Council” here, and “Town council” in the file")] == taken.kept
    changed = before.replace("  tier: primary\n", '  tier: primary\n  DOI: "10.1000/1"\n')
    assert one.read("content/sources.yaml").startswith(changed.rstrip("\n"))
    take(one, text, update=True)
    assert one.read("content/sources.yaml").startswith(
        changed.rstrip("\n").replace("publisher: Council", 'publisher: "Town council"')
    )
    assert () == one.errors()


@pytest.mark.parametrize(
    ("name", "text", "line", "hint"),
    [
        ("x.json", '[\n {"id": "a",\n  "title": }]', 3, "export it again"),
        ("x.json", '[{"id": "a", "type": "book"},\n 5]', 2, "export it as CSL-JSON"),
        ("x.json", '[\n{"id": "a", "type": "book", "publisher": "P"}]', 2, "title"),
        ("x.json", '[{"itemType": "book", "title": "T"}]', 1, "choose CSL JSON"),
        ("x.json", "", 1, "export it again"),
        ("x.yaml", "references:\n- id: a\n  title: 'T\n", 3, "quotation mark"),
        ("x.yaml", "references:\n- a\n", 2, "- id:"),
        ("x.bib", "@book{a,\n title={T},\n publisher={P}}\n@book{b,\n title={T\n@book{c, title={U}}\n", 4, "close its braces"),
        ("x.bib", "no entry", 1, "@article{key,"),
        ("x.ris", "TY  - BOOK\nTI  - T\n\nTY  - BOOK\nER  - \n", 4, "ER  -"),
        ("x.ris", "TY  - BOOK\nTI  - T\n", 1, "ER  -"),
        ("x.ris", "\nTitle\n", 2, "TY  - JOUR"),
        ("x.txt", "Reed, Counting", 1, "CSL-JSON"),
    ],
)  # fmt: skip
def test_a_broken_file_changes_nothing(site: MakeSite, name: str, text: str, line: int, hint: str) -> None:
    """One problem with its line and what to do; the site stays as it was."""
    one = site(HELD)
    before = one.read("content/sources.yaml")
    with pytest.raises(BuildError) as caught:
        take(one, text, name)
    [problem] = caught.value.problems
    assert (name, line) == (problem.path, problem.line)
    assert hint in f"{problem.message} {problem.hint}"
    assert before == one.read("content/sources.yaml")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["better-biblatex.bib", "bibtex.bib", "zotero.ris", "csl.json"]), st.data())
def test_a_file_that_was_cut_off_or_garbled_is_read_or_refused(name: str, data: st.DataObject) -> None:
    """Whatever happens to a file, it is works or a problem with a line, never an exception of another kind."""
    from briefing.bibliography.formats import read_export
    from briefing.text.source_text import ReadError

    text = (EXPORTS / name).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    broken = text[:start] + data.draw(st.text('{}@",[]:\\- \nTYER', max_size=5)) + text[end:]
    try:
        read_export(name, broken)
    except ReadError as error:
        assert error.problem.line > 0 and error.problem.message


def test_the_same_work_is_told_and_taken_once(site: MakeSite) -> None:
    """The same DOI, id or address is the same work; the same id for another work gets a number."""
    one = site(HELD)
    text = """TY  - BOOK\nTI  - One\nPB  - P\nDO  - https://doi.org/10.1000/AB\nER  - \nTY  - BOOK\nTI  - One again\nPB  - P\nDO  - 10.1000/ab\nER  - \nTY  - BOOK\nTI  - Other\nPB  - P\nID  - minutes\nER  - \n"""
    taken = take(one, text, "x.ris")
    assert ["p-one", "minutes-2"] == [name for name, _ in taken.added]
    assert ["x.ris:6: the same work as “p-one” of line 1; it is imported once"] == taken.told
    assert {} == take(one, text, "x.ris").files


def test_every_type_goes_in(site: MakeSite) -> None:
    """A work of each of CSL's types with nothing but a title goes in, with a tier of the site."""
    one = site()
    types = schema("source")["properties"]["type"]["enum"]
    taken = take(one, json.dumps([{"id": f"x-{kind}", "type": kind, "title": f"A {kind}"} for kind in types]))
    assert len(types) == len(taken.added) == len(held(one))
    assert {kind.replace("_", "-") for kind in types} == {name.removeprefix("x-") for name, _ in taken.added}
    assert () == one.errors()


def test_the_tier_is_asked_for_where_the_site_has_its_own(site: MakeSite) -> None:
    """A tier that the site does not have is refused with those that it has; the named one is taken."""
    own = "-- content/tiers.yaml --\n- {name: near, label: Near}\n- {name: far, label: Far}\n"
    one = site(own)
    text = '[{"id": "x", "type": "book", "title": "T", "publisher": "P"}]'
    with pytest.raises(BuildError) as caught:
        take(one, text)
    assert "name one with --tier: near, far" == caught.value.problems[0].hint
    take(one, text, tier="far")
    assert "far" == held(one)["x"].text("tier")


def test_a_name_that_must_never_be_published_is_refused(site: MakeSite) -> None:
    """The message has the line, not the name; nothing is written."""
    one = site()
    one.run("guard", typed="Jane Qwertiop\n")
    text = '[{"id": "x", "type": "book", "title": "T", "author": [{"family": "Qwertiop", "given": "Jane"}]}]'
    with pytest.raises(BuildError) as caught:
        take(one, text)
    assert "Qwertiop" not in caught.value.problems[0].message
    assert {} == held(one)


def test_the_commands(site: MakeSite) -> None:
    """Import prints what it did, and export what there is; a file that does not exist is wrong usage."""
    one = site()
    one.write("x.ris", (EXPORTS / "zotero.ris").read_text(encoding="utf-8"))
    done = one.run("import", str(one.root / "x.ris"))
    assert (0, 3) == (done.returncode, done.stdout.count("new  "))
    assert "3 new sources, 0 completed, 0 known already in content/sources.yaml" in done.stderr
    assert "@report{moss-2011-roof," in one.run("export", "sources", "--as", "bibtex").stdout
    assert 2 == main(["import", str(one.root / "y.ris"), "--site", str(one.root)])


def test_an_export_among_the_content_is_told(site: MakeSite) -> None:
    """CSL-YAML in the folder of sources drops in as it is but for the tier; other exports are to be imported."""
    one = site("-- content/sources.json --\n[]\n-- content/sources/z.bib --\n@x\n-- content/sources/z.yaml --\n---\nreferences:\n- id: reed_Counting_1977\n  citation-key: reed_counting_1977\n  issued:\n    - year: 1977\n      month: 8\n  event-place: Leeds\n  PMID: '1'\n  title: Counting\n  type: book\n  container-title: J\n  tier: research\n...\n-- content/briefs/a.md --\n---\ntitle: A\nsummary: S\nas_of: 2026-01-01\n---\nThere were 9 [@reed_Counting_1977].\n")  # fmt: skip
    found = [problem for problem in one.check() if problem.level == "error"]
    assert [("content/sources.json", "misplaced-file"), ("content/sources/z.bib", "misplaced-file")] == [
        (one_.path, one_.code) for one_ in found
    ]
    assert all("briefing import content/sources" in problem.hint for problem in found)


def test_scalars_and_pairs() -> None:
    """Of a name that is repeated, the first counts, as in a build."""
    assert [("a", scalar("1"))] == pairs(mapping([("a", scalar("1"))]))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=9)
    | st.sampled_from(["{", "%% a %%", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["family", "date-parts", "raw", "literal", "season", "a: b"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "id",
        "type",
        "title",
        "author",
        "issued",
        "URL",
        "DOI",
        "note",
        "page",
        "keyword",
        "tier",
        "imported",
        "passages",
        "x y",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dictionaries(FIELDS, VALUES, max_size=5), min_size=1, max_size=2))
def test_no_value_breaks_an_import(tmp_path_factory: pytest.TempPathFactory, listed: list[dict[str, object]]) -> None:
    """Whatever JSON says of a work, it goes in or is refused, and what went in can be built and go out."""
    one = Site(tmp_path_factory.mktemp("site"))
    good = {"id": "a", "type": "book", "title": "T", "author": [{"family": "F"}]}
    try:
        take(one, json.dumps([good | fields for fields in listed]))
    except BuildError as error:
        assert {"broken-export"} >= {problem.code for problem in error.problems}
        return
    assert [] == [problem for problem in one.errors() if problem.path.startswith("content/sources")]
    assert all(export_sources(one.project(), form) for form in ("csl-json", "bibtex", "ris"))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.json", '[{"title": "T", "type": "book", "imported": {"family": "\\ud800"}}]', "half of a character"),
        ("x.json", '[{"x":' + "[" * 900 + "]" * 900 + "}]", "nested too deeply"),
        ("x.json", '[{"x":' + '{"a":' * 90 + "1" + "}" * 91 + "]", "nested too deeply"),
        ("x.json", '[{"title":"T","type":"book","author":"A","volume":' + "9" * 5000 + "}]", ""),
        ("x.json", json.dumps([{"title": "T", "type": "book", "author": "A", "issued": '{"a":' * 990 + "1" + "}" * 990}]), ""),
        ("x.bib", "@book{k,abstract={" + "y" * 50_000 + "}}\n" + "".join(f"@book{{k{n},crossref={{k}},title={{T}}}}\n" for n in range(300)), "repeat"),
        ("x.bib", '@string{a="' + "y" * 50_000 + '"}\n@book{k,' + ",".join(f"f{n}=a" for n in range(300)) + "}", "repeat"),
        ("x.ris", "TY  - BOOK\nTI  - T\nAU  - A\nAB  - x\n" + "word\n" * 100_000 + "ER  - \n", "the limit is"),
        ("x.ris", "TY  - BOOK\nTI  - T\nAU  - A\n" + "N1  - editor: X || Y\n" * 2000 + "ER  - \n", ""),
        ("x.json", json.dumps([{"title": f"T{n}", "type": "book", "author": "A"} for n in range(300)]), ""),
        ("x.json", "[" + ",".join(["{}"] * 20_000) + "]", "is missing"),
    ],
    ids=["half", "lists", "groups", "number", "date", "crossref", "string", "continued", "notes", "works", "empty"],
)  # fmt: skip
def test_no_export_is_slow_or_swells(site: MakeSite, name: str, text: str, message: str) -> None:
    """Deep, long, repeated or with half a character, an export is read in the time that its length allows, or is refused."""
    one, begin = site(""), process_time()
    if message:
        with pytest.raises(BuildError) as refused:
            take(one, text, name)
        assert message in refused.value.problems[0].message
    else:
        assert take(one, text, name).added
    assert process_time() - begin < 1 + 10 * len(text) / 100_000


KEYS = [
    "a: b",
    "- c",
    '"',
    "{",
    "}",
    "a}, draft: true, x: {y",
    "?",
    "!x",
    "&y",
    "*z",
    "#",
    "[",
    "|",
    ">",
    "'",
    "\\",
]


def test_no_name_of_a_field_is_read_as_yaml(site: MakeSite) -> None:
    """Fields of another program, whatever they are called, are kept under imported."""
    one = site("")
    take(one, json.dumps([{"id": "a", "type": "book", "title": "T", "author": "A", **dict.fromkeys(KEYS, "x")}]))
    assert dict(pairs(held(one)["a"].child("imported"))).keys() == set(KEYS)


def test_marks_of_comments_are_taken_as_words(site: MakeSite) -> None:
    """A title of another program with such a mark goes in, and nothing of it is lost."""
    one = site("")
    take(one, json.dumps([{"id": "a", "type": "book", "title": "A %% b %% <!-- c", "author": "A", "genre": "%%"}]))
    assert (held(one)["a"].text("title"), held(one)["a"].text("genre")) == ("A % b % < c", "%")
