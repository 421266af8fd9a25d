"""Pictures and documents that texts name: which files these are, and how pages show them or lead to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from posixpath import dirname, relpath, splitext

from briefing.locale.interface import Interface
from briefing.model.addresses import compose, list_places
from briefing.model.files import FOREIGN_PICTURES, PICTURES
from briefing.model.media import DOCUMENTS, SiteFile
from briefing.model.site import Safety
from briefing.model.text import Image, Link, Picture
from briefing.problems import Finding
from briefing.suggestions import Names, Suggestions

DOCUMENT = "document"
"""The kind of a link to a document; its summary says of which type and how large it is."""
_CURLY = "“”„"
_LARGEST = 1_000_000
"""Pixels of a side of a picture, or units of a drawing's view box. Browsers show at most some tens of thousands."""


class Files:
    """The pictures and documents of a site, by their paths; `used` are those that a page shows or leads to."""

    def __init__(self, files: Iterable[SiteFile], safety: Safety) -> None:
        self.used: set[str] = set()
        self._files = {compose(file.path): file for file in files}
        self._allowed = {compose(path) for path in safety.pictures} if safety.on else None
        self._suggestions = Suggestions()

    def find(self, typed: str, text_path: str) -> SiteFile | None:
        """Return the file that a text names; None if there is none."""
        places = (place for place in list_places(typed, text_path) if place in self._files)
        return self._files[place] if (place := next(places, "")) else None

    def image(self, picture: Picture, text_path: str) -> tuple[Image, list[Finding]]:
        """Return a picture as a page shows it, and what is wrong with it."""
        file = self.find(picture.path, text_path)
        if file is None or not file.path.lower().endswith(PICTURES):
            return Image("", picture.alt, 0, 0), [self._missing(picture.path, text_path)]
        self.used.add(file.path)
        short = file.path.removeprefix("assets/").removeprefix("content/")
        name = f"the picture “{short}”"
        findings = [replace(one, message=one.message.replace("the picture", name, 1)) for one in file.findings]
        if self._allowed is not None and not self._allowed & {compose(short), compose(file.path)}:
            message = f"the picture “{short}” is not on the list of pictures that this site may show"
            hint = "look at it, then add it with a reason to pictures: below safety: in content/site.yaml"
            findings.append(Finding("unlisted-picture", message, hint))
        if max(file.width, file.height) > _LARGEST:
            message = f"{name} has {file.width:,} × {file.height:,} pixels"
            hint = f"save it again in a program for pictures; at most {_LARGEST:,} × {_LARGEST:,} can be shown"
            findings.append(Finding("picture-size", message, hint))
        return Image(file.address, picture.alt, file.width, file.height, file.sources), findings

    def document(self, typed: str, text_path: str, words: Interface) -> Link | Finding | None:
        """Return the link to a document or a picture, what is wrong with it, or None if this names no such file."""
        ending = splitext(typed)[1].lower()
        if (file := self.find(typed, text_path)) is None:
            return self._missing(typed, text_path) if ending in DOCUMENTS or ending in PICTURES else None
        ending = splitext(file.path)[1].lower()
        self.used.add(file.path)
        if ending in PICTURES:
            address = file.sources[-1][0] if file.sources else file.address
            return Link("", DOCUMENT, file.path.rpartition("/")[2], "", address)
        if ending not in DOCUMENTS:
            hint = f"save it as one of these: {', '.join(one[1:] for one in DOCUMENTS)}"
            return Finding("unknown-link", f"a file that ends in “{ending}” is not published", hint)
        about = f"{words.say(DOCUMENTS[ending])}{words.say(', ')}{write_size(file.size, words)}"
        return Link("", DOCUMENT, file.path.rpartition("/")[2], about, file.address)

    def documents(self, words: Interface) -> tuple[Link, ...]:
        """Return a link to each document to which a page leads."""
        names = sorted(path for path in self._files if self._files[path].path in self.used)
        found = (self.document(f"/{path}", "", words) for path in names if not path.lower().endswith(PICTURES))
        return tuple(link for link in found if isinstance(link, Link))

    def _missing(self, typed: str, text_path: str) -> Finding:
        """Return what is wrong with a name that no file has."""
        ending = splitext(typed)[1].lower()
        if "://" in typed:
            hint = "save it beside the text, if its licence allows that"
            return Finding("missing-picture", "pages show no pictures of other websites", hint)
        if ending in FOREIGN_PICTURES:
            message = f"browsers show no pictures that end in “{ending}”"
            return Finding("missing-picture", message, "save it as JPEG or PNG")
        is_document = ending in DOCUMENTS
        near = self._suggestions.nearest(_stem(typed), self._names, 1)
        hint = "put it into content/files/" if is_document else "put it beside the text, as JPEG, PNG, WebP, GIF or SVG"
        if near:
            place = next(path for path in self._files if _stem(path) == near[0])
            inner = relpath(place, dirname(text_path)) if place.startswith("content/") else place
            hint = f"did you mean {inner}?"
        if any(sign in typed for sign in _CURLY):
            hint = 'type straight quotation marks: ![what it shows](picture.jpg "The caption.")'
        if is_document:
            return Finding("unknown-link", f"there is no file “{typed}”", hint)
        return Finding("missing-picture", f"there is no picture “{typed}”", hint)

    @cached_property
    def _names(self) -> Names:
        return Names(_stem(path) for path in self._files)


def _stem(path: str) -> str:
    """Return the name of a file without its folder and its ending."""
    return splitext(path.rpartition("/")[2])[0]


def write_size(size: int, words: Interface) -> str:
    """Return a size in bytes in words: 12 kB, 3.4 MB."""
    if size < 1_000_000:
        return words.say("{} kB").replace("{}", words.number(max(1, round(size / 1000))))
    return words.say("{} MB").replace("{}", f"{size / 1_000_000:.1f}".replace(".", words.language.decimal))
