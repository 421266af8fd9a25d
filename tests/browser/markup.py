"""HTML as a tree, read from the bytes that were served and with no script run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(eq=False, slots=True)
class Node:
    """An element: its attributes and its content, elements and words."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    parts: list[Node | str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return self.attributes.get("id", "")

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """All its words on one line."""
        return " ".join("".join(self._words()).split())

    def walk(self) -> Iterator[Node]:
        """Return it and every element in it, in order."""
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.walk()

    def lineage(self) -> Iterator[Node]:
        """Return the element and all that contain it, innermost first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def all(self, *marks: str) -> list[Node]:
        """Return every element in it that has a mark: `tag`, `.class` or `#id`."""
        return [node for node in self.walk() if node.has(*marks)]

    def has(self, *marks: str) -> bool:
        """Whether it has one of these marks."""
        own = {self.tag, f"#{self.id}"} | {f".{name}" for name in self.classes}
        return not own.isdisjoint(marks)

    def inside(self, *marks: str) -> bool:
        """Whether the element, or one that contains it, has one of these marks."""
        return any(node.has(*marks) for node in self.lineage())

    def _words(self) -> Iterator[str]:
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from part._words()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.node = Node("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        new = Node(tag, {name: value or "" for name, value in attrs}, self.node)
        self.node.parts.append(new)
        if tag not in _VOID:
            self.node = new

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.node.parts.append(Node(tag, {name: value or "" for name, value in attrs}, self.node))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        assert self.node.tag == tag, f"</{tag}> closes <{self.node.tag}> on line {self.getpos()[0]}"
        assert self.node.parent is not None
        self.node = self.node.parent

    def handle_data(self, data: str) -> None:
        self.node.parts.append(data)


def read(html: str) -> Node:
    """Read a page; every element must be closed where it should be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.node is reader.root, f"<{reader.node.tag}> is never closed"
    return reader.root


def references(page: Node) -> Iterator[tuple[Node, str]]:
    """Return every address in a page with the element that names it."""
    for node in page.walk():
        for name in ("href", "src", "poster", "data", "action"):
            if name in node.attributes:
                yield node, node.attributes[name]
        for candidate in node.attributes.get("srcset", "").split(","):
            if candidate.strip():
                yield node, candidate.split()[0]
        if node.tag == "meta" and node.attributes.get("http-equiv", "").lower() == "refresh":
            yield node, node.attributes["content"].partition("url=")[2]


def style_references(style: str) -> list[str]:
    """Return every address in a style sheet."""
    return re.findall(r"""url\(\s*["']?([^"')]+)""", style)
