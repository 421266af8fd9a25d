"""What a site defines for itself: its words, and its templates that replace none of ours."""

from __future__ import annotations

from briefing.incremental.memo import AnyMemo
from briefing.model.files import Snapshot
from briefing.model.steps import HASHED_OURS, Defined, WovenSite
from briefing.parse.places import take_vocabulary
from briefing.pipeline import lazy
from briefing.problems import Problem
from briefing.render.dependencies import TemplateUse, Theme, find_unused


def define(memo: AnyMemo, snapshot: Snapshot) -> Defined:
    """Read what the site defines in words of its own."""
    given = take_vocabulary(snapshot)
    if not given.files and not given.templates:
        return Defined(HASHED_OURS)
    [defined] = memo.map("define", lazy.define, [given])
    return defined


def check_templates(memo: AnyMemo, snapshot: Snapshot, woven: WovenSite) -> list[Problem]:
    """Report the templates of the site that replace none of ours and that nothing uses."""
    if not snapshot.own_templates:
        return []
    used = tuple(sorted({plan.template for plan in woven.plans}))
    use = TemplateUse(Theme(snapshot.templates), snapshot.own_templates, used)
    [unused] = memo.map("unused", find_unused, [use])
    return list(unused) if woven.plans else []
