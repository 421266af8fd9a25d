"""Serves what is on the desk to one writer's browser, and tells the pages there of each save.

The livereload package brings the server and the protocol; its watcher, its file handler and its way of putting a
script into pages are replaced at its own seams (docs/decisions/0012). Nothing is read from a disk here: an address is
a name in the table of files on the desk, so there is no folder to list and no path to climb.
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
from briefing.preview.routes import answer
from briefing.preview.session import PreviewState, Session
from briefing.preview.watch import changes

HOST = "127.0.0.1"
_OURS = "/livereload"
_TRIES = 10
"""Ports tried, the one asked for and those after it."""
_LAST_PORT = 65535
_LONGEST_MESSAGE = 4096
_HEADERS = 16 * 1024
_TYPES = {".woff2": "font/woff2", ".md": "text/markdown", ".xml": "application/xml", ".ics": "text/calendar"}
_TEXTS = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


class _Watching(Watcher):  # type: ignore[misc]
    """Tells livereload that somebody else watches: its own watcher drops a second save within three seconds."""

    def start(self, callback: Callable[[], None]) -> bool:
        return True


class _Guarded:
    """Answers only requests that name this machine and, where they come from a page, a page of ours."""

    request: Any
    settings: Any

    def is_ours(self) -> bool:
        """Say whether a request is for this machine by name, so that no other name leads here, and by no other page."""
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
            self.finish("This preview answers only to the browser on its own machine.\n")

    async def head(self) -> None:
        await self.get()

    async def get(self) -> None:
        path = unquote(self.request.path)
        if path.startswith(f"{_OURS}/"):
            self._ours(path.removeprefix(f"{_OURS}/"))
            return
        state = self.session.state
        found = answer(state.files, state.base, path)
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
            self._send(_EMPTY, "empty.html", state)

    def _ours(self, name: str) -> None:
        if name == "told.json":
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
            data += f'\n<script src="{_OURS}/client.js" data-number="{state.number}"></script>\n'.encode()
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind)
        self.write(data)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {escape(self._reason)}\n")


_EMPTY = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nothing to show yet</title></head>
<body><p>There is no page to show yet.</p></body></html>"""
"""What is shown where nothing was ever built; the problems lie over it."""


class _Reloads(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The websocket of livereload, for pages of ours alone."""

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


class _Desktop(Server):  # type: ignore[misc]
    """A livereload server that serves the desk."""

    def __init__(self, session: Session, editor: str) -> None:
        super().__init__(watcher=_Watching())
        self.session, self.editor = session, editor

    def application(self, port: int, host: str, **others: Any) -> int:
        """Listen on the port, or one of the next ten, and say on which."""
        LiveReloadHandler.waiters.clear()  # they belong to the class, and an earlier server may have left some
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, True
        port, sockets = _bind(port, host)
        own = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
        pages = {"session": self.session, "editor": self.editor}
        application = Application(
            [(_OURS, _Reloads), (r".*", _Pages, pages)],
            own=own if port != 80 else own | {"127.0.0.1", "localhost"},
            log_function=lambda handler: None,
            websocket_max_message_size=_LONGEST_MESSAGE,
            websocket_ping_interval=30,
        )
        self.server = HTTPServer(
            application, max_header_size=_HEADERS, max_body_size=0, idle_connection_timeout=60, body_timeout=10
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
    """Tell every page; one that has gone away is forgotten."""
    text = json.dumps(message)
    on_wait: list[Awaitable[None]] = []
    for waiter in list(LiveReloadHandler.waiters):
        try:
            on_wait.append(waiter.write_message(text))
        except WebSocketClosedError:
            LiveReloadHandler.waiters.discard(waiter)
    await asyncio.gather(*on_wait, return_exceptions=True)


async def serve(
    session: Session,
    port: int,
    ready: Callable[[str], None],
    said: Callable[[PreviewState], None],
    editor: str = "",
    follow: bool = False,
    polling: bool = False,
) -> None:
    """Serve the desk and build what is saved, until cancelled. `ready` is told the address, `said` of each build.

    One thread sees what is saved and glances at it, another builds all of the site: a save is on the screen also while
    the one before is still being built.
    """
    server, stop, loop = _Desktop(session, editor), Event(), asyncio.get_running_loop()
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
                said(state)
                show(state)
            session.prepare()

    def work(task: Callable[[], None]) -> None:
        try:
            task()
        except Exception as error:  # a preview that no longer watches must not look as if it did
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
    """Wait for what is saved, and take all that was saved by now as one; nothing where the preview is to end."""
    batches = [saves.get()]
    while not saves.empty():
        batches.append(saves.get())
    if None in batches:
        return None
    index = [batch for batch in batches if batch]
    return frozenset().union(*index) if len(index) == len(batches) else frozenset()  # an empty one: anything may be new
