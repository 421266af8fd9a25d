"""Names that a writer may have meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.problems import MOST_ALIKE, Finding


class Names:
    """Names that a writer may have meant, prepared for many searches."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = {name.casefold(): name for name in reversed(list(names)) if len(name) <= _LONGEST_NAME}
        self._pieces: dict[str, frozenset[str]] = {}

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """Return up to `most` names that are similar to a word, the most similar first."""
        import difflib  # these are slow to load, and needed only after a mistake
        import heapq

        lowered = word.casefold()
        if len(lowered) > _LONGEST_NAME:
            return []
        near = [name for name in self._names if abs(len(name) - len(word)) <= max(3, len(word) // 2)]
        if len(near) > _COMPARED:
            wanted = _pieces(lowered)
            near = heapq.nlargest(_COMPARED, near, lambda name: self._likeness(name, wanted))
        return [self._names[match] for match in difflib.get_close_matches(lowered, near, n=most, cutoff=0.6)]

    def _likeness(self, name: str, wanted: frozenset[str]) -> float:
        """Return which part of its letters and pairs of letters a name shares with others, from 0 to 1."""
        if name not in self._pieces:
            self._pieces[name] = _pieces(name)
        pieces = self._pieces[name]
        return len(pieces & wanted) / (len(pieces) + len(wanted))


_LONGEST_NAME = 100
"""Characters of a name that is compared with others. The comparison takes time in the square of the length."""
_COMPARED = 10
"""Names that are compared letter by letter: those that share the most letters and pairs of letters with the word."""


def _pieces(word: str) -> frozenset[str]:
    return frozenset((*word, *(word[at : at + 2] for at in range(len(word) - 1))))


class Suggestions:
    """Looks for similar names: once for each word, and for the first 100 words only.

    So thousands of wrong names cost little more than a hundred. What is beyond is not reported one by one (`limit`).
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, Names], list[str]] = {}

    def nearest(self, word: str, names: Names, most: int = 3) -> list[str]:
        """Return up to `most` names that a writer may have meant; none if too many words were looked for before."""
        key = word, most, names
        if key not in self._found:
            if len(self._found) >= MOST_ALIKE:
                return []
            self._found[key] = names.nearest(word, most)
        return self._found[key]


def no_template(name: str, templates: Iterable[str]) -> Finding:
    """Return the finding for a template that does not exist."""
    close = Names(templates).nearest(name, 1)
    hint = f"did you mean {close[0]}?" if close else f"put it into templates/{name} of this site"
    return Finding("missing-template", f"this site has no template “{name}” of its own", hint)
