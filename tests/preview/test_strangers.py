"""The preview among strangers: other names, other pages, broken and endless requests, many listeners, a thousand saves."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.preview.conftest import Start
from tests.preview.session import PATIENCE, Line, Preview
from tests.sites import MakeSite, Site, brief

HOURS = f"-- content/briefs/hours.md --\n{brief()}"
LISTENERS = 200
SAVES = 1000
SLOW = 200
"""Clients that begin a request and never end it."""
GROWTH = 16 * 1024
"""Kilobytes that the last nine tenths of a thousand saves may add."""

HOSTS = (
    "", "evil.example", "evil.example:{port}", "127.0.0.1.evil.example:{port}", "localhost.evil.example:{port}", "127.0.0.1", "localhost",
    "127.0.0.1:1", "127.0.0.1:{port}0", "localhost.:{port}", "127.0.0.1.:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}@evil.example",
    "evil.example@127.0.0.1:{port}", "[::1]", "::1:{port}", "[::ffff:127.0.0.1]:{port}", "0.0.0.0:{port}", "127.1:{port}", "2130706433:{port}",
    "0x7f.1:{port}", "127.0.0.2:{port}", "7f000001.c0a80001.rbndr.us:{port}", "127.0.0.1:{port}, evil.example", "127.0.0.1:{port}/evil.example",
    "127.0.0.1:{port}#", "localhost%00.evil.example:{port}", "xn--localhost:{port}", "*:{port}",
)  # fmt: skip
"""Names under which nobody is answered."""
ORIGINS = (
    "https://evil.example", "http://evil.example:{port}", "null", "", "http://127.0.0.1", "http://localhost", "http://127.0.0.1:{port}.evil.example",
    "http://localhost.evil.example:{port}", "http://evil.example@127.0.0.1:{port}", "http://127.0.0.1:{port}@evil.example", "file://",
    "chrome-extension://abc", "http://127.0.0.1:1", "http://127.0.0.1:{port}, https://evil.example", "127.0.0.1:{port}", "http://[::ffff:7f00:1]:{port}",
)  # fmt: skip
"""Pages for which nothing is answered."""
BROKEN = {
    "nothing-but-noughts": b"\0" * 200,
    "one-word": b"GET\r\n\r\n",
    "no-host": b"GET / HTTP/1.1\r\n\r\n",
    "no-host-1.0": b"GET / HTTP/1.0\r\n\r\n",
    "two-hosts": b"GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
    "unknown-version": b"GET / HTTP/9.9\r\nHost: {host}\r\n\r\n",
    "http-2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"x" * 200,
    "connect": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "absolute": b"GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "long-address": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "long-header": b"GET / HTTP/1.1\r\nHost: {host}\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    "many-headers": b"GET / HTTP/1.1\r\nHost: {host}\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    "no-colon": b"GET / HTTP/1.1\r\nHost: {host}\r\nwords\r\n\r\n",
    "a-body": b"GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nhello",
    "a-huge-body": b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 999999999999\r\n\r\nx",
    "a-negative-body": b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: -1\r\n\r\nx",
    "two-lengths": b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "both-lengths": b"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks": b"POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nx",
    "bytes-in-the-address": b"GET /\xff\xfe HTTP/1.1\r\nHost: {evil}\r\n\r\n",
    "a-word-too-many": b"GET / / HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "websocket-without-key": b"GET /livereload HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
}
"""Requests that are none."""


def port_of(preview: Preview) -> int:
    """Return the port of a preview."""
    return int(preview.host.rpartition(":")[2])


def say(preview: Preview, data: bytes, end: bool = True) -> bytes:
    """Send bytes, then by default the end of the request; return the beginning of the answer."""
    with socket.create_connection(("127.0.0.1", port_of(preview)), timeout=PATIENCE) as line, suppress(ConnectionError):
        line.sendall(data.replace(b"{host}", preview.host.encode()))
        with suppress(OSError):  # it may have answered and gone already
            if end:
                line.shutdown(socket.SHUT_WR)
        return line.recv(400)
    return b""


def test_only_its_own_names_are_answered(site: MakeSite, start: Start) -> None:
    """A request under any other name for this machine, as rebinding brings it, gets nothing of the site."""
    preview = start(site(HOURS))
    port, path = port_of(preview), "briefs/hours/"
    own = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
    assert [200] * 3 == [preview.get(path, Host=name).status for name in own]
    answers = {host: preview.get(path, Host=host.replace("{port}", str(port))) for host in HOSTS}
    assert {} == {host: got.status for host, got in answers.items() if got.status not in (400, 403)}
    assert [] == [host for host, got in answers.items() if "nine" in got.body]


def test_only_its_own_pages_are_answered(site: MakeSite, start: Start) -> None:
    """A request from any other page gets nothing of the site, nor of what is wrong with it, and no websocket."""
    preview = start(site(HOURS))
    for origin in ORIGINS:
        given = origin.replace("{port}", str(port_of(preview)))
        for path in ("briefs/hours/", "/livereload/status.json", "/livereload/client.js"):
            assert preview.get(path, Origin=given).status in (400, 403), (origin, path)
        with pytest.raises(ConnectionError, match=r"40[03]"), preview.listening(Origin=given):
            pass
    assert 200 == preview.get("briefs/hours/", Origin=f"http://{preview.host}").status


NOT_OURS = [{"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": kind}
            for site in ("cross-site", "same-site", "unknown")
            for mode, kind in (("no-cors", "image"), ("no-cors", "style"), ("no-cors", "script"), ("cors", "empty"), ("navigate", "iframe"),
                               ("navigate", "frame"), ("navigate", "object"), ("navigate", "embed"), ("no-cors", "document"), ("", ""))]  # fmt: skip
"""What a browser says of a request that a page of another site causes."""


@pytest.mark.parametrize(
    "path", ["briefs/hours/", "assets/style.css", "nothing/", "/livereload/status.json", "/livereload/client.js"]
)
def test_no_other_site_can_load_or_frame_a_page(site: MakeSite, start: Start, path: str) -> None:
    """Pictures, styles, scripts, fetches and frames of another site get the same refusal, whether a page exists or not."""
    preview = start(site(HOURS))
    refused = {(got.status, got.body) for got in (preview.get(path, **headers) for headers in NOT_OURS)}
    assert [403] == [status for status, _ in refused]


def test_a_link_that_is_followed_is_served(site: MakeSite, start: Start) -> None:
    """The writer may follow a link from another site, type an address, and read the site; nothing can be framed or embedded."""
    preview = start(site(HOURS))
    followed = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    for place in ("cross-site", "same-site", "same-origin", "none"):
        answer = preview.get("briefs/hours/", **{"Sec-Fetch-Site": place}, **followed)
        assert 200 == answer.status
    assert (
        200 == preview.get("assets/style.css", **{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}).status
    )
    for path in ("briefs/hours/", "briefs/hours", "nothing/", "/livereload/status.json", "assets/style.css"):
        headers = preview.get(path).headers
        assert "DENY" == headers["x-frame-options"], path
        assert "frame-ancestors 'none'" == headers["content-security-policy"]
        assert {"same-origin"} == {headers[f"cross-origin-{name}-policy"] for name in ("resource", "opener")}
    assert 403 == preview.get("briefs/hours/", Origin="http://evil.example").status
    refused = preview.get("briefs/hours/", Host="evil.example").headers
    assert "DENY" == refused["x-frame-options"]


def test_what_is_no_request_ends_itself_alone(site: MakeSite, start: Start) -> None:
    """Whatever bytes come, nothing of the site is the answer, none is an error of ours, and the next one is served."""
    preview = start(site(HOURS))
    for name, data in BROKEN.items():
        answer = say(preview, data)
        assert re.match(rb"HTTP/1.1 4\d\d|$", answer), (name, answer)
        assert 200 == preview.get("briefs/hours/").status, name
    assert_quiet(preview)


QUERIES = ("page=http://[", "page=%", "page=%ff%fe", "page=\xff", "page=%00", "page=//[::", "page=" + "a" * 9000, "page", "page=%e2%80%ae", "=&=&&",
           "page=http://[%0d%0aSet-Cookie:x=y", "page=/a&page=http://[")  # fmt: skip
"""Questions about a page that has no address."""


def test_no_query_is_an_error_of_ours(site: MakeSite, start: Start) -> None:
    """Whatever a query, a path or a header holds, the answer is the page, a redirect or a refusal, and nothing is printed."""
    preview = start(site(HOURS))
    for query in QUERIES:
        for path in (
            "/livereload/status.json",
            "/guide/briefs/hours",
            "/guide/briefs/hours/",
            "/livereload",
            "/%",
            "/guide/%ff",
            "/guide/%00%1b",
        ):
            raw = f"GET {path}?{query} HTTP/1.1\r\nHost: {{host}}\r\n\r\n".encode("latin-1")
            answer = say(preview, raw, end=False)
            assert re.match(rb"HTTP/1.1 (200|301|302|400|404|426)", answer), (path, query, answer)
            assert b"Set-Cookie" not in answer.split(b"\r\n\r\n")[0].replace(b"%0d%0aSet-Cookie", b"")
    assert_quiet(preview)


def test_no_message_is_an_error_of_ours(site: MakeSite, start: Start) -> None:
    """A message that is none of the protocol ends its own line and nothing else."""
    preview = start(site(HOURS))
    for message in (
        b"[" * 4000,
        b"{",
        b'{"command": 1}',
        b'{"command": "info", "url": {}}',
        b"\xff",
        b'{"command": "info", "url": "\\u001b[31m"}',
    ):
        with preview.listening() as line:
            line.send(message)
        assert 200 == preview.get("briefs/hours/").status
    assert_quiet(preview)


def assert_quiet(preview: Preview) -> None:
    """Stop a preview, and hold that it printed only what it always prints."""
    assert 0 == preview.stop()
    preview.wait_for("preview stopped")
    after = preview.log[next(n for n, line in enumerate(preview.log) if line.startswith("preview at ")) + 1 :]
    assert ["preview stopped"] == after


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: "], ids=["idle", "half a request"])
def test_open_connections_are_bounded(site: MakeSite, start: Start, begun: bytes) -> None:
    """Three hundred clients that ask nothing stop no preview that may open 256 files, and close no page that is open."""
    one = site(HOURS)
    preview = start(one, files=256)
    with preview.listening() as heard, ExitStack() as lines:
        for _ in range(300):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port_of(preview)), timeout=PATIENCE))
            with suppress(ConnectionError):
                line.sendall(begun)
        assert 200 == preview.get("briefs/hours/").status
        one.write("content/briefs/hours.md", brief(body="It opens at ten.\n"))
        heard.reload()
        assert "at ten" in preview.get("briefs/hours/").body
    assert_quiet_but_for_builds(preview)


def assert_quiet_but_for_builds(preview: Preview) -> None:
    """Stop a preview, and hold that it printed no traceback."""
    assert 0 == preview.stop()
    preview.wait_for("preview stopped")
    assert [] == [line for line in preview.log if "Traceback" in line or "Error" in line]


def test_open_pages_are_bounded(site: MakeSite, start: Start) -> None:
    """Of three hundred pages that stay open the last ones learn of a save, and the preview still serves."""
    one = site(HOURS)
    preview = start(one, files=256)
    with ExitStack() as lines:
        heard = [lines.enter_context(preview.listening()) for _ in range(300)]
        one.write("content/briefs/hours.md", brief(body="It opens at ten.\n"))
        heard[-1].reload()
        assert "at ten" in preview.get("briefs/hours/").body
    assert_quiet_but_for_builds(preview)


@pytest.mark.parametrize(
    "path",
    ["/guide/%2e%2e/%2e%2e/etc/passwd", "/guide/..%5c..%5cetc%5cpasswd", "/guide/%00", "/guide/assets/%00.css", "/guide/%c0%ae%c0%ae/etc/passwd",
     "/guide/%252e%252e/%252e%252e/etc/passwd", "/guide/assets/away/passwd", "/guide/assets/passwd.svg", "/guide//etc/passwd",
     "/guide/content/site.yaml", "/guide/../.cache/memo.sqlite", "/guide/file:///etc/passwd", "/guide/\\\\evil.example\\share",
     "/livereload/..%2fserve.py", "/livereload/status.json?page=../../../../etc/passwd", "/pagefind/../../etc/passwd",
     "/guide/pagefind/..%2f..%2fetc/passwd"],
)  # fmt: skip
def test_no_address_leads_out(site: MakeSite, start: Start, path: str) -> None:
    """Neither a climbing address, in any writing, nor a link in the assets gives a file of the machine."""
    one = site(HOURS)
    (one.root / "assets").mkdir()
    (one.root / "assets/away").symlink_to("/etc")
    (one.root / "assets/passwd.svg").symlink_to("/etc/passwd")
    answer = start(one).get(path)
    assert "root:" not in answer.body and (answer.status in (400, 403, 404, 503) or "status.json" in path)


@contextmanager
def slow_clients(preview: Preview, number: int) -> Iterator[list[socket.socket]]:
    """Begin requests that never end."""
    with ExitStack() as lines:
        opened = [
            lines.enter_context(socket.create_connection(("127.0.0.1", port_of(preview)), timeout=PATIENCE))
            for _ in range(number)
        ]
        for line in opened:
            line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        yield opened


def test_who_is_slow_holds_nobody_up(site: MakeSite, start: Start) -> None:
    """While two hundred clients never end their requests, others are served and hear of saves."""
    one = site(HOURS)
    preview = start(one)
    with slow_clients(preview, SLOW), preview.listening() as heard:
        assert 200 == preview.get("briefs/hours/").status
        one.write("content/briefs/hours.md", brief(body="It opens at ten.\n"))
        heard.reload()
        assert "at ten" in preview.get("briefs/hours/").body


@pytest.mark.slow
def test_who_is_slow_is_hung_up_on(site: MakeSite, start: Start) -> None:
    """A request that has not ended after a minute is ended."""
    with slow_clients(start(site(HOURS)), 5) as lines:
        for line in lines:
            line.settimeout(3 * PATIENCE)
            assert b"" == line.recv(1)


def test_every_listener_hears_of_a_save_once(site: MakeSite, start: Start) -> None:
    """Two hundred pages get one message for each save; those that hang up without a word hold up nobody."""
    one = site(HOURS)
    preview = start(one)
    with ExitStack() as lines:
        heard: list[Line] = [lines.enter_context(preview.listening()) for _ in range(LISTENERS)]
        for hour, listeners in (("ten", heard), ("eleven", heard[::2]), ("noon", heard[::2])):
            one.write("content/briefs/hours.md", brief(body=f"It opens at {hour}.\n"))
            for line in listeners:
                hear_of_save(line)
            if hour == "ten":
                for line in heard[1::2]:
                    line.close()


PAGE, ALL = "briefs/hours/index.html", "briefing.html"
"""What a glance at a save shows, and what the build of everything shows after it."""


def hear_of_save(heard: Line) -> None:
    """Wait until a save was seen completely, and check that its page got one message."""
    told: list[str] = []
    while not {PAGE, ALL} <= set(told):
        told += heard.hear()["changed"]
    assert 1 == told.count(PAGE)


def save(one: Site, preview: Preview, heard: Line, number: int) -> None:
    """Save once, and check that one message is sent and the page is shown."""
    one.write("content/briefs/hours.md", brief(body=f"It opens at {number}.\n"))
    hear_of_save(heard)
    assert f"It opens at {number}." in preview.get("briefs/hours/").body


def memory(preview: Preview) -> int:
    """Return the kilobytes that a preview holds."""
    status = Path(f"/proc/{preview.process.pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s*(\d+)", status)[1])  # type: ignore[index]


def test_each_of_many_saves_is_told_once(site: MakeSite, start: Start) -> None:
    """Thirty saves give thirty messages that name the page, and each finds it as it was saved."""
    one = site(HOURS)
    preview = start(one)
    with preview.listening() as heard:
        for number in range(30):
            save(one, preview, heard, number)


@pytest.mark.slow
def test_a_thousand_saves_leave_it_as_it_was(site: MakeSite, start: Start) -> None:
    """After a thousand saves it lives, tells each once, and holds no more memory than after a hundred."""
    one = site(HOURS)
    preview = start(one)
    held = {}
    with preview.listening() as heard:
        for number in range(1, SAVES + 1):
            save(one, preview, heard, number)
            if number % 100 == 0:
                held[number] = memory(preview)
    print(f"kilobytes after so many saves: {held}")
    assert held[SAVES] - held[SAVES // 10] < GROWTH, held
