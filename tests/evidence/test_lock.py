"""The lock is all that a build needs: it says the same on every machine, and only of what was compared."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.evidence.compare import compare
from briefing.evidence.keep import keep
from briefing.model.evidence import OBSTACLES, STATES, Evidence, KeptCopy, PassageResult
from briefing.model.records import SourceDetail
from briefing.parse.evidence_lock import EVIDENCE, read_evidence, write_evidence
from tests.sites import MakeSite, Site, brief, codes

CORPUS = Path(__file__).parent / "corpus"

SOURCES = """\
-- content/sources.yaml --
- id: wall
  type: report
  title: The wall
  publisher: The county
  issued: 2026
  tier: primary
  passages:
    - {id: built, locator: p. 1, says: When it was built., words: was built between 1961 and 1964}
    - {id: night, locator: p. 9, says: The night., words: Nobody was killed. The fire brigade}
    - {id: wrong, locator: p. 2, says: The crack., words: a jogger reported a crack near the footbridge}
    - {id: silent, locator: p. 2, says: Nothing to look for.}
- {id: other, type: report, title: Other, publisher: Another, issued: 2026, tier: primary, passages: [{id: p, locator: p. 1, says: A., words: zebra crossing of the private words}]}
-- content/briefs/night.md --
"""
TEXT = SOURCES + brief(body="It was built [@wall#built]. The night [@wall#night; @wall#wrong; @other#p].\n")

words = st.text(max_size=20)
results = st.builds(
    PassageResult, st.sampled_from(STATES), words, words, words, st.integers(0, 900), words, words, words
)
copies = st.builds(
    KeptCopy,
    st.dates().map(str),
    words,
    words,
    words,
    st.integers(0, 900),
    words,
    words,
    st.sampled_from(("", *OBSTACLES)),
)


def checked(make: MakeSite, text: str = TEXT) -> Site:
    """Return a site whose source was kept and compared."""
    one = make(text)
    list(keep(one.project(), ("wall",), CORPUS / "wall-reportlab.pdf"))
    list(compare(one.project()))
    return one


def states(one: Site) -> dict[str, str]:
    """Return what a build knows of each passage of the wall."""
    [plan] = [plan for plan in one.result().woven.plans if plan.address == "/sources/wall/"]
    view = plan.page.value.view
    assert view and isinstance(view.detail, SourceDetail)
    return {passage.id: passage.result.state for passage in view.detail.passages if passage.result}


@settings(max_examples=25)
@given(st.dictionaries(words, copies, max_size=4), st.dictionaries(words, results, max_size=4))
def test_what_is_written_is_what_is_read(kept: dict[str, KeptCopy], found: dict[str, PassageResult]) -> None:
    """The file holds every value, one in a line, in sorted order."""
    evidence = Evidence(tuple(sorted(kept.items())), tuple(sorted(found.items())))
    data = write_evidence(evidence)
    assert read_evidence(data) == (evidence, ())
    assert len(data.split(b"\n")) <= len(kept) + len(found) + 5


@given(st.data())
def test_a_lock_changed_by_hand_is_one_problem_or_a_good_lock(data: st.DataObject) -> None:
    """Whatever is in the file, nothing crashes, and a value of another type is never believed."""
    good = json.loads(write_evidence(Evidence((("a", KeptCopy("2026-01-01")),), (("a#b", PassageResult("found")),))))
    where = data.draw(st.sampled_from(("", "copies", "passages")))
    inside: Any = good if not where else next(iter(good[where].values()))
    inside[data.draw(st.sampled_from(("state", "day", "page", "copies", "new")))] = data.draw(
        st.none() | st.integers() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
    )
    evidence, problems = read_evidence(json.dumps(good).encode())
    assert [problem.code for problem in problems] in ([], ["evidence-lock"])
    assert all(result.state in STATES for _, result in evidence.results)


@pytest.mark.parametrize(
    "broken", [b"", b"[]", b"{", b"\xff", b'{"copies": {}}', b'{"copies": {"a": 1}, "passages": {}}']
)
def test_a_damaged_lock_stops_the_build(site: MakeSite, broken: bytes) -> None:
    """One error at the file, with what to do; nothing is written."""
    one = site(TEXT)
    one.write(EVIDENCE, broken)
    assert ["evidence-lock"] == codes(one.errors())


def test_a_build_knows_what_was_compared(site: MakeSite) -> None:
    """Found, elsewhere and not found come from the lock; a clone without the copies says the same."""
    one = checked(site)
    expected = {"built": "found", "night": "elsewhere", "wrong": "not-found", "silent": "unchecked"}
    assert states(one) == expected
    for path in (one.root / "kept").iterdir():
        path.unlink()
    assert states(one) == expected
    assert [] == list(compare(one.project())), "without the copies nothing is compared, and nothing is lost"
    assert states(one) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("was built between 1961 and 1964", "was built between 1961 and 1965"),
        ("was built between 1961 and 1964", "was  built between 1961 and 1964"),
        ("locator: p. 1, says: When", "locator: p. 2, says: When"),
    ],
)
def test_what_was_edited_since_is_not_checked(site: MakeSite, old: str, new: str) -> None:
    """Other words or another locator were never compared, so nothing is said of them until they are."""
    one = checked(site)
    one.edit("content/sources.yaml", old, new)
    assert states(one)["built"] == "unchecked"
    assert states(one)["night"] == "elsewhere"
    list(compare(one.project()))
    assert states(one)["built"] != "unchecked"


def test_a_source_that_was_kept_again_is_not_checked(site: MakeSite) -> None:
    """Results are of one copy; another one has none until it is compared."""
    one = checked(site)
    list(keep(one.project(), ("wall",), CORPUS / "wall.docx"))
    assert {"unchecked"} == set(states(one).values())


def test_another_wording_of_ours_changes_nothing(site: MakeSite) -> None:
    """What the passage says in our own words was not what was looked for."""
    one = checked(site)
    one.edit("content/sources.yaml", "When it was built.", "The years in which it was built.")
    assert states(one)["built"] == "found"


def test_a_second_run_changes_nothing(site: MakeSite) -> None:
    """The same result keeps the day on which it was found first, so the lock stays the same."""
    one = checked(site)
    before = one.read(EVIDENCE)
    list(compare(one.project(now="2027-01-01")))
    assert before == one.read(EVIDENCE)


def test_todo_lists_what_is_left_by_who_can_do_it(site: MakeSite) -> None:
    """Each state that is not good is a note, at the place of its source; without a lock there is none."""
    one = checked(site)
    notes = [note.code for note in one.build(dry_run=True).summary.notes if note.path == "content/sources.yaml"]
    assert sorted(notes) == ["no-words", "not-kept", "words-elsewhere", "words-not-found"]
    one.edit("content/sources.yaml", "1961 and 1964", "1961 and 1966")
    assert "not-compared" in codes(one.build(dry_run=True).summary.notes)
    one.delete(EVIDENCE)
    assert [] == [note.code for note in one.build(dry_run=True).summary.notes if note.path == "content/sources.yaml"]


def test_words_for_checking_are_never_published(site: MakeSite) -> None:
    """No file of the output has the private words, found or not, also in one file and as Markdown; nor has the lock."""
    one = checked(site)
    one.edit("content/site.yaml", "language: en-GB", "language: en-GB\nmarkdown_twins: true")
    one.good()
    private = ("jogger", "zebra crossing", "between 1961 and 1964", "1961")
    published = {path: data.decode("utf-8", "replace") for path, data in one.output().items()}
    assert any("briefing.html" in path for path in published)
    assert [] == [(path, word) for path, text in published.items() for word in private if word in text]
    assert not any(word in one.read(EVIDENCE) for word in private)


def test_a_site_without_a_lock_is_as_it_was(site: MakeSite) -> None:
    """A site that compares nothing has the same pages, whether its passages have words for checking or not."""
    plain = site(TEXT)
    plain.good()
    without = site("".join(_without_words(TEXT)))
    without.good()
    assert plain.output() == without.output()


def _without_words(text: str) -> list[str]:

    return [re.sub(r", words: [^}]*", "", line) for line in text.splitlines(keepends=True)]


def test_without_a_copy_there_is_nothing_to_compare(site: MakeSite) -> None:
    """The command says which one comes first."""
    finished = site(TEXT).run("evidence")
    assert (0, True) == (finished.returncode, "keep makes copies" in finished.stderr)
