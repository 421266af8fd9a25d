"""Words that give away the subject of a quiet page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from briefing.text.letters import fold, latin

_DIGITS = str.maketrans("0134578", "oleastb")
_WITH_DIGITS = re.compile(r"\w*[^\W\d_]\w*")
_SPACED = re.compile(r"(?<!\w)(?:\w[\s.·_-]+){2,}+\w(?!\w)")
"""Letters of a word with spaces between them."""


def find_loud(words: str, quiet_words: Iterable[str]) -> Iterator[str]:
    """Yield each quiet word with which a word of a text, an address or an id begins, also in similar letters."""
    typed = unquote(words)
    joined = _SPACED.sub(lambda found: re.sub(r"[\s.·_-]+", "", found[0]), typed)
    shown = "\n".join(dict.fromkeys((_plain(typed), _latin(typed), _latin(joined))))
    for loud in quiet_words:
        forms = "|".join(re.escape(form) for form in {_plain(loud), _latin(loud)})
        if re.search(rf"(?<![^\W_])(?:{forms})", shown):
            yield loud


def _plain(words: str) -> str:
    """Return words in small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", words.casefold()).casefold()  # compatibility forms hide capitals
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _latin(words: str) -> str:
    """Return words without accents, in which letters and digits that look like Latin letters are these."""
    plain = latin(fold(words)).casefold()
    return _WITH_DIGITS.sub(lambda word: word[0].translate(_DIGITS), plain)
