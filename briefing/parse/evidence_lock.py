"""The file `content/evidence.lock`: what is known of copies and passages, one line for each."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields
from typing import TypeVar

from briefing.model.evidence import OBSTACLES, STATES, Evidence, KeptCopy, PassageResult
from briefing.problems import Finding, Problem, Span

EVIDENCE = "content/evidence.lock"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST = 2000
"""Characters of one value."""
T = TypeVar("T", KeptCopy, PassageResult)


def read_evidence(data: bytes) -> tuple[Evidence, tuple[Problem, ...]]:
    """Read the file. If anything in it is not as the commands write it, return nothing and the problem."""
    try:
        listed = json.loads(data.decode())
        copies = tuple((name, _value(KeptCopy, one)) for name, one in listed["copies"].items())
        results = tuple((name, _value(PassageResult, one)) for name, one in listed["passages"].items())
        if set(listed) - {"copies", "passages"} or not all(one.state in STATES for _, one in results):
            raise ValueError
        if not all(one.obstacle in ("", *OBSTACLES) and _DAY.fullmatch(one.day) for _, one in copies):
            raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        place = Span(error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else Span(1, 1)
        hint = "restore it from the last commit, or delete it and run evidence again"
        return Evidence(), (
            Finding("evidence-lock", "this file is not in the form that the commands write", hint).at(EVIDENCE, place),
        )
    return Evidence(copies, results), ()


def _value(kind: type[T], given: Mapping[str, object]) -> T:
    """Return a value of the file; raise ValueError if a field is unknown, missing, too long or of another type."""
    known = {one.name: one for one in fields(kind)}
    needed = {name for name, one in known.items() if one.default is MISSING}
    if set(given) - set(known) or needed - set(given):
        raise ValueError
    for name, value in given.items():
        wanted = int if name in ("page", "pages") else str
        if type(value) is not wanted or len(str(value)) > _LONGEST:
            raise ValueError
    return kind(**given)  # type: ignore[arg-type]


def write_evidence(evidence: Evidence) -> bytes:
    """Return the file: one line for each copy and each result, in sorted order, so that differences can be read."""
    parts = (("copies", evidence.copies), ("passages", evidence.results))
    blocks = [f"{json.dumps(name)}: {{{_lines(dict(listed))}}}" for name, listed in parts]
    return ("{" + ",\n".join(blocks) + "}\n").encode()


def _lines(listed: Mapping[str, KeptCopy | PassageResult]) -> str:
    lines = []
    for name in sorted(listed):
        given = {key: value for key, value in asdict(listed[name]).items() if value not in ("", 0)}
        lines.append(f"\n {json.dumps(name)}: {json.dumps(given, ensure_ascii=False)}")
    return ",".join(lines) + ("\n" if lines else "")
