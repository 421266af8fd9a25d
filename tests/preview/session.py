"""A preview as a writer runs it, the real command in a process, or beside the test; and a listener on its websocket."""

from __future__ import annotations

import asyncio
import http.client
import json
import queue
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.cli.arguments import REPOSITORY
from briefing.preview.server import serve
from briefing.preview.session import Session
from tests.sites import INHERITED, Site

PATIENCE = 60.0
"""Seconds after which a test gives up; nothing waits for them to pass."""


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: str


class Line:
    """A websocket (RFC 6455) to the preview: short text messages, in order."""

    def __init__(self, host: str, headers: dict[str, str]) -> None:
        name, _, port = host.rpartition(":")
        self._socket = socket.create_connection((name, int(port)), timeout=PATIENCE)
        given = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
        given |= {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", **headers}
        asked = "GET /livereload HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in given.items()) + "\r\n"
        self._socket.sendall(asked.encode())
        self._file = self._socket.makefile("rb")
        status = self._file.readline()
        while self._file.readline().strip():
            pass
        if b" 101 " not in status:
            self.close()
            raise ConnectionError(status.decode().strip())

    def send(self, text: bytes) -> None:
        """Send a message of less than 64 kB, masked with noughts."""
        size = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(text))
        self._socket.sendall(b"\x81" + size + b"\0\0\0\0" + text)

    def say(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self.send(json.dumps(message).encode())

    def hear(self) -> dict[str, Any]:
        """Wait for the next message; a ping is none, and does not make the wait longer."""
        end = time.monotonic() + PATIENCE
        while True:
            self._socket.settimeout(max(0.001, end - time.monotonic()))
            kind, size = self._file.read(2)
            if size == 126:
                [size] = struct.unpack(">H", self._file.read(2))
            elif size == 127:
                [size] = struct.unpack(">Q", self._file.read(8))
            data = self._file.read(size)
            if kind == 0x81:
                found: dict[str, Any] = json.loads(data)
                return found
            if kind == 0x89:  # as a browser answers by itself
                self._socket.sendall(bytes([0x8A, 0x80 | len(data)]) + b"\0\0\0\0" + data)
            if kind == 0x88:
                raise ConnectionError("the line was closed")

    def reload(self, fits: Callable[[dict[str, Any]], bool] = bool) -> dict[str, Any]:
        """Wait for a build that fits: a save may be seen in parts, each built, before it is seen whole."""
        while not fits(told := self.hear()):
            pass
        return told

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for builds until something holds."""
        while not holds():
            self.hear()

    def close(self) -> None:
        """Hang up."""
        with suppress(AttributeError):
            self._file.close()
        self._socket.close()


class Served:
    """A preview that listens at an address."""

    def __init__(self, address: str) -> None:
        self.address, self.host = address, urlsplit(address).netloc

    def get(self, path: str = "", method: str = "GET", **headers: str) -> Got:
        """Ask for a page below the site's address, or for an absolute path."""
        whole = path if path.startswith("/") else urlsplit(self.address).path + path
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request(method, whole, headers=headers)
            answer = connection.getresponse()
            return Got(
                answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode("utf-8", "replace")
            )
        finally:
            connection.close()

    def told(self, page: str = "/") -> dict[str, Any]:
        """Return the messages for a page."""
        found: dict[str, Any] = json.loads(self.get(f"/livereload/status.json?page={page}").body)
        return found

    @contextmanager
    def listening(self, **headers: str) -> Iterator[Line]:
        """Listen as a page does."""
        line = Line(self.host, {"Origin": f"http://{self.host}", "Host": self.host} | headers)
        try:
            line.say({"command": "hello", "protocols": []})
            assert "hello" == line.hear()["command"]
            line.say({"command": "info", "url": self.address})
            line.say({"command": "hello", "protocols": []})  # answered when the page has been noted
            assert "hello" == line.hear()["command"]
            yield line
        finally:
            line.close()


class Preview(Served):
    """The real command, previewing a site in a process of its own."""

    def __init__(self, site: Site, *options: str, files: int = 0, **environment: str) -> None:
        """Start it; `files` is how many files it may open at a time."""
        limit = ["prlimit", f"--nofile={files}"] if files else []
        command = [
            sys.executable,
            str(REPOSITORY / "build.py"),
            "preview",
            "--site",
            str(site.root),
            "--port",
            "0",
            *options,
        ]
        known = INHERITED | {"SOURCE_DATE_EPOCH": "1772323200"}
        self.process = subprocess.Popen(
            [*limit, *command], env=known | environment, cwd=site.root, stderr=subprocess.PIPE, text=True
        )
        self._said: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.log: list[str] = []
        super().__init__(self.wait_for("preview at ").split()[2].rstrip(","))

    def _read(self) -> None:
        assert self.process.stderr
        with self.process.stderr as lines:
            for line in lines:
                self._said.put(line.rstrip("\n"))
        self._said.put("")

    def wait_for(self, words: str) -> str:
        """Wait until it says something, and give that line."""
        while words not in (line := self._said.get(timeout=PATIENCE)):
            self.log.append(line)
        self.log.append(line)
        return line

    def stop(self) -> int:
        """Press Ctrl-C, and give the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def beside(session: Session) -> Iterator[Served]:
    """Serve a desk in this process, for what only its builds can show; ended as Ctrl-C ends it."""
    told: queue.Queue[tuple[str, asyncio.AbstractEventLoop, asyncio.Task[None]]] = queue.Queue()

    async def run() -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task
        with suppress(asyncio.CancelledError):
            await serve(session, 0, lambda address: told.put((address, loop, task)), lambda state: None)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    address, loop, task = told.get(timeout=PATIENCE)
    try:
        yield Served(address)
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(PATIENCE)
        assert not thread.is_alive()
