"""Reads a recommendation: what was said, done and judged, the statuses that follow, its owners and its due dates."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model.records import Entry, ParsedDetail, ParsedEntry, Recommendation
from briefing.model.vocabulary import Status
from briefing.parse.context import FileContext
from briefing.parse.field_values import (
    list_actors,
    read_cites,
    read_entries,
    read_optional_prose,
    read_prose,
    read_refs,
)
from briefing.parse.yaml_tree import Fields, Node
from briefing.problems import Finding
from briefing.text.dates import first_day, is_before

_WORDING_READ = ("full", "nearly-full")
"""How much of the official wording must have been read for a status that needs it."""


def read_recommendation(fields: Fields, context: FileContext) -> ParsedDetail:
    """Read the fields that only a recommendation has."""
    wording, statuses = fields.child("wording"), context.vocabulary.statuses
    said = _read_steps(fields, "said", statuses.response, context)
    done = _read_steps(fields, "done", statuses.delivery, context)
    judged = _read_steps(fields, "judged", statuses.judged, context)
    as_of, entries = fields.scalar("as_of"), (*said, *done, *judged)
    newest = max((one.date for one in entries if one.sources and first_day(one.date)), default="")
    if as_of and first_day(as_of.text) and is_before(as_of.text, newest):
        message = f"readers see this as of {as_of.text}, and it has an entry of {newest}"
        hint = "write the day on which you last looked at all of it"
        context.add_problem(Finding("outdated", message, hint), as_of.start, as_of.end)
    response, delivery = _newest(said, statuses.response), _newest(done, statuses.delivery)
    now = ((statuses.response, response), (statuses.delivery, delivery))
    return Recommendation(
        number=fields.text("number"),
        asks=read_prose(fields, "asks", context),
        read=wording.text("read"),
        note=read_optional_prose(wording, "note", context),
        response=response,
        delivery=delivery,
        verdict=_newest(judged, statuses.judged),
        said=said,
        done=done,
        judged=judged,
        owner=read_refs(fields, "owner", context, list_actors(context)),
        due=read_entries(fields, "due", context),
        settled=any(status.ends and status.name == name for known, name in now for status in known),
    )


def _newest(entries: tuple[ParsedEntry, ...], statuses: tuple[Status, ...]) -> str:
    """Return the status of the last entry that has one, else the first status that needs nothing."""
    given = [entry.to for entry in entries if entry.to]
    return given[-1] if given else next((one.name for one in statuses if one.needs == "nothing"), "")


def _read_steps(
    fields: Fields, name: str, statuses: tuple[Status, ...], context: FileContext
) -> tuple[ParsedEntry, ...]:
    """Read the entries of one list, each with the status before it; report what contradicts the entries above it.

    What different bodies judged are different histories: a body can only change its own judgement.
    """
    entries: list[ParsedEntry] = []
    before: dict[str, str] = {}
    last = ""
    for step in fields.children(name):
        whose = step.text("who") if name == "judged" else ""
        known = before.get(whose, "")
        for node, finding in _wrong(fields, step, last, known or _newest((), statuses), statuses):
            context.add_problem(finding, node.start, node.end)
        if (to := step.scalar("to")) and to.text == known:
            message = f"the status before this entry is “{known}” already, so it changes nothing"
            context.add_problem(Finding("repeated", message, "delete to, or correct it"), to.start, to.end)
        entries.append(_read_step(step, known, context))
        before[whose] = step.text("to") or before.get(whose, "")
        last = step.text("date") if first_day(step.text("date")) else last
    return tuple(entries)


def _read_step(step: Fields, before: str, context: FileContext) -> ParsedEntry:
    cites_before = context.record_cites
    context.record_cites = cites_before or bool(step.get("sources"))  # an entry with sources names its own
    to = step.text("to")
    entry = Entry(
        step.text("date"),
        read_prose(step, "text", context),
        next(iter(read_refs(step, "who", context, list_actors(context))), None),
        read_cites(step, "sources", context),
        to,
        before if to else "",
    )
    context.record_cites = cites_before
    return entry


def _wrong(
    record: Fields, step: Fields, last: str, before: str, statuses: tuple[Status, ...]
) -> Iterator[tuple[Node, Finding]]:
    """Yield what is wrong with one entry, given the date of the entry above it and the status that it left."""
    date, given, start = step.scalar("date"), step.scalar("to"), step.scalar("from")
    to = next((status for status in statuses if given and status.name == given.text), None)
    if date and first_day(date.text) and is_before(date.text, last):
        hint = "put what happened first at the top, or correct the date"
        yield date, Finding("status", f"{date.text} is before {last}, the date of the entry above", hint)
    if start and not given:
        yield (
            start,
            Finding("status", "“from” without “to” changes nothing", "add to: with the new status, or delete it"),
        )
    elif start and before and start.text != before:
        hint = f"write {before}, correct the entry above, or delete from"
        yield start, Finding("status", f"the status before this entry is “{before}”", hint)
    if not step.get("sources") and not (to and to.needs == "nothing") and (statuses or not given):
        message = f"“{to.name}” needs a source, and this entry has none" if to else "“sources” is missing"
        yield given or step, Finding("missing-field", message, "add sources: with the source that shows it")
    if given and to and to.needs == "wording" and record.child("wording").text("read") not in _WORDING_READ:
        message = f"“{to.name}” can be said only by those who have read the official wording"
        hint = "read it, and write wording: {read: full, note: …}; until then, choose another status"
        yield given, Finding("status", message, hint)
