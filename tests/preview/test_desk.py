"""The desk keeps the last good pages whatever happens, and holds no more after many saves than after one."""

from __future__ import annotations

import gc
import json
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from briefing.incremental.memo import Memo, RecentMemo
from briefing.preview.messages import find_editor, status_json
from briefing.preview.routes import find_route
from briefing.preview.session import Session
from tests.sites import MakeSite, brief

HOURS = f"-- content/briefs/hours.md --\n{brief('Opening hours', 'It opens at nine.')}"


def test_a_bug_is_shown_and_the_next_save_is_built(site: MakeSite) -> None:
    """An exception of ours leaves the pages as they were and says what it was."""
    one = site(HOURS)
    broken = False

    def mapper(function: Callable[[Any], Any], values: Sequence[Any]) -> Iterable[Any]:
        if broken:
            raise ZeroDivisionError("a bug")
        return map(function, values)

    session = Session(one.project(drafts=True), Memo(), mapper)
    good = session.save()
    broken = True
    one.write("content/briefs/hours.md", brief("Opening hours", "It opens at ten."))
    path = frozenset([one.root / "content/briefs/hours.md"])
    bad = session.save(path)
    assert bad.failed and "ZeroDivisionError: a bug" in bad.bug and bad.files == good.files
    broken = False
    mended = session.save(path)
    assert not mended.failed and b"at ten" in mended.files["briefs/hours/index.html"].value


def test_saves_that_change_nothing_are_no_news(site: MakeSite) -> None:
    """Building the same again gives the same number and names no file."""
    session = Session(site(HOURS).project(drafts=True), Memo())
    first, again = session.save(), session.save()
    assert (first.number, frozenset()) == (again.number, again.changed)


def test_what_is_saved_is_what_a_build_from_nothing_gives(site: MakeSite) -> None:
    """After a row of saves the desk holds the very files of a fresh build."""
    one = site(HOURS)
    session = Session(one.project(drafts=True), Memo())
    session.save()
    edits = {
        "content/briefs/hours.md": brief("New hours", "See [[other]]."),
        "content/briefs/other.md": brief("Another", "It is here."),
        "content/people.yaml": "- {id: ada, name: Ada Reed, summary: Keeps the books.}\n",
        "templates/404.html": '{% extends "base.html" %}{% block main %}<h1>Gone</h1>{% endblock %}',
    }
    for path, text in edits.items():
        one.write(path, text)
        session.save(frozenset([one.root / path]))
    one.delete("content/people.yaml")
    session.save(frozenset([one.root / "content/people.yaml"]))
    fresh = Session(one.project(drafts=True), Memo()).save()
    assert dict(fresh.files) == dict(session.state.files)


def test_a_folder_in_the_place_of_another_is_read_anew(site: MakeSite) -> None:
    """Files of the same names with other words are read if only a change of their folder is reported."""
    one = site(HOURS)
    session = Session(one.project(drafts=True), Memo())
    session.save()
    one.write("content/briefs/hours.md", brief("Opening hours", "It opens at ten."))
    session.save(frozenset([one.root / "content/briefs"]))
    assert b"at ten" in session.state.files["briefs/hours/index.html"].value


def test_many_saves_take_no_more_memory_than_few(site: MakeSite) -> None:
    """Results that the last build did not need are dropped."""
    one = site(HOURS)
    memo = Memo(one.root / ".cache/memo.sqlite")
    session = Session(one.project(drafts=True), memo)
    session.save()

    def save(first: int, last: int) -> int:
        for number in range(first, last):
            one.write("content/briefs/hours.md", brief("Opening hours", f"It opens at {number}. " * 50))
            session.save(frozenset([one.root / "content/briefs/hours.md"]))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        held = [save(0, 10), save(10, 30), save(30, 50)]
    finally:
        tracemalloc.stop()
        memo.close()
    # The smaller of two: in one of them Python may enlarge its table of names.
    assert min(held[1] - held[0], held[2] - held[1]) < 200_000


def test_recent_answers_are_asked_for_once() -> None:
    """Results of the last build are in memory; others are read from the memo again."""
    asked: list[int] = []

    def double(value: int) -> int:
        asked.append(value)
        return 2 * value

    recent = RecentMemo(Memo())
    assert [2, 4] == recent.map("double", double, [1, 2])
    assert [4, 6] == recent.map("double", double, [2, 3])
    assert (1,) == recent.computed["double"]
    assert [2, 4] == recent.map("double", double, [1, 2])
    assert [1, 2, 3] == asked


@pytest.mark.parametrize(
    ("path", "status", "leads"),
    [
        ("/", 302, "/repo/"), ("/repo", 301, "/repo/"), ("/repo/", 200, "index.html"), ("/repo/a", 301, "/repo/a/"),
        ("/repo/a/", 200, "a/index.html"), ("/repo/b", 200, "b.html"), ("/repo/b.html", 200, "b.html"),
        ("/repo/b/", 404, "404.html"),
        ("/repo/both", 200, "both.html"), ("/repo/both/", 200, "both/index.html"), ("/repo/index", 200, "index.html"), ("/repo/A/", 404, "404.html"), ("/a/", 404, "404.html"),
        ("/repo/../a/", 404, "404.html"), ("/repo//", 404, "404.html"), ("", 302, "/repo/"),
    ],
)  # fmt: skip
def test_addresses_are_answered_as_pages_does(path: str, status: int, leads: str) -> None:
    """A folder, its slash, an ending, capital letters, and what is outside."""
    found = find_route(
        {"index.html", "a/index.html", "b.html", "both.html", "both/index.html", "404.html"}, "/repo", path
    )
    assert (status, leads) == (found.status, found.to or found.path)


def test_errors_come_before_all_that_is_merely_to_look_at(site: MakeSite) -> None:
    """However many warnings there are, the error is shown first, and each kind is counted by itself."""
    many = "".join(f"It had {number} readers in 2025.\n\n" for number in range(100, 190))
    source = "- {id: minutes, type: book, title: T, issued: 2025, tier: news, publisher: P, further_reading: true}"
    one = site(
        f"-- content/sources.yaml --\n{source}\n"
        f"-- content/briefs/a.md --\n{brief('A', many)}-- content/briefs/z.md --\n{brief('Z', 'See [[nobody]].')}"
    )
    session = Session(one.project(drafts=True), Memo())
    told = json.loads(status_json(session, session.save(), ""))
    assert (1, 90, "unknown-link") == (told["errors"], told["warnings"], told["problems"][0]["code"])


def test_editors_are_found_by_their_command() -> None:
    """A command with a path and options is known by its name; a pattern is taken as it is; others have no address."""
    assert find_editor("/usr/bin/code --wait").startswith("vscode://")
    assert "x://{path}" == find_editor("x://{path}")
    assert ("", "") == (find_editor("ed"), find_editor(""))
