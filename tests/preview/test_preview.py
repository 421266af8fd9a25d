"""The preview shows every save, whatever the editor does; the table of what livereload alone gets wrong is here.

Each test runs the real command on real files and listens on a real websocket.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

import pytest

from tests.preview.conftest import Start
from tests.sites import MakeSite, brief

HOURS = f"-- content/briefs/hours.md --\n{brief('Opening hours', 'It opens at nine.')}"


def shown(body: str, title: str = "Opening hours") -> str:
    """Give the file of a brief."""
    return brief(title, body)


def test_a_save_is_shown(site: MakeSite, start: Start) -> None:
    """The page that was saved is named, and the next request gives it."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        told = heard.reload()
        assert "briefs/hours/index.html" in told["changed"]
        assert "It opens at ten." in preview.get("briefs/hours/").body


def test_two_saves_at_once_are_both_shown(site: MakeSite, start: Start) -> None:
    """A second save right after the first is not dropped; livereload alone drops it for three seconds."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        for hour in ("ten", "eleven", "noon"):
            one.write("content/briefs/hours.md", shown(f"It opens at {hour}."))
            while f"It opens at {hour}." not in preview.get("briefs/hours/").body:
                heard.reload()


def test_a_burst_of_saves_gives_one_settled_result(site: MakeSite, start: Start) -> None:
    """Two hundred files at once are built in a few batches, and all are there at the end."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        for number in range(200):
            one.write(f"content/briefs/b{number}.md", shown(f"It is number {number}.", f"Brief {number}"))
        built = 0
        while "briefs/b199/" not in preview.get("a-z/").body:
            heard.reload()
            built += 1
        assert built <= 20
        assert [200] * 200 == [preview.get(f"briefs/b{number}/").status for number in range(200)]


def test_old_files_that_are_new_here_are_built(site: MakeSite, start: Start) -> None:
    """A file that a checkout or an archive brings keeps its old time, and is built all the same."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        old = one.root / "old.md"
        old.write_text(shown("It is old.", "An old text"))
        os.utime(old, (1_000_000_000, 1_000_000_000))
        old.rename(one.root / "content/briefs/old.md")
        heard.reload()
        assert 200 == preview.get("briefs/old/").status


def test_whatever_an_editor_does_is_seen(site: MakeSite, start: Start) -> None:
    """Replacing a file whole, renaming it, deleting it, and a folder moved in: each shows."""
    one = site(HOURS)
    preview = start(one)
    folder = one.root / "content/briefs"
    with preview.listening() as heard:
        part = folder / ".hours.md.part"
        part.write_text(shown("It opens at six."))
        part.replace(folder / "hours.md")
        heard.reload()
        assert "at six" in preview.get("briefs/hours/").body
        (folder / "hours.md").rename(folder / "times.md")
        heard.reload()
        assert (404, 200) == (preview.get("briefs/hours/").status, preview.get("briefs/times/").status)
        (folder / "times.md").unlink()
        heard.reload()
        assert 404 == preview.get("briefs/times/").status
        aside = one.root / "aside"
        aside.mkdir()
        (aside / "people.yaml").write_text("- {id: ada, name: Ada Reed, summary: Keeps the books.}\n")
        aside.rename(one.root / "content/people")
        while 404 == preview.get("people/ada/").status:
            heard.reload()


def test_templates_styles_and_settings_show_too(site: MakeSite, start: Start) -> None:
    """A folder of templates that is made later counts; a style sheet alone is swapped without loading the page again."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        one.edit("content/site.yaml", "title: The Riverside Library", "title: The New Library")
        heard.reload()
        assert "The New Library" in preview.get().body
        one.write("templates/404.html", '{% extends "base.html" %}{% block main %}<h1>Gone</h1>{% endblock %}')
        while "<h1>Gone</h1>" not in preview.get("nowhere").body:
            heard.reload()
        one.write("assets/style.css", "body { color: navy }")
        told = heard.reload()
        while not told["styles"]:
            told = heard.reload()
        assert (["assets/style.css"], "assets/style.css") == (told["changed"], told["path"])
        assert "navy" in preview.get("assets/style.css").body


def test_problems_are_told_and_the_last_good_page_stays(site: MakeSite, start: Start) -> None:
    """A fault is shown with its place and remedy, the page as it was beneath; mended, both are as they should be."""
    one = site(HOURS)
    preview = start(one, "--editor", "code")
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("See [[tmies]]."))
        assert heard.reload()["failed"]
        told = preview.told()
        [problem] = [one for one in told["problems"] if one["level"] == "error"]
        assert told["failed"] and "unknown-link" == problem["code"]
        assert "^^^^^^^^^" in problem["frame"]
        assert problem["open"].startswith("vscode://file/") and problem["open"].endswith("/hours.md:6:5")
        assert "It opens at nine." in preview.get("briefs/hours/").body
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        assert not heard.reload()["failed"]
        assert not preview.told()["failed"]
        assert "It opens at ten." in preview.get("briefs/hours/").body


def test_a_site_that_never_built_shows_its_problems(site: MakeSite, start: Start) -> None:
    """Without a first good page there is a page all the same, and it loads the site once that can be built."""
    one = site("-- content/briefs/hours.md --\n---\ntitel: Hours\n---\nx\n")
    preview = start(one)
    empty = preview.get("/")
    assert 503 == empty.status and "/livereload/client.js" in empty.body
    assert "unknown-field" in [problem["code"] for problem in preview.told()["problems"]]
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at nine."))
        heard.reload()
        assert 302 == preview.get("/").status
        assert 200 == preview.get("/guide/briefs/hours/").status


def test_drafts_are_shown_and_marked(site: MakeSite, start: Start) -> None:
    """A draft has its page here, and the page is told why it is not published."""
    one = site(HOURS + brief("Plans", "It will grow.", draft="true").join(["-- content/briefs/plans.md --\n", ""]))
    preview = start(one)
    assert 200 == preview.get("briefs/plans/").status
    base = preview.get("/").headers.get("location", "/")
    assert "content/briefs/plans.md" == preview.told(f"{base}briefs/plans/")["draft"]
    assert "" == preview.told(f"{base}briefs/hours/")["draft"]


def test_follow_goes_to_the_page_that_was_saved(site: MakeSite, start: Start) -> None:
    """The message names the page whose text was saved, and none where no page's text was."""
    one = site(HOURS)
    preview = start(one, "--follow")
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        assert heard.reload()["follow"].endswith("/briefs/hours/")
        one.edit("content/site.yaml", "title: The Riverside Library", "title: The New Library")
        assert "" == heard.reload()["follow"]


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Host": "127.0.0.1"}, {"Origin": "https://evil.example"}], ids=str
)
def test_strangers_are_refused(site: MakeSite, start: Start, headers: dict[str, str]) -> None:
    """Another name for this machine, or a page from elsewhere, gets nothing, on the websocket neither."""
    preview = start(site(HOURS))
    refused = preview.get("", **headers)
    assert (403, False) == (refused.status, "Opening hours" in refused.body)
    with pytest.raises(ConnectionError, match="403"), preview.listening(**headers):
        pass


def test_nobody_elsewhere_can_connect(site: MakeSite, start: Start) -> None:
    """It listens on the loopback alone."""
    preview = start(site(HOURS))
    elsewhere = [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    port = int(preview.host.rpartition(":")[2])
    for address in elsewhere:
        if not str(address).startswith("127."):
            with pytest.raises(OSError), socket.create_connection((str(address), port), timeout=5):
                pass
    assert preview.host.startswith("127.0.0.1:")


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/assets/../../build.py", "/content/site.yaml",
     "/.cache/memo.sqlite", "/livereload/../desk.py", "/livereload/client.py", "/assets/", "/briefs/hours/..%2f..%2f",
     "/livereload/%2e%2e/serve.py", "/forcereload", "/livereload.js", "/\\..\\build.py", "/assets/link.css"],
)  # fmt: skip
def test_no_path_leads_out(site: MakeSite, start: Start, path: str) -> None:
    """Neither a climbing address nor a symbolic link gives a file that is not of the site, and no folder is listed."""
    one = site(HOURS)
    (one.root / "assets").mkdir()
    preview = start(one)
    with preview.listening() as heard:
        (one.root / "assets/link.css").symlink_to("/etc/passwd")
        heard.reload()
    assert "symbolic-link" in [problem["code"] for problem in preview.told()["problems"]]
    answer = preview.get(path)
    assert answer.status in (400, 404) and "root:" not in answer.body and "Index of" not in answer.body


def test_only_reading_is_allowed(site: MakeSite, start: Start) -> None:
    """GET and HEAD are answered, with the same headers; anything else is refused."""
    preview = start(site(HOURS))
    get, head = preview.get("briefs/hours/"), preview.get("briefs/hours/", "HEAD")
    assert (200, "", get.headers["content-length"]) == (head.status, head.body, head.headers["content-length"])
    assert [405] * 3 == [preview.get("", method).status for method in ("POST", "PUT", "DELETE")]


def test_no_trace_of_it_is_published(site: MakeSite, start: Start) -> None:
    """The preview writes nothing but its memo, and a build after it is as if it had never run."""
    one, other = site(HOURS), site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        heard.reload()
    assert [".cache", "content"] == sorted(path.name for path in one.root.iterdir())
    other.write("content/briefs/hours.md", shown("It opens at ten."))
    one.good()
    other.good()
    assert one.output() == other.output()
    assert not [path for path, data in one.output().items() if b"livereload" in data]


def test_a_port_in_use_is_passed_over(site: MakeSite, start: Start) -> None:
    """The next port is taken, and named; two previews of two sites run side by side and show their own saves."""
    first = start(site(HOURS))
    port = int(first.host.rpartition(":")[2])
    two = site(f"-- content/briefs/other.md --\n{brief('Another', 'It is another.')}")
    second = start(two, "--port", str(port))
    assert port < int(second.host.rpartition(":")[2]) <= port + 9
    with second.listening() as heard:
        two.write("content/briefs/other.md", shown("It is changed.", "Another"))
        heard.reload()
    assert (404, 200) == (first.get("briefs/other/").status, second.get("briefs/other/").status)


def test_polling_sees_saves_too(site: MakeSite, start: Start) -> None:
    """Where no disk tells of changes, looking again does."""
    one = site(HOURS)
    preview = start(one, "--poll")
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at ten, for all."))
        while "at ten" not in preview.get("briefs/hours/").body:
            heard.reload()


def test_a_bug_of_ours_does_not_end_it(site: MakeSite, start: Start, tmp_path: Path) -> None:
    """An exception in a build is shown as what it is, and the next save is built as ever."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        schema = "content/briefs/hours.md"
        (one.root / schema).unlink()
        (one.root / schema).mkdir()
        heard.reload()
        (one.root / schema).rmdir()
        one.write(schema, shown("It opens at ten."))
        while "at ten" not in preview.get("briefs/hours/").body:
            heard.reload()


def test_addresses_behave_as_on_github_pages(site: MakeSite, start: Start) -> None:
    """Below the path of base_url, with its rules for slashes, endings and letters, and the site's own 404 page."""
    one = site(HOURS)
    one.edit("content/site.yaml", "https://library.example/guide", "https://library.example/repo")
    preview = start(one)
    assert (302, "/repo/") == (preview.get("/").status, preview.get("/").headers["location"])
    table = {
        "/repo": (301, "/repo/"),
        "/repo/briefs/hours": (301, "/repo/briefs/hours/"),
        "/repo/briefs/hours/": (200, None),
        "/repo/briefs/hours/index.html": (200, None),
        "/repo/briefs/HOURS/": (404, None),
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


def test_search_works_in_a_preview(site: MakeSite, start: Start) -> None:
    """The index is made when it is asked for, from the pages as they are."""
    preview = start(site(HOURS))
    assert 200 == preview.get("pagefind/pagefind.js").status
    assert 404 == preview.get("pagefind/nothing.js").status


def test_a_request_out_of_all_measure_ends_itself_alone(site: MakeSite, start: Start) -> None:
    """Headers without end are cut off, and everybody else is served."""
    one = site(HOURS)
    preview = start(one)
    raw = socket.create_connection(("127.0.0.1", int(preview.host.rpartition(":")[2])), timeout=30)
    with suppress(ConnectionError):
        raw.sendall(b"GET / HTTP/1.1\r\nHost: " + b"x" * 70_000 + b"\r\n\r\n")
        assert b"200" not in raw.recv(200)
    raw.close()
    assert 200 == preview.get("briefs/hours/").status


@pytest.mark.parametrize(
    "rubbish", [b"{", b"[]", b'{"command": 7}', b'"x"', b"x" * 5000], ids=lambda text: str(text[:9])
)
def test_what_is_no_message_closes_the_line(site: MakeSite, start: Start, rubbish: bytes) -> None:
    """Rubbish on the websocket ends that connection; another goes on hearing of saves."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as good:
        with preview.listening() as bad, pytest.raises(ConnectionError):
            bad.send(rubbish)
            bad.hear()
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        assert "reload" == good.reload()["command"]
