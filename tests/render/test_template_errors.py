"""Mistakes in templates are reported in the words of templates, with the field that was meant and the place."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.incremental.memo import Memo
from briefing.model.pages import Page, View
from tests.sites import MakeSite, Site, brief

CONTENT = f"-- content/briefs/hours.md --\n{brief()}"
PYTHON = ("object", "Error", "NoneType", "attribute", "briefing.", "jinja", "<", "__", "'str'", "dict")
"""Words that only programmers in Python know."""


@pytest.mark.parametrize(
    ("template", "place", "message", "hint"),
    [
        ("{{ page.titel }}", (1, 4, 10), "“page.titel” is not a field of this page", "did you mean “page.title”?"),
        ("a\n{{ site.licnce.url }}", (2, 4, 11), "“site.licnce” is not a field of the settings", "“site.licence”?"),
        ("{{ pge.title }}", (1, 4, 3), "there is no “pge” in this template", "did you mean “page”?"),
        ("{{ page.view.detial }}", (1, 4, 16), "is not a field of the type View", "“page.view.detail”?"),
        ("{% set v = page.view %}\n{{ v.topcs }}", (2, 4, 7), "“v.topcs” is not a field of the type View", "“v.topics”?"),
        ("{{ page.view.detail.asks }}", (1, 4, 21), "not a field of the type PageDetail", "docs/templates.md"),
        ("{{ page.title.name }}", (1, 4, 15), "“page.title” is words and has no “name”", "docs/templates.md"),
        ("{{ page.groups.views }}", (1, 4, 17), "“page.groups” is a list and has no “views”", "docs/templates.md"),
        ("{{ page.title|uper }}", (1, 15, 4), "there is no filter “uper”", "did you mean “upper”?"),
        ("{{ page.title is difined }}", (1, 18, 7), "there is no test “difined”", "did you mean “defined”?"),
        ("{% form one in page.groups %}{% endform %}", (1, 4, 4), "there is no tag “form”", "did you mean “for”?"),
        ("{% if page.title %}x{% endfor %}", (1, 24, 6), "“endfor” comes before the end of “if”", "{% endif %}"),
        ("\n{{ page.title }", (2, 1, 1), "unexpected '}'", "brackets in this line"),
        ("{% if page.title %}", (1, 1, 1), "unexpected end of template", "tags and brackets"),
        ("{% include 'parts/noets.html' %}", (1, 13, 16), "there is no template “parts/noets.html”", "“parts/notes.html”?"),
        ("{% from 'parts/blocks.html' import mta with context %}{{ mta(page.view) }}", (1, 36, 3),
         "“parts/blocks.html” has no macro “mta”", "did you mean “meta”?"),
        ("{{ kind('breif').plural }}", (1, 10, 5), "“breif” does not exist", "docs/templates.md"),
        ("{{ page.title + 1 }}", (1, 1, 1), "this cannot be done here", "docs/templates.md"),
        ("{{ page.title() }}", (1, 1, 1), "this cannot be done here: words is not callable", "docs/templates.md"),
        ("{{ href() }}", (1, 1, 1), "this cannot be done here", "docs/templates.md"),
    ],
)  # fmt: skip
def test_a_mistake_says_what_is_wrong_and_what_was_meant(
    site: MakeSite, template: str, place: tuple[int, int, int], message: str, hint: str
) -> None:
    """It has the file, the line and the column, and no word of Python."""
    one = site(CONTENT)
    one.write("templates/brief.html", template)
    [problem] = one.errors()
    assert ("template", "templates/brief.html") == (problem.code, problem.path)
    assert place == (problem.line, problem.column, problem.length)
    assert message in problem.message
    assert hint in problem.hint
    assert [] == [word for word in PYTHON if word in problem.message]


def test_a_mistake_in_a_part_is_placed_in_the_part(site: MakeSite) -> None:
    """Not in the template that includes it."""
    one = site(CONTENT)
    one.write("templates/brief.html", "{% include 'parts/mine.html' %}")
    one.write("templates/parts/mine.html", "a\nb {{ page.sumary }}")
    [problem] = one.errors()
    assert ("templates/parts/mine.html", 2, 6) == (problem.path, problem.line, problem.column)
    assert "did you mean “page.summary”?" == problem.hint


def test_what_may_be_missing_can_be_tested(site: MakeSite) -> None:
    """A name or field that does not exist is not defined, which is no mistake."""
    one = site(CONTENT)
    one.write(
        "templates/brief.html", "{{ page.titel is defined }} {{ nothing is defined }} {{ page.titel|default('x') }}"
    )
    one.good()
    assert "False False x" == one.page("/briefs/hours/")


FIELDS = st.sampled_from(
    [
        *(("page", field.name) for field in dataclasses.fields(Page)),
        *(("page.view", field.name) for field in dataclasses.fields(View)),
    ]
)


@settings(max_examples=25, deadline=None)
@given(FIELDS, st.data())
def test_a_field_with_a_wrong_letter_is_recognised(
    tmp_path_factory: pytest.TempPathFactory, field: tuple[str, str], data: st.DataObject
) -> None:
    """One letter more in any field of a page or record gives a suggestion of an existing field at its place."""
    before, name = field
    at = data.draw(st.integers(1, len(name)))
    wrong = f"{name[:at]}q{name[at:]}"
    one = Site(tmp_path_factory.mktemp("site"), CONTENT)
    one.write("templates/brief.html", f"{{{{ {before}.{wrong} }}}}")
    [problem] = one.build(Memo(), dry_run=True).problems
    assert (1, 4, len(before) + 1 + len(wrong)) == (problem.line, problem.column, problem.length)
    assert f"“{before}.{wrong}” is not a field of" in problem.message
    assert "did you mean" in problem.hint
