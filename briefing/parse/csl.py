"""Names and dates in CSL's forms, in which Zotero exports sources."""

from __future__ import annotations

from briefing.parse.context import FileContext
from briefing.parse.schemas import schema
from briefing.parse.yaml_tree import Fields, Listing, Scalar
from briefing.problems import Finding
from briefing.text.dates import first_day

_PARTS_OF_A_NAME = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
"""In the order in which readers write them."""


def read_names(fields: Fields, name: str) -> str:
    """Read a field that holds a name or a list of names in parts; return them as readers write them."""
    people = fields.children(name)
    if not people:
        return fields.text(name)
    return ", ".join(" ".join(filter(None, map(person.text, _PARTS_OF_A_NAME))) for person in people)


def read_date(fields: Fields, name: str, context: FileContext) -> str:
    """Read a field that holds a date, or a date in parts; return it as a year, a month or a day."""
    date_parts = fields.child(name).get("date-parts")
    if not isinstance(date_parts, Listing):
        return fields.text(name)
    first = date_parts.items[0]
    parts = [part.text for part in first.items if isinstance(part, Scalar)] if isinstance(first, Listing) else []
    written = "-".join(part.zfill(4 if place == 0 else 2) for place, part in enumerate(parts))
    earliest, latest = schema("common")["$defs"]["date"]["years"]
    if parts and (first_day(written) is None or not earliest <= int(written[:4]) <= latest):
        hint = "write year, month and day as numbers: [[2025, 6, 16]]"
        finding = Finding("impossible-date", f"“{written}” is not a valid date", hint)
        context.add_problem(finding, first.start, first.end)
        return ""
    return written
