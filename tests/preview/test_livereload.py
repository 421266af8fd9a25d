"""What livereload alone gets wrong, row by row: each defect that was found in it has a test that it is cured.

Real files, a real websocket; the real command wherever a process of its own can show it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from threading import Event
from typing import Any

import pytest

from briefing.incremental.memo import Memo
from briefing.preview.session import Session
from tests.preview.conftest import Start
from tests.preview.session import PATIENCE, beside
from tests.sites import MakeSite, Site, brief

HOURS = f"-- content/briefs/hours.md --\n{brief('Opening hours', 'It opens at nine.')}"


class Gate:
    """A map that waits at a chosen step, or fails as a bug of ours would."""

    def __init__(self) -> None:
        self.reached, self.open, self.broken = Event(), Event(), False
        self.open.set()

    def __call__(self, function: Callable[[Any], Any], values: Sequence[Any]) -> Iterable[Any]:
        self.reached.set()
        assert self.open.wait(PATIENCE)
        if self.broken:
            raise ZeroDivisionError("a bug")
        return map(function, values)


def open_desk(one: Site, gate: Callable[..., Iterable[Any]] = map) -> Session:
    """Put a site on a desk, built once."""
    session = Session(one.project(drafts=True), Memo(), gate)
    session.save()
    return session


def test_a_save_right_after_another_is_shown(site: MakeSite, start: Start) -> None:
    """Defect: a second save within three seconds is built, and no page ever learns of it."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        for hour in ("ten", "eleven", "noon"):
            one.write("content/briefs/hours.md", brief("Opening hours", f"It opens at {hour}."))
            heard.until(lambda hour=hour: f"It opens at {hour}." in preview.get("briefs/hours/").body)  # type: ignore[misc]


def test_a_burst_of_saves_gives_one_settled_result(site: MakeSite) -> None:
    """Defect: as many builds as files. Two hundred saves while a build runs are one batch, and one or two builds."""
    one, gate = site(HOURS), Gate()
    with beside(open_desk(one, gate)) as preview, preview.listening() as heard:
        gate.open.clear()
        gate.reached.clear()
        one.write("content/briefs/hours.md", brief("Opening hours", "It opens at ten."))
        assert gate.reached.wait(PATIENCE)
        for number in range(200):
            one.write(f"content/briefs/b{number}.md", brief(f"Brief {number}", f"It is number {number}."))
            one.write("content/briefs/hours.md", brief("Opening hours", f"It opens at {number}."))
        gate.open.set()
        built = 0
        while "It opens at 199." not in preview.get("briefs/hours/").body or 404 == preview.get("briefs/b199/").status:
            heard.reload()
            built += 1
        assert built <= 4  # a glance at the first save, and three builds
        assert [200] * 200 == [preview.get(f"briefs/b{number}/").status for number in range(200)]


def test_a_new_file_with_an_old_date_is_built(site: MakeSite, start: Start) -> None:
    """Defect: what a checkout or an archive brings, dated long ago, reloads the page but is not in it."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        old = one.root / "old.md"
        old.write_text(brief("An old text", "It is old."))
        os.utime(old, (1_000_000_000, 1_000_000_000))
        old.rename(one.root / "content/briefs/old.md")
        heard.until(lambda: 200 == preview.get("briefs/old/").status)


def test_a_second_preview_in_one_process_works_as_the_first(site: MakeSite) -> None:
    """Defect: the watcher and the list of pages belong to the class, so that a second server never tells of a save."""
    for hour in ("ten", "eleven"):
        one = site(HOURS)
        with beside(open_desk(one)) as preview, preview.listening() as heard:
            one.write("content/briefs/hours.md", brief("Opening hours", f"It opens at {hour}."))
            heard.reload(lambda told: "briefs/hours/index.html" in told["changed"])
            assert f"It opens at {hour}." in preview.get("briefs/hours/").body


def test_an_exception_in_a_build_ends_nothing(site: MakeSite) -> None:
    """Defect: after an exception nothing is built any more. Here the page says that it is our bug, until the next save."""
    one, gate = site(HOURS), Gate()
    with beside(open_desk(one, gate)) as preview, preview.listening() as heard:
        gate.broken = True
        one.write("content/briefs/hours.md", brief("Opening hours", "It opens at ten."))
        heard.reload(lambda told: told["failed"])
        assert "ZeroDivisionError: a bug" in preview.told()["bug"]
        assert "It opens at nine." in preview.get("briefs/hours/").body
        gate.broken = False
        one.write("content/briefs/hours.md", brief("Opening hours", "It opens at eleven."))
        heard.until(lambda: "It opens at eleven." in preview.get("briefs/hours/").body)
        assert not preview.told()["bug"]


def test_pages_are_served_while_a_build_runs(site: MakeSite) -> None:
    """Defect: a build stops the server. Here the page as it was is there meanwhile, and so is what was saved meanwhile."""
    one, gate = site(HOURS), Gate()
    with beside(open_desk(one, gate)) as preview, preview.listening() as heard:
        gate.open.clear()
        gate.reached.clear()
        one.write("content/briefs/hours.md", brief("Opening hours", "It opens at ten."))
        assert gate.reached.wait(PATIENCE)
        assert "It opens at nine." in preview.get("briefs/hours/").body
        one.write("content/briefs/other.md", brief("Another", "It is new."))
        assert 404 == preview.get("briefs/other/").status
        gate.open.set()
        heard.until(lambda: "at ten" in preview.get("briefs/hours/").body)
        heard.until(lambda: 200 == preview.get("briefs/other/").status)


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("nowhere", ""),
        ("briefs/hours/", "<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY>x</BODY></HTML>"),
        ("briefs/hours/", "<!doctype html><title>x</title><p>x"),
        ("briefs/hours/", f"<html><head><!-- {'x' * 70_000} --></head><body></body></html>"),
        ("briefs/hours/", ""),
    ],
    ids=["404", "capitals", "no head", "long head", "ours"],
)
def test_every_page_listens(site: MakeSite, start: Start, path: str, template: str) -> None:
    """Defect: the script goes only before `</head>` in the first 64 KiB, and never into a 404 page."""
    one = site(HOURS + (f"-- templates/brief.html --\n{template}\n" if template else ""))
    assert '<script src="/livereload/client.js"' in start(one).get(path).body


def test_addresses_behave_as_on_github_pages(site: MakeSite, start: Start) -> None:
    """Defect: no path before the site, no 404 page, no `/about`. Here all is as on GitHub Pages, letters of any script too."""
    one = site(f"{HOURS}-- content/briefs/tŷ.md --\n{brief('Tŷ')}")
    one.edit("content/site.yaml", "https://library.example/guide", "https://library.example/repo")
    preview = start(one)
    assert (302, "/repo/") == (preview.get("/").status, preview.get("/").headers["location"])
    table = {
        "/repo": (301, "/repo/"),
        "/repo/briefs/hours": (301, "/repo/briefs/hours/"),
        "/repo/briefs/hours/": (200, None),
        "/repo/briefs/hours/index.html": (200, None),
        "/repo/briefs/HOURS/": (404, None),
        "/repo/briefs/t%C5%B7": (301, "/repo/briefs/t%C5%B7/"),
        "/repo/briefs/t%C5%B7/": (200, None),
        "/repo/404": (200, None),
        "/repo/manifest.json": (404, None),
        "/briefs/hours/": (404, None),
        "/repo/briefs/hours?x=1": (301, "/repo/briefs/hours/?x=1"),
    }
    assert table == {
        path: (found.status, found.headers.get("location")) for path in table if (found := preview.get(path))
    }
    missing = preview.get("/repo/no/such/page")
    assert 404 == missing.status and '"/repo/assets/style.css"' in missing.body and "client.js" in missing.body


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Host": "127.0.0.1"}, {"Origin": "https://evil.example"}], ids=str
)
def test_strangers_are_refused(site: MakeSite, start: Start, headers: dict[str, str]) -> None:
    """Defect: any web page may talk to it, and make it reload. Here a foreign name or page gets nothing, by no way."""
    preview = start(site(HOURS))
    refused = preview.get("", **headers)
    assert (403, False) == (refused.status, "Opening hours" in refused.body)
    assert [403, 403] == [preview.get(path, **headers).status for path in ("/forcereload", "/livereload/status.json")]
    with pytest.raises(ConnectionError, match="403"), preview.listening(**headers):
        pass


def test_loops_of_links_and_its_own_output_are_no_news(site: MakeSite, start: Start) -> None:
    """Defect: links are followed round and round, and a build's own output sets off the next. Here neither is looked at."""
    one = site(HOURS)
    (one.root / "assets").mkdir()
    preview = start(one)
    with preview.listening() as heard:
        assert 0 == one.run("build", "--no-search", "--quiet").returncode
        (one.root / "content/briefs/round").symlink_to(one.root / "content", target_is_directory=True)
        told = heard.reload(lambda told: told["failed"])
        (one.root / "content/briefs/round").unlink()
        again = heard.reload(lambda told: not told["failed"])
        assert (told["number"], []) == (again["number"], again["changed"])


def test_a_style_sheet_is_swapped_by_its_name(site: MakeSite, start: Start) -> None:
    """Defect: a name with a digest in it leaves the old sheet in place. Here names stay, and only the sheet is reloaded."""
    one = site(f"{HOURS}-- assets/style.css --\nbody {{ color: black }}\n")
    preview = start(one)
    assert '"../../assets/style.css"' in preview.get("briefs/hours/").body
    with preview.listening() as heard:
        one.write("assets/style.css", "body { color: navy }")
        told = heard.reload(lambda told: "navy" in preview.get("assets/style.css").body)
        assert (True, ["assets/style.css"], "assets/style.css") == (told["styles"], told["changed"], told["path"])


def test_a_port_in_use_is_passed_over(site: MakeSite, start: Start) -> None:
    """Defect: a traceback. Here the next port is taken and named, and two previews each show their own saves."""
    first = start(site(HOURS))
    port = int(first.host.rpartition(":")[2])
    two = site(f"-- content/briefs/other.md --\n{brief('Another', 'It is another.')}")
    second = start(two, "--port", str(port))
    assert f"port {port} is in use" in second.log
    assert port < int(second.host.rpartition(":")[2]) <= port + 9
    with second.listening() as heard:
        two.write("content/briefs/other.md", brief("Another", "It is changed."))
        heard.until(lambda: "It is changed." in second.get("briefs/other/").body)
    assert (404, 200) == (first.get("briefs/other/").status, second.get("briefs/other/").status)
