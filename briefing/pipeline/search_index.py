"""The search index of a site and of each of its editions, of whose parts only those with a new page are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import AnyMemo, Mapper
from briefing.model.files import Rendered
from briefing.model.site import Site
from briefing.model.steps import SearchEntry, SearchInput
from briefing.pipeline import lazy
from briefing.pipeline.steps import SINGLE_FILE, Pages


def make_search_index(memo: AnyMemo, mapper: Mapper[Any, Any], site: Site | None, pages: Pages) -> tuple[Rendered, ...]:
    """Make the parts of the search index in which a page is new.

    The single-file page is left out: readers find its parts as pages, and each new style sheet would need a new index.
    """
    from briefing.postprocess import search  # which a build without an index does not need

    assert site is not None
    sites = (site, *site.editions)
    shared = {one.prefix: Hashed.of(one) for one in sites}
    inputs = [
        SearchInput(shared[_prefix(plan.address, shared)], plan.page, page.data)
        for plan, page in pages
        if plan.template != SINGLE_FILE
    ]
    found: dict[str, list[SearchEntry]] = {one.prefix: [] for one in sites}
    for given, entries in zip(inputs, memo.map("lay out", lazy.lay_out, inputs, mapper), strict=True):
        found[given.site.value.prefix] += entries
    parts = [(prefix, part) for prefix, entries in found.items() for part in search.divide(entries)]
    made = memo.map("search", lazy.index, [part for _, part in parts], mapper)
    files = [_in_folder(prefix, file) for (prefix, _), files in zip(parts, made, strict=True) for file in files]
    for prefix, entries in found.items():
        count = sum(one == prefix for one, _ in parts)
        files += [_in_folder(prefix, file) for file in (search.describe(entries, count) if count else ())]
    return tuple(files)


def _prefix(address: str, prefixes: Iterable[str]) -> str:
    """Return the prefix of the edition of the site to which an address belongs; empty for the site itself."""
    return max((one for one in prefixes if one and address.startswith(f"{one}/")), key=len, default="")


def _in_folder(prefix: str, file: Rendered) -> Rendered:
    return replace(file, path=f"{prefix[1:]}/{file.path}") if prefix else file
