"""What a page just saved is shown on at once, while the rest of the site is still to follow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.check.names import find_blocked_names
from briefing.model.files import Rendered, Snapshot
from briefing.model.site import BlockedNames
from briefing.model.steps import NameCheckInput, RenderInput
from briefing.parse.document import parse
from briefing.pipeline.report import Report
from briefing.problems import has_errors
from briefing.project import Project
from briefing.read.snapshot import reread
from briefing.render.renderer import Renderer
from briefing.weave.patch import SitePatch
from briefing.weave.weave import survey


@dataclass(frozen=True, slots=True)
class FastPreview:
    """A site in which nothing was wrong, with the texts put in place since: a page is made on it without the others."""

    snapshot: Snapshot
    blocked_names: BlockedNames
    standing: SitePatch
    unsure: frozenset[Path] = frozenset()
    """Files saved since that could not be put in place; until all of the site is made again they may mean anything."""

    def put(self, project: Project, saved: Collection[Path]) -> tuple[FastPreview, Rendered | None]:
        """Put a saved text in place and make its page as the whole build will, if that page alone is concerned."""
        unsure = self.unsure.union(saved)
        made = self._make(project, unsure) if len(unsure) == 1 else None
        return made or (replace(self, unsure=unsure), None)

    def _make(self, project: Project, saved: Collection[Path]) -> tuple[FastPreview, Rendered] | None:
        now = reread(project, self.snapshot, saved)
        if now is None:
            return None
        [source] = [new for new, old in zip(now.sources, self.snapshot.sources, strict=True) if new is not old]
        document = parse(source)
        records = document.outline.value.records
        if len(records) != 1 or has_errors(document.problems) or not (put := self.standing.put(records[0])):
            return None
        standing, plan = put
        render_input = RenderInput(plan.address, plan.page, (document.body,), "", document.coverage)
        rendered = Renderer(now.templates, standing.index.site)(render_input)
        if rendered.problems or find_blocked_names(NameCheckInput(rendered, source.path, self.blocked_names)):
            return None
        return FastPreview(now, self.blocked_names, standing), rendered


def lay(snapshot: Snapshot, report: Report) -> FastPreview | None:
    """Lay the ground on a site as it was built; none where something was wrong with it."""
    if not (report.weave_input and report.blocked_names and report.files):
        return None
    index = survey(report.weave_input)
    return FastPreview(snapshot, report.blocked_names, SitePatch(index)) if index else None
