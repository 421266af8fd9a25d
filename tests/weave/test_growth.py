"""The work of weave grows with the number of records, and not with its square."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import FrameType
from typing import Any

from briefing.incremental.hashed import Hashed
from briefing.model.steps import WeaveInput
from briefing.weave.weave import weave
from tests.sites import brief, document

SETTINGS = document("title: The library\n", "site", "content/site.yaml").outline
FEW, MORE = 210, 50
"""Records of a site with more than its one file may have, and how many it gets twice."""
CHANGES = "[{date: 2026-01-02, kind: update, text: Second.}, {date: 2026-01-01, kind: first, text: First.}]"


def lines_run(weave_input: WeaveInput) -> int:
    """Return how many lines of Python weave runs; a comprehension runs its line for each item."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        weave(weave_input)
    finally:
        sys.settrace(before)
    return count


def test_as_many_records_more_are_as_much_work_more() -> None:
    """On a larger site, fifty records more take no longer than before, with change notes, topics and links to one."""
    [record] = document(brief(body="See [[hours]].\n", changes=CHANGES, topics="[Hours]")).outline.value.records
    linked = document(brief()).outline

    def take(count: int) -> int:
        records = (replace(record, id=f"a{n}", path=f"content/briefs/a{n}.md", title=f"A{n}") for n in range(count))
        outlines = [Hashed.of(replace(linked.value, path=one.path, records=(one,))) for one in records]
        return lines_run(WeaveInput((SETTINGS, linked, *outlines), (), "2026-03-01", "https://a.example"))

    take(FEW + 2 * MORE)  # what is done once in a process, such as reading a title for sorting
    few, some, many = (take(FEW + number * MORE) for number in range(3))
    assert many - some < 1.02 * (some - few), (few, some, many)
