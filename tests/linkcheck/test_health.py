"""The health of links: every address asked once and politely, and none called dead before its third bad day."""

from __future__ import annotations

import shutil
import socket
import ssl
import struct
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Event, Lock, Thread
from typing import Any

import pytest

from briefing.linkcheck.client import Client, LinkResult, Politeness
from briefing.linkcheck.health import HEALTH, Health, Use, examine, gather, recall, remember, report
from briefing.model.steps import HASHED_OURS
from briefing.parse.document import parse
from briefing.parse.places import place_sources
from briefing.problems import Finding, Problem, Span
from briefing.read.snapshot import read
from tests.sites import MakeSite, Site, brief, places

QUICK = Politeness(between=0.5, waits=(3.0, 15.0), time_out=5.0, local=True)
"""How tests ask; the rests are only noted, so they cost nothing."""


class Handler(BaseHTTPRequestHandler):
    """Does at each path what a test has laid there."""

    server: Web

    def do_HEAD(self) -> None:
        self.server.do(self)

    def do_GET(self) -> None:
        self.server.do(self)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


Deed = Callable[[Handler], None]


class Web(ThreadingHTTPServer):
    """A real server. Deeds at a path are done in turn, the last one ever after."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.deeds: dict[str, list[Deed]] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.closing = Event()
        self.lock = Lock()

    def lay(self, path: str, *deeds: Deed) -> str:
        """Lay deeds at a path, and give its address."""
        self.deeds[path] = list(deeds)
        return self.address(path)

    def address(self, path: str, scheme: str = "http", host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"{scheme}://{host}:{self.server_port}{path}"

    def do(self, handler: Handler) -> None:
        """Note the question and do what is next."""
        with self.lock:
            self.asked.append(f"{handler.command} {handler.path}")
            self.agents.add(handler.headers["User-Agent"])
            deeds = self.deeds[handler.path]
            deed = deeds.pop(0) if len(deeds) > 1 else deeds[0]
        deed(handler)


def say(status: int, **headers: str) -> Deed:
    """Answer with a status and headers, whose names have underscores for hyphens."""

    def deed(handler: Handler) -> None:
        handler.send_response_only(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return deed


def only_whole(handler: Handler) -> None:
    """Refuse to give a head alone."""
    say(405 if handler.command == "HEAD" else 200)(handler)


def hang(handler: Handler) -> None:
    """Say nothing until the test is over."""
    handler.server.closing.wait(10)


def reset(handler: Handler) -> None:
    """Drop the connection without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def nonsense(handler: Handler) -> None:
    """Answer with what is not HTTP."""
    handler.wfile.write(b"220 mail.example ESMTP\r\n")


OK = say(200)


def to(address: str, status: int = 301) -> Deed:
    """Send the visitor elsewhere."""
    return say(status, Location=address)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Serve from a thread, and let no proxy come between."""
    monkeypatch.setenv("no_proxy", "*")
    with Web() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.closing.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def rests() -> list[float]:
    """Note every rest instead of taking it."""
    return []


def ask(address: str, rests: list[float] | None = None, politeness: Politeness = QUICK) -> LinkResult:
    """Ask one address."""
    taken: list[float] = [] if rests is None else rests
    return Client(politeness, taken.append).check(address)


def ask_all(addresses: list[str], rests: list[float], politeness: Politeness = QUICK) -> dict[str, LinkResult]:
    """Ask several addresses."""
    return Client(politeness, rests.append).check_all(addresses, lambda done, of: None)


# What an answer means


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "ok"),
        (204, "ok"),
        (304, "failing"),
        (400, "refused"),
        (401, "refused"),
        (403, "refused"),
        (404, "gone"),
        (408, "slow"),
        (410, "gone"),
        (429, "busy"),
        (451, "refused"),
        (500, "failing"),
        (503, "failing"),
    ],
)
def test_every_status_has_one_meaning(web: Web, status: int, verdict: str) -> None:
    """Only 404 and 410 say that a page is gone, and the report shows the status."""
    answer = ask(web.lay("/", say(status)))
    assert (verdict, status) == (answer.verdict, answer.status)


def test_a_good_page_is_asked_for_its_head_once_by_name(web: Web, rests: list[float]) -> None:
    """One HEAD is all that a good page sees of us, from a program that says what it is."""
    assert LinkResult("ok", 200) == ask(web.lay("/", OK), rests)
    assert (["HEAD /"], {"briefing-link-check/1"}, []) == (web.asked, web.agents, rests)


@pytest.mark.parametrize(
    "deeds",
    [(only_whole,), (say(404), OK), (say(403), OK), (say(501), OK), (reset, OK)],
    ids=["405", "404", "403", "501", "reset"],
)
def test_a_bad_head_is_not_the_last_word(web: Web, deeds: tuple[Deed, ...]) -> None:
    """Where HEAD gives nothing good the page itself is asked for, and its answer counts."""
    assert LinkResult("ok", 200) == ask(web.lay("/", *deeds))
    assert ["HEAD /", "GET /"] == web.asked


@pytest.mark.parametrize("status", [301, 308])
def test_a_lasting_redirect_is_a_move(web: Web, status: int) -> None:
    """301 and 308 to a good page say that it has moved, and where."""
    assert LinkResult("moved", 200, web.lay("/new", OK)) == ask(web.lay("/old", to("/new", status)))


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_passing_redirect_is_no_move(web: Web, status: int) -> None:
    """A redirect for now leads to a good page under the address that the writer has."""
    web.lay("/new", OK)
    assert LinkResult("ok", 200) == ask(web.lay("/old", to("/new", status)))


def test_a_move_ends_where_redirects_stop_lasting(web: Web) -> None:
    """For 301, 301, 302 the report names the second target, and for 302, 301 none."""
    web.lay("/a", to("/b"))
    web.lay("/b", to("/c", 308))
    web.lay("/c", to("/d", 302))
    web.lay("/d", OK)
    web.lay("/passing", to("/a", 302))
    assert LinkResult("moved", 200, web.address("/c")) == ask(web.address("/a"))
    assert LinkResult("ok", 200) == ask(web.address("/passing"))


def test_a_move_to_nothing_is_what_stands_there(web: Web) -> None:
    """A page that has moved to a page that is gone is gone."""
    web.lay("/new", say(404))
    assert LinkResult("gone", 404) == ask(web.lay("/old", to("/new")))


@pytest.mark.parametrize("target", ["/", "mailto:a@b.example", "file:///etc/passwd", "http://[", ""])
def test_a_redirect_to_nowhere_fails(web: Web, target: str) -> None:
    """A ring, or a target that is no web page, is followed no further and is no strike."""
    assert LinkResult("failing", 301) == ask(web.lay("/", to(target)))


def test_addresses_in_any_script_are_asked(web: Web) -> None:
    """A target in raw UTF-8 is asked for by its bytes."""
    web.lay("/t%C5%B7", OK)
    assert LinkResult("moved", 200, web.address("/t%C5%B7")) == ask(web.lay("/", to("/tŷ".encode().decode("latin-1"))))


def test_silence_is_slow_and_not_asked_a_third_time(web: Web, rests: list[float]) -> None:
    """A server that says nothing in time is slow, for the head and for the page, and then left alone."""
    assert LinkResult("slow") == ask(web.lay("/", hang), rests, replace(QUICK, time_out=0.2))
    assert (["HEAD /", "GET /"], [0.5]) == (web.asked, rests)


@pytest.mark.parametrize("deed", [reset, nonsense])
def test_a_dropped_connection_is_broken(web: Web, rests: list[float], deed: Deed) -> None:
    """A server that hangs up, or speaks no HTTP, is broken after as many tries as there are waits, which grow."""
    assert LinkResult("broken") == ask(web.lay("/", deed), rests)
    assert (["HEAD /", "GET /", "GET /", "GET /"], [0.5, 3.0, 0.5, 15.0, 0.5]) == (web.asked, rests)


def test_a_closed_door_is_broken(web: Web) -> None:
    """A port at which nobody listens is broken."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert LinkResult("broken") == ask(f"http://127.0.0.1:{port}/")


def test_a_server_without_tls_is_broken(web: Web) -> None:
    """An https address at a plain port is broken."""
    assert LinkResult("broken") == ask(web.address("/", "https"))


@pytest.mark.skipif(not shutil.which("openssl"), reason="makes a certificate with openssl")
def test_a_certificate_that_nobody_vouches_for_is_broken(web: Web, tmp_path: Path) -> None:
    """A self-signed certificate is broken, and no question reaches its server."""
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1 -keyout k -out c"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "c", tmp_path / "k")
    web.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
    web.socket = context.wrap_socket(web.socket, server_side=True, do_handshake_on_connect=False)
    web.lay("/", OK)
    assert LinkResult("broken") == ask(web.address("/", "https"))
    assert [] == web.asked


# Waiting


def test_a_server_that_fails_is_asked_again(web: Web, rests: list[float]) -> None:
    """A 503 that passes leaves a good page, asked again after a wait."""
    assert LinkResult("ok", 200) == ask(web.lay("/", say(503), say(503), OK), rests)
    assert (["HEAD /", "GET /", "GET /"], [0.5, 3.0, 0.5]) == (web.asked, rests)


@pytest.mark.parametrize(
    ("headers", "rest"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "1"}, 3.0),
        ({"Retry_After": "soon"}, 3.0),
        ({}, 3.0),
        ({"Retry_After": "Mon, 02 Mar 2026 10:00:40 GMT", "Date": "Mon, 02 Mar 2026 10:00:00 GMT"}, 40.0),
        ({"Retry_After": "Mon, 02 Mar 2026 09:00:00 GMT", "Date": "Mon, 02 Mar 2026 10:00:00 GMT"}, 3.0),
        ({"Retry_After": "Mon, 02 Mar 2026 10:00:40 GMT"}, 3.0),
    ],
)
def test_a_busy_server_says_when_to_come_back(
    web: Web, rests: list[float], headers: dict[str, str], rest: float
) -> None:
    """Retry-After is waited for, as seconds or as a moment by the server's own clock, and never less than our wait."""
    assert LinkResult("ok", 200) == ask(web.lay("/", say(429, **headers), OK), rests)
    assert (["HEAD /", "GET /"], [rest, 0.5]) == (web.asked, rests)


def test_a_failing_server_may_say_so_too(web: Web, rests: list[float]) -> None:
    """A 503 with Retry-After is left alone for that long, and its page is not asked for at once."""
    assert LinkResult("ok", 200) == ask(web.lay("/", say(503, Retry_After="7"), OK), rests)
    assert (["HEAD /", "GET /"], [7.0, 0.5]) == (web.asked, rests)


def test_a_server_that_wants_a_long_rest_gets_it(web: Web, rests: list[float]) -> None:
    """One that asks for more than the longest wait is busy, and is not asked again in this run."""
    asked = LinkResult("busy", 429, "", 3600.0)
    assert asked == ask(web.lay("/", say(429, Retry_After="3600")), rests)
    assert (["HEAD /"], []) == (web.asked, rests)


# One host, many hosts


def test_one_host_is_never_asked_twice_at_a_time(web: Web, rests: list[float]) -> None:
    """However many addresses a host has, each waits for the one before it and a rest, redirects from others too."""
    together = Barrier(2)
    met = []

    def wait_for_another(handler: Handler) -> None:
        try:
            together.wait(0.05)
            met.append(handler.path)
        except BrokenBarrierError:
            together.reset()
        OK(handler)

    addresses = [web.lay(f"/{number}", wait_for_another) for number in range(5)]
    web.lay("/elsewhere", to(web.lay("/5", wait_for_another), 302))
    answers = ask_all([*addresses, web.address("/elsewhere", host="localhost")], rests)
    assert {LinkResult("ok", 200)} == set(answers.values())
    assert ([], 7, [0.5] * 5) == (met, len(web.asked), rests)


def test_more_at_a_time_where_a_host_may_be_asked_so(web: Web, rests: list[float]) -> None:
    """With two places per host two questions stand there together."""
    together = Barrier(2, timeout=5)

    def meet(handler: Handler) -> None:
        together.wait()
        OK(handler)

    addresses = [web.lay(f"/{number}", meet) for number in range(4)]
    assert {LinkResult("ok", 200)} == set(ask_all(addresses, rests, replace(QUICK, per_host=2)).values())


def test_hosts_are_asked_at_the_same_time_within_bounds(web: Web, rests: list[float]) -> None:
    """Two hosts answer together; with one thread they would wait for each other in vain."""
    together = Barrier(2, timeout=5)

    def meet(handler: Handler) -> None:
        together.wait()
        OK(handler)

    web.lay("/", meet)
    hosts = [web.address("/", host=host) for host in ("127.0.0.1", "localhost")]
    assert {LinkResult("ok", 200)} == set(ask_all(hosts, rests, replace(QUICK, threads=2)).values())
    web.lay("/", OK)
    assert {LinkResult("ok", 200)} == set(ask_all(hosts, rests, replace(QUICK, threads=1)).values())


def test_a_bug_in_a_thread_is_a_traceback(web: Web) -> None:
    """What goes wrong in a thread is raised where everybody sees it, and nobody waits for ever."""

    def fail(seconds: float) -> None:
        raise AssertionError("a bug of ours")

    with pytest.raises(AssertionError, match="a bug of ours"):
        Client(QUICK, fail).check_all([web.lay("/a", OK), web.lay("/b", OK)], lambda done, of: None)


def test_progress_is_told(web: Web, rests: list[float]) -> None:
    """Every answer is reported as it comes."""
    told: list[tuple[int, int]] = []
    Client(QUICK, rests.append).check_all(
        [web.lay("/a", OK), web.lay("/b", OK)], lambda done, of: told.append((done, of))
    )
    assert [(1, 2), (2, 2)] == told


# Strikes

A = "https://a.example/"


def after(*days: tuple[str, LinkResult]) -> Health:
    """Remember an address's answers, day by day."""
    known: dict[str, Health] = {}
    for day, answer in days:
        known = remember(known, {A: answer}, day)
    return known[A]


GONE, BROKEN, GOOD = LinkResult("gone", 404), LinkResult("broken"), LinkResult("ok", 200)
DAYS = ("2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04")


def test_strikes_are_days() -> None:
    """Gone and broken strike once a day, whatever the order, and three are enough to remember."""
    assert Health("broken", 0, "", DAYS[:1]) == after((DAYS[0], GONE), (DAYS[0], BROKEN))
    assert DAYS[:2] == after((DAYS[1], GONE), (DAYS[0], BROKEN)).strikes
    assert DAYS[:3] == after(*((day, GONE) for day in DAYS)).strikes


@pytest.mark.parametrize("good", [GOOD, LinkResult("moved", 200, "https://b.example/")])
def test_a_good_day_clears_all_strikes(good: LinkResult) -> None:
    """A good answer is remembered with its day and clears what was before, on the same day too."""
    assert Health(good.verdict, 200, DAYS[1]) == after((DAYS[0], GONE), (DAYS[1], GONE), (DAYS[1], good))
    assert Health("gone", 404, DAYS[0], DAYS[1:2]) == after((DAYS[0], good), (DAYS[1], GONE))


@pytest.mark.parametrize("verdict", ["refused", "busy", "slow", "failing"])
def test_what_may_be_about_us_is_no_strike(verdict: Any) -> None:
    """A refusal, a time-out and a failing server neither strike nor clear."""
    assert Health(verdict, 1, "", DAYS[:1]) == after((DAYS[0], GONE), *((day, LinkResult(verdict, 1)) for day in DAYS))


USE = Use(A, "content/sources.yaml", Span(4, 8, 18))


def said(use: Use, answer: LinkResult, health: Health) -> list[Problem]:
    """Report one address."""
    return list(report([use], {A: answer}, {A: health}))


def test_three_strikes_are_dead() -> None:
    """Two strikes say nothing; three are a warning at the address, with the last good day and where to look."""
    assert [] == said(USE, GONE, Health("gone", 404, "2026-02-01", DAYS[:2]))
    [problem] = said(USE, GONE, Health("gone", 404, "2026-02-01", DAYS[:3]))
    expected = Finding(
        "dead-link",
        "https://a.example/ did not work on 3 days since 2026-03-01; it last worked on 2026-02-01",
        "find its new address, or look for a copy at https://web.archive.org/web/*/https://a.example/",
    )
    assert expected.at(USE.path, USE.place) == problem


def test_a_dead_link_names_its_archived_copy() -> None:
    """Where the source has a copy, the hint says so."""
    copied = replace(USE, archived="https://web.archive.org/web/2026/a")
    [problem] = said(copied, LinkResult("slow"), Health("slow", 0, "", DAYS[:3]))
    assert "link to the archived copy: https://web.archive.org/web/2026/a" == problem.hint
    assert problem.message.endswith("it has never worked")


def test_a_move_is_a_warning_with_the_new_address() -> None:
    """A page that has moved for good is a warning that names where to."""
    [problem] = said(USE, LinkResult("moved", 200, "https://b.example/"), Health("moved", 200, DAYS[0]))
    assert ("moved-link", "warning") == (problem.code, problem.level)
    assert "https://a.example/ has permanently moved to https://b.example/" == problem.message


# A whole site

SITE = """\
-- content/site.yaml --
title: The Riverside Library
tagline: What the town library does
base_url: https://never-asked.example/
language: en-GB
publisher: {name: Friends, url: "http://HOST/publisher"}
contact: friends@library.example
safety: {exit: {url: "http://HOST/exit", label: Leave}}
licence: {name: CC BY 4.0, url: "http://HOST/licence"}
navigation: [{label: A to Z, to: /a-z/}]
-- content/sources.yaml --
- id: report
  type: report
  title: The report
  publisher: The Council
  issued: 2025-06-16
  tier: official
  URL: http://HOST/report?a=1&b=2#page=3
  checked: 2026-01
  archived: {url: "http://HOST/copy", date: 2026-01-01}
- id: leaflet
  type: report
  title: The leaflet
  publisher: The Council
  issued: 2025-06-16
  tier: official
  URL: http://HOST/report
  checked: 2026-01
-- content/organisations.yaml --
- id: council
  name: The Council
  summary: It runs the library.
  url: http://HOST/council
-- content/support.yaml --
- id: helpline
  name: The helpline
  number: 0800 1111
  url: http://HOST/help
  who_for: Anyone.
  checked: not-yet
-- content/glossary.yaml --
- id: loan
  term: Loan
  meaning: See [the rules](http://HOST/rules).
"""
BODY = "See [it](http://HOST/report?a=1&b=2#page=4), <http://HOST/plain>, <http://HOST/report>, <a@b.example>.\n"


def library(site: MakeSite, web: Web) -> Site:
    """Make a site whose every address is good."""
    host = f"127.0.0.1:{web.server_port}"
    paths = "publisher exit licence report?a=1&b=2 report copy council help rules plain"
    for path in paths.split():
        web.lay(f"/{path}", OK)
    return site((SITE + f"-- content/briefs/hours.md --\n{brief(body=BODY)}").replace("HOST", host))


def look(site: Site, day: str) -> list[Problem]:
    """Check a site's addresses on a day."""
    return list(examine(site.project(now=day), QUICK, lambda seconds: None))


def test_each_address_of_a_site_is_asked_once(site: MakeSite, web: Web) -> None:
    """Settings, sources, copies, organisations, services and links in texts are asked, without fragment, once each."""
    assert [] == look(library(site, web), DAYS[0])
    expected = [f"HEAD {path}" for path in web.deeds]
    assert sorted(expected) == sorted(web.asked)


def test_every_use_has_its_own_place(site: MakeSite, web: Web) -> None:
    """An address is shown where it stands, a longer one is not taken for it, and the copy goes with every use."""
    project = library(site, web).project()
    sources, _ = place_sources(read(project), HASHED_OURS)
    uses = gather(sources, [parse(source) for source in sources])
    report_ = web.address("/report?a=1&b=2")
    found = [(use.path, use.place.line, use.place.column, use.archived) for use in uses if use.address == report_]
    copy = web.address("/copy")
    assert [("content/briefs/hours.md", 6, 10, copy), ("content/sources.yaml", 7, 8, copy)] == found
    leaflet = web.address("/report")
    [line] = [line for line in (project.root / "content/briefs/hours.md").read_text().splitlines() if leaflet in line]
    spans = [use.place for use in uses if use.address == leaflet]
    assert [Span(6, line.index(f"<{leaflet}>") + 2, len(leaflet)), Span(16, 8, len(leaflet))] == spans


def test_a_page_that_goes_is_reported_on_its_third_day(site: MakeSite, web: Web) -> None:
    """Two bad days are silent, however often asked; the third is a warning at the source; a good day ends it."""
    made = library(site, web)
    web.lay("/report?a=1&b=2", say(404))
    quiet = [look(made, day) for day in (DAYS[0], DAYS[0], DAYS[0], DAYS[1])]
    assert [[], [], [], []] == quiet
    problems = look(made, DAYS[2])
    assert places(problems) == [
        ("dead-link", "content/briefs/hours.md", 6, 10),
        ("dead-link", "content/sources.yaml", 7, 8),
    ]
    assert {f"link to the archived copy: {web.address('/copy')}"} == {problem.hint for problem in problems}
    web.lay("/report?a=1&b=2", OK)
    assert [] == look(made, DAYS[3])
    assert Health("ok", 200, DAYS[3]) == recall(made.project())[web.address("/report?a=1&b=2")]


def test_a_moved_page_is_reported_at_once(site: MakeSite, web: Web) -> None:
    """A permanent redirect is a warning on the first day, in the settings too."""
    made = library(site, web)
    web.lay("/exit", to("/report"))
    web.lay("/help", to("/report", 302))
    assert places(look(made, DAYS[0])) == [("moved-link", "content/site.yaml", 7, 23)]


def test_what_is_known_is_a_file_of_sorted_lines(site: MakeSite, web: Web) -> None:
    """The same answers on the same day give the same bytes, whatever the order; each address is one line."""
    made = library(site, web)
    web.lay("/council", say(403))
    look(made, DAYS[0])
    first = made.read(HEALTH)
    look(made, DAYS[0])
    assert first == made.read(HEALTH)
    lines = first.splitlines()
    assert (12, "{", "}", "\n") == (len(lines), lines[0], lines[-1], first[-1])
    assert lines[1:-1] == sorted(lines[1:-1])
    council = '"verdict": "refused", "status": 403, "good": "", "strikes": []'
    assert f' "{web.address("/council")}": {{{council}}},' in lines
    assert [] == [path for path in (made.root / "content").iterdir() if path.name.startswith(".")]


def test_an_address_no_longer_used_is_forgotten(site: MakeSite, web: Web) -> None:
    """What no text names is dropped, but not while a file cannot be read and hides what it names."""
    made = library(site, web)
    look(made, DAYS[0])
    whole = made.read("content/organisations.yaml")
    made.write("content/organisations.yaml", "- id: [")
    look(made, DAYS[0])
    assert web.address("/council") in recall(made.project())
    made.write("content/organisations.yaml", "\n".join(whole.splitlines()[:-1]) + "\n")
    look(made, DAYS[0])
    assert web.address("/council") not in recall(made.project())


@pytest.mark.parametrize("text", ["<<<<<<< ours", "[]", '{"http://a.example/": {}}', '{"http://a.example/": 1}'])
def test_a_broken_memory_is_said_and_kept(site: MakeSite, web: Web, text: str) -> None:
    """A file that cannot be read is an error, nobody is asked, and the file stays as it is."""
    made = library(site, web)
    made.write(HEALTH, text)
    assert places(look(made, DAYS[0])) == [("link-health", HEALTH, 0, 0)]
    assert (text, []) == (made.read(HEALTH), web.asked)


def test_a_machine_without_a_connection_learns_nothing(site: MakeSite, web: Web) -> None:
    """Where several hosts and none of them answer, it is ours that is broken, and nothing is noted."""
    made = library(site, web)
    web.closing.set()
    for path in web.deeds:
        web.lay(path, hang)
    made.edit("content/site.yaml", web.address("/exit"), web.address("/exit", host="localhost"))
    assert places(look(made, DAYS[0])) == [("offline", HEALTH, 0, 0)]
    assert not (made.root / HEALTH).exists()


def test_the_command_asks_only_when_told(site: MakeSite, web: Web) -> None:
    """`check` asks nobody; `check --external` asks the public internet; its file is in nobody's way afterwards."""
    exit_, licence = web.lay("/exit", to("/licence")), web.address("/licence", host="localhost")
    web.lay("/licence", OK)
    made = site()
    made.edit("content/site.yaml", "https://weather.example/", exit_)
    made.edit("content/site.yaml", "https://creativecommons.org/licenses/by/4.0/", licence)
    assert 0 == made.run("check").returncode
    assert [] == web.asked
    done = made.run("check", "--external")
    assert (0, 1) == (done.returncode, done.stderr.count("offline"))
    assert 1 == made.run("check", "--external", "--strict").returncode
    assert [] == web.asked  # the server is on this machine, which the command never asks
    assert ["moved-link"] == [one.code for one in look(made, DAYS[0])]
    assert {exit_, licence} == set(recall(made.project()))
    assert 0 == made.run("build").returncode
