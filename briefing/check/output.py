"""The last check of each file before it is written, whoever made it: markup, feeds, pictures, data and books."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from briefing.check.book import check_book
from briefing.check.data_files import CHECKS
from briefing.check.page_markup import page_markup
from briefing.model.files import File
from briefing.model.steps import OutputCheck
from briefing.problems import Finding, Problem

_MOST = 5
"""Findings of one file that are reported."""
_HINT = "if the template is yours, write the tag as docs/templates.md says; otherwise please report this mistake"
_ASSET_HINT = "export the picture again without scripts, links and styles from elsewhere"


def check_output(check: OutputCheck, templates: tuple[File, ...]) -> tuple[Problem, ...]:
    """Return what is wrong with a file that was made with these templates."""
    path = check.rendered.path
    ending = path.rpartition(".")[2].lower()
    is_asset = path.startswith(("assets/", "files/", "pictures/"))
    if is_asset and ending != "svg":
        return ()
    if ending == "epub":
        return _report(check, check_book(check.rendered.data.value), _HINT)
    try:
        text = check.rendered.data.value.decode()
    except UnicodeDecodeError:
        return (Finding("unsafe-output", f"{path} is not UTF-8", "save the file as UTF-8").at(check.path),)
    found: list[str] = []
    if ending == "html" or (ending == "xml" and not is_asset):
        markup = page_markup(templates)
        found += markup.check(text, check.is_single_file, is_page=ending == "html")
    if ending in CHECKS:
        found += CHECKS[ending](text)
    return _report(check, found, _ASSET_HINT if is_asset else _HINT)


def _report(check: OutputCheck, found: Iterable[str], hint: str) -> tuple[Problem, ...]:
    path = check.rendered.path
    shown = islice(found, _MOST)
    return tuple(Finding("unsafe-output", f"in {path}, {wrong}", hint).at(check.path) for wrong in shown)
