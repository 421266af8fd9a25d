"""What is left to do, in one list, by who can do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.problems import Problem, place, visible

MENDERS = {
    "Writers": {
        "uncited", "house-style", "typed-figure", "changed-without-note", "undated", "unused", "identifying",
        "one-publisher", "no-primary-source", "orphan-page", "long-sentence", "too-long-sentence",
    },
    "Whoever reads the sources": {"overdue", "uncited-source", "unchecked-support", "dead-link", "moved-link"},
    "Whoever publishes": {"unarchived", "unrecorded-address"},
}  # fmt: skip
"""Who can mend what, by the codes of problems; errors are for writers."""


def list_work(problems: Iterable[Problem]) -> Iterator[str]:
    """Write the list line by line, with counts."""
    left = list(problems)
    for who, codes in MENDERS.items():
        theirs = [
            problem for problem in left if problem.code in codes or (who == "Writers" and problem.level == "error")
        ]
        left = [problem for problem in left if problem not in theirs]
        yield from _part(who, theirs)
    yield from _part("Others", left)


def _part(who: str, problems: list[Problem]) -> Iterator[str]:
    if not problems:
        return
    yield f"{who} ({len(problems)})"
    for problem in sorted(problems, key=lambda problem: (problem.code, problem)):
        yield visible(f"  {problem.code}  {place(problem)}: {problem.message}; {problem.hint}")
    yield ""
