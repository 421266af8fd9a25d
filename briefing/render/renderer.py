"""Renders one page. A template sees its page, the settings and a few functions, and nothing else."""

from __future__ import annotations

from briefing.incremental.hashed import Hashed
from briefing.model.addresses import output_path
from briefing.model.files import File, Rendered
from briefing.model.site import Site
from briefing.model.steps import RenderInput
from briefing.problems import Finding
from briefing.render import formats
from briefing.render.context import make_context
from briefing.render.dependencies import FILLS
from briefing.render.template_errors import place_error
from briefing.render.templates import make_environment
from briefing.render.urls import site_of
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders pages with one set of templates and settings."""

    templates: tuple[File, ...]
    site: Site
    use_compiled: bool = True
    """Whether to use the templates that earlier builds compiled."""

    def __call__(self, render_input: RenderInput) -> Rendered:
        """Return the file of one page. An error in a template is returned as a problem with the template's line."""
        # Not kept in memory, since no other page needs them.
        page, bodies = render_input.page.once(), [body.once() for body in render_input.bodies]
        if page.template in formats.WRITERS:
            text = formats.write(page, site_of(page, self.site), bodies)
            return _file(render_input, text)
        if not any(file.path == FILLS for file in self.templates):
            missing = Finding("missing-template", "this template does not exist").at(f"templates/{FILLS}")
            return Rendered(output_path(render_input.address), Hashed.of(b""), (missing,))
        context: dict[str, object] = {}
        try:
            environment = make_environment(self.templates, use_compiled=self.use_compiled)
            context = make_context(environment, page, bodies, self.site, render_input.coverage, render_input.cited)
            text = environment.get_template(page.template).render(context)
        except Exception as error:  # a template can raise any error, and its author needs the place
            problem = place_error(error, page.template, self.templates, context)
            if problem is None:
                raise
            return Rendered(output_path(render_input.address), Hashed.of(b""), (problem,))
        return _file(render_input, text)


def _file(render_input: RenderInput, text: str) -> Rendered:
    data = text.encode()
    return Rendered(output_path(render_input.address), Hashed.of(data), size=len(data))
