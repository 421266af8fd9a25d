"""Problems that a person has looked at and accepts, as long as the words in question stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.model.documents import Accepted
from briefing.problems import Finding, Problem


def accept_problems(
    problems: Iterable[Problem], accepted: Mapping[str, Sequence[Accepted]], texts: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Yield problems, those that a person accepts as notes, and those acceptances that no problem needs any more.

    `accepted` are the acceptances of each file that has some, by its path; `texts` are those files.
    """
    lines = {
        path: _without_entries(texts[path].decode("utf-8-sig", "replace"), found) for path, found in accepted.items()
    }
    used, of_files = set(), set()
    for problem in problems:
        if problem.path in lines and (not problem.line or lines[problem.path][problem.line - 1].rstrip() == "---"):
            of_files.add((problem.path, problem.code))
        for one in accepted.get(problem.path, ()):
            if one.code == problem.code and _is_at(problem, one, lines[problem.path]):
                used.add((problem.path, one))
                said = f"{problem.message} (accepted by {one.by} on {one.on}: {one.reason})"
                problem = replace(problem, message=said, level="note")
                break
        yield problem
    for path, all_of_file in accepted.items():
        for one in all_of_file:
            if (path, one) not in used:
                hint = "delete the entry, or look at the new words and accept them"
                if (path, one.code) in of_files:
                    hint = "this problem is about the whole page: write the title of the page as words"
                message = f"no problem “{one.code}” is at the words “{one.words}”"
                yield Finding("unused-acceptance", message, hint).at(path, one.span)


def _without_entries(text: str, accepted: Sequence[Accepted]) -> list[str]:
    """Return the lines of a text; those of the acceptances are empty, because they repeat words of the text."""
    lines = text.split("\n")
    for first, last in (one.lines for one in accepted):
        lines[first - 1 : last] = [""] * (last - first + 1)
    return lines


def _is_at(problem: Problem, accepted: Accepted, lines: Sequence[str]) -> bool:
    """Whether a problem is in the paragraph that holds the words of an acceptance.

    The place of a sentence is that of its first words, which may be in the acceptance itself: then the words must be
    anywhere in the text.
    """
    first, last = accepted.lines
    start = end = problem.line - 1
    if not problem.line or first <= problem.line <= last:
        return accepted.words in " ".join(" ".join(lines).split())
    while start > 0 and _is_inside(lines[start - 1]):
        start -= 1
    while end + 1 < len(lines) and _is_inside(lines[end + 1]):
        end += 1
    return accepted.words in " ".join(" ".join(lines[start : end + 1]).split())


def _is_inside(line: str) -> bool:
    return bool(line.strip()) and line.rstrip() != "---"
