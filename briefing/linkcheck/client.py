"""Request addresses politely: one at a time for each host, with pauses, and again after temporary failures."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from datetime import timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Lock, Semaphore, Thread
from time import monotonic
from typing import Literal
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from briefing.linkcheck.body import ReadLimits, read_body
from briefing.linkcheck.connections import LocalError, Question, is_local, make_opener
from briefing.text.web_addresses import ascii_host
from briefing.values import dataclass

Verdict = Literal["ok", "moved", "gone", "broken", "refused", "busy", "slow", "failing", "robots", "large"]
GOOD: tuple[Verdict, ...] = ("ok", "moved")
AGAIN: tuple[Verdict, ...] = ("broken", "failing", "busy")
"""Verdicts that are worth another request. A time-out is not: a second one costs as much and says the same."""
_MEANING: dict[int, Verdict] = {404: "gone", 410: "gone", 408: "slow", 429: "busy"}
"""Statuses with a meaning of their own; 408 is a time-out that the server noticed first."""
_CLASSES: dict[int, Verdict] = {2: "ok", 4: "refused"}
"""The meaning of the first digit of any other status; the rest are `failing`."""
_PERMANENT, _TEMPORARY = (301, 308), (302, 303, 307)
"""Statuses of redirects: only a permanent one means that the old address should be replaced."""
HOPS = 10
"""Redirects that are followed at most; browsers follow 20."""
AGENT = "briefing-link-check/1"
_HEADERS = {"User-Agent": AGENT, "Accept": "*/*"}
"""We identify ourselves. A site that serves only browsers refuses us, and a refusal is no strike."""


@dataclass(frozen=True, slots=True)
class Politeness:
    """Limits that keep the load on other servers low. All times are in seconds."""

    per_host: int = 1
    """Requests to one host at a time."""
    between: float = 1.0
    """Pause between two requests to one host; what the strictest common rules for crawlers ask."""
    threads: int = 16
    """Hosts at the same time; more threads would only wait for the host with most addresses."""
    time_out: float = 20.0
    """Time without data after which a request ends."""
    waits: tuple[float, ...] = (3.0, 15.0)
    """Pauses before each new request after a failure: a restart takes seconds, a deployment a quarter of a minute."""
    longest: float = 60.0
    """The longest `Retry-After` that we wait for; if a server asks for more, we stop until another day."""
    head: float = 60.0
    """The longest time in which the head of an answer comes."""
    whole: float = 300.0
    """The longest time in which a document is downloaded, also after redirects."""
    local: bool = False
    """Whether servers of this machine and of its own network are asked too."""


POLITE = Politeness()
"""The default limits."""


@dataclass(frozen=True, slots=True)
class LinkResult:
    """The result of one request. `status` is 0 without a response; `wait` is the server's `Retry-After`."""

    verdict: Verdict
    status: int = 0
    moved_to: str = ""
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request: its result, the target of a redirect, its type and, if asked for, its bytes."""

    result: LinkResult
    target: str = ""
    media: str = ""
    data: bytes = b""
    place: str = ""
    """Its `Content-Location`: another address of what came."""


def tidy(typed: str, base: str = "") -> str:
    """Return an address in ASCII and without its fragment, as it is sent; empty if it is not an HTTP address."""
    try:
        parts = urlsplit(urljoin(base, typed.strip()))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            return ""
        host = f"[{parts.hostname}]" if ":" in parts.hostname else ascii_host(parts.hostname)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    path, query = (quote(part, safe=string.punctuation) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host + port, path or "/", query, ""))


def host_of(address: str) -> str:
    """Return the host of an address."""
    return urlsplit(address).hostname or ""


class Client:
    """Requests addresses within the limits of `Politeness`."""

    def __init__(self, politeness: Politeness, pause: Callable[[float], None]) -> None:
        self._limits, self._pause = politeness, pause
        self._opener = make_opener()
        self._hosts: dict[str, Semaphore] = {}
        self._asked: set[str] = set()
        self._lock = Lock()

    def check_all(self, addresses: Iterable[str], tell: Callable[[int, int], None]) -> dict[str, LinkResult]:
        """Request every address, hosts in parallel; `tell` gets the number done and the total."""
        hosts: dict[str, list[str]] = {}
        for address in addresses:
            hosts.setdefault(host_of(address), []).append(address)
        count, step = sum(map(len, hosts.values())), self._limits.per_host
        queues: SimpleQueue[list[str]] = SimpleQueue()
        for queue in sorted((queue[n::step] for queue in hosts.values() for n in range(step)), key=len, reverse=True):
            queues.put(queue)
        results: SimpleQueue[tuple[str, LinkResult] | Exception] = SimpleQueue()
        for _ in range(min(self._limits.threads, queues.qsize())):
            # Daemon threads, so that an interrupted check need not wait for the slowest server.
            Thread(target=self._work, args=(queues, results), daemon=True).start()
        found: dict[str, LinkResult] = {}
        while len(found) < count:
            got = results.get()
            if isinstance(got, Exception):
                raise got
            found[got[0]] = got[1]
            tell(len(found), count)
        return found

    def _work(self, queues: SimpleQueue[list[str]], results: SimpleQueue[tuple[str, LinkResult] | Exception]) -> None:
        try:
            while True:
                for address in queues.get_nowait():
                    results.put((address, self.check(address)))
        except Empty:
            return
        except Exception as bug:
            results.put(bug)

    def check(self, address: str) -> LinkResult:
        """Request the head of a page, then the page if the result is bad, and again after temporary failures."""
        result = self._follow(address, "HEAD")
        if result.verdict not in (*GOOD, "busy") and not result.wait:
            result = self._follow(address, "GET")
        for wait in self._limits.waits:
            if result.verdict not in AGAIN or result.wait > self._limits.longest:
                break
            self._pause(max(wait, result.wait))
            result = self._follow(address, "GET")
        return result

    def _follow(self, address: str, method: str) -> LinkResult:
        """Request an address and follow redirects. The new address is the target of the leading permanent ones."""
        here, moved_to, permanent = address, "", True
        for _ in range(HOPS):
            answer = self._request(here, method)
            result, target = answer.result, answer.target
            if not target:
                return LinkResult("moved", result.status, moved_to) if moved_to and result.verdict == "ok" else result
            permanent = permanent and result.status in _PERMANENT
            here, moved_to = target, target if permanent and target != address else moved_to
        return LinkResult("failing", result.status)

    def _request(self, address: str, method: str, most: int = 0) -> Answer:
        """Send one request. The bytes of a good answer are read if `most` is more than 0, and at most so many."""
        host = host_of(address)
        if not self._limits.local and is_local(host):
            return Answer(LinkResult("gone"))  # for readers, there is nothing at this address
        data: bytes | None = b""
        with self._lock:  # a redirect may lead to the host of another thread
            turn = self._hosts.setdefault(host, Semaphore(self._limits.per_host))
        try:
            with turn:
                if host in self._asked:
                    self._pause(self._limits.between)
                self._asked.add(host)
                limits = ReadLimits(most, monotonic() + (self._limits.whole if most else self._limits.head))
                question = Question(address, method, _HEADERS, limits, self._limits.local)
                with self._opener.open(question, timeout=self._limits.time_out) as response:
                    status, headers = int(response.status), response.headers
                    if most and status == 200:
                        data = read_body(response, most)
        except (OSError, HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, LocalError):
                return Answer(LinkResult("gone"))
            return Answer(LinkResult("slow" if isinstance(reason, TimeoutError) else "broken"))
        if data is None:
            return Answer(LinkResult("large", status))
        verdict = _MEANING.get(status, _CLASSES.get(status // 100, "failing"))
        is_redirect = status in (*_PERMANENT, *_TEMPORARY)
        # http.client gives a header's bytes as Latin-1; quoted as such they are again the bytes that were sent.
        target, place = (
            quote(headers.get(name, ""), safe=string.punctuation, encoding="latin-1", errors="replace")
            for name in ("Location", "Content-Location")
        )
        result = LinkResult(verdict, status, "", _wait(headers))
        led = tidy(target, address) if target and is_redirect else ""
        return Answer(result, led, headers.get("Content-Type", ""), data, tidy(place, address) if place else "")


def _wait(headers: Message) -> float:
    """Return `Retry-After` in seconds; a date is compared with the server's own clock."""
    asked = headers.get("Retry-After", "").strip()
    try:
        if asked.isdecimal():
            return float(asked)
        moment, now = (parsedate_to_datetime(text) for text in (asked, headers.get("Date", "")))
        return max(0.0, (moment - now) / timedelta(seconds=1))
    except (ValueError, TypeError, OverflowError):
        return 0.0
