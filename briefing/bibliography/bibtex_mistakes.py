"""Mistakes in BibTeX by which a field or an entry would be lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
)

from briefing.bibliography.works import BrokenExport
from briefing.problems import shorten

_LOST = re.compile(r"(?:^|\n)[ \t]*[,}]?[ \t]*(@[A-Za-z]+[^\s@]*|[A-Za-z][\w-]*[ \t]*=)")
"""The start of an entry or of a field."""
_SWALLOWED = re.compile(r"[}\"\d][ \t]*\n\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
"""The start of a field within the value of another one: a comma is missing."""


def check_blocks(blocks: Iterable[Block]) -> None:
    """Refuse what was read of a file if something in it would be lost. Raises `BrokenExport` with the line."""
    for block in blocks:
        line = (block.start_line or 0) + 1
        entry: object = block
        if isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
            entry = block.ignore_error_block
        elif isinstance(block, ParsingFailedBlock):
            raise BrokenExport("this entry cannot be read", "close its braces and quotation marks", line)
        elif isinstance(block, ImplicitComment) and (lost := _LOST.search(block.comment)):
            hint = "write the brace that is missing in this line or in the one above it"
            line += block.comment.count("\n", 0, lost.start(1))
            raise BrokenExport(f"“{shorten(lost[1], 40)}” is in no entry, so it would be lost", hint, line)
        if isinstance(entry, Entry):
            _check_fields(entry)


def _check_fields(entry: Entry) -> None:
    """Refuse an entry with a field that is in the value of another one, or that is there twice."""
    known: dict[str, Field] = {}
    for field in entry.fields:
        first = known.setdefault(field.key.casefold(), field)
        line = (field.start_line or entry.start_line or 0) + 1
        if _SWALLOWED.search(str(field.value)):
            raise BrokenExport(f"“{field.key}” does not end before the next field", "write a comma between them", line)
        if str(first.value).split() != str(field.value).split():
            raise BrokenExport(f"this entry has “{field.key}” twice", "delete one of them", line)
