"""The converter: Python-Markdown with less work and with limits, and with the same HTML."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import InlineProcessor

from briefing.parse.context import FileContext
from briefing.parse.markdown.convert import convert, convert_inline
from briefing.parse.markdown.library import is_plain, make_converter
from briefing.parse.markdown.limits import LONGEST_RUN, set_limits
from briefing.parse.markdown.state import ConversionState
from briefing.parse.yaml_tree import Scalar
from briefing.text.source_text import Lines

HERE = Path(__file__).resolve().parents[2]
PIECES = ["word", "Two words.", "*", "**", "_", "`", "\\", "[", "]", "(", ")", "![", "[^a]", "[^a]: note", "<", ">", "&amp;",
          "http://a.example", "@", "  \n", "\n", "\n\n", "# ", "- ", "1. ", "> ", "| a | b |", "|---|---|", "===", "---", ": ",
          "    ", "{#id}", "*[HTM]: long", "HTM", "“", "é", "[^b]: more\n\n    lines\n", "[b](c 'd')", "[r][r]",
          "[r]: http://r.example\n", "```\ncode\n```\n", "~~~\n", "``", "Term\n:   meaning\n", "[[", "]]"]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


def _library() -> Markdown:
    """Make a converter with the same extensions and without the steps of `make_converter`."""
    plain = make_converter()
    plain.treeprocessors.register(InlineProcessor(plain), "inline", 20)
    plain.parser.blockprocessors.deregister("plain_paragraph")
    plain.block_level_elements = Markdown().block_level_elements
    return plain


OURS, LIMITED, THEIRS = make_converter(), make_converter(), _library()
STATES: list[ConversionState] = []
set_limits(LIMITED, lambda: STATES[-1])


def limited(text: str) -> tuple[str, list[str]]:
    """Return the HTML that comes of a text within the limits, and the codes of what they refuse."""
    context = FileContext("a.md", Lines.of(text))
    STATES[:] = [ConversionState(text, 0, len(text), context)]
    return LIMITED.reset().convert(text), [problem.code for problem in context.problems]


@given(texts)
@settings(max_examples=2000)
def test_less_work_and_limits_give_the_same_html(text: str) -> None:
    """Whatever is typed, the HTML is the library's, unless a limit refuses a footnote that begins within another."""
    expected = THEIRS.reset().convert(text)
    assert expected == OURS.reset().convert(text)
    made, refused = limited(text)
    assert expected == made or refused == ["footnote-in-footnote"] * len(refused) != []


@pytest.mark.parametrize(
    "line", ["# Heading", "*[A{n}]: long", "[r{n}]: http://r.example", "[^{n}]: A note.", "> Words", "a\n---"]
)
def test_a_block_that_is_cut_gives_the_same_html(line: str) -> None:
    """A block that is long enough to be split gives the HTML that the library makes of it in one piece."""
    text = "Words [^0] and A7, [r9].\n\n" + "\n".join(line.format(n=n) for n in range(300))
    assert (THEIRS.reset().convert(text), []) == limited(text)


@pytest.mark.parametrize("typed", ["`code`", "\\*", "[a](b)", "![a](b)", "<http://a.example>", "*a*", "_a_", "a  \nb"])
def test_each_character_is_still_seen(typed: str) -> None:
    """Every inline pattern runs on a text with its character, alone or in the middle."""
    for text in (typed, f"before {typed} after"):
        assert THEIRS.reset().convert(text) == OURS.reset().convert(text) != f"<p>{text}</p>"


def test_no_pattern_runs_on_plain_words() -> None:
    """No pattern searches a paragraph of plain words."""
    converter = make_converter()
    asked = []
    for pattern in converter.inlinePatterns:
        pattern.getCompiledRegExp = lambda pattern=pattern: asked.append(pattern) or pattern.compiled_re  # type: ignore
    converter.convert("Only words, and a stop.")
    assert [] == asked
    converter.convert("An *emphasised* word.")
    assert [converter.inlinePatterns["em_strong"]] == list(dict.fromkeys(asked))


@given(st.text("ab Zé,.;:!?'’“”()-–/%£0123456789", max_size=40))
def test_plain_words_need_no_conversion(text: str) -> None:
    """The library makes one paragraph of every text that is taken for plain words."""
    if is_plain(text):
        assert f"<p>{text}</p>" == THEIRS.reset().convert(text)


@pytest.mark.parametrize("words", ["Plain words. Two sentences in 2025.", "It said “a long quotation here”."])
def test_plain_words_are_read_like_any_others(words: str) -> None:
    """Sentences, words and coverage are the same whether a text was converted or needed no conversion."""
    short, long = FileContext("a.yaml", Lines.of(words)), FileContext("a.yaml", Lines.of(words))
    one = convert_inline(Scalar(words, False, 0, len(words)), short)
    other = convert(f"{words}\\", 0, len(words), long)
    assert is_plain(words)
    assert f"<p>{one.html}\\</p>" == other.prose.html
    assert [said.sentences for said in short.said] == [
        (*said.sentences[:-1], said.sentences[-1].removesuffix("\\")) for said in long.said
    ]


def test_plain_words_are_limited_like_any_others() -> None:
    """A field of too many plain words is refused, as a paragraph of a text is."""
    words = "word " * (LONGEST_RUN // 5) + "word"
    context = FileContext("a.yaml", Lines.of(words))
    convert_inline(Scalar(words, False, 0, len(words)), context)
    assert ["long-paragraph"] == [problem.code for problem in context.problems]


def test_headings_are_named_as_the_library_names_them() -> None:
    """Each heading has its own id, made of its words without footnotes and markup."""
    text = "\n\n".join(
        f"## {words}" for words in ("Plain", "Plain", "With *marks* & more", "Ŵ", "`a_b`", "Own {#x}", "x")
    )
    expected = markdown.markdown(
        text, extensions=["toc", "attr_list"], extension_configs={"toc": {"slugify": slugify_unicode}}
    )
    assert expected == OURS.reset().convert(text)


def test_the_librarys_own_tests_pass(tmp_path: Path) -> None:
    """The tests of the pinned version of Python-Markdown pass with the steps of `library`, and use them."""
    [archive] = (HERE / ".venv" / "markdown").glob("markdown-*.tar.gz")  # make test fetches it
    assert hashlib.sha256(archive.read_bytes()).hexdigest() in (HERE / "requirements.txt").read_text()
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    [folder] = tmp_path.iterdir()
    command = [sys.executable, str(HERE / "tests" / "library.py")]
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert 0 == ran.returncode, ran.stderr
    said = ran.stdout.split()
    assert int(said[1].rstrip(",")) > 1000
    assert "'inline'" in ran.stdout and "'paragraph'" in ran.stdout
