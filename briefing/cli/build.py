"""The command `build`, and what other commands share with it."""

from __future__ import annotations

import gc
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import folder, print_result, print_waiting, show_progress, summarise
from briefing.incremental.memo import Memo
from briefing.incremental.processes import Workers
from briefing.pipeline.build import build, last_render_inputs
from briefing.pipeline.report import Report
from briefing.project import Project

_GC_THRESHOLD = 50_000
"""New objects before Python looks for cycles; a build makes many objects and almost no cycles."""


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Build the site, or verify what an earlier build wrote."""
    project, start = make_project(options), time.perf_counter()
    if options.verify:
        from briefing.pipeline.verify import describe, verify

        with Workers(options.jobs) as workers:
            report, compared = verify(project, workers.map, options.strict, _on_wait(options))
        return print_result(options, environment, report, describe(compared, folder(project.output)))
    report = run_build(options, project, dry_run=False)
    return print_result(options, environment, report, summarise(report, project.output, time.perf_counter() - start))


def run_build(options: Namespace, project: Project, dry_run: bool) -> Report:
    """Build once; show progress and reasons as the options say."""
    gc.set_threshold(_GC_THRESHOLD)
    memo = Memo(project.memo)
    try:
        with Workers(options.jobs) as workers:
            mapper = show_progress(workers.map) if sys.stderr.isatty() and not options.quiet else workers.map
            before = last_render_inputs(memo) if options.explain else ()
            report = build(project, memo, mapper, options.strict, dry_run, _on_wait(options))
        if options.explain and not any(problem.code == "guarded-name" for problem in report.problems):
            from briefing.cli.explain import print_reasons

            print_reasons(before, last_render_inputs(memo), report.work.rendered)
        return report
    finally:
        memo.close()


def _on_wait(options: Namespace) -> Callable[[], None]:
    return (lambda: None) if options.quiet else print_waiting
