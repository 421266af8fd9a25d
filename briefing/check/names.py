"""Names that must never appear: reports each file that holds one, and keeps the names out of all other problems.

Everything that is published is searched as a person reads it: texts, attributes, addresses, file names, and what
pictures say about themselves. What is found is reported by its file, never by the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from briefing.check.name_finder import finder_of
from briefing.check.name_list import LIST
from briefing.check.passages import BREAK, plain
from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import BlockedNames
from briefing.model.files import Rendered
from briefing.model.steps import NameCheckInput
from briefing.problems import Finding, Problem, has_errors


def find_blocked_names(check_input: NameCheckInput) -> tuple[Problem, ...]:
    """Look for names in one file. What is found is reported by its place, never by the name."""
    blocked, path = check_input.blocked_names, check_input.rendered.path
    if not blocked.value.names:
        return ()
    finder = finder_of(blocked)
    hint = "delete it, and everything that points to it"
    if finder.is_in(plain(path)):
        message = "a name that must never be published is in the name or address of a file"
        return (Finding("guarded-name", message, hint).at(check_input.path),)
    found, before = finder.is_in_file(path, check_input.rendered.data.value)
    if not found:
        return ()
    where = f"after the words “{before}”" if before else "at the start of a line, in an attribute, an id or a link"
    message = f"a name that must never be published is in {path}, {where}"
    return (Finding("guarded-name", message, hint).at(check_input.path),)


def holds_name(text: str, blocked: BlockedNames) -> bool:
    """Return whether a name is in a title, an id or a path."""
    return finder_of(Hashed.of(blocked)).is_in(plain(text))


def redact(
    problems: Sequence[Problem],
    sources: Mapping[str, Hashed[bytes]],
    blocked: BlockedNames,
    search: Callable[[Sequence[NameCheckInput]], Iterable[tuple[Problem, ...]]],
) -> tuple[Problem, ...]:
    """Return problems that show no name: without words or a place in a file that holds one, and without its path.

    `sources` are the files that problems may point into, by path; `search` is `find_blocked_names` over several files.
    Where the list itself cannot be read, no words are shown of any file.
    """
    listed = [problem for problem in problems if problem.path == LIST and problem.code != "guarded-name"]
    broken = any(problem.level == "error" for problem in listed)
    if not (blocked.names or listed):
        return tuple(problems)
    names = Hashed.of(blocked)
    finder = finder_of(names)
    shown = sorted({problem.path for problem in problems} & set(sources))
    found = search([NameCheckInput(Rendered(path, sources[path]), path, names) for path in shown if path != LIST])
    inside = [problem for problems_of in found for problem in problems_of]
    reported = {problem.path for problem in problems if problem.code == "guarded-name"}
    holding = {problem.path for problem in inside} | reported | {LIST}
    if has_errors(problems):  # then there are no pages, in which it would have been found
        problems = [*problems, *(problem for problem in inside if problem.path not in reported)]

    def safe(problem: Problem) -> Problem:
        path = problem.path
        while path and finder.is_in(plain(path)):
            path = f"{parent}/" if (parent := PurePosixPath(path).parent.as_posix()) != "." else ""
        if problem.code == "guarded-name":
            return replace(problem, path=path)
        said = f"{problem.message}{BREAK}{problem.hint}"
        if path == problem.path and not broken and path not in holding and not finder.is_in(plain(said)):
            return problem
        if path == LIST:
            message, hint = f"the list cannot be read: line {problem.line}", "add names with the command guard"
        else:
            message = f"{'a file in ' + path if path != problem.path else 'this file'} has a problem that is not shown"
            reason = "the list of names is readable" if broken else "the name that must never be published is deleted"
            hint = f"it will be shown when {reason}"
        return replace(problem, path=path, line=0, column=0, length=1, message=message, hint=hint)

    return tuple(sorted({safe(problem) for problem in problems}))
