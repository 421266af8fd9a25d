"""The option `--explain`: why each page was rendered again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass

from briefing.cli.printing import say
from briefing.incremental.hashed import CacheMiss
from briefing.model.pages import Page
from briefing.model.steps import RenderInput

_MOST = 4
"""Parts of a page that are named; the others are counted."""


def print_reasons(before: Sequence[RenderInput], now: Sequence[RenderInput], rendered: Iterable[str]) -> None:
    """Print a reason for each address that was rendered, from what its page shows now and what it showed before."""
    made = set(rendered)
    old = {render_input.address: render_input for render_input in before}
    for render_input in now:
        if render_input.address in made:
            reason = _reason(old.get(render_input.address), render_input)
            say(f"{render_input.address}: {reason}")
    if not made:
        say("no page was rendered again")


def _reason(before: RenderInput | None, now: RenderInput) -> str:
    if before is None:
        return "new page, or nothing cached"
    reasons = []
    if before.bodies != now.bodies:
        reasons.append("its text changed")
    if before.page != now.page:
        try:
            parts = list(dict.fromkeys(_different(before.page.value, now.page.value)))
        except CacheMiss:
            parts = ["something"]
        more = f" and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
        reasons.append(f"what it shows changed: {', '.join(parts[:_MOST])}{more}")
    if before.look != now.look:
        reasons.append("a template that it uses, or the settings, changed")
    return "; ".join(reasons) or "its cached result was lost"


def _different(before: Page, now: Page) -> Iterator[str]:
    """Yield the names of the fields that differ; for the record, the names of its own fields."""
    for name in (field.name for field in fields(now)):
        old, new = getattr(before, name), getattr(now, name)
        if old != new and name == "view" and is_dataclass(old) and is_dataclass(new):
            yield from (field.name for field in fields(new) if getattr(old, field.name) != getattr(new, field.name))
        elif old != new:
            yield name
