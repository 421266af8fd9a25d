"""Code, which the layout set aside: its marks become elements. The searches of Python-Markdown are taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString, code_escape

from briefing.parse.markdown.attributes import Attributes
from briefing.parse.markdown.drawings import add_drawing
from briefing.parse.markdown.inline_layout import SPAN
from briefing.parse.markdown.layout import BLOCK
from briefing.parse.markdown.state import ConversionState

GetState = Callable[[], ConversionState]


def add_code(converter: Markdown, attributes: Attributes, state: GetState) -> None:
    """Make a converter write the code that the layout set aside, and look for no other code."""
    for name in ("normalize_whitespace", "fenced_code_block"):  # the layout did both
        converter.preprocessors.deregister(name)
    converter.parser.blockprocessors.register(_CodeBlocks(converter, attributes, state), "code", 80)
    converter.inlinePatterns.deregister("backtick")
    converter.inlinePatterns.register(_CodeSpans(converter, state), "code", 190)


def unescape_bars(cells: Iterable[Element]) -> None:
    """Make `\\|` a bar in the code of table cells, where a bar alone would end the cell, as on GitHub."""
    for cell in cells:
        for code in cell.iter("code"):
            code.text = AtomicString((code.text or "").replace(r"\|", "|"))


class _CodeBlocks(BlockProcessor):
    """The marks of code blocks."""

    def __init__(self, converter: Markdown, attributes: Attributes, state: GetState) -> None:
        super().__init__(converter.parser)
        self.attributes, self.state = attributes, state

    def test(self, parent: Element, block: str) -> bool:
        return bool(BLOCK.fullmatch(block.strip(" ")))

    def run(self, parent: Element, blocks: list[str]) -> None:
        layout, found = self.state().layout, BLOCK.fullmatch(blocks.pop(0).strip(" "))
        if layout and found and int(found[1]) in self.state().drawings:
            add_drawing(parent, int(found[1]), self.state())
        elif layout and found:
            block = layout.blocks[int(found[1])]
            on_block, on_code = self.attributes.of_code(block)
            code = SubElement(SubElement(parent, "pre", on_block), "code", on_code)
            code.text = AtomicString(code_escape(block.text))


class _CodeSpans(InlineProcessor):
    """The marks of code spans."""

    ANCESTOR_EXCLUDES = ()

    def __init__(self, converter: Markdown, state: GetState) -> None:
        super().__init__(SPAN.pattern, converter)
        self.state = state

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        layout = self.state().layout
        code = Element("code")
        code.text = AtomicString(code_escape(layout.spans[int(m[1])].strip()) if layout else "")
        return code, m.start(0), m.end(0)
