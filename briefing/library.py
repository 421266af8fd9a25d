"""Building and checking sites from other programs."""

from __future__ import annotations

from briefing.incremental.memo import Memo
from briefing.incremental.processes import Workers
from briefing.pipeline.build import build as build_with
from briefing.pipeline.report import Report
from briefing.problems import Problem
from briefing.project import Project

__all__ = ["Problem", "Project", "Report", "build", "check"]


def build(project: Project, strict: bool = False, jobs: int = 1) -> Report:
    """Make the output folder hold exactly what the content says, or report what is wrong and write nothing.

    With `strict`, warnings are errors. With more than one job, work is shared with other processes; then the calling
    program must be importable, as for `multiprocessing`. Mistakes in the content are problems of the report, not
    exceptions.
    """
    return _run(project, strict, jobs, dry_run=False)


def check(project: Project, strict: bool = False, jobs: int = 1) -> Report:
    """Report what is wrong with a site. Nothing is written except the memo of the site, `.cache/`."""
    return _run(project, strict, jobs, dry_run=True)


def _run(project: Project, strict: bool, jobs: int, dry_run: bool) -> Report:
    memo = Memo(project.memo)
    try:
        with Workers(jobs) as workers:
            return build_with(project, memo, workers.map, strict, dry_run)
    finally:
        memo.close()
