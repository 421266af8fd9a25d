"""An id of a record in single brackets is reported, with what was meant; other brackets are the writer's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sites import MakeSite, brief, document

SITE = """\
-- content/sources.yaml --
- {id: wall-report, type: report, title: Report, tier: official, publisher: Council, further_reading: true}
-- content/numbers.yaml --
- {id: wall-height, label: Height, value: '3', definition: Of the wall., as_of: 2026-01-01, source: [wall-report]}
-- content/glossary.yaml --
- {id: sluice, term: Sluice, meaning: A gate in a wall., sources: [wall-report]}
- {id: raise-gate, term: Raising, meaning: Making higher., sources: [wall-report]}
-- content/briefs/hours.md --
"""
MEANT = {
    "raise-gate": "[[raise-gate]]",
    "sluice": "[[sluice]]",
    "wall-report": "[@wall-report]",
    "wall-height": "[[=wall-height]]",
}
ORDINARY = """\
[sic], [1], [...], […], [name redacted], [raise-gates], \\[raise-gate\\], `[raise-gate]`, [raise-gate](https://a.example).

“The [sluice] opens”, he wrote of it. The [bus-7] leads to [[raise-gate]] and [the gate][bus-7].

[bus-7]: https://buses.example/7
"""


def test_an_id_in_single_brackets_is_reported_with_what_was_meant(site: MakeSite) -> None:
    """At its place, for each kind of record; ordinary brackets are not."""
    lines = [f"See the [{name}] for it." for name in MEANT]
    one = site(SITE + brief(body="\n\n".join(lines) + "\n\n" + ORDINARY))
    found = [problem for problem in one.check() if problem.code == "single-brackets"]
    assert [(f"“{name}”", 6 + 2 * n, 9) for n, name in enumerate(MEANT)] == [
        (problem.message.split()[0], problem.line, problem.column) for problem in found
    ]
    assert all(f"did you mean {meant}?" in one.hint for meant, one in zip(MEANT.values(), found, strict=True))


@given(
    st.from_regex(r"[a-z]{2,6}(-[a-z0-9]{1,5}){1,2}", fullmatch=True), st.sampled_from(["{}", "- {}", "**{}**", "> {}"])
)
def test_whatever_could_be_an_id_is_noted_at_its_place(name: str, form: str) -> None:
    """In any block, in a quotation too."""
    found = document(brief(body=form.format(f"a “the [{name}]” b") + "\n"))
    [ref] = found.outline.value.bracketed
    span = found.spans.value[ref.span]
    assert (name, 6, len(name) + 2) == (ref.id, span.line, span.length)


@pytest.mark.parametrize(
    "words", ["[sic]", "“the [council] met”", "[Council]", "[name redacted]", "[x](y.md)", "[^1]", "[1]"]
)
def test_brackets_of_other_kinds_are_not_noted(words: str) -> None:
    """Nothing that cannot be an id, and no word in a quotation."""
    text = brief(body=f"He said {words} [^1].\n\n[^1]: A note.\n")
    assert [] == [ref.id for ref in document(text).outline.value.bracketed if ref.id != "sic"]
