"""A page as a BibTeX entry, for those who cite it."""

from __future__ import annotations

import re

from briefing.locale.interface import interface_of_page
from briefing.model.pages import Page
from briefing.model.site import Site
from briefing.model.versions import day_address
from briefing.text.bibtex import write_entry, write_tex


def cite_bibtex(page: Page, site: Site, day: str = "") -> str:
    """Return a page as a BibTeX entry, with the date at which it was true, and with the address of its day, if any."""
    as_of = page.view.as_of if page.view else ""
    say = interface_of_page(page.language, site.language, site.words).say
    key = re.sub(r"[^a-z0-9]+", "-", page.address.casefold()).strip("-") or "home"
    fields = [
        ("title", f"{{{write_tex(page.title)}}}"),
        ("author", f"{{{write_tex(site.publisher.name)}}}" if site.publisher.name else ""),
        ("year", as_of[:4]),
        ("howpublished", write_tex(site.title)),
        ("url", site.base_url + (day_address(page.address, day) if day else page.address)),
        ("note", write_tex(f"{say('True as of')} {as_of}") if as_of else ""),
    ]
    return write_entry("misc", key, fields)
