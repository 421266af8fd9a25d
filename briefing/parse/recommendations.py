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

_WORDING_READ = ("full", "nearly-full")
"""How much of the official wording must have been read for a status that needs it."""


def read_recommendation(fields: Fields, context: FileContext) -> ParsedDetail:
    """Read the fields that only a recommendation has."""
    wording, statuses = fields.child("wording"), context.vocabulary.statuses
    said = _read_steps(fields, "said", statuses.response, context)
    done = _read_steps(fields, "done", statuses.delivery, context)
    judged = _read_steps(fields, "judged", statuses.judged, context)
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
        entries.append(_read_step(step, known, context))
        before[whose] = step.text("to") or before.get(whose, "")
        last = step.text("date") or last
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
    if date and date.text[: min(len(date.text), len(last))] < last[: min(len(date.text), len(last))]:
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
    if not step.get("sources") and not (to and to.needs == "nothing"):
        message = f"“{to.name}” needs a source, and this entry has none" if to else "“sources” is missing"
        yield given or step, Finding("missing-field", message, "add sources: with the source that shows it")
    if given and to and to.needs == "wording" and record.child("wording").text("read") not in _WORDING_READ:
        message = f"“{to.name}” can be said only by those who have read the official wording"
        hint = "read it, and write wording: {read: full, note: …}; until then, choose another status"
        yield given, Finding("status", message, hint)
