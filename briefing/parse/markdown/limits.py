"""Limits on the work of Python-Markdown, so that no text takes much longer to convert than its length suggests.

Python-Markdown searches some texts again and again: after every open bracket the rest of the text, after every line of
a definition the rest of its block. Where a part can be searched on its own, it is. Other texts are refused by the
amount of work, never by time, so that a text gives the same result on every machine. Within the limits the HTML is the
library's (tests/parse/test_markdown_library.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
"""Characters of one paragraph, item or cell. A reader would accept a fortieth of that."""
DEEPEST = 50
"""Levels of lists, quotations and definitions. At each level the rest of the block is searched again. Python-Markdown's
only limit is the stack, whose size differs from process to process."""
_SCANS = 20
"""How often each character may be scanned for the end of a link or of code, on average over a text."""
_SEARCHES = 60
"""How often each character of a block may be searched, on average over a text."""
_MOST_HEADINGS = 2_000
"""Headings of one text. The id of each is compared with all others."""
_MOST_PARTS = 10_000
"""Elements of one text, without links and emphasis. A printed page has about thirty."""
_MOST_REPEATED = 100_000
"""Characters of attributes that a text may have in addition to four times its length.

Cells repeat the heading of their column; the explanation of an abbreviation and the address of a link are repeated too.
"""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ABBREVIATION = re.compile(r"^\*\[", re.MULTILINE)
_MOST_LINES = 100
"""Lines of a block that is not split."""
_SPLIT = re.compile(r"\n(?:(?=#|\*?\[[^\]\n]*\]:)|( {0,3}(?:[-=_*][-=_* ]*|: .*))\n(?!    |\t| {0,3}: ))")

GetState = Callable[[], ConversionState]


class LimitExceeded(Exception):
    """A text exceeds a limit; the problem has been added."""


def set_limits(converter: Markdown, state: GetState) -> None:
    """Add the limits to a converter; `state` returns the state of the conversion that runs."""
    for pattern in converter.inlinePatterns:
        if isinstance(pattern, LinkInlineProcessor):
            pattern.getText = partial(_find_link_part, pattern.getText, 1, state)  # type: ignore[method-assign]
            pattern.getLink = partial(_find_link_part, pattern.getLink, 2, state)  # type: ignore[method-assign]
        elif isinstance(pattern, BacktickInlineProcessor):
            pattern.find_code_spans = partial(_find_code, pattern.find_code_spans, state)  # type: ignore[method-assign]
    for extension in converter.registeredExtensions:
        if isinstance(extension, FootnoteExtension):
            extension.unique_ref = partial(_number_reference, extension)  # type: ignore[method-assign]
            write = extension.makeFootnotesDiv
            extension.makeFootnotesDiv = partial(_write_footnotes, extension, write, state)  # type: ignore[method-assign]
    for processor in converter.parser.blockprocessors:
        if isinstance(processor, AbbrBlockprocessor):
            processor.RE = _AbbreviationPattern(processor.RE)  # type: ignore[assignment, misc]
    converter.parser.blockprocessors.register(_BlockLimits(converter.parser, state), "block_limits", 210)
    converter.parser.blockprocessors.register(_LongBlocks(converter.parser), "long_blocks", 200)
    converter.treeprocessors.register(_TreeLimits(state), "tree_limits", 21)  # just before the inline patterns, at 20


def _find_link_part(find: Callable[..., Any], end: int, state: GetState, data: str, index: int) -> Any:
    """Count the characters scanned for a link's closing bracket; `end` is the position of its offset in the result."""
    result = find(data, index)
    _count_scanned(state(), result[end] - index, "[")
    return result


def _find_code(find: Callable[..., Any], state: GetState, start: int, text: str) -> Any:
    """Count the characters scanned for the end of a code span: the rest of the text if there is none."""
    begin, end = find(start, text)
    _count_scanned(state(), (len(text) if end is None else end) - start, "`")
    return begin, end


def _count_scanned(state: ConversionState, characters: int, opening: str) -> None:
    state.scanned += characters
    if state.scanned > _SCANS * (len(state.text) + LONGEST_RUN):
        hint = "close each one, or put them in a code block"
        _refuse(state, Finding("bracket-flood", f"too many unclosed “{opening}”", hint), opening)


def check_repeats(elements: Iterable[Element], state: ConversionState) -> None:
    """Refuse a text that repeats long words: headings of columns, addresses, explanations of abbreviations.

    What is repeated is in attributes. Raises `LimitExceeded`.
    """
    repeated = sum(len(value) for element in elements for value in element.attrib.values())
    if repeated > 4 * len(state.text) + _MOST_REPEATED:
        message = "a long heading of a column, address or explanation is repeated too often"
        _refuse(state, Finding("crowded-repeats", message, "make it shorter, or split the text into several pages"), "")


def _number_reference(footnotes: FootnoteExtension, reference: str, found: bool = False) -> str:
    """Return a unique id for each reference to a footnote. The library tries one number after another instead."""
    if not found:
        return reference
    count = footnotes.found_refs[reference] = footnotes.found_refs.get(reference, 0) + 1
    return reference if count == 1 else reference.replace("fnref", f"fnref{count}", 1)


def _write_footnotes(
    footnotes: FootnoteExtension, write: Callable[[Element], Element | None], state: GetState, root: Element
) -> Element | None:
    """Write the footnotes. One that starts inside another is refused: the library would lose it or never end."""

    def refuse(label: str, text: str) -> None:
        message, hint = f"the footnote “{label}” starts inside another one", "start it on a line of its own"
        state().add_problem(Finding("footnote-in-footnote", message, hint), f"[^{label}]:")

    footnotes.setFootnote = refuse  # type: ignore[method-assign, assignment]
    try:
        return write(root)
    finally:
        del footnotes.setFootnote  # the method of the class is used again


class _AbbreviationPattern:
    """Replaces the library's pattern for `*[HTML]: words`, which searches for the end of each start again."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern

    def search(self, block: str) -> re.Match[str] | None:
        """Return what the library's pattern finds; it allows no backslash between start and end."""
        for piece in re.finditer(r"[^\\]+", block):
            end = max(piece[0].rfind("]:"), piece[0].rfind("] :"))
            if end > 0 and (start := _ABBREVIATION.search(block, piece.start(), piece.start() + end)):
                return self.pattern.search(block, start.start())
        return None


class _BlockLimits(BlockProcessor):
    """Refuses a text with too many levels or blocks, or whose blocks are searched too often. Takes no block itself."""

    def __init__(self, parser: BlockParser, state: GetState) -> None:
        super().__init__(parser)
        self.state = state

    def test(self, parent: Element, block: str) -> bool:
        if len(self.parser.state) > DEEPEST:
            raise RecursionError
        state = self.state()
        state.blocks += 1
        if state.blocks > _MOST_PARTS:
            _refuse_parts(state, block)
        state.searched += len(block)
        if state.searched > _SEARCHES * (len(state.text) + LONGEST_RUN):
            hint = "put an empty line after every few lines"
            _refuse(state, Finding("crowded-lines", "too many lines without an empty line between them", hint), block)
        return False

    def run(self, parent: Element, blocks: list[str]) -> None:
        raise AssertionError("test() is always false")


class _LongBlocks(BlockProcessor):
    """Splits a block over 100 lines at each new construct.

    There a line that is not indented ends the definition above it. In a shorter block it continues the definition.
    """

    def test(self, parent: Element, block: str) -> bool:
        return block.count("\n") > _MOST_LINES and bool(_SPLIT.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        pieces = _SPLIT.sub(lambda match: f"\n{match[1]}\0" if match[1] else "\0", blocks[0])
        blocks[:1] = pieces.split("\0")


class _TreeLimits(Treeprocessor):
    """Refuses a text with too long a paragraph, or with too many headings or parts."""

    def __init__(self, state: GetState) -> None:
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


def _refuse_parts(state: ConversionState, words: str) -> NoReturn:
    message = f"more than {_MOST_PARTS:,} paragraphs, items and cells in one text"
    _refuse(state, Finding("crowded-parts", message, "split it into several pages"), words)


def _refuse(state: ConversionState, finding: Finding, words: str) -> NoReturn:
    state.add_problem(finding, words[:20].split("\n")[0])
    raise LimitExceeded
