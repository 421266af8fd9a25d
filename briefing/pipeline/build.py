"""A build from start to end: read, parse, weave, check, render, write.

A build is a pure function of one snapshot of the files and of its options. If both are those of the last build, and the
output folder is as that build left it, its summary is reported again and no step is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.disk import replace_file
from briefing.incremental.hashed import digest
from briefing.incremental.memo import AnyMemo, Mapper, Memo, retry_uncached
from briefing.model.files import BuildRecord, BuildSummary, Snapshot
from briefing.pipeline.report import Report, Timer, Work
from briefing.problems import BuildError, arrange, has_errors, limit
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.write.folder import Written, holds, write
from briefing.write.lock import lock_folder
from briefing.write.manifest import list_inputs, make_manifest
from briefing.write.paths import check_paths

if TYPE_CHECKING:
    from briefing.model.steps import RenderInput
    from briefing.pipeline.result import BuildResult

_RENDER_INPUTS = "render inputs"
"""The name in the memo for what every page was last rendered from."""


def build(
    project: Project,
    memo: Memo,
    mapper: Mapper[Any, Any] = map,
    strict: bool = False,
    dry_run: bool = False,
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Make the output folder hold exactly what the content says, or report what is wrong and change nothing.

    With `dry_run`, do everything but writing. `on_wait` is called once if another build has locked the folder.
    """
    try:
        with nullcontext() if dry_run else lock_folder(project.output, on_wait):
            return retry_uncached(memo, lambda: _build(project, memo, mapper, strict, dry_run))
    except BuildError as error:
        return Report(BuildSummary(error.problems))


def _build(project: Project, memo: Memo, mapper: Mapper[Any, Any], strict: bool, dry_run: bool) -> Report:
    timer = Timer()
    with timer.step("read"):
        snapshot = read(project)
    with timer.step("compare"):
        name = f"build {(strict, dry_run, project.base_url, project.drafts, project.pdf, project.search)}"
        given = digest((snapshot, project.now))
        last: BuildRecord | None = memo.recall(name)
        if last and (last.given != given or project.update_lock or not holds(project.output, last.files)):
            last = None
    if last:
        same = Written((), (), len(last.files) - 1) if last.files else None
        return Report(last.summary, snapshot, written=same, seconds=timer.seconds)

    from briefing.check.published import LOCK  # these load what a build with nothing new does not need
    from briefing.pipeline import versions

    result, work = build_site(project, snapshot, memo, mapper, strict, timer)
    recorded = snapshot
    if project.update_lock and result.files:
        recorded = versions.record(snapshot, result.kept, result.words, result.woven, project.now)
    if recorded is not snapshot:  # the pages of this day are published with it
        result, more = build_site(project, recorded, memo, mapper, strict, timer)
        work = replace(work, rendered=(*work.rendered, *more.rendered))
    if work.rendered:
        memo.note(_RENDER_INPUTS, result.render_inputs)
    written, digests = None, tuple[tuple[str, str], ...]()
    if result.files and not dry_run:
        with timer.step("write"):
            manifest = make_manifest(result.files, result.inputs)
            written = write(project.output, result.files, manifest)
            if project.update_lock:
                known = {file.path: file.data.digest for file in snapshot.versions}
                for file in recorded.versions:
                    if file.data.digest != known.get(file.path):
                        replace_file(project.root, file.path, file.data.value)
                replace_file(project.root, LOCK, result.lock_text.encode())
        digests = tuple((file.path, file.data.digest) for file in (*result.files, manifest))
    memo.note(name, BuildRecord(given, result.summary, digests))
    return Report(result.summary, snapshot, work, written, timer.seconds)


def build_site(
    project: Project,
    snapshot: Snapshot,
    memo: AnyMemo,
    mapper: Mapper[Any, Any] = map,
    strict: bool = False,
    timer: Timer | None = None,
    use_compiled: bool = True,
    with_books: bool = True,
) -> tuple[BuildResult, Work]:
    """Do everything between reading and writing. Return the result, and what had to be computed for it.

    `use_compiled` is false if the templates that earlier builds compiled must not be used, `with_books` if books are
    made elsewhere.

    Each step is a pure function of frozen values, and the memo keeps what it returned under the digest of what it was
    given. So a second build computes only what is new; there is no other notion of what has changed.
    """
    from briefing.check.follow_ups import (  # these load what a build with nothing new does not need
        leave_out_follow_ups,
        leave_out_unrecorded,
    )
    from briefing.check.hosting import check_size
    from briefing.check.published import lock_text
    from briefing.parse.places import place_sources
    from briefing.pipeline import books, known, lazy, media, own_words, search_index, steps, versions
    from briefing.pipeline.result import BuildResult
    from briefing.postprocess.css import publish

    timer = timer or Timer()
    with timer.step("parse"):
        defined = own_words.define(memo, snapshot)
        sources, misplaced = place_sources(snapshot, defined.vocabulary)
        documents = memo.map("parse", lazy.parse, sources, mapper)
    with timer.step("weave"):
        compared = known.read_evidence(memo, snapshot)
        evidence = compared.evidence if compared else None
        dead = known.read_dead(memo, snapshot)
        files_of_texts = media.read_files(memo, mapper, snapshot, documents)
        originals = known.read_originals(memo, documents, defined.vocabulary.value.language)
        kept = versions.read_versions(memo, snapshot)
        weave_input = steps.make_weave_input(
            project, snapshot, documents, defined, files_of_texts, evidence, dead, originals, kept.days
        )
        [woven] = memo.map("weave", lazy.weave, [weave_input])
        days = versions.plan_days(memo, mapper, kept, woven)
        is_kept = bool(snapshot.versions) or project.update_lock
        words = versions.write_words(memo, mapper, woven, documents) if is_kept else {}
    with timer.step("check"):
        published = steps.make_published_check(project, snapshot, documents, woven, kept)
        problems = [*snapshot.problems, *defined.problems, *misplaced, *(compared.problems if compared else ())]
        problems += [*kept.problems, *versions.check_words(kept, words, woven, project.update_lock, project.now)]
        problems += [*steps.place_problems(documents, woven)]
        problems += steps.check(memo, mapper, snapshot, sources, documents, woven, published)
        problems += own_words.check_templates(memo, snapshot, woven)
        problems += own_words.check_words(snapshot, defined, documents, woven)
        problems = leave_out_follow_ups(problems, {one.path: one.edition_of for one in documents})
    with timer.step("render"):
        first = steps.judge(leave_out_unrecorded(problems), snapshot, documents, woven)
        plans = () if has_errors(first, strict) else (*woven.plans, *days)
        cited = versions.cited_days(kept, words)
        render_inputs = steps.make_render_inputs(memo, snapshot, documents, woven.site, plans, cited)
        renderer = lazy.Renderer(snapshot.templates, woven.site, use_compiled)
        rendered = memo.map("render", renderer, render_inputs, mapper)
        chosen = steps.choose_assets(woven.site, snapshot.assets, bool(days))
        assets = (*steps.copy_assets(publish(chosen, woven.site)), *media.publish_files(files_of_texts, woven))
        embedded = steps.embed_assets(memo, woven.site, snapshot.templates, plans, rendered, assets)
        pages = tuple(zip(plans, embedded, strict=True))
        problems += [problem for page in embedded for problem in page.problems]
        problems += steps.check_quiet_pages(memo, mapper, woven, pages, versions.quiet_days(kept, woven, days))
        ours = pages[: len(woven.plans)]  # earlier days are not searched, and not in books
    with timer.step("book"):
        made = books.make_books(memo, mapper, woven.site, ours, chosen) if with_books else ()
    with timer.step("guard"):
        in_versions = versions.check_names(memo, woven.blocked_names, snapshot, kept)
        searched = ours if in_versions else pages
        problems += [
            *in_versions,
            *steps.check_names(memo, mapper, woven.blocked_names, searched, assets, snapshot),
        ]
    with timer.step("inspect"):
        problems += steps.check_output(memo, mapper, snapshot.templates, pages, assets)
        problems += books.check_books(memo, mapper, woven.blocked_names, snapshot.templates, made, problems)
    others = leave_out_unrecorded(problems)
    problems = others if has_errors(steps.judge(others, snapshot, documents, woven), strict) else problems
    failed = has_errors(steps.judge(problems, snapshot, documents, woven), strict)
    files = () if failed else (*(page for _, page in pages), *assets, *made)
    with timer.step("search"):
        files += search_index.make_search_index(memo, mapper, woven.site, ours) if files and project.search else ()
    with timer.step("print"):
        files += steps.print_pdf(memo, pages) if files and project.pdf else ()
    problems += check_size([file.size for file in files])
    problems += check_paths([file.path for file in files], project.output.name)
    judged = arrange(limit(steps.judge(problems, snapshot, documents, woven)), strict)
    shown = steps.hide_names(memo, woven.blocked_names, snapshot, judged)
    summary = steps.make_summary(shown, documents, woven)
    files = () if has_errors(summary.problems) else files
    lock = lock_text(published) if project.update_lock else ""
    inputs = list_inputs(project, snapshot, chosen, woven.unpublished, woven.files)
    parsed = tuple(sources[index].path for index in memo.computed["parse"])
    planned = len(woven.plans) if memo.computed["weave"] else 0
    addresses = tuple(plans[index].address for index in memo.computed["render"])
    result = BuildResult(summary, weave_input, woven, tuple(render_inputs), pages, files, lock, inputs, kept, words)
    return result, Work(parsed, planned, addresses)


def last_render_inputs(memo: Memo) -> tuple[RenderInput, ...]:
    """Return what every page was rendered from in the last build that rendered any."""
    return memo.recall(_RENDER_INPUTS) or ()
