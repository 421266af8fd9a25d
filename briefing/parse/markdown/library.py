"""Python-Markdown with the extensions that writers need, and without searches that find nothing.

The library runs every inline pattern on every piece of text, and every block processor on every paragraph. Most texts
do not contain the characters with which these start, so here a text is searched for the characters first. The HTML is
the same, and the library's own tests pass (tests/parse/test_markdown_library.py).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import remove_fnrefs, render_inner_html, slugify_unicode, strip_tags, unique
from markdown.inlinepatterns import Delimiter, DelimiterProcessor, Pattern
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from briefing.model.addresses import compose
from briefing.parse.markdown.layout import CAPTION

_NEEDED = {
    "backtick": "`",
    "code": f"{STX}cs",
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
    "break": "\\\n",
    "address": "://",
    "deleted": "~~",
    "key": "@",
}
"""By the name of an inline pattern, the characters without which it cannot match a text."""
_ALSO = {"em_strong": "_"}
"""Characters with which it can match too."""
_SIGNS = re.compile(f"[{re.escape(''.join({one[0] for one in (*_NEEDED.values(), *_ALSO.values())} - {' '}))}]|  \n")
"""A character that one of these begins with. Two spaces are needed only before a line break."""
_PARAGRAPH = re.compile(r"""(?:[^\W\d_]|["'“‘(]).*(?:\n(?:[^\W\d_]|["'“‘(]).*)*""")
"""Lines that each start with a letter or an opening mark: no other kind of block looks like that."""
UNWRITTEN = re.compile(f"{STX}[a-z]{{2}}[^{ETX}]*{ETX}")
"""A mark in the tree for something that is put into the HTML later, such as a code block."""
ANY_MARK = re.compile(f"{STX}[^{ETX}]*{ETX}")
"""Any mark in the tree, also one for an escaped character or an entity."""
_TEXT_MARK = re.compile(f"{AMP_SUBSTITUTE}|{HTML_PLACEHOLDER_RE.pattern}|{STX}(\\d+){ETX}")
"""The library's mark for an ampersand, for a piece of HTML by its number, or for an escaped character by its code."""
_ENTITY = re.compile(r"&[#\w]+;")
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_PLAIN = re.compile(r"[^\W\d_][^\0-\x1f`\\\[\]@<>&*_{}|^~#]*(?<!\s)")
"""One line of words that Markdown leaves unchanged."""


_USED = re.compile(r"(?:(?<=\S)|(?<=\S )|(?=\[[^\]\n]*\](?!:)))\[\^([^\]\n]*)\]")
"""The use of a footnote, with its label: one that begins a line and has a colon after it is the footnote itself."""


def make_converter() -> Markdown:
    """Return a converter with the extensions that writers need, without raw HTML, and with ids for headings."""
    converter = Markdown(
        extensions=[  # objects, since for a name the library searches all installed packages
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
    converter.inlinePatterns.register(_Emphasis("*", "strong,em", converter), "em_strong", 60)
    converter.delimiters.add("_", "strong,em", smart=True)  # type: ignore[union-attr]
    converter.parser.blockprocessors.register(PlainParagraph(converter.parser), "plain_paragraph", 110)
    converter.parser.blockprocessors.register(_Captions(converter.parser), "caption", 120)
    converter.treeprocessors.register(_FootnoteOrder(converter), "footnote_order", 51)  # just before they are written
    converter.treeprocessors.register(Inline(converter), "inline", 20)
    converter.treeprocessors.register(_HeadingIds(converter), "heading_ids", 5)
    converter.treeprocessors.register(_Unescape(converter), "unescape", 0)
    converter.is_block_level = cache(converter.is_block_level)  # type: ignore[method-assign]
    return converter


def keep_order(converter: Markdown) -> None:
    """Put the block processors into a tuple when all are there. The library makes a list of them for each block."""
    converter.parser.blockprocessors = tuple(converter.parser.blockprocessors)  # type: ignore[assignment]


def is_plain(text: str) -> bool:
    """Whether a text is one paragraph of plain words, which need no conversion."""
    return bool(_PLAIN.fullmatch(text))


def restore_text(root: Element, stash: Sequence[str | Element]) -> None:
    """Put entities and escaped characters into a finished tree, in the form in which its serializer writes them.

    The library does so only in the written HTML, from its `stash`. Code blocks stay there.
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
    """Recognises a paragraph by the first characters of its lines, before fifteen other processors search it."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(_PARAGRAPH.fullmatch(block))


class _Captions(BlockProcessor):
    """The caption after a table: `: Words [@source]`."""

    def test(self, parent: Element, block: str) -> bool:
        table = self.lastChild(parent)
        is_free = table is not None and table.tag == "table" and table.find("caption") is None
        return is_free and bool(CAPTION.match(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        caption, table = Element("caption"), self.lastChild(parent)
        caption.text = CAPTION.sub("", blocks.pop(0)).strip()
        if table is not None:
            table.insert(0, caption)


class _Emphasis(DelimiterProcessor):
    """Finds emphasised words. After `*a**b*`, the library takes the next character for a mark, and loses it."""

    _text = ""

    def handleMatch(  # type: ignore[override]  # noqa: N802 # as the library's own
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        self._text = data
        return super().handleMatch(m, data)

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:
        if {*self._text[a:b], *self._text[c:d]} == {delim.token}:
            super().add_region(delim, a, b, c, d, size)


class _FootnoteOrder(Treeprocessor):
    """Puts footnotes into the order in which they are used; the library numbers them in the order of their text."""

    def run(self, root: Element) -> None:
        for extension in self.md.registeredExtensions:
            if isinstance(extension, FootnoteExtension) and len(extension.footnotes) > 1:
                text = "\n".join(self.md.lines)  # type: ignore[attr-defined]
                used = {label: number for number, label in enumerate(dict.fromkeys(_USED.findall(text)))}
                in_order = sorted(extension.footnotes.items(), key=lambda note: used.get(note[0], len(used)))
                extension.footnotes = OrderedDict(in_order)


class Inline(InlineProcessor):
    """The library's inline step without the patterns that cannot match. A pattern not in the table always runs."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._patterns: Sequence[tuple[Pattern, str, str]] = ()
        self._has_others = False
        """Whether a pattern is not in the table."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        names = {self.md.inlinePatterns[name]: name for name in _NEEDED if name in self.md.inlinePatterns}
        self._patterns = [
            (pattern, _NEEDED.get(names.get(pattern, ""), ""), _ALSO.get(names.get(pattern, ""), ""))
            for pattern in self.md.inlinePatterns
        ]
        self._has_others = any(not needed for _, needed, _ in self._patterns)
        return super().run(tree, ancestors)

    # Both names are private to the library. A test fails if a later version renames them.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or not (self._has_others or _SIGNS.search(data)):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._patterns)):
            pattern, needed, also = self._patterns[index]
            matched, start = needed in data or (also != "" and also in data), 0
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


class _Unescape(UnescapeTreeprocessor):
    """Restores escaped characters only in a text that has a backslash."""

    def run(self, root: Element) -> None:
        if any("\\" in line for line in self.md.lines):  # type: ignore[attr-defined]
            super().run(root)


def _slug(words: str) -> str:
    """Return the id of a heading: as the library makes it, with the vowels and accents that Unicode counts as marks.

    Without them, two words of Hindi could have one id.
    """
    marks = [one for one in words if unicodedata.category(one) in ("Mn", "Mc") and not "\ufe00" <= one <= "\ufe0f"]
    if not marks:
        return slugify_unicode(words, "-")
    letters = "".join(one for one in words.lower() if one in marks or re.match(r"[\w\s-]", one))
    return re.sub(r"[-\s]+", "-", letters.strip())


class _HeadingIds(Treeprocessor):
    """Gives headings the ids that the library's table of contents gives them, without making that table."""

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        if not headings:
            return
        used = {value for element in root.iter() if (value := element.get("id"))}
        counters: dict[str, int] = {}
        for heading in headings:
            if "id" not in heading.attrib:
                heading.set("id", unique(_slug(compose(self._words(heading))), used, counters))

    def _words(self, heading: Element) -> str:
        if len(heading) == 0 and is_plain(heading.text or ""):
            return heading.text or ""
        return html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
