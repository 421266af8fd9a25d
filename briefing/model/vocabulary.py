"""What a site defines in words of its own: kinds, own fields, statuses of recommendations, tiers of sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.model.kinds import KINDS, Kind

Shape = Literal["full", "most", "half", "started", "empty", "barred", "diamond", "cross"]
"""The shape that is shown with a status, so that nobody depends on words or colour alone."""
SHAPES: tuple[Shape, ...] = ("full", "most", "half", "started", "empty", "barred", "diamond", "cross")


@dataclass(frozen=True, slots=True)
class Status:
    """A status that a recommendation can have: how it is written, and how readers see it."""

    name: str
    label: str
    counted: str
    """The label within a sentence, after a number."""
    shape: Shape
    meaning: str = ""


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


STATUSES = (
    Status("done", "Done", "done", "full", "All that it asks for can be shown to have been done."),
    Status(
        "part-done", "Partly done", "partly done", "most", "Part of what it asks for can be shown to have been done."
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
    Status(
        "no-evidence",
        "No evidence found",
        "with no evidence of delivery found",
        "empty",
        "Its wording and the record were read, and nothing shows that anything was done.",
    ),
    Status(
        "not-assessed",
        "Not assessed",
        "not assessed, because too little was read",
        "barred",
        "Too little of its wording or of the record was read to say.",
    ),
    Status("disputed", "Disputed", "disputed", "diamond", "Those who looked at it do not agree."),
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
    statuses: tuple[Status, ...] = STATUSES
    tiers: tuple[Tier, ...] = TIERS
    field_rules: tuple[FieldRules, ...] = ()
    templates: tuple[str, ...] = ()
    """The templates of the site that replace none of ours."""
    language: str = "en"
    """The language of the site."""
    knows_kinds: bool = True
    """Whether the file with the kinds of the site has no problem. Otherwise files may belong to a kind in it."""


OURS = Vocabulary()
"""The vocabulary of a site that defines nothing."""
