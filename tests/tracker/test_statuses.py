"""A recommendation has a response, a delivery and a judgement, each with a history that cannot contradict itself."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.incremental.hashed import Hashed
from briefing.model.files import ContentFile
from briefing.model.records import Recommendation
from briefing.model.steps import VocabularyInput
from briefing.model.text import CitedSource, ParsedProse, Ref
from briefing.model.vocabulary import AXES as AXIS_NAMES
from briefing.model.vocabulary import STATUSES
from briefing.parse.vocabulary import define
from tests.sites import Site, document
from tests.tracker import OTHERS

DATES = st.dates().map(str) | st.dates().map(lambda day: str(day)[:7]) | st.dates().map(lambda day: str(day)[:4])
AXES = {"said": STATUSES.response, "done": STATUSES.delivery, "judged": STATUSES.judged}
WORDING = {"read": "full", "note": "Read."}


def record(**fields: object) -> str:
    """Return a file with one recommendation, an entry of a list in each line from line 2 on."""
    lists = {name: fields.pop(name, []) for name in ("said", "done", "judged")}
    head = json.dumps({"id": "r", "number": 1, "title": "T", "asks": "A.", **fields})
    lines = [
        f'"{name}": [\n{chr(44).join(json.dumps(one) + chr(10) for one in entries)}]'
        if isinstance(entries, list) and entries
        else f'"{name}": []'
        for name, entries in lists.items()
    ]
    return f"- {head[:-1]}, {', '.join(lines)}}}\n"


def found(text: str) -> list[tuple[str, int]]:
    """Return the code and the line of each problem."""
    return [(one.code, one.line) for one in document(text, "recommendation", "content/recommendations.yaml").problems]


def parsed(text: str) -> Recommendation[ParsedProse, Ref, CitedSource]:
    """Return the recommendation in a file without problems."""
    read = document(text, "recommendation", "content/recommendations.yaml")
    assert {"repeated"} >= {one.code for one in read.problems}
    detail = read.outline.value.records[0].detail
    assert isinstance(detail, Recommendation)
    return detail


def goes_back(earlier: str, later: str) -> bool:
    """Whether a date is before another for certain."""
    length = min(len(earlier), len(later))
    return later[:length] < earlier[:length]


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(AXES)))
def test_the_status_is_that_of_the_last_entry_that_has_one(data: st.DataObject, name: str) -> None:
    """Entries without `to` change nothing; `from` may say the status before, and nothing else; steps back are steps."""
    words = [status.name for status in AXES[name]]
    steps = data.draw(st.lists(st.sampled_from(["", *words]), max_size=6))
    entries: list[dict[str, object]] = []
    start = next(status.name for status in AXES[name] if status.needs == "nothing")
    now = start
    for step in steps:
        entry: dict[str, object] = {"date": "2025", "text": "So.", "sources": ["s"], **({"to": step} if step else {})}
        if step and data.draw(st.booleans()):
            entry["from"] = now
        entries.append(entry)
        now = step or now
    one = parsed(record(**{name: entries, "wording": WORDING}))
    shown = {"said": one.response, "done": one.delivery, "judged": one.verdict}
    assert now == shown.pop(name)
    assert set(shown.values()) <= {
        status.name for part in AXES.values() for status in part if status.needs == "nothing"
    }
    changed = [entry for entry in getattr(one, name) if entry.to]
    assert [entry.to for entry in changed[:-1]] == [entry.before for entry in changed[1:]]
    again = [n + 2 for n, step in enumerate(steps) if step and step in [one for one in steps[:n] if one][-1:]]
    same = found(record(**{name: entries, "wording": WORDING}))
    assert [("repeated", line) for line in again] == same
    wrong = [n for n, entry in enumerate(entries) if "from" in entry]
    if wrong:
        n = data.draw(st.sampled_from(wrong))
        other = data.draw(st.sampled_from([word for word in words if word != entries[n]["from"]]))
        entries[n] = {**entries[n], "from": other}
        assert {*same, ("status", n + 2)} == {*found(record(**{name: entries, "wording": WORDING}))}


@settings(max_examples=60, deadline=None)
@given(st.lists(DATES, min_size=2, max_size=5), st.sampled_from(sorted(AXES)))
def test_no_entry_is_before_the_one_above_it(dates: list[str], name: str) -> None:
    """Each entry whose date is certainly before that of the entry above is reported at its line, and no other."""
    dates = [f"{int(date[:4]) % 900 + 1000:04}{date[4:]}" for date in dates]
    dates = [date.replace("-02-29", "-02-28") for date in dates]
    entries = [{"date": date, "text": "So.", "sources": ["s"]} for date in dates]
    expected = [("status", n + 3) for n, (one, other) in enumerate(pairwise(dates)) if goes_back(one, other)]
    assert expected == found(record(**{name: entries}))


@pytest.mark.parametrize("name", sorted(AXES))
def test_only_a_status_that_needs_nothing_can_do_without_a_source(name: str) -> None:
    """Neither can an entry that changes nothing."""
    for status in (None, *AXES[name]):
        entry = {"date": "2025", "text": "So.", **({"to": status.name} if status else {})}
        is_free = status is not None and status.needs == "nothing"
        assert ([] if is_free else [("missing-field", 2)]) == found(record(**{name: [entry], "wording": WORDING}))


@pytest.mark.parametrize("read", ["full", "nearly-full", "summary", "topic", "none", ""])
def test_no_evidence_can_be_said_only_by_those_who_read_the_wording(read: str) -> None:
    """A summary is not enough."""
    entry = {"date": "2025", "text": "So.", "to": "no-evidence", "sources": ["s"]}
    fields = {"wording": {"read": read, "note": "N."}} if read else {}
    assert ([] if "full" in read else [("status", 2)]) == found(record(done=[entry], **fields))


def test_what_others_found_is_a_history_for_each_of_them() -> None:
    """One body changes its own judgement only."""
    entry = {"date": "2025", "text": "So.", "sources": ["s"]}
    one = parsed(record(judged=[
        {**entry, "to": "met", "who": "a"}, {**entry, "to": "not-met", "who": "b"},
        {**entry, "from": "met", "to": "partly-met", "who": "a"},
    ]))  # fmt: skip
    assert ["", "", "met"] == [entry.before for entry in one.judged]


def test_each_mistake_is_told_at_its_line() -> None:
    """An unknown status, a due date without a source, `from` alone, the old field."""
    entry = {"date": "2025", "text": "So.", "sources": ["s"]}
    assert [("unknown-word", 2)] == found(record(done=[{**entry, "to": "dnoe"}]))
    assert [("unknown-word", 2)] == found(record(said=[{**entry, "to": "done"}]))
    assert [("status", 2)] == found(record(done=[{**entry, "from": "done"}]))
    assert [("missing-field", 1)] == found(record(due=[{"date": "2026-01", "text": "Then."}]))
    problem = document(record(state="done"), "recommendation", "content/recommendations.yaml").problems[0]
    assert ("unknown-field", "write the status as to: in an entry of said, done or judged") == (
        problem.code,
        problem.hint,
    )


@settings(max_examples=40, deadline=None)
@given(DATES, DATES, st.sampled_from(sorted(AXES)), st.sampled_from(["2025", "Sept 2025", "01/12/2025", ""]))
def test_a_record_is_not_of_an_older_day_than_its_entries(as_of: str, date: str, name: str, other: str) -> None:
    """It is a warning at `as_of`; an entry without a source tells of nothing that happened; no other date is compared."""
    as_of, date = (f"{int(one[:4]) % 900 + 1000:04}{one[4:]}".replace("-02-29", "-02-28") for one in (as_of, date))
    free = next((one.name for one in AXES[name] if one.needs == "nothing"), "")
    entries: list[dict[str, object]] = [
        {"date": date, "text": "So.", "sources": ["s"]},
        {"date": "2100", "text": "So.", "to": free},
    ]
    expected = [("outdated", 1)] if goes_back(date, as_of) else []
    assert expected == found(record(as_of=as_of, **{name: entries}))
    if other != "2025":
        entries[0] = {**entries[0], "date": other}
        assert ["outdated"] != [code for code, _ in found(record(as_of=as_of, **{name: entries}))]


@pytest.mark.parametrize("date", ["Sept 2025", "01/12/2025", "2025-13", "x"])
def test_a_date_that_cannot_be_read_is_one_problem(date: str) -> None:
    """It is not compared with the dates beside it."""
    step = {"text": "So.", "sources": ["s"]}
    entries = [{**step, "date": one} for one in ("2025-01-01", date, "2025-12-01")]
    assert [3] == [line for _, line in found(record(done=entries))]


def reported(text: str) -> list[tuple[str, int]]:
    """Return what is wrong with a file of statuses."""
    snapshot = VocabularyInput((ContentFile("content/statuses.yaml", Hashed.of(text.encode())),), ())
    return [(one.code, one.line) for one in define(snapshot).problems]


@pytest.mark.parametrize("axis", AXIS_NAMES)
def test_each_recommendation_has_a_response_and_a_delivery(axis: str) -> None:
    """A list without a status that needs nothing is reported at its name; judgements can do without."""
    text = f"judged: [{{name: a, label: A}}]\n{axis}:\n  - {{name: b, label: B}}\n" if axis != "judged" else ""
    text = text or "judged:\n  - {name: b, label: B}\n"
    assert ([("status", 2)] if axis != "judged" else []) == reported(text)
    assert [] == reported(text + "  - {name: c, label: C, needs: nothing}\n")
    assert [("repeated", len(text.splitlines()) + 1)] == reported(text + "  - {name: c, label: b, needs: nothing}\n")


@pytest.mark.parametrize("text", ["", "# None\n", "- {name: a, label: A}\n", "judged: [{name: Not Met, label: A}]\n"])
def test_statuses_that_cannot_be_read_are_one_problem(tmp_path: Path, text: str) -> None:
    """What recommendations say with them is not reported too."""
    one = Site(tmp_path, OTHERS)
    one.write("content/statuses.yaml", text)
    steps = {"said": "paid", "done": "mended", "judged": "not-met"}
    one.write("content/recommendations.yaml", record(**{
        name: [{"date": "2025", "text": "So.", "to": to}, {"date": "2026", "text": "So.", "to": to, "sources": ["report"]}]
        for name, to in steps.items()
    }))  # fmt: skip
    [problem] = one.errors() if text[:1] != "j" else [one for one in one.errors() if "statuses" in one.path]
    assert "content/statuses.yaml" == problem.path
    assert "not-met" in problem.hint or problem.code == "no-fields"


def test_a_number_is_that_of_one_recommendation_of_a_file(tmp_path: Path) -> None:
    """Another file may have the numbers of another official list."""
    one = Site(tmp_path, OTHERS)
    texts = [record(number=number).replace('"r"', f'"r{n}"') for n, number in enumerate((1, 2, "5a", "5A"))]
    one.write("content/recommendations.yaml", "".join(texts))
    one.write("content/recommendations/other.yaml", record(number=1))
    [problem] = [problem for problem in one.check() if problem.code == "repeated"]
    assert problem.path == "content/recommendations.yaml" and problem.line in (3, 4)
