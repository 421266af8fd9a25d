"""Works in CSL's names: what each field holds, and how works are made, cleaned and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache, lru_cache

from briefing.bibliography.nodes import listing, mapping, node_of, pairs, plain, read_json, scalar
from briefing.parse.csl import NAME_PARTS, UNDATED, Date, Name, date_of, edtf_of, names_of, read_doi
from briefing.parse.schemas import schema
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar
from briefing.problems import Finding, Problem, Span
from briefing.text.hidden import refuse_hidden
from briefing.values import dataclass

OWN = ("tier", "label", "imported")
"""Fields that an import writes and that are not CSL's."""
_ALIASES = {
    "event": "event-title",
    "journalabbreviation": "container-title-short",
    "shorttitle": "title-short",
    "archive-location": "archive_location",
    "archive-collection": "archive_collection",
    "citekey": "citation-key",
    "citation-key": "citation-key",
    "publisher-location": "publisher-place",
    "original-publication-date": "original-date",
    "date": "issued",
}
"""Other names of CSL's fields, as Zotero's Extra and older programs have them, in small letters with hyphens."""
_NO_DATE = ("n.d.", "nd", "n.d", "nodate", "undated", "s.d.", "o.j.", "n.y.")
"""How people write that a work has no date, without spaces."""
_EXTRA = re.compile(r"([A-Za-z][A-Za-z _-]{1,40}): ?(.*)")
"""A line of Zotero's field Extra, or of a note, that holds a field."""


def is_undated(words: str) -> bool:
    """Whether words say that a work has no date."""
    return words.casefold().replace(" ", "") in _NO_DATE


@dataclass(frozen=True, slots=True)
class Work:
    """One work that was read: its fields, and the line of the file where it starts."""

    fields: Fields
    line: int


class BrokenExport(Exception):
    """A file cannot be read; `finding` says why, and `line` where."""

    def __init__(self, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        self.finding, self.line, self.column = Finding("broken-export", message, hint), line, column
        super().__init__(message)

    def at(self, path: str) -> Problem:
        """Return the problem at its place."""
        return self.finding.at(path, Span(self.line, self.column))


@cache
def _sorts() -> dict[str, str]:
    """Return every field that CSL knows, with what it holds: words, people, csl-date or url."""
    found = {"type": "words", "title": "words", "publisher": "words", "note": "words", "id": "words"}
    for name, shape in schema("source")["properties"].items():
        kind = str(shape.get("$ref", "")).rpartition("/")[2]
        if kind in ("people", "csl-date", "csl-words") or name == "URL":
            found[name] = kind.removeprefix("csl-")
    return found


@cache
def names(kind: str) -> tuple[str, ...]:
    """Return the names of all fields of a kind: `people`, `date` or `words`."""
    return tuple(name for name, one in _sorts().items() if one == kind)


def is_csl(name: str) -> bool:
    """Whether a field is CSL's and a site can keep it under its own name."""
    return name in _sorts() and name != "note"


@lru_cache(maxsize=1024)
def csl_name(typed: str) -> str:
    """Return CSL's name of a field, however it is written: `Original Date` is original-date; empty if it is none."""
    name = re.sub(r"[ _]", "-", typed.strip()).casefold()
    return _ALIASES.get(name) or _by_name().get(name, "")


@cache
def _by_name() -> dict[str, str]:
    return {one.replace("_", "-").casefold(): one for one in _sorts()}


def people(these: Iterable[Name]) -> Node:
    """Return names in CSL's form."""
    return listing(
        mapping((csl, scalar(value)) for part, csl in NAME_PARTS.items() if (value := getattr(one, part)))
        for one in these
    )


def date_node(date: Date) -> Node:
    """Return a date as a site writes it, in CSL's form if it is not one day, month or year."""
    if date.is_plain:
        return scalar(date.first)
    parts = listing(listing(scalar(str(part)) for part in one) for one in date.parts)
    return mapping(
        [
            *([("date-parts", parts)] if date.parts else []),
            *([("season", scalar(str(date.season)))] if date.season else []),
            *([("circa", scalar("true"))] if date.circa else []),
            *([("literal", scalar(date.literal))] if date.literal else []),
        ]
    )


def date_parts(date: Date) -> dict[str, object]:
    """Return a date as CSL-JSON has it, with numbers; empty if nothing is known."""
    known: dict[str, object] = {"date-parts": [list(one) for one in date.parts]} if date.parts else {}
    known |= {"season": date.season} if date.season else {}
    known |= {"circa": True} if date.circa else {}
    return known | ({"literal": date.literal} if date.literal else {})


def clean(words: str) -> str:
    """Return words in one line, without characters that nobody sees and without HTML tags, as Zotero writes them."""
    bare = re.sub(r"</?(?:i|b|em|strong|sup|sub|span|sc|p|br|jats:\w+)\b[^<>]*>", "", words)
    return " ".join(refuse_hidden("".join(one if one.isprintable() else " " for one in bare))[0].split())


def settle(read: Iterable[tuple[str, Node]]) -> Fields:
    """Return the fields of a work as a site keeps them.

    Aliases get CSL's names, dates and names one form each. Lines such as `PMID: 1` of a note become fields, as in
    Zotero's Extra. What CSL does not know, a second value of a field, and a value that cannot be read are kept under
    `imported`, as words.
    """
    known: dict[str, Node] = {}
    other: dict[str, Node] = {}
    for name, value in read:
        if name == "note" and isinstance(value, Scalar):
            _read_note(value.text, known, other)
        elif name in OWN:
            other |= dict(pairs(value)) if name == "imported" and isinstance(value, Fields) else {}
            known |= {} if name == "imported" else {name: value}
        else:
            csl = csl_name(name)
            settled = _settled(csl, value) if csl else None
            if settled is None or (not is_same(csl, known.setdefault(csl, settled), settled) and csl != "type"):
                _keep(other, name, value)
    kind = known.get("type")
    if not isinstance(kind, Scalar) or kind.text not in schema("source")["properties"]["type"]["enum"]:
        known["type"] = scalar("document")
        if isinstance(kind, Scalar):
            _keep(other, "type", kind)
    order = {name: place for place, name in enumerate(schema("source")["properties"])}
    kept = sorted(known.items(), key=lambda one: order.get(one[0], len(order)))
    return mapping([*kept, *([("imported", mapping(other.items()))] if other else [])])


def _read_note(text: str, known: dict[str, Node], other: dict[str, Node]) -> None:
    """Read the lines of a note: fields of CSL and of Better BibTeX become fields, the rest stays a note."""
    rest = []
    makers: dict[str, list[Name]] = {}
    for line in text.replace("\\n", "\n").split("\n"):
        found = _EXTRA.fullmatch(line.strip())
        name = csl_name(found[1]) if found else ""
        if not found or not name or name in ("note", "id"):
            rest.append(line)
        elif name in names("people"):
            makers.setdefault(name, list(names_of(known.get(name)))).append(_typed_name(found[2]))
        elif name == "type":
            known["type"] = scalar(found[2].strip())
        elif (value := _settled(name, scalar(found[2]))) is not None:
            known.setdefault(name, value)
    known |= {name: people(found_names) for name, found_names in makers.items()}
    _keep(other, "note", scalar("\n".join(rest)))


def _typed_name(text: str) -> Name:
    """Return a name as Zotero's Extra has it: `Reed || Ada`, or a body; further parts are CSL's own."""
    parts = [part.strip() for part in text.split("||")]
    if len(parts) == 1:
        return Name(literal=parts[0])
    given = dict(zip(("family", "given", "dropping", "non_dropping", "suffix", "literal"), parts, strict=False))
    return Name(**given)


def write_name(name: Name) -> str:
    """Write a name as a line of Zotero's Extra."""
    if name == Name(literal=name.literal):
        return name.literal
    parts = [name.family, name.given, name.dropping, name.non_dropping, name.suffix, name.literal]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    return " || ".join(parts)


def note_lines(name: str, value: Node) -> Iterator[tuple[str, str]]:
    """Yield the lines of Zotero's Extra that say a field."""
    if name in names("people"):
        yield from ((name, write_name(one)) for one in names_of(value))
    elif name in names("date"):
        date = date_of(value)
        if date == Date():
            yield name, UNDATED
        else:
            whole = date.parts and date.literal
            yield name, json.dumps(plain(date_node(date)), ensure_ascii=False) if whole else edtf_of(date)
    elif isinstance(value, Scalar):
        yield name, " ".join(value.text.split())


def _settled(name: str, value: Node) -> Node | None:
    """Return a field in the one form that a site keeps; None if nothing is in it."""
    kind = _sorts().get(name, "")
    if kind == "people":
        found = tuple(
            Name(**{one.name: clean(getattr(each, one.name)) for one in fields(Name)}) for each in names_of(value)
        )
        found = tuple(Name(literal=one.family) if one == Name(family=one.family) else one for one in found)
        return people(found) if found else None
    if kind == "date":
        if isinstance(value, Scalar) and value.text == UNDATED:
            return value
        date = date_of(_from_json(value.text) if isinstance(value, Scalar) and value.text.startswith("{") else value)
        date = Date(date.parts, date.season, date.circa, clean(date.literal))
        if is_undated(date.literal):
            return scalar(UNDATED)
        return date_node(date) if date != Date() else None
    if not isinstance(value, Scalar):
        words = (
            "; ".join(one.text for one in value.items if isinstance(one, Scalar)) if isinstance(value, Listing) else ""
        )
        return scalar(clean(words)) if words else None
    text = clean(value.text)
    if name == "DOI":
        text = read_doi(text) or text
    return scalar(text) if text else None


def _from_json(text: str) -> Node:
    try:
        return node_of(read_json(text))
    except (ValueError, RecursionError):
        return scalar(text)


def _keep(other: dict[str, Node], name: str, value: Node) -> None:
    """Keep what no field can hold, as words, beside what is kept under the same name."""
    if not _has_words(value):
        return
    text = value.text if isinstance(value, Scalar) else json.dumps(plain(value), ensure_ascii=False)
    lines = [line for line in map(clean, text.split("\n")) if line]
    if lines and (name := clean(name)[:60]):
        before = other.get(name)
        held = before.items if isinstance(before, Listing) else (before,) if before else ()
        all_of_it = list({write_words(one).text: None for one in (*held, *map(scalar, lines))})
        other[name] = scalar(all_of_it[0]) if len(all_of_it) == 1 else listing(map(scalar, all_of_it))


def _has_words(value: Node) -> bool:
    """Whether anything is in a value."""
    if isinstance(value, Scalar):
        return bool(value.text.strip())
    return any(map(_has_words, value.items if isinstance(value, Listing) else value.values))


def write_words(node: Node | None) -> Scalar:
    """Return a value as words: names as readers write them, dates in EDTF, the rest as JSON."""
    if isinstance(node, Scalar) or node is None:
        return node or scalar("")
    if found := names_of(node):
        return scalar(", ".join(map(str, found)))
    return scalar(edtf_of(date_of(node)) or json.dumps(plain(node), ensure_ascii=False))


def is_same(name: str, one: Node | None, other: Node | None) -> bool:
    """Whether two values of a field say the same, in whatever form they are written."""
    kind = _sorts().get(name, "")
    if kind == "people":
        return [str(each) for each in names_of(one)] == [str(each) for each in names_of(other)]
    if kind == "date":
        return date_of(one) == date_of(other)
    return _folded(one) == _folded(other)


def _folded(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    return "" if node is None else json.dumps(plain(node), sort_keys=True)
