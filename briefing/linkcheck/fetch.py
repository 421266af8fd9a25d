"""Download documents politely: only what a site lets programs read, not too large, not too long, and whole or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import monotonic
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from briefing.linkcheck.client import AGAIN, AGENT, HOPS, Client, LinkResult, Politeness
from briefing.values import dataclass

_LONGEST_RULES = 500_000
"""Bytes of `robots.txt` that are read; RFC 9309 asks for at least this many."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from an address: the last result, where redirects led, its `Content-Type` and its bytes."""

    result: LinkResult
    address: str
    media: str = ""
    data: bytes = b""


class Fetcher(Client):
    """Downloads documents within the limits of `Politeness`, where `robots.txt` of each host allows it."""

    def __init__(self, politeness: Politeness, pause: Callable[[float], None]) -> None:
        super().__init__(politeness, pause)
        self._rules: dict[str, RobotFileParser | None] = {}

    def fetch(self, address: str, most: int) -> Fetched:
        """Download a document of at most `most` bytes, and again after temporary failures."""
        got = self._download(address, most)
        for wait in self._limits.waits:
            if got.result.verdict not in AGAIN or got.result.wait > self._limits.longest:
                break
            self._pause(max(wait, got.result.wait))
            got = self._download(address, most)
        return got

    def _download(self, address: str, most: int) -> Fetched:
        here, status, until = address, 0, monotonic() + self._limits.whole
        for _ in range(HOPS):
            if monotonic() > until:
                return Fetched(LinkResult("slow", status), here)
            rules = self._read_rules(here)
            if rules is None:
                return Fetched(LinkResult("busy"), here)
            if not rules.can_fetch(AGENT, here):
                return Fetched(LinkResult("robots"), here)
            answer = self._request(here, "GET", most)
            if not answer.target:
                return Fetched(answer.result, here, answer.media, answer.data)
            here, status = answer.target, answer.result.status
        return Fetched(LinkResult("failing", status), here)

    def _read_rules(self, address: str) -> RobotFileParser | None:
        """Return what programs may read of a host; None if it cannot say so now (RFC 9309)."""
        parts = urlsplit(address)
        place = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        if place not in self._rules:
            rules, answer, hops = RobotFileParser(), self._request(place, "GET", _LONGEST_RULES), 0
            while answer.target and hops < HOPS // 2:
                answer, hops = self._request(answer.target, "GET", _LONGEST_RULES), hops + 1
            found = answer.result.verdict == "ok"
            rules.parse([*map(_readable, answer.data.decode("utf-8", "replace").splitlines())] if found else [])
            later = answer.result.status >= 500 or answer.result.verdict in ("busy", "slow")
            self._rules[place] = None if later else rules
        return self._rules[place]

    def ask(self, service: str, wanted: re.Pattern[str]) -> tuple[LinkResult, str]:
        """Ask a service once; return its result, and the address that it leads to if that is one that is wanted.

        A service that is made for programs is asked whatever `robots.txt` says of its pages.
        """
        here = service
        for _ in range(HOPS):
            answer = self._request(here, "GET", _LONGEST_RULES)
            place = answer.target or answer.place
            if wanted.search(place):
                return answer.result, place
            if not answer.target:
                return answer.result, ""
            here = answer.target
        return LinkResult("failing"), ""

    def ask_text(self, service: str) -> str:
        """Ask a service once; return its answer as text, empty if it is not good."""
        answer = self._request(service, "GET", _LONGEST_RULES)
        return answer.data.decode("utf-8", "replace") if answer.result.verdict == "ok" else ""


def _readable(line: str) -> str:
    """Return a line of `robots.txt` as Python's parser can read it; empty if it is no rule."""
    name, _, value = line.partition(":")
    known = name.strip().casefold()
    if known in ("crawl-delay", "request-rate"):
        return "crawl-delay: 1"  # it ends a list of agents, and its number is not used
    try:
        urlsplit(unquote(value.partition("#")[0].strip()))
    except ValueError:
        return "#"
    return line if known in ("user-agent", "allow", "disallow", "") else "#"
