"""Eighteen mistakes: each is found at its place, and nothing is published."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.sites import MakeSite, Site, brief, places

GOOD = f"""
-- content/briefs/hours.md --
{brief("Opening hours", "## When we open {#when}" + chr(10) + chr(10) + "At nine [@minutes, p. 3].")}
-- content/sources.yaml --
- {{id: minutes, type: report, title: Minutes, issued: 2025, tier: primary, publisher: The Board}}
-- assets/map.svg --
<svg viewBox="0 0 40 30"></svg>
"""


@dataclass(frozen=True)
class Mistake:
    """One mistake in a file of its own: its place, its code and its hint."""

    name: str
    text: str | bytes
    code: str
    line: int
    column: int
    hint: str = ""
    also: tuple[str, ...] = ()
    """Codes of other problems at the same place."""

    @property
    def path(self) -> str:
        """Return its file."""
        return f"content/briefs/{self.name}.md"


def words(name: str, typed: str, code: str, column: int, hint: str = "") -> Mistake:
    """Return a mistake in the third line of the body."""
    return Mistake(name, brief(name, f"Sound.\n\nSee {typed} here."), code, 8, column, hint)


MISTAKES = [
    Mistake("twice", brief(title="One\ntitle: Two"), "duplicate-key", 3, 1),
    Mistake("date", brief().replace("2026-01-10", "2026-13-01"), "impossible-date", 4, 8, "2025-06-16"),
    Mistake("draft", brief(draft="nope"), "draft", 5, 8),
    Mistake("key", brief(summmary="x"), "unknown-field", 5, 1, "did you mean “summary”?"),
    Mistake("colon", brief("A: B"), "yaml", 2, 8, 'type title: "A: B"'),
    Mistake("unclosed", brief().replace("\n---\n", "\n\n", 1), "unclosed-front-matter", 6, 1, "three hyphens"),
    words("link", "[them](huors.md)", "unknown-link", 12, "did you mean “hours.md”?"),
    words("anchor", "[them](hours.md#wehn)", "unknown-anchor", 12, "did you mean “when”?"),
    words("picture", "![A map](mpa.svg)", "missing-picture", 14, "did you mean assets/map.svg?"),
    words("alternative", "![](map.svg)", "no-alternative-text", 9, "say what it shows"),
    words("reference", "[them][those]", "undefined-reference", 5),
    words("footnote", "them[^those]", "undefined-footnote", 9),
    words("citation", "them [@minuets, p. 3]", "unknown-source", 11, "did you mean “minutes”?"),
    words("wiki", "[[hourz]]", "unknown-link", 5, "did you mean “hours”?"),
    Mistake("address", brief(redirect_from="[/briefs/hours/]"), "address-clash", 1, 1, "choose another"),
    words("scheme", "[them](javascript:alert(1))", "link-scheme", 12, "use http"),
    Mistake("bytes", brief(body="Caf\xe9").encode("latin-1"), "not-utf8", 6, 4, "save the file as UTF-8"),
    Mistake("slug", brief(id="../../../evil"), "wrong-form", 5, 5, "small letters", ("id",)),
]


def test_there_are_eighteen() -> None:
    """There are eighteen mistakes, each in a file of its own."""
    assert (18, 18) == (len(MISTAKES), len({mistake.path for mistake in MISTAKES}))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_each_mistake_is_found_at_its_place(site: MakeSite, mistake: Mistake) -> None:
    """One mistake is found with its code, file, line and column, and the old site does not change."""
    one: Site = site(GOOD)
    one.good()
    before = one.output()
    one.write(mistake.path, mistake.text)
    report = one.build()
    errors = [problem for problem in report.problems if problem.level == "error"]
    assert {(code, mistake.path, mistake.line, mistake.column) for code in (mistake.code, *mistake.also)} == set(
        places(errors)
    )
    assert mistake.hint in next(problem.hint for problem in errors if problem.code == mistake.code)
    assert (None, before) == (report.written, one.output())
    one.delete(mistake.path)
    assert () == one.good().work.rendered


@pytest.mark.parametrize("arguments", [["build"], ["build", "--quiet"], ["check", "--quiet", "--format", "github"]])
def test_all_mistakes_are_found_in_one_run(site: MakeSite, arguments: list[str]) -> None:
    """All eighteen in one site are shown in one run of the command, which exits with 1 and changes nothing."""
    one = site(GOOD)
    one.good()
    before = one.output()
    for mistake in MISTAKES:
        one.write(mistake.path, mistake.text)
    finished = one.run(*arguments)
    shown = finished.stderr + finished.stdout
    for mistake in MISTAKES:
        place = f"{mistake.path}:{mistake.line}:{mistake.column}: error {mistake.code}"
        mark = f"::error file={mistake.path},line={mistake.line},col={mistake.column},"
        assert place in shown or mark in shown, mistake.name
    assert (1, before) == (finished.returncode, one.output())
    assert "Traceback" not in shown


def test_mistakes_do_not_hide_each_other(site: MakeSite) -> None:
    """A run over all mistakes reports exactly what runs over each of them report."""
    one = site(GOOD)
    for mistake in MISTAKES:
        one.write(mistake.path, mistake.text)
    expected = {(code, f.path, f.line, f.column) for f in MISTAKES for code in (f.code, *f.also)}
    assert expected == set(places(one.errors()))
