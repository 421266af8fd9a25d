"""What each template reaches, so that a page is made anew when a part that it uses changes, and not otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from briefing.model.files import File
from briefing.stored import digest

FILLS = "parts/fills.html"
"""Macros for what stands in the holes of a text; every page may need them."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site."""

    templates: tuple[File, ...]


def closures(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Give for each template a digest of all that it reaches: itself, and what it extends, includes and imports.

    A name made while rendering reaches every template. One that cannot be read reaches itself; rendering reports it.
    """
    digests = {file.path: file.data.digest for file in theme.templates}
    direct: dict[str, set[str]] = {}
    for file in theme.templates:
        names = _named(file)
        direct[file.path] = set(digests) if None in names else {name for name in names if name in digests}
    return tuple((name, digest(tuple((n, digests[n]) for n in _reached(name, direct)))) for name in sorted(digests))


@lru_cache(maxsize=256)
def _named(file: File) -> frozenset[str | None]:
    """Give the templates that one names, None for a name made while rendering; kept for the next save of another."""
    from jinja2 import Environment, TemplateSyntaxError, meta

    try:
        tree = Environment(autoescape=True).parse(file.data.value.decode("utf-8", "replace"))
    except TemplateSyntaxError:
        return frozenset()
    return frozenset(meta.find_referenced_templates(tree))


def _reached(name: str, direct: dict[str, set[str]]) -> list[str]:
    found: set[str] = set()
    waiting = [name, *([FILLS] if FILLS in direct else [])]
    while waiting:
        if (current := waiting.pop()) not in found:
            found.add(current)
            waiting += direct[current]
    return sorted(found)
