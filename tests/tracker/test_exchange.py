"""Recommendations go from one site to another and back without loss; what is wrong with a file is shown at its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli.main import main
from briefing.problems import BuildError
from briefing.scaffold.exchange import export_recommendations, holds_recommendations, import_recommendations
from tests.sites import NOW, Site
from tests.tracker import OTHERS, STATUSES, bridges, written

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20).filter(
    lambda text: "%%" not in text and "<!--" not in text
)
TYPED = WORDS | st.sampled_from(["true", "2025", "05", "1.10", "no", "- a", "a: b", "# a", "'", '"', "{", "[x]", "\\"])
PLAIN = "-- content/organisations.yaml --\n[]\n"


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Site, Site]:
    """Return a site with ten recommendations, and one with all but these and their statuses."""
    return Site(tmp_path / "one", STATUSES + OTHERS + written(bridges(10, NOW))), Site(tmp_path / "other", OTHERS)


def send(one: Site, other: Site) -> str:
    """Take the recommendations of one site into another; return what was sent."""
    sent = export_recommendations(one.project())
    assert holds_recommendations(sent.encode())
    import_recommendations(other.project(), "sent.json", sent.encode(), dry_run=False)
    return sent


def test_all_of_an_inquiry_goes_to_another_site_and_back(sites: tuple[Site, Site]) -> None:
    """The other site then publishes the same data, sends the same file, and takes nothing twice."""
    one, other = sites
    one.write("content/recommendations.yaml", written(bridges(60, NOW)).partition("\n")[2])
    sent = send(one, other)
    assert 60 == len(json.loads(sent)["recommendations"])
    assert sent == export_recommendations(other.project())
    again = import_recommendations(other.project(), "sent.json", sent.encode(), dry_run=False)
    assert (60, [], [], {}) == (again.same, again.added, again.kept, again.files)
    for path in ("recommendations.csv", "recommendation-entries.csv"):
        pages = [site.good() and site.read(f"output/data/{path}") for site in (one, other)]
        assert pages[0] == pages[1]


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(TYPED, TYPED, st.integers(0, 9999)), min_size=1, max_size=3))
def test_any_words_arrive_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str, int]]
) -> None:
    """Words that YAML could take for something else, and numbers, are the same in the site that takes them."""
    folder = tmp_path_factory.mktemp("words")
    one, other = Site(folder / "one", default=""), Site(folder / "other", default="")
    one.write("content/site.yaml", "title: A\n")
    other.write("content/site.yaml", "title: A\n")
    records = [
        {"id": f"r{n}", "number": n, "title": "T", "asks": said, "said": [], "done": [], "judged": [], "order": order,
         "aka": [name], "as_of": 2025}
        for n, (said, name, order) in enumerate(texts)
    ]  # fmt: skip
    one.write("content/recommendations.yaml", json.dumps(records, ensure_ascii=False))
    sent = export_recommendations(one.project())
    assert records == json.loads(sent)["recommendations"]
    other.write("content/recommendations.yaml", "# Ours\n")
    tree = json.loads(sent)
    for record in tree["recommendations"]:
        record["asks"], record["aka"] = "Plain.", ["plain"]
    import_recommendations(other.project(), "sent.json", json.dumps(tree, ensure_ascii=False).encode(), dry_run=False)
    assert tree["recommendations"] == json.loads(export_recommendations(other.project()))["recommendations"]
    assert other.read("content/recommendations.yaml").startswith("# Ours\n- ")


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 200),
    st.sampled_from(["{", "[", "]", '"', "\\x", "\\ud800", ",", ": ", "&a ", "*a", "!t ", "#", "\t"]),
)
def test_a_damaged_file_is_told(tmp_path_factory: pytest.TempPathFactory, at: int, sign: str) -> None:
    """Whatever somebody puts into a file, the command ends with what is wrong, or takes it."""
    folder = tmp_path_factory.mktemp("damaged")
    site = Site(folder, OTHERS)
    sent = '[{"id": "a", "number": 1, "title": "T", "asks": "A", "said": [], "done": [], "judged": []}]'
    site.write("sent.json", sent[:at] + sign + sent[at:])
    assert main(["import", str(folder / "sent.json"), "--dry-run", "--site", str(folder)]) in (0, 1)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"to": "repaired"', '"to": "repiared"', "unknown-word"),
        ('"date": "2024-05"', '"date": "2026-05"', "status"),
        ('"id": "bridge-9"', '"id": "bridge-8"', "id-clash"),
        ('"id": "bridge-9"', '"id": "county"', "id-clash"),
        ('"sources": ["report"]', '"source": ["report"]', "unknown-field"),
        ('"title": "Mend bridge-9", ', "", "missing-field"),
    ],
)
def test_what_is_wrong_is_shown_at_its_line_and_nothing_is_changed(
    sites: tuple[Site, Site], old: str, new: str, code: str
) -> None:
    """The file is checked as content is."""
    one, other = sites
    sent = export_recommendations(one.project())
    line = next(n for n, text in enumerate(sent.split("\n"), 1) if old in text)
    with pytest.raises(BuildError) as raised:
        import_recommendations(other.project(), "sent.json", sent.replace(old, new, 1).encode(), dry_run=False)
    assert (code, "sent.json", line) in [(one.code, one.path, one.line) for one in raised.value.problems]
    assert not (other.root / "content/recommendations.yaml").exists()
    assert not (other.root / "content/statuses.yaml").exists()


def test_a_site_keeps_its_own_recommendations_and_statuses(sites: tuple[Site, Site]) -> None:
    """What it has already stays as it is; statuses that it does not have are an error."""
    one, other = sites
    sent = send(one, other)
    other.write(
        "content/recommendations.yaml", other.read("content/recommendations.yaml").replace("Mend bridge-7", "Mine")
    )
    before = other.read("content/recommendations.yaml")
    taken = import_recommendations(other.project(), "sent.json", sent.encode(), dry_run=False)
    assert (["bridge-7"], 9) == (taken.kept, taken.same)
    assert before == other.read("content/recommendations.yaml")
    other.write("content/statuses.yaml", "delivery: [{name: done, label: Done, needs: nothing}]\n")
    other.delete("content/recommendations.yaml")
    with pytest.raises(BuildError) as raised:
        import_recommendations(other.project(), "sent.json", sent.encode(), dry_run=False)
    assert {"unknown-word"} == {problem.code for problem in raised.value.problems if problem.level == "error"}


def test_comments_and_drafts_stay_at_home(sites: tuple[Site, Site]) -> None:
    """They are for the writers of one site."""
    one, _ = sites
    text = one.read("content/recommendations.yaml")
    text = text.replace('Mend bridge-1"', 'Mend %% ask her %%it"', 1).replace(
        '{"id": "bridge-2"', '{"draft": true, "id": "bridge-2"'
    )
    one.write("content/recommendations.yaml", text)
    sent = export_recommendations(one.project())
    assert "ask her" not in sent
    assert 9 == len(json.loads(sent)["recommendations"])


@pytest.mark.parametrize("form", ["a list", "one", "another key", "YAML", "the statuses", "their lists"])
def test_a_part_of_a_file_is_taken_for_what_it_is(sites: tuple[Site, Site], form: str) -> None:
    """Recommendations without the words around them never become sources, nor do statuses."""
    one, other = sites
    sent = json.loads(export_recommendations(one.project()))
    other.write("content/statuses.yaml", STATUSES.partition("\n")[2])
    listed, statuses = sent["recommendations"], sent["statuses"]
    for status in statuses["delivery"]:
        status["label"] += " now"
    part = {"a list": listed, "one": listed[0], "another key": {"items": listed}, "YAML": listed}.get(form, statuses)
    if form == "the statuses":
        part = {"statuses": statuses}
    if part in (statuses, {"statuses": statuses}):
        other.delete("content/statuses.yaml")
    text = written(bridges(10, NOW)).partition("\n")[2] if form == "YAML" else json.dumps(part)
    path = f"{other.root}/sent.json"
    Path(path).write_text(text, encoding="utf-8")
    before = other.read("content/sources.yaml")
    assert 0 == main(["import", path, "--site", str(other.root)], {})
    assert before == other.read("content/sources.yaml")
    if form in ("the statuses", "their lists"):
        assert " now" in other.read("content/statuses.yaml")
    else:
        took = json.loads(export_recommendations(other.project()))["recommendations"]
        assert (listed[:1] if form == "one" else listed) == took


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "a", "type": "report", "title": "What was done: a list", "number": "3"}]',
        '{"references": [{"id": "a", "type": "report", "title": "Statuses: said, done, judged"}]}',
        "@report{a, title = {Asks: said, done}}",
        "TY  - RPRT\nTI  - Done: said\nER  - \n",
    ],
)
def test_sources_are_not_taken_for_recommendations(text: str) -> None:
    """Also if their words are those of fields."""
    assert not holds_recommendations(text.encode())
