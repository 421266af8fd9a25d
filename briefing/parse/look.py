"""Reads the look of a site from its settings: colours, fonts, the style sheet of its own, logo and icon."""

from __future__ import annotations

from briefing.model.site import AssetRef, Colour, Logo, Style
from briefing.parse.context import FileContext
from briefing.parse.yaml_tree import Fields, Scalar

_LOGO_HEIGHT = 32


def read_style(fields: Fields, context: FileContext) -> Style:
    """Read `style`."""
    return Style(
        light=_colours(fields.child("light"), context),
        dark=_colours(fields.child("dark"), context),
        text_font=fields.texts("text_font"),
        interface_font=fields.texts("interface_font"),
        measure=fields.integer("measure"),
        sheet=read_asset(fields, "sheet", context),
    )


def read_logo(fields: Fields, context: FileContext) -> Logo | None:
    """Read `logo`; None if the site has none."""
    file = read_asset(fields, "file", context)
    if file is None:
        return None
    height = fields.integer("height") or _LOGO_HEIGHT
    return Logo(file, fields.text("alt"), height, read_asset(fields, "dark", context))


def read_asset(fields: Fields, name: str, context: FileContext) -> AssetRef | None:
    """Read a field that names a file below `assets/`; None if there is no such field."""
    scalar = fields.scalar(name)
    return AssetRef(scalar.text, context.span(scalar.start, scalar.end)) if scalar else None


def _colours(fields: Fields, context: FileContext) -> tuple[Colour, ...]:
    pairs = zip(fields.keys, fields.values, strict=True)
    return tuple(
        Colour(key.text, value.text, context.span(value.start, value.end))
        for key, value in pairs
        if isinstance(value, Scalar)
    )
