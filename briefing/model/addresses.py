"""The address of a record, and the output file of an address."""

from __future__ import annotations

import posixpath

from briefing.model.kinds import BY_NAME
from briefing.model.records import Record


def address_of(record: Record) -> str:
    """Return a record's address on the site."""
    if record.kind == "page" and record.id == "index":
        return "/"
    return BY_NAME[record.kind].address.replace("{id}", record.id)


def output_path(address: str) -> str:
    """Return the path of the file that GitHub Pages serves at an address."""
    path = address.removeprefix("/")
    if not path or path.endswith("/"):
        return path + "index.html"
    return path if posixpath.splitext(path)[1] else path + ".html"
