"""Parts of a rendered page as XHTML: a tree of elements that books may have.

Elements and attributes that are not named here are left out, so no script, form or style of a page gets into a book.
What a page opens as a popover becomes a note, and the button that opens it a link to the note.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from selectolax.lexbor import LexborNode

TYPE = "epub:type"
"""The attribute that says what an element of a book is."""
PICTURES = {
    "image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg", "image/webp": "webp",
}  # fmt: skip
"""The types of picture that every reading system shows (EPUB 3.3, core media types), with the endings of files."""
SVG = "http://www.w3.org/2000/svg"
_KEPT = {
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby",
    "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "u", "ul", "var", "wbr",
}  # fmt: skip
_DRAWN = {
    "svg", "g", "path", "rect", "line", "circle", "ellipse", "polyline", "polygon", "text", "tspan", "title", "desc",
}  # fmt: skip
_DROPPED = {
    "-comment", "audio", "base", "canvas", "dialog", "embed", "head", "iframe", "input", "link", "meta", "nav",
    "noscript", "object", "script", "select", "source", "style", "template", "textarea", "track", "video",
}  # fmt: skip
"""Elements that are left out with all that is in them. Of others that are not kept, the words stay."""
_ATTRIBUTES = {
    "a": ("hreflang",),
    "col": ("span",),
    "colgroup": ("span",),
    "del": ("datetime",),
    "ins": ("datetime",),
    "li": ("value",),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope", "abbr"),
    "time": ("datetime",),
}
_ON_ALL = ("id", "class", "dir", "title", "aria-label", "aria-hidden")
_ON_DRAWN = {
    "id", "class", "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d",
    "points", "transform", "dx", "dy", "text-anchor", "aria-hidden", "aria-label",
}  # fmt: skip
_SECTIONS = ("article", "section")
_HEADING = re.compile("h[1-6]")
_SCHEMES = ("http", "https", "mailto", "tel")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may contain."""
_IN_ADDRESSES = "!#$%&'()*+,/:;=?@[]~"
_DATA = re.compile(r"data:([\w/+.-]+);base64,([\w+/=]*)")


@dataclass(slots=True)
class _Place:
    """Where a node is: how many sections it is in, whether the innermost has its heading, and what it is within."""

    depth: int = 0
    titled: bool = False
    in_link: bool = False
    in_figure: bool = False


@dataclass(slots=True)
class Copier:
    """Copies nodes of a page into trees of elements, and collects the pictures in them."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    """The pictures, by the names of their files."""
    all_described: bool = True
    """Whether every picture has words in its place, or is marked as decorative."""

    def copy(self, node: LexborNode, parent: Element, place: _Place | None = None) -> None:
        """Copy a node to the end of an element."""
        name, given, place = node.tag or "", node.attributes, place or _Place()
        if name == "-text":
            add_text(parent, node.text_content or "")
        elif name == "svg":
            _draw(node, parent, is_outermost=True)
        elif name == "img":
            self._place_picture(given, parent)
        elif name not in _DROPPED:
            is_button = name in ("button", "label")
            opened = _open_note(node, parent, place) if is_button else _open(name, given, parent, place)
            if opened:
                for child in children(node):
                    self.copy(child, *opened)

    def _place_picture(self, given: dict[str, str | None], parent: Element) -> None:
        """Add a picture that is in the page as data; in place of another, add its words."""
        words, found = clean(given.get("alt") or ""), _DATA.fullmatch(given.get("src") or "")
        ending = PICTURES.get(found[1]) if found else None
        if not (found and ending):
            SubElement(parent, "span").text = words
            return
        data = b64decode(found[2] or "")
        file = f"pictures/{sha256(data).hexdigest()[:16]}.{ending}"
        self.pictures[file] = data
        self.all_described &= "alt" in given
        sizes = {key: value for key in ("width", "height") if (value := given.get(key) or "").isdecimal()}
        SubElement(parent, "img", _attributes("img", given) | {"src": file, "alt": words} | sizes)


def _open(name: str, given: dict[str, str | None], parent: Element, place: _Place) -> tuple[Element, _Place]:
    """Return the element into which goes what is in a node of the page, and the place in it."""
    if name == "a":
        href = "" if place.in_link else _address(given.get("href") or "")
        if href:
            link = SubElement(parent, "a", _attributes("a", given) | {"href": href})
            if "footnote-ref" in link.get("class", ""):
                link.attrib |= {TYPE: "noteref", "role": "doc-noteref"}
            elif "footnote-backref" in link.get("class", ""):
                link.set("role", "doc-backlink")
            return link, replace(place, in_link=True)
        name = "span"
    if name not in _KEPT:
        return parent, place
    if _HEADING.fullmatch(name):
        level = place.depth + max(1, int(name[1]) - 1) if place.titled else place.depth
        place.titled, name = True, f"h{min(max(level, 1), 6)}"
    element = SubElement(parent, name, _attributes(name, given))
    if "popover" in given:
        element.attrib |= {TYPE: "footnote", "role": "doc-footnote"}
    elif name == "b" and place.in_figure:
        element.set("dir", "auto")  # a value such as -20 keeps its own direction
    if place.in_link:
        element.attrib.pop("aria-hidden", None)  # a button of the page says its words by a label of its own
    if name in _SECTIONS:
        return element, _Place(place.depth + 1)
    return element, (_Place(place.depth + 1, in_figure=True) if name == "figure" else place)


def _open_note(node: LexborNode, parent: Element, place: _Place) -> tuple[Element, _Place] | None:
    """Return a link to the note that a button opens, and the place in it; None if the button does something else."""
    button = node if node.tag == "button" else node.css_first("button")
    given = button.attributes if button else {}
    target = given.get("popovertarget")
    if place.in_link or (not target and node.tag == "label"):
        return parent, place
    if not target or given.get("class") == "close":
        return None
    link = SubElement(parent, "a", _attributes("a", {"class": given.get("class")}) | {"href": f"#{target}"})
    link.attrib |= {TYPE: "noteref", "role": "doc-noteref"}
    return link, replace(place, in_link=True)


def _attributes(name: str, given: dict[str, str | None]) -> dict[str, str]:
    """Return the attributes of an element that a book keeps."""
    kept = {key: clean(value) for key in (*_ON_ALL, *_ATTRIBUTES.get(name, ())) if (value := given.get(key))}
    if language := given.get("lang"):
        kept |= {"lang": clean(language), "xml:lang": clean(language)}
    return kept


def _address(address: str) -> str:
    """Return an address that a book can lead to: within it, or on the web; empty if it is neither."""
    address = clean(address).strip()
    if address.startswith("#"):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return quote(address, safe=_IN_ADDRESSES) if parts.scheme in _SCHEMES else ""


def _draw(node: LexborNode, parent: Element, is_outermost: bool = False) -> None:
    """Copy a drawing, or a part of one."""
    name = node.tag or ""
    if name == "-text":
        add_text(parent, node.text_content or "")
    elif name in _DRAWN:
        kept = {key: clean(value or "") for key, value in node.attributes.items() if key in _ON_DRAWN}
        element = SubElement(parent, name, {"xmlns": SVG} | kept if is_outermost else kept)
        for child in children(node):
            _draw(child, element)


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the nodes in a node, texts too."""
    child = node.child
    while child is not None:
        yield child
        child = child.next


def add_text(parent: Element, text: str) -> None:
    """Add text to the end of an element."""
    text = clean(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def clean(text: str) -> str:
    """Return a text without the characters that no XML document may contain."""
    return _NOT_XML.sub("", text)
