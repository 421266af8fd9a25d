"""The option `--explain`: why each page was rendered again, by what the page shows."""

from __future__ import annotations

from tests.sites import MakeSite, Site, brief


def reasons(one: Site) -> dict[str, str]:
    """Build with the real command, and return its reasons by address."""
    lines = one.run("build", "--no-search", "--explain", "--quiet").stderr.splitlines()
    return dict(line.split(": ", 1) for line in lines if line.startswith("/"))


def test_each_page_has_its_reason(site: MakeSite) -> None:
    """A page with a new text, a page that shows a new title, a page with a new template: each has its reason."""
    one = site(
        f"-- content/briefs/a.md --\n{brief('First', 'See [[b]].')}-- content/briefs/b.md --\n{brief('Second', 'It is here.')}"
    )
    assert {"new page, or nothing cached"} == set(reasons(one).values())
    assert {} == reasons(one)
    one.edit("content/briefs/b.md", "It is here.", "It is there.")
    assert "its text changed" in reasons(one)["/briefs/b/"]
    one.edit("content/briefs/b.md", "title: Second", "title: Third")
    found = reasons(one)
    assert "text" in found["/briefs/a/"] and "title" in found["/briefs/b/"] and "/404.html" not in found
    one.write("templates/404.html", '{% extends "base.html" %}{% block main %}<h1>Gone</h1>{% endblock %}')
    assert {"/404.html": "a template that it uses, or the settings, changed"} == reasons(one)
