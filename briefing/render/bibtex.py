"""A page as a BibTeX entry, for those who cite it."""

from __future__ import annotations

import re

from briefing.model.pages import Page
from briefing.model.site import Site


def cite_bibtex(page: Page, site: Site) -> str:
    """Return a page as a BibTeX entry, with the date at which it was true."""
    as_of = page.view.as_of if page.view else ""
    key = re.sub(r"[^a-z0-9]+", "-", page.address.casefold()).strip("-") or "home"
    fields = [
        ("title", f"{{{_tex(page.title)}}}"),
        ("author", f"{{{_tex(site.publisher.name)}}}" if site.publisher.name else ""),
        ("year", as_of[:4]),
        ("howpublished", _tex(site.title)),
        ("url", site.base_url + page.address),
        ("note", _tex(f"True as of {as_of}") if as_of else ""),
    ]
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@misc{{{key},\n{lines}}}"


_TEX = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
} | {character: f"\\{character}" for character in "&%$#_"}
"""What TeX would take for a command. BibTeX counts braces also after a backslash, so braces have names."""


def _tex(words: str) -> str:
    return " ".join("".join(_TEX.get(character, character) for character in words).split())
