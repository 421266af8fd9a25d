"""What is saved is seen at once: one page, as it will be when all of the site has been built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.incremental.memo import Memo
from briefing.preview.session import Session
from tests.sites import MakeSite, Site, brief

BODY = "A [[loan]] ends at ten; see [[roof]].\n\n## Sundays\n\nClosed."
SPEAKING = f"""
-- content/briefs/hours.md --
{brief("Opening hours", BODY.replace("ten", "nine"))}
-- content/briefs/roof.md --
{brief("The roof", "It leaks, as [[hours]] and [[hall]] say.")}
-- content/briefs/hall.md --
{brief("The hall", "It is warm. See [[hours#sundays|Sundays]].")}
-- content/glossary.yaml --
- {{id: loan, term: Loan, meaning: "A book taken home until [[hours]] end."}}
"""
"""Texts that speak of one another by their titles, also in the line that explains a glossary term."""


def put(one: Site, path: str, text: str) -> frozenset[Path]:
    """Write a file, and return the changes that the session sees."""
    one.write(path, text)
    return frozenset([one.root / path])


@pytest.mark.parametrize(
    "saves",
    [
        {"hours": brief("Opening hours", BODY)},
        {"hours": brief("Hours", BODY)},
        {"hours": brief("Hours", BODY), "roof": brief("The roof", "It leaks, as [[hours]] and [[hall]] say, and more.")},
        {"hours": brief("Hours", BODY), "hall": brief("The hall", "See [[hours#sundays|Sundays]] and [[loan]].")},
        {"roof": brief("The roof", "It is mended."), "hall": brief("The hall", "It is warm.")},
        {"hall": brief("The hall", "It is cold, says [[roof]]."), "roof": brief("A roof", "It leaks, says [[hall]].")},
        {"hours": brief("Hours", BODY), "roof": brief("A roof", "Now [[hours]] is all."), "hall": brief("Halls", "[[roof]]")},
    ],
    ids=["body", "title", "two-speak", "told-in-a-line", "no-more-spoken-of", "newly-spoken-of", "three"],
)  # fmt: skip
def test_a_glance_is_what_the_build_will_show(site: MakeSite, saves: dict[str, str]) -> None:
    """Each page glanced at, while the saves before it still wait to be built, is the page that a build from nothing gives."""
    one = site(SPEAKING)
    session = Session(one.project(drafts=True), Memo())
    session.save()
    session.prepare()
    for name, text in saves.items():
        glanced = session.quick_update(put(one, f"content/briefs/{name}.md", text))
        clean = Session(one.project(drafts=True), Memo()).save()
        page = f"briefs/{name}/index.html"
        assert glanced is not None and {page} == glanced.changed
        assert clean.files[page].value.decode() == glanced.files[page].value.decode()
    built = session.save(frozenset([one.root / "content/briefs/hours.md"]))
    assert clean.files == built.files
    assert page not in built.changed


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/briefs/hours.md", brief("Opening hours", "See [[nobody]].")),
        ("content/briefs/hours.md", brief("Opening hours", "No Sundays.")),
        ("content/briefs/hours.md", brief("Opening hours", BODY).replace("---", "---\ndraft: true", 1)),
        ("content/briefs/hours.md", "---\ntitle: [\n---\n"),
        ("content/briefs/new.md", brief("New")),
        ("content/pages/index.md", "---\ntitle: Home\nsummary: All of it.\n---\n\nOther words.\n"),
        ("content/glossary.yaml", "- {id: loan, term: Lending, meaning: A book.}\n"),
        ("templates/404.html", "{% extends 'base.html' %}"),
    ],
    ids=["dead-link", "lost-heading", "draft", "broken", "new", "home", "list", "template"],
)
def test_what_may_change_more_than_its_page_waits_for_the_build(site: MakeSite, path: str, text: str) -> None:
    """Nothing is glanced at, the build shows all of it or what is wrong, and after it glances go on."""
    one = site(SPEAKING)
    session = Session(one.project(drafts=True), Memo())
    good = session.save()
    session.prepare()
    saved = put(one, path, text)
    assert session.quick_update(saved) is None
    state = session.save(saved)
    session.prepare()
    assert state.files == (good if state.failed else Session(one.project(drafts=True), Memo()).save()).files
    again = session.quick_update(put(one, "content/briefs/roof.md", brief("The roof", "It is mended.")))
    assert (again is None) == state.failed


def test_a_page_glanced_at_is_taken_back_where_the_build_finds_it_breaks_another(site: MakeSite) -> None:
    """What was lost for others only shows when all of them are looked at; then every page is as it was last well."""
    one = site(SPEAKING.replace("[[hours#sundays|Sundays]]", "[[Opening hours]]").replace("[[hours]] and", ""))
    session = Session(one.project(drafts=True), Memo())
    good = session.save()
    session.prepare()
    saved = put(one, "content/briefs/roof.md", brief("Opening hours", "The roof."))
    assert session.quick_update(saved) is not None
    bad = session.save(saved)
    assert bad.failed and bad.files == good.files and {"briefs/roof/index.html"} == bad.changed
    session.prepare()
    mended = session.quick_update(put(one, "content/briefs/roof.md", brief("The roof", "It is mended.")))
    assert mended is not None and mended.failed and b"mended" in mended.files["briefs/roof/index.html"].value
    built = session.save(saved)
    assert not built.failed and "briefs/roof/index.html" not in built.changed


def test_a_build_that_failed_on_us_is_no_ground(site: MakeSite) -> None:
    """What was read for a build that ended in a bug was never woven: no page is made on it until all was built again."""
    one, broken = site(SPEAKING), False

    def mapper(function: Callable[[Any], Any], values: Sequence[Any]) -> Iterable[Any]:
        if broken:
            raise ZeroDivisionError("a bug")
        return map(function, values)

    session = Session(one.project(drafts=True), Memo(), mapper)
    session.save()
    session.prepare()
    broken = True
    saved = put(one, "content/glossary.yaml", "- {id: loan, term: Lending, meaning: A book.}\n")
    assert session.quick_update(saved) is None
    assert session.save(saved).bug
    session.prepare()
    hours = put(one, "content/briefs/hours.md", brief("Opening hours", BODY))
    assert session.quick_update(hours) is None
    broken = False
    assert not session.save(saved | hours).failed
    session.prepare()
    glanced = session.quick_update(
        put(one, "content/briefs/hours.md", brief("Opening hours", BODY.replace("ten", "eleven")))
    )
    assert glanced is not None and b"Lending" in glanced.files["briefs/hours/index.html"].value
