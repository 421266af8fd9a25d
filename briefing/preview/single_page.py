"""Re-render the saved page before the full build."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from briefing.check.names import find_blocked_names
from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import BlockedNames
from briefing.model.files import Rendered, Snapshot
from briefing.model.steps import NameCheckInput, RenderInput
from briefing.model.vocabulary import Vocabulary
from briefing.parse.document import parse
from briefing.parse.places import place_sources
from briefing.pipeline.result import BuildResult
from briefing.problems import has_errors
from briefing.project import Project
from briefing.read.snapshot import reread
from briefing.render.renderer import Renderer
from briefing.values import dataclass
from briefing.weave.patch import SitePatch
from briefing.weave.weave import index_site


@dataclass(frozen=True, slots=True)
class FastPreview:
    """The last site without errors, patched with the texts saved since, so that one page can be rendered alone."""

    snapshot: Snapshot
    vocabulary: Hashed[Vocabulary]
    blocked_names: Hashed[BlockedNames]
    patch: SitePatch
    unapplied: frozenset[Path] = frozenset()
    """Saved files that could not be patched in; they need a full build."""

    def put(self, project: Project, saved: Collection[Path]) -> tuple[FastPreview, Rendered | None]:
        """Patch in a saved text; return its final page too, if no other page depends on the text."""
        unapplied = self.unapplied.union(saved)
        result = self._patch(project, unapplied) if len(unapplied) == 1 else None
        return result or (replace(self, unapplied=unapplied), None)

    def _patch(self, project: Project, saved: Collection[Path]) -> tuple[FastPreview, Rendered] | None:
        now = reread(project, self.snapshot, saved)
        if now is None:
            return None
        edited = [new for new, old in zip(now.sources, self.snapshot.sources, strict=True) if new is not old]
        placed, _ = place_sources(Snapshot(tuple(edited), (), ()), self.vocabulary)
        if len(placed) != 1:
            return None
        [source] = placed
        document = parse(source)
        records = document.outline.value.records
        if len(records) != 1 or has_errors(document.problems) or not (patched := self.patch.replace(records[0])):
            return None
        patch, plan = patched
        render_input = RenderInput(plan.address, plan.page, (document.body,), "", document.coverage)
        rendered = Renderer(now.templates, patch.index.site)(render_input)
        if rendered.problems or find_blocked_names(NameCheckInput(rendered, source.path, self.blocked_names)):
            return None
        return replace(self, snapshot=now, patch=patch, unapplied=frozenset()), rendered


def prepare(snapshot: Snapshot, result: BuildResult) -> FastPreview | None:
    """Return the fast preview of a built site; None if the site has errors."""
    index = index_site(result.weave_input) if result.files else None
    if index is None:
        return None
    names = Hashed.of(result.woven.blocked_names)
    return FastPreview(snapshot, result.weave_input.vocabulary, names, SitePatch(index))
