"""A site with kinds, fields and words of its own: a railway line that is closed. It has nothing in common with the library."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.incremental.memo import Memo
from briefing.model.vocabulary import STATUSES
from briefing.parse.places import take_vocabulary
from briefing.parse.vocabulary import define
from briefing.read.snapshot import read
from tests.closure import SITE
from tests.sites import NOW, Site, codes, places

MakeClosure = Callable[[], Site]


@pytest.fixture
def closure(tmp_path: Path) -> MakeClosure:
    """Return a function that makes a copy of the site."""

    def make() -> Site:
        root = tmp_path / "closure"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(SITE, root)
        return Site(root, default="")

    return make


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site by the command, and return it."""
    root = tmp_path_factory.mktemp("closure") / "site"
    shutil.copytree(SITE, root)
    site = Site(root, default="")
    done = site.run("build", "--strict", "--now", NOW)
    assert 0 == done.returncode, done.stderr
    return site


def main_of(page: str) -> str:
    """Return the main part of a page."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_nothing_is_wrong_with_it(closure: MakeClosure) -> None:
    """It has no error and no warning."""
    assert () == closure().check(strict=True)


def test_a_kind_of_the_site_has_all_that_ours_have(built: Site) -> None:
    """A list, pages, mentions, links by other names, the A to Z, the guide, the site map and the bar."""
    page, output = built.page("/stations/harrow-mill/"), built.output()
    assert "We asked the railway about Harrow Mill." in page
    assert "Why is the line closed?" in page
    assert '<a href="../../stations/harrow-mill/">' in built.page("/letters/first-letter/")
    listing = main_of(built.page("/stations/"))
    assert ["Harrow Mill", "Low Vale"] == [name for name in ("Harrow Mill", "Low Vale") if f">{name}</a>" in listing]
    assert "Every stop on the closed line" in listing
    assert "../stations/harrow-mill/" in built.page("/a-z/")
    assert ">The Mill</a>" in built.page("/a-z/")
    assert "/stations/low-vale/" in output["sitemap.xml"].decode()
    assert "Every stop on the closed line" in output["llms.txt"].decode()
    assert 'href="stations/">Stations' in built.page("/")
    assert "Low Vale" in built.page("/briefs/what-it-costs/").partition("UI--preview")[2]
    assert any(path.startswith("pagefind/") for path in output)


def test_a_kind_without_pages_is_shown_whole_in_its_list(built: Site) -> None:
    """Its records are entries with ids, texts, fields and mentions; links lead there."""
    listing = main_of(built.page("/buses/"))
    assert '<li id="bus-7">' in listing
    assert "Minutes between buses</dt><dd>20</dd>" in listing
    assert "<q>Bus 7 takes its place.</q>" in listing
    assert 'href="../../buses/#bus-7"' in built.page("/stations/harrow-mill/")
    assert not any(path.startswith("buses/bus-7") for path in built.output())


def test_own_fields_are_shown_as_what_they_are(built: Site) -> None:
    """Each has its label; what looks like HTML is text; a template can use each value."""
    facts = built.page("/stations/harrow-mill/")
    for shown in (
        "<dt>Platforms</dt><dd>2</dd>",
        '<dt>Opened</dt><dd><time datetime="1881-05-02">2 May 1881</time></dd>',
        "<dt>Step-free</dt><dd>Yes</dd>",
        "<dt>Steepest ramp, in percent</dt><dd>4.5</dd>",
        "<dt>Lines</dt><dd>Vale, Coast</dd>",
        'href="https://maps.example/harrow-mill" rel="noreferrer external">maps.example/harrow-mill</a>',
        "&lt;b&gt;&#34;Harrow &amp; Mill&#34;&lt;/b&gt;",
    ):
        assert shown in facts
    assert "A long read, Ines Ode" in built.page("/briefs/why-it-closed/")


def test_own_kinds_and_fields_are_in_the_one_file_edition(built: Site) -> None:
    """Kinds with and without pages and texts, each record with its own fields; the tally has the site's own name."""
    page = built.output()["briefing.html"].decode()
    for words in ("Replacement buses", "Minutes between buses", "Harrow Mill", "Platforms", "We asked the railway"):
        assert words in page, words
    assert "Of 3 promises:" in built.page("/")


def test_own_kinds_and_fields_are_open_data(built: Site) -> None:
    """Each kind has a table with a column for each field."""
    rows = list(csv.DictReader(io.StringIO(built.page("/data/stations.csv"))))
    assert ["2", "1"] == [row["platforms"] for row in rows]
    assert ["yes", "no"] == [row["step-free"] for row in rows]
    assert "Vale; Coast" == rows[0]["lines"]
    assert "20" == json.loads(built.page("/data/buses.json"))["rows"][0]["every"]


def test_statuses_tiers_and_labels_are_those_of_the_site(built: Site) -> None:
    """Readers see its words, in its order, each with its shape and its meaning; none of ours."""
    page = built.page("/recommendations/")
    assert "<h1>Promises</h1>" in page
    assert "<b>1</b> kept, <b>1</b> still waiting and <b>1</b> rejected" in " ".join(page.split())
    assert '<span class="state is-cross"' in page
    assert "The railway said that it will not do it." in main_of(page)
    assert ["5", "5a", "10"] == [
        part.partition("<")[0] for part in page.partition("<tbody>")[2].split('<span class="number">')[1:]
    ]
    assert "Railway records</h2>" in built.page("/sources/")
    assert ">Newspaper<" in built.page("/sources/valley-news/")
    everything = b"".join(built.output().values()).decode("utf-8", "replace")
    assert [] == [status.label for status in STATUSES.delivery if f"> {status.label}<" in everything]


def test_decimals_zero_and_negative_amounts_are_drawn(built: Site) -> None:
    """The chart of a loss has its ground above its lowest value."""
    page = built.page("/numbers/")
    plots = page.split('<svg class="plot"')[1:]
    grounds = [plot.partition('y1="')[2].partition("%")[0] for plot in plots]
    assert "80.0" in grounds
    assert any(float(ground) < 80 for ground in grounds)


def test_its_look_menu_and_home_page_are_its_own(built: Site) -> None:
    """Every page has its colours, sheet, logo and icon; the bar has a section and leads out; home has its own headings."""
    output = built.output()
    style = output["assets/style.css"].decode()
    assert "--measure: 38rem" in style and "--link: #0B4F6C" in style and "--link: #9CCBFF" in style
    pages = {path: data.decode() for path, data in output.items() if b"<header" in data and path != "briefing.html"}
    for path, page in pages.items():
        assert ("assets/own.css" in page, "assets/mark.svg" in page) == (True, True), path
        assert 'alt="The Vale line closure" height="32" width="96"' in page, path
        assert re.search(r"<summary[^>]*>The closure</summary>", page), path
        assert 'href="https://times.example/" rel="noreferrer external"' in page, path
    home = main_of(built.page("/"))
    assert '<p class="own-notice">' in home
    assert home.index("What was promised") < home.index("Read on")


def test_texts_in_folders_keep_their_addresses(closure: MakeClosure) -> None:
    """The address is that of the file name, so moving a file to another folder changes no page but links by path."""
    one = closure()
    one.good()
    before = one.output()
    one.rename("content/briefs/works/why-it-closed.md", "content/briefs/other/deep/why-it-closed.md")
    one.edit("content/briefs/other/deep/why-it-closed.md", "../money/what-it-costs.md", "../../money/what-it-costs.md")
    one.good()
    assert before == one.output()


def test_each_topic_has_a_page(built: Site) -> None:
    """It lists the records that name it, by kind; topics that differ in case only are one."""
    listed = main_of(built.page("/topics/"))
    assert 3 == listed.count("<li>")
    bridge = built.page("/topics/bridge/")
    assert "Why is the line closed?" in bridge
    assert "What does it cost?" in bridge
    stations = main_of(built.page("/topics/stations/"))
    assert "<h2>Briefs</h2>" in stations
    assert "<h2>Stations</h2>" in stations
    assert '<a href="../../topics/money/">Money</a>' in built.page("/briefs/what-it-costs/")


def test_new_and_the_editors_files_know_kinds_and_fields(closure: MakeClosure) -> None:
    """A draft has the fields that are required; editors get the fields, the statuses and the kinds."""
    one = closure()
    done = one.run("new", "station", "Far End", "--now", NOW)
    assert 0 == done.returncode, done.stderr
    assert "content/stations/far-end.yaml" in done.stdout
    assert "platforms" in one.read("content/stations/far-end.yaml")
    assert () == one.check(drafts=True)
    schema = json.loads(one.read(".vscode/schema/stations.json"))
    assert "platforms" in json.dumps(schema)
    assert "rejected" in one.read(".vscode/schema/recommendations.json")
    assert "content/buses.yaml" in one.read(".vscode/settings.json")
    wrong = one.run("new", "statoin", "Far End")
    assert 1 == wrong.returncode
    assert "did you mean “station”?" in wrong.stderr


SAYS = st.sampled_from(
    [
        ("content/kinds.yaml", "plural: Stations", "plural: Halts\n  file: stations"),
        ("content/kinds.yaml", "  page: false\n", ""),
        ("content/kinds.yaml", "  bar: true\n", ""),
        ("content/kinds.yaml", "title: Minutes between buses", "title: Every so many minutes"),
        ("content/kinds.yaml", "plural: Promises", "plural: Demands"),
        ("content/kinds.yaml", "  template: letter.html\n", ""),
        ("content/kinds.yaml", "name: bus\n", "name: coach\n"),
        ("content/schema/station.json", '"maximum": 30', '"maximum": 1'),
        ("content/schema/station.json", '"title": "Opened"', '"title": "In use since"'),
        ("content/statuses.yaml", "label: Waiting", "label: Open"),
        ("content/statuses.yaml", "name: rejected", "name: refused"),
        ("content/tiers.yaml", "plural: Railway records", "plural: Papers of the railway"),
        ("content/stations/harrow-mill.yaml", "platforms: 2", "platforms: 3"),
        ("content/stations/low-vale.yaml", "title: Low Vale", "title: Lower Vale"),
        ("content/site.yaml", "topic_pages: true\n", ""),
        ("content/briefs/works/why-it-closed.md", "template: long-read.html\n", ""),
        ("content/briefs/works/why-it-closed.md", "reviewed-by: Ines Ode", "reviewed-by: Ali Bo"),
        ("content/briefs/money/what-it-costs.md", "topics: [Money, bridge]", "topics: [Costs]"),
        ("templates/long-read.html", "A long read", "Long"),
        ("templates/letter.html", '{% extends "brief.html" %}', '{% extends "page.html" %}'),
    ]
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SAYS, min_size=1, max_size=4, unique=True))
def test_a_build_with_the_memo_is_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, str]]
) -> None:
    """Whatever the site says otherwise of its kinds, fields, statuses, tiers and topics, no old result is used."""
    root = tmp_path_factory.mktemp("law")
    shutil.copytree(SITE, root, dirs_exist_ok=True)
    one, memo = Site(root, default=""), Memo()
    one.build(memo)
    for path, old, new in edits:
        one.write(path, one.read(path).replace(old, new, 1))
        warm, cold = one.result(memo), one.result(Memo())
        assert cold.summary == warm.summary
        assert {file.path: file.data.digest for file in cold.files} == {
            file.path: file.data.digest for file in warm.files
        }


def test_only_what_a_change_concerns_is_rendered_again(closure: MakeClosure) -> None:
    """A new label of a field changes the pages of that kind and the file with all of it, and no page of another kind."""
    one, memo = closure(), Memo()
    one.build(memo)
    one.edit("content/schema/station.json", '"title": "Opened"', '"title": "In use since"')
    addresses = one.build(memo).work.rendered
    own = {"/stations/", "/stations/harrow-mill/", "/data/stations.csv", "/data/stations.json", "/data/"}
    own.add("/data/datapackage.json")
    assert {*own, "/briefing.html"} >= set(addresses)
    assert "/stations/harrow-mill/" in addresses


KINDS, RULES = "content/kinds.yaml", "content/schema/station.json"
STATION, BRIEF = "content/stations/harrow-mill.yaml", "content/briefs/works/why-it-closed.md"


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "line", "says"),
    [
        (KINDS, "about: Every", "abuot: Every", "unknown-field", 4, "“abuot”"),
        (KINDS, "  plural: Stations\n", "  file: stations\n", "missing-field", 1, "has no plural"),
        (KINDS, "  singular: Station\n", "", "missing-field", 1, "has no singular"),
        (KINDS, "file: buses", "file: stations", "kind", 10, "of “station”: stations"),
        (KINDS, "file: buses", "file: people", "kind", 10, "of “person”: people"),
        (KINDS, "file: buses", "file: timeline", "kind", 10, "of “event”: timeline"),
        (KINDS, "file: buses", "file: schema", "kind", 10, "the generator uses it"),
        (KINDS, "file: buses", "file: assets", "kind", 10, "the generator uses it"),
        (KINDS, "page: false", "page: false\n  list: false", "kind", 12, "nowhere"),
        (KINDS, "markdown: true", "article: true", "kind", 19, "articles are Markdown files"),
        (KINDS, "name: letter", "name: station", "duplicate-key", 15, "“station” is in this file twice"),
        (KINDS, "template: letter.html", "template: leter.html", "missing-template", 20, "“leter.html”"),
        (KINDS, "minimum: 1", "minLength: 1", "field-rules", 13, "“minLength” has no meaning"),
        (KINDS, "singular: Promise", "file: promises\n  singular: Promise", "kind", 22, "“file” is only for kinds"),
        (KINDS, "about: What runs", "about: [What runs", "yaml", 9, ""),
        (RULES, '"minimum": 1, "maximum": 30', '"minimum": 31, "maximum": 30', "field-rules", 7, "minimum is more"),
        (RULES, '"note": {', '"summary": {', "field-rules", 13, "has a field “summary” already"),
        (RULES, '["platforms"]', '["platform"]', "field-rules", 5, "“platform” is required, but there is no such field here"),
        (RULES, '"type": "integer"', '"type": "int"', "unknown-word", 7, "“type” must be"),
        (RULES, '"maxLength": 200', '"maxLength": 2000', "wrong-form", 13, "must not be more than 1000"),
        (RULES, '"maxLength": 200', '"pattern": "(a"', "field-rules", 13, "not a regular expression"),
        (RULES, '"maxLength": 200', '"if": {}', "unknown-field", 13, "“if”"),
        ("content/statuses.yaml", "shape: cross", "shape: star", "unknown-word", 4, "“shape” must be"),
        ("content/statuses.yaml", "delivery:\n", "delivery:\n  - {name: kept, label: So}\n", "duplicate-key", 3, "twice"),
        ("content/statuses.yaml", "delivery:\n", "delivery: [\n", "yaml", 1, ""),
        ("content/tiers.yaml", "label: Newspaper", "label: Newspaper, plurla: N", "unknown-field", 2, "“plurla”"),
        ("content/recommendations.yaml", "to: rejected", "to: rejceted", "unknown-word", 3, "“to” must be kept"),
        (STATION, "platforms: 2", "platforms: two", "wrong-type", 11, "“platforms” must be a whole number"),
        (STATION, "platforms: 2", "platforms: 31", "wrong-form", 11, "it must not be more than 30"),
        (STATION, "platforms: 2", "plattforms: 2\n  platforms: 2", "unknown-field", 11, "“plattforms”"),
        (STATION, "[Vale, Coast]", "[Vale, Cost]", "unknown-word", 15, "must be Vale or Coast"),
        (STATION, "1881-05-02", "1881-02-30", "impossible-date", 12, "1881-02-30"),
        (BRIEF, "reviewed-by: Ines", "summary: Ines", "wrong-form", 7, "“summary” is not a field of this site’s own"),
        (BRIEF, "long-read.html", "long-raed.html", "missing-template", 6, "“long-raed.html”"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_problem_at_its_place(
    closure: MakeClosure, path: str, old: str, new: str, code: str, line: int, says: str
) -> None:
    """Each is reported once, where it is, and nothing else is reported because of it."""
    one = closure()
    one.edit(path, old, new)
    errors = one.errors()
    assert [(code, path, line)] == [(error.code, error.path, error.line) for error in errors], errors
    assert says in errors[0].message


def test_a_file_of_rules_for_no_kind_is_reported(closure: MakeClosure) -> None:
    """The message says which kind may be meant."""
    one = closure()
    one.rename(RULES, "content/schema/staton.json")
    [problem] = one.errors()
    assert ("misplaced-file", "did you mean station.json?") == (problem.code, problem.hint)


def test_a_template_that_replaces_none_of_ours_and_is_not_used_is_reported(closure: MakeClosure) -> None:
    """The message names the template that was probably meant; one that another includes is used."""
    one = closure()
    one.write("templates/breif.html", "x")
    assert [("unused-template", "templates/breif.html", 0, 0)] == places(one.check())
    assert "did you mean brief.html?" == one.check()[0].hint
    one.write(
        "templates/letter.html", '{% extends "brief.html" %}{% block script %}{% include "breif.html" %}{% endblock %}'
    )
    assert "unused-template" not in codes(one.check())


WORDS = st.text(min_size=1, max_size=40)
VALUES = st.one_of(
    WORDS, st.integers(), st.booleans(), st.floats(allow_nan=False), st.lists(WORDS, max_size=3), st.none()
)


@settings(max_examples=60, deadline=None)
@given(st.recursive(VALUES, lambda inner: st.dictionaries(WORDS, inner, max_size=3), max_leaves=6), st.sampled_from(
    ["content/kinds.yaml", "content/statuses.yaml", "content/tiers.yaml", "content/schema/station.json"]
))  # fmt: skip
def test_no_file_of_words_raises_an_error(tmp_path_factory: pytest.TempPathFactory, value: object, path: str) -> None:
    """Whatever is in it, the result is a vocabulary, and what is wrong has a place."""
    one = Site(tmp_path_factory.mktemp("any"))
    text = json.dumps([value] if path.endswith(("kinds.yaml", "tiers.yaml")) else value)
    one.write(path, text)
    defined = define(take_vocabulary(read(one.project())))
    assert defined.vocabulary.value.kinds
    assert all(problem.line >= 1 for problem in defined.problems)
