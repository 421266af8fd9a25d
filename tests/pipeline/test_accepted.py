"""A person accepts a single problem, with a reason, until the words change."""

from __future__ import annotations

import re

import pytest

from tests.sites import DEFAULT, MakeSite, brief, codes

SOURCE = "-- content/sources.yaml --\n- {id: a, type: book, title: T, issued: 2025, tier: news, publisher: P, further_reading: true}\n"
OTHER = "The library closed in 1999."


def entry(words: str, code: str = "uncited") -> str:
    """Return the field of a record that accepts one problem."""
    return f'\n- {{code: {code}, words: "{words}", reason: All agree, by: A. Editor, on: 2026-02-01}}'


def text(words: str, accepted: str, code: str = "uncited") -> str:
    """Return a site with one brief of two statements without a source, one of which may be accepted."""
    body = f"{words}\n\n{OTHER}"
    return f"-- content/briefs/hours.md --\n{brief(body=body, accept=entry(accepted, code))}{SOURCE}"


@pytest.mark.parametrize(
    ("words", "accepted", "shown"),
    [
        ("The library opened in 1932.", "The library opened in 1932.", 1),
        ("The library\nopened *in* 1932.", "opened *in* 1932", 1),
        ("The library opened in 1933.", "The library opened in 1932.", 2),
        (
            "The old library of our town opened its doors in 1933.",
            "The old library of our town opened its doors in 1932.",
            2,
        ),
    ],
)
def test_an_accepted_problem_is_a_note_until_its_words_change(
    site: MakeSite, words: str, accepted: str, shown: int
) -> None:
    """It is in `todo` with who accepted it; with other words it is reported again, and so is the acceptance."""
    one = site(text(words, accepted))
    found = codes(one.check())
    assert (shown, shown - 1) == (found.count("uncited"), found.count("unused-acceptance"))
    todo = one.run("todo").stdout
    assert (shown == 1) == ("accepted by A. Editor on 2026-02-01: All agree" in todo)


def test_only_the_paragraph_with_the_words_is_accepted(site: MakeSite) -> None:
    """The same code elsewhere in the file is still reported, at its own line."""
    one = site(text("The library opened in 1932.", "The library opened in 1932."))
    [problem] = [problem for problem in one.check() if problem.code == "uncited"]
    assert OTHER in one.read("content/briefs/hours.md").split("\n")[problem.line - 1]


@pytest.mark.parametrize("code", ["unknown-link", "guarded-name", "raw-html", "uncitd"])
def test_what_protects_readers_cannot_be_accepted(site: MakeSite, code: str) -> None:
    """A code that is always an error, or that does not exist, is refused where it is written."""
    one = site(text("See [[nowhere]].", "See [[nowhere]].", code))
    [problem] = [problem for problem in one.check() if problem.code in ("wrong-form", "unknown-word")]
    line = one.read("content/briefs/hours.md").split("\n")[problem.line - 1]
    assert (f"“{code}”" in problem.message, line[problem.column - 1 :].startswith(code)) == (True, True)
    assert "unknown-link" in codes(one.check())


@pytest.mark.parametrize("missing", ["code", "words", "reason", "by", "on"])
def test_an_acceptance_is_complete(site: MakeSite, missing: str) -> None:
    """Each of its parts is required."""
    one = site(
        re.sub(
            rf'{missing}: (?:"[^"]*"|[^,}}]+)(?:, )?',
            "",
            text("The library opened in 1932.", "The library opened in 1932."),
        )
    )
    assert "missing-field" in codes(one.check())


def test_a_record_of_a_list_accepts_too(site: MakeSite) -> None:
    """An entry of a YAML list has its own acceptances."""
    record = "- {id: ann, name: Ann, summary: She opened the library in 1932."
    accepted = "  accept: [{code: unused, words: opened the library, reason: R, by: B, on: 2026-01-01}]}"
    assert "  unused  " in site(f"-- content/people.yaml --\n{record}}}\n{SOURCE}").run("todo").stdout
    one = site(f"-- content/people.yaml --\n{record},\n{accepted}\n{SOURCE}")
    assert "accepted by B" in one.run("todo").stdout
    assert "unused-acceptance" not in codes(one.check())


def test_an_accepted_problem_is_a_note_whatever_its_level(site: MakeSite) -> None:
    """A level that the site sets for the code does not undo what a person has accepted."""
    settings = DEFAULT.replace("-- content/pages", "checks: {uncited: error}\n-- content/pages")
    files = text("The library opened in 1932.", "The library opened in 1932.").replace(OTHER, "It is red.")
    one = site(files, default=settings)
    assert "uncited" not in codes(one.check())
    assert "accepted by A. Editor" in one.run("todo").stdout


def test_a_problem_of_a_whole_page_is_accepted_with_its_title(site: MakeSite) -> None:
    """It has no line, so its words are those of the title; the hint says so."""
    for words, found in (("Opening hours", []), ("No such words", ["unused-acceptance", "no-primary-source"])):
        fields = {"accept": entry(words, "no-primary-source"), "needs_primary": "true"}
        one = site(f"-- content/briefs/hours.md --\n{brief(body='It opened in 1932 [@a, p. 1].', **fields)}{SOURCE}")
        problems = [
            p for p in one.check() if p.code in ("unused-acceptance", "no-primary-source") and p.level != "note"
        ]
        assert sorted(found) == sorted(codes(problems))
        assert not found or any("title of the page" in p.hint for p in problems)


@pytest.mark.parametrize("name", ["words", "reason", "by", "on"])
def test_an_acceptance_that_is_not_whole_accepts_nothing(site: MakeSite, name: str) -> None:
    """What it lacks is a problem, and `todo` does not call anything accepted."""
    whole = text("The library opened in 1932.", "The library opened in 1932.")
    one = site(re.sub(rf"(?<=[ {{]){name}: [^,}}]+(, |(?=}}))", "", whole, count=1))
    assert {"missing-field", "uncited"} <= set(codes(one.check()))
    assert "accepted by" not in one.run("todo").stdout
