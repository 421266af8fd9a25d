"""Any text: read or refused, in its place, within its time. More by `make fuzz`; what it finds is kept in tests/fuzz/seeds."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.treeprocessors import Treeprocessor

from briefing.check.lint import lint
from briefing.incremental.hashed import Hashed
from briefing.model.steps import LintInput, Rules, Source
from briefing.parse.context import FileContext
from briefing.parse.markdown.library import make_converter
from briefing.parse.markdown.limits import DEEPEST, LimitExceeded, set_limits
from briefing.parse.markdown.state import ConversionState
from briefing.text.source_text import Lines
from tests.fuzz.__main__ import PIECES, SEEDS, WORDS, repeat
from tests.fuzz.targets import TARGETS
from tests.sites import brief, codes, document

FOUND = sorted(path for path in SEEDS.rglob("*") if path.is_file())
WHOLE_SITE = ("citation", "link")
"""Targets that build a site for each text."""
texts = st.lists(st.sampled_from([*PIECES, *WORDS]) | st.text(max_size=4), max_size=12).map("".join)
LONG = 60_000
PATIENCE = 8
"""Seconds of the processor after which a text hangs; it needs a tenth of them, and what this table is for needs many."""


def test_every_target_has_seeds() -> None:
    """What fuzzing found once is tried for ever."""
    assert set(TARGETS) == {path.parent.name for path in FOUND}


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_is_cured(path: Path) -> None:
    """A text that once broke a law, or took a path of its own, holds it."""
    TARGETS[path.parent.name](path.read_bytes().decode("utf-8", "replace"))


@pytest.mark.parametrize("name", TARGETS)
def test_laws_hold_for_any_text(name: str) -> None:
    """Whatever is typed where: problems in their place or safe pages, and nothing else."""

    @settings(
        max_examples=25 if name in WHOLE_SITE else 150,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(texts)
    def holds(text: str) -> None:
        TARGETS[name](text)

    holds()


@contextmanager
def bounded() -> Iterator[None]:
    """Stop what hangs."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def runs(sign: str) -> Callable[[int], str]:
    """Return runs of one character, each longer than the one before, so that none closes another."""
    return lambda length: "".join(sign * n + "a\n" for n in range(1, int((2 * length) ** 0.5)))


SLOW: dict[str, str | Callable[[int], str]] = {
    "abbreviations": "*[a]: b\n",
    "abbreviations-all-different": "*[a{n}]: b\n",
    "addresses": "[a]: b\n",
    "notes-in-one-line": "[^a]: b",
    "uses-of-one-note": lambda length: "[^a] " * (length // 5) + "\n\n[^a]: b\n",
    "uses-of-one-note-apart": lambda length: "[^a]\n\n" * (length // 6) + "\n\n[^a]: b\n",
    "headings-without-empty-lines": "# a\n",
    "rules-without-empty-lines": "---\n",
    "underlined-headings": "a\n---\n",
    "definitions": "a\n: b\n",
    "tables-of-contents": lambda length: "## a\n\n" * (length // 12) + "[TOC]\n\n" * (length // 14),
    "empty-lines": "\n",
    "spaces": lambda length: f"a{' ' * length}b",
    "open-brackets-apart": "[aaaaaaaaaaaa",
    "nested-brackets": lambda length: "[aaaaaaaaaaaa" * (length // 26) + "]" * (length // 26),
    "brackets-the-wrong-way-round": lambda length: "]aaaaaaaaaaaa" * (length // 26) + "[aaaaaaaaaaaa" * (length // 26),
    "brackets-between-ticks": lambda length: "`\n\n" + "[aaaaaaaaaaaa" * (length // 13) + "\n\n`",
    "ticks-and-brackets": "``[",
    "brackets-over-cells": lambda length: "| a | b |\n|--|--|\n| {} | {} |\n".format(
        "[aaaaaaaaaaaa" * (length // 26), "]aaaaaaaaaaaa" * (length // 26)
    ),
    "open-links": "[a](b ",
    "open-titles": '[a](b "c ',
    "sources-in-an-open-bracket": lambda length: "[" + " @a" * (length // 3),
    "sources-in-a-label": lambda length: "[" + " @a" * (length // 3) + "](",
    "ticks": "`",
    "escaped-ticks": "*\\``",
    "ticks-within-words": lambda length: "a" + "`" * length,
    "more-and-more-ticks": runs("`"),
    "more-and-more-tildes": runs("~"),
    "tildes": "~",
    "fences-with-a-name": "```a\n",
    "quotation-marks": "“",
    "uncited-sentences": "It rose by {n} in 2025. ",
    "links-over-lines": "[[a|b\nc]] ",
    "dead-anchors": lambda length: "".join(f"[a](#b{n}) " for n in range(length // 12)) + "\n\n" + "## c\n\n" * 200,
    "reading-marks": "\x02",
    "one-word": "a",
    "quotations-within-quotations": "> ",
    "numbers-within-numbers": "1. ",
    "numbers-within-quotations": "> 1. ",
    "definitions-of-one-word": "a\n: ",
}
"""Texts on which reading took a time that grew with the square of their length, or would."""


@pytest.mark.parametrize("name", SLOW)
def test_no_text_hangs(name: str) -> None:
    """What is repeated ten thousand times costs no more than its length, or is refused."""
    made = SLOW[name]
    text = made(LONG) if callable(made) else repeat([made], LONG)
    with bounded():
        source = brief(body=text)
        parsed = document(source)
        rules = Hashed.of(Rules())
        lint(LintInput(Source("content/briefs/hours.md", "brief", Hashed.of(source.encode())), parsed.sentences, rules))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("bracket-flood", "[aaaaaaaaaaaa" * 1500),
        ("bracket-flood", ("]aaaaaaaaaaaa" * 700) + ("[aaaaaaaaaaaa" * 700)),
        ("long-paragraph", "word " * 5000),
        ("long-paragraph", "- One\n- " + "word " * 5000),
        ("long-paragraph", "| A |\n|---|\n| " + "word " * 5000 + "|"),
        ("unclosed-fence", "```a\n" * 60),
        ("too-deep", "> " * (DEEPEST + 1) + "a"),
        ("too-deep", "1. " * (DEEPEST + 1) + "a"),
        ("crowded-headings", "## A part\n\n" * 2001),
        ("crowded-headings", "#\n" * 5000),
        ("crowded-parts", "[@minutes]\n\n" * 10_001),
        ("crowded-parts", "|\n" * 5_000),
        ("crowded-parts", "1\n\n" * 10_001),
        ("crowded-repeats", f"|{'x' * 19_000}|\n|-|\n" + "|a|\n" * 4_800),
        ("crowded-repeats", "HT " * 6_000 + "\n\n*[HT]: " + "x" * 10_000),
        ("crowded-repeats", "[x][a] " * 2_000 + "\n\n[a]: https://x.example/" + "x" * 10_000),
        ("crowded-lines", "Word\n" + ": Its meaning\n" * 600),
    ],
)
def test_a_flood_is_one_problem(code: str, text: str) -> None:
    """What is refused for its amount is refused with one problem, however often it stands there."""
    assert [code] == [found for found in codes(document(brief(body=text)).problems) if found != "unclosed-link"]


@pytest.mark.parametrize("pieces", ["> ", "1. ", "> 1. ", "a\n: ", "a\n:   > ", "- a\n    "])
def test_no_block_is_searched_all_too_often(pieces: str) -> None:
    """However it is nested or crowded, what is searched for beginnings is some tens of times a text, never its square."""
    text = repeat([pieces], 100_000)
    reading = ConversionState(text, 0, len(text), FileContext("a", Lines.of(text)))
    converter = make_converter()
    set_limits(converter, lambda: reading)
    searched = Searched(converter.parser)
    converter.parser.blockprocessors.register(searched, "searched", 205)
    with suppress(LimitExceeded, RecursionError):
        converter.convert(text)
    assert len(text) < searched.signs < 80 * len(text)


@pytest.mark.parametrize("pieces", ["[@a]\n\n", "[[a]]\n\n", "1\n\n", "|\n", "- a\n"])
def test_no_text_of_countless_parts_is_read_to_its_end(pieces: str) -> None:
    """Ten thousand small parts are looked at and no more, and in none of them what is in a line."""
    text = repeat([pieces], 100_000)
    reading = ConversionState(text, 0, len(text), FileContext("a", Lines.of(text)))
    converter = make_converter()
    set_limits(converter, lambda: reading)
    searched, reached = Searched(converter.parser), Reached()
    converter.parser.blockprocessors.register(searched, "searched", 205)
    converter.treeprocessors.register(reached, "reached", 20.5)
    with suppress(LimitExceeded):
        converter.convert(text)
    assert (searched.blocks <= 10_000, reached.parts) == (True, 0)


class Searched(BlockProcessor):
    """Counts the blocks that are searched, and their characters, and takes none."""

    blocks = signs = 0

    def test(self, parent: Element, block: str) -> bool:
        """Count."""
        self.blocks += 1
        self.signs += len(block)
        return False


class Reached(Treeprocessor):
    """Counts the parts of a text whose lines are about to be read."""

    parts = 0

    def run(self, root: Element) -> None:
        """Count."""
        self.parts += sum(1 for _ in root.iter())


@given(st.lists(st.sampled_from(["*[", "]:", "] :", "]", "a", "\n", "\\", " ", "*[a]: b\n"]), max_size=14).map("".join))
def test_abbreviations_are_found_where_the_library_finds_them(text: str) -> None:
    """What is looked for in another way is found at the same place."""
    ours, library = abbreviations().search(text), AbbrBlockprocessor.RE.search(text)
    assert (ours and (ours.span(), ours.groups())) == (library and (library.span(), library.groups()))


@pytest.mark.parametrize("around", [("", ""), ("", "\\]: a"), ("]:\\", "")])
def test_abbreviations_that_never_end_are_looked_for_once(around: tuple[str, str]) -> None:
    """A hundred thousand beginnings cost no more than their length."""
    with bounded():
        assert abbreviations().search("*[a]\n".join([around[0] + "\n", *[""] * 100_000]) + around[1]) is None


def abbreviations() -> re.Pattern[str]:
    """Return what looks for abbreviations in texts of ours."""
    converter = make_converter()
    set_limits(converter, lambda: ConversionState("", 0, 0, FileContext("a", Lines.of(""))))
    [processor] = [one for one in converter.parser.blockprocessors if isinstance(one, AbbrBlockprocessor)]
    return processor.RE


def test_what_stands_nowhere_is_looked_for_once() -> None:
    """Thousands of problems with words that Markdown made of others cost no more than as many with words that were typed."""
    text = "a b\n" * 500_000
    reading = ConversionState(text, 0, len(text), FileContext("a", Lines.of(text)))
    with bounded():
        assert {(0, 1)} == {reading.find("ba") for _ in range(100_000)}
    assert [(0, 3), (4, 7)] == [reading.find("a b") for _ in range(2)]


@pytest.mark.parametrize("pieces", ["> ", "1. ", "> - ", "a\n:   > "])
def test_a_text_is_read_alike_on_every_stack(pieces: str) -> None:
    """How deep a text may be nested does not depend on who asked for it: another process gives the same page."""

    def below(frames: int, text: str) -> str:
        return below(frames - 1, text) if frames else str(document(brief(body=text)))

    for levels in (DEEPEST // 2, DEEPEST, DEEPEST + 1, 150, 290):
        assert 1 == len({below(frames, pieces * levels + "a") for frames in (0, 200, 400)}), levels


def test_long_texts_in_pieces_are_fine() -> None:
    """Thousands of paragraphs, items, rows and definitions are read as they stand."""
    body = (
        "Words of a text.\n\n" * 2000
        + "- An item\n" * 2000
        + "\n\n"
        + "*[HT]: Home town\n" * 300
        + "\nThe HT.\n"
        + "\n## A part\n" * 2000
    )
    parsed = document(brief(body=body))
    assert [] == [one.code for one in parsed.problems if one.level == "error"]
    assert '<abbr title="Home town">HT</abbr>' in parsed.body.value
    assert (2000, 2000) == (parsed.body.value.count("<p>Words"), parsed.body.value.count("<li>"))


def test_many_lines_that_begin_something_are_cut_where_markdown_cuts_them() -> None:
    """A block of more lines than a block has is read as its lines one by one."""
    lines = [f"## Part {n}\nText {n}.\n" for n in range(150)]
    together, apart = document(brief(body="".join(lines))), document(brief(body="\n".join(lines)))
    assert apart.body.value == together.body.value
