"""The whole road in one function: read, parse, weave, render, write.

A build is a pure function of one snapshot of the files. Its slow steps are remembered by the digest of what they were
given, so a second build works out only what is new; there is no other notion of what has changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from briefing.binding import bind
from briefing.contract import LOCK, record, review
from briefing.files import Project, read, replace_file
from briefing.guard import search
from briefing.hosting import weigh
from briefing.memo import Answers, Lost, Memo, Over, Stored, digest
from briefing.model import (
    NO_NAMES,
    UNCOUNTED,
    Contract,
    Coverage,
    Document,
    Fault,
    Guarded,
    Loom,
    Manuscript,
    Proof,
    Rendered,
    Sheet,
    Shelf,
    Shell,
    Site,
    Snapshot,
    Source,
    Volume,
    Woven,
)
from briefing.output import Inputs, Written, alone, list_inputs, write
from briefing.pictures import SUFFIXES, measure
from briefing.problems import Problem, arrange, has_errors
from briefing.styles import publish
from briefing.theme import Theme, closures

VOLUME = "volume.html"
"""The template of the page that is to be one file."""


@dataclass(slots=True)
class Report:
    """What a build did: problems found, the work done, files written, and the seconds of each step."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    """Work to do that is no fault."""
    coverage: Coverage = UNCOUNTED
    """How many statements of all briefs and pages a reader can check, and how many are sourced."""
    pages: int = 0
    written: Written | None = None
    parsed: tuple[str, ...] = ()
    """Paths of the sources that had to be read anew."""
    woven: int = 0
    """Pages put together anew: all, or none where no outline is new."""
    rendered: tuple[str, ...] = ()
    """Addresses of the pages that had to be rendered anew."""
    seconds: dict[str, float] = field(default_factory=dict)
    texts: dict[str, Stored[bytes]] = field(default_factory=dict)
    """Every file that a problem may point into, by path."""
    sheets: tuple[Sheet, ...] = ()
    """What every page shows, where any was rendered anew."""
    before: tuple[Sheet, ...] = ()
    """What every page showed in the build that last rendered any."""
    files: tuple[Rendered, ...] = ()
    """Every file of the site, pages first; none where something is wrong."""
    shown: tuple[tuple[Shell, Rendered], ...] = ()
    """What each page was made from, and the page."""
    site: Site | None = None
    loom: Loom | None = None
    """What the site was woven from."""
    guarded: Guarded = NO_NAMES
    """The names that must never appear on it."""
    drafts: tuple[tuple[str, str], ...] = ()
    """Addresses of pages that are drafts, and the files that say so."""
    record: str = ""
    """The addresses to note as published, where that was asked for."""
    inputs: Inputs = field(default_factory=Inputs)
    """What the files were made of."""

    def excerpt(self, path: str) -> str | None:
        """Give the text of a file that was read, to show the line of a problem."""
        stored = self.texts.get(path)
        return stored.value.decode("utf-8-sig", "replace").replace("\r\n", "\n") if stored else None

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


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
        return _heal(memo, lambda: _build(project, memo, over, strict, dry))


def work_out(
    project: Project, snapshot: Snapshot, memo: Answers, over: Over[Any, Any] = map, strict: bool = False
) -> Report:
    """Do all of a build but reading and writing: the report holds the files, unless something is wrong."""
    return _heal(memo, lambda: _work_out(project, snapshot, memo, over, strict))


def _heal(memo: Answers, work: Callable[[], Report]) -> Report:
    """Do some work, and do it again with an empty memo where that lost something."""
    try:
        return work()
    except Lost:
        memo.forget()
        return work()


def _build(project: Project, memo: Memo, over: Over[Any, Any], strict: bool, dry: bool) -> Report:
    start = time.perf_counter()
    snapshot = read(project)
    read_in = time.perf_counter() - start
    report = _work_out(project, snapshot, memo, over, strict)
    report.seconds = {"read": read_in, **report.seconds}
    if report.sheets:
        report.before = memo.recall("sheets") or ()
        memo.note("sheets", report.sheets)
    files = report.files if dry or has_errors(report.problems) else complete(project, memo, report)
    report.problems = arrange([*report.problems, *weigh([file.size for file in files])], strict)
    if not dry and not has_errors(report.problems):
        with report.step("write"):
            report.written = write(project.output, files, report.inputs)
            if project.record:
                replace_file(project.root / LOCK, report.record.encode())
    return report


def complete(project: Project, memo: Answers, report: Report) -> tuple[Rendered, ...]:
    """Give every file of a site in which nothing is wrong: the report's, and those that are made of the pages."""
    with report.step("search"):
        found = find(memo, report) if project.search else ()
    with report.step("print"):
        printed = _print(memo, report) if project.pdf else ()
    return (*report.files, *found, *printed)


def _work_out(project: Project, snapshot: Snapshot, memo: Answers, over: Over[Any, Any], strict: bool) -> Report:
    report = Report()
    report.texts = {source.path: source.data for source in snapshot.sources}
    report.texts |= {file.origin: file.data for file in snapshot.templates}
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
    if woven.site and not has_errors(arrange(problems, strict)):
        with report.step("render"):
            sheets, rendered = _render(memo, snapshot, documents, woven, over)
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
        published = publish(snapshot.assets)
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
    manuscripts = [
        Manuscript(source, document.said, woven.rules)
        for source, document in zip(snapshot.sources, documents, strict=True)
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
    pages = tuple((shell.page, page.data) for shell, page in report.shown)
    [found] = memo.map("search", _index, [Shelf(report.site, pages)])
    return found


def _print(memo: Answers, report: Report) -> Sequence[Rendered]:
    """Print the page that is one file, unless it is as it was."""
    return memo.map("print", _press, [page for shell, page in report.shown if shell.template == VOLUME])


def _press(page: Rendered) -> Rendered:
    from briefing.printing import press

    return press(page)


def _index(shelf: Shelf) -> tuple[Rendered, ...]:
    from briefing.search import index

    return index(shelf)


def _parse(source: Source) -> Document:
    """Parse one source; Markdown and YAML are loaded only when there is something new to read."""
    from briefing.parse import parse

    return parse(source)


def _weave(loom: Loom) -> Woven:
    from briefing.weave import weave

    return weave(loom)


def _contract(project: Project, snapshot: Snapshot, documents: Sequence[Document], woven: Woven) -> Contract:
    """Gather what was published and what this build holds."""
    said = tuple((document.path, document.said.digest) for document in documents)
    return Contract(snapshot.lock, woven.held, said, project.record)


def _lint(manuscript: Manuscript) -> tuple[Problem, ...]:
    from briefing.lint import lint

    return lint(manuscript)


def _loom(project: Project, snapshot: Snapshot, documents: Sequence[Document]) -> Loom:
    """Gather what weave may know."""
    pictures = [file for file in snapshot.assets if file.path.endswith(SUFFIXES)]
    sizes = tuple((file.path, *measure(file.data.value)) for file in pictures)
    outlines = tuple(document.outline for document in documents)
    return Loom(outlines, sizes, project.now, project.base_url, project.drafts, project.pdf)


def _render(
    memo: Answers, snapshot: Snapshot, documents: Sequence[Document], woven: Woven, over: Over[Any, Any]
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
    assets = tuple((file.path, file.data) for file in publish(snapshot.assets))
    volumes = [n for n, shell in enumerate(woven.shells) if shell.template == VOLUME and not rendered[n].problems]
    bound = memo.map("bind", bind, [Volume(rendered[n], assets) for n in volumes])
    whole = dict(zip(volumes, bound, strict=True))
    return sheets, [whole.get(n, page) for n, page in enumerate(rendered)]


class _LateRenderer:
    """A renderer that loads Jinja when it first has a page to render."""

    def __init__(self, snapshot: Snapshot, woven: Woven) -> None:
        self._given = snapshot.templates, woven.site

    def __call__(self, sheet: Sheet) -> Rendered:
        from briefing.render import Renderer

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
