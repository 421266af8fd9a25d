"""The books of a site: one of the site itself, and one of each of its editions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.check.names import find_blocked_names
from briefing.incremental.hashed import Hashed, digest
from briefing.incremental.memo import AnyMemo, Mapper
from briefing.model.blocked_names import BlockedNames
from briefing.model.files import File, Rendered
from briefing.model.site import BOOK_ASSETS, Site
from briefing.model.steps import BookInput, NameCheckInput, OutputCheck
from briefing.pipeline import lazy
from briefing.pipeline.steps import SINGLE_FILE, Pages
from briefing.problems import Problem

_SHEETS = ("drawings.css", BOOK_ASSETS)
_EASY_SHEET = "editions-easy.css"


def make_books(
    memo: AnyMemo, mapper: Mapper[Any, Any], site: Site | None, pages: Pages, assets: Sequence[File]
) -> tuple[Rendered, ...]:
    """Make a book of every single-file page, if the site wants books; their style sheets are among the assets."""
    if not (site and site.epub):
        return ()
    from briefing.postprocess.css import publish  # which a site without books does not need

    sheets = publish([file for file in assets if file.path in (*_SHEETS, _EASY_SHEET)], site)
    sites = {one.prefix: one for one in site.editions}
    inputs = []
    for plan, page in pages:
        if plan.template == SINGLE_FILE and not page.problems:
            of = sites.get(plan.address.rpartition("/")[0], site)
            own = tuple(sheet.data for sheet in sheets if of.form or not sheet.path.endswith(_EASY_SHEET))
            inputs.append(BookInput(plan.page, page, Hashed.of(of), own))
    return tuple(memo.map("book", lazy.make_book, inputs, mapper))


def check_books(
    memo: AnyMemo,
    mapper: Mapper[Any, Any],
    blocked_names: BlockedNames,
    templates: Sequence[File],
    made: Sequence[Rendered],
    problems: Sequence[Problem],
) -> list[Problem]:
    """Check the form of every book, and search it for names that must never appear.

    A book repeats what is on pages, so names are reported only where no other problem reports one.
    """
    names, known = Hashed.of(blocked_names), digest(tuple(templates))
    forms = [OutputCheck(book, f"output/{book.path}", known) for book in made]
    checked = [*memo.map("output", lazy.OutputChecker(tuple(templates)), forms, mapper)] if forms else []
    if blocked_names.names and made and not any(problem.code == "guarded-name" for problem in problems):
        searched = [NameCheckInput(book, f"output/{book.path}", names) for book in made]
        checked += memo.map("guard", find_blocked_names, searched)
    return [problem for found in checked for problem in found]
