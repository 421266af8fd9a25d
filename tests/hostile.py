"""What a page must never contain, whatever anybody wrote; read as a browser reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

Attributes = dict[str, str]
OURS = re.compile(
    r"(?:[./]|\.\./)*(?:/\w+)*/?assets/(?:safety/(?:exit|search)|previews|search|search-link|redirect)\.js"
)
"""The scripts that pages load."""
_SCHEMES = ("http", "https", "mailto", "tel")
_ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "srcset",
    "xlink:href",
    "cite",
    "background",
    "ping",
}
_FORBIDDEN = {
    "iframe",
    "object",
    "embed",
    "base",
    "form",
    "style",
    "frame",
    "frameset",
    "applet",
    "math",
    "foreignobject",
}
_REFRESH = re.compile(r"0; url=(?:[^:/?#]*/)*[^:]*")


class Elements(HTMLParser):
    """Every tag with its attributes, the content of scripts, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, Attributes]] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._script = tag == "script"
        if self._script:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        """A script may have ended."""
        self._script = self._script and tag != "script"

    def handle_data(self, data: str) -> None:
        """Keep the content of scripts, and all other words."""
        if self._script:
            self.scripts[-1] += data
        else:
            self.words.append(data)


def dangers(text: str, style: bool = False) -> list[str]:
    """Return all in a page that could run something, restyle it, or lead to a scheme that is not on the list.

    With `style`, the page may contain its style sheet and its pictures, as the one-file edition does.
    """
    page = Elements(text)
    scripts = iter(page.scripts)
    found = [danger for tag, attributes in page.found for danger in _of_element(tag, attributes, scripts)]
    return [
        one
        for one in found
        if not (style and (one == "<style>" or one.startswith(("src=data:image/", "srcset=data:image/"))))
    ]


def _of_element(tag: str, attributes: Attributes, scripts: Iterator[str]) -> Iterator[str]:
    if tag in _FORBIDDEN:
        yield f"<{tag}>"
    if tag == "script":
        inside = next(scripts)
        if attributes.get("type") == "application/ld+json" and set(attributes) == {"type"}:
            json.loads(inside)
            if "<" in inside:  # for a browser a script ends, or hides its end, at more than this reader knows
                yield f"<script {attributes}>{inside[inside.index('<') :][:40]}"
        elif inside.strip() or not OURS.fullmatch(attributes.get("src", "")):
            yield f"<script {attributes}>{inside[:40]}"
    refreshes = tag == "meta" and "refresh" in attributes.get("http-equiv", "").casefold()
    if refreshes and not _REFRESH.fullmatch(attributes.get("content", "")):
        yield f"<meta {attributes}>"
    for name, value in attributes.items():
        if name.startswith("on") or name in ("style", "srcdoc"):
            yield f"{name}={value[:40]}"
        if tag == "link" and attributes.get("rel") == "icon" and value.startswith("data:image/"):
            continue
        if name in _ADDRESSES and (scheme := scheme_of(value)) and scheme not in _SCHEMES:
            yield f"{name}={value[:40]}"


def scheme_of(address: str) -> str:
    """Return the scheme of an address as browsers read it, who drop control characters and spaces; empty without one."""
    found = re.match(r"([^/?#]*?):", re.sub(r"[\0-\x20\x7f-\xa0]", "", address))
    return found[1].casefold() if found else ""


def shapes(text: str) -> set[tuple[str, frozenset[str]]]:
    """Return every kind of tag in a page with the names of its attributes."""
    return {(tag, frozenset(attributes)) for tag, attributes in Elements(text).found}
