"""The sections of a text, as sentences in plain words, to compare a text with an earlier version of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from html import unescape

from briefing.text import placeholders
from briefing.text.sentences import sentences_of

HEAD = "UI--head"
"""The id of what comes before the first heading; no heading can have it."""
_HEADING = re.compile(r'<h2[^>]*\bid="([^"]*)"[^>]*>(.*?)</h2>', re.DOTALL)
_BLOCK = re.compile(r"</(?:p|li|h3|td|th|dt|dd|figure|figcaption|caption|pre|blockquote)>")
_SHOWN = (
    (re.compile(r'<a (?!class="footnote)[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL), r"\2 (\1)"),
    (re.compile(r'<ol start="(\d+)">'), r"\1. "),
    (re.compile(r"</?del>"), "~~"),
)
"""Tags in which readers see more than their words, and what is compared in place of them."""
_TAG = re.compile(r"<[^>]*>")


def split_sections(html: str, language: str, show: Callable[[int], str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the id, the heading and the sentences of each section of a text; the first has no heading.

    The sentences say also where links lead, and what `show` returns for the number of each placeholder.
    """
    html = placeholders.replace(
        html,
        lambda word, n, label, marks: (
            f"{word}{' '.join(filter(None, (label, placeholders.mark(n, not label))))}{marks}"
        ),
    )
    for pattern, words in _SHOWN:
        html = pattern.sub(words, html)
    parts = _HEADING.split(html)
    yield HEAD, "", _sentences(parts[0], language, show)
    for name, heading, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        title = _show(_plain(heading), show)
        yield name, title, (title, *_sentences(text, language, show))


def sentence_digest(sentence: str) -> str:
    """Return a short digest of a sentence, for comparing the versions of one section."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:6]


def _sentences(html: str, language: str, show: Callable[[int], str]) -> tuple[str, ...]:
    """Return the sentences of a text, which are split while placeholders are marks: a citation ends its sentence."""
    blocks = (_plain(block) for block in _BLOCK.split(html))
    return tuple(_show(sentence, show) for block in blocks if block for sentence in sentences_of(block, language))


def _show(sentence: str, show: Callable[[int], str]) -> str:
    return " ".join(placeholders.replace_marks(sentence, show).split())


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
