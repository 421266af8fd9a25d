"""Incremental builds: this edit renders exactly these pages. No dirty flag is tested, only work counted."""

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
-- content/numbers.yaml --
- {{id: visits, value: "1,200", label: Visits a week, definition: Through the door., as_of: 2025, source: [minutes]}}
-- content/sources.yaml --
- {{id: minutes, type: report, title: The minutes, issued: 2025, tier: primary, publisher: The Board, URL: "https://x.example/"}}
-- content/support.yaml --
- {{id: session, name: The session, who_for: Readers, number: "1234", checked: 2026-01-01}}
"""

LETTERS = {"/search/"}
"""Shows which letters there are in the A to Z."""
HOME, INDEX, BRIEFS, MAP = {"/"}, {"/a-z/"}, {"/briefs/"}, {"/sitemap.xml"}
HOURS, FEES, CROWDS, QUIET = {"/briefs/hours/"}, {"/briefs/fees/"}, {"/briefs/crowds/"}, {"/briefs/quiet/"}
NEWS = {"/changes/", "/feed.xml", "/feed.json"}
VOLUME = {"/briefing.html"}
"""Holds every brief and every list, so nearly every edit is an edit of it; left out of the table."""
GUIDE, NEXT = {"/llms.txt"}, {"/next/", "/next.ics"}
ADA, HALL, MINUTES = {"/people/ada/"}, {"/places/hall/"}, {"/sources/minutes/"}
TIMELINE = {"/timeline/", "/timeline/2025/", "/timeline/ada/"}
NUMBERS, SOURCES, SUPPORT = {"/numbers/"}, {"/sources/"}, {"/support/"}
BOXES = HOME | BRIEFS | HOURS | FEES | CROWDS | QUIET | HALL | TIMELINE | {"/places/", "/404.html"}
"""Pages that show the support box."""
EVERYTHING = BOXES | INDEX | BRIEFS | MAP | NEWS | ADA | MINUTES | NUMBERS | SOURCES | SUPPORT
EVERYTHING |= {"/people/", "/robots.txt"} | LETTERS

Edit = Callable[[Site], None]


def data(name: str) -> set[str]:
    """Name the files of a table."""
    return {f"/data/{name}.csv", f"/data/{name}.json"}


TEMPLATED = (EVERYTHING | {"/data/"}) - {"/feed.json"}
"""What a template makes; the rest are files for machines."""
EVERYTHING |= {"/data/"} | GUIDE | data("timeline") | data("numbers") | data("sources")


def edit(path: str, old: str, new: str) -> Edit:
    """Replace some words."""
    return lambda site: site.edit(f"content/{path}", old, new)


def write(path: str, text: str) -> Edit:
    """Add a file."""
    return lambda site: site.write(path, text)


def override(path: str, old: str, new: str) -> Edit:
    """Put a changed copy of one of our files over it."""
    return lambda site: site.write(path, (REPOSITORY / path).read_text(encoding="utf-8").replace(old, new, 1))


@pytest.mark.parametrize(
    ("change", "rendered"),
    [
        pytest.param(lambda site: None, set(), id="nothing"),
        pytest.param(
            edit("briefs/hours.md", "nine", "ten"), HOURS | ADA | FEES, id="words of a sentence quoted elsewhere"
        ),
        pytest.param(edit("briefs/quiet.md", "Nobody", "Nothing"), QUIET, id="words of a body"),
        pytest.param(edit("briefs/fees.md", "small", "large"), FEES, id="words of a body that others link to"),
        pytest.param(edit("briefs/quiet.md", "Nobody", "\n\nNobody"), set(), id="blank lines"),
        pytest.param(
            edit("briefs/hours.md", "The library", "One more line.\n\nThe library"), HOURS, id="a line above a link"
        ),
        pytest.param(
            edit("briefs/fees.md", "title: Fees", "title: Charges"),
            FEES | HOURS | ADA | HOME | BRIEFS | INDEX | LETTERS | NEWS | GUIDE,
            id="a title",
        ),
        pytest.param(
            edit("briefs/quiet.md", "title: Quiet", "title: Calm"),
            QUIET | HOME | BRIEFS | INDEX | LETTERS | GUIDE,
            id="a title that nobody links to",
        ),
        pytest.param(
            edit("briefs/quiet.md", "About it", "More of it"), QUIET | HOME | BRIEFS | INDEX | GUIDE, id="a summary"
        ),
        pytest.param(
            edit("briefs/quiet.md", "as_of: 2026-01-10", "as_of: 2026-01-11"), QUIET | HOME | BRIEFS, id="a date"
        ),
        pytest.param(
            edit("briefs/quiet.md", "as_of", "aka: [Silence]\nas_of"), QUIET | HOME | BRIEFS | INDEX, id="another name"
        ),
        pytest.param(
            edit("briefs/quiet.md", "as_of", "check_by: 2026-06-01\nas_of"),
            QUIET | HOME | BRIEFS | INDEX | MAP | NEXT,
            id="a day to check",
        ),
        pytest.param(
            edit("briefs/quiet.md", "links here", "links here, not even [[hall]]"), QUIET | HALL, id="a new link"
        ),
        pytest.param(edit("briefs/hours.md", " and [[ada]]", ""), HOURS | ADA | FEES, id="a link taken out"),
        pytest.param(edit("briefs/fees.md", "Fees fell", "Fees rose"), FEES | HOME | NEWS, id="a change note"),
        pytest.param(
            write("content/briefs/new.md", brief("New", "It is.")),
            HOME | BRIEFS | INDEX | MAP | GUIDE | {"/briefs/new/"},
            id="a page",
        ),
        pytest.param(write("content/briefs/new.md", brief("New", draft="true")), set(), id="a draft"),
        pytest.param(
            lambda site: site.delete("content/briefs/quiet.md"),
            HOME | BRIEFS | INDEX | LETTERS | MAP | GUIDE,
            id="a page less",
        ),
        pytest.param(
            lambda site: site.rename("content/briefs/quiet.md", "content/briefs/calm.md"),
            HOME | BRIEFS | INDEX | MAP | GUIDE | {"/briefs/calm/"},
            id="a page of another name",
        ),
        pytest.param(edit("briefs/quiet.md", "as_of", "redirect_from: [/old/]\nas_of"), {"/old/"}, id="an old address"),
        pytest.param(
            edit("people.yaml", "Ada Reed", "Ada Rose"),
            ADA | {"/people/"} | HOURS | TIMELINE | FEES | HOME | INDEX,
            id="a name",
        ),
        pytest.param(
            edit("numbers.yaml", "1,200", "1,300"), NUMBERS | CROWDS | MINUTES | data("numbers"), id="a figure"
        ),
        pytest.param(
            edit("sources.yaml", "The minutes", "All minutes"),
            MINUTES | SOURCES | CROWDS | TIMELINE | NUMBERS | HOME | INDEX | data("sources"),
            id="a source's title",
        ),
        pytest.param(
            edit("sources.yaml", "x.example", "y.example"),
            MINUTES | SOURCES | CROWDS | TIMELINE | NUMBERS | HOME | data("sources"),
            id="a source's address",
        ),
        pytest.param(
            edit("events.yaml", "The opening", "The start"),
            TIMELINE | HOME | ADA | MINUTES | INDEX | data("timeline"),
            id="an event's title",
        ),
        pytest.param(edit("support.yaml", '"1234"', '"4321"'), BOXES | SUPPORT, id="a telephone number"),
        pytest.param(edit("pages/index.md", "Welcome", "Hello"), HOME, id="the front page"),
        pytest.param(
            edit("pages/index.md", "summary: ", "summary: Here. "), HOME | INDEX, id="the front page's summary"
        ),
        pytest.param(edit("site.yaml", "Friends", "Lovers"), EVERYTHING, id="settings"),
        pytest.param(
            edit("site.yaml", "title: The Riverside Library", "# A note\ntitle: The Riverside Library"),
            set(),
            id="a comment in the settings",
        ),
        pytest.param(
            write("templates/base.html", "{{ page.title }}{% block main %}{% endblock %}"),
            {page for page in EVERYTHING if page.endswith("/") or page == "/404.html"},
            id="the base template",
        ),
        pytest.param(write("templates/timeline.html", "mine"), TIMELINE, id="one template"),
        pytest.param(
            override("templates/parts/tiers.html", "{#", "{# mine: "),
            {"/sources/", "/sources/minutes/"},
            id="a partial that two include",
        ),
        pytest.param(
            override("templates/parts/fills.html", "{#", "{# mine: "), TEMPLATED, id="a partial that all need"
        ),
        pytest.param(write("templates/unused.html", "mine"), set(), id="a template that nobody uses"),
        pytest.param(override("assets/style.css", "{", " {"), set(), id="the style sheet"),
        pytest.param(write("assets/new.png", "x"), set(), id="a picture that nobody shows"),
        pytest.param(
            write(
                "content/people.yaml", "# Nobody else\n- {id: ada, name: 'Ada Reed', summary: \"Keeps the books.\"}\n"
            ),
            set(),
            id="other quotes",
        ),
    ],
)
def test_an_edit_renders_exactly_these_pages(site: MakeSite, change: Edit, rendered: set[str]) -> None:
    """After an edit the pages that show what changed are rendered, and no others; undoing it renders nothing."""
    one = site(SITE)
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
    """Give the paths of everything that a build reads."""
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
    """The day of the build reaches only the page whose check is overdue and the lists that show it."""
    one = site(SITE)
    one.edit("content/briefs/quiet.md", "as_of", "check_by: 2026-06-01\nas_of")
    one.good(now=first)
    assert rendered == set(one.good(now=second).work.rendered) - VOLUME


def test_the_whole_in_one_file_is_made_anew_when_it_must(site: MakeSite) -> None:
    """The file that holds every brief follows each body, and not what it does not hold."""
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
