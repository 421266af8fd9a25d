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
from briefing.incremental.hashed import digest
from briefing.incremental.memo import Mapper, Memo, retry_uncached
from briefing.model.files import BuildRecord, Snapshot
from briefing.pipeline.report import Report, texts_of
from briefing.problems import arrange, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.write.folder import Written, holds, write
from briefing.write.lock import lock_folder
from briefing.write.manifest import make_manifest

if TYPE_CHECKING:
    from briefing.model.steps import RenderInput

_SHEETS = "sheets"
"""The name under which a build notes what every page shows."""


def build(
    project: Project,
    memo: Memo,
    mapper: Mapper[Any, Any] = map,
    strict: bool = False,
    dry_run: bool = False,
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Make the output folder hold exactly what the content says, or, if anything is wrong, say what and change nothing.

    With `dry_run`, do everything but the writing. `on_wait` is called once if another build has locked the folder.
    """
    with nullcontext() if dry_run else lock_folder(project.output, on_wait):
        return retry_uncached(memo, lambda: _build(project, memo, mapper, strict, dry_run))


def last_sheets(memo: Memo) -> tuple[RenderInput, ...]:
    """Give what every page showed in the build that last rendered any."""
    return retry_uncached(memo, lambda: memo.recall(_SHEETS)) or ()


def _build(project: Project, memo: Memo, mapper: Mapper[Any, Any], strict: bool, dry_run: bool) -> Report:
    start = time.perf_counter()
    snapshot = read(project)
    read_in = time.perf_counter() - start
    name = f"outcome {(strict, dry_run, project.base_url, project.drafts, project.pdf, project.search)}"
    asked = digest((snapshot, project.now))
    last = memo.recall(name)
    start = time.perf_counter()
    if not project.update_lock and last and last.asked == asked and holds(project.output, last.files):
        report = _again(snapshot, last, dry_run)
        report.seconds["write"] = time.perf_counter() - start
    else:
        report, files = _work(project, snapshot, memo, mapper, strict, dry_run)
        memo.note(
            name, BuildRecord(asked, report.problems, report.notes, report.coverage, report.pages, tuple(files.items()))
        )
    report.seconds = {"read": read_in, **report.seconds}
    return report


def _again(snapshot: Snapshot, last: BuildRecord, dry_run: bool) -> Report:
    """Say again what the last build came to."""
    report = Report(last.problems, last.notes, last.coverage, last.pages, texts=texts_of(snapshot))
    if not dry_run and not has_errors(last.problems):
        report.written = Written((), (), len(last.files) - 1)
    return report


def _work(
    project: Project, snapshot: Snapshot, memo: Memo, mapper: Mapper[Any, Any], strict: bool, dry_run: bool
) -> tuple[Report, Mapping[str, str]]:
    """Do what the snapshot asks for, and write it; give the digests of what was written too."""
    from briefing.check.hosting import check_size
    from briefing.check.published import LOCK  # these bring all that a build with nothing new does without
    from briefing.pipeline.steps import build_site, complete

    report = build_site(project, snapshot, memo, mapper, strict)
    if report.render_inputs:
        memo.note(_SHEETS, report.render_inputs)
    files = report.files if dry_run or has_errors(report.problems) else complete(project, memo, report)
    report.problems = arrange([*report.problems, *check_size([file.size for file in files])], strict)
    if dry_run or has_errors(report.problems):
        return report, {}
    with report.step("write"):
        manifest = make_manifest(files, report.inputs)
        report.written = write(project.output, files, manifest)
        if project.update_lock:
            replace_file(project.root / LOCK, report.lock_text.encode())
    return report, {file.path: file.data.digest for file in (*files, manifest)}
