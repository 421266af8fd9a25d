"""Serve a session to the writer's browser, and report each save to its pages.

The livereload package provides the server and the protocol; its watcher, file handler and script injection are
replaced (docs/decisions/0012). Addresses are looked up in the session's table of files, never on the disk.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import Awaitable, Callable
from contextlib import suppress
from html import escape
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError

from briefing.preview.messages import reload_message, status_json
from briefing.preview.routes import find_route
from briefing.preview.session import PreviewState, Session
from briefing.preview.watch import changes

HOST = "127.0.0.1"
_OWN = "/livereload"
_TRIES = 10
"""Ports that are tried: the given one and the next nine."""
_LAST_PORT = 65535
_MESSAGE_SIZE = 4096
_HEADER_SIZE = 16 * 1024
_TYPES = {".woff2": "font/woff2", ".md": "text/markdown", ".xml": "application/xml", ".ics": "text/calendar"}
_TEXTS = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


class _NoWatcher(Watcher):  # type: ignore[misc]
    """Disables the watcher of livereload, which drops a second save within three seconds."""

    def start(self, callback: Callable[[], None]) -> bool:
        return True


class _Guarded:
    """Serves only requests to this machine by its own names, and from a page only if it is one of ours."""

    request: Any
    settings: Any

    def is_ours(self) -> bool:
        """Whether a request has one of our host names, and no foreign origin."""
        own, origin = self.settings["own"], self.request.headers.get("Origin")
        return self.request.host in own and (origin is None or urlsplit(origin).netloc in own)


class _Pages(_Guarded, RequestHandler):
    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, session: Session, editor: str) -> None:
        self.session, self.editor = session, editor

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")

    def prepare(self) -> None:
        if not self.is_ours():
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish("This preview serves only the browser on its own machine.\n")

    async def head(self) -> None:
        await self.get()

    async def get(self) -> None:
        path = unquote(self.request.path)
        if path.startswith(f"{_OWN}/"):
            self._send_own(path.removeprefix(f"{_OWN}/"))
            return
        state = self.session.state
        found = find_route(state.files, state.base, path)
        if found.status == 404 and (index := await self._search(state, path)) is not None:
            self._send(index, path)
        elif found.to:
            self.redirect(
                quote(found.to) + (f"?{self.request.query}" if self.request.query else ""), status=found.status
            )
        elif found.path in state.files:
            self.set_status(found.status)
            self._send(state.files[found.path].value, found.path, state)
        else:
            self.set_status(found.status if state.files else 503)
            self._send(_NO_PAGE, "empty.html", state)

    def _send_own(self, name: str) -> None:
        if name == "status.json":
            path = urlsplit(self.get_query_argument("page", "/")).path
            self._send(status_json(self.session, self.session.state, self.editor, unquote(path)).encode(), name)
        elif name in ("client.js", "client.css"):
            self._send((Path(__file__).parent / name).read_bytes(), name)
        else:
            self.send_error(404)

    async def _search(self, state: PreviewState, path: str) -> bytes | None:
        name = path.removeprefix(f"{state.base}/")
        return await asyncio.to_thread(self.session.search, name) if name.startswith("pagefind/") else None

    def _send(self, data: bytes, name: str, state: PreviewState | None = None) -> None:
        kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if state is not None and kind == "text/html":
            data += f'\n<script src="{_OWN}/client.js" data-number="{state.number}"></script>\n'.encode()
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind)
        self.write(data)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {escape(self._reason)}\n")


_NO_PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nothing to show yet</title></head>
<body><p>There is no page to show yet.</p></body></html>"""
"""The page before the first successful build; the problems are shown over it."""


class _Reloads(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The websocket of livereload, for our own pages only."""

    def check_origin(self, origin: str) -> bool:
        return self.is_ours()

    def prepare(self) -> None:
        if not self.is_ours():
            self.send_error(403)

    def on_message(self, message: str | bytes) -> None:
        try:
            payload = json.loads(message)
        except ValueError:
            payload = None
        if isinstance(payload, dict) and isinstance(payload.get("command"), str):
            super().on_message(message)
        else:
            self.close(1003, "not a message of this protocol")


class _Server(Server):  # type: ignore[misc]
    """A livereload server that serves a session."""

    def __init__(self, session: Session, editor: str) -> None:
        super().__init__(watcher=_NoWatcher())
        self.session, self.editor = session, editor

    def application(self, port: int, host: str, **others: Any) -> int:
        """Listen on the port or one of the next nine, and return it."""
        LiveReloadHandler.waiters.clear()  # an attribute of the class: an earlier server may have left some
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, True
        port, sockets = _bind(port, host)
        own = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        pages = {"session": self.session, "editor": self.editor}
        application = Application(
            [(_OWN, _Reloads), (r".*", _Pages, pages)],
            own=own if port != 80 else own | {"127.0.0.1", "localhost"},
            log_function=lambda handler: None,
            websocket_max_message_size=_MESSAGE_SIZE,
            websocket_ping_interval=30,
        )
        self.server = HTTPServer(
            application, max_header_size=_HEADER_SIZE, max_body_size=0, idle_connection_timeout=60, body_timeout=10
        )
        self.server.add_sockets(sockets)
        return port


def _bind(port: int, host: str) -> tuple[int, Any]:
    last = min(port + _TRIES - 1, _LAST_PORT) if port else 0
    for number in range(port, last + 1):
        with suppress(OSError):
            sockets = bind_sockets(number, address=host)
            return sockets[0].getsockname()[1], sockets
    raise OSError(f"no port from {port} to {last} is free; name another with --port")


async def _broadcast(message: dict[str, object]) -> None:
    """Send a message to every open page; remove closed ones."""
    text = json.dumps(message)
    writes: list[Awaitable[None]] = []
    for waiter in list(LiveReloadHandler.waiters):
        try:
            writes.append(waiter.write_message(text))
        except WebSocketClosedError:
            LiveReloadHandler.waiters.discard(waiter)
    await asyncio.gather(*writes, return_exceptions=True)


async def serve(
    session: Session,
    port: int,
    ready: Callable[[str], None],
    shown: Callable[[PreviewState], None],
    editor: str = "",
    follow: bool = False,
    polling: bool = False,
) -> None:
    """Serve a session and build each save, until cancelled. `ready` gets the address, `shown` each new state.

    One thread watches for saves and makes quick updates, another makes full builds, so a save is on the screen even
    while the one before it is still being built.
    """
    server, stop, loop = _Server(session, editor), Event(), asyncio.get_running_loop()
    saves: Queue[frozenset[Path] | None] = Queue()
    port = server.application(port, HOST)
    ended = loop.create_future()

    def show(state: PreviewState) -> None:
        asyncio.run_coroutine_threadsafe(_broadcast(reload_message(state, follow)), loop)

    def quick_update() -> None:
        for batch in changes(session.project, stop, polling):
            if state := session.quick_update(batch):
                show(state)
            saves.put(batch)

    def build() -> None:
        session.prepare()
        while (saved := _take(saves)) is not None:
            before = session.state
            state = session.save(saved)
            if state.changed or state.failed or before.failed or state.problems != before.problems:
                shown(state)
                show(state)
            session.prepare()

    def work(task: Callable[[], None]) -> None:
        try:
            task()
        except Exception as error:  # a preview that no longer builds must end
            if not stop.is_set():
                loop.call_soon_threadsafe(ended.set_exception, error)

    workers = [Thread(target=work, args=[task], name=task.__name__, daemon=True) for task in (quick_update, build)]
    for worker in workers:
        worker.start()
    ready(f"http://{HOST}:{port}{session.state.base}/")
    try:
        await ended
    finally:
        stop.set()
        saves.put(None)
        server.server.stop()
        for worker in workers:
            await asyncio.to_thread(worker.join, 5)


def _take(saves: Queue[frozenset[Path] | None]) -> frozenset[Path] | None:
    """Wait for saves, and return all paths saved so far; None if the preview ends."""
    batches = [saves.get()]
    while not saves.empty():
        batches.append(saves.get())
    if None in batches:
        return None
    known = [batch for batch in batches if batch]
    return frozenset().union(*known) if len(known) == len(batches) else frozenset()  # empty: anything may have changed
