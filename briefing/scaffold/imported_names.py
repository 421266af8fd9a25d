"""Keeps names that must never be published out of what an import writes, and out of what it says about its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import PurePath

from briefing.check.name_finder import finder_of
from briefing.check.name_list import LIST
from briefing.check.names import holds_name
from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import BlockedNames
from briefing.problems import BuildError, Finding, Problem
from briefing.project import Project
from briefing.scaffold.new_record import read_site


def read_blocked(project: Project) -> list[BlockedNames]:
    """Return the lists of names of a site. Raises BuildError for one that holds no name that can be looked for."""
    lists = [outline.blocked_names for outline in read_site(project)[1] if outline.blocked_names]
    if not all(one.names for one in lists):
        message = "this list holds no name that can be looked for"
        raise BuildError([Finding("guarded-name", message, "run check, or delete it").at(LIST)])
    return lists


def refuse_names(blocked: Iterable[BlockedNames], texts: Mapping[str, str]) -> None:
    """Raise BuildError for texts in which there is a name."""
    found = [path for path, text in texts.items() if any(holds_name(text, one) for one in blocked)]
    if found:
        raise BuildError(_named(path) for path in found)


@contextmanager
def say_no_names(blocked: Sequence[BlockedNames], files: Mapping[str, bytes]) -> Iterator[None]:
    """Within it, a BuildError about files in which there is a name says only that, without a line of them."""
    try:
        yield
    except BuildError as error:
        raise BuildError(_without_names(error.problems, blocked, files)) from None


def _without_names(
    problems: Sequence[Problem], blocked: Sequence[BlockedNames], files: Mapping[str, bytes]
) -> Sequence[Problem]:
    said = "\n".join(f"{one.message}\n{one.hint}" for one in problems)
    if any(one.code == "guarded-name" for one in problems) or not blocked:
        return problems
    if any(holds_name(said, one) for one in blocked):
        return [_named(path) for path in files]
    found = (
        (path, finder_of(Hashed.of(one)).is_in_file(PurePath(path).suffix, data))
        for path, data in files.items()
        for one in blocked
    )
    return [_named(path, before) for path, (held, before) in found if held] or problems


def _named(path: str, before: str = "") -> Problem:
    message = "a name that must never be published is in this file" + (
        f", after the words “{before}”" if before else ""
    )
    return Finding("guarded-name", message, "take the name out of it; then other problems of the file are shown").at(
        path
    )
