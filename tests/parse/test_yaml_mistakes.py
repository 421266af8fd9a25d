"""Common mistakes in YAML: the hint is the line to type, and that line is read."""

from __future__ import annotations

import pytest

from tests.sites import document

GOOD = {"title": "title: Hours", "in_brief": "in_brief:\n  - One.", "aka": "aka: [a, b]"}
SLIPS = [
    ("title: Hours: a guide", 'title: "Hours: a guide"'),
    ("title: “Hours”: a guide", 'title: "“Hours”: a guide"'),
    ("title: Hours:", 'title: "Hours:"'),
    ("title:Hours", "title: Hours"),
    ("title Hours", "title: Hours"),
    ('title: "Hours', 'title: "Hours"'),
    ("title: 'Hours", 'title: "Hours"'),
    ("title: 'The library's hours'", 'title: "The library\'s hours"'),
    ('title: "Hours" of the library', "title: '\"Hours\" of the library'"),
    ("title: @home", 'title: "@home"'),
    ("title: `Hours` here", 'title: "`Hours` here"'),
    ("title: %5 of hours", 'title: "%5 of hours"'),
    ("title: *Old* hours", 'title: "*Old* hours"'),
    ("title: > Old hours", 'title: "> Old hours"'),
    ("title: [Old] hours", 'title: "[Old] hours"'),
    ("title: {Old} hours", 'title: "{Old} hours"'),
    ("title: Hours\nin_brief:\n  - [@minutes] says so.", '- "[@minutes] says so."'),
    ("title: Hours\naka: [a, b", "aka: [a, b]"),
]


def told(front: str) -> list[str]:
    """Return the hints for a brief whose front matter begins with some lines."""
    found = document(f"---\n{front}\nsummary: S.\nas_of: 2026-01-10\n---\nText.\n").problems
    return [problem.hint for problem in found if problem.level == "error"]


@pytest.mark.parametrize(("slip", "meant"), SLIPS, ids=[slip for slip, _ in SLIPS])
def test_the_hint_is_the_line_to_type(slip: str, meant: str) -> None:
    """The hint is exactly the line to type; with it the text can be read."""
    assert [f"type {meant}"] == told(slip)
    *before, last = slip.split("\n")
    indent = last[: len(last) - len(last.lstrip())]
    assert [] == told("\n".join([*before, indent + meant]))


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("title: Hours\nin_brief:\n\t- One.", "two spaces for each tab"),
        ("title: Hours\n  aka: [a]", "below the first letter of the line above"),
        ("title: Hours\nin_brief:\n  - One.\n - Two.", "2 spaces before - Two."),
        ("title: Hours\nin_brief:\n  -One.", "type - One."),
        ("title: Hours\nin_brief:\n  - Note: it is open.", 'type "Note: it is open."'),
        ("title: Hours\nchanges: [{date: 2026-01-10, kind: minor, text: Open, and shut}]", "contains a comma"),
        ("title: Hours\nchanges: [{date: 2026-01-10, kind: minor, text: See [[a]]: x}]", "put quotes around words"),
        ("title: Question #1", 'type "Question #1"'),
        ("title: #1 of all", 'type "#1 of all"'),
        ('title: "C:\\dir"', "for one backslash"),
    ],
)
def test_other_mistakes_are_explained(slip: str, said: str) -> None:
    """If the line above or a bracket is part of the mistake, the hint says so; no value is cut off silently."""
    [hint] = told(slip)
    assert said in hint


@pytest.mark.parametrize("line", ["order: 1 # a note", 'title: "Question #1"', "topics: [a#b]", "# a note of our own"])
def test_a_comment_is_not_a_mistake(line: str) -> None:
    """A `#` with a space after it is a comment; in quotes or within a word it is part of the value."""
    title = "" if line.startswith("title") else "title: Hours\n"
    assert [] == told(title + line)
