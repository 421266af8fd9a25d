"""Addresses relative to the page that they are on."""

from __future__ import annotations

from urllib.parse import urlsplit

from briefing.model.pages import Page
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


def site_of(page: Page, site: Site) -> Site:
    """Return the settings of the edition of the site to which a page belongs."""
    return next((one for one in site.editions if one.prefix == page.prefix), site)


def in_edition(address: str, site: Site) -> str:
    """Return the address of a page in an edition of the site, if the edition has this page; else its own."""
    path, mark, anchor = address.partition("#")
    return f"{site.prefix}{path}{mark}{anchor}" if path in site.own_pages else address


def path_under_base(site: Site, address: str) -> str:
    """Return the absolute path of an address, for the 404 page, which is served at any address."""
    return urlsplit(site.base_url).path.rstrip("/") + address
