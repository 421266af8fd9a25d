"""One page to bytes. A template sees the page, the settings and a few plain functions; nothing else exists for it."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from traceback import walk_tb
from typing import Any
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from briefing.incremental.fingerprint import salt
from briefing.incremental.stored import Stored
from briefing.model.files import Coverage, File, Rendered
from briefing.model.kinds import BY_NAME, KINDS
from briefing.model.pages import Page
from briefing.model.records import Site
from briefing.model.steps import Sheet
from briefing.model.text import Chips, Figure, Gloss, Image, Link, Prose
from briefing.problems import Problem
from briefing.render import formats as exports
from briefing.render.dependencies import FILLS
from briefing.render.markdown import plain
from briefing.render.metadata import cite_bibtex, describe
from briefing.weave.catalogue import output_path

_HOLE = re.compile('<hole n="(\\d+)">(.*?)</hole>([,.;:?!)’”»…،؛؟、。]*)', re.DOTALL)
_ANCHOR = re.compile(r'( id="| href="#)')
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns sheets into files, with one set of templates and settings."""

    templates: tuple[File, ...]
    site: Site

    def __call__(self, sheet: Sheet) -> Rendered:
        """Render one page; a fault of a template comes back as a problem at its line."""
        page, bodies = sheet.page.once(), [body.once() for body in sheet.bodies]  # no other page will ask for them
        if page.template in exports.WRITERS:
            text = exports.write(page, self.site, bodies)
            return _file(sheet, text)
        if not any(file.path == FILLS for file in self.templates):
            missing = Problem(f"templates/{FILLS}", 0, 0, "missing-template", "there is no such template")
            return Rendered(output_path(sheet.address), Stored.of(b""), (missing,))
        try:
            environment = _environment(self.templates)
            context = _context(environment, page, bodies, self.site, sheet.coverage)
            text = environment.get_template(page.template).render(context)
        except Exception as error:  # whatever a template does wrong, its author is told where
            problem = _place(error, page.template, self.templates)
            if problem is None:
                raise
            return Rendered(output_path(sheet.address), Stored.of(b""), (problem,))
        return _file(sheet, text)


def _file(sheet: Sheet, text: str) -> Rendered:
    data = text.encode()
    return Rendered(output_path(sheet.address), Stored.of(data), size=len(data))


def make_ready(templates: tuple[File, ...]) -> None:
    """Compile the templates ahead of the pages; what is wrong with one is said where a page needs it."""
    environment = _environment(templates)
    for file in templates:
        with suppress(TemplateError):
            environment.get_template(file.path)


@lru_cache(maxsize=2)
def _environment(templates: tuple[File, ...]) -> Environment:
    """Make the strict environment; nothing is printed that is missing or None, and all is escaped."""
    texts = {file.path: file.data.value.decode("utf-8", "replace") for file in templates}
    return Environment(
        loader=FunctionLoader(lambda name: (texts[name], name, None) if name in texts else None),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_Compiled(str(Path(cache_from_source(__file__)).parent), "template-%s.bin"),
    )


class _Compiled(FileSystemBytecodeCache):
    """Templates as compiled, kept where Python keeps modules as compiled: who can write there can run code anyway."""

    def get_source_checksum(self, source: str) -> str:
        """Know a template by its text and by the version of all that makes and runs its code."""
        return super().get_source_checksum(salt() + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take one that is kept whole; what is damaged is compiled anew."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever a broken file makes of its reading
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, unless Python may keep no modules either."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def _finalize(value: Any) -> Any:
    if value is None:
        raise TemplateRuntimeError("None would be printed here; test with “is not none” first")
    return value


def _context(
    environment: Environment, page: Page, bodies: Sequence[str], site: Site, coverage: Coverage
) -> dict[str, Any]:
    """Give all that a template can reach; documented in docs/templates.md."""
    words = dict(site.words)

    within = dict(page.within)

    def href(address: str) -> str:
        path, _, anchor = address.partition("#")
        if address in within:
            return f"#{within[address]}"
        if path in within:
            return f"#{within[path]}--{anchor}"
        if within:
            return site.base_url + address
        return _path_under(site, address) if page.address == "/404.html" else relative(page.address, address)

    def say(words_: str) -> str:
        return words.get(words_, words_)

    context: dict[str, Any] = {
        "page": page,
        "coverage": coverage,
        "site": site,
        "href": href,
        "absolute": lambda address: site.base_url + address,
        "date": lambda text: write_date(text, say),
        "month": lambda text: _write_month(text, say),
        "_": say,
        "linked_data": lambda: Markup(describe(page, site)),
        "bibtex": lambda: cite_bibtex(page, site),
        "kinds": KINDS,
        "kind": BY_NAME.__getitem__,
    }
    fills = environment.get_template(FILLS).make_module(context)

    def fill(prose: Prose, match: re.Match[str]) -> str:
        hole, label, marks = prose.holes[int(match[1])], Markup(match[2]), match[3]
        match hole:
            case Link():
                return f"{fills.link(hole, label)}{marks}"  # type: ignore[attr-defined]
            case Gloss():
                return str(fills.gloss(hole, label, marks))  # type: ignore[attr-defined]
            case Chips():
                return close_up(fills.chips(hole), marks)  # type: ignore[attr-defined]
            case Figure():
                return close_up(fills.figure(hole), marks)  # type: ignore[attr-defined]
            case Image():
                return f"{fills.image(hole)}{marks}"  # type: ignore[attr-defined]
            case _:
                raise TypeError(f"a hole was never filled: {hole!r}")

    def close_up(button: Markup, marks: str) -> str:
        """Keep marks on the line of the button before them, after which a line may break."""
        return f'<span class="whole">{button}{marks}</span>' if marks else str(button)

    def show(prose: Prose, apart: str = "") -> Markup:
        text = bodies[prose.body] if prose.body >= 0 else prose.html
        if apart:
            text = _ANCHOR.sub(rf"\1{apart}--", text)
        return Markup(_HOLE.sub(lambda match: fill(prose, match), text))

    context["prose"] = show
    context["row"] = lambda chips: fills.row(chips)  # type: ignore[attr-defined]
    context["plain"] = plain
    return context


def relative(here: str, address: str) -> str:
    """Give an address of the site relative to a page of it, so that the site works under any prefix."""
    path, mark, anchor = address.partition("#")
    if path == here:
        return f"#{anchor}" if mark else "./"
    folder, up = here[: here.rindex("/") + 1], 0
    while not path.startswith(folder):
        folder, up = folder[: folder.rindex("/", 0, -1) + 1], up + 1
    way = "../" * up + path[len(folder) :]
    return (way or "./") + mark + anchor


def _path_under(site: Site, address: str) -> str:
    """Give the absolute path of an address, for the page that is served wherever nothing is."""
    return urlsplit(site.base_url).path.rstrip("/") + address


def write_date(text: str, say: Callable[[str], str]) -> str:
    """Write `2025-06-16` as 16 June 2025, `2025-06` as June 2025; anything that is no date stays as it is."""
    parts = text.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text) or len(parts) == 1:
        return text
    named = f"{say(_MONTHS[int(parts[1]) - 1])} {parts[0]}"
    return f"{int(parts[2])} {named}" if len(parts) == 3 else named


def _write_month(text: str, say: Callable[[str], str]) -> str:
    """Write a date short, for a citation's chip: Jun 2025."""
    parts = text.split("-")
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text) or len(parts) == 1:
        return text
    month = _MONTHS[int(parts[1]) - 1]
    return f"{say(month)[:3] if say(month) == month else say(month[:3])} {parts[0]}"


def _place(error: Exception, template: str, templates: tuple[File, ...]) -> Problem | None:
    """Find the template line that an exception came from; None where no template was running."""
    origins = {file.path: file.origin for file in templates}
    name, line = template, 0
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or template, error.lineno
    elif isinstance(error, TemplateError) and template not in origins:
        return Problem(f"templates/{template}", 0, 0, "missing-template", "there is no such template")
    else:
        for frame, number in walk_tb(error.__traceback__):
            if "__jinja_exception__" in frame.f_globals or frame.f_code.co_filename in origins:
                name, line = frame.f_code.co_filename, number
        if not line:
            return None
    name = name.removeprefix("<template>") or template
    message = f"{type(error).__name__}: {error}"
    return Problem(origins.get(name, f"templates/{name}"), line, 1, "template", message, "see docs/templates.md")
