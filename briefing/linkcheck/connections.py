"""Connections to servers of the public internet, whose answers are read within limits."""

from __future__ import annotations

from functools import partial
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from socket import SOCK_STREAM, create_connection, getaddrinfo
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPErrorProcessor, HTTPHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from briefing.linkcheck.body import LimitedResponse, ReadLimits
from briefing.text.web_addresses import is_local_address


def is_local(host: str) -> bool:
    """Whether a host is, or has a name for, an address that is not of the public internet.

    These are addresses of this machine, of its own network, of a cloud's data about the machine, and of groups. A host
    that cannot be found is not local.
    """
    try:
        found = {str(info[4][0]).partition("%")[0] for info in getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return any(map(is_local_address, map(ip_address, found)))


class _Public(HTTPConnection):
    """Connects to the address that it looked at, so that a name cannot lead elsewhere in between."""

    def connect(self) -> None:
        """Resolve the host once. Raises OSError if it has an address that is not of the public internet."""
        found = getaddrinfo(self.host, self.port, type=SOCK_STREAM)
        if any(is_local(str(info[4][0])) for info in found):
            raise LocalError
        for last, info in enumerate(found, 1 - len(found)):
            try:
                self.sock = create_connection((str(info[4][0]), self.port), self.timeout)
                return
            except OSError:
                if last == 0:
                    raise


class _PublicTLS(HTTPSConnection, _Public):
    """The same with TLS, for which the name of the host counts."""


class LocalError(OSError):
    """The host is not of the public internet."""


class Question(Request):
    """A request, the limits of its answer, and whether servers of this machine and its own network are asked."""

    def __init__(self, address: str, method: str, headers: dict[str, str], limits: ReadLimits, local: bool) -> None:
        super().__init__(address, headers=headers, method=method)
        self.limits, self.local = limits, local


class _Open(HTTPHandler):
    def http_open(self, req: Any) -> Any:
        kind = HTTPConnection if req.local or _has_proxy(req) else _Public
        return self.do_open(partial(_connect, kind, req.limits), req)


class _OpenTLS(HTTPSHandler):
    def https_open(self, req: Any) -> Any:
        kind = HTTPSConnection if req.local or _has_proxy(req) else _PublicTLS
        return self.do_open(partial(_connect, kind, req.limits), req)


def _connect(kind: type[HTTPConnection], limits: ReadLimits, *given: Any, **named: Any) -> HTTPConnection:
    """Return a connection whose answer is read within limits."""
    connection = kind(*given, **named)
    connection.response_class = partial(LimitedResponse, limits=limits)  # type: ignore[assignment]
    return connection


def _has_proxy(request: Request) -> bool:
    """Whether a proxy connects in our place; then `is_local` is all that can be asked."""
    return request.host != urlsplit(request.full_url).netloc


class _Raw(HTTPErrorProcessor):
    """Returns every response as it is: no redirect is followed, and no status is an error."""

    def http_response(self, request: Any, response: Any) -> Any:
        return response

    https_response = http_response


def make_opener() -> OpenerDirector:
    """Return what opens a `Question`: no redirect is followed, and no status is an error."""
    return build_opener(_Raw, _Open, _OpenTLS)
