"""Bounds on Markdown, so that no text takes longer to read than its length allows.

Python-Markdown looks at some texts again and again: for every open bracket at all that follows, for every line of a
definition at the rest of its block. What can be read in pieces is; what cannot is refused by the amount of work, never
by the clock, so that the same text gives the same answer on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import BacktickInlineProcessor, LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor

from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding

LONGEST_RUN = 20_000
"""Characters of one paragraph, one item or one cell: forty times what a reader bears."""
DEEPEST = 50
"""Lists, quotations and definitions within each other. Each looks through all that is left of its block, and Markdown
itself has no end but that of its stack, which is another in every process."""
_LOOKS = 20
"""How often the signs between brackets may be looked at, on average over a text."""
_SEARCHES = 60
"""How often the signs of a block may be searched for what begins in it, on average over a text."""
_MOST_HEADINGS = 2_000
"""Headings of one text; each is named, counted and held against all others."""
_MOST_PARTS = 10_000
"""Elements of one text before links and emphasis; a printed page has some thirty."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ABBREVIATION = re.compile(r"^\*\[", re.MULTILINE)
_MANY = 100
"""Lines of a block above which it is cut."""
_CUT = re.compile(r"\n(?:(?=#|\*?\[[^\]\n]*\]:)|( {0,3}(?:[-=_*][-=_* ]*|: .*))\n(?!    |\t| {0,3}: ))")


class LimitExceeded(Exception):
    """A text holds far more of something than can be meant; the problem has been noted."""


def bound(converter: Markdown, state: Callable[[], ConversionState]) -> None:
    """Bound the work of a converter; `state` gives the text under way."""
    for pattern in converter.inlinePatterns:
        if isinstance(pattern, LinkInlineProcessor):
            pattern.getText = _counted(pattern.getText, 1, state)  # type: ignore[method-assign]
            pattern.getLink = _counted(pattern.getLink, 2, state)  # type: ignore[method-assign]
        elif isinstance(pattern, BacktickInlineProcessor):
            pattern.find_code_spans = partial(_find_code, pattern.find_code_spans, state)  # type: ignore[method-assign]
    for extension in converter.registeredExtensions:
        if isinstance(extension, FootnoteExtension):
            extension.unique_ref = partial(_number_use, extension)  # type: ignore[method-assign]
            write = extension.makeFootnotesDiv
            extension.makeFootnotesDiv = partial(_write_notes, extension, write, state)  # type: ignore[method-assign]
    for processor in converter.parser.blockprocessors:
        if isinstance(processor, AbbrBlockprocessor):
            processor.RE = _Abbreviations(processor.RE)  # type: ignore[assignment, misc]
    converter.parser.blockprocessors.register(_Bounds(converter.parser, state), "bounds", 210)
    converter.parser.blockprocessors.register(_Cut(converter.parser), "cut", 200)
    converter.treeprocessors.register(_Long(state), "long", 21)  # just before patterns are applied, at 20


def _counted(look: Callable[..., Any], place: int, state: Callable[[], ConversionState]) -> Callable[..., Any]:
    """Count the signs that a search for the end of a link looks at; the place where it stopped stands in its answer."""

    def counted(data: str, index: int) -> Any:
        answer = look(data, index)
        _count(state(), answer[place] - index, "[")
        return answer

    return counted


def _find_code(look: Callable[..., Any], state: Callable[[], ConversionState], start: int, text: str) -> Any:
    """Count the signs that a search for the end of code looks at: all that follow, where it has none."""
    begin, end = look(start, text)
    _count(state(), (len(text) if end is None else end) - start, "`")
    return begin, end


def _count(text: ConversionState, signs: int, opening: str) -> None:
    text.looked += signs
    if text.looked > _LOOKS * (len(text.text) + LONGEST_RUN):
        hint = "close each one, or put them in a code block"
        message = f"too many unclosed “{opening}”"
        _refuse(text, Finding("bracket-flood", message, hint), opening)


def _number_use(footnotes: FootnoteExtension, reference: str, found: bool = False) -> str:
    """Give each use of a note an id of its own, as Markdown does, by counting instead of by trying."""
    if not found:
        return reference
    count = footnotes.found_refs[reference] = footnotes.found_refs.get(reference, 0) + 1
    return reference if count == 1 else reference.replace("fnref", f"fnref{count}", 1)


def _write_notes(
    footnotes: FootnoteExtension,
    write: Callable[[Element], Element | None],
    state: Callable[[], ConversionState],
    root: Element,
) -> Element | None:
    """Write the notes; one that begins within another is refused, since the library would lose it, or its way."""

    def refuse(label: str, text: str) -> None:
        message, hint = f"the footnote “{label}” starts inside another one", "start it on a line of its own"
        state().add_problem(Finding("footnote-in-footnote", message, hint), f"[^{label}]:")

    footnotes.setFootnote = refuse  # type: ignore[method-assign, assignment]
    try:
        return write(root)
    finally:
        del footnotes.setFootnote  # the class has its own


class _Abbreviations:
    """Finds where an abbreviation is written, and looks for its end once instead of from every beginning."""

    def __init__(self, written: re.Pattern[str]) -> None:
        self.written = written

    def search(self, block: str) -> re.Match[str] | None:
        """Find what the library's own pattern finds: no backslash stands between beginning and end."""
        for piece in re.finditer(r"[^\\]+", block):
            end = max(piece[0].rfind("]:"), piece[0].rfind("] :"))
            if end > 0 and (begun := _ABBREVIATION.search(block, piece.start(), piece.start() + end)):
                return self.written.search(block, begun.start())
        return None


class _Bounds(BlockProcessor):
    """Refuses what is nested too deeply, on every stack at the same level, and what is searched all too often."""

    def __init__(self, parser: BlockParser, state: Callable[[], ConversionState]) -> None:
        super().__init__(parser)
        self.state = state

    def test(self, parent: Element, block: str) -> bool:
        if len(self.parser.state) > DEEPEST:
            raise RecursionError
        text = self.state()
        text.blocks += 1
        if text.blocks > _MOST_PARTS:
            _refuse_parts(text, block)
        text.searched += len(block)
        if text.searched > _SEARCHES * (len(text.text) + LONGEST_RUN):
            hint = "put an empty line after every few lines"
            _refuse(text, Finding("crowded-lines", "too many lines without an empty line between them", hint), block)
        return False

    def run(self, parent: Element, blocks: list[str]) -> None:
        raise AssertionError("it takes no block")


class _Cut(BlockProcessor):
    """Cuts a block of very many lines where each of them begins something of its own."""

    def test(self, parent: Element, block: str) -> bool:
        return block.count("\n") > _MANY and bool(_CUT.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        pieces = _CUT.sub(lambda cut: f"\n{cut[1]}\0" if cut[1] else "\0", blocks[0])
        blocks[:1] = pieces.split("\0")


class _Long(Treeprocessor):
    """Refuses a run of words that is longer than any reader bears, and more headings or parts than any page has."""

    def __init__(self, state: Callable[[], ConversionState]) -> None:
        super().__init__()
        self.state = state

    def run(self, root: Element) -> None:
        headings = 0
        for number, element in enumerate(root.iter()):
            words = element.text or ""
            headings += element.tag in _HEADINGS
            if len(words) > LONGEST_RUN:
                hint = "split it into paragraphs with empty lines"
                message = f"more than {LONGEST_RUN:,} characters without a break"
                _refuse(self.state(), Finding("long-paragraph", message, hint), words)
            if headings > _MOST_HEADINGS:
                message = f"more than {_MOST_HEADINGS:,} headings in one text"
                _refuse(self.state(), Finding("crowded-headings", message, "split it into several pages"), "#")
            if number > _MOST_PARTS:
                _refuse_parts(self.state(), words)


def _refuse_parts(text: ConversionState, words: str) -> NoReturn:
    message = f"more than {_MOST_PARTS:,} paragraphs, items and cells in one text"
    _refuse(text, Finding("crowded-parts", message, "split it into several pages"), words)


def _refuse(text: ConversionState, finding: Finding, words: str) -> NoReturn:
    text.add_problem(finding, words[:20].split("\n")[0])
    raise LimitExceeded
