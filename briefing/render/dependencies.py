"""Which templates a template uses, so that a page is rendered again when one of them changes, and not otherwise."""

from __future__ import annotations

import re

from briefing.incremental.hashed import digest
from briefing.model.files import File
from briefing.problems import Finding, Problem
from briefing.suggestions import Names
from briefing.values import dataclass

FILLS = "parts/fills.html"
"""Macros for the placeholders of a text. Every page may need them."""
_STATEMENTS = {"extends", "include", "import", "from"}
"""Statements with which a template uses another."""
_AFTER_NAME = {"ignore", "with", "without", "as", "import"}
"""Words that can follow the name of a template. Anything else makes the name part of an expression."""
_IN_QUOTES = re.compile(r"""(["'])[^\\]*\1""")


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates of a site, and the names of others in each of them."""

    templates: tuple[File, ...]
    names: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """The templates of a site: all, those that replace none of ours, and those that pages are made with."""

    theme: Theme
    own: tuple[str, ...]
    used: tuple[str, ...]


def find_unused(use: TemplateUse) -> tuple[Problem, ...]:
    """Return a problem for each template of the site that replaces none of ours and that nothing uses."""
    files = {file.path: file for file in use.theme.templates}
    direct = _direct(use.theme)
    reached = {name for template in use.used if template in direct for name in _used_by(template, direct)}
    problems = []
    for name in use.own:
        if name not in reached:
            close = Names(set(files) - {name}).nearest(name, 1)
            hint = f"did you mean {close[0]}?" if close else "name it in template: of a page or kind, or delete it"
            finding = Finding(
                "unused-template", "this template replaces no template of the theme, and nothing uses it", hint
            )
            problems.append(finding.at(files[name].origin))
    return tuple(problems)


def template_digests(theme: Theme) -> tuple[tuple[str, str], ...]:
    """Return for each template its name and a digest of all templates that it uses, itself included.

    If a name is computed while rendering, the template may use every template. A template that Jinja cannot parse uses
    only itself; rendering reports the error.
    """
    digests = {file.path: file.data.digest for file in theme.templates}
    direct = _direct(theme)
    return tuple((name, digest(tuple((n, digests[n]) for n in _used_by(name, direct)))) for name in sorted(digests))


def _direct(theme: Theme) -> dict[str, set[str]]:
    """Return for each template those that it names itself."""
    known = {file.path for file in theme.templates}
    used = {file.path: names for file, names in zip(theme.templates, theme.names, strict=True)}
    return {path: known if None in names else {name for name in names if name in known} for path, names in used.items()}


def find_used_names(file: File) -> tuple[str | None, ...]:
    """Return the names of the templates that a template uses; None for a name that is computed while rendering.

    A name in quotes is found in Jinja's tokens. Parsing takes three times as long and is needed only for other names.
    """
    from jinja2 import Environment, TemplateSyntaxError, meta

    environment, text = Environment(autoescape=True), file.data.value.decode("utf-8", "replace")
    try:
        words = [(kind, word) for _, kind, word in environment.lex(text) if kind != "whitespace"]
        runs = zip(words, words[1:], words[2:], words[3:], strict=False)
        given = [
            name if after == "block_end" or word in _AFTER_NAME else ""
            for (begun, _), (_, statement), (_, name), (after, word) in runs
            if begun == "block_begin" and statement in _STATEMENTS
        ]
        if all(map(_IN_QUOTES.fullmatch, given)):
            return tuple(sorted({name[1:-1] for name in given}))
        return tuple(sorted(set(meta.find_referenced_templates(environment.parse(text))), key=str))
    except TemplateSyntaxError:
        return ()


def _used_by(name: str, direct: dict[str, set[str]]) -> list[str]:
    found: set[str] = set()
    waiting = [name, *([FILLS] if FILLS in direct else [])]
    while waiting:
        if (current := waiting.pop()) not in found:
            found.add(current)
            waiting += direct[current]
    return sorted(found)
