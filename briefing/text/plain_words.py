"""Plain words: the words of a text without its markup, for titles, summaries, feeds, data tables and linked data."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from briefing.text.placeholders import find

_NOTES = re.compile(r' ?<sup\b.*?</sup>|<div class="footnote">.*?</div>')
"""The marks of footnotes, and the footnotes. Markdown makes a `sup` of nothing else."""
_TAG = re.compile(r"<[^>]*>")
ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);")
"""What browsers decode in the HTML that Markdown makes."""


def plain_words(text: str, read: Callable[[int], str] = lambda _: "") -> str:
    """Return the words of an HTML text: no tags, entities, footnotes or citations, and single spaces.

    A placeholder's words are the writer's own, or else the plain words that `read` returns for its number. If it has
    none, like a citation, the space before it is left out too.
    """
    text = " ".join(text.split())
    if "<" not in text:
        return " ".join(html.unescape(text).split())
    text, end = _NOTES.sub("", text), 0
    pieces: list[str] = []
    for found in find(text):
        before = _without_tags(text[end : found.start])
        words = _without_tags(found.label) or read(found.number)
        pieces += [before, words] if words else [before.rstrip()]
        end = found.end
    return " ".join("".join([*pieces, _without_tags(text[end:])]).split())


def _without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def decode_entities(text: str) -> str:
    """Decode the entities in a piece of Python-Markdown's tree.

    It takes only names and numbers with a semicolon for entities. Any other ampersand in the tree stands for itself.
    """
    return ENTITY.sub(lambda match: _decode(match[0]), text) if "&" in text else text


def _decode(entity: str) -> str:
    """Decode one entity as browsers do, also the number of a control character, which Python leaves out."""
    decoded = html.unescape(entity)
    return decoded or chr(int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1]))
