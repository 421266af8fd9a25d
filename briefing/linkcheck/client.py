"""Asking the web, politely: one address after the other at each host, with rests, and again after what may pass."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Lock, Semaphore, Thread
from typing import Any, Literal
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

Verdict = Literal["ok", "moved", "gone", "broken", "refused", "busy", "slow", "failing"]
GOOD: tuple[Verdict, ...] = ("ok", "moved")
_AGAIN: tuple[Verdict, ...] = ("broken", "failing", "busy")
"""What may be otherwise a moment later. A time-out is not: the second one costs as much again and says the same."""
_MEANING: dict[int, Verdict] = {404: "gone", 410: "gone", 408: "slow", 429: "busy"}
"""Statuses that say more than their class does; 408 is a time-out that the server noticed first."""
_CLASSES: dict[int, Verdict] = {2: "ok", 4: "refused"}
"""What the first digit of any other status means; an answer that is none of these is one that fails."""
_LASTING, _PASSING = (301, 308), (302, 303, 307)
"""Redirects by what their servers promise: only the first two say that the old address is no longer the right one."""
_HOPS = 10
"""Redirects followed before it is a ring; browsers follow 20, and no address a writer wants to keep needs half."""
_HEADERS = {"User-Agent": "briefing-link-check/1", "Accept": "*/*"}
"""We say what we are. A site that answers browsers only refuses us, and a refusal is no strike."""


@dataclass(frozen=True, slots=True)
class Politeness:
    """How we ask, so that nobody need mind. All times are seconds."""

    per_host: int = 1
    """Requests to one host at a time: a reader's browser would make as many."""
    between: float = 1.0
    """Rest between two requests to one host; what the strictest rules for crawlers in common use ask."""
    threads: int = 16
    """Hosts asked at the same time; more threads would only wait for the host with most addresses."""
    time_out: float = 20.0
    """Silence after which we hang up: slower than any reader would bear."""
    waits: tuple[float, ...] = (3.0, 15.0)
    """Rests before asking again after a failure: a restart takes seconds, a deployment a quarter of a minute."""
    longest: float = 60.0
    """The longest wait that a server may ask for; one that wants more is left in peace until another day."""


POLITE = Politeness()
"""How we ask where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What became of one question. `status` is 0 where nothing came back; `wait` is what the server asked for."""

    verdict: Verdict
    status: int = 0
    moved_to: str = ""
    wait: float = 0.0


def tidy(typed: str, base: str = "") -> str:
    """Write an address as it travels, in ASCII and without its fragment; empty where it leads to no web page."""
    try:
        parts = urlsplit(urljoin(base, typed.strip()))
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            return ""
        host = parts.netloc.encode("idna").decode("ascii").lower()
    except ValueError:
        return ""
    path, query = (quote(part, safe=string.punctuation) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


def host_of(address: str) -> str:
    """Give the host that an address is asked from."""
    return urlsplit(address).hostname or ""


class _Raw(HTTPErrorProcessor):
    """Hands over every answer as it came: nothing is followed, and no status is an error."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response

    https_response = http_response


class Client:
    """Asks addresses, politely."""

    def __init__(self, politeness: Politeness, pause: Callable[[float], None]) -> None:
        self._manners, self._pause = politeness, pause
        self._opener = build_opener(_Raw)
        self._doors: dict[str, Semaphore] = {}
        self._met: set[str] = set()
        self._lock = Lock()

    def ask_all(self, addresses: Iterable[str], tell: Callable[[int, int], None]) -> dict[str, LinkResult]:
        """Ask every address, hosts at the same time, and each host's addresses one after the other."""
        hosts: dict[str, list[str]] = {}
        for address in addresses:
            hosts.setdefault(host_of(address), []).append(address)
        count, step = sum(map(len, hosts.values())), self._manners.per_host
        lanes: SimpleQueue[list[str]] = SimpleQueue()
        for lane in sorted((lane[n::step] for lane in hosts.values() for n in range(step)), key=len, reverse=True):
            lanes.put(lane)
        answers: SimpleQueue[tuple[str, LinkResult] | Exception] = SimpleQueue()
        for _ in range(min(self._manners.threads, lanes.qsize())):
            # Daemons, so that an interrupted check need not wait for the slowest server.
            Thread(target=self._work, args=(lanes, answers), daemon=True).start()
        found: dict[str, LinkResult] = {}
        while len(found) < count:
            got = answers.get()
            if isinstance(got, Exception):
                raise got
            found[got[0]] = got[1]
            tell(len(found), count)
        return found

    def _work(self, lanes: SimpleQueue[list[str]], answers: SimpleQueue[tuple[str, LinkResult] | Exception]) -> None:
        try:
            while True:
                for address in lanes.get_nowait():
                    answers.put((address, self.ask(address)))
        except Empty:
            return
        except Exception as bug:
            answers.put(bug)

    def ask(self, address: str) -> LinkResult:
        """Ask for the head of a page, for the page where that says nothing good, and again after what may pass."""
        answer = self._follow(address, "HEAD")
        if answer.verdict not in (*GOOD, "busy") and not answer.wait:
            answer = self._follow(address, "GET")
        for wait in self._manners.waits:
            if answer.verdict not in _AGAIN or answer.wait > self._manners.longest:
                break
            self._pause(max(wait, answer.wait))
            answer = self._follow(address, "GET")
        return answer

    def _follow(self, address: str, method: str) -> LinkResult:
        """Ask, and follow redirects. The page has moved to where the first of them lead that are meant to last."""
        here, moved_to, lasting = address, "", True
        for _ in range(_HOPS):
            answer, target = self._question(here, method)
            if not target:
                return LinkResult("moved", answer.status, moved_to) if moved_to and answer.verdict == "ok" else answer
            lasting = lasting and answer.status in _LASTING
            here, moved_to = target, target if lasting and target != address else moved_to
        return LinkResult("failing", answer.status)

    def _question(self, address: str, method: str) -> tuple[LinkResult, str]:
        """Put one question to one server; give its answer, and where it sends us."""
        host, request = host_of(address), Request(address, headers=_HEADERS, method=method)
        with self._lock:  # also for a redirect from elsewhere, which comes out of turn
            door = self._doors.setdefault(host, Semaphore(self._manners.per_host))
        try:
            with door:
                if host in self._met:
                    self._pause(self._manners.between)
                self._met.add(host)
                with self._opener.open(request, timeout=self._manners.time_out) as response:
                    status, headers = int(response.status), response.headers
        except (OSError, HTTPException, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            return LinkResult("slow" if isinstance(reason, TimeoutError) else "broken"), ""
        verdict = _MEANING.get(status, _CLASSES.get(status // 100, "failing"))
        target = headers.get("Location", "") if status in (*_LASTING, *_PASSING) else ""
        # http.client gives a header's bytes as Latin-1; quoted as such they are again the bytes that were sent.
        target = quote(target, safe=string.punctuation, encoding="latin-1", errors="replace")
        return LinkResult(verdict, status, "", _wait(headers)), tidy(target, address) if target else ""


def _wait(headers: Message) -> float:
    """Read `Retry-After`, as seconds or as a moment; a moment counts from the server's own clock."""
    asked = headers.get("Retry-After", "").strip()
    try:
        if asked.isdecimal():
            return float(asked)
        moment, now = (parsedate_to_datetime(text) for text in (asked, headers.get("Date", "")))
        return max(0.0, (moment - now) / timedelta(seconds=1))
    except (ValueError, TypeError):
        return 0.0
