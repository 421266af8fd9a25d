"""Why a page was made anew: what differs between what it shows now and what it showed when it was last made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from briefing.incremental.hashed import CacheMiss
from briefing.model.pages import Page
from briefing.model.steps import RenderInput

_MOST = 4
"""Parts of a page named before the rest is counted."""


def explain(
    before: Sequence[RenderInput], now: Sequence[RenderInput], made: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Give for each address that was made its reason, in the order of the pages."""
    rendered = set(made)
    old = {render_input.address: render_input for render_input in before}
    for render_input in now:
        if render_input.address in rendered:
            yield render_input.address, _reason(old.get(render_input.address), render_input)


def _reason(before: RenderInput | None, now: RenderInput) -> str:
    if before is None:
        return "new, or the first build that remembers"
    reasons = []
    if before.bodies != now.bodies:
        reasons.append("its text changed")
    if before.page != now.page:
        try:
            parts = list(dict.fromkeys(_differing(before.page.value, now.page.value)))
        except CacheMiss:
            parts = ["something it shows"]
        more = f" and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
        reasons.append(f"it shows another {', '.join(parts[:_MOST])}{more}")
    if before.look != now.look:
        reasons.append("a template that it uses or the settings changed")
    return "; ".join(reasons) or "the memo had lost it"


def _differing(before: Page, now: Page) -> Iterator[str]:
    """Name the parts of a page that differ, those of its record by their own names."""
    for name in _names(now):
        old, new = getattr(before, name), getattr(now, name)
        if old != new and name == "view" and is_dataclass(old) and is_dataclass(new):
            yield from (part.name for part in fields(new) if getattr(old, part.name) != getattr(new, part.name))
        elif old != new:
            yield name


def _names(value: Any) -> list[str]:
    return [part.name for part in fields(value)]
