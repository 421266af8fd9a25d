"""Plain words: a text as a reader would say it aloud, for titles, summaries, feeds, data tables and linked data."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from briefing.text.placeholders import find

_NOTES = re.compile(r' ?<sup\b.*?</sup>|<div class="footnote">.*?</div>')
"""Footnote marks, which are all that Markdown makes a `sup` of, and the footnotes themselves."""
_TAG = re.compile(r"<[^>]*>")
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);")


def plain_words(text: str, read: Callable[[int], str] = lambda _: "") -> str:
    """Return the words of an HTML text, without tags, entities, notes and citations, with single spaces.

    A placeholder reads as the writer's own words, or else as `read` returns for its number, as plain words. One that
    reads as nothing, such as a citation, takes the space before it away.
    """
    text = " ".join(text.split())
    if "<" not in text:
        return " ".join(html.unescape(text).split())
    text, end = _NOTES.sub("", text), 0
    pieces: list[str] = []
    for found in find(text):
        before = _strip(text[end : found.start])
        words = _strip(found.label) or read(found.number)
        pieces += [before, words] if words else [before.rstrip()]
        end = found.end
    return " ".join("".join([*pieces, _strip(text[end:])]).split())


def _strip(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def decode_entities(text: str) -> str:
    """Decode what Python-Markdown takes for entities: names and numbers that end with a semicolon.

    Its tree holds any other ampersand as it is, where HTML has `&amp;`.
    """
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
