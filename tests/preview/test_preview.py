"""The preview shows every save, whatever the editor does, and goes on whatever happens to the files.

Each test runs the real command on real files and listens on a real websocket.
"""

from __future__ import annotations

import functools
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.preview.watch import changes
from briefing.project import Project
from tests.preview.conftest import Start
from tests.sites import MakeSite, brief

HOURS = f"-- content/briefs/hours.md --\n{brief('Opening hours', 'It opens at nine.')}"


def shown(body: str, title: str = "Opening hours") -> str:
    """Return the file of a brief."""
    return brief(title, body)


def test_a_save_is_shown(site: MakeSite, start: Start) -> None:
    """The page that was saved is named, and the next request gives it."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        heard.reload(lambda told: "briefs/hours/index.html" in told["changed"])
        assert "It opens at ten." in preview.get("briefs/hours/").body


def test_whatever_an_editor_does_is_seen(site: MakeSite, start: Start) -> None:
    """Replacing a file whole, renaming it, deleting it, and a folder moved in: each shows."""
    one = site(HOURS)
    preview = start(one)
    folder = one.root / "content/briefs"
    with preview.listening() as heard:
        part = folder / ".hours.md.part"
        part.write_text(shown("It opens at six."))
        part.replace(folder / "hours.md")
        heard.until(lambda: "at six" in preview.get("briefs/hours/").body)
        (folder / "hours.md").rename(folder / "times.md")
        heard.until(lambda: [404, 200] == [preview.get(f"briefs/{name}/").status for name in ("hours", "times")])
        (folder / "times.md").unlink()
        heard.until(lambda: 404 == preview.get("briefs/times/").status)
        aside = one.root / "aside"
        aside.mkdir()
        (aside / "people.yaml").write_text("- {id: ada, name: Ada Reed, summary: Keeps the books.}\n")
        aside.rename(one.root / "content/people")
        heard.until(lambda: 200 == preview.get("people/ada/").status)


def test_templates_styles_and_settings_show_too(site: MakeSite, start: Start) -> None:
    """Settings, and templates and assets in folders that are made only now."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        one.edit("content/site.yaml", "title: The Riverside Library", "title: The New Library")
        heard.until(lambda: "The New Library" in preview.get().body)
        one.write("templates/404.html", '{% extends "base.html" %}{% block main %}<h1>Gone</h1>{% endblock %}')
        heard.until(lambda: "<h1>Gone</h1>" in preview.get("nowhere").body)
        one.write("assets/style.css", "body { color: navy }")
        heard.until(lambda: "navy" in preview.get("assets/style.css").body)


def test_problems_are_told_and_the_last_good_page_stays(site: MakeSite, start: Start) -> None:
    """A fault is shown with its place and remedy, above the page as it was; when it is fixed, both are as they should be."""
    one = site(HOURS)
    preview = start(one, "--editor", "code")
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("See [[tmies]]."))
        heard.reload(lambda told: told["failed"] and "tmies" in str(preview.told()))
        told = preview.told()
        [problem] = [one for one in told["problems"] if one["level"] == "error"]
        assert told["failed"] and "unknown-link" == problem["code"]
        assert "^^^^^^^^^" in problem["frame"]
        assert problem["open"].startswith("vscode://file/") and problem["open"].endswith("/hours.md:6:5")
        assert "It opens at nine." in preview.get("briefs/hours/").body
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        heard.until(lambda: "It opens at ten." in preview.get("briefs/hours/").body)
        assert not preview.told()["failed"]


def test_a_site_that_never_built_shows_its_problems(site: MakeSite, start: Start) -> None:
    """Without a first good page there is a page all the same, and it loads the site once that can be built."""
    one = site("-- content/briefs/hours.md --\n---\ntitel: Hours\n---\nx\n")
    preview = start(one)
    empty = preview.get("/")
    assert 503 == empty.status and "/livereload/client.js" in empty.body
    assert "unknown-field" in [problem["code"] for problem in preview.told()["problems"]]
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at nine."))
        heard.until(lambda: 302 == preview.get("/").status)
        assert 200 == preview.get("/guide/briefs/hours/").status


def test_drafts_are_shown_and_marked(site: MakeSite, start: Start) -> None:
    """A draft has its page here, and the page says why it is not published."""
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
        heard.reload(lambda told: told["follow"].endswith("/briefs/hours/"))
        one.edit("content/site.yaml", "title: The Riverside Library", "title: The New Library")
        told = heard.reload(lambda told: "The New Library" in preview.get().body)
        assert "" == told["follow"]


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
        heard.until(lambda: "symbolic-link" in str(preview.told()))
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
        heard.until(lambda: "It opens at ten." in preview.get("briefs/hours/").body)
    assert [".cache", "content"] == sorted(path.name for path in one.root.iterdir())
    other.write("content/briefs/hours.md", shown("It opens at ten."))
    one.good()
    other.good()
    assert one.output() == other.output()
    assert not [path for path, data in one.output().items() if b"livereload" in data]


def test_polling_sees_saves_too(site: MakeSite, start: Start) -> None:
    """Where no disk tells of changes, looking again does."""
    one = site(HOURS)
    preview = start(one, "--poll")
    with preview.listening() as heard:
        one.write("content/briefs/hours.md", shown("It opens at ten, for all."))
        heard.until(lambda: "at ten" in preview.get("briefs/hours/").body)


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


def test_an_editors_own_files_are_nobodys_business(site: MakeSite, start: Start) -> None:
    """Backups, swap files and locks that editors leave beside a text are neither built nor a fault."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        for name in ("hours.md~", ".hours.md.swp", "4913", "#hours.md#", "hours.md.bak", "hours.md.tmp"):
            one.write(f"content/briefs/{name}", "x")
        (one.root / "content/briefs/.#hours.md").symlink_to("ada@desk.1234:5678")
        one.write("content/briefs/other.md", brief("Another"))
        told = heard.reload(lambda told: 200 == preview.get("briefs/other/").status)
        assert not told["failed"]
    assert () == one.check()


def test_a_checkout_of_another_branch_is_shown(site: MakeSite, start: Start) -> None:
    """Three hundred files that git writes, changes and takes away are as on the branch, there and back."""
    one = site(HOURS)
    run = functools.partial(subprocess.run, cwd=one.root, check=True, capture_output=True)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@library.example", "-c", "commit.gpgsign=false"]
    one.write(".gitignore", ".cache/\noutput/\n")
    run([*git, "init", "--initial-branch", "one"])
    run([*git, "add", "."])
    run([*git, "commit", "--message", "One"])
    run([*git, "checkout", "-b", "two"])
    for number in range(300):
        one.write(f"content/briefs/b{number}.md", brief(f"Brief {number}", f"It is number {number}."))
    one.rename("content/briefs/hours.md", "content/briefs/times.md")
    run([*git, "add", "."])
    run([*git, "commit", "--message", "Two"])
    run([*git, "checkout", "one"])
    preview = start(one)
    names = ("hours", "times", "b0", "b299")
    with preview.listening() as heard:
        for branch, expected in (("two", [404, 200, 200, 200]), ("one", [200, 404, 404, 404])):
            run([*git, "checkout", branch])
            heard.until(lambda expected=expected: expected == [preview.get(f"briefs/{n}/").status for n in names])  # type: ignore[misc]
            assert not preview.told()["failed"]


def test_the_writers_folder_goes_and_comes_back(site: MakeSite, start: Start) -> None:
    """When it is gone, the pages stay and the problem is shown; when it is back or replaced, saves are seen as before."""
    one = site(HOURS)
    preview = start(one)
    content = one.root / "content"
    with preview.listening() as heard:
        content.rename(one.root / "away")
        heard.reload(lambda told: "no-site" in str(preview.told()))
        assert "It opens at nine." in preview.get("briefs/hours/").body
        (one.root / "away").rename(content)
        heard.reload(lambda told: not told["failed"])
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        heard.until(lambda: "at ten" in preview.get("briefs/hours/").body)
        shutil.copytree(content, one.root / "other")
        one.write("other/briefs/hours.md", shown("It opens at eleven."))
        content.rename(one.root / "away")
        (one.root / "other").rename(content)
        heard.until(lambda: "at eleven" in preview.get("briefs/hours/").body)
        one.write("content/briefs/hours.md", shown("It opens at noon."))
        heard.until(lambda: "at noon" in preview.get("briefs/hours/").body)


def test_what_is_saved_while_there_are_no_settings_is_not_lost(site: MakeSite, start: Start) -> None:
    """A text that is saved while the settings are gone is in the site when they are back."""
    one = site(HOURS)
    preview = start(one)
    settings = one.read("content/site.yaml")
    with preview.listening() as heard:
        one.delete("content/site.yaml")
        heard.reload(lambda told: told["failed"])
        one.write("content/briefs/hours.md", shown("It opens at ten."))
        heard.reload(lambda told: told["failed"])
        one.write("content/site.yaml", settings)
        heard.reload(lambda told: not told["failed"])
        assert "It opens at ten." in preview.get("briefs/hours/").body


def test_a_preview_begins_with_broken_settings(site: MakeSite, start: Start) -> None:
    """Settings that cannot be read are reported with their place, and the site is shown once they are fixed."""
    one = site(HOURS)
    settings = one.read("content/site.yaml")
    one.write("content/site.yaml", "title: The library: a guide\n")
    preview = start(one)
    [problem] = preview.told()["problems"]
    assert ("yaml", "content/site.yaml:1:8") == (problem["code"], problem["place"])
    with preview.listening() as heard:
        one.write("content/site.yaml", settings)
        heard.until(lambda: 200 == preview.get("/guide/briefs/hours/").status)


def test_a_machine_without_watches_to_give_is_looked_at_again_and_again(tmp_path: Path) -> None:
    """Where the system refuses to tell of changes, they are found all the same."""
    changed, stop = tmp_path / "content/site.yaml", Event()
    changed.parent.mkdir()
    # No folder in a folder, of which each would need another open file.
    project = replace(Project.at(tmp_path, "2026-03-01"), templates=(), assets=())
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = last = max(map(int, os.listdir("/dev/fd")))
    with ExitStack() as held:
        while last <= highest:  # until there is none free among those in use
            last = held.enter_context(open(os.devnull)).fileno()
        # Two files more are enough to look at folders, and not to be notified of changes.
        resource.setrlimit(resource.RLIMIT_NOFILE, (last + 3, before[1]))
        try:
            batches = changes(project, stop)
            assert frozenset() == next(batches)
            changed.write_text("title: A\n")
            assert changed in next(batches)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
            stop.set()


@pytest.mark.parametrize("arguments", [["--port", "70000"], ["--port", "-1"], ["--port", "http"]], ids=str)
def test_a_port_that_is_none_is_refused(site: MakeSite, arguments: list[str]) -> None:
    """It is wrong usage, said in one line, and nothing is built."""
    done = site(HOURS).run("preview", *arguments)
    assert (2, True, False) == (done.returncode, "is not a port" in done.stderr, "Traceback" in done.stderr)


@pytest.mark.parametrize("moment", ["first build", "saves"])
def test_ctrl_c_is_clean_at_any_moment(site: MakeSite, moment: str) -> None:
    """Sent to the whole group, as a terminal does, it ends the preview without a traceback, whatever is being built."""
    one = site("".join(f"-- content/briefs/b{n}.md --\n{shown('Some words. ' * 300, f'Brief {n}')}" for n in range(60)))
    command = [sys.executable, str(REPOSITORY / "build.py"), "preview", "--site", str(one.root), "--port", "0"]
    handled = functools.partial(signal.signal, signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=handled
    ) as process:
        assert process.stderr
        if moment == "first build":
            while not (one.root / ".cache/memo.sqlite").exists():
                assert process.poll() is None
        else:
            while "preview at" not in process.stderr.readline():
                assert process.poll() is None
            for number in range(60):
                one.write(f"content/briefs/b{number}.md", shown("Other words. " * 300, f"Brief {number}"))
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)[1]
    assert "Traceback" not in said
    assert process.returncode == (130 if "interrupted" in said else 0)
