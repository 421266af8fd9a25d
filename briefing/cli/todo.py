"""The list of work that is left to do, by who can do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from briefing.problem_codes import CODES, Role
from briefing.problems import Problem, location, visible


def list_work(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield the list line by line, with a count for each role."""
    ordered = sorted(problems, key=lambda problem: (problem.code, problem))
    for role in get_args(Role):
        theirs = [problem for problem in ordered if CODES[problem.code].fixed_by == role]
        if theirs:
            yield f"{role.capitalize()} ({len(theirs)})"
            for problem in theirs:
                yield visible(f"  {problem.code}  {location(problem)}: {problem.message}; {problem.hint}")
            yield ""
