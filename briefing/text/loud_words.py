"""Words that give away the subject of a quiet page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote


def find_loud(words: str, quiet_words: Iterable[str]) -> Iterator[str]:
    """Yield each quiet word with which a word of a text, an address or an id begins."""
    shown = _plain(unquote(words))
    return (loud for loud in quiet_words if re.search(rf"(?<![^\W_]){re.escape(_plain(loud))}", shown))


def _plain(words: str) -> str:
    """Return words in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", words.casefold()).casefold()  # compatibility forms hide capitals
    return "".join(character for character in decomposed if not unicodedata.combining(character))
