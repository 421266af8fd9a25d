"""Binds a page and what it loads into one file, which then needs nothing else."""

from __future__ import annotations

import base64
import re

from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.model.steps import SingleFileInput

_STYLE = re.compile(r'<link rel="stylesheet" href="assets/([^"]+)">')
_LOADED = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_TYPES = {"woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


def make_self_contained(volume: SingleFileInput) -> Rendered:
    """Put the style sheets that a page links to, and the fonts and pictures that those load, into the page."""
    assets = dict(volume.assets)

    def embed(folder: str, match: re.Match[str]) -> str:
        name = folder + match[1]
        if name not in assets:
            return match[0]
        kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        return f"url(data:{kind};base64,{base64.b64encode(assets[name].value).decode()})"

    def style(match: re.Match[str]) -> str:
        if match[1] not in assets:
            return match[0]
        folder = match[1].rpartition("/")[0]
        render_input = assets[match[1]].value.decode("utf-8")
        loaded = _LOADED.sub(lambda url: embed(folder and f"{folder}/", url), render_input)
        sealed = loaded.replace("</", "<\\/")  # nothing in a style sheet may end its element
        return f"<style>{sealed}</style>"

    data = _STYLE.sub(style, volume.page.data.value.decode()).encode()
    return Rendered(volume.page.path, Hashed.of(data), volume.page.problems, len(data))
