"""Writes plain words as Markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*_\[\]<>|#{]|&(?=#?\w+;)|~(?=~)|(?<=~)~")
"""What Markdown would take for syntax. Braces are attributes for some programs."""
_ESCAPES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", "{": "&#123;"}
"""Special characters that are not written with a backslash: not every program knows one before them."""
_SPECIAL_START = re.compile(r"(\d*)((?<!\d):|[-+=](?=[\s=:&-]|$)|(?<=\d)[.)](?=[\s=:-]|$)|(?<!\d)[!?](?=[!?]))")
"""What Markdown would take for syntax at the start of a line."""


def escape(words: str, at_start: bool = True) -> str:
    """Write words on one line, so that Markdown takes none of them for syntax; `at_start` of a line, or within it."""
    words = re.sub(r"\s*[\r\n]\s*", " ", words.lstrip() if at_start else words)
    words = _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], f"\\{found[0]}"), words)
    if at_start and (found := _SPECIAL_START.match(words)):
        # Python-Markdown knows no backslash before “:”, “=” and “?”.
        mark = f"&#{ord(found[2])};" if found[2] in ":=?" else f"\\{found[2]}"
        return found[1] + mark + words[found.end() :]
    return words
