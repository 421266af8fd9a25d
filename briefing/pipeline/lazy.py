"""Functions that load a step when they are first called.

So a build loads Markdown and YAML only to parse something new, and Jinja only to render something new.
"""

from __future__ import annotations

from briefing.incremental.hashed import Hashed
from briefing.model.documents import Document
from briefing.model.editions import Original
from briefing.model.files import ContentFile, File, Rendered
from briefing.model.media import SiteFile
from briefing.model.site import Site
from briefing.model.steps import (
    BookInput,
    DaysInput,
    Defined,
    LintInput,
    OriginalInput,
    OutputCheck,
    PagePlan,
    QuietCheck,
    ReadEvidence,
    ReadVersions,
    RenderInput,
    SearchEntry,
    SearchInput,
    SearchPart,
    SingleFileInput,
    Source,
    VocabularyInput,
    WeaveInput,
    WordsInput,
    WovenSite,
)
from briefing.model.versions import Words
from briefing.problems import Problem
from briefing.values import dataclass


def define(given: VocabularyInput) -> Defined:
    """Read what a site defines in words of its own."""
    from briefing.parse import vocabulary

    return vocabulary.define(given)


def read_evidence(data: Hashed[bytes]) -> ReadEvidence:
    """Read what is known of copies of sources."""
    from briefing.parse import evidence_lock

    evidence, problems = evidence_lock.read_evidence(data.value)
    return ReadEvidence(Hashed.of(evidence), problems)


def read_dead(data: Hashed[bytes]) -> tuple[str, ...]:
    """Read which addresses are dead."""
    from briefing.parse import link_health

    return link_health.read_dead(data.value)


def parse(source: Source) -> Document:
    """Parse one content file."""
    from briefing.parse import document

    return document.parse(source)


def read_picture(file: File) -> SiteFile:
    """Return what is published of a picture."""
    from briefing.read import pictures

    return pictures.read_picture(file)


def read_original(given: OriginalInput) -> Original | None:
    """Return the sections of a page that has editions."""
    from briefing.parse import originals

    return originals.read_original(given.outline.value, given.body.value, given.language)


def read_versions(file: ContentFile) -> ReadVersions:
    """Read one file of kept words."""
    from briefing.parse import kept_words

    return kept_words.read_pages(file.path, file.data.value)


def plan_days(given: DaysInput) -> tuple[PagePlan, ...]:
    """Plan the pages of the days of one page."""
    from briefing.weave.pages import days

    return days.plan_days(given)


def write_words(given: WordsInput) -> Words:
    """Write down the words of one page."""
    from briefing.parse.kept_words import words_digest
    from briefing.render import kept_words

    lines = kept_words.write_words(given.page.once(), given.site.value, [body.once() for body in given.bodies])
    return Words(Hashed.of(lines), words_digest(lines))


def weave(weave_input: WeaveInput) -> WovenSite:
    """Plan every page of a site."""
    from briefing.weave import weave as step

    return step.weave(weave_input)


def lint(lint_input: LintInput) -> tuple[Problem, ...]:
    """Check the words of one content file."""
    from briefing.check import lint as step

    return step.lint(lint_input)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders one page with these templates and settings."""

    templates: tuple[File, ...]
    site: Site | None
    use_compiled: bool

    def __call__(self, render_input: RenderInput) -> Rendered:
        from briefing.render import renderer

        assert self.site is not None  # a site without settings has no pages
        return renderer.Renderer(self.templates, self.site, self.use_compiled)(render_input)


def make_self_contained(single_file: SingleFileInput) -> Rendered:
    """Embed all that the page that is one file loads."""
    from briefing.postprocess import single_file as step

    return step.make_self_contained(single_file)


def make_book(given: BookInput) -> Rendered:
    """Make the page that is one file a book."""
    from briefing.postprocess import epub

    return epub.make_book(given)


@dataclass(frozen=True, slots=True)
class OutputChecker:
    """Checks one file that is about to be written, which was made with these templates."""

    templates: tuple[File, ...]

    def __call__(self, output_check: OutputCheck) -> tuple[Problem, ...]:
        from briefing.check import output as step

        return step.check_output(output_check, self.templates)


def check_quiet(given: QuietCheck) -> tuple[Problem, ...]:
    """Search one quiet page for words that give away its subject."""
    from briefing.check import quiet

    return tuple(quiet.check_quiet(given.address, given.data.once().decode(), given.path, given.quiet_words))


def lay_out(search_input: SearchInput) -> tuple[SearchEntry, ...]:
    """Lay out for the indexer what readers can find of a page."""
    from briefing.postprocess import search

    return search.lay_out(search_input)


def index(part: SearchPart) -> tuple[Rendered, ...]:
    """Make the files of one part of the search index."""
    from briefing.postprocess import search

    return search.index(part)


def print_pdf(page: Rendered) -> Rendered:
    """Print the page that is one file."""
    from briefing.postprocess import pdf

    return pdf.print_pdf(page)
