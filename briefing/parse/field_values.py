"""Readers for the values that fields of several kinds hold: texts, ids of records, citations, dated entries."""

from __future__ import annotations

from briefing.model.addresses import compose
from briefing.model.records import Dispute, Entry, ParsedDispute, ParsedEntry, Position
from briefing.model.text import CitedSource, ParsedProse, Picture, Ref
from briefing.parse.context import FileContext
from briefing.parse.markdown.citations import read_cited
from briefing.parse.markdown.convert import convert, convert_inline
from briefing.parse.yaml_tree import Fields
from briefing.problems import Finding
from briefing.text.plain_words import plain_words


def list_actors(context: FileContext) -> tuple[str, ...]:
    """Return the kinds of record that can say or do something."""
    return tuple(kind.name for kind in context.vocabulary.kinds if kind.acts)


def read_cites(fields: Fields, name: str, context: FileContext) -> tuple[CitedSource, ...]:
    """Read a field that lists sources."""
    return tuple(read_cited(scalar.text, scalar, context) for scalar in fields.scalars(name))


def read_refs(fields: Fields, name: str, context: FileContext, kinds: tuple[str, ...] = ()) -> tuple[Ref, ...]:
    """Read a field that lists ids of records: of these kinds, or of any."""
    return tuple(
        Ref(compose(scalar.text), context.span(scalar.start, scalar.end), kinds)
        for scalar in fields.scalars(name)
        if fields.get(name) is not scalar or not context.is_reported(scalar.start)
    )


def read_prose(fields: Fields, name: str, context: FileContext) -> ParsedProse:
    """Read a field with a text of one paragraph; an empty text if there is no such field."""
    scalar = fields.scalar(name)
    return convert_inline(scalar, context) if scalar else ParsedProse("")


def read_optional_prose(fields: Fields, name: str, context: FileContext) -> ParsedProse | None:
    """Read a field with a text of one paragraph; None if there is no such field."""
    return read_prose(fields, name, context) if fields.scalar(name) else None


def read_picture(fields: Fields, name: str, context: FileContext) -> ParsedProse | None:
    """Read a field that is one picture, written as in a text; None if there is no such field."""
    scalar = fields.scalar(name)
    if scalar is None:
        return None
    prose = convert(scalar.text, scalar.start, scalar.end, context).prose
    pictures = sum(isinstance(one, Picture) for one in prose.placeholders)
    if pictures == 1 and (prose.html.startswith("<figure>") or not plain_words(prose.html)):
        return prose
    hint = 'write it as in a text: picture: "![What it shows](file.jpg)"'
    context.add_problem(Finding("wrong-form", f"“{name}” must be one picture", hint), scalar.start, scalar.end)
    return None


def read_proses(fields: Fields, name: str, context: FileContext) -> tuple[ParsedProse, ...]:
    """Read a field that lists texts of one paragraph each."""
    return tuple(convert_inline(scalar, context) for scalar in fields.scalars(name))


def read_entries(fields: Fields, name: str, context: FileContext) -> tuple[ParsedEntry, ...]:
    """Read a field that lists dated entries."""
    return tuple(_read_entry(entry, context) for entry in fields.children(name))


def read_disputes(fields: Fields, name: str, context: FileContext) -> tuple[ParsedDispute, ...]:
    """Read a field that lists matters on which accounts differ."""
    return tuple(
        Dispute(
            dispute.text("about"),
            tuple(Position(one.text("holder"), _read_entry(one, context)) for one in dispute.children("positions")),
        )
        for dispute in fields.children(name)
    )


def _read_entry(fields: Fields, context: FileContext) -> ParsedEntry:
    before, context.record_cites = context.record_cites, True  # each entry names its own sources
    who = next(iter(read_refs(fields, "who", context, list_actors(context))), None)
    entry = Entry(fields.text("date"), read_prose(fields, "text", context), who, read_cites(fields, "sources", context))
    context.record_cites = before
    return entry
