"""No server holds a request up, breaks it or makes it grow, whatever part of its answer never ends or makes no sense."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.message import Message
from http.client import HTTPException
from threading import Event, Thread
from time import monotonic
from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.linkcheck.body import LimitedResponse, ReadLimits
from briefing.linkcheck.client import AGENT, Client, Politeness, _wait
from briefing.linkcheck.fetch import Fetcher, _readable

QUICK = Politeness(between=0.0, waits=(), time_out=0.4, head=0.3, whole=0.3, local=True)
LONGEST = 6.0
"""Seconds of one request; four limits, and time for a slow machine."""
_OK = b"HTTP/1.1 200 OK\r\n"
PARTS = {
    "the answers before the answer": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "the status": (b"HTTP/1.1 200 ", b"O"),
    "a header": (_OK + b"X: ", b"a"),
    "the headers": (_OK, b"X: a\r\n"),
    "the body": (_OK + b"\r\n", b"a"),
    "the length of a chunk": (_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "what is beside the length": (_OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a"),
    "chunks": (_OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "the trailers": (_OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", b"x: y\r\n"),
}
"""What begins an answer, and the part that is sent for ever after it."""


class Endless:
    """A server that sends a part of an answer again and again, quickly or slowly, at the path that names it."""

    def __init__(self) -> None:
        self.closing = Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._accept, daemon=True).start()

    def address(self, part: str, pace: str) -> str:
        """Return the address of a part."""
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/{[*PARTS].index(part)}/{pace}"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                Thread(target=self._answer, args=(self.socket.accept()[0],), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with suppress(OSError, ValueError), client:
            _, number, pace, *_ = [*client.recv(65536).split(b" ")[1].decode().split("/"), ""]
            if not number.isdecimal():
                client.sendall(b"HTTP/1.0 404 Not found\r\n\r\n")
                return
            start, again = [*PARTS.values()][int(number)]
            client.sendall(start)
            while not self.closing.wait(0.05 if pace == "slowly" else 0):
                client.sendall(again if pace == "slowly" else again * 2000)


@pytest.fixture
def endless() -> Iterator[Endless]:
    """Such a server."""
    server = Endless()
    yield server
    server.closing.set()
    server.socket.close()


def test_no_part_of_an_answer_goes_on_for_ever(endless: Endless) -> None:
    """Neither the check of a link nor a download waits longer than its limits, however the server keeps it busy."""

    def ask(address: str) -> tuple[str, str, float]:
        begin = monotonic()
        checked = Client(QUICK, lambda _: None).check(address).verdict
        fetched = Fetcher(QUICK, lambda _: None).fetch(address, 10_000)
        return checked, fetched.result.verdict, monotonic() - begin

    addresses = [endless.address(part, pace) for part in PARTS for pace in ("slowly", "quickly")]
    with ThreadPoolExecutor(len(addresses)) as pool:
        done = dict(zip(addresses, pool.map(ask, addresses), strict=True))
    assert {checked for checked, _, _ in done.values()} <= {"ok", "slow", "broken"}
    assert {fetched for _, fetched, _ in done.values()} <= {"large", "slow", "broken"}
    assert [] == [address for address, (_, _, seconds) in done.items() if seconds > LONGEST]


HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=255, blacklist_characters="\x7f"), max_size=40)
DATES = st.builds(
    "{}, {} {} {} {}:{}:{} {}".format,
    st.sampled_from(["Mon", "", "x"]),
    *[st.integers(-(10**12), 10**12) | st.sampled_from(["Jan", "31", "9999", "0"]) for _ in range(6)],
    st.sampled_from(["GMT", "+2359", "-9999999999999", "", "+0000"]),
)


@given(HEADERS | DATES | st.integers(min_value=0).map(str), HEADERS | DATES)
def test_no_time_to_wait_breaks_a_request(asked: str, date: str) -> None:
    """A `Retry-After` that is no number and no date is none."""
    headers = Message()
    headers["Retry-After"], headers["Date"] = asked, date
    assert _wait(headers) >= 0


RULES = st.sampled_from(["User-agent", "Disallow", "Allow", "Crawl-delay", "Request-rate", "Sitemap", "", "x"])
VALUES = st.text(max_size=12) | st.sampled_from(
    ["*", "/", "//[", "http://[x", "%2F%2F%5B", "²", "²/²", "9" * 5000, "/a"]
)


@given(st.lists(st.builds("{}: {}".format, RULES, VALUES) | st.just(""), max_size=8))
def test_no_rule_for_programs_breaks_a_request(lines: list[str]) -> None:
    """What Python's reader of `robots.txt` cannot read is no rule; the other rules count."""
    rules = RobotFileParser()
    rules.parse([*map(_readable, lines), "", "User-agent: briefing-link-check", "Disallow: /kept-away"])
    assert rules.can_fetch(AGENT, "http://a.example/") in (True, False)
    rules = RobotFileParser()
    rules.parse(list(map(_readable, ["User-agent: *", "Crawl-delay: ²", "Disallow: //[", "Disallow: /private"])))
    assert [rules.can_fetch(AGENT, f"http://a.example/{path}") for path in ("private", "open")] == [False, True]


@pytest.mark.parametrize("sent", [b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50])
def test_more_than_the_limit_is_never_read(sent: bytes) -> None:
    """Whatever part of an answer is too long, it is an error that says so, with most of it unread."""
    ours, theirs = socket.socketpair()
    with ours, theirs, ThreadPoolExecutor(1) as threads:
        answer = LimitedResponse(ours, limits=ReadLimits(10, monotonic() + 9))
        threads.submit(theirs.sendall, sent * (2**22 // len(sent)))
        with pytest.raises(HTTPException, match=r"too long|more than"):
            answer.begin()
        answer.close()
        ours.close()


def test_no_wait_is_longer_than_what_is_left() -> None:
    """A server that says nothing is waited for no longer than the answer may take in all."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(60)
        answer = LimitedResponse(ours, limits=ReadLimits(10, monotonic() + 0.05))
        theirs.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        answer.begin()
        assert 0 < (ours.gettimeout() or 60) <= 0.05
        answer.close()
