"""What a build makes of one snapshot of the files."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.model.files import BuildSummary, Rendered
from briefing.model.steps import PagePlan, RenderInput, WeaveInput, WovenSite
from briefing.model.versions import Words
from briefing.pipeline.versions import Kept
from briefing.values import dataclass
from briefing.write.manifest import BuildInputs


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The files of a site, and the values of each step that made them."""

    summary: BuildSummary
    weave_input: WeaveInput
    woven: WovenSite
    render_inputs: tuple[RenderInput, ...]
    """What each page is rendered from; empty if there are errors before rendering."""
    pages: tuple[tuple[PagePlan, Rendered], ...]
    """Each rendered page with its plan."""
    files: tuple[Rendered, ...]
    """Every file of the site, pages first; empty if there are errors."""
    lock_text: str
    """The new text of `content/addresses.lock`; empty if this build does not record addresses."""
    inputs: BuildInputs
    """What the manifest says the files were made of."""
    kept: Kept
    """The words of earlier days."""
    words: Mapping[str, Words]
    """The words of each page in this build; empty on a site that records none."""
