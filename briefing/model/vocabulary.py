"""What a site defines in words of its own: kinds, own fields, statuses of recommendations, tiers of sources."""

from __future__ import annotations

from typing import Literal

from briefing.model.kinds import KINDS, Kind
from briefing.values import dataclass

Shape = Literal["full", "most", "half", "started", "dot", "empty", "barred", "diamond", "cross"]
"""The shape that is shown with a status, so that nobody depends on words or colour alone."""
SHAPES: tuple[Shape, ...] = ("full", "most", "half", "started", "dot", "empty", "barred", "diamond", "cross")
Needs = Literal["source", "wording", "nothing"]
"""What a record must show before it can have a status: a source, the official wording as well, or nothing."""
NEEDS: tuple[Needs, ...] = ("source", "wording", "nothing")
Axis = Literal["response", "delivery", "judged"]
"""A question about a recommendation that has statuses of its own."""
AXES: tuple[Axis, ...] = ("response", "delivery", "judged")
WORDING_READ = {
    "full": "All of the official wording was read.",
    "nearly-full": "Nearly all of the official wording was read.",
    "summary": "Only a summary of the official wording was read.",
    "topic": "Only the subject of the official wording is known to us.",
    "none": "The official wording was not found.",
}
"""What a page says of how much of the wording of a recommendation was read."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status that a recommendation can have: how it is written, and how readers see it."""

    name: str
    label: str
    counted: str
    """The label within a sentence, after a number."""
    shape: Shape
    meaning: str = ""
    needs: Needs = "source"
    ends: bool = False
    """Whether nothing more is expected after it, so that a due date no longer matters."""


@dataclass(frozen=True, slots=True)
class Statuses:
    """The statuses of a recommendation, for each of three questions that are never mixed.

    `response`: what those responsible answered. `delivery`: what can be shown to have been done. `judged`: what others
    found. The first status of each that needs nothing is that of a recommendation without a step.
    """

    response: tuple[Status, ...]
    delivery: tuple[Status, ...]
    judged: tuple[Status, ...]


def statuses_of(statuses: Statuses, axis: Axis) -> tuple[Status, ...]:
    """Return the statuses of one question."""
    return {"response": statuses.response, "delivery": statuses.delivery, "judged": statuses.judged}[axis]


@dataclass(frozen=True, slots=True)
class Tier:
    """How close a source is to the facts: how it is written, and what readers see for one source and for several."""

    name: str
    label: str
    plural: str


@dataclass(frozen=True, slots=True)
class FieldRules:
    """What the field `extra` of the records of one kind may hold: a JSON Schema, as text."""

    kind: str
    schema: str


STATUSES = Statuses(
    response=(
        Status("accepted", "Accepted", "accepted", "full", "Those responsible said that they will do it."),
        Status(
            "in-part", "Accepted in part", "accepted in part", "half", "They said that they will do only part of it."
        ),
        Status(
            "in-principle",
            "Accepted in principle",
            "accepted in principle",
            "started",
            "They agreed with its aim, and did not promise to do what it asks for.",
        ),
        Status("rejected", "Rejected", "rejected", "cross", "They said that they will not do it.", ends=True),
        Status(
            "no-response", "No response found", "with no response found", "barred", "No answer was found.", "nothing"
        ),
    ),
    delivery=(
        Status("done", "Done", "done", "full", "All that it asks for can be shown to have been done.", ends=True),
        Status(
            "part-done",
            "Partly done",
            "partly done",
            "most",
            "Part of what it asks for can be shown to have been done.",
        ),
        Status(
            "enacted",
            "Law passed, start not confirmed",
            "passed into law with no confirmed start",
            "half",
            "A law was passed. It is not confirmed that it is in force.",
        ),
        Status(
            "under-way",
            "Under way",
            "under way",
            "started",
            "Steps towards it were announced or taken. No part of it can be shown to be done.",
        ),
        Status("not-started", "Not started", "not started", "dot", "A source says that work on it has not started."),
        Status(
            "no-evidence",
            "No evidence found",
            "with no evidence of delivery found",
            "empty",
            "Its wording and the record were read, and nothing shows that anything was done.",
            "wording",
        ),
        Status(
            "not-assessed",
            "Not assessed",
            "not assessed, because too little was read",
            "barred",
            "Too little of its wording or of the record was read to say.",
            "nothing",
        ),
        Status("disputed", "Disputed", "disputed", "diamond", "Those who looked at it do not agree."),
        Status("stopped", "Stopped", "stopped", "cross", "Work on it was started and given up.", ends=True),
    ),
    judged=(
        Status("met", "Found to be met", "found to be met", "full", "Somebody else looked, and found all of it done."),
        Status(
            "partly-met",
            "Found to be partly met",
            "found to be partly met",
            "half",
            "Somebody else looked, and found part of it done.",
        ),
        Status(
            "not-met",
            "Found not to be met",
            "found not to be met",
            "empty",
            "Somebody else looked, and found it not done.",
        ),
        Status(
            "not-judged",
            "Not judged as a whole",
            "not judged as a whole",
            "barred",
            "No judgement of the whole recommendation was found.",
            "nothing",
        ),
    ),
)
"""The statuses of a site that defines none."""
TIERS = (
    Tier("primary", "Primary source", "Primary sources"),
    Tier("official", "Official source", "Official sources"),
    Tier("research", "Research", "Research"),
    Tier("legal", "Legal commentary", "Legal commentary"),
    Tier("news", "News", "News"),
    Tier("comment", "Comment", "Comment"),
)
"""The tiers of a site that defines none, those closest to the facts first."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that a site defines in words of its own, with ours where it defines nothing."""

    kinds: tuple[Kind, ...] = KINDS
    statuses: Statuses = STATUSES
    tiers: tuple[Tier, ...] = TIERS
    field_rules: tuple[FieldRules, ...] = ()
    templates: tuple[str, ...] = ()
    """The templates of the site that replace none of ours."""
    language: str = "en"
    """The language of the site."""
    numbered_names: tuple[str, ...] = ()
    """Words of names that have a number, such as Studio 3, whose number is no amount."""
    knows_kinds: bool = True
    """Whether the file with the kinds of the site has no problem. Otherwise files may belong to a kind in it."""


OURS = Vocabulary()
"""The vocabulary of a site that defines nothing."""
