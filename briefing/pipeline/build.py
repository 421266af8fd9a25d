"""The whole road in one function: read, parse, weave, render, write.

A build is a pure function of one snapshot of the files and of its options. Where the last build was given the same and
the output is as it left it, there is nothing to work out, and nothing that could do so is loaded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from briefing.disk import replace_file
from briefing.incremental.memo import Memo, Over, healed
from briefing.incremental.stored import digest
from briefing.model.files import Outcome, Snapshot
from briefing.pipeline.report import Report, texts_of
from briefing.problems import arrange, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.write.folder import Written, holds, write
from briefing.write.lock import alone
from briefing.write.manifest import make_manifest

if TYPE_CHECKING:
    from briefing.model.steps import Sheet

_SHEETS = "sheets"
"""The name under which a build notes what every page shows."""


def build(
    project: Project,
    memo: Memo,
    over: Over[Any, Any] = map,
    strict: bool = False,
    dry: bool = False,
    waiting: Callable[[], None] = lambda: None,
) -> Report:
    """Make the output folder hold exactly what the content says, or, if anything is wrong, say what and change nothing.

    With `dry`, everything but the writing. `waiting` is called where another build has the folder and this one waits.
    """
    with nullcontext() if dry else alone(project.output, waiting):
        return healed(memo, lambda: _build(project, memo, over, strict, dry))


def last_sheets(memo: Memo) -> tuple[Sheet, ...]:
    """Give what every page showed in the build that last rendered any."""
    return healed(memo, lambda: memo.recall(_SHEETS)) or ()


def _build(project: Project, memo: Memo, over: Over[Any, Any], strict: bool, dry: bool) -> Report:
    start = time.perf_counter()
    snapshot = read(project)
    read_in = time.perf_counter() - start
    name = f"outcome {(strict, dry, project.base_url, project.drafts, project.pdf, project.search)}"
    asked = digest((snapshot, project.now))
    last = memo.recall(name)
    start = time.perf_counter()
    if not project.record and last and last.asked == asked and holds(project.output, last.files):
        report = _again(snapshot, last, dry)
        report.seconds["write"] = time.perf_counter() - start
    else:
        report, files = _work(project, snapshot, memo, over, strict, dry)
        memo.note(
            name, Outcome(asked, report.problems, report.notes, report.coverage, report.pages, tuple(files.items()))
        )
    report.seconds = {"read": read_in, **report.seconds}
    return report


def _again(snapshot: Snapshot, last: Outcome, dry: bool) -> Report:
    """Say again what the last build came to."""
    report = Report(last.problems, last.notes, last.coverage, last.pages, texts=texts_of(snapshot))
    if not dry and not has_errors(last.problems):
        report.written = Written((), (), len(last.files) - 1)
    return report


def _work(
    project: Project, snapshot: Snapshot, memo: Memo, over: Over[Any, Any], strict: bool, dry: bool
) -> tuple[Report, Mapping[str, str]]:
    """Do what the snapshot asks for, and write it; give the digests of what was written too."""
    from briefing.check.hosting import weigh
    from briefing.check.published import LOCK  # these bring all that a build with nothing new does without
    from briefing.pipeline.steps import complete, work_out

    report = work_out(project, snapshot, memo, over, strict)
    if report.sheets:
        memo.note(_SHEETS, report.sheets)
    files = report.files if dry or has_errors(report.problems) else complete(project, memo, report)
    report.problems = arrange([*report.problems, *weigh([file.size for file in files])], strict)
    if dry or has_errors(report.problems):
        return report, {}
    with report.step("write"):
        manifest = make_manifest(files, report.inputs)
        report.written = write(project.output, files, manifest)
        if project.record:
            replace_file(project.root / LOCK, report.record.encode())
    return report, {file.path: file.data.digest for file in (*files, manifest)}
