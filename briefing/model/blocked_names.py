"""The names that must never be published."""

from __future__ import annotations

from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class BlockedNames:
    """Names that must never be published: salt and cost of scrypt, and for each form of a name its hash and its words.

    `initials` is the cost of forms with an initial. A list of the first kind has none, and one cost for all forms.
    `common` states which groups of common words the names have (`check/common_words.py`).
    """

    salt: str
    cost: int
    names: tuple[tuple[str, int], ...]
    initials: int = 0
    common: str = ""


NO_NAMES = BlockedNames("", 0, ())
"""For a site without blocked names."""
