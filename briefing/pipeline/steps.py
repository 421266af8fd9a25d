"""The steps between reading and writing: parse, weave, check, render, guard.

Each is remembered by the digest of what it was given, so a second build works out only what is new; there is no other
notion of what has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from briefing.check.names import search
from briefing.check.published import record, review
from briefing.incremental.memo import Answers, Over, healed
from briefing.incremental.stored import Stored, digest
from briefing.model.documents import Document
from briefing.model.files import UNCOUNTED, Coverage, File, Rendered, Snapshot, Source
from briefing.model.steps import Contract, Fault, Loom, Manuscript, Proof, Sheet, Shelf, Volume, Woven
from briefing.pipeline.report import Report, texts_of
from briefing.postprocess.css import publish
from briefing.postprocess.single_file import bind
from briefing.problems import Problem, arrange, has_errors
from briefing.project import Project
from briefing.read.image_size import SUFFIXES, measure
from briefing.read.snapshot import read_layers
from briefing.render.dependencies import Theme, closures
from briefing.write.manifest import list_inputs

VOLUME = "volume.html"
"""The template of the page that is to be one file."""


def make_ready(templates: tuple[Path, ...]) -> None:
    """Do what a process needs before it can share in a build: load what parses and renders, and compile templates."""
    from briefing.render import renderer as render

    render.make_ready(read_layers(templates, []))


def work_out(
    project: Project, snapshot: Snapshot, memo: Answers, over: Over[Any, Any] = map, strict: bool = False
) -> Report:
    """Do all of a build but reading and writing: the report holds the files, unless something is wrong."""
    return healed(memo, lambda: _work_out(project, snapshot, memo, over, strict))


def complete(project: Project, memo: Answers, report: Report) -> tuple[Rendered, ...]:
    """Give every file of a site in which nothing is wrong: the report's, and those that are made of the pages."""
    with report.step("search"):
        found = find(memo, report) if project.search else ()
    with report.step("print"):
        printed = _print(memo, report) if project.pdf else ()
    return (*report.files, *found, *printed)


def _work_out(project: Project, snapshot: Snapshot, memo: Answers, over: Over[Any, Any], strict: bool) -> Report:
    report = Report(texts=texts_of(snapshot))
    with report.step("parse"):
        documents = memo.map("parse", _parse, snapshot.sources, over)
        report.parsed = tuple(snapshot.sources[index].path for index in memo.worked_out["parse"])
    with report.step("weave"):
        report.loom = _loom(project, snapshot, documents)
        [woven] = memo.map("weave", _weave, [report.loom])
        report.woven = len(woven.shells) if memo.worked_out["weave"] else 0
    with report.step("check"):
        contract = _contract(project, snapshot, documents, woven)
        problems = [*snapshot.problems, *_problems_of(documents, woven)]
        problems += _advice(memo, snapshot, documents, woven, contract, over)
    rendered: Sequence[Rendered] = ()
    published = publish(snapshot.assets)
    if woven.site and not has_errors(arrange(problems, strict)):
        with report.step("render"):
            sheets, rendered = _render(memo, snapshot, published, documents, woven, over)
            report.rendered = tuple(woven.shells[index].address for index in memo.worked_out["render"])
            report.sheets = tuple(sheets) if report.rendered else ()
            problems += [problem for page in rendered for problem in page.problems]
        with report.step("guard"):
            problems += _named(memo, woven, rendered, over)
    report.coverage = _total(documents, woven)
    report.pages = sum(shell.address.endswith("/") for shell in woven.shells)
    arranged = arrange(problems, strict)
    report.problems = tuple(problem for problem in arranged if problem.level != "note")
    report.notes = tuple(problem for problem in arranged if problem.level == "note")
    if woven.site and not has_errors(report.problems):
        assets = [Rendered(f"assets/{file.path}", file.data, size=len(file.data.value)) for file in published]
        report.files = (*rendered, *assets)
        report.shown = tuple(zip(woven.shells, rendered, strict=True))
        report.site, report.guarded, report.drafts = woven.site, woven.guarded, woven.drafts
        report.record = record(contract) if project.record else ""
        report.inputs = list_inputs(project, snapshot, woven.withheld)
    return report


def _total(documents: Sequence[Document], woven: Woven) -> Coverage:
    """Add up how many statements of all published briefs and pages are sourced."""
    published = {path for shell in woven.shells for path in shell.bodies}
    each = [document.coverage for document in documents if document.path in published]
    return Coverage(
        sum(one.checkable for one in each), sum(one.sourced for one in each), sum(one.reasoned for one in each)
    )


def _advice(
    memo: Answers,
    snapshot: Snapshot,
    documents: Sequence[Document],
    woven: Woven,
    contract: Contract,
    over: Over[Any, Any],
) -> list[Problem]:
    """Gather what an editor would say of each file, and what was published and would be lost."""
    rules = Stored.of(woven.rules)
    manuscripts = [
        Manuscript(source, document.said, rules) for source, document in zip(snapshot.sources, documents, strict=True)
    ]
    [broken] = memo.map("contract", review, [contract])
    return [*broken, *(problem for found in memo.map("lint", _lint, manuscripts, over) for problem in found)]


def _named(memo: Answers, woven: Woven, rendered: Sequence[Rendered], over: Over[Any, Any]) -> list[Problem]:
    """Search every rendered file for names that must never appear; what the one file holds, other pages hold too."""
    if not woven.guarded.names:
        return []
    origins = {shell.address: path for shell in woven.shells for path in shell.bodies}
    proofs = [
        Proof(page, origins.get(shell.address, f"output/{page.path}"), woven.guarded)
        for shell, page in zip(woven.shells, rendered, strict=True)
        if shell.template != VOLUME
    ]
    return [problem for found in memo.map("guard", search, proofs, over) for problem in found]


def find(memo: Answers, report: Report) -> tuple[Rendered, ...]:
    """Make the search index of a build's pages, unless no page that it holds is new."""
    assert report.site is not None
    # The page that is one file is found as the pages that it holds; with it, each style sheet would be a new index.
    pages = tuple((shell.page, page.data) for shell, page in report.shown if shell.template != VOLUME)
    [found] = memo.map("search", _index, [Shelf(report.site, pages)])
    return found


def _print(memo: Answers, report: Report) -> Sequence[Rendered]:
    """Print the page that is one file, unless it is as it was."""
    return memo.map("print", _press, [page for shell, page in report.shown if shell.template == VOLUME])


def _press(page: Rendered) -> Rendered:
    from briefing.postprocess.pdf import press

    return press(page)


def _index(shelf: Shelf) -> tuple[Rendered, ...]:
    from briefing.postprocess.search import index

    return index(shelf)


def _parse(source: Source) -> Document:
    """Parse one source; Markdown and YAML are loaded only when there is something new to read."""
    from briefing.parse.document import parse

    return parse(source)


def _weave(loom: Loom) -> Woven:
    from briefing.weave.weave import weave

    return weave(loom)


def _contract(project: Project, snapshot: Snapshot, documents: Sequence[Document], woven: Woven) -> Contract:
    """Gather what was published and what this build holds."""
    said = tuple((document.path, document.said.digest) for document in documents)
    return Contract(snapshot.lock, woven.held, said, project.record)


def _lint(manuscript: Manuscript) -> tuple[Problem, ...]:
    from briefing.check.lint import lint

    return lint(manuscript)


def _loom(project: Project, snapshot: Snapshot, documents: Sequence[Document]) -> Loom:
    """Gather what weave may know."""
    pictures = [file for file in snapshot.assets if file.path.endswith(SUFFIXES)]
    sizes = tuple((file.path, *measure(file.data.value)) for file in pictures)
    outlines = tuple(document.outline for document in documents)
    return Loom(outlines, sizes, project.now, project.base_url, project.drafts, project.pdf)


def _render(
    memo: Answers,
    snapshot: Snapshot,
    published: Sequence[File],
    documents: Sequence[Document],
    woven: Woven,
    over: Over[Any, Any],
) -> tuple[list[Sheet], Sequence[Rendered]]:
    """Render every page whose sheet is new; give all sheets and all pages."""
    assert woven.site is not None
    bodies = {document.path: document.body for document in documents}
    coverage = {document.path: document.coverage for document in documents}
    [reached] = memo.map("theme", closures, [Theme(snapshot.templates)])
    looks = {name: digest((reach, woven.site)) for name, reach in reached}
    bare = digest(woven.site)
    sheets = [
        Sheet(
            shell.address,
            shell.page,
            tuple(bodies[path] for path in shell.bodies),
            looks.get(shell.template, bare),
            coverage[shell.bodies[0]] if len(shell.bodies) == 1 else UNCOUNTED,
        )
        for shell in woven.shells
    ]
    rendered = memo.map("render", _LateRenderer(snapshot, woven), sheets, over)
    assets = tuple((file.path, file.data) for file in published)
    volumes = [n for n, shell in enumerate(woven.shells) if shell.template == VOLUME and not rendered[n].problems]
    bound = memo.map("bind", bind, [Volume(rendered[n], assets) for n in volumes])
    whole = dict(zip(volumes, bound, strict=True))
    return sheets, [whole.get(n, page) for n, page in enumerate(rendered)]


class _LateRenderer:
    """A renderer that loads Jinja when it first has a page to render."""

    def __init__(self, snapshot: Snapshot, woven: Woven) -> None:
        self._given = snapshot.templates, woven.site

    def __call__(self, sheet: Sheet) -> Rendered:
        from briefing.render.renderer import Renderer

        return Renderer(*self._given)(sheet)  # type: ignore[arg-type]


def _problems_of(documents: Sequence[Document], woven: Woven) -> list[Problem]:
    """Gather what parse and weave found, and turn weave's places into lines and columns."""
    spots = {document.path: document.spots for document in documents}

    def locate(path: str, spot: int) -> tuple[int, int, int]:
        if spot < 0 or path not in spots:
            return 0, 0, 1
        found = spots[path].value[spot]
        return found.line, found.column, found.length

    def place(fault: Fault) -> Problem:
        line, column, length = locate(fault.path, fault.spot)
        message = fault.message
        if fault.other:
            message += f"; the other is at {fault.other[0]}:{locate(*fault.other)[0]}"
        return Problem(fault.path, line, column, fault.code, message, fault.hint, length, fault.level)

    return [problem for document in documents for problem in document.problems] + [
        place(fault) for fault in woven.faults
    ]
