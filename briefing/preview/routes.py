"""What an address leads to, by the rules of GitHub Pages.

A folder answers with its `index.html`, without its slash by sending the reader to it; a page answers with and without
`.html`, and before a folder of the same name; capital letters count; anything else is the site's own 404 page.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """A file to send with a status, or, where `to` says so, another address."""

    status: int
    path: str = ""
    to: str = ""


def answer(files: Container[str], base: str, path: str) -> Route:
    """Say what the path of an address, unquoted, leads to on a site published below `base`."""
    if path in ("", "/") and base:
        return Route(302, to=f"{base}/")
    if path == base:
        return Route(301, to=f"{base}/")
    if not path.startswith(f"{base}/"):
        return Route(404, "404.html")
    name = path.removeprefix(f"{base}/")
    if name == "" or name.endswith("/"):
        index = f"{name}index.html"
        return Route(200, index) if index in files else Route(404, "404.html")
    if name in files:
        return Route(200, name)
    if f"{name}.html" in files:
        return Route(200, f"{name}.html")
    if f"{name}/index.html" in files:
        return Route(301, to=f"{path}/")
    return Route(404, "404.html")
