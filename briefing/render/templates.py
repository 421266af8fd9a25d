"""The strict Jinja environment, and its cache of compiled templates."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.util import cache_from_source
from pathlib import Path
from types import FunctionType

from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, TemplateRuntimeError
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro

from briefing.incremental.fingerprint import cache_version
from briefing.model.files import File
from briefing.render.template_errors import Missing


@lru_cache(maxsize=2)
def make_environment(templates: tuple[File, ...], use_compiled: bool) -> Environment:
    """Return the environment: everything is escaped, and printing a missing value or None is an error."""
    folder = str(Path(cache_from_source(__file__)).parent)
    texts = {file.path: file.data.value.decode("utf-8", "replace") for file in templates}
    environment = Environment(
        loader=FunctionLoader(lambda name: (texts[name], name, None) if name in texts else None),
        autoescape=True,
        undefined=Missing,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_Compiled(folder, "template-%s.bin") if use_compiled else None,
    )
    environment.context_class = _Context
    return environment


class _Context(Context):
    """Calls macros and functions directly. Jinja looks up for each call what the function wants to be given."""

    def call(__self, __function: Callable[..., object], *args: object, **kwargs: object) -> object:  # noqa: N805
        if type(__function) is Macro:
            args = (__self.eval_ctx, *args)
        elif type(__function) is not FunctionType or hasattr(__function, "jinja_pass_arg"):
            return super().call(__function, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __function(*args, **kwargs)


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
        raise TemplateRuntimeError(
            "nothing can be printed here, since the value is none; test with “is not none” first"
        )
    return value
