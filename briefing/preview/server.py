"""Serve a session to the writer's browser, and report each save to its pages.

The livereload package provides the server and the protocol; its watcher, file handler and script injection are
replaced (docs/decisions/0012).
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets
from tornado.web import Application
from tornado.websocket import WebSocketClosedError

from briefing.preview.handlers import OWN, Pages, Reloads
from briefing.preview.messages import reload_message
from briefing.preview.session import PreviewState, Session
from briefing.preview.watch import changes

HOST = "127.0.0.1"
_TRIES = 10
"""Ports that are tried: the given one and the next nine."""
_LAST_PORT = 65535
_CONNECTIONS = 1000
"""Connections of each kind that are open at most."""
_MESSAGE_SIZE = 4096
_HEADER_SIZE = 16 * 1024


class _NoWatcher(Watcher):  # type: ignore[misc]
    """Disables the watcher of livereload, which drops a second save within three seconds."""

    def start(self, callback: Callable[[], None]) -> bool:
        return True


class _BoundedServer(HTTPServer):
    """An HTTP server that closes the connection that has been idle for longest when too many are open.

    Connections of open pages count apart, so that no other program's can close them.
    """

    def initialize(self, *arguments: Any, **options: Any) -> None:
        super().initialize(*arguments, **options)
        self.idle: dict[IOStream, None] = {}
        """Connections in the order of their last request."""
        self.pages: dict[IOStream, None] = {}
        """Websockets, in the order in which they were opened."""

    def handle_stream(self, stream: IOStream, address: tuple[str, int]) -> None:
        _add(self.idle, stream)
        super().handle_stream(stream, address)

    def start_request(self, server_conn: object, request_conn: Any) -> HTTPMessageDelegate:
        _add(self.idle, request_conn.stream)
        return super().start_request(server_conn, request_conn)

    def keep_open(self, stream: IOStream) -> None:
        """Count a connection as that of an open page."""
        self.idle.pop(stream, None)
        _add(self.pages, stream)


def _add(streams: dict[IOStream, None], stream: IOStream) -> None:
    """Add a stream as the last one; close the first if there are too many."""
    for closed in [one for one in streams if one.closed()]:
        del streams[closed]
    streams.pop(stream, None)
    streams[stream] = None
    if len(streams) > _most_connections():
        next(iter(streams)).close()


def _most_connections() -> int:
    """Return how many connections of a kind may be open: a quarter of the files that the system allows."""
    if sys.platform == "win32":
        return _CONNECTIONS
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(_CONNECTIONS, files // 4) if files > 0 else _CONNECTIONS


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
            [(OWN, Reloads), (r".*", Pages, pages)],
            own=own if port != 80 else own | {"127.0.0.1", "localhost"},
            keep_open=lambda stream: self.server.keep_open(stream),
            log_function=lambda handler: None,
            websocket_max_message_size=_MESSAGE_SIZE,
            websocket_ping_interval=30,
        )
        self.server: _BoundedServer = _BoundedServer(
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

    `editor` is the address that opens a file in an editor, with {path}, {line} and {column}.

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
            then, now = ((one.problems, one.drafts) for one in (before, state))
            if state.changed or state.failed or before.failed or now != then:
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
