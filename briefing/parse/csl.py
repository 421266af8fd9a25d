"""Names, dates and ids in CSL's forms, in which Zotero and other programs export sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields

from briefing.model.addresses import make_source_id
from briefing.parse.context import FileContext
from briefing.parse.schemas import schema
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar
from briefing.problems import Finding
from briefing.text.dates import first_day
from briefing.values import dataclass

UNDATED = "undated"
"""What stands for the date of a source that has none."""
_SEASONS = 20
"""What EDTF adds to the number of a season to write it as a month: 21 is spring."""
_EDTF = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.+Z-]*)?([~?%]?)")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Name:
    """One person or body, in CSL's parts. The order of the fields is that in which readers write them."""

    given: str = ""
    dropping: str = ""
    non_dropping: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""

    def __str__(self) -> str:
        """Return the name as readers write it."""
        return " ".join(filter(None, (getattr(self, one.name) for one in fields(self))))


NAME_PARTS = {one.name: one.name.replace("_", "-") for one in fields(Name)}
"""CSL's name of each part of a name."""
NAME_PARTS |= {"dropping": "dropping-particle", "non_dropping": "non-dropping-particle"}


@dataclass(frozen=True, slots=True)
class Date:
    """A date as CSL and EDTF know it: one or two of year, month and day; a season; only words."""

    parts: tuple[tuple[int, ...], ...] = ()
    season: int = 0
    circa: bool = False
    literal: str = ""

    @property
    def first(self) -> str:
        """The first day, month or year as a site writes it; `undated` if only words say when."""
        if not self.parts:
            year = _YEAR.search(self.literal)
            return year[0] if year else UNDATED
        return "-".join(str(part).zfill(4 if place == 0 else 2) for place, part in enumerate(self.parts[0]))

    @property
    def is_plain(self) -> bool:
        """Whether a site can write it as one day, month or year."""
        return len(self.parts) == 1 and not (self.season or self.circa or self.literal) and bool(first_day(self.first))


def read_names(owner: Fields, name: str) -> str:
    """Read a field that holds a name or a list of names in parts; return them as readers write them."""
    return ", ".join(map(str, names_of(owner.get(name))))


def names_of(node: Node | None) -> tuple[Name, ...]:
    """Return the names in a field; words are one name."""
    if isinstance(node, Scalar):
        return (Name(literal=" ".join(node.text.split())),) if node.text.strip() else ()
    people = node.items if isinstance(node, Listing) else ()
    read = (
        Name(**{part: " ".join(one.text(csl).split()) for part, csl in NAME_PARTS.items()})
        for one in people
        if isinstance(one, Fields)
    )
    return tuple(one for one in read if str(one))


def date_of(node: Node | None) -> Date:
    """Return the date in a field: as a site writes it, in CSL's forms, or in those of pandoc's YAML."""
    if isinstance(node, Scalar):
        return Date() if node.text in ("", UNDATED) else date_from_edtf(node.text)
    if isinstance(node, Listing):
        days = [one for one in node.items if isinstance(one, Fields)]
        written = [tuple(_numbers(one.text(part) for part in ("year", "month", "day"))) for one in days]
        first = days[0] if days else Fields((), (), 0, 0)
        literal = first.text("literal") or first.text("other")
        return Date(tuple(filter(None, written)), _season(first), _is_circa(first), literal)
    if not isinstance(node, Fields):
        return Date()
    listed = node.get("date-parts")
    parts = [
        tuple(_numbers(part.text for part in one.items if isinstance(part, Scalar)))
        for one in (listed.items if isinstance(listed, Listing) else ())
        if isinstance(one, Listing)
    ]
    if raw := node.text("raw"):
        return date_from_edtf(raw)
    return Date(tuple(filter(None, parts)), _season(node), _is_circa(node), node.text("literal"))


def date_from_edtf(words: str) -> Date:
    """Return the date that words say in EDTF: `1977`, `1977-08-02`, `1977-08/1978`, `1977~`; else the words."""
    found = [_EDTF.fullmatch(one) for one in words.strip().split("/")]
    days = [one for one in found if one and int(one[1]) > 0]
    if len(days) < len(found) or len(found) > 2:
        return Date(literal=" ".join(words.split()))
    parts = tuple(tuple(_numbers(one.group(1, 2, 3))) for one in days)
    season = parts[0][1] - _SEASONS if len(parts[0]) == 2 and parts[0][1] in range(21, 25) else 0
    if season:
        parts = ((parts[0][0],), *parts[1:])
    if not all(first_day(Date((one,)).first) for one in parts):
        return Date(literal=" ".join(words.split()))
    return Date(parts, season, any(one[4] for one in days))


def edtf_of(date: Date) -> str:
    """Return a date in EDTF, or its words where it has no other form."""
    if not date.parts:
        return date.literal
    if date.season:
        return f"{date.first[:4]}-{_SEASONS + date.season}" + ("~" if date.circa else "")
    return "/".join(Date((one,)).first + ("~" if date.circa else "") for one in date.parts)


def _numbers(texts: Iterable[str | None]) -> list[int]:
    """Return the whole numbers with which some texts begin; an empty text, or other words, end them."""
    found: list[int] = []
    for text in texts:
        if not text or not re.fullmatch(r"-?\d{1,9}", text.strip()) or (found and int(text) == 0):
            break
        found.append(int(text))
    return found


def _season(owner: Fields) -> int:
    text = owner.text("season")
    return int(text) if text in ("1", "2", "3", "4") else 0


def _is_circa(owner: Fields) -> bool:
    return owner.text("circa") not in ("", "false", "0")


def read_date(owner: Fields, name: str, context: FileContext) -> str:
    """Read a field that holds a date in any form; return its first year, month or day. A wrong one is a problem."""
    node = owner.get(name)
    if node is None or isinstance(node, Scalar):
        return owner.text(name)
    date = date_of(node)
    earliest, latest = schema("common")["$defs"]["date"]["years"]
    if date.parts and (first_day(date.first) is None or not earliest <= int(date.first[:4]) <= latest):
        hint = "write year, month and day as numbers: [[2025, 6, 16]]"
        finding = Finding("impossible-date", f"“{date.first}” is not a valid date", hint)
        start = _written(node)
        context.add_problem(finding, start.start, start.end)
        return ""
    return date.first


def _written(node: Node) -> Node:
    """Return the first list of numbers within a date, to which a problem points."""
    listed = node.get("date-parts") if isinstance(node, Fields) else node
    return listed.items[0] if isinstance(listed, Listing) and listed.items else node


def read_doi(typed: str) -> str:
    """Return a DOI without the address or the words before it; empty if it is none."""
    found = _DOI.search(typed)
    return found[0].rstrip(".,;") if found else ""


def work_id(owner: Fields) -> str:
    """Return the id of a source: its own, or its citation key where its own is a web address, as Zotero writes it."""
    typed, key = owner.text("id"), owner.text("citation-key")
    return make_source_id(key if key and (not typed or "://" in typed) else typed)
