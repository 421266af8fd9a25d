"""What each template reaches, so that a page is made anew when a part that it uses changes, and not otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.incremental.hashed import digest
from briefing.model.files import File

FILLS = "parts/fills.html"
"""Macros for what stands in the holes of a text; every page may need them."""
_WAYS = {"extends", "include", "import", "from"}
"""Ways in which a template reaches another."""
_AFTER = {"ignore", "with", "without", "as", "import"}
"""What may stand after a name that is one; anything else makes something of it."""
_IN_QUOTES = re.compile(r"""(["'])[^\\]*\1""")


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site."""

    templates: tuple[File, ...]


def template_digests(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Give for each template a digest of all that it reaches: itself, and what it extends, includes and imports.

    A name made while rendering reaches every template. One that cannot be read reaches itself; rendering reports it.
    """
    digests = {file.path: file.data.digest for file in theme.templates}
    direct: dict[str, set[str]] = {}
    for file in theme.templates:
        names = named(file)
        direct[file.path] = set(digests) if None in names else {name for name in names if name in digests}
    return tuple((name, digest(tuple((n, digests[n]) for n in _reached(name, direct)))) for name in sorted(digests))


@lru_cache(maxsize=256)
def named(file: File) -> frozenset[str | None]:
    """Give the templates that one names, None for a name made while rendering; kept for the next save of another.

    A name in quotes is seen among the template's words, which takes a third of the time that understanding them takes:
    Jinja needs to do that only where one is given in any other way.
    """
    from jinja2 import Environment, TemplateSyntaxError, meta

    environment, text = Environment(autoescape=True), file.data.value.decode("utf-8", "replace")
    try:
        words = [(kind, word) for _, kind, word in environment.lex(text) if kind != "whitespace"]
        runs = zip(words, words[1:], words[2:], words[3:], strict=False)
        given = [
            name if after == "block_end" or word in _AFTER else ""
            for (begun, _), (_, way), (_, name), (after, word) in runs
            if begun == "block_begin" and way in _WAYS
        ]
        if all(map(_IN_QUOTES.fullmatch, given)):
            return frozenset(name[1:-1] for name in given)
        return frozenset(meta.find_referenced_templates(environment.parse(text)))
    except TemplateSyntaxError:
        return frozenset()


def _reached(name: str, direct: dict[str, set[str]]) -> list[str]:
    found: set[str] = set()
    on_wait = [name, *([FILLS] if FILLS in direct else [])]
    while on_wait:
        if (current := on_wait.pop()) not in found:
            found.add(current)
            on_wait += direct[current]
    return sorted(found)
