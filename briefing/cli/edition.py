"""The command `edition`: notes that an edition agrees with the page that it was made from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.incremental.memo import Memo
from briefing.pipeline.build import build
from briefing.problems import Problem
from briefing.project import Project
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.mark_edition import mark_editions


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Write into each edition the version of its original."""
    try:
        project = make_project(options)
        for path in mark_editions(project, options.ids, _check(project)):
            say(f"noted in {path}: it agrees with its original of today")
    except CannotCreate as reason:
        say(f"not noted: {reason}")
        return 2
    return 0


def _check(project: Project) -> Sequence[Problem]:
    memo = Memo(project.memo)
    try:
        return build(project, memo, dry_run=True).problems
    finally:
        memo.close()
