"""A small server that answers as GitHub Pages does."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote, urlsplit

from briefing.preview import routes as addresses

mimetypes.add_type("font/woff2", ".woff2")
_ZIPPED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")
"""What travels zipped."""


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What is sent for one address."""

    status: int
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    location: str = ""


def files_of(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its path, in the letters that it is written with."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def answer(files: Mapping[str, Path], prefix: str, target: str) -> LinkResult:
    """Answer a request for a target, an address without its host, where the site stands below a prefix."""
    path = unquote(urlsplit(target).path)
    if not f"{path}/".startswith(prefix):
        return LinkResult(HTTPStatus.NOT_FOUND, b"another site's 404")
    found = addresses.find_route(files, prefix.rstrip("/"), path)
    if found.to:
        return LinkResult(found.status, location=found.to)
    body = files[found.path].read_bytes() if found.path in files else b""
    kind = mimetypes.guess_type(found.path)[0] or "application/octet-stream"
    return LinkResult(found.status, body, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)


class Server:
    """A built folder on this machine, below a prefix, while the block runs."""

    def __init__(self, folder: Path, prefix: str = "/") -> None:
        files = files_of(folder)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True  # a long answer is sent in two parts, and the second would wait 40 ms

            def do_GET(self) -> None:
                found = answer(files, prefix, self.path)
                zipped = found.type.startswith(_ZIPPED) and "gzip" in self.headers.get("Accept-Encoding", "")
                body = gzip.compress(found.body, 6) if zipped else found.body
                self.send_response(found.status)
                self.send_header("Content-Type", found.type)
                self.send_header("Content-Length", str(len(body)))
                if zipped:
                    self.send_header("Content-Encoding", "gzip")
                if found.location:
                    self.send_header("Location", found.location)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self.home = f"http://127.0.0.1:{self._http.server_port}{prefix}"
        """The address of the home page."""

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()
