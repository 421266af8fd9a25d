"""The command `todo`: the list of work that is left to do, by who can do it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from briefing.cli.arguments import make_project
from briefing.cli.build import run_build
from briefing.cli.printing import say
from briefing.problem_codes import CODES, Role
from briefing.problems import Problem, location, visible


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Print the list; the exit status is 0 whatever is on it."""
    report = run_build(options, make_project(options), dry_run=True)
    say("\n".join(list_work([*report.problems, *report.summary.notes])) or "nothing left to do", sys.stdout)
    return 0


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
