"""What each kind of record has of its own, read from its fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from briefing.model.records import (
    Actor,
    Detail,
    Dispute,
    Entry,
    Event,
    Number,
    Passage,
    Position,
    ReadingPath,
    Recommendation,
    Stop,
    StyleRule,
    Support,
    Term,
    Unknown,
    Value,
    Work,
)
from briefing.model.text import Cited, Prose, Ref
from briefing.parse.chart import draw
from briefing.parse.context import Notes
from briefing.parse.markdown.convert import convert_inline, read_cited
from briefing.parse.yaml_tree import Fields, Listing, Scalar

_ACTORS = ("person", "organisation")
"""Kinds of record that can act."""
LONGEST_MEANING = 40
"""Words of a glossary definition; a longer one is an article."""


def read_cites(fields: Fields, name: str, notes: Notes) -> tuple[Cited, ...]:
    """Read a field that lists sources."""
    return tuple(read_cited(scalar.text, scalar, notes) for scalar in fields.scalars(name))


def read_refs(fields: Fields, name: str, notes: Notes, kinds: tuple[str, ...] = ()) -> tuple[Ref, ...]:
    """Read a field that names records by id, of some kinds where they are given."""
    return tuple(Ref(scalar.text, notes.spot(scalar.start, scalar.end), kinds) for scalar in fields.scalars(name))


def read_prose(fields: Fields, name: str, notes: Notes) -> Prose:
    """Read a field of running words, empty where there is none."""
    scalar = fields.scalar(name)
    return convert_inline(scalar, notes) if scalar else Prose("")


def maybe_prose(fields: Fields, name: str, notes: Notes) -> Prose | None:
    """Read a field of running words, None where there is none."""
    return read_prose(fields, name, notes) if fields.scalar(name) else None


def read_proses(fields: Fields, name: str, notes: Notes) -> tuple[Prose, ...]:
    """Read a list of running words."""
    return tuple(convert_inline(scalar, notes) for scalar in fields.scalars(name))


def _entries(fields: Fields, name: str, notes: Notes) -> tuple[Entry, ...]:
    return tuple(_entry(entry, notes) for entry in fields.children(name))


def _entry(fields: Fields, notes: Notes) -> Entry:
    before, notes.covered = notes.covered, True  # each entry names its own sources
    who = next(iter(read_refs(fields, "who", notes, _ACTORS)), None)
    entry = Entry(fields.text("date"), read_prose(fields, "text", notes), who, read_cites(fields, "sources", notes))
    notes.covered = before
    return entry


def read_disputes(fields: Fields, name: str, notes: Notes) -> tuple[Dispute, ...]:
    """Read a list of matters on which accounts differ."""
    return tuple(
        Dispute(
            dispute.text("about"),
            tuple(Position(one.text("holder"), _entry(one, notes)) for one in dispute.children("positions")),
        )
        for dispute in fields.children(name)
    )


def _actor(fields: Fields, notes: Notes) -> Actor:
    return Actor(_entries(fields, "dates", notes), fields.text("url"), fields.text("region"))


def _term(fields: Fields, notes: Notes) -> Term:
    meaning = fields.scalar("meaning")
    if meaning and len(meaning.text.split()) > LONGEST_MEANING:
        message = f"the meaning has {len(meaning.text.split())} words; {LONGEST_MEANING} is the most"
        hint = "say it shorter; what else there is to say goes into text"
        notes.problem("long-meaning", message, hint, meaning.start, meaning.end)
    return Term(
        read_prose(fields, "meaning", notes),
        maybe_prose(fields, "why", notes),
        read_proses(fields, "not_same_as", notes),
        maybe_prose(fields, "official", notes),
    )


def _event(fields: Fields, notes: Notes) -> Event:
    return Event(
        fields.text("date"),
        fields.text("date_words"),
        maybe_prose(fields, "text", notes),
        read_refs(fields, "who", notes, _ACTORS),
        read_refs(fields, "where", notes, ("place",)),
        fields.flag("planned"),
    )


def _recommendation(fields: Fields, notes: Notes) -> Recommendation:
    wording = fields.child("wording")
    return Recommendation(
        number=fields.integer("number"),
        asks=read_prose(fields, "asks", notes),
        read=wording.text("read"),
        note=maybe_prose(wording, "note", notes),
        state=fields.text("state"),
        said=_entries(fields, "said", notes),
        done=_entries(fields, "done", notes),
        judged=_entries(fields, "judged", notes),
    )


def _number(fields: Fields, notes: Notes) -> Number:
    history = tuple(
        Value(
            value.text("value"),
            value.text("as_of"),
            maybe_prose(value, "note", notes),
            read_cites(value, "source", notes),
            value.integer("amount"),
        )
        for value in fields.children("history")
    )
    return Number(
        fields.text("value"),
        read_prose(fields, "definition", notes),
        fields.texts("avoid"),
        history,
        maybe_prose(fields, "note", notes),
        draw(history),
    )


def _unknown(fields: Fields, notes: Notes) -> Unknown:
    return Unknown(
        read_prose(fields, "why", notes),
        read_prose(fields, "who_could_answer", notes),
        maybe_prose(fields, "expected", notes),
    )


def _work(fields: Fields, notes: Notes) -> Work:
    archived = fields.child("archived")
    link_ok = fields.text("link_ok") != "false"
    passages = tuple(
        Passage(
            passage.text("id"),
            passage.text("locator"),
            passage.text("says"),
            passage.text("checked"),
            passage.text("starts"),
            passage.text("ends"),
        )
        for passage in fields.children("passages")
    )
    publisher, author = fields.text("publisher"), _people(fields, "author")
    return Work(
        type=fields.text("type"),
        author=author,
        publisher=publisher,
        label=fields.text("label") or publisher or author,
        issued=_issued(fields, notes),
        tier=fields.text("tier"),
        url=fields.text("URL") if link_ok else "",
        link_note=fields.text("link_note"),
        checked=fields.text("checked"),
        archived_url=archived.text("url"),
        archived_date=archived.text("date"),
        passages=passages,
        note=maybe_prose(fields, "note", notes),
        further_reading=fields.flag("further_reading"),
    )


def _people(fields: Fields, name: str) -> str:
    """Write a CSL list of names as readers do: given name first."""
    people = fields.children(name)
    if not people:
        return fields.text(name)
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    return ", ".join(" ".join(filter(None, (person.text(part) for part in parts))) for person in people)


def _issued(fields: Fields, notes: Notes) -> str:
    """Write a CSL date as a year, a month or a day."""
    date_parts = fields.child("issued").get("date-parts")
    if not isinstance(date_parts, Listing):
        return fields.text("issued")
    first = date_parts.items[0]
    parts = [part.text for part in first.items if isinstance(part, Scalar)] if isinstance(first, Listing) else []
    written = "-".join(part.zfill(2) for part in parts)
    if not _is_date(written) and parts:
        hint = "write year, month and day as numbers: [[2025, 6, 16]]"
        notes.problem("impossible-date", f"“{written}” is no date of the calendar", hint, first.start, first.end)
        return ""
    return written


def _is_date(text: str) -> bool:
    """Say whether a year, a month or a day exists."""
    try:
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", text))


def _support(fields: Fields, notes: Notes) -> Support:
    return Support(
        fields.text("who_for"),
        fields.text("number"),
        fields.text("url"),
        fields.text("hours"),
        fields.text("cost"),
        fields.flag("emergency"),
        fields.text("checked"),
    )


def _style_rule(fields: Fields, notes: Notes) -> StyleRule:
    return StyleRule(fields.texts("avoid"), read_prose(fields, "prefer", notes), read_prose(fields, "why", notes))


def _reading_path(fields: Fields, notes: Notes) -> ReadingPath:
    return ReadingPath(tuple(Stop(ref) for ref in read_refs(fields, "stops", notes)))


DETAILS: dict[str, Callable[[Fields, Notes], Detail]] = {
    "person": _actor,
    "organisation": _actor,
    "place": _actor,
    "term": _term,
    "event": _event,
    "recommendation": _recommendation,
    "number": _number,
    "unknown": _unknown,
    "source": _work,
    "support": _support,
    "style-rule": _style_rule,
    "reading-path": _reading_path,
}
