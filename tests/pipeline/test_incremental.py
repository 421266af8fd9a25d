"""Incremental builds: each edit renders exactly the pages that show what it changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.cli.arguments import REPOSITORY
from tests.sites import MakeSite, Site, brief

SITE = f"""
-- content/briefs/hours.md --
{brief("Opening hours", "The library opens at nine, see [[fees]] and [[ada]].")}
-- content/briefs/fees.md --
{brief("Fees", "A fee is small.", changes="[{date: 2026-01-05, kind: update, text: Fees fell.}]")}
-- content/briefs/crowds.md --
{brief("Crowds", "There were [[=visits]] visits [@minutes, p. 3].")}
-- content/briefs/quiet.md --
{brief("Quiet", "Nobody links here.")}
-- content/people.yaml --
- {{id: ada, name: Ada Reed, summary: Keeps the books.}}
-- content/places.yaml --
- {{id: hall, name: The Hall, summary: A room.}}
-- content/events.yaml --
- {{id: opening, date: 2025-06-16, title: The opening, who: [ada], sources: [minutes]}}
- {{id: closing, date: 2025-07-16, title: The closing, who: [ada], sources: [minutes]}}
-- content/numbers.yaml --
- {{id: visits, value: "1,200", label: Visits a week, definition: Through the door., as_of: 2025, source: [minutes]}}
-- content/sources.yaml --
- {{id: minutes, type: report, title: The minutes, issued: 2025, tier: primary, publisher: The Board, URL: "https://x.example/"}}
-- content/support.yaml --
- {{id: session, name: The session, who_for: Readers, number: "1234", checked: 2026-01-01}}
"""

LETTERS = {"/search/"}
"""Shows the letters of the A to Z."""
HOME, INDEX, BRIEFS, MAP = {"/"}, {"/a-z/"}, {"/briefs/"}, {"/sitemap.xml"}
HOURS, FEES, CROWDS, QUIET = {"/briefs/hours/"}, {"/briefs/fees/"}, {"/briefs/crowds/"}, {"/briefs/quiet/"}
NEWS = {"/changes/", "/feed.xml", "/feed.json"}
FEES_FEED, ADA_FEED = {"/briefs/fees/feed.xml"}, {"/people/ada/feed.xml"}
VOLUME = {"/briefing.html"}
"""Contains every brief and every list, so nearly every edit renders it; left out of the table."""
GUIDE, NEXT = {"/llms.txt"}, {"/next/", "/next.ics"}
ADA, HALL, MINUTES = {"/people/ada/"}, {"/places/hall/"}, {"/sources/minutes/"}
TIMELINE = {"/timeline/", "/timeline/2025/", "/timeline/ada/"}
NUMBERS, SOURCES, SUPPORT = {"/numbers/"}, {"/sources/"}, {"/support/"}
BOXES = HOME | BRIEFS | HOURS | FEES | CROWDS | QUIET | HALL | TIMELINE | {"/places/", "/404.html"}
"""Pages that show the support box."""
EVERYTHING = BOXES | INDEX | BRIEFS | MAP | NEWS | ADA | MINUTES | NUMBERS | SOURCES | SUPPORT
EVERYTHING |= {"/people/", "/robots.txt"} | LETTERS | FEES_FEED | ADA_FEED

Edit = Callable[[Site], None]


def data(name: str) -> set[str]:
    """Return the addresses of the files of a table."""
    return {f"/data/{name}.csv", f"/data/{name}.json"}


TEMPLATED = (EVERYTHING | {"/data/"}) - {"/feed.json"}
"""Pages made by a template; the others are files for programs."""
EVERYTHING |= {"/data/", "/data/datapackage.json"} | GUIDE | data("timeline") | data("numbers") | data("sources")


def edit(path: str, old: str, new: str) -> Edit:
    """Replace words in a file."""
    return lambda site: site.edit(f"content/{path}", old, new)


def write(path: str, text: str) -> Edit:
    """Add a file."""
    return lambda site: site.write(path, text)


def override(path: str, old: str, new: str) -> Edit:
    """Override one of our files with a changed copy."""
    return lambda site: site.write(path, (REPOSITORY / path).read_text(encoding="utf-8").replace(old, new, 1))


EDITS: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda site: None, set()),
    "words of a sentence quoted elsewhere": (edit("briefs/hours.md", "nine", "ten"), HOURS | ADA | FEES),
    "words of a body": (edit("briefs/quiet.md", "Nobody", "Nothing"), QUIET),
    "words of a body that others link to": (edit("briefs/fees.md", "small", "large"), FEES),
    "blank lines": (edit("briefs/quiet.md", "Nobody", "\n\nNobody"), set()),
    "a line above a link": (edit("briefs/hours.md", "The library", "One more line.\n\nThe library"), HOURS),
    "a title": (
        edit("briefs/fees.md", "title: Fees", "title: Charges"),
        FEES | HOURS | ADA | HOME | BRIEFS | INDEX | LETTERS | NEWS | GUIDE | FEES_FEED,
    ),
    "a title that nobody links to": (
        edit("briefs/quiet.md", "title: Quiet", "title: Calm"),
        QUIET | HOME | BRIEFS | INDEX | LETTERS | GUIDE,
    ),
    "a summary": (edit("briefs/quiet.md", "About it", "More of it"), QUIET | HOME | BRIEFS | INDEX | GUIDE),
    "a date": (edit("briefs/quiet.md", "as_of: 2026-01-10", "as_of: 2026-01-11"), QUIET | HOME | BRIEFS),
    "another name": (edit("briefs/quiet.md", "as_of", "aka: [Silence]\nas_of"), QUIET | HOME | BRIEFS | INDEX),
    "a day to check": (
        edit("briefs/quiet.md", "as_of", "check_by: 2026-06-01\nas_of"),
        QUIET | HOME | BRIEFS | INDEX | MAP | NEXT,
    ),
    "a new link": (edit("briefs/quiet.md", "links here", "links here, not even [[hall]]"), QUIET | HALL),
    "a link taken out": (edit("briefs/hours.md", " and [[ada]]", ""), HOURS | ADA | FEES),
    "a change note": (edit("briefs/fees.md", "Fees fell", "Fees rose"), FEES | HOME | NEWS | FEES_FEED),
    "a page": (
        write("content/briefs/new.md", brief("New", "It is.")),
        HOME | BRIEFS | INDEX | MAP | GUIDE | {"/briefs/new/"},
    ),
    "a draft": (write("content/briefs/new.md", brief("New", draft="true")), set()),
    "a page less": (lambda site: site.delete("content/briefs/quiet.md"), HOME | BRIEFS | INDEX | LETTERS | MAP | GUIDE),
    "a page of another name": (
        lambda site: site.rename("content/briefs/quiet.md", "content/briefs/calm.md"),
        HOME | BRIEFS | INDEX | MAP | GUIDE | {"/briefs/calm/"},
    ),
    "an old address": (edit("briefs/quiet.md", "as_of", "redirect_from: [/old/]\nas_of"), {"/old/"}),
    "a name": (
        edit("people.yaml", "Ada Reed", "Ada Rose"),
        ADA | {"/people/"} | HOURS | TIMELINE | FEES | HOME | INDEX | ADA_FEED,
    ),
    "a figure": (edit("numbers.yaml", "1,200", "1,300"), NUMBERS | CROWDS | MINUTES | data("numbers")),
    "a source's title": (
        edit("sources.yaml", "The minutes", "Minutes of May"),
        MINUTES | SOURCES | CROWDS | TIMELINE | NUMBERS | INDEX | data("sources"),
    ),
    "a source's address": (
        edit("sources.yaml", "x.example", "y.example"),
        MINUTES | SOURCES | CROWDS | TIMELINE | NUMBERS | data("sources"),
    ),
    "an event's title": (
        edit("events.yaml", "The opening", "The start"),
        TIMELINE | HOME | ADA | MINUTES | INDEX | data("timeline") | ADA_FEED,
    ),
    "a telephone number": (edit("support.yaml", '"1234"', '"4321"'), BOXES | SUPPORT),
    "the front page": (edit("pages/index.md", "Welcome", "Hello"), HOME),
    "the front page's summary": (edit("pages/index.md", "summary: ", "summary: Here. "), HOME | INDEX),
    "settings": (edit("site.yaml", "Friends", "Lovers"), EVERYTHING),
    "a comment in the settings": (
        edit("site.yaml", "title: The Riverside Library", "# A note\ntitle: The Riverside Library"),
        set(),
    ),
    "the base template": (
        override("templates/base.html", "<body>", "<body><hr>"),
        {page for page in EVERYTHING if page.endswith("/") or page == "/404.html"},
    ),
    "one template": (write("templates/timeline.html", "mine"), TIMELINE),
    "a partial that two include": (
        override("templates/parts/tiers.html", "{#", "{# mine: "),
        {"/sources/minutes/"},
    ),
    "a partial that all need": (override("templates/parts/fills.html", "{#", "{# mine: "), TEMPLATED),
    "a template that nobody uses": (write("templates/unused.html", "mine"), set()),
    "the style sheet": (override("assets/style.css", "{", " {"), set()),
    "a picture that nobody shows": (write("assets/new.png", "x"), set()),
    "other quotes": (
        write("content/people.yaml", "# Nobody else\n- {id: ada, name: 'Ada Reed', summary: \"Keeps the books.\"}\n"),
        set(),
    ),
}
"""Each edit, and the pages that it renders."""


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_renders_exactly_these_pages(site: MakeSite, name: str) -> None:
    """After an edit, the pages that show what changed are rendered, and no others; undoing it renders nothing."""
    one, (change, rendered) = site(SITE), EDITS[name]
    assert EVERYTHING | VOLUME == set(one.good().work.rendered)
    kept = {path: one.read(path) for path in files(one)}
    change(one)
    assert rendered == set(one.good().work.rendered) - VOLUME
    for path in set(files(one)) - set(kept):
        one.delete(path)
    for path, text in kept.items():
        one.write(path, text)
    assert set() == set(one.good().work.rendered)


def files(site: Site) -> list[str]:
    """Return the paths of all files that a build reads."""
    folders = [site.root / name for name in ("content", "templates", "assets")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path.relative_to(site.root).as_posix() for path in paths]


@pytest.mark.parametrize(
    ("first", "second", "rendered"),
    [
        ("2026-03-01", "2026-03-02", set()),
        ("2026-05-01", "2026-06-02", QUIET | HOME | BRIEFS | NEXT),
        ("2026-06-02", "2026-07-01", set()),
    ],
)
def test_a_new_day_renders_only_what_falls_due(site: MakeSite, first: str, second: str, rendered: set[str]) -> None:
    """A new date renders only the page that becomes overdue and the lists that show it."""
    one = site(SITE)
    one.edit("content/briefs/quiet.md", "as_of", "check_by: 2026-06-01\nas_of")
    one.good(now=first)
    assert rendered == set(one.good(now=second).work.rendered) - VOLUME


def test_the_single_file_edition_is_rendered_when_its_content_changes(site: MakeSite) -> None:
    """A new body renders it; a page that is not in it does not."""
    one = site(SITE)
    one.good()
    one.edit("content/briefs/quiet.md", "Nobody", "Nothing")
    assert VOLUME <= set(one.good().work.rendered)
    one.edit("content/pages/index.md", "Welcome", "Hello")
    assert not VOLUME & set(one.good().work.rendered)


def test_only_what_differs_is_written(site: MakeSite) -> None:
    """An edit writes the pages whose bytes changed, and removing a page removes its file."""
    one = site(SITE)
    one.good()
    one.edit("content/briefs/quiet.md", "Nobody", "Nothing")
    written = one.good().written
    assert written is not None
    assert (("briefing.html", "briefs/quiet/index.html"), ()) == (written.changed, written.removed)
    one.delete("content/briefs/quiet.md")
    written = one.good().written
    assert written is not None
    assert ("briefs/quiet/index.html",) == written.removed
