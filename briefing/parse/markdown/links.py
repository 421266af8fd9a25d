"""Links and pictures of Markdown: where each was typed, and the caption of a picture, which is Markdown itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ShortImageReferenceInlineProcessor,
)

from briefing.parse.markdown.state import ConversionState

GetState = Callable[[], ConversionState]
CAPTION = "figcaption"
"""The element of a caption: within that of its picture, until the two are put into a figure."""
_IN_BRACKETS = re.compile(r"(.*\.\w{2,5}>?)\s+\((.+)\)", re.DOTALL)
"""An address and a caption in brackets, which the library takes for a part of the address."""
_BRACES = re.compile(r"\{[^{}\n]*\}")


def add_links(converter: Markdown, state: GetState) -> None:
    """Make a converter note what was typed for each link and picture, and read captions."""
    patterns = converter.inlinePatterns
    patterns.register(_Links(LINK_RE, converter, state), "link", 160)
    # Before links to records and citations (177 and below), so that they are found in the caption.
    patterns.register(_Pictures(IMAGE_LINK_RE, converter, state), "image_link", 178)
    patterns.register(_ByName(IMAGE_REFERENCE_RE, converter), "image_reference", 140)
    patterns.register(_ByShortName(IMAGE_REFERENCE_RE, converter), "short_image_ref", 125)


class _Links(LinkInlineProcessor):
    """Notes what was typed for each link."""

    def __init__(self, pattern: str, converter: Markdown, state: GetState) -> None:
        super().__init__(pattern, converter)
        self.state = state

    def handleMatch(  # type: ignore[override]  # noqa: N802 # as the library's own
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        if not isinstance(element, Element) or start is None or end is None:
            return None, None, None
        self.state().typed[element] = _typed(data, start, end)
        return self.finish(element), start, end

    def finish(self, element: Element) -> Element:
        """Return the element that stands for what was typed."""
        return element


class _Pictures(_Links, ImageInlineProcessor):
    """Notes the same for each picture, and reads its caption."""

    def unescape(self, text: str) -> str:
        """Return a text as it is: what earlier patterns took out of a caption is put back into its element."""
        return text

    def finish(self, element: Element) -> Element:
        """Return a picture with its address, its words and its caption."""
        if not element.get("title") and (found := _IN_BRACKETS.fullmatch(element.get("src", ""))):
            element.attrib.update(src=found[1], title=found[2])
        for name in ("src", "alt"):
            element.set(name, super().unescape(element.get(name, "")))
        return _set_caption(element)


def _typed(data: str, start: int, end: int) -> str:
    """Return what was typed between two offsets, with the braces after it."""
    braces = _BRACES.match(data, end)
    return data[start : braces.end() if braces else end]


class _ByName(ImageReferenceInlineProcessor):
    def makeTag(self, href: str, title: str, text: str) -> Element:  # noqa: N802 # as the library's own
        return _set_caption(super().makeTag(href, title, text))


class _ByShortName(_ByName, ShortImageReferenceInlineProcessor):
    pass


def _set_caption(picture: Element) -> Element:
    """Put the caption of a picture, which is its title, into an element of its own; return the picture."""
    if caption := picture.attrib.pop("title", ""):
        SubElement(picture, CAPTION).text = caption
    return picture
