"""YAML in which all values stay text and have a place."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.parse import yaml_tree as records
from briefing.parse.front_matter import split
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar, load
from briefing.problems import Span
from briefing.text.source_text import Lines, ReadError, decode
from tests.sites import codes


def tree(text: str) -> Node | None:
    """Return the tree of YAML without problems."""
    node, problems = load("a.yaml", text, Lines.of(text))
    assert problems == []
    return node


def plain(node: Node | None) -> object:
    """Convert a tree to lists, dictionaries and strings."""
    match node:
        case Fields():
            return {key.text: plain(value) for key, value in zip(node.keys, node.values, strict=True)}
        case Listing():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.text
        case _:
            return None


def refused(text: str) -> tuple[str, int, int]:
    """Return the problem of a text that is not accepted."""
    with pytest.raises(ReadError) as stop:
        load("a.yaml", text, Lines.of(text))
    return stop.value.problem.code, stop.value.problem.line, stop.value.problem.column


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "off",
        "NO",
        "True",
        "null",
        "~",
        "012",
        "0o14",
        "0x1F",
        "12:30",
        "1:20:30",
        "1_000",
        "1.10",
        "1e3",
        ".inf",
        ".nan",
        "2026-13-01",
        "2026-01-01T10:00:00Z",
        "=",
        "007",
        "+1",
        "-0",
        "0b1",
    ],
)
def test_values_stay_text(word: str) -> None:
    """Values, names and items never become numbers, dates or booleans."""
    assert {"title": word} == plain(tree(f"title: {word}\n"))
    assert {word: "title"} == plain(tree(f"{word}: title\n"))
    assert [word] == plain(tree(f"- {word}\n"))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("title: A: B\n", "yaml", 1, 8),
        ("a: 1\nb: &x 2\n", "yaml-alias", 2, 4),
        ("a: *x\n", "yaml-alias", 1, 4),
        ("a: {b: 1}\nc:\n  <<: *a\n", "yaml-alias", 3, 7),
        ("a: !!int 3\n", "yaml-tag", 1, 4),
        ("a: !!python/object/apply:os.getcwd []\n", "yaml-tag", 1, 4),
        ("!x a: 1\n", "yaml-tag", 1, 1),
        ("a: 1\n---\nb: 2\n", "yaml-documents", 2, 1),
        ("a: 1\n--- b\n", "yaml-documents", 2, 1),
        ("a: [1\nb: 2\n", "yaml", 1, 4),
        ("a: 'open\n", "yaml", 1, 4),
        ('a: "\\q"\n', "yaml", 1, 5),
        ("a: b\n\tc: d\n", "yaml", 2, 1),
        ("a:\n\t- b\n", "yaml", 2, 1),
        ("a: @b\n", "yaml", 1, 4),
        ("a: `b\n", "yaml", 1, 4),
        ("a: %b\n", "yaml", 1, 4),
        ("a: b\n c: d\n", "yaml", 2, 2),
        ("- a\n b: c\n", "yaml", 2, 3),
        ("a: {b\n", "yaml", 1, 4),
        ("%YAML 3.0\n---\na: 1\n", "yaml", 1, 1),
        ("a: b: c: d\n", "yaml", 1, 4),
        ("[" * 30_000, "yaml-depth", 1, 65),
        ("{a: " * 65 + "}" * 65, "yaml-depth", 1, 4 * 64 + 1),
        ("- " * 30_000, "yaml-depth", 1, 129),
    ],
)
def test_what_is_not_accepted_has_a_place(text: str, code: str, line: int, column: int) -> None:
    """Text that is not accepted gives one problem with line and column, never a crash."""
    assert (code, line, column) == refused(text)


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "? [a]\n"])
def test_a_name_must_be_a_word(key: str) -> None:
    """A list or a mapping as the name of a field is an error."""
    assert ("yaml-key", 2) == refused(f"x: y\n{key}: c\n")[:2]


@pytest.mark.parametrize(
    ("text", "line", "column", "first"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "line 1"),
        ("- {a: 1, a: 2}\n", 1, 10, "line 1"),
        ("x:\n  a: 1\n  'a': 2\n", 3, 3, "line 2"),
        ("<<: 1\n<<: 2\n", 2, 1, "line 1"),
    ],
)
def test_a_repeated_name_is_reported_with_both_lines(text: str, line: int, column: int, first: str) -> None:
    """A repeated name is reported at every depth, with or without quotes."""
    _, [problem] = load("a.yaml", text, Lines.of(text))
    assert ("duplicate-key", line, column) == (problem.code, problem.line, problem.column)
    assert first in problem.message


def test_the_first_of_two_values_is_read() -> None:
    """If a name is repeated, the first value is used for further checks."""
    node, _ = load("a.yaml", "a: 1\na: 2\n", Lines.of("a: 1\na: 2\n"))
    assert isinstance(node, Fields)
    assert node.text("a") == "1"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a comment\n", "---\n", "--- # x\n"])
def test_an_empty_file_has_no_value(text: str) -> None:
    """An empty file is not a mistake."""
    assert plain(tree(text)) in (None, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: >-\n  one\n  two\n", "one two"),
        ("a: 'it''s'\n", "it's"),
        ('a: "é\\n\\u00e9"\n', "é\né"),
        ("a: one\n  two\n", "one two"),
        ("a: x # note\n", "x"),
        ("a: x#y\n", "x#y"),
        ("a: 'x # y'\n", "x # y"),
        ("a:\n", ""),
        ("a: ''\n", ""),
    ],
)
def test_every_style_of_scalar_is_read(text: str, expected: str) -> None:
    """Plain, quoted, literal and folded values are read as text."""
    assert {"a": expected} == plain(tree(text))


def test_every_value_has_its_place() -> None:
    """Names, values and items have exact places, also after wide letters."""
    text = "naïve 📚: é\nlist:\n  - [one, 'two']\n"
    lines = Lines.of(text)
    node = tree(text)
    assert isinstance(node, Fields)
    words = [text[scalar.start : scalar.end] for scalar in node.keys]
    assert words == ["naïve 📚", "list"]
    outer = node.get("list")
    assert isinstance(outer, Listing)
    [inner] = outer.items
    assert isinstance(inner, Listing)
    assert [text[item.start : item.end] for item in inner.items] == ["one", "'two'"]
    assert [Span(3, 6, 3), Span(3, 11, 5)] == [lines.span(item.start, item.end) for item in inner.items]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa: b\n", "a: b\n"),
        (b"a: b\r\nc: d\r\n", "a: b\nc: d\n"),
        (b"a: b\rc: d\r", "a: b\nc: d\n"),
        ("a: “é” 📚\n".encode(), "a: “é” 📚\n"),
    ],
)
def test_byte_order_marks_and_all_line_ends_are_read(data: bytes, expected: str) -> None:
    """A byte order mark is dropped, and all line ends become \\n."""
    assert expected == decode("a", data)


@pytest.mark.parametrize(
    ("data", "code", "line", "column", "word"),
    [
        ("a: b\nc: café\n".encode("latin-1"), "not-utf8", 2, 7, "byte 11 (0xe9)"),
        (b"\xff\xfea\0", "not-utf8", 1, 1, "byte 0 (0xff)"),
        ("\ufeffa: é".encode() + b"\xff", "not-utf8", 1, 5, "byte 8 (0xff)"),
        (b"a: b\rc: d\r\ne\xff", "not-utf8", 3, 2, "byte 12 (0xff)"),
        (b"a: b\n\xed\xa0\x80", "not-utf8", 2, 1, "byte 5 (0xed)"),
    ],
)
def test_bytes_that_are_not_text_are_reported(data: bytes, code: str, line: int, column: int, word: str) -> None:
    """Other encodings are errors with the byte, line and column."""
    with pytest.raises(ReadError) as stop:
        decode("a", data)
    problem = stop.value.problem
    assert (code, line, column) == (problem.code, problem.line, problem.column)
    assert word in problem.message


@pytest.mark.parametrize(
    ("text", "front", "body"),
    [
        ("---\na: b\n---\nText\n", "a: b\n", "Text\n"),
        ("---\n---\n", "", ""),
        ("---\na: b\n---", "a: b\n", ""),
        ("---\na: b\n---  \nText", "a: b\n", "Text"),
        ("---\na: b\n---\nText\n\n---\n\nMore\n", "a: b\n", "Text\n\n---\n\nMore\n"),
        ("---\na: '----'\n---\n", "a: '----'\n", ""),
    ],
)
def test_front_matter_is_cut_at_three_hyphens(text: str, front: str, body: str) -> None:
    """Front matter ends at the first line of three hyphens; a later one belongs to the Markdown."""
    found, start = split("a.md", text)
    assert (front, body) == (found, text[start:])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Text\n", "no-front-matter", 1),
        ("", "no-front-matter", 1),
        ("\n---\na: b\n---\n", "no-front-matter", 1),
        ("--- a\n---\n", "no-front-matter", 1),
        ("---\na: b\n", "unclosed-front-matter", 1),
        ("---\na: b\n ---\n", "unclosed-front-matter", 1),
        ("---\na: b\n----\n", "unclosed-front-matter", 3),
    ],
)
def test_missing_or_unclosed_front_matter_is_an_error(text: str, code: str, line: int) -> None:
    """A brief without front matter is an error; of an end that is nearly one, that line is shown."""
    with pytest.raises(ReadError) as stop:
        split("a.md", text)
    assert (code, line, 1) == (stop.value.problem.code, stop.value.problem.line, stop.value.problem.column)


def test_places_in_front_matter_count_from_the_top_of_the_file() -> None:
    """The first line of front matter is line 2."""
    text = "---\ntitle: A\nsummary: x: y\n---\n"
    front, _ = split("a.md", text)
    with pytest.raises(ReadError) as stop:
        load("a.md", front, Lines.of(text), 4)
    assert (stop.value.problem.line, stop.value.problem.column) == (3, 10)


def test_a_file_that_is_too_large_is_an_error() -> None:
    """More than four million characters are an error."""
    assert refused("a" * 4_000_001)[0] == "too-long"


def test_the_loader_without_c_gives_the_same_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PyYAML's C library, values and places are the same."""
    text = "a: é # c\nb: [1, 'x y', {k: v}]\nc: |\n  one\n\n  two\nd: >\n  f\n  g\n"
    fast = tree(text)
    assert records._Loader.__name__ == "CSafeLoader"
    monkeypatch.setattr(records, "_Loader", yaml.SafeLoader)
    slow = tree(text)
    assert plain(fast) == plain(slow)
    assert isinstance(fast, Fields)
    assert isinstance(slow, Fields)
    assert fast.keys == slow.keys


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_or_has_a_problem_with_a_place(text: str) -> None:
    """No text makes the reader crash, and every place that it reports is in the text."""
    try:
        clean = decode("a", text.encode())
        _, problems = load("a", clean, Lines.of(clean))
        assert set(codes(problems)) <= {"duplicate-key", "control-character"}
    except ReadError as fault:
        assert 1 <= fault.problem.line <= text.count("\n") + text.count("\r") + 2
        assert fault.problem.column >= 1


@given(st.text(max_size=40), st.data())
def test_a_span_stays_within_its_line(text: str, data: st.DataObject) -> None:
    """The span of any range starts where the range does and ends in the same line."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Lines.of(text).span(start, end)
    line = text.split("\n")[span.line - 1]
    assert (text[start : start + 1] or "\n") == (line + "\n")[span.column - 1]
    assert span.column - 1 + span.length <= max(len(line), span.column)
