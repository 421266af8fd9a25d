"""The form of a book: the archive, its list of files, and each document with its links."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import ZIP_STORED, ZipFile

_CONTAINER = "META-INF/container.xml"
_SCHEMES = ("http", "https", "mailto", "tel")
_NEVER = {"script", "style", "form", "iframe", "object", "embed", "foreignObject"}


def check_book(data: bytes) -> Iterator[str]:
    """Yield what is wrong with a book."""
    with ZipFile(BytesIO(data)) as archive:
        first = archive.infolist()[0]
        if (first.filename, first.compress_type) != ("mimetype", ZIP_STORED):
            yield "the first file is not “mimetype”, or it is compressed"
        files = {name: archive.read(name) for name in archive.namelist()}
    trees: dict[str, Element] = {}
    for name in [name for name in files if name.endswith((".xhtml", ".opf", ".ncx", ".xml", "cover.svg"))]:
        try:
            trees[name] = fromstring(files[name])
        except ParseError as error:
            yield f"{name} is not well-formed: {error}"
    package = next((name for name in trees if name.endswith(".opf")), "")
    if not package or _CONTAINER not in trees:
        yield "it has no container, or no package"
        return
    listed = [
        _beside(package, one.get("href", "")) for one in trees[package].iter("{http://www.idpf.org/2007/opf}item")
    ]
    if sorted([*listed, package, _CONTAINER, "mimetype"]) != sorted(files):
        yield "its package does not list each file once"
    pages = {name: tree for name, tree in trees.items() if name.endswith(".xhtml")}
    ids = {name: [one.attrib["id"] for one in page.iter() if "id" in one.attrib] for name, page in pages.items()}
    places = {f"{name}#{one}" for name, found in ids.items() for one in found} | set(files)
    for name, page in pages.items():
        if len(set(ids[name])) < len(ids[name]):
            yield f"two elements of {name} have the same id"
        for element in page.iter():
            yield from _wrong(name, element, places)


def _wrong(name: str, element: Element, places: set[str]) -> Iterator[str]:
    """Yield what is wrong with an element of a document."""
    if element.tag.rpartition("}")[2] in _NEVER:
        yield f"{name} has an element that can run, load or send something: {element.tag.rpartition('}')[2]}"
    for attribute, value in element.attrib.items():
        key = attribute.rpartition("}")[2]
        if key.startswith("on") or key in ("style", "srcdoc", "action"):
            yield f"{name} has the attribute “{key}”"
        elif key in ("href", "src"):
            scheme = urlsplit(value).scheme
            leads = scheme in _SCHEMES and key == "href" if scheme else _beside(name, value) in places
            if not leads:
                yield f"in {name}, “{value[:80]}” leads to nothing in the book and is no web address"


def _beside(name: str, address: str) -> str:
    """Return the name of the file, with the id, to which an address in a file leads."""
    path, mark, anchor = address.partition("#")
    target = normpath(join(dirname(name), unquote(path))) if path else name
    return f"{target}{mark}{anchor}"
