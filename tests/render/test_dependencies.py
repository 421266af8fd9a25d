"""Theme: which template reaches which, so that an edit renders what it must and nothing else."""

from __future__ import annotations

from itertools import product

import pytest
from jinja2 import Environment, TemplateSyntaxError, meta

from briefing.incremental.hashed import Hashed
from briefing.model.files import File
from briefing.render.dependencies import FILLS, Theme, find_used_names, template_digests

FILES = {
    "base.html": "{% block main %}{% endblock %}{% include 'parts/foot.html' %}",
    "page.html": "{% extends 'base.html' %}{% block main %}{% from 'parts/box.html' import box %}{% endblock %}",
    "plain.txt": "nothing",
    "loose.html": "{% include name %}",
    "list.html": "{% include ['parts/none.html', 'plain.txt'] %}",
    "broken.html": "{% if %}",
    "parts/foot.html": "foot",
    "parts/box.html": "{% import 'parts/deep.html' as deep %}",
    "parts/deep.html": "{% include 'parts/box.html' ignore missing %}",
    FILLS: "{% macro link(to, label) %}{% endmacro %}",
}


def theme(**changes: str) -> dict[str, str]:
    """Return the digest of what each template reaches, after changes to files named by their stems."""
    texts = {path: changes.get(path.rpartition("/")[2].partition(".")[0], text) for path, text in FILES.items()}
    files = tuple(File(path, path, Hashed.of(text.encode())) for path, text in sorted(texts.items()))
    return dict(template_digests(Theme(files, tuple(map(find_used_names, files)))))


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ("base", {"base.html", "page.html", "loose.html"}),
        ("foot", {"base.html", "page.html", "loose.html", "parts/foot.html"}),
        ("page", {"page.html", "loose.html"}),
        ("deep", {"page.html", "loose.html", "parts/box.html", "parts/deep.html"}),
        ("plain", {"plain.txt", "list.html", "loose.html"}),
        ("broken", {"broken.html", "loose.html"}),
        ("fills", set(FILES)),
    ],
)
def test_a_change_reaches_what_includes_it(changed: str, reached: set[str]) -> None:
    """Extends, includes and imports are followed at any depth; a name made while rendering reaches all."""
    before, after = theme(), theme(**{changed: FILES.get(f"{changed}.html", "") + " changed"})
    if changed in ("base", "page", "foot", "deep", "fills"):
        path = next(path for path in FILES if path.rpartition("/")[2].startswith(changed))
        after = theme(**{changed: FILES[path] + " changed"})
    assert reached == {name for name in before if before[name] != after[name]}


def test_the_same_templates_give_the_same_digests() -> None:
    """Closures depend on nothing but the files."""
    assert theme() == theme()


NAMES = """
'a.html' | "b.html" | 'a' 'b' | 'a\\x62' | 'it"s' | '' | name | 7 | ('a',) | ['a', 'b'] | ['a', name] | ('a') | []
'a' if more else 'b' | 'a' if more | 'a' ~ more | 'a'.b | 'a'[0] | 'a' is none | 'a'  in  more | not 'a' | -'a'
"""
WAYS = """
extends {} | include {} | include {} ignore missing | include {} without context | set word = {} | print include, {}
include {} ignore missing with context | import {} as all | from {} import one with context | from {} import a, b as c
"""
AROUND = """
{%% %s %%} | {%%- %s -%%} | {%%+%s+%%} | {# {%% %s %%} #} | {{ "{%% %s %%}" }} | %s | {%% %s | {{ %s }}
{%% raw %%}{%% %s %%}{%% endraw %%} | {%% if more %%}{%% %s %%}{%% endif %%} | {%% block more %%}{%% %s %%}{%% endblock %%}
"""


def test_names_are_those_that_jinja_finds() -> None:
    """However a template names others, the same are found as by Jinja's own search of all that it understood."""
    read = 0
    for around, way, name in product(
        *(table.strip().replace("\n", " | ").split(" | ") for table in (AROUND, WAYS, NAMES))
    ):
        text = f"{around % way.format(name)}\n{{% include 'last.html' %}}"
        try:
            found = frozenset(meta.find_referenced_templates(Environment().parse(text)))
        except TemplateSyntaxError:
            continue
        read += 1
        assert found == set(find_used_names(File("page.html", "page.html", Hashed.of(text.encode())))), text
    assert read > 1000
