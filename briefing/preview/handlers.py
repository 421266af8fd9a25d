"""Answer the requests of the writer's browser, and of nobody else.

Addresses are looked up in the session's table of files, never on the disk.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import string
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from livereload.handlers import LiveReloadHandler
from tornado.web import HTTPError, RequestHandler

from briefing.model.headers import HEADERS
from briefing.preview.messages import status_json
from briefing.preview.routes import find_route
from briefing.preview.session import PreviewState, Session

OWN = "/livereload"
"""The address of the websocket; the preview's own files are below it."""
_TYPES = {".woff2": "font/woff2", ".md": "text/markdown", ".xml": "application/xml", ".ics": "text/calendar"}
_TEXTS = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")
_HEADERS = (("Cache-Control", "no-store"), *HEADERS)
"""Sent with every response."""


class _Guarded:
    """Serves only requests to this machine by its own names, and from a page only if it is one of ours."""

    request: Any
    settings: Any

    def is_ours(self) -> bool:
        """Whether a request has one of our host names, and comes from no other site, except as a link that is followed.

        Browsers send `Sec-Fetch-Site`; without it, `Origin` is what there is. Another port is `same-site`.
        """
        own, headers = self.settings["own"], self.request.headers
        if self.request.host not in own or headers.get("Origin") not in (None, *(f"http://{name}" for name in own)):
            return False
        followed = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) == ("navigate", "document")
        return headers.get("Sec-Fetch-Site") in (None, "none", "same-origin") or followed


class Pages(_Guarded, RequestHandler):
    """Serves the site and the preview's own files."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, session: Session, editor: str) -> None:
        self.session, self.editor = session, editor

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in _HEADERS:
            self.set_header(name, value)

    def prepare(self) -> None:
        if not self.is_ours():
            self.set_status(403)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish("This preview serves only the browser on its own machine.\n")

    async def head(self) -> None:
        await self.get()

    async def get(self) -> None:
        path = unquote(self.request.path)
        if path.startswith(f"{OWN}/"):
            self._send_own(path.removeprefix(f"{OWN}/"))
            return
        state = self.session.state
        found = find_route(state.files, state.base, path)
        if found.status == 404 and (made := await self._make(state, path)) is not None:
            self._send(made, path)
        elif found.to:
            query = quote(self.request.query, safe=string.punctuation)
            self.redirect(quote(found.to) + (f"?{query}" if query else ""), status=found.status)
        elif found.path in state.files:
            self.set_status(found.status)
            self._send(state.files[found.path].value, found.path, state)
        else:
            self.set_status(found.status if state.files else 503)
            self._send(_NO_PAGE, "empty.html", state)

    def _send_own(self, name: str) -> None:
        if name == "status.json":
            page = self.request.query_arguments.get("page", [b"/"])[-1].decode("utf-8", "replace")
            path = unquote(page)
            self._send(status_json(self.session, self.session.state, self.editor, path).encode(), name)
        elif name in ("client.js", "client.css"):
            self._send((Path(__file__).parent / name).read_bytes(), name)
        else:
            self.send_error(404)

    async def _make(self, state: PreviewState, path: str) -> bytes | None:
        name = path.removeprefix(f"{state.base}/")
        is_made = name.startswith("pagefind/") or name.endswith("briefing.epub")
        return await asyncio.to_thread(self.session.make, name) if is_made else None

    def _send(self, data: bytes, name: str, state: PreviewState | None = None) -> None:
        kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if state is not None and kind == "text/html":
            data += f'\n<script src="{OWN}/client.js" data-number="{state.number}"></script>\n'.encode()
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind)
        self.write(data)

    def log_exception(self, kind: Any, error: Any, traceback: Any) -> None:
        if not isinstance(error, HTTPError):  # a malformed request is nothing to report
            super().log_exception(kind, error, traceback)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {escape(self._reason)}\n")


_NO_PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nothing to show yet</title></head>
<body><p>There is no page to show yet.</p></body></html>"""
"""The page before the first successful build; the problems are shown over it."""


class Reloads(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The websocket of livereload, for our own pages only."""

    def check_origin(self, origin: str) -> bool:
        return self.is_ours()

    def prepare(self) -> None:
        if self.is_ours():
            self.settings["keep_open"](self.request.connection.stream)
        else:
            self.send_error(403)

    def on_message(self, message: str | bytes) -> None:
        try:
            payload = json.loads(message)
        except (ValueError, RecursionError):
            payload = None
        if isinstance(payload, dict) and isinstance(payload.get("command"), str):
            super().on_message(message)
        else:
            self.close(1003, "not a message of this protocol")
