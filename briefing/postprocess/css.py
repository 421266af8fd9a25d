"""Style sheets as they are published: without comments, empty space, and the parts that a site does not use."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from briefing.incremental.hashed import Hashed
from briefing.model.files import File
from briefing.model.site import SAFETY_ASSETS, Site, Style, menu_links

_PARTS = re.compile(
    rb"/(?<!\S/)\*(?!!)[^*]*\*+(?:[^/*][^*]*\*+)*/"
    rb"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\\."
    rb"|u[rR][lL]\((?:\\.|[^\"'\\)])*\)|U[rR][lL]\((?:\\.|[^\"'\\)])*\)"
    rb"|[{};][ \t\n]+(?=\S)|(?<![ \t\n])[ \t\n]+(?=[{}])|:[ \t]+(?=[^{};]*[;}])",
    re.DOTALL,
)
"""A comment after a space, space that means nothing (beside a brace, after a semicolon and after the name of a
property), and what only looks like them: strings, escapes and addresses.

A comment without a space before it stays, since it may separate two words. So does a licence, `/*!`.
"""
SHEET = "style.css"
"""The style sheet of every page, to which the look that the settings describe is added."""
_CONDITIONAL = re.compile(rb"^/\* if the site has ([a-z]+) \*/\n(.*?)^/\* end if \*/\n", re.DOTALL | re.MULTILINE)
"""Rules that only some sites need, between two comments."""
_GENERIC = {"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math"}
"""Names of fonts that CSS knows, and that have no quotation marks."""
_ONE_ROW = 7
"""Links and sections of the bar that surely fit beside the name of the site on a screen of 1,024 pixels."""
_HAS: dict[str, Callable[[Site], bool]] = {
    "sections": lambda site: any(entry.items for entry in site.navigation),
    "many": lambda site: len(site.navigation) > _ONE_ROW,
    "logo": lambda site: site.logo is not None,
    "outward": lambda site: not all(link.url.startswith("/") for link in menu_links(site)),
}
"""What such a comment can name, and whether a site has it."""


def publish(assets: Sequence[File], site: Site | None) -> tuple[File, ...]:
    """Return the assets as they are published: unchanged, but style sheets without what the site does not need.

    A style sheet in `safety/` becomes the end of the one of the same name: browsers wait for each file.
    """
    files = {file.path: file.data for file in assets}
    ends = {
        path.removeprefix(SAFETY_ASSETS): data.value
        for path, data in files.items()
        if path.startswith(SAFETY_ASSETS) and path.endswith(".css") and path.removeprefix(SAFETY_ASSETS) in files
    }
    features = {name for name, has in _HAS.items() if site and has(site)}

    style = _write_style(site.style).encode() if site else b""

    def keep(part: re.Match[bytes]) -> bytes:
        return part[2] if part[1].decode() in features else b""

    def trim(file: File) -> bytes:
        sheet = _PARTS.sub(_shorten, _CONDITIONAL.sub(keep, file.data.value + ends.get(file.path, b"")))
        return sheet + style if file.path == SHEET else sheet

    return tuple(
        replace(file, data=Hashed.of(trim(file))) if file.path.endswith(".css") else file
        for file in assets
        if file.path in ends or file.path.removeprefix(SAFETY_ASSETS) not in ends
    )


def _write_style(style: Style) -> str:
    """Return the rules that set what the settings say of the look; empty if they say nothing."""
    wide = [f"--measure: {style.measure}rem"] if style.measure else []
    for name, fonts in (("serif", style.text_font), ("sans", style.interface_font)):
        if fonts:
            generic = "serif" if name == "serif" else "sans-serif"
            names = [font if font in _GENERIC else f'"{font}"' for font in (*fonts, generic)]
            wide.append(f"--{name}: {', '.join(dict.fromkeys(names))}")
    rules = [("", wide)]
    for scheme, colours in (("light", style.light), ("dark", style.dark)):
        media = f"@media screen and (prefers-color-scheme: {scheme}) "
        rules.append((media, [f"--{colour.name}: {colour.value}" for colour in colours]))
    texts = ((media, f":root {{ {'; '.join(values)} }}") for media, values in rules if values)
    return "".join(f"{media}{{ {text} }}\n" if media else f"{text}\n" for media, text in texts)


def _shorten(part: re.Match[bytes]) -> bytes:
    if part[0].startswith(b"/*"):
        return b""
    return part[0].strip() if part[0][:1] in b":{}; \t\n" else part[0]
