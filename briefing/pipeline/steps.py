"""What each step of a build is given, and what is made of its results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from briefing.check.accepted import accept_problems
from briefing.check.country_codes import check_codes
from briefing.check.hosts import check_hosts
from briefing.check.look import check_look
from briefing.check.name_list import LIST
from briefing.check.names import find_blocked_names, redact
from briefing.check.published import LOCK, check_published
from briefing.incremental.hashed import Hashed, digest
from briefing.incremental.memo import AnyMemo, Mapper
from briefing.model.blocked_names import BlockedNames
from briefing.model.documents import Document
from briefing.model.editions import Original
from briefing.model.evidence import Evidence
from briefing.model.files import UNCOUNTED, BuildSummary, Coverage, File, Rendered, Snapshot
from briefing.model.media import SiteFile
from briefing.model.site import (
    BOOK_ASSETS,
    CALM_ASSETS,
    EDITION_ASSETS,
    SAFETY_ASSETS,
    SETTINGS_PATH,
    VERSION_ASSETS,
    Site,
)
from briefing.model.steps import (
    Defined,
    LintInput,
    NameCheckInput,
    OutputCheck,
    PagePlan,
    PendingProblem,
    PublishedCheck,
    QuietCheck,
    RenderInput,
    SingleFileInput,
    Source,
    WeaveInput,
    WovenSite,
)
from briefing.model.versions import PageDays, day_address
from briefing.pipeline import lazy
from briefing.pipeline.report import sources_of
from briefing.pipeline.versions import Kept, first_shown
from briefing.problems import WHOLE_FILE, Problem, Span, set_levels
from briefing.project import Project
from briefing.render.dependencies import Theme, find_used_names, template_digests

Pages = tuple[tuple[PagePlan, Rendered], ...]
"""Each page with its plan."""
_CAMERAS = (".jfif", ".jpeg", ".jpg", ".png", ".webp")
_NOTES = (b"Exif\0\0", b"eXIf", b"EXIF", b"http://ns.adobe.com/xap/", b"XML:com.adobe.xmp")
"""What is in a picture into which a camera or a program wrote more than the pixels."""
_PRINTED = "/briefing.html"
SINGLE_FILE = "volume.html"
"""The template of the page that holds the whole briefing and needs no other file."""


def make_weave_input(
    project: Project,
    snapshot: Snapshot,
    documents: Sequence[Document],
    defined: Defined,
    files: Sequence[SiteFile],
    evidence: Hashed[Evidence] | None = None,
    dead: tuple[str, ...] = (),
    originals: tuple[Original, ...] = (),
    days: tuple[PageDays, ...] = (),
) -> WeaveInput:
    """Gather everything that weave may know."""
    outlines = tuple(document.outline for document in documents)
    options = project.now, project.base_url, project.drafts, project.pdf
    return WeaveInput(outlines, tuple(files), *options, defined.vocabulary, evidence, dead, originals, days)


def make_published_check(
    project: Project,
    snapshot: Snapshot,
    documents: Sequence[Document],
    woven: WovenSite,
    kept: Kept,
) -> PublishedCheck:
    """Gather the addresses that were published, and those of this build."""
    days = tuple(day_address(one.address, day) for one in kept.days for day in (*one.kept, *one.withdrawn))
    sentences = tuple((document.path, document.words) for document in documents)
    known, first = None if kept.problems else days, first_shown(kept, woven)
    return PublishedCheck(snapshot.lock, woven.anchors, sentences, project.update_lock, known, first, woven.hidden)


def place_problems(documents: Sequence[Document], woven: WovenSite) -> list[Problem]:
    """Return the problems that parse and weave found; those of weave get the line and column of their span."""
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


def judge(
    problems: Sequence[Problem], snapshot: Snapshot, documents: Sequence[Document], woven: WovenSite
) -> list[Problem]:
    """Return problems as the site sees them: with the levels that it sets, and those that a person accepts as notes."""
    accepted = {document.path: document.accepted for document in documents if document.accepted}
    texts = {source.path: source.data.value for source in snapshot.sources if source.path in accepted}
    leveled = set_levels(problems, woven.site.checks) if woven.site else problems
    return [*accept_problems(leveled, accepted, texts)]


def check(
    memo: AnyMemo,
    mapper: Mapper[Any, Any],
    snapshot: Snapshot,
    sources: Sequence[Source],
    documents: Sequence[Document],
    woven: WovenSite,
    published: PublishedCheck,
) -> list[Problem]:
    """Check the published addresses, and the words of every content file."""
    rules = Hashed.of(woven.rules)
    texts = [
        LintInput(source, document.sentences, rules, document.blocks, document.starts)
        for source, document in zip(sources, documents, strict=True)
    ]
    settings = [document for document in documents if document.path == SETTINGS_PATH]
    [lost] = memo.map("contract", check_published, [published])
    hosts = ((document.path, host, span) for document in documents for host, span in document.hosts)
    codes = ((document.path, code, span) for document in documents for code, span in document.codes)
    return [
        *lost,
        *check_hosts(hosts),
        *(problem for one in settings if woven.site for problem in check_look(woven.site, snapshot.assets, one.spans)),
        *check_codes(codes, woven.site.language if woven.site else ""),
        *(problem for found in memo.map("lint", lazy.lint, texts, mapper) for problem in found),
    ]


def read_theme(memo: AnyMemo, templates: tuple[File, ...]) -> Theme:
    """Read which others each template names; only those that are new are read."""
    return Theme(templates, tuple(memo.map("template", find_used_names, templates)))


def make_render_inputs(
    memo: AnyMemo,
    snapshot: Snapshot,
    documents: Sequence[Document],
    site: Site | None,
    plans: Sequence[PagePlan],
    cited: Mapping[str, str],
) -> list[RenderInput]:
    """Gather for each page everything that it is rendered from."""
    if not plans:
        return []
    bodies = {document.path: document.body for document in documents}
    coverage = {document.path: document.coverage for document in documents}
    [reached] = memo.map("theme", template_digests, [read_theme(memo, snapshot.templates)])
    no_template = digest(site)
    looks = {name: digest((reach, no_template)) for name, reach in reached}
    return [
        RenderInput(
            plan.address,
            plan.page,
            tuple(bodies[path] for path in plan.bodies),
            looks.get(plan.template, no_template),
            coverage[plan.bodies[0]] if len(plan.bodies) == 1 else UNCOUNTED,
            cited.get(plan.address, ""),
        )
        for plan in plans
    ]


def embed_assets(
    memo: AnyMemo,
    site: Site | None,
    templates: Sequence[File],
    plans: Sequence[PagePlan],
    rendered: Sequence[Rendered],
    published: Sequence[Rendered],
) -> list[Rendered]:
    """Put the assets that the single-file page needs into it; return all pages."""
    found = [n for n, plan in enumerate(plans) if plan.template == SINGLE_FILE and not rendered[n].problems]
    template = next((file for file in templates if file.path == SINGLE_FILE), None)
    pages = list(rendered)
    if site and template:
        inputs = [SingleFileInput(rendered[n], template, tuple(published), site.base_url) for n in found]
        for n, page in zip(found, memo.map("bind", lazy.make_self_contained, inputs), strict=True):
            pages[n] = page
    return pages


def choose_assets(site: Site | None, assets: Sequence[File], has_days: bool = False) -> tuple[File, ...]:
    """Return the assets that a site publishes, pictures without what a camera wrote into them.

    `has_days` says whether the site has pages of earlier days.

    Those for a sensitive subject are published only where the settings ask for them.
    """
    left_out = [CALM_ASSETS if site and site.safety.on else SAFETY_ASSETS]
    left_out += [] if site and site.editions else [EDITION_ASSETS]
    left_out += [] if has_days else [VERSION_ASSETS]
    left_out += [] if site and site.epub else [BOOK_ASSETS]
    chosen = (file for file in assets if not file.path.startswith(tuple(left_out)))
    return tuple(_without_notes(file) if file.path.lower().endswith(_CAMERAS) else file for file in chosen)


def _without_notes(file: File) -> File:
    if not any(mark in file.data.value for mark in _NOTES):
        return file
    from briefing.read.metadata import clean  # which few builds need

    return replace(file, data=Hashed.of(clean(file.data.value)))


def check_quiet_pages(
    memo: AnyMemo, mapper: Mapper[Any, Any], woven: WovenSite, pages: Pages, days: Sequence[tuple[str, str]]
) -> list[Problem]:
    """Search every finished quiet page, its `days`, and every redirect to one, for words that give away its subject."""
    if not (woven.site and (woven.quiet or days)):
        return []
    quiet, words = dict((*woven.quiet, *days)), woven.site.safety.quiet_words
    inputs = [
        QuietCheck(plan.address, page.data, quiet[plan.address], words)
        for plan, page in pages
        if plan.address in quiet and not page.problems
    ]
    return [problem for found in memo.map("quiet", lazy.check_quiet, inputs, mapper) for problem in found]


def check_names(
    memo: AnyMemo,
    mapper: Mapper[Any, Any],
    blocked_names: BlockedNames,
    pages: Pages,
    assets: Sequence[Rendered],
    snapshot: Snapshot,
) -> list[Problem]:
    """Search everything that is published, and the record of its addresses, for names that must never appear.

    If content files or templates hold one, these are reported, and not the other pages that show it too.
    """
    if not blocked_names.names:
        return []
    names = Hashed.of(blocked_names)

    def search(inputs: Sequence[NameCheckInput], mapper: Mapper[Any, Any] = map) -> list[Problem]:
        return [problem for found in memo.map("guard", find_blocked_names, inputs, mapper) for problem in found]

    whole_first = sorted(pages, key=lambda page: page[0].template != SINGLE_FILE)  # it has most words of the others
    shown = search([NameCheckInput(page, _origin(plan, page), names) for plan, page in whole_first], mapper)
    single = {f"output/{page.path}" for plan, page in pages if plan.template == SINGLE_FILE}
    shown = [problem for problem in shown if problem.path not in single] or shown  # it repeats the others
    files = [*assets, *([Rendered(LOCK, snapshot.lock)] if snapshot.lock else [])]
    found = search([NameCheckInput(file, file.path, names) for file in files], mapper)
    origins = sources_of(snapshot).items() if shown else ()
    inside = search([NameCheckInput(Rendered(path, data), path, names) for path, data in origins if path != LIST])
    holding = {problem.path for problem in inside}
    kept = [*(problem for problem in shown if not inside or problem.path in holding), *found]
    known = {problem.path for problem in kept}
    return [*kept, *(problem for problem in inside if problem.path not in known)]


def check_output(
    memo: AnyMemo, mapper: Mapper[Any, Any], templates: Sequence[File], pages: Pages, assets: Sequence[Rendered]
) -> list[Problem]:
    """Check the markup and the form of every file that is about to be written."""
    known = digest(tuple(templates))
    inputs = [
        OutputCheck(page, _origin(plan, page), known, plan.template == SINGLE_FILE)
        for plan, page in pages
        if not page.problems
    ]
    inputs += [OutputCheck(file, file.path, known) for file in assets if file.path.lower().endswith(".svg")]
    checker = lazy.OutputChecker(tuple(templates))
    return [problem for found in memo.map("output", checker, inputs, mapper) for problem in found]


def _origin(plan: PagePlan, page: Rendered) -> str:
    """Return the content file of a page that shows one, or the page itself."""
    return plan.bodies[-1] if plan.bodies and plan.template != SINGLE_FILE else f"output/{page.path}"


def hide_names(
    memo: AnyMemo, blocked_names: BlockedNames, snapshot: Snapshot, problems: Sequence[Problem]
) -> tuple[Problem, ...]:
    """Return problems that show no name that must never appear."""
    search = partial(memo.map, "guard", find_blocked_names)
    return redact(problems, sources_of(snapshot), blocked_names, search)


def print_pdf(memo: AnyMemo, pages: Pages) -> tuple[Rendered, ...]:
    """Print the single-file page, unless it is the same as before."""
    return tuple(memo.map("print", lazy.print_pdf, [page for plan, page in pages if plan.address == _PRINTED]))


def copy_assets(published: Sequence[File]) -> list[Rendered]:
    """Return the files below `assets/`: all but the style sheet of books."""
    kept = [file for file in published if file.path != BOOK_ASSETS]
    return [Rendered(f"assets/{file.path}", file.data, size=len(file.data.value)) for file in kept]


def make_summary(problems: Sequence[Problem], documents: Sequence[Document], woven: WovenSite) -> BuildSummary:
    """Separate notes from problems, and count pages and statements; drafts that are left out do not count."""
    published = {path for plan in woven.plans for path in plan.bodies}
    each = [document.coverage for document in documents if document.path in published]
    return BuildSummary(
        tuple(problem for problem in problems if problem.level != "note"),
        tuple(problem for problem in problems if problem.level == "note"),
        Coverage(sum(one.checkable for one in each), sum(one.sourced for one in each), sum(one.exempt for one in each)),
        sum(plan.address.endswith("/") for plan in woven.plans),
        woven.blocked_names,
    )
