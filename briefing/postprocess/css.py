"""Style sheets as they are published: without comments, and without the parts that a site does not use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from briefing.incremental.hashed import Hashed
from briefing.model.files import File
from briefing.model.site import Site, menu_links

_PARTS = re.compile(
    rb"/(?<!\S/)\*(?!!)[^*]*\*+(?:[^/*][^*]*\*+)*/"
    rb"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\\."
    rb"|u[rR][lL]\((?:\\.|[^\"'\\)])*\)|U[rR][lL]\((?:\\.|[^\"'\\)])*\)",
    re.DOTALL,
)
"""A comment after a space, and what may contain `/*` but is not a comment: strings, escapes and addresses.

A comment without a space before it stays, since it may separate two words. So does a licence, `/*!`.
"""
_CONDITIONAL = re.compile(rb"^/\* if the site has ([a-z]+) \*/\n(.*?)^/\* end if \*/\n", re.DOTALL | re.MULTILINE)
"""Rules that only some sites need, between two comments."""
_HAS: dict[str, Callable[[Site], bool]] = {
    "sections": lambda site: any(entry.items for entry in site.navigation),
    "outward": lambda site: not all(link.url.startswith("/") for link in menu_links(site)),
}
"""What such a comment can name, and whether a site has it."""


def publish(assets: Iterable[File], site: Site | None) -> tuple[File, ...]:
    """Return the assets as they are published: unchanged, but style sheets without what the site does not need."""
    features = {name for name, has in _HAS.items() if site and has(site)}

    def keep(part: re.Match[bytes]) -> bytes:
        return part[2] if part[1].decode() in features else b""

    return tuple(
        replace(file, data=Hashed.of(_PARTS.sub(_without_comment, _CONDITIONAL.sub(keep, file.data.value))))
        if file.path.endswith(".css")
        else file
        for file in assets
    )


def _without_comment(part: re.Match[bytes]) -> bytes:
    return b"" if part[0].startswith(b"/*") else part[0]
