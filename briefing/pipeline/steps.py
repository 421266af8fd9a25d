"""The steps between reading and writing: parse, weave, check, render, guard.

Each is remembered by the digest of what it was given, so a second build works out only what is new; there is no other
notion of what has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.check.names import find_blocked_names
from briefing.check.published import check_published, lock_text
from briefing.incremental.hashed import Hashed, digest
from briefing.incremental.memo import AnyMemo, Mapper, retry_uncached
from briefing.model.documents import Document
from briefing.model.files import UNCOUNTED, Coverage, File, Rendered, Snapshot, Source
from briefing.model.steps import (
    LintInput,
    NameCheckInput,
    PendingProblem,
    PublishedCheck,
    RenderInput,
    SearchInput,
    SingleFileInput,
    WeaveInput,
    WovenSite,
)
from briefing.pipeline.report import Report, texts_of
from briefing.postprocess.css import publish
from briefing.postprocess.single_file import make_self_contained
from briefing.problems import WHOLE_FILE, Problem, Span, arrange, has_errors
from briefing.project import Project
from briefing.read.image_size import SUFFIXES, measure
from briefing.read.snapshot import read_layers
from briefing.render.dependencies import Theme, template_digests
from briefing.write.manifest import list_inputs

VOLUME = "volume.html"
"""The template of the page that is to be one file."""


def prepare_process(templates: tuple[Path, ...]) -> None:
    """Do what a process needs before it can share in a build: load what parses and renders, and compile templates."""
    from briefing.render import renderer as render

    render.prepare_process(read_layers(templates, []))


def build_site(
    project: Project, snapshot: Snapshot, memo: AnyMemo, mapper: Mapper[Any, Any] = map, strict: bool = False
) -> Report:
    """Do all of a build but reading and writing: the report holds the files, unless something is wrong."""
    return retry_uncached(memo, lambda: _work_out(project, snapshot, memo, mapper, strict))


def complete(project: Project, memo: AnyMemo, report: Report) -> tuple[Rendered, ...]:
    """Give every file of a site in which nothing is wrong: the report's, and those that are made of the pages."""
    with report.step("search"):
        found = find(memo, report) if project.search else ()
    with report.step("print"):
        printed = _print(memo, report) if project.pdf else ()
    return (*report.files, *found, *printed)


def _work_out(project: Project, snapshot: Snapshot, memo: AnyMemo, mapper: Mapper[Any, Any], strict: bool) -> Report:
    report = Report(texts=texts_of(snapshot))
    with report.step("parse"):
        documents = memo.map("parse", _parse, snapshot.sources, mapper)
        report.parsed = tuple(snapshot.sources[index].path for index in memo.computed["parse"])
    with report.step("weave"):
        report.weave_input = _loom(project, snapshot, documents)
        [woven] = memo.map("weave", _weave, [report.weave_input])
        report.woven = len(woven.plans) if memo.computed["weave"] else 0
    with report.step("check"):
        contract = _contract(project, snapshot, documents, woven)
        problems = [*snapshot.problems, *_problems_of(documents, woven)]
        problems += _advice(memo, snapshot, documents, woven, contract, mapper)
    rendered: Sequence[Rendered] = ()
    published = publish(snapshot.assets)
    if woven.site and not has_errors(arrange(problems, strict)):
        with report.step("render"):
            render_inputs, rendered = _render(memo, snapshot, published, documents, woven, mapper)
            report.rendered = tuple(woven.plans[index].address for index in memo.computed["render"])
            report.render_inputs = tuple(render_inputs) if report.rendered else ()
            problems += [problem for page in rendered for problem in page.problems]
        with report.step("guard"):
            problems += _named(memo, woven, rendered, mapper)
    report.coverage = _total(documents, woven)
    report.pages = sum(plan.address.endswith("/") for plan in woven.plans)
    arranged = arrange(problems, strict)
    report.problems = tuple(problem for problem in arranged if problem.level != "note")
    report.notes = tuple(problem for problem in arranged if problem.level == "note")
    if woven.site and not has_errors(report.problems):
        assets = [Rendered(f"assets/{file.path}", file.data, size=len(file.data.value)) for file in published]
        report.files = (*rendered, *assets)
        report.shown = tuple(zip(woven.plans, rendered, strict=True))
        report.site, report.blocked_names, report.drafts = woven.site, woven.blocked_names, woven.drafts
        report.lock_text = lock_text(contract) if project.update_lock else ""
        report.inputs = list_inputs(project, snapshot, woven.unpublished)
    return report


def _total(documents: Sequence[Document], woven: WovenSite) -> Coverage:
    """Add up how many statements of all published briefs and pages are sourced."""
    published = {path for plan in woven.plans for path in plan.bodies}
    each = [document.coverage for document in documents if document.path in published]
    return Coverage(
        sum(one.checkable for one in each), sum(one.sourced for one in each), sum(one.exempt for one in each)
    )


def _advice(
    memo: AnyMemo,
    snapshot: Snapshot,
    documents: Sequence[Document],
    woven: WovenSite,
    contract: PublishedCheck,
    mapper: Mapper[Any, Any],
) -> list[Problem]:
    """Gather what an editor would say of each file, and what was published and would be lost."""
    rules = Hashed.of(woven.rules)
    manuscripts = [
        LintInput(source, document.sentences, rules)
        for source, document in zip(snapshot.sources, documents, strict=True)
    ]
    [broken] = memo.map("contract", check_published, [contract])
    return [*broken, *(problem for found in memo.map("lint", _lint, manuscripts, mapper) for problem in found)]


def _named(memo: AnyMemo, woven: WovenSite, rendered: Sequence[Rendered], mapper: Mapper[Any, Any]) -> list[Problem]:
    """Search every rendered file for names that must never appear; what the one file holds, other pages hold too."""
    if not woven.blocked_names.names:
        return []
    origins = {plan.address: path for plan in woven.plans for path in plan.bodies}
    proofs = [
        NameCheckInput(page, origins.get(plan.address, f"output/{page.path}"), woven.blocked_names)
        for plan, page in zip(woven.plans, rendered, strict=True)
        if plan.template != VOLUME
    ]
    return [problem for found in memo.map("guard", find_blocked_names, proofs, mapper) for problem in found]


def find(memo: AnyMemo, report: Report) -> tuple[Rendered, ...]:
    """Make the search index of a build's pages, unless no page that it holds is new."""
    assert report.site is not None
    # The page that is one file is found as the pages that it holds; with it, each style sheet would be a new index.
    pages = tuple((plan.page, page.data) for plan, page in report.shown if plan.template != VOLUME)
    [found] = memo.map("search", _index, [SearchInput(report.site, pages)])
    return found


def _print(memo: AnyMemo, report: Report) -> Sequence[Rendered]:
    """Print the page that is one file, unless it is as it was."""
    return memo.map("print", _press, [page for plan, page in report.shown if plan.template == VOLUME])


def _press(page: Rendered) -> Rendered:
    from briefing.postprocess.pdf import print_pdf

    return print_pdf(page)


def _index(search_input: SearchInput) -> tuple[Rendered, ...]:
    from briefing.postprocess.search import index

    return index(search_input)


def _parse(source: Source) -> Document:
    """Parse one source; Markdown and YAML are loaded only when there is something new to read."""
    from briefing.parse.document import parse

    return parse(source)


def _weave(weave_input: WeaveInput) -> WovenSite:
    from briefing.weave.weave import weave

    return weave(weave_input)


def _contract(project: Project, snapshot: Snapshot, documents: Sequence[Document], woven: WovenSite) -> PublishedCheck:
    """Gather what was published and what this build holds."""
    sentences = tuple((document.path, document.sentences.digest) for document in documents)
    return PublishedCheck(snapshot.lock, woven.anchors, sentences, project.update_lock)


def _lint(lint_input: LintInput) -> tuple[Problem, ...]:
    from briefing.check.lint import lint

    return lint(lint_input)


def _loom(project: Project, snapshot: Snapshot, documents: Sequence[Document]) -> WeaveInput:
    """Gather what weave may know."""
    pictures = [file for file in snapshot.assets if file.path.endswith(SUFFIXES)]
    sizes = tuple((file.path, *measure(file.data.value)) for file in pictures)
    outlines = tuple(document.outline for document in documents)
    return WeaveInput(outlines, sizes, project.now, project.base_url, project.drafts, project.pdf)


def _render(
    memo: AnyMemo,
    snapshot: Snapshot,
    published: Sequence[File],
    documents: Sequence[Document],
    woven: WovenSite,
    mapper: Mapper[Any, Any],
) -> tuple[list[RenderInput], Sequence[Rendered]]:
    """Render every page whose sheet is new; give all sheets and all pages."""
    assert woven.site is not None
    bodies = {document.path: document.body for document in documents}
    coverage = {document.path: document.coverage for document in documents}
    [reached] = memo.map("theme", template_digests, [Theme(snapshot.templates)])
    looks = {name: digest((reach, woven.site)) for name, reach in reached}
    bare = digest(woven.site)
    render_inputs = [
        RenderInput(
            plan.address,
            plan.page,
            tuple(bodies[path] for path in plan.bodies),
            looks.get(plan.template, bare),
            coverage[plan.bodies[0]] if len(plan.bodies) == 1 else UNCOUNTED,
        )
        for plan in woven.plans
    ]
    rendered = memo.map("render", _LateRenderer(snapshot, woven), render_inputs, mapper)
    assets = tuple((file.path, file.data) for file in published)
    volumes = [n for n, plan in enumerate(woven.plans) if plan.template == VOLUME and not rendered[n].problems]
    bound = memo.map("bind", make_self_contained, [SingleFileInput(rendered[n], assets) for n in volumes])
    index = dict(zip(volumes, bound, strict=True))
    return render_inputs, [index.get(n, page) for n, page in enumerate(rendered)]


class _LateRenderer:
    """A renderer that loads Jinja when it first has a page to render."""

    def __init__(self, snapshot: Snapshot, woven: WovenSite) -> None:
        self._given = snapshot.templates, woven.site

    def __call__(self, render_input: RenderInput) -> Rendered:
        from briefing.render.renderer import Renderer

        return Renderer(*self._given)(render_input)  # type: ignore[arg-type]


def _problems_of(documents: Sequence[Document], woven: WovenSite) -> list[Problem]:
    """Gather what parse and weave found, and turn weave's places into lines and columns."""
    spans = {document.path: document.spans for document in documents}

    def locate(path: str, span: int) -> Span:
        return spans[path].value[span] if span >= 0 and path in spans else WHOLE_FILE

    def place(pending: PendingProblem) -> Problem:
        finding = pending.finding
        if pending.other:
            other = f"; the other is at {pending.other[0]}:{locate(*pending.other).line}"
            finding = replace(finding, message=finding.message + other)
        return finding.at(pending.path, locate(pending.path, pending.span))

    found = [problem for document in documents for problem in document.problems]
    return found + [place(pending) for pending in woven.problems]
