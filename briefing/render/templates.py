"""The strict Jinja environment, its cache of compiled templates, and the place of an error in a template."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from traceback import walk_tb

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

from briefing.incremental.fingerprint import cache_version
from briefing.model.files import File
from briefing.problems import Finding, Problem, Span


@lru_cache(maxsize=2)
def make_environment(templates: tuple[File, ...], use_compiled: bool) -> Environment:
    """Return the environment: everything is escaped, and printing a missing value or None is an error."""
    folder = str(Path(cache_from_source(__file__)).parent)
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
        bytecode_cache=_Compiled(folder, "template-%s.bin") if use_compiled else None,
    )


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates beside Python's own compiled modules: whoever can write there can run code anyway."""

    def get_source_checksum(self, source: str) -> str:
        """Identify a template by its text and by the version of the code that compiles and runs it."""
        return super().get_source_checksum(cache_version() + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template; one that is damaged is compiled again."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # a damaged file can raise any error
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template, unless Python may not store compiled modules."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def _finalize(value: object) -> object:
    if value is None:
        raise TemplateRuntimeError("None would be printed here; test with “is not none” first")
    return value


def place_error(error: Exception, template: str, templates: tuple[File, ...]) -> Problem | None:
    """Return a problem with the template line that raised an error, or None if no template was running."""
    origins = {file.path: file.origin for file in templates}
    name, line = template, 0
    if isinstance(error, TemplateSyntaxError):
        name, line = error.name or template, error.lineno
    elif isinstance(error, TemplateError) and template not in origins:
        return Finding("missing-template", "this template does not exist").at(f"templates/{template}")
    else:
        for frame, number in walk_tb(error.__traceback__):
            if "__jinja_exception__" in frame.f_globals or frame.f_code.co_filename in origins:
                name, line = frame.f_code.co_filename, number
        if not line:
            return None
    name = name.removeprefix("<template>") or template
    message = f"{type(error).__name__}: {error}"
    finding = Finding("template", message, "see docs/templates.md")
    return finding.at(origins.get(name, f"templates/{name}"), Span(line, 1))
