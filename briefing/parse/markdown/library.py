"""Python-Markdown as texts are read here: its extensions that writers need, without the work that changes nothing.

The library tries every inline pattern on every piece of text, and every kind of block on every paragraph, though most
hold none of the signs that these begin with. Here they are asked for the signs first. The output is the same, and the
library's own tests pass with it (tests/parse/test_markdown_library.py).
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, slugify_unicode, strip_tags, unique
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "wiki": "[[",
    "cite": "@",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "em_strong": "*",
}
"""What must stand in a text for an inline pattern to match, by the pattern's name."""
_OTHER_SIGNS = {"em_strong": "_"}
"""What may stand there instead."""
_LETTERS = re.compile(r"""(?:[^\W\d_]|["'“‘(]).*(?:\n(?:[^\W\d_]|["'“‘(]).*)*""")
"""Lines that each begin with a letter: what no other kind of block than a paragraph looks like."""
UNWRITTEN = re.compile(f"{STX}[a-z]{{2}}[^{ETX}]*{ETX}")
"""A mark for what the library puts into the HTML after the tree was written, such as a block of code."""
_TEXT_MARK = re.compile(f"{AMP_SUBSTITUTE}|{HTML_PLACEHOLDER_RE.pattern}|{STX}(\\d+){ETX}")
"""The library's mark for an ampersand, for a piece of HTML by its number, or for an escaped letter by its code."""
_ENTITY = re.compile(r"&[#\w]+;")
_WORDS = re.compile(r"[^\W\d_][^\0-\x1f`\\\[\]@<>&*_{}|^~#]*(?<!\s)")
"""Words on one line in which Markdown finds nothing to do."""


def make_converter() -> Markdown:
    """Set up the library; raw HTML is off, and headings get ids."""
    converter = Markdown(
        extensions=[  # themselves: for a name, all that is installed would be looked through
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE="↩ {}", BACKLINK_TEXT="↩"),
            AttrListExtension(),
            DefListExtension(),
            FencedCodeExtension(),
            AbbrExtension(),
            SaneListExtension(),
        ],
        output_format="html",
    )
    converter.block_level_elements = frozenset(converter.block_level_elements)  # type: ignore[assignment]
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.parser.blockprocessors.register(PlainParagraph(converter.parser), "plain_paragraph", 110)
    converter.treeprocessors.register(Inline(converter), "inline", 20)
    converter.treeprocessors.register(_HeadingIds(converter), "heading_ids", 5)
    return converter


def is_plain(text: str) -> bool:
    """Say whether a text is one paragraph of words that need no conversion."""
    return bool(_WORDS.fullmatch(text))


def restore_text(root: Element, stash: Sequence[str | Element]) -> None:
    """Put entities and escaped letters into a finished tree, in the form that its serializer leaves unchanged.

    The library does so only in the HTML that it writes. Blocks of code stay in its stash.
    """

    def read(mark: re.Match[str]) -> str:
        if mark[1]:
            html = str(stash[int(mark[1])])
            return html if _ENTITY.fullmatch(html) else mark[0]
        return chr(int(mark[2])).replace("&", "&amp;") if mark[2] else "&"

    for element in root.iter():
        if element.text and STX in element.text:
            element.text = _TEXT_MARK.sub(read, element.text)
        if element.tail and STX in element.tail:
            element.tail = _TEXT_MARK.sub(read, element.tail)
        for name, value in element.items():
            if value and STX in value:
                element.set(name, _TEXT_MARK.sub(read, value))


class PlainParagraph(ParagraphProcessor):
    """Knows a paragraph by its first letters, before fifteen other kinds of block have looked through all of it."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(_LETTERS.fullmatch(block))


class Inline(InlineProcessor):
    """The inline step, which asks no pattern to look for what is not there; one without known signs is always asked."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        names = {self.md.inlinePatterns[name]: name for name in _SIGNS if name in self.md.inlinePatterns}
        self._tried: Sequence[tuple[Pattern, str, str]] = [
            (pattern, _SIGNS.get(names.get(pattern, ""), ""), _OTHER_SIGNS.get(names.get(pattern, ""), ""))
            for pattern in self.md.inlinePatterns
        ]
        return super().run(tree, ancestors)

    # The library calls both of these by their mangled names; a test fails where another version calls them otherwise.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._tried)):
            pattern, sign, other = self._tried[index]
            matched, start = sign in data or (other != "" and other in data), 0
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


class _HeadingIds(Treeprocessor):
    """Names headings by their words, as the library's contents list does, without making that list."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        if not headings:
            return
        used = {value for element in root.iter() if (value := element.get("id"))}
        counters: dict[str, int] = {}
        for heading in headings:
            if "id" not in heading.attrib:
                heading.set("id", unique(slugify_unicode(self._words(heading), "-"), used, counters))

    def _words(self, heading: Element) -> str:
        if len(heading) == 0 and is_plain(heading.text or ""):
            return heading.text or ""
        return html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
