"""The whole briefing as a book (EPUB 3), made of the one-file edition.

The contents of that page say what the chapters are. A book has the words of the page, its pictures, its drawings and
its notes; its bytes depend on nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, count
from posixpath import splitext
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser, LexborNode

from briefing.incremental.hashed import Hashed
from briefing.locale.interface import interface_of_page
from briefing.model.files import Rendered
from briefing.model.pages import Page
from briefing.model.steps import BookInput
from briefing.postprocess.book_files import Book, Chapter, Entry, draw_cover, pack
from briefing.postprocess.xhtml import TYPE, Copier, children

_NO_DAY = "2000-01-01"
"""The day of the last change of a book whose pages name none. Today is no answer: equal content gives equal bytes."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HEADING = re.compile("h[1-6]")
_NOT_IN_ID = re.compile(r"[^\w.-]|[^\x00-\x7f]")
_NOT_IN_BOOKS = re.compile(rb"(?:unicode-bidi|direction)\s*:[^;{}]*;?")
"""What a style sheet of a book must not set (EPUB 3.3, section 6.3.1.2); the elements have `dir` in its place."""


def make_book(given: BookInput) -> Rendered:
    """Return the book of a page that holds the whole briefing and all that it shows."""
    page, site = given.page.once(), given.site.value
    say = interface_of_page(page.language, site.language, site.words).say
    reader = _Reader(LexborHTMLParser(given.rendered.data.value.decode()), site.title, say("Notes"))
    path = f"{splitext(given.rendered.path)[0]}.epub"
    sheets = [_NOT_IN_BOOKS.sub(b"", sheet.value) for sheet in given.sheets]
    book = Book(
        title=site.title,
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{site.base_url or site.title} {page.language} {path}')}",
        language=page.language,
        direction=reader.direction,
        modified=_last_change(page),
        site=site,
        chapters=reader.chapters,
        entries=tuple(reader.entries),
        pictures=tuple(sorted(reader.copier.pictures.items())),
        sheet=b"".join(sheets),
        cover=draw_cover(site, reader.direction),
        is_described=reader.copier.all_described,
        say=say,
    )
    data = pack(book)
    return Rendered(path, Hashed.of(data), size=len(data))


def _last_change(page: Page) -> str:
    """Return the last day on which something in a book changed."""
    views = [view for group in page.groups for view in group.views]
    days = [change.date for view in views for change in view.changes] + [view.updated for view in views]
    return max((day for day in days if _DAY.fullmatch(day)), default=_NO_DAY)


class _Reader:
    """Reads a page into chapters: the title page, one for each entry of its contents, and the notes."""

    def __init__(self, tree: LexborHTMLParser, title: str, notes: str) -> None:
        self.copier = Copier()
        self.direction = (tree.root.attributes.get("dir") if tree.root else None) or "ltr"
        self._front = Chapter("title.xhtml", title, "titlepage", Element("div"))
        self._notes = Chapter("notes.xhtml", notes, "footnotes", Element("div"), linear=False)
        self._found: list[Chapter] = [self._front]
        self._head: Element | None = None
        """What stands between the heading of a part and its first chapter."""
        main = tree.css_first("main") or tree.body
        self._contents = main.css_first("nav") if main else None
        self._listed = [*_listed(self._contents)]
        self._targets = {target: (title, language) for title, target, _, language in self._listed}
        self._outer: set[int] = set()
        if main:
            for node in main.css("[id]"):
                if node.attributes.get("id") in self._targets:
                    self._outer.update(_above(node, main))
            self._read(main)
        if (footer := tree.css_first("body > footer")) is not None:
            self.copier.copy(footer, self._front.root)
        self.chapters = tuple(self._found + ([self._notes] if len(self._notes.root) else []))
        places = _place_ids(self.chapters)
        if main and (name := main.attributes.get("id")):
            places[name] = self._front.file
        _connect(self.chapters, places)
        files = {target: place.partition("#")[0] for target, place in places.items()}
        front = Entry(title, self._front.file)
        self.entries = [front, *_entries(self._listed, files)]

    def _read(self, node: LexborNode) -> None:
        for child in children(node):
            given = {} if child.tag in (None, "-text", "-comment") else child.attributes
            name = given.get("id") or ""
            listed = self._targets.get(name)
            if child.mem_id in self._outer:
                if listed:
                    self._head = Element("header", {"id": name})
                self._read(child)
            elif self._contents is not None and child.mem_id == self._contents.mem_id:
                continue
            elif listed:
                self._begin(*listed)
                self.copier.copy(child, self._found[-1].root)
            elif "popover" in given:
                self.copier.copy(child, self._notes.root)
            else:
                self.copier.copy(child, self._found[-1].root if self._head is None else self._head)

    def _begin(self, title: str, language: str) -> None:
        """Begin a chapter, with what stands before it in its part."""
        file = f"{len(self._found):03}.xhtml"
        self._found.append(Chapter(file, title, "chapter", Element("div"), language=language))
        if self._head is not None:
            for element in self._head:
                if _HEADING.fullmatch(element.tag):  # the heading of the chapter is the first of its file
                    element.tag = "p"
            self._head.set("class", "part")
            self._found[-1].root.append(self._head)
            self._head = None


_Listed = tuple[str, str, int, str]
"""An entry of the contents of a page: its words, the id that it leads to, its depth, and the language it names."""


def _listed(contents: LexborNode | None) -> Iterator[_Listed]:
    """Yield the entries of the contents of a page."""
    for link in contents.css("li a") if contents is not None else ():
        target = link.attributes.get("href") or ""
        if target.startswith("#"):
            depth = sum(node.tag == "li" for node in _up(link, contents))
            named = link.css_first("[lang]")
            yield " ".join(link.text().split()), target[1:], depth, (named and named.attributes.get("lang")) or ""


def _entries(listed: Sequence[_Listed], files: dict[str, str]) -> Iterator[Entry]:
    """Yield entries with those below them."""
    at = 0
    while at < len(listed):
        title, target, depth, language = listed[at]
        end = next((n for n in range(at + 1, len(listed)) if listed[n][2] <= depth), len(listed))
        if target in files:
            yield Entry(title, files[target], tuple(_entries(listed[at + 1 : end], files)), language)
        at = end


def _up(node: LexborNode, top: LexborNode | None) -> Iterator[LexborNode]:
    """Yield the nodes that a node is in, up to the one before `top`."""
    above = node.parent
    while above is not None and (top is None or above.mem_id != top.mem_id):
        yield above
        above = above.parent


def _above(node: LexborNode, top: LexborNode) -> Iterator[int]:
    return (one.mem_id for one in _up(node, top))


def _place_ids(chapters: Sequence[Chapter]) -> dict[str, str]:
    """Make each id a name that XML allows, and once in the book. Return where each id of the page is now."""
    places: dict[str, str] = {}
    taken: set[str] = set()
    for chapter in chapters:
        for element in chapter.root.iter():
            if old := element.get("id"):
                name = _NOT_IN_ID.sub(lambda found: f"_{ord(found[0]):x}", old)
                name = name if name[0].isalpha() else f"_{name}"
                new = next(one for one in chain((name,), (f"{name}-{n}" for n in count(2))) if one not in taken)
                taken.add(new)
                element.set("id", new)
                places.setdefault(old, f"{chapter.file}#{new}")
    return places


def _connect(chapters: Sequence[Chapter], places: dict[str, str]) -> None:
    """Let links lead to the places of their ids. A link to an id that is not in the book becomes words."""
    for chapter in chapters:
        for link in chapter.root.iter("a"):
            href = link.get("href") or ""
            if href.startswith("#"):
                place = places.get(href[1:]) or places.get(unquote(href[1:]))
                if place:
                    link.set("href", place.removeprefix(chapter.file) if "#" in place else place)
                else:
                    link.tag = "span"
                    for name in ("href", TYPE, "role", "hreflang"):
                        link.attrib.pop(name, None)
