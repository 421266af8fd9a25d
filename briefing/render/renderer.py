"""One page to bytes. A template sees the page, the settings and a few plain functions; nothing else exists for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from jinja2 import (
    TemplateError,
)

from briefing.incremental.hashed import Hashed
from briefing.model.addresses import output_path
from briefing.model.files import File, Rendered
from briefing.model.site import Site
from briefing.model.steps import RenderInput
from briefing.problems import Finding
from briefing.render import formats as exports
from briefing.render.context import make_context
from briefing.render.dependencies import FILLS
from briefing.render.templates import make_environment, place_error


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns sheets into files, with one set of templates and settings."""

    templates: tuple[File, ...]
    site: Site
    use_compiled: bool = True
    """Whether to use the templates that earlier builds compiled."""

    def __call__(self, render_input: RenderInput) -> Rendered:
        """Render one page; a fault of a template comes back as a problem at its line."""
        page, bodies = (
            render_input.page.once(),
            [body.once() for body in render_input.bodies],
        )  # no other page will ask for them
        if page.template in exports.WRITERS:
            text = exports.write(page, self.site, bodies)
            return _file(render_input, text)
        if not any(file.path == FILLS for file in self.templates):
            missing = Finding("missing-template", "this template does not exist").at(f"templates/{FILLS}")
            return Rendered(output_path(render_input.address), Hashed.of(b""), (missing,))
        try:
            environment = make_environment(self.templates, use_compiled=self.use_compiled)
            context = make_context(environment, page, bodies, self.site, render_input.coverage)
            text = environment.get_template(page.template).render(context)
        except Exception as error:  # whatever a template does wrong, its author is told where
            problem = place_error(error, page.template, self.templates)
            if problem is None:
                raise
            return Rendered(output_path(render_input.address), Hashed.of(b""), (problem,))
        return _file(render_input, text)


def _file(render_input: RenderInput, text: str) -> Rendered:
    data = text.encode()
    return Rendered(output_path(render_input.address), Hashed.of(data), size=len(data))


def prepare_process(templates: tuple[File, ...]) -> None:
    """Compile the templates ahead of the pages; what is wrong with one is said where a page needs it."""
    environment = make_environment(templates, use_compiled=True)
    for file in templates:
        with suppress(TemplateError):
            environment.get_template(file.path)
