"""The corpus: briefs of about 750 words, the same for every generator.

Each has six sections, five links to others, a table, a list, a quotation and two notes. The words are made by a fixed
rule, so that every run gets the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable

_WORDS = [
    "library",
    "hours",
    "reader",
    "shelf",
    "council",
    "minute",
    "evening",
    "survey",
    "answer",
    "paper",
    "table",
    "window",
    "river",
    "morning",
    "garden",
    "letter",
    "record",
    "figure",
    "number",
    "street",
    "market",
    "bridge",
    "summer",
    "winter",
    "notice",
    "member",
    "meeting",
    "budget",
    "repair",
    "visit",
    "children",
    "story",
]
SECTIONS = ("Beginning", "Hours", "People", "Money", "Building", "Outlook")
DAY = "2026-01-10"
"""The date of every brief."""
MORE = {
    "plain": "",
    "citations": "The hall holds 100 people [@minutes, p. 3]. It was paid for by the council [@minutes, p. 4].\n\n"
    * 20,
    "links": "See [[brief-00001]] and [[brief-00002]], then [[brief-00003]] before [[brief-00004]].\n\n" * 20,
}
"""What is added to each text of ours, for texts of three kinds: plain ones, and ones with many citations or links."""
SOURCE = """- {id: minutes, type: report, title: Minutes, issued: 2025, tier: primary, publisher: Council, URL: "https://council.example/"}
"""
"""The source that the citations name."""
Link = Callable[[int], str]
"""Writes a link to the brief of a number."""


def sentences(source: random.Random, count: int) -> str:
    """Return some sentences of made-up prose."""
    made = []
    for _ in range(count):
        words = [source.choice(_WORDS) for _ in range(source.randint(9, 15))]
        made.append(" ".join(words).capitalize() + ".")
    return " ".join(made)


def body(number: int, of: int, link: Link) -> str:
    """Return the text of one brief in Markdown; `link` writes a link to another by its number."""
    source = random.Random(number)
    others = linked(number, of)
    parts = []
    for place, section in enumerate(SECTIONS):
        parts.append(f"## {section}\n\n{sentences(source, 5)}")
        if place < len(others):
            parts.append(f"{sentences(source, 2)} See {link(others[place])}. {sentences(source, 2)}")
        if place == 0:
            parts.append(f"{sentences(source, 1)[:-1]}[^a]. {sentences(source, 1)[:-1]}[^b].")
        elif place == 1:
            rows = "".join(
                f"| {source.choice(_WORDS)} | {source.choice(_WORDS)} | {source.choice(_WORDS)} |\n" for _ in range(4)
            )
            parts.append(f"| Day | Place | Note |\n|---|---|---|\n{rows}".rstrip())
        elif place == 2:
            parts.append("\n".join(f"- {sentences(source, 1)}" for _ in range(4)))
        elif place == 3:
            parts.append(f"> {sentences(source, 2)}")
    parts.append(f"[^a]: {sentences(source, 1)}\n\n[^b]: {sentences(source, 1)}")
    return "\n\n".join(parts) + "\n"


def linked(number: int, of: int) -> list[int]:
    """Return the numbers of the briefs that one links to."""
    return [(number + step) % of for step in (1, 2, 3, 5, 8)]


def name(number: int) -> str:
    """Name a brief."""
    return f"brief-{number:05}"


def title(number: int) -> str:
    """Return a brief's title."""
    return f"Brief number {number}"
