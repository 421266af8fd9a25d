"""The HTML that Markdown made, as elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "hr", "img"}


@dataclass(slots=True)
class Element:
    """An element of a text, with the words and elements in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Return the outermost elements with one of these tags, at any depth, in order."""
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if child.tag in tags else child.all(*tags)
        return found

    def text(self) -> str:
        """Return all words in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Parser(HTMLParser):
    """Parses the HTML that Markdown made, in which all elements are closed but the void ones."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("text", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """Return the element that contains a whole text."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.open[0]
