"""The pictures and documents of a site: which of them texts name, and what is published of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from posixpath import splitext
from typing import Any
from urllib.parse import quote

from briefing.incremental.memo import AnyMemo, Mapper
from briefing.model.addresses import compose, list_places
from briefing.model.documents import Document
from briefing.model.files import FILES, PICTURES, File, Rendered, Snapshot
from briefing.model.media import DOCUMENTS, SiteFile
from briefing.model.steps import WovenSite
from briefing.pipeline import lazy
from briefing.read.image_size import measure


def read_files(
    memo: AnyMemo, mapper: Mapper[Any, Any], snapshot: Snapshot, documents: Sequence[Document]
) -> tuple[SiteFile, ...]:
    """Return every picture and document of a site. Only pictures that texts name are read."""
    assets = (replace(file, path=f"assets/{file.path}") for file in snapshot.assets)
    known = [*snapshot.media, *(file for file in assets if _ending(file.path) in (*PICTURES, *DOCUMENTS))]
    places = {compose(file.path) for file in known}
    named = {
        place
        for document in documents
        for typed in document.files
        for place in list_places(typed, document.path)
        if place in places
    }
    pictures = [file for file in known if _ending(file.path) in PICTURES and compose(file.path) in named]
    pictures = [file for file in pictures if not file.path.lower().endswith(".svg")]
    paths = (file.path for file in pictures)
    read = dict(zip(paths, memo.map("picture", lazy.read_picture, pictures, mapper), strict=True))
    return tuple(read.get(file.path) or _as_it_is(file) for file in known)


def _as_it_is(file: File) -> SiteFile:
    """Return a file that is published as it is: a document, a drawing, a picture that no text names."""
    data, is_asset = file.data.value, file.path.startswith("assets/")
    if is_asset:
        address = f"/{quote(file.path)}"
    else:
        address = f"/files/{quote(file.path.removeprefix(FILES).removeprefix('content/'))}"
    if _ending(file.path) in DOCUMENTS:
        published = () if is_asset else (_published(file),)
        return SiteFile(file.path, address, len(data), published=published)
    is_drawing = _ending(file.path) == ".svg"
    published = (_published(file),) if is_drawing and not is_asset else ()
    return SiteFile(file.path, address, 0, *measure(data), published=published)


def _published(file: File) -> Rendered:
    path = f"files/{file.path.removeprefix(FILES).removeprefix('content/')}"
    return Rendered(path, file.data, size=len(file.data.value))


def publish_files(files: Sequence[SiteFile], woven: WovenSite) -> tuple[Rendered, ...]:
    """Return the files that pages need: all versions of each picture that they show, each document they lead to."""
    used = set(woven.files)
    found = {one.path: one for file in files if file.path in used for one in file.published}
    return tuple(found.values())


def _ending(path: str) -> str:
    return splitext(path)[1].lower()
