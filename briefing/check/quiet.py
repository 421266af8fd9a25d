"""Quiet pages: no word that a browser keeps or shows outside of the page may give away its subject."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from briefing.problems import Finding, Problem
from briefing.text.loud_words import find_loud

_SHOWN = ("description", "og:", "twitter:", "author", "keywords")
"""Names of the `meta` elements that a shared link or a search result shows."""
_TOLD = ("name", "headline", "description", "url", "@id")
"""Fields of linked data about the page itself."""


class _Kept(HTMLParser):
    """Collects what a browser keeps or shows outside of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._inside = {"title": "title", "script": "linked data"}.get(tag, "")
        named = given.get("name", given.get("property", ""))
        if tag == "meta" and named.startswith(_SHOWN):
            self.found.append((f"“{named}” of a shared link", given.get("content", "")))
        if tag == "link" and given.get("rel") == "canonical":
            self.found.append(("address", given.get("href", "")))
        if tag == "meta" and "refresh" in given.get("http-equiv", ""):
            self.found.append(("redirect", given.get("content", "")))
        if "id" in given:
            self.found.append(("address of a part", given["id"]))
        if tag == "a" and given.get("href", "").startswith("#"):
            self.found.append(("address of a part", given["href"]))
        if given.get("href", "").startswith("mailto:"):
            self.found += (("message of a link", part) for part in given["href"].partition("?")[2].split("&"))
        if "download" in given:
            self.found.append(("name of a download", given["download"]))

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.found.append(("title in the tab", data))
        elif self._inside == "linked data" and data.strip():
            self.found += (
                ("linked data", words) for thing in json.loads(data).get("@graph", ()) for words in _names(thing)
            )
        self._inside = ""


def _names(thing: dict[str, object]) -> Iterator[str]:
    yield from (str(thing[name]) for name in _TOLD if name in thing)
    steps = thing.get("itemListElement", ())
    if thing.get("@type") == "BreadcrumbList" and isinstance(steps, list):
        yield from (str(step[name]) for step in steps for name in ("name", "item"))


def kept_words(html: str) -> list[tuple[str, str]]:
    """Return all words of a page that a browser keeps or shows outside of it, each with what it is."""
    kept = _Kept()
    kept.feed(html)
    kept.close()
    return list(dict.fromkeys(kept.found))


def check_quiet(address: str, html: str, path: str, quiet_words: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each loud word that a browser keeps or shows outside of a quiet page or a redirect to it."""
    listed = tuple(quiet_words)
    for part, words in [("address", address), *kept_words(html)]:
        for loud in find_loud(words, listed):
            message = f"the {part} of this quiet page contains “{loud}”: {words.strip()}"
            yield Finding("loud-page", message, "use neutral words there, or delete quiet: true").at(path)
