"""Find the file of an address, by the rules of GitHub Pages.

A folder is its `index.html`; without its slash it redirects. A page is found with and without `.html`, before a folder
of the same name. Case matters. Anything else is the site's 404 page.
"""

from __future__ import annotations

from collections.abc import Container

from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """The status and the file of a response, or `to`, the address of a redirect."""

    status: int
    path: str = ""
    to: str = ""


def find_route(files: Container[str], base: str, path: str) -> Route:
    """Return the route of a decoded path on a site that is published below `base`."""
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
