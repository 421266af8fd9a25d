"""Readers for the fields that only single kinds of record have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from briefing.model.drawings import Amount, Point
from briefing.model.kinds import Kind
from briefing.model.records import (
    Actor,
    Event,
    Number,
    PageDetail,
    ParsedDetail,
    ParsedValue,
    Passage,
    ReadingPath,
    SourceDetail,
    Stop,
    StyleRule,
    Support,
    Term,
    Unknown,
    Value,
)
from briefing.parse.amounts import read_amount
from briefing.parse.context import FileContext
from briefing.parse.csl import read_date, read_doi, read_names
from briefing.parse.field_values import (
    list_actors,
    read_cites,
    read_disputes,
    read_entries,
    read_optional_prose,
    read_picture,
    read_prose,
    read_proses,
    read_refs,
)
from briefing.parse.recommendations import read_recommendation
from briefing.parse.yaml_tree import Fields, Listing, Scalar
from briefing.problems import Finding, shorten
from briefing.text.dates import is_later
from briefing.text.scales import place_dates, place_numbers
from briefing.text.telephone import dial
from briefing.text.web_addresses import doi_address

LONGEST_MEANING = 40
"""Words of a term's meaning at most; what needs more belongs in the term's text."""
_LONGEST_LABEL = 100
"""Characters of a source's short name, which is on each of its citations."""
_MAKERS = (
    "editor",
    "director",
    "interviewer",
    "composer",
    "performer",
    "script-writer",
    "host",
    "contributor",
    "chair",
)
"""Who stands for a source without publisher, author and container, in this order."""
WORDS_A_MINUTE = 230
"""Reading speed of adults for English non-fiction: 238 words a minute, rounded down (Brysbaert 2019)."""


def read_detail(kind: Kind, fields: Fields, context: FileContext) -> ParsedDetail:
    """Read the fields that only some kinds have; the body of the record must have been read before."""
    return _READERS.get(kind.name, _page if kind.own_file else _actor)(fields, context)


def _page(fields: Fields, context: FileContext) -> ParsedDetail:
    has_list = isinstance(fields.get("not_known"), Listing)
    return PageDetail(
        sensitivity=fields.text("sensitivity"),
        in_brief=read_proses(fields, "in_brief", context),
        not_known=read_refs(fields, "not_known", context, ("unknown",)) if has_list else (),
        disputed=read_disputes(fields, "disputed", context),
        none_unknown=fields.text("not_known"),
        minutes=max(1, round(context.words / WORDS_A_MINUTE)),
        needs_primary=fields.flag("needs_primary"),
        quiet=fields.flag("quiet"),
    )


def _actor(fields: Fields, context: FileContext) -> ParsedDetail:
    dates, picture = read_entries(fields, "dates", context), read_picture(fields, "picture", context)
    return Actor(dates, fields.text("url"), fields.text("region"), picture)


def _term(fields: Fields, context: FileContext) -> ParsedDetail:
    meaning = fields.scalar("meaning")
    if meaning and len(meaning.text.split()) > LONGEST_MEANING:
        message = f"the meaning has {len(meaning.text.split())} words; the limit is {LONGEST_MEANING}"
        hint = "make it shorter; put the rest into text:"
        context.add_problem(Finding("long-meaning", message, hint), meaning.start, meaning.end)
    return Term(
        read_prose(fields, "meaning", context),
        read_optional_prose(fields, "why", context),
        read_proses(fields, "not_same_as", context),
        read_optional_prose(fields, "official", context),
    )


def _event(fields: Fields, context: FileContext) -> ParsedDetail:
    for node, finding in _wrong_periods(fields):
        context.add_problem(finding, node.start, node.end)
    return Event(
        fields.text("date"),
        fields.text("date_words"),
        read_optional_prose(fields, "text", context),
        read_refs(fields, "who", context, list_actors(context)),
        read_refs(fields, "where", context, ("place",)),
        fields.flag("planned"),
        fields.text("until"),
        fields.text("time"),
        fields.text("until_time"),
        fields.flag("circa"),
    )


def _wrong_periods(fields: Fields) -> Iterator[tuple[Scalar, Finding]]:
    """Yield what contradicts itself in the time of an event."""
    date, until, time, until_time = (fields.scalar(name) for name in ("date", "until", "time", "until_time"))
    if date and until and not is_later(date.text, until.text):
        yield until, Finding("wrong-form", f"“until” is not after {date.text}", "exchange the two, or delete until")
    if time and date and len(date.text) < len("2025-06-16"):
        yield time, Finding("wrong-form", "a time belongs to a day, and “date” names none", "write the whole date")
    if until_time and not time:
        yield until_time, Finding("wrong-form", "“until_time” needs a “time” before it", "add time, or delete it")
    if until_time and time and not until and until_time.text <= time.text:
        yield (
            until_time,
            Finding("wrong-form", f"“until_time” is not after {time.text}", "write a later time, or add until"),
        )


def _number(fields: Fields, context: FileContext) -> ParsedDetail:
    history = tuple(
        Value(
            value.text("value"),
            value.text("as_of"),
            read_optional_prose(value, "note", context),
            read_cites(value, "source", context),
            _amount(value, context),
        )
        for value in fields.children("history")
    )
    return Number(
        fields.text("value"),
        read_prose(fields, "definition", context),
        fields.texts("avoid"),
        history,
        read_optional_prose(fields, "note", context),
        read_amount(fields.text("value")),
        _plot(history),
    )


def _plot(history: tuple[ParsedValue, ...]) -> tuple[Point, ...]:
    """Return the history of a figure as a plot, if at least two of its values are numbers."""
    found = [(one.value, one.as_of, one.amount) for one in history if one.amount]
    if len(found) < 2:
        return ()
    along = place_dates([date for _, date, _ in found])
    high, ground = place_numbers([amount.number for _, _, amount in found])
    placed = zip(along, high, found, strict=True)
    points = [Point(x, y, words, date, ground, amount.bound) for x, y, (words, date, amount) in placed]
    return tuple(sorted(points, key=lambda point: point.along))


def _amount(value: Fields, context: FileContext) -> Amount | None:
    typed = value.scalar("amount")
    amount = read_amount(typed.text) if typed else None
    if typed and amount is None:
        finding = Finding("wrong-form", f"“{typed.text}” is not a number", "write it alone: 1,273, 12.5 or 800+")
        context.add_problem(finding, typed.start, typed.end)
    return amount


def _unknown(fields: Fields, context: FileContext) -> ParsedDetail:
    return Unknown(
        read_prose(fields, "why", context),
        read_prose(fields, "who_could_answer", context),
        read_optional_prose(fields, "expected", context),
    )


def _source(fields: Fields, context: FileContext) -> ParsedDetail:
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
            passage.text("status"),
            passage.texts("said_by"),
            passage.text("words"),
        )
        for passage in fields.children("passages")
    )
    for locator in filter(None, (passage.scalar("locator") for passage in fields.children("passages"))):
        context.check_words(locator.text, fields.text("URL") or archived.text("url"), locator.start, locator.end)
    author, publisher = read_names(fields, "author"), fields.text("publisher")
    container = fields.text("container-title")
    by = publisher or author or container or next(filter(None, (read_names(fields, one) for one in _MAKERS)), "")
    doi = read_doi(fields.text("DOI"))
    label = fields.text("label") or by or fields.text("authority") or fields.text("title-short")
    return SourceDetail(
        type=fields.text("type"),
        author=author,
        publisher=publisher,
        label=shorten(label or fields.text("title"), _LONGEST_LABEL),
        issued=read_date(fields, "issued", context),
        tier=fields.text("tier"),
        url=(fields.text("URL") or doi_address(doi)) if link_ok else "",
        link_note=fields.text("link_note"),
        checked=fields.text("checked"),
        archived_url=archived.text("url"),
        archived_date=archived.text("date"),
        passages=passages,
        note=read_optional_prose(fields, "note", context),
        further_reading=fields.flag("further_reading"),
        container=container,
        volume=fields.text("volume"),
        issue=fields.text("issue"),
        pages=re.sub(r"(?<=\w)\s*--?\s*(?=\w)", "–", fields.text("page")),
        edition=fields.text("edition"),
        number=fields.text("number"),
        doi=doi,
        isbn=fields.text("ISBN"),
    )


def _support(fields: Fields, context: FileContext) -> ParsedDetail:
    return Support(
        fields.text("who_for"),
        fields.text("number"),
        dial(fields.text("number")),
        fields.text("url"),
        fields.text("hours"),
        fields.text("cost"),
        fields.flag("emergency"),
        fields.flag("emergency") or fields.flag("reports"),
        fields.text("checked"),
    )


def _style_rule(fields: Fields, context: FileContext) -> ParsedDetail:
    return StyleRule(fields.texts("avoid"), read_prose(fields, "prefer", context), read_prose(fields, "why", context))


def _reading_path(fields: Fields, context: FileContext) -> ParsedDetail:
    return ReadingPath(tuple(Stop(ref) for ref in read_refs(fields, "stops", context)))


_READERS: dict[str, Callable[[Fields, FileContext], ParsedDetail]] = {
    "term": _term,
    "event": _event,
    "recommendation": read_recommendation,
    "number": _number,
    "unknown": _unknown,
    "source": _source,
    "support": _support,
    "style-rule": _style_rule,
    "reading-path": _reading_path,
}
"""The reader of each kind with fields of its own; the others are read by `_page` or `_actor`."""
