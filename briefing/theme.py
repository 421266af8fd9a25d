"""What each template reaches, so that a page is made anew when a part that it uses changes, and not otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.memo import digest
from briefing.model import File

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
    from jinja2 import Environment, TemplateSyntaxError, meta

    environment = Environment(autoescape=True)
    digests = {file.path: file.data.digest for file in theme.templates}
    direct: dict[str, set[str]] = {}
    for file in theme.templates:
        try:
            names = set(meta.find_referenced_templates(environment.parse(file.data.value.decode("utf-8", "replace"))))
        except TemplateSyntaxError:
            names = set()
        direct[file.path] = set(digests) if None in names else {name for name in names if name in digests}
    return tuple((name, digest(tuple((n, digests[n]) for n in _reached(name, direct)))) for name in sorted(digests))


def _reached(name: str, direct: dict[str, set[str]]) -> list[str]:
    found: set[str] = set()
    waiting = [name, *([FILLS] if FILLS in direct else [])]
    while waiting:
        if (current := waiting.pop()) not in found:
            found.add(current)
            waiting += direct[current]
    return sorted(found)
