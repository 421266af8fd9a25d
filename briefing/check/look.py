"""The look that a site gives itself: files that do not exist, and colours that readers cannot tell apart.

Contrast is that of WCAG 2.2, level AA: 4.5 for text (1.4.3), 3 for the borders of what can be used (1.4.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.incremental.hashed import Hashed
from briefing.model.files import File
from briefing.model.site import SETTINGS_PATH, AssetRef, Site, Style
from briefing.problems import Finding, Problem, Span
from briefing.suggestions import Names
from briefing.text.source_text import Lines
from briefing.values import dataclass

_GROUNDS = ("paper", "raised", "tint")
_LEAST = dict.fromkeys(("ink", "muted", "link", "pine", "amber", "rust"), 4.5) | {"edge": 3.0}
"""The least contrast of each colour with every background."""
_ROOT = re.compile(r"(?:@media([^{;}]*)\{\s*)?:root\s*\{([^}]*)")
"""The variables of a style sheet, with the condition around them."""
_VARIABLE = re.compile(r"--([a-z-]+)\s*:\s*([^;]*?)\s*(?=;|\Z)")
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Given:
    """A colour as it applies in the end, and where it was given."""

    name: str
    value: str
    path: str
    span: Span
    is_first: bool
    """Whether it is given by the style sheet that all sites have, and not by this site for itself."""


def check_look(site: Site, assets: Sequence[File], spans: Hashed[tuple[Span, ...]]) -> Iterator[Problem]:
    """Report each file of the look that does not exist, and each colour that has too little contrast.

    `spans` are those of the settings. Colours of a style sheet count if they are given to `:root` as `#RRGGBB`.
    """
    files = {file.path: file for file in assets}
    logo = site.logo
    for named in (site.favicon, site.style.sheet, logo and logo.file, logo and logo.dark):
        if named and named.path not in files:
            yield _missing(named, files).at(SETTINGS_PATH, spans.value[named.span])
    names = ("style.css", site.style.sheet.path if site.style.sheet else "")
    sheets = [files[name] for name in names if name in files]
    for scheme in ("light", "dark"):
        colours = _colours(scheme, sheets, site.style, spans)
        worst: dict[tuple[str, Span], tuple[float, Problem]] = {}
        for name, least in _LEAST.items():
            for ground in _GROUNDS:
                if name in colours and ground in colours:
                    text, behind = colours[name], colours[ground]
                    ratio = contrast(text.value, behind.value)
                    place = behind if text.is_first and not behind.is_first else text
                    problem = _too_close(text, behind, ratio, least, scheme).at(place.path, place.span)
                    key = place.path, place.span
                    if ratio < least and (key not in worst or ratio / least < worst[key][0]):
                        worst[key] = ratio / least, problem
        yield from (problem for _, problem in worst.values())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, `#FFF` or `#FFFFFF`: from 1 for the same one to 21 for black and white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Return the relative luminance that WCAG defines, from 0 to 1."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> list[float]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def _colours(scheme: str, sheets: Sequence[File], style: Style, spans: Hashed[tuple[Span, ...]]) -> dict[str, _Given]:
    """Return the colours of a scheme, by their names; later ones replace earlier ones, as in a browser."""
    given = [] if not sheets else [*_read(scheme, sheets[0], True)]
    for colour in style.dark if scheme == "dark" else style.light:
        given.append(_Given(colour.name, colour.value, SETTINGS_PATH, spans.value[colour.span], False))
    for sheet in sheets[1:]:
        given += _read(scheme, sheet, False)
    last = {colour.name: colour for colour in given}
    return {name: colour for name, colour in last.items() if _COLOUR.fullmatch(colour.value)}


def _read(scheme: str, sheet: File, is_first: bool) -> Iterator[_Given]:
    """Yield the variables that a style sheet gives for a scheme."""
    text = sheet.data.value.decode("utf-8", "replace")
    text = _COMMENT.sub(lambda comment: re.sub(r"\S", " ", comment[0]), text)
    lines = Lines.of(text)
    for block in _ROOT.finditer(text):
        other = {"dark": "light", "light": "dark"}[scheme]
        if not re.search(rf"\b(?:print|{other})\b", block[1] or ""):
            for variable in _VARIABLE.finditer(block[2]):
                start, end = (block.start(2) + place for place in variable.span(2))
                yield _Given(variable[1], variable[2], sheet.origin, lines.span(start, end), is_first)


def _too_close(text: _Given, ground: _Given, ratio: float, least: float, scheme: str) -> Finding:
    message = (
        f"“{text.name}” {text.value} on “{ground.name}” {ground.value} has a contrast of {int(ratio * 100) / 100:g}"
    )
    asked = f"in {scheme} mode; WCAG AA asks for {least:g}"
    hint = f"change one of them, for example {text.name} to {_nearest(text.value, ground.value, least)}"
    return Finding("contrast", f"{message} {asked}", hint)


def _nearest(colour: str, ground: str, least: float) -> str:
    """Return a colour with enough contrast: this one with as much black or white as it takes."""
    ends = sorted((0.0, 1.0), key=lambda end: -contrast("#000" if end == 0 else "#FFF", ground))
    for share in range(1, 101):
        mixed = [part + (ends[0] - part) * share / 100 for part in _parts(colour)]
        found = "#" + "".join(f"{round(part * 255):02X}" for part in mixed)
        if contrast(found, ground) >= least:
            return found
    return found


def _missing(named: AssetRef, files: dict[str, File]) -> Finding:
    close = Names(files).nearest(named.path, 1)
    hint = f"did you mean {close[0]}?" if close else "put it there, or correct its path"
    return Finding("missing-asset", f"there is no file “{named.path}” in assets/", hint)
