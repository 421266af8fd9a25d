"""What is within the brackets of a citation: prefix, id, passage and locator of each source."""

from __future__ import annotations

import re
from collections.abc import Callable

from briefing.model.addresses import make_source_id
from briefing.model.text import CitedSource
from briefing.parse.context import FileContext
from briefing.parse.yaml_tree import Scalar
from briefing.problems import Finding

_CITED_SOURCE = re.compile(
    r"(?P<prefix>.*?)(?P<quiet>-?)@(?:\{(?P<braced>[^{}]+)\}|(?P<key>\w(?:[\w-]|[:.$%&+?<>~/](?=\w))*))"
    r"(?:#(?P<passage>[\w-]+))?(?P<rest>.*)",
    re.DOTALL,
)

_PLACE = re.compile(
    r"\[?\d|(?:pp?|paras?|chs?|chap|secs?|vols?|nos?|figs?|tables?|lines?|cols?|arts?|pts?|ann)\b|§|¶|[a-z]+ \d"
)
"""The place in a source, which may follow its id without a comma."""

_COMMAS, _SEMICOLONS = ",\u060c", ";\u061b"
"""The marks between the parts of a citation, also in Arabic."""


def split_cited(inner: str) -> list[str]:
    """Return what is between the semicolons in the brackets of a citation: one source each."""
    return re.split(f"[{_SEMICOLONS}]", inner)


def read_cited(text: str, scalar: Scalar, context: FileContext) -> CitedSource:
    """Read one source of a `sources` field: a citation without brackets, with or without the @."""
    span = context.span(scalar.start, scalar.end)
    cited = find_cited(text if "@" in text else "@" + text, lambda key: span)
    if cited is None:
        hint = "write the id of a source, then the page: survey-2025, p. 12"
        context.add_problem(Finding("citation", f"“{text}” does not name a source", hint), scalar.start, scalar.end)
        return CitedSource("", "", "", "", span)
    return cited


def find_cited(item: str, span_of: Callable[[str], int]) -> CitedSource | None:
    """Read one source of a citation, with the span that `span_of` returns for its id. None if it names no source."""
    found = _CITED_SOURCE.fullmatch(item.strip())
    if found is None:
        return None
    rest = found["rest"].strip()
    if rest and rest[0] not in _COMMAS and not _PLACE.match(rest):
        return None
    key, locator = found["braced"] or found["key"], " ".join(rest.lstrip(f"{_COMMAS} ").split())
    return CitedSource(make_source_id(key), found["passage"] or "", found["prefix"].strip(), locator, span_of(key))
