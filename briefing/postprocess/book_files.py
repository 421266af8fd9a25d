"""The files of a book, and the archive that they are in (EPUB 3.3; EPUB Accessibility 1.1)."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import count
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from briefing.model.site import Site
from briefing.postprocess.xhtml import PICTURES, SVG, TYPE, clean
from briefing.text.directions import direction_of
from briefing.values import dataclass

TYPE_OF_BOOKS = b"application/epub+zip"
_FOLDER = "EPUB/"
_XHTML = "application/xhtml+xml"
_DATE = (2000, 1, 1, 0, 0, 0)
"""The date of every file in the archive."""
_STILL = ("jpg", "png")
"""Endings of pictures that cannot move or flash."""
_WIDTH, _HEIGHT, _LARGEST = 1200, 1800, 120
_LINE = 16
"""Characters in a line of the title on the cover."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document of a book. `kind` is what EPUB calls it; one that is not linear is read only if a link leads there."""

    file: str
    title: str
    kind: str
    root: Element
    linear: bool = True
    language: str = ""
    """The language of its title, if it is another one than that of the book."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents, with those below it."""

    title: str
    file: str
    below: tuple[Entry, ...] = ()
    language: str = ""
    """The language of its title, if it is another one than that of the book."""


@dataclass(frozen=True, slots=True)
class Book:
    """All that goes into a book."""

    title: str
    identifier: str
    language: str
    direction: str
    modified: str
    """The day of the last change."""
    site: Site
    chapters: tuple[Chapter, ...]
    entries: tuple[Entry, ...]
    pictures: tuple[tuple[str, bytes], ...]
    sheet: bytes
    cover: Element
    is_described: bool
    """Whether every picture has words in its place."""
    say: Callable[[str], str]


def pack(book: Book) -> bytes:
    """Return the archive. Equal books give equal bytes."""
    cover = Element("section")
    SubElement(cover, "img", {"src": "cover.svg", "alt": book.title, "role": "doc-cover"})
    front = Chapter("cover.xhtml", book.say("Cover"), "cover", cover)
    documents = [front, book.chapters[0], Chapter("nav.xhtml", book.say("Contents"), "", _navigation(book))]
    documents += book.chapters[1:]
    container = Element("container", {"version": "1.0", "xmlns": "urn:oasis:names:tc:opendocument:xmlns:container"})
    package = {"full-path": f"{_FOLDER}package.opf", "media-type": "application/oebps-package+xml"}
    SubElement(SubElement(container, "rootfiles"), "rootfile", package)
    files = {
        "META-INF/container.xml": _write(container),
        f"{_FOLDER}package.opf": _write(_package(book, documents)),
        f"{_FOLDER}toc.ncx": _write(_ncx(book)),
        f"{_FOLDER}book.css": book.sheet,
        f"{_FOLDER}cover.svg": _write(book.cover),
        **{f"{_FOLDER}{one.file}": _write(_document(book, one)) for one in documents},
        **{f"{_FOLDER}{name}": data for name, data in book.pictures},
    }
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(_member("mimetype", ZIP_STORED), TYPE_OF_BOOKS)
        for name, data in files.items():
            archive.writestr(_member(name, ZIP_DEFLATED), data, compresslevel=9)
    return packed.getvalue()


def _member(name: str, compression: int) -> ZipInfo:
    info = ZipInfo(name, _DATE)
    info.compress_type, info.create_system, info.external_attr = compression, 3, 0o644 << 16
    return info


def _write(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _document(book: Book, chapter: Chapter) -> Element:
    """Return a document of a book."""
    root = _root(book, "html", "http://www.w3.org/1999/xhtml")
    head = SubElement(root, "head")
    SubElement(head, "title", _in_language(chapter.language)).text = clean(chapter.title)
    SubElement(head, "link", {"rel": "stylesheet", "href": "book.css", "type": "text/css"})
    body = SubElement(root, "body", {TYPE: chapter.kind} if chapter.kind else {})
    if book.site.form:
        body.set("class", "easy")
    body.append(chapter.root)
    return root


def _root(book: Book, name: str, namespace: str) -> Element:
    attributes = {"xmlns": namespace, "xmlns:epub": "http://www.idpf.org/2007/ops", "lang": book.language}
    return Element(name, attributes | {"xml:lang": book.language, "dir": book.direction})


def _navigation(book: Book) -> Element:
    """Return the contents, and the landmarks, which reading systems offer in their menus."""
    root = Element("div")
    contents = SubElement(root, "nav", {TYPE: "toc", "role": "doc-toc", "id": "toc"})
    SubElement(contents, "h1").text = book.say("Contents")
    _list(contents, book.entries)
    marks = SubElement(root, "nav", {TYPE: "landmarks", "hidden": "hidden"})
    listed = SubElement(marks, "ol")
    places = [("cover", book.say("Cover"), "cover.xhtml", ""), ("toc", book.say("Contents"), "nav.xhtml#toc", "")]
    places += [("bodymatter", one.title, one.file, one.language) for one in book.chapters[1:2]]
    for kind, words, href, language in places:
        link = {TYPE: kind, "href": href} | _in_language(language)
        SubElement(SubElement(listed, "li"), "a", link).text = clean(words)
    return root


def _in_language(language: str) -> dict[str, str]:
    """Return the attributes of words in a language; none for that of the book."""
    named = {"lang": language, "xml:lang": language, "dir": direction_of(language)}
    return named if language else {}


def _list(parent: Element, entries: Sequence[Entry]) -> None:
    listed = SubElement(parent, "ol")
    for entry in entries:
        item = SubElement(listed, "li")
        SubElement(item, "a", {"href": entry.file} | _in_language(entry.language)).text = clean(entry.title)
        if entry.below:
            _list(item, entry.below)


def _ncx(book: Book) -> Element:
    """Return the contents for reading systems that know only EPUB 2."""
    root = Element("ncx", {"xmlns": "http://www.daisy.org/z3986/2005/ncx/", "version": "2005-1"})
    head = SubElement(root, "head")
    SubElement(head, "meta", {"name": "dtb:uid", "content": book.identifier})
    SubElement(SubElement(root, "docTitle"), "text").text = clean(book.title)
    points, numbers = SubElement(root, "navMap"), count(1)

    def add(parent: Element, entries: Sequence[Entry]) -> None:
        for entry in entries:
            point = SubElement(parent, "navPoint", {"id": f"point-{next(numbers)}"})
            SubElement(SubElement(point, "navLabel"), "text").text = clean(entry.title)
            SubElement(point, "content", {"src": entry.file})
            add(point, entry.below)

    add(points, book.entries)
    return root


def _package(book: Book, documents: Sequence[Chapter]) -> Element:
    """Return the package: metadata, every file of the book, and the order in which it is read."""
    root = Element(
        "package",
        {"xmlns": "http://www.idpf.org/2007/opf", "version": "3.0", "unique-identifier": "id"}
        | {"xml:lang": book.language, "dir": book.direction},
    )
    metadata = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    for name, words in _describe(book):
        if not words:
            continue
        if name.startswith("dc:"):
            SubElement(metadata, name, {"id": "id"} if name == "dc:identifier" else {}).text = clean(words)
        else:
            SubElement(metadata, "meta", {"property": name}).text = clean(words)
    SubElement(metadata, "meta", {"name": "cover", "content": "cover-image"})
    manifest = SubElement(root, "manifest")
    spine = SubElement(root, "spine", {"toc": "ncx", "page-progression-direction": book.direction})
    items = [("ncx", "toc.ncx", "application/x-dtbncx+xml", ""), ("style", "book.css", "text/css", "")]
    items += [("cover-image", "cover.svg", "image/svg+xml", "cover-image")]
    types = {ending: kind for kind, ending in PICTURES.items()}
    for number, (name, _) in enumerate(book.pictures, start=1):
        items.append((f"picture-{number}", name, types[name.rpartition(".")[2]], ""))
    for document in documents:
        name = f"doc-{document.file.partition('.')[0]}"
        drawn = next(document.root.iter("svg"), None) is not None
        items.append((name, document.file, _XHTML, "nav" if document.file == "nav.xhtml" else "svg" if drawn else ""))
        SubElement(spine, "itemref", {"idref": name} if document.linear else {"idref": name, "linear": "no"})
    for name, href, kind, properties in items:
        more = {"properties": properties} if properties else {}
        SubElement(manifest, "item", {"id": name, "href": href, "media-type": kind} | more)
    return root


def _describe(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the metadata of a book. It claims no conformance to a standard, since no person has assessed that."""
    site = book.site
    yield "dc:identifier", book.identifier
    yield "dc:title", book.title
    yield "dc:language", book.language
    yield "dc:description", site.tagline
    yield "dc:creator", site.publisher.name
    yield "dc:publisher", site.publisher.name
    yield "dc:rights", " ".join(words for words in (site.licence.name, site.licence.url) if words)
    yield "dc:source", f"{site.base_url}{site.prefix}/" if site.base_url else ""
    yield "dcterms:modified", f"{book.modified}T00:00:00Z"
    has_drawings = any(next(one.root.iter("svg"), None) is not None for one in book.chapters)
    yield "schema:accessMode", "textual"
    yield "schema:accessMode", "visual" if book.pictures or has_drawings else ""
    yield "schema:accessModeSufficient", "textual" if book.is_described else ""
    for feature in ("tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability"):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityFeature", "alternativeText" if book.pictures and book.is_described else ""
    still = all(name.endswith(_STILL) for name, _ in book.pictures)
    yield "schema:accessibilityHazard", "none" if still else "unknown"
    summary = book.say(
        "Headings, contents and notes are marked. Pictures have words in their place, and charts their values."
    )
    yield "schema:accessibilitySummary", summary if book.is_described else ""


def draw_cover(site: Site, direction: str) -> Element:
    """Return the picture of the cover: the title in large letters, in the colours of the site."""
    colours = {"paper": "#FAF8F4", "ink": "#1C2027", "pine": "#1F5B4E"}
    colours |= {one.name: one.value for one in site.style.light if one.name in colours}
    sizes = {"viewBox": f"0 0 {_WIDTH} {_HEIGHT}", "width": f"{_WIDTH}", "height": f"{_HEIGHT}"}
    root = Element("svg", {"xmlns": SVG} | sizes)
    SubElement(root, "title").text = clean(site.title)
    SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": colours["paper"]})
    SubElement(root, "rect", {"width": "100%", "height": "60", "fill": colours["pine"]})
    look = {"direction": direction, "text-anchor": "middle", "font-family": "serif", "fill": colours["ink"]}
    y = 420.0
    for words, length, largest, weight in ((site.title, _LINE, _LARGEST, "bold"), (site.tagline, 34, 56, "normal")):
        lines = textwrap.wrap(clean(words), length)[:9]
        size = min([largest, *(0.86 * _WIDTH / _ems(line) for line in lines)])
        for line in lines:
            y += size * 1.25
            place = {"x": f"{_WIDTH // 2}", "y": f"{y:.0f}", "font-size": f"{size:.0f}", "font-weight": weight}
            SubElement(root, "text", look | place).text = line
        y += 60
    size = min(44, 0.86 * _WIDTH / _ems(site.publisher.name))
    place = {"x": f"{_WIDTH // 2}", "y": f"{_HEIGHT - 120}", "font-size": f"{size:.0f}"}
    SubElement(root, "text", look | place).text = clean(site.publisher.name)
    return root


def _ems(line: str) -> float:
    """Return about how wide a line is, in the size of its font."""
    return sum(1 if east_asian_width(one) in "WF" else 0.62 for one in line) or 1
