"""The command `check`: a build that writes nothing."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.build import run_build
from briefing.cli.printing import print_progress, print_result, summarise


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Print every problem; return 1 if there are errors."""
    project, start = make_project(options), time.perf_counter()
    report = run_build(options, project, dry_run=True)
    if options.external and report.snapshot:
        from briefing.evidence.changes import find_changes
        from briefing.linkcheck.health import examine

        tell = print_progress if sys.stderr.isatty() and not options.quiet else lambda done, of: None
        report = report.with_problems((*examine(project, tell=tell), *find_changes(project)), options.strict)
    return print_result(options, environment, report, summarise(report, project.output, time.perf_counter() - start))
