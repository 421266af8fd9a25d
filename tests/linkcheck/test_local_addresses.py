"""Servers of this machine and of its own network are not asked, whatever an address or a redirect says."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import SOCK_STREAM
from threading import Thread
from typing import Any

import pytest

from briefing.linkcheck import connections
from briefing.linkcheck.client import POLITE, Client, LinkResult
from briefing.linkcheck.connections import is_local

QUICK = replace(POLITE, between=0.0, waits=(), time_out=2.0)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "localhost", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::",
        "192.0.2.1", "198.18.0.1", "240.0.0.1", "::7f00:1", "::ffff:0:7f00:1", "fec0::1", "64:ff9b:1::7f00:1", "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_local(host: str) -> None:
    """In every form in which they can be written."""
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    [
        "8.8.8.8",
        "1.1.1.1",
        "2606:4700::1111",
        "64:ff9b::808:808",
        "::ffff:8.8.8.8",
        "no-such-host.invalid",
        "x" * 70,
        "",
    ],
)
def test_public_addresses_are_not(host: str) -> None:
    """Nor is a host that cannot be found."""
    assert not is_local(host) or host == ""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server on this machine, and the paths that it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(302 if self.path == "/to" else 200)
            self.send_header("Location", "http://169.254.169.254/latest/")
            self.end_headers()

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def test_a_server_of_this_machine_is_not_asked(asked: tuple[str, list[str]]) -> None:
    """The default asks nothing; only a caller of the library can say otherwise."""
    address, paths = asked
    assert LinkResult("gone") == Client(QUICK, lambda _: None).check(address + "/")
    assert [] == paths
    assert "ok" == Client(replace(QUICK, local=True), lambda _: None).check(address + "/").verdict


def test_a_redirect_is_not_followed_there(asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each address of a redirect is looked at like the first one."""
    address, paths = asked
    for module in ("client", "connections"):
        monkeypatch.setattr(
            f"briefing.linkcheck.{module}.is_local", lambda host: host != "127.0.0.1" and is_local(host)
        )
    assert "gone" == Client(QUICK, lambda _: None).check(address + "/to").verdict
    assert {"/to"} == {*paths}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_cannot_change_its_address_in_between(
    asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    """A name that is public when it is looked at, and local when it is connected to, is not asked (DNS rebinding)."""
    address, paths = asked
    port = int(address.rpartition(":")[2])
    answers: list[str] = []

    def resolve(host: str, port_asked: Any, *_: Any, **__: Any) -> list[Any]:
        if host != "turn.example":
            return real(host, port_asked, *_, **__)
        answers.append(host)
        numeric = "93.184.215.14" if len(answers) == 1 else "127.0.0.1"
        return real(numeric, port_asked or port, type=SOCK_STREAM)

    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(connections, "getaddrinfo", resolve)
    assert LinkResult("gone") == Client(QUICK, lambda _: None).check(f"{scheme}://turn.example:{port}/")
    assert [] == paths
    assert len(answers) > 1
