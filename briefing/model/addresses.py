"""The address of a record, and the output file of an address."""

from __future__ import annotations

import posixpath

from briefing.model.kinds import BY_NAME
from briefing.model.records import Record

HOME = "/"
"""The address of the home page; a page with the id `index` is published there."""


def address_of(record: Record) -> str:
    """Return a record's address on the site."""
    if record.kind == "page" and record.id == "index":
        return HOME
    return BY_NAME[record.kind].address.replace("{id}", record.id)


def output_path(address: str) -> str:
    """Return the path of the file that GitHub Pages serves at an address."""
    path = address.removeprefix("/")
    if not path or path.endswith("/"):
        return path + "index.html"
    return path if posixpath.splitext(path)[1] else path + ".html"
