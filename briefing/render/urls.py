"""Addresses relative to the page that they are on."""

from __future__ import annotations

from urllib.parse import urlsplit

from briefing.model.site import Site


def relative(here: str, address: str) -> str:
    """Return an address of the site relative to the page `here`, so that the site works under any prefix."""
    path, mark, anchor = address.partition("#")
    if path == here:
        return f"#{anchor}" if mark else "./"
    folder, up = here[: here.rindex("/") + 1], 0
    while not path.startswith(folder):
        folder, up = folder[: folder.rindex("/", 0, -1) + 1], up + 1
    way = "../" * up + path[len(folder) :]
    return (way or "./") + mark + anchor


def path_under_base(site: Site, address: str) -> str:
    """Return the absolute path of an address, for the 404 page, which is served at any address."""
    return urlsplit(site.base_url).path.rstrip("/") + address
