"""In which direction a language is read."""

from __future__ import annotations

from unicodedata import bidirectional

_FROM_RIGHT = "ar arc arz ary ckb dv fa he iw khw ks nqo ps sd syr ug ur yi".split()  # noqa: SIM905
"""Languages that are usually written from right to left."""
_SCRIPTS = "adlm arab aran hebr nkoo rohg samr syrc thaa".split()  # noqa: SIM905
"""Scripts that are written from right to left (ISO 15924)."""


def direction_of(language: str) -> str:
    """Return `rtl` or `ltr` for a language tag, such as `ar` or `pa-Arab`. A script in the tag decides."""
    first, *rest = language.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return "rtl" if (script in _SCRIPTS if script else first in _FROM_RIGHT) else "ltr"


def stands_alone(word: str, direction: str) -> bool:
    """Whether a word may be in an element of its own, apart from the words before it, in a text of a direction.

    Words that are read against it, and numbers among them, are in one run, whose order needs all of them (UAX 9).
    """
    if word.isascii():
        return direction == "ltr"
    kinds = set(map(bidirectional, word))
    from_right = not kinds.isdisjoint(("R", "AL", "AN"))
    return not from_right if direction == "ltr" else from_right and "L" not in kinds
