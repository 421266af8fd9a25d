"""Problems: made from the registry, sorted, and formatted for people, programs and GitHub."""

from __future__ import annotations

import ast
import json
import random
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.cli.todo import list_work
from briefing.problem_codes import CODES
from briefing.problems import (
    MOST_ALIKE,
    BuildError,
    Finding,
    Problem,
    Span,
    arrange,
    as_github,
    as_json,
    as_text,
    frame,
    has_errors,
    limit,
    location,
)
from briefing.suggestions import Names, Suggestions

TEXT = "title: Hours\nopen: nine\n\tclosed: five\n"
ERROR = Finding("unknown-link", "no record is called “nine”", "did you mean “ten”?").at("content/a.md", Span(2, 7, 4))
WARNING = Finding("uncited", "nobody says so").at("content/a.md", Span(2, 1))
WHOLE = Finding("misplaced-file", "no record is kept here").at("content/z.md")
X = Finding("yaml", "x")


def test_the_level_of_a_problem_is_that_of_its_code() -> None:
    """A problem has the level that the registry gives its code."""
    shown = {code.name: Finding(code.name, "x").at("a").level for code in CODES.values()}
    assert {code.name: code.level for code in CODES.values()} == shown


def test_a_code_that_is_not_in_the_registry_cannot_be_made() -> None:
    """A finding with an unknown code raises a `KeyError`."""
    with pytest.raises(KeyError, match="planted"):
        Finding("planted", "x")


def test_only_an_error_protects() -> None:
    """A code that protects readers or the build is an error."""
    assert {"error"} == {code.level for code in CODES.values() if code.protects}


def test_problems_are_sorted_by_place_and_shown_once() -> None:
    """Problems are sorted by file, line and column, and each is shown once."""
    assert arrange([WHOLE, ERROR, WARNING, ERROR]) == (WARNING, ERROR, WHOLE)
    assert BuildError([ERROR, WHOLE, WARNING, WHOLE]).problems == (WARNING, ERROR, WHOLE)


def test_strict_turns_warnings_into_errors_and_changes_nothing_else() -> None:
    """With strict, a warning becomes an error with the same place and words."""
    assert (has_errors([WARNING]), has_errors(arrange([WARNING], strict=True))) == (False, True)
    [strict] = arrange([WARNING], strict=True)
    assert (location(WARNING), WARNING.message) == (location(strict), strict.message)


@pytest.mark.parametrize(("problem", "shown"), [(ERROR, "content/a.md:2:7"), (WHOLE, "content/z.md")])
def test_a_place_is_written_as_editors_read_it(problem: Problem, shown: str) -> None:
    """A place is path:line:column, or only the path for a whole file."""
    assert shown == location(problem)


@pytest.mark.parametrize(
    ("line", "column", "length", "shown"),
    [
        (1, 1, 5, "   1 | title: Hours\n     | ^^^^^"),
        (2, 7, 4, "   1 | title: Hours\n   2 | open: nine\n     |       ^^^^"),
        (2, 7, 400, "   1 | title: Hours\n   2 | open: nine\n     |       ^^^^"),
        (3, 2, 6, "   2 | open: nine\n   3 |  closed: five\n     |  ^^^^^^"),
        (4, 1, 1, "   3 |  closed: five\n   4 |\n     | ^"),
        (9, 1, 1, ""),
        (0, 0, 1, ""),
    ],
)
def test_a_frame_points_at_the_words(line: int, column: int, length: int, shown: str) -> None:
    """A frame shows the line and the one above, with carets below the words and none beyond the line."""
    assert shown == frame(X.at("a", Span(line, column, length)), TEXT)


BIDI = "\u061c\u200f\u202a\u202e\u2066\u2069"
HOSTILE = ("\x1b[2J", "\a", "\b", "\r", "\0", "\x7f", "\x9b2J", "\u2028", *BIDI)
"""Characters that clear a terminal, ring a bell, overwrite text, or change the order of words."""


@pytest.mark.parametrize("character", HOSTILE)
def test_nothing_that_acts_on_a_terminal_is_printed(character: str) -> None:
    """Such a character is replaced in all that is printed: path, message, hint and the line of the problem."""
    problem = Finding("yaml", f"no “{character}”", f"try “{character}”").at(f"a{character}.md", Span(1, 1, 9))
    forms = [as_text([problem], lambda path: f"one {character} two"), as_github([problem]), as_json([problem])]
    forms.append("\n".join(list_work([problem])))
    for form in forms:
        assert [] == [one for one in form if one not in "\n" and not one.isprintable()], form
    assert problem.message == json.loads(forms[2])["problems"][0]["message"]


@pytest.mark.parametrize(
    ("text", "column", "length", "shown"),
    [
        ("a\x1b[31mb [[c]]", 9, 5, "   1 | a␛[31mb [[c]]\n     |         ^^^^^"),
        ("a \u202e[[c]]", 4, 5, "   1 | a ⟨U+202E⟩[[c]]\n     |           ^^^^^"),
        ("a [[\u202ec\u2069]] d", 3, 7, "   1 | a [[⟨U+202E⟩c⟨U+2069⟩]] d\n     |   ^^^^^^^^^^^^^^^^^^^^^"),
        ("\a\t\x9bx", 4, 1, "   1 | ␇ ⟨U+009B⟩x\n     |           ^"),
    ],
)
def test_a_frame_stays_straight_below_what_it_shows(text: str, column: int, length: int, shown: str) -> None:
    """Replacements may be wider than the character; the carets are still below the right words."""
    assert shown == frame(X.at("a", Span(1, column, length)), text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_frame_counts_lines_as_the_reading_does(end: str) -> None:
    """With every kind of line end, the right line is shown."""
    shown = frame(X.at("a", Span(2, 7, 4)), TEXT.replace("\n", end))
    assert "   1 | title: Hours\n   2 | open: nine\n     |       ^^^^" == shown


def test_a_message_is_one_line() -> None:
    """A line end in quoted text cannot forge a second problem."""
    forged = Finding("yaml", "no “b\nc.md:1:1: error y: z”").at("a.md")
    assert "a.md: error yaml: no “b␊c.md:1:1: error y: z”" == as_text([forged], lambda path: None)


OBEYED = re.compile(r"[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|##\[")
"""What a terminal, or GitHub's runner anywhere in a line, would obey."""
WORDS = st.text(max_size=20) | st.lists(
    st.sampled_from(
        ["::", "##[", "##", "[", "add-mask]", "\x1b[31m", "\n", "\r", "\u202e", "\x9b", " ", "a", "%0A", ","]
    ),
    max_size=6,
).map("".join)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=3))
def test_no_format_passes_on_a_command(quoted: list[tuple[str, str, str, str]]) -> None:
    """Whatever paths, messages, hints and lines hold, nothing of it is obeyed by a terminal or by GitHub's runner."""
    problems = [
        Finding("yaml", message, hint).at(f"content/{path}", Span(1, 1, 3)) for path, message, hint, _ in quoted
    ]
    lines = {problem.path: line for problem, (_, _, _, line) in zip(problems, quoted, strict=True)}
    github = as_github(problems)
    for shown in (as_text(problems, lines.get), as_json(problems), github):
        assert None is OBEYED.search(shown)
    assert [] == [line for line in as_text(problems, lines.get).split("\n") if line.lstrip().startswith("::")]
    assert len(problems) == len(github.split("\n"))
    assert [problem.message for problem in problems] == [
        one["message"] for one in json.loads(as_json(problems))["problems"]
    ]


def test_line_numbers_of_different_width_keep_the_frame_straight() -> None:
    """Lines 9 and 10 are aligned."""
    shown = frame(X.at("a", Span(10, 1)), "one\n" * 10)
    assert shown == "    9 | one\n   10 | one\n      | ^"


def test_text_shows_place_frame_and_hint() -> None:
    """The text has place, level, code, message, the line with carets, and the hint."""
    shown = as_text([ERROR, WHOLE], {"content/a.md": TEXT}.get)
    expected = (
        "content/a.md:2:7: error unknown-link: no record is called “nine”\n"
        "   1 | title: Hours\n   2 | open: nine\n     |       ^^^^\n   hint: did you mean “ten”?\n\n"
        "content/z.md: error misplaced-file: no record is kept here"
    )
    assert expected == shown


def test_colour_adds_nothing_but_colour() -> None:
    """The coloured text without its escape sequences is the plain text."""
    excerpt = {"content/a.md": TEXT}.get
    coloured = as_text([ERROR, WARNING], excerpt, colour=True)
    assert "\033[31m" in coloured
    assert as_text([ERROR, WARNING], excerpt) == re.sub("\033\\[\\d+m", "", coloured)


def test_json_holds_every_field_of_every_problem() -> None:
    """JSON has an object for each problem, with letters that are not escaped."""
    shown = as_json([ERROR])
    expected = {
        "path": "content/a.md",
        "line": 2,
        "column": 7,
        "length": 4,
        "level": "error",
        "code": "unknown-link",
        "message": "no record is called “nine”",
        "hint": "did you mean “ten”?",
    }
    assert {"problems": [expected]} == json.loads(shown)
    assert "“nine”" in shown


def test_github_escapes_what_would_end_a_command() -> None:
    """Percent characters, line ends, colons and commas in a problem cannot end GitHub's command."""
    problem = Finding("yaml", "100 %\n::error::no", "a\nb").at("a,b:c.md", Span(3, 5, 2))
    expected = "::error file=a%2Cb%3Ac.md,line=3,col=5,endColumn=7,title=yaml::100 %25%0A::error::no%0Ahint: a%0Ab"
    assert expected == as_github([problem])


def test_github_gets_errors_first_and_a_count_beyond_ten() -> None:
    """GitHub shows ten of a level, so errors come first, and the number of all comes last."""
    many = [Finding("uncited", "x").at("a", Span(line, 1)) for line in range(1, 12)]
    lines = as_github([*many, ERROR]).split("\n")
    assert (lines[0].startswith("::error"), lines[-1].startswith("::notice::12 problems")) == (True, True)
    assert len(as_github(many[:10]).split("\n")) == 10


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hours", ["hours"]),
        ("HUORS", ["hours"]),
        ("river-walk", ["river-walks"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_the_nearest_words_are_suggested_and_no_others(word: str, expected: list[str]) -> None:
    """A typing mistake finds the word that was meant, in any case; other words find none."""
    assert expected == Names(["hours", "river-walks", "bus-route-seven"]).nearest(word)


@given(st.integers(1, 4 * MOST_ALIKE), st.randoms())
def test_of_one_code_in_one_file_a_hundred_are_reported_and_the_others_counted(
    times: int, chance: random.Random
) -> None:
    """The first hundred by their places, then one that says how many more there are; other codes and files keep theirs."""
    alike = [X.at("a.md", Span(line, 1)) for line in range(1, times + 1)]
    others = [X.at("b.md", Span(1, 1)), WARNING]
    chance.shuffle(alike)
    kept = arrange(limit([*alike, *others]))
    shown = [one for one in kept if one.path == "a.md"]
    assert sorted(alike)[:MOST_ALIKE] == shown[:MOST_ALIKE]
    more = [one.message for one in shown[MOST_ALIKE:]]
    assert more == ([f"{times - MOST_ALIKE:,} more problems like this in this file"] if times > MOST_ALIKE else [])
    assert arrange(others) == tuple(one for one in kept if one.path != "a.md")


def test_notes_are_not_limited() -> None:
    """Notes are a list of work, of which nothing is left out."""
    notes = [Finding("unarchived", "no copy").at("a.yaml", Span(line, 1)) for line in range(1, 500)]
    assert notes == limit(notes)


@pytest.mark.parametrize("column", [1, 150, 5_000, 99_990])
def test_of_a_long_line_the_part_with_the_problem_is_shown(column: int) -> None:
    """However long a line and what is quoted are, a problem takes some lines of a terminal, with its carets in place."""
    line = "".join(chr(97 + n % 26) for n in range(99_989)) + "unknown!" + "z" * 100_000
    problem = Finding("yaml", "x" * 100_000, "y" * 100_000).at("a.md", Span(2, column, 8))
    text = as_text([problem], lambda path: f"{line}\n{line}\n")
    shown, carets = text.split("\n")[-3:-1]
    assert line[column - 1 : column + 7] == shown[carets.index("^") : carets.index("^") + 8]
    assert len(text) < 3_000


def test_each_word_is_looked_for_once_and_a_hundred_in_all() -> None:
    """What costs time is not done for each of thousands of wrong names."""
    names = CountedNames(["hours"])
    suggestions = Suggestions()
    assert ["hours"] == suggestions.nearest("huors", names) == suggestions.nearest("huors", names)
    assert 1 == names.searches
    found = [suggestions.nearest(f"hour{n}", names) for n in range(10 * MOST_ALIKE)]
    assert (MOST_ALIKE, ["hours"], []) == (names.searches, found[0], found[-1])


class CountedNames(Names):
    """Counts the searches."""

    searches = 0

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """Count."""
        self.searches += 1
        return super().nearest(word, most)


@given(st.text("abcdefgh-", min_size=6, max_size=30), st.integers(0, 400), st.randoms())
def test_a_typing_mistake_is_found_among_many_names(word: str, others: int, chance: random.Random) -> None:
    """Two letters that changed places are found among few names and among hundreds."""
    names = [f"{chance.choice('mnopqrst')}{n:03}-{chance.randbytes(len(word) // 3).hex()}" for n in range(others)]
    at = chance.randrange(len(word) - 1)
    typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert word in Names([*names, word]).nearest(typed)


def test_a_person_is_shown_twenty_of_each_code() -> None:
    """What is left out on a terminal is counted by its code; programs get all."""
    many = [Finding("uncited", f"{n}").at("content/a.md", Span(1, 1)) for n in range(25)] + [ERROR]
    shown = as_text(many, lambda path: TEXT)
    assert (20, 1) == (shown.count("warning uncited"), shown.count("error unknown-link"))
    assert shown.endswith("5 more uncited not shown; --format json shows all")
    assert 26 == len(json.loads(as_json(many))["problems"])
    assert "not shown" not in as_text(many[5:], lambda path: TEXT)


def test_no_message_has_an_article_before_a_name_that_it_does_not_know() -> None:
    """“a” or “an” depends on the next word, so no message has one before a value; and none is wrong before a word."""
    wrong: list[str] = []
    for path in sorted((REPOSITORY / "briefing").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for part, after in pairwise(node.values) if isinstance(node, ast.JoinedStr) else ():
                is_before = isinstance(part, ast.Constant) and isinstance(after, ast.FormattedValue)
                words = str(part.value) if is_before and isinstance(part, ast.Constant) else ""
                wrong += [f"{path}: {words}"] if re.search(r"\b[Aa]n? $", words) else []
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
                wrong += re.findall(r"(?<![\w<“-])a [aeio]\w*\b(?! \|)(?<!a one)(?<!a i)", node.value)
    assert [] == [one for one in wrong if one not in _LETTERS]


_LETTERS = ("a abbr",)
"""Names of elements of HTML in a row."""
