"""One mistake is one problem: what only follows from another mistake is not reported beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from briefing.problem_codes import CODES
from briefing.problems import Problem

_LOST = {"lost-address", "lost-anchor"}
_LOSES_PAGES = {"misplaced-file", "unknown-field", "draft", "unpublished-target", "unknown-id", "wrong-kind"}
"""Codes whose mistake can leave out a page or a list, as do those without which nothing could be built."""
_UNRECORDED = {"unrecorded-address", "unrecorded-words"}
"""Codes whose remedy is a build that records, which is refused while there are errors."""


def leave_out_unrecorded(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems without those that say what nobody can record until the others are fixed."""
    return [one for one in problems if one.code not in _UNRECORDED]


def leave_out_follow_ups(problems: Sequence[Problem], editions: Mapping[str, str]) -> list[Problem]:
    """Return problems without those that may only follow from the others; `editions` are files and their originals.

    While a record has an error of its own, its pages may be missing for that reason alone. So published addresses are
    compared only when there is none. An edition is compared only with an original that has no error.
    """
    errors = [one for one in problems if one.level == "error" and one.code not in _LOST]
    is_incomplete = any(CODES[one.code].protects == "build" or one.code in _LOSES_PAGES for one in errors)
    wrong = {PurePosixPath(one.path).stem for one in errors}
    return [
        one
        for one in problems
        if not (is_incomplete and one.code in _LOST)
        and not (one.code == "edition-behind" and editions.get(one.path) in wrong)
    ]
