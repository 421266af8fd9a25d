"""What each kind of record has of its own, read from its fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from briefing.model.kinds import KINDS
from briefing.model.records import (
    Actor,
    Dispute,
    Entry,
    Event,
    Number,
    ParsedDetail,
    ParsedDispute,
    ParsedEntry,
    Passage,
    Position,
    ReadingPath,
    Recommendation,
    SourceDetail,
    Stop,
    StyleRule,
    Support,
    Term,
    Unknown,
    Value,
)
from briefing.model.text import CitedSource, ParsedProse, Ref
from briefing.parse.chart import place_points
from briefing.parse.context import FileContext
from briefing.parse.markdown.convert import convert_inline, read_cited
from briefing.parse.yaml_tree import Fields, Listing, Scalar
from briefing.problems import Finding

_ACTORS = tuple(kind.name for kind in KINDS if kind.acts)
"""Kinds of record that can act."""
LONGEST_MEANING = 40
"""Words of a glossary definition; a longer one is an article."""


def read_cites(fields: Fields, name: str, context: FileContext) -> tuple[CitedSource, ...]:
    """Read a field that lists sources."""
    return tuple(read_cited(scalar.text, scalar, context) for scalar in fields.scalars(name))


def read_refs(fields: Fields, name: str, context: FileContext, kinds: tuple[str, ...] = ()) -> tuple[Ref, ...]:
    """Read a field that names records by id, of some kinds where they are given."""
    return tuple(Ref(scalar.text, context.span(scalar.start, scalar.end), kinds) for scalar in fields.scalars(name))


def read_prose(fields: Fields, name: str, context: FileContext) -> ParsedProse:
    """Read a field of running words, empty where there is none."""
    scalar = fields.scalar(name)
    return convert_inline(scalar, context) if scalar else ParsedProse("")


def maybe_prose(fields: Fields, name: str, context: FileContext) -> ParsedProse | None:
    """Read a field of running words, None where there is none."""
    return read_prose(fields, name, context) if fields.scalar(name) else None


def read_proses(fields: Fields, name: str, context: FileContext) -> tuple[ParsedProse, ...]:
    """Read a list of running words."""
    return tuple(convert_inline(scalar, context) for scalar in fields.scalars(name))


def _entries(fields: Fields, name: str, context: FileContext) -> tuple[ParsedEntry, ...]:
    return tuple(_entry(entry, context) for entry in fields.children(name))


def _entry(fields: Fields, context: FileContext) -> ParsedEntry:
    before, context.record_cites = context.record_cites, True  # each entry names its own sources
    who = next(iter(read_refs(fields, "who", context, _ACTORS)), None)
    entry = Entry(fields.text("date"), read_prose(fields, "text", context), who, read_cites(fields, "sources", context))
    context.record_cites = before
    return entry


def read_disputes(fields: Fields, name: str, context: FileContext) -> tuple[ParsedDispute, ...]:
    """Read a list of matters on which accounts differ."""
    return tuple(
        Dispute(
            dispute.text("about"),
            tuple(Position(one.text("holder"), _entry(one, context)) for one in dispute.children("positions")),
        )
        for dispute in fields.children(name)
    )


def _actor(fields: Fields, context: FileContext) -> ParsedDetail:
    return Actor(_entries(fields, "dates", context), fields.text("url"), fields.text("region"))


def _term(fields: Fields, context: FileContext) -> ParsedDetail:
    meaning = fields.scalar("meaning")
    if meaning and len(meaning.text.split()) > LONGEST_MEANING:
        message = f"the meaning has {len(meaning.text.split())} words; the limit is {LONGEST_MEANING}"
        hint = "make it shorter; put the rest into text:"
        context.add_problem(Finding("long-meaning", message, hint), meaning.start, meaning.end)
    return Term(
        read_prose(fields, "meaning", context),
        maybe_prose(fields, "why", context),
        read_proses(fields, "not_same_as", context),
        maybe_prose(fields, "official", context),
    )


def _event(fields: Fields, context: FileContext) -> ParsedDetail:
    return Event(
        fields.text("date"),
        fields.text("date_words"),
        maybe_prose(fields, "text", context),
        read_refs(fields, "who", context, _ACTORS),
        read_refs(fields, "where", context, ("place",)),
        fields.flag("planned"),
    )


def _recommendation(fields: Fields, context: FileContext) -> ParsedDetail:
    wording = fields.child("wording")
    return Recommendation(
        number=fields.integer("number"),
        asks=read_prose(fields, "asks", context),
        read=wording.text("read"),
        note=maybe_prose(wording, "note", context),
        state=fields.text("state"),
        said=_entries(fields, "said", context),
        done=_entries(fields, "done", context),
        judged=_entries(fields, "judged", context),
    )


def _number(fields: Fields, context: FileContext) -> ParsedDetail:
    history = tuple(
        Value(
            value.text("value"),
            value.text("as_of"),
            maybe_prose(value, "note", context),
            read_cites(value, "source", context),
            value.integer("amount"),
        )
        for value in fields.children("history")
    )
    return Number(
        fields.text("value"),
        read_prose(fields, "definition", context),
        fields.texts("avoid"),
        history,
        maybe_prose(fields, "note", context),
        place_points(history),
    )


def _unknown(fields: Fields, context: FileContext) -> ParsedDetail:
    return Unknown(
        read_prose(fields, "why", context),
        read_prose(fields, "who_could_answer", context),
        maybe_prose(fields, "expected", context),
    )


def _work(fields: Fields, context: FileContext) -> ParsedDetail:
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
    return SourceDetail(
        type=fields.text("type"),
        author=author,
        publisher=publisher,
        label=fields.text("label") or publisher or author,
        issued=_issued(fields, context),
        tier=fields.text("tier"),
        url=fields.text("URL") if link_ok else "",
        link_note=fields.text("link_note"),
        checked=fields.text("checked"),
        archived_url=archived.text("url"),
        archived_date=archived.text("date"),
        passages=passages,
        note=maybe_prose(fields, "note", context),
        further_reading=fields.flag("further_reading"),
    )


def _people(fields: Fields, name: str) -> str:
    """Write a CSL list of names as readers do: given name first."""
    people = fields.children(name)
    if not people:
        return fields.text(name)
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")
    return ", ".join(" ".join(filter(None, (person.text(part) for part in parts))) for person in people)


def _issued(fields: Fields, context: FileContext) -> str:
    """Write a CSL date as a year, a month or a day."""
    date_parts = fields.child("issued").get("date-parts")
    if not isinstance(date_parts, Listing):
        return fields.text("issued")
    first = date_parts.items[0]
    parts = [part.text for part in first.items if isinstance(part, Scalar)] if isinstance(first, Listing) else []
    written = "-".join(part.zfill(2) for part in parts)
    if not _is_date(written) and parts:
        hint = "write year, month and day as numbers: [[2025, 6, 16]]"
        finding = Finding("impossible-date", f"“{written}” is not a valid date", hint)
        context.add_problem(finding, first.start, first.end)
        return ""
    return written


def _is_date(text: str) -> bool:
    """Say whether a year, a month or a day exists."""
    try:
        date.fromisoformat(text + "0001-01-01"[len(text) :])
    except ValueError:
        return False
    return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", text))


def _support(fields: Fields, context: FileContext) -> ParsedDetail:
    return Support(
        fields.text("who_for"),
        fields.text("number"),
        fields.text("url"),
        fields.text("hours"),
        fields.text("cost"),
        fields.flag("emergency"),
        fields.text("checked"),
    )


def _style_rule(fields: Fields, context: FileContext) -> ParsedDetail:
    return StyleRule(fields.texts("avoid"), read_prose(fields, "prefer", context), read_prose(fields, "why", context))


def _reading_path(fields: Fields, context: FileContext) -> ParsedDetail:
    return ReadingPath(tuple(Stop(ref) for ref in read_refs(fields, "stops", context)))


def read_detail(kind: str, fields: Fields, context: FileContext) -> ParsedDetail:
    """Read what a record has besides the fields that all kinds share."""
    return _READERS.get(kind, _actor)(fields, context)


_READERS: dict[str, Callable[[Fields, FileContext], ParsedDetail]] = {
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
"""The reader of each kind that has fields of its own; the others may have dates, a web address and a region."""
