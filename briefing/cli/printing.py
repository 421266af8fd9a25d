"""What commands print: problems, progress, timings and a summary."""

from __future__ import annotations

import os
import re
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from briefing.incremental.memo import Mapper
from briefing.pipeline.report import Report, excerpts
from briefing.problems import Problem, ReadText, as_github, as_json, as_text, has_errors, visible

_PATIENCE = 1.0
"""Seconds before a progress bar is shown."""
_BAR = 24
"""Characters of a full progress bar."""


def say(words: str, out: TextIO | None = None) -> None:
    """Print lines on standard error, or on `out`, so that no terminal and no log obeys a word of them.

    Commands print everything with this function, except the problems, which have formats of their own.
    """
    for line in words.split("\n"):
        # GitHub's runner obeys a line that starts with two colons.
        print(re.sub(r"^(\s*):(?=:)", r"\1∶", visible(line)), file=out or sys.stderr, flush=True)


def count(number: int, word: str) -> str:
    """Return a number and its word: 1 page, 2 pages."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def folder(path: Path) -> str:
    """Return the name of a folder, relative if it is below the current folder."""
    return f"{os.path.relpath(path)}{os.sep}" if path.is_relative_to(Path.cwd()) else f"{path}{os.sep}"


def print_problems(
    problems: Sequence[Problem], excerpt: ReadText, format_: str, environment: Mapping[str, str]
) -> None:
    """Print problems for a person on standard error, or for a program on standard output."""
    if format_ == "json":
        print(as_json(problems))
    elif problems and format_ == "github":
        print(as_github(problems))
    elif problems:
        coloured = not environment.get("NO_COLOR") and (bool(environment.get("FORCE_COLOR")) or sys.stderr.isatty())
        print(as_text(problems, excerpt, coloured) + "\n", file=sys.stderr)


def print_waiting() -> None:
    """Print that another build has locked the output folder."""
    say("another build is using this output folder; waiting for it")


def print_progress(done: int, of: int) -> None:
    """Show on the last line of a terminal how many addresses are checked."""
    print(f"\r{done} of {of} addresses", end="\n" if done == of else "", file=sys.stderr, flush=True)


def show_progress(mapper: Mapper[Any, Any]) -> Mapper[Any, Any]:
    """Return a map that also shows, on the last line of a terminal, how many values are done."""
    start = time.perf_counter()

    def counted(function: Any, values: Sequence[Any]) -> Iterator[Any]:
        shown = False
        for done, result in enumerate(mapper(function, values), 1):
            if len(values) > 1 and time.perf_counter() - start > _PATIENCE:
                filled = _BAR * done // len(values)
                bar = f"[{'#' * filled}{' ' * (_BAR - filled)}] {done} of {len(values)}"
                print(f"\r{bar}", end="", file=sys.stderr, flush=True)
                shown = True
            yield result
        if shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    return counted


def print_result(options: Namespace, environment: Mapping[str, str], report: Report, summary: str) -> int:
    """Print the problems of a build, its timings and its summary; return the exit status."""
    print_problems(report.problems, excerpts(report.snapshot), options.format, environment)
    if options.timings:
        print_timings(report)
    if not options.quiet and options.format != "json":
        say(summary)
    return 1 if has_errors(report.problems) else 0


def print_timings(report: Report) -> None:
    """Print the time of each step, and how much it did."""
    work = {
        "parse": f"{len(report.work.parsed):>6} parsed",
        "weave": f"{report.work.woven:>6} woven",
        "render": f"{len(report.work.rendered):>6} rendered",
        "write": f"{len(report.written.changed) if report.written else 0:>6} written",
    }
    for step, seconds in report.seconds.items():
        say(f"{step:<7}{seconds * 1000:>9.1f} ms {work.get(step, '')}".rstrip())


def summarise(report: Report, output: Path, seconds: float) -> str:
    """Return one line about a build: what is wrong, or what was checked or written."""
    errors = sum(problem.level == "error" for problem in report.problems)
    found = [(errors, "error"), (len(report.problems) - errors, "warning")]
    wrong = ", ".join(count(number, word) for number, word in found if number)
    if errors:
        half = any(problem.code == "half-written" for problem in report.problems)
        return f"{wrong}; {'not everything' if half else 'nothing'} was written"
    pages, coverage, written = count(report.summary.page_count, "page"), report.summary.coverage, report.written
    sourced = f"; {coverage.sourced} of {coverage.checkable} checkable statements sourced"
    if coverage.exempt:
        sourced += f", {coverage.exempt} exempt with a reason"
    if written is None:
        return f"{pages} checked in {seconds:.2f} s: {wrong or 'no problems'}{sourced}"
    changes = f"{len(written.changed)} written, {written.same} unchanged, {len(written.removed)} removed"
    return f"{pages} in {seconds:.2f} s ({changes}) in {folder(output)}{sourced}{wrong and f'; {wrong}'}"
