"""The bench of seeded faults: eighteen mistakes, each found, placed and kept off the site."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.sites import MakeSite, Site, brief, places

SOUND = f"""
-- content/briefs/hours.md --
{brief("Opening hours", "## When we open {#when}" + chr(10) + chr(10) + "At nine [@minutes, p. 3].")}
-- content/sources.yaml --
- {{id: minutes, type: report, title: Minutes, issued: 2025, tier: primary, publisher: The Board}}
-- assets/map.svg --
<svg viewBox="0 0 40 30"></svg>
"""


@dataclass(frozen=True)
class ReadError:
    """One mistake in a file of its own: where it stands, what it is called, and what the writer is told to do."""

    name: str
    text: str | bytes
    code: str
    line: int
    column: int
    hint: str = ""
    also: tuple[str, ...] = ()
    """Codes of other problems at the very same place."""

    @property
    def path(self) -> str:
        """Give its file."""
        return f"content/briefs/{self.name}.md"


def words(name: str, typed: str, code: str, column: int, hint: str = "") -> ReadError:
    """Give a mistake in running text, in the third line of the body."""
    return ReadError(name, brief(name, f"Sound.\n\nSee {typed} here."), code, 8, column, hint)


FAULTS = [
    ReadError("twice", brief(title="One\ntitle: Two"), "duplicate-key", 3, 1),
    ReadError(
        "date", brief().replace("2026-01-10", "2026-13-01"), "impossible-date", 4, 8, "2025-06-16", ("wrong-form",)
    ),
    ReadError("draft", brief(draft="nope"), "draft", 5, 8),
    ReadError("key", brief(summmary="x"), "unknown-field", 5, 1, "did you mean “summary”?"),
    ReadError("colon", brief("A: B"), "yaml", 2, 8, 'type title: "A: B"'),
    ReadError("unclosed", brief().replace("\n---\n", "\n\n", 1), "unclosed-front-matter", 1, 1, "three hyphens"),
    words("link", "[them](huors.md)", "unknown-link", 12, "did you mean “hours.md”?"),
    words("anchor", "[them](hours.md#wehn)", "unknown-anchor", 12, "did you mean “when”?"),
    words("picture", "![A map](mpa.svg)", "missing-picture", 14, "put it into assets/"),
    words("alternative", "![](map.svg)", "no-alternative-text", 9, "say what it shows"),
    words("reference", "[them][those]", "undefined-reference", 5),
    words("footnote", "them[^those]", "undefined-footnote", 9),
    words("citation", "them [@minuets, p. 3]", "unknown-source", 11, "did you mean “minutes”?"),
    words("wiki", "[[hourz]]", "unknown-link", 5, "did you mean “hours”?"),
    ReadError("address", brief(redirect_from="[/briefs/hours/]"), "address-clash", 1, 1, "choose another"),
    words("scheme", "[them](javascript:alert(1))", "link-scheme", 12, "use http"),
    ReadError("bytes", brief(body="Caf\xe9").encode("latin-1"), "not-utf8", 6, 4, "save the file as UTF-8"),
    ReadError("slug", brief(id="../../../evil"), "wrong-form", 5, 5, "small letters", ("id",)),
]


def test_the_bench_has_all_eighteen() -> None:
    """No fault of the bench has been dropped, and each has a file of its own."""
    assert (18, 18) == (len(FAULTS), len({fault.path for fault in FAULTS}))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_is_found_where_it_stands(site: MakeSite, fault: ReadError) -> None:
    """One fault is found with its code, file, line and column, exits with 1, and leaves every byte of the old site."""
    one: Site = site(SOUND)
    one.good()
    before = one.output()
    one.write(fault.path, fault.text)
    report = one.build()
    errors = [problem for problem in report.problems if problem.level == "error"]
    assert {(code, fault.path, fault.line, fault.column) for code in (fault.code, *fault.also)} == set(places(errors))
    assert fault.hint in next(problem.hint for problem in errors if problem.code == fault.code)
    assert (None, before) == (report.written, one.output())
    one.delete(fault.path)
    assert () == one.good().work.rendered


@pytest.mark.parametrize("arguments", [["build"], ["build", "--quiet"], ["check", "--quiet", "--format", "github"]])
def test_all_faults_are_found_in_one_run(site: MakeSite, arguments: list[str]) -> None:
    """All eighteen in one site are told in one run of the command, which exits with 1 and changes nothing."""
    one = site(SOUND)
    one.good()
    before = one.output()
    for fault in FAULTS:
        one.write(fault.path, fault.text)
    finished = one.run(*arguments)
    shown = finished.stderr + finished.stdout
    for fault in FAULTS:
        place = f"{fault.path}:{fault.line}:{fault.column}: error {fault.code}"
        mark = f"::error file={fault.path},line={fault.line},col={fault.column},"
        assert place in shown or mark in shown, fault.name
    assert (1, before) == (finished.returncode, one.output())
    assert "Traceback" not in shown


def test_faults_do_not_hide_each_other(site: MakeSite) -> None:
    """A run over all faults reports exactly what the runs over each would."""
    one = site(SOUND)
    for fault in FAULTS:
        one.write(fault.path, fault.text)
    expected = {(code, f.path, f.line, f.column) for f in FAULTS for code in (f.code, *f.also)}
    assert expected == set(places(one.errors()))
