"""Finds the names of a list in a text or a file.

Two words are compared with the list where they are side by side, or have one or two words such as a middle name between
them, in either order. A hash takes 0.07 ms, so not every two words can be hashed. Two words in small letters are passed
over where both are common English words and nobody's name (`ordinary_words.json`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, count, product

from briefing.check.common_words import read_groups
from briefing.check.name_list import hash_form, skeleton
from briefing.check.name_words import (
    BREAK_WORD,
    LONGEST,
    SHORTEST,
    TOKEN,
    WINDOW,
    Word,
    around_brackets,
    join_divided,
    read_digits,
    read_word,
)
from briefing.check.passages import BREAK, Passages, files_within, is_prose, plain, read_passages
from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import BlockedNames
from briefing.text.letters import latin

_DATA = ("{", "[")
"""How data begins that is within a page."""
_FEW = 8
"""Words of a heading or a label, of which nothing tells the language."""
_GAP = f" {BREAK}" * 5 + " "
"""Keeps apart pieces of text that are not read as one."""
_BLOCKS = 50_000
"""Tags and pieces of text that are remembered as read."""
_REACH = 4
"""Pieces between spaces from the first word of a name to its last: two words, or marks, may be between."""
_STRAY = 2
"""Single letters that may be before or after a name that is written letter by letter."""
_REMEMBERED = 400_000
"""Pairs of words whose answer is kept; a site of a thousand pages has about fifty thousand."""
_NUMBERED = re.compile(r"#?\bUI--[a-z][0-9]+(?:[a-z](?:-[a-z])?)?(?![\w-])")
"""Ids that the interface numbers."""
_MAILBOX = re.compile(r"[\w.+-]+$")


class Finder:
    """Looks for the names of one list. What was compared before is remembered."""

    def __init__(self, blocked: BlockedNames) -> None:
        self._blocked = blocked
        self._hashes = frozenset(hashed for hashed, _ in blocked.names)
        self._single = any(words == 1 for _, words in blocked.names)
        self._groups = read_groups(blocked.common)
        self._known: dict[str, bool] = {}
        self._tokens: dict[str, Word] = {}
        self._words: dict[str, tuple[Word, ...]] = {}
        """The words of each piece of text between spaces."""
        self._divided: set[str] = set()
        """Pieces with a word that a hyphen or a mark divides."""
        self._quiet: set[str] = set()
        """Pieces in which no word can be part of a name by itself."""
        self._lone: set[str] = set()
        """Pieces of one word, which needs another such word beside it to be a name."""
        self._harmless: set[str] = set()
        """Tags, and parts of them such as the value of an attribute, in which there is no name."""
        self._read: tuple[set[str], set[str]] = (set(), set())
        """Blocks of prose, and of data, in which there is no name: much of a page is on other pages too."""
        self._passed: tuple[set[str], set[str]] = (set(), set())
        """Words near each other in such blocks, in which there is no name."""

    def is_in_file(self, path: str, data: bytes) -> tuple[bool, str]:
        """Return whether a name is in a file, and the ordinary words before it."""
        for name, inner in files_within(path, data):
            if name != path and self.is_in(plain(name)):
                return True, ""
            before = self._find_in_passages(read_passages(name, inner), not is_prose(name, name != path))
            if before is not None:
                return True, before
        for known in (self._harmless, *self._read, *self._passed):
            if len(known) > _BLOCKS:
                known.clear()
        return False, ""

    def _find_in_passages(self, passages: Passages, loose: bool) -> str | None:
        """Return the common words before the first name in a file, None where there is no name."""
        tags = passages.tags - self._harmless
        parts = {part for tag in tags for part in tag.split('"')} - self._harmless
        if self.is_in(plain(_NUMBERED.sub("", BREAK.join(sorted(parts))))):
            return ""
        self._harmless |= tags | parts
        for text in passages.texts:
            for spelled in (text,) if text.isascii() else dict.fromkeys((text, latin(text))):
                before = self._find_in_text(spelled, loose)
                if before is not None:
                    return before
        return None

    def is_in(self, text: str) -> bool:
        """Whether a name is in an address, a tag, a path or a message."""
        for spelled in {text, latin(text)}:
            parts = {part: join_divided(part) for part in spelled.split(BREAK)}
            divided = [joined for part, joined in parts.items() if part != joined]
            divided += [pair for part in parts for pair in around_brackets(part)]
            for words in (self._read_words(spelled), self._read_words(BREAK.join(divided))):
                if self._find(words, True, True) is not None:
                    return True
            if self._is_mailbox(spelled):
                return True
        return False

    def _read_words(self, text: str) -> list[Word]:
        return [self._tokens.get(token) or self._read_word(token) for token in TOKEN.findall(text)]

    def _read_word(self, token: str) -> Word:
        if len(self._tokens) > _REMEMBERED:
            self._tokens.clear()
        word = self._tokens[token] = read_word(token, self._groups)
        return word

    def _find_in_text(self, text: str, loose: bool) -> str | None:
        """Return the common words before the first name in a text, None where there is no name.

        Only words near one that may be part of a name are looked at one by one.
        """
        read, passed = self._read[loose], self._passed[loose]
        blocks = dict.fromkeys(text.split(BREAK))
        new = [block for block in blocks if block not in read]
        new += [pair for block in new for pair in around_brackets(block)]
        pieces = _GAP.join(new).split()
        unknown = self._unknown(pieces)
        for first, last in _runs(list(compress(count(), map(unknown.__contains__, pieces)))):
            if first == last and pieces[first] in self._lone:
                continue
            start = max(0, first - 1)
            near = pieces[start : last + _REACH]
            parts = " ".join(near)
            if parts in passed:
                continue
            words = [word for piece in near for word in self._words[piece]]
            found = self._find(words, loose or pieces[first].startswith(_DATA))
            if found is not None:
                return self._ordinary_before(pieces[max(0, start - 4) : last + _REACH], words[found])
            if not self._divided.isdisjoint(near):
                joined = join_divided(parts)
                if joined != parts and self._find(self._read_words(joined), loose) is not None:
                    return ""
            passed.add(parts)
        if self._is_mailbox(text):
            return ""
        read.update(blocks)
        return None

    def _ordinary_before(self, pieces: Sequence[str], name: Word) -> str:
        """Return the common words right before a name: they help to find it and tell nothing."""
        before: list[str] = []
        for token in (token for piece in pieces for token in TOKEN.findall(piece)):
            word = self._read_words(token)[0]
            if word is name:
                break
            before = [*before, token] if word.readings and not (word.big or word.rare) else []
        return " ".join(before[-4:])

    def _unknown(self, pieces: list[str]) -> set[str]:
        """Return those pieces of a text that hold a word that may be part of a name."""
        if len(self._words) > _REMEMBERED:
            for known in (self._words, self._divided, self._quiet, self._lone):
                known.clear()
        unknown = set(pieces) - self._quiet
        for piece in [piece for piece in unknown if piece not in self._words]:
            words = self._words[piece] = tuple(self._read_words(piece))
            if any(map(self._is_blocked, (form for word in words for form in word.within))):
                continue
            joined = piece if piece.isalnum() else join_divided(piece)
            if joined != piece or piece[-1] == "-":
                self._divided.add(piece)
            if not any(word.loud for word in (words if joined == piece else (*words, *self._read_words(joined)))):
                self._quiet.add(piece)
                unknown.remove(piece)
            elif len(words) == 1 and not self._single and not (words[0].rare and self._groups):
                self._lone.add(piece)
        return unknown

    def _find(self, words: Sequence[Word], loose: bool, address: bool = False) -> int | None:
        """Return the place of the first word of a name.

        `loose` lets any words be between first name and surname, as the keys of data are; in an address capitals mean
        nothing.
        """
        loud = [at for at, word in enumerate(words) if word.loud]
        if self._single:
            for at in range(len(words)) if address else loud:
                word = words[at]
                if (word.big or address) and any(map(self._is_blocked, (*word.readings, *word.alike))):
                    return at
        if len(loud) > SHORTEST and self._is_spelled(words):
            return loud[0]
        for at, word in enumerate(words):
            if word.within and any(map(self._is_blocked, word.within)):
                return at
        if len(loud) < 2 and not self._groups and not address:
            return None
        known = _is_known(words)
        for at in loud:
            word = words[at]
            if at and word.rare and not words[at - 1].loud and self._is_pair(words[at - 1], word, address):
                return at - 1
            for there in range(at + 1, min(at + WINDOW + 1, len(words))):
                other = words[there]
                if other is BREAK_WORD:
                    break
                if there == at + 1:
                    if self._is_pair(word, other, address):
                        return at
                    if word.ends or (word.stops and not loose):
                        break
                elif self._is_far_pair(words[at : there + 1], address, known):
                    return at
                if other.ends or (not loose and (other.stops or not other.passes)):
                    break
        return None

    def _is_spelled(self, words: Sequence[Word]) -> bool:
        """Whether a name is written letter by letter, with at most two other letters before or after it.

        So the work for a run of letters does not grow with the square of its length.
        """
        runs = "".join(word.readings[0] if word.initial else " " for word in words).split()
        return any(
            self._is_blocked(run[start:end])
            for run in (run[:LONGEST] for run in runs)
            for start in range(_STRAY + 1)
            for end in range(len(run) - _STRAY, len(run) + 1)
            if end - start >= SHORTEST
        )

    def _is_pair(self, word: Word, other: Word, address: bool) -> bool:
        """Whether two words side by side are a name."""
        if word.unlisted or other.unlisted:
            return False
        if word.initial or other.initial:
            initial, name = (word, other) if word.initial else (other, word)
            fits = (initial.big and name.big) or ((initial.dotted or address) and name.rare)
            return fits and not name.initial and self._are_blocked(word, other)
        rare = (word.rare or other.rare) and not (word.stops or word.links or other.links)
        return (rare or (word.big and other.big)) and self._are_blocked(word, other)

    def _is_far_pair(self, words: Sequence[Word], address: bool, known: bool) -> bool:
        """Whether the first and last of some words are a name; an initial must be one of several, or have its dot.

        `known` says whether the words around are in a language whose common words are known.
        """
        first, *between, last = words
        if first.unlisted or last.unlisted:
            return False
        if not (first.big and last.big):
            particles = address and all(len(word.readings) == 1 and len(word.readings[0]) <= 3 for word in between)
            rare = (first.rare, last.rare)
            if not (any(rare) if particles else all(rare) and (address or known)):
                return False
        if last.initial or (first.initial and not first.dotted and not all(word.initial for word in between)):
            return False
        return self._are_blocked(first, last)

    def _are_blocked(self, word: Word, other: Word) -> bool:
        if (word.alike or other.alike) and self._blocked.initials:
            pairs = product(word.alike or map(skeleton, word.readings), other.alike or map(skeleton, other.readings))
        else:
            pairs = product(word.readings, other.readings)
        return any(self._is_blocked(f"{one} {two}" if one < two else f"{two} {one}") for one, two in pairs)

    def _is_mailbox(self, text: str) -> bool:
        if "@" not in text:
            return False
        names = [name[0] for before in text.split("@")[:-1] if (name := _MAILBOX.search(before[-LONGEST:]))]
        boxes = {
            "".join(re.findall(r"[^\W\d_]", one)).casefold() for name in names for one in (name, read_digits(name))
        }
        return any(self._is_blocked(f"{box}@") or self._is_blocked(box) for box in boxes if 3 <= len(box) <= LONGEST)

    def _is_blocked(self, form: str) -> bool:
        known = self._known.get(form)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[form] = bool(self._hashes) and hash_form(self._blocked, form) in self._hashes
        return known


@lru_cache(2)
def finder_of(blocked: Hashed[BlockedNames]) -> Finder:
    """Return the finder of a list, with what it remembers from the files before."""
    return Finder(blocked.value)


def _is_known(words: Sequence[Word]) -> bool:
    """Whether common words are not few: in another language, middle names in small letters are not looked for."""
    return len(words) < _FEW or sum(word.rare and not word.big for word in words) * 3 < len(words) * 2


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return the first and last of places that are within reach of each other."""
    start = 0
    for place in range(1, len(places) + 1):
        if place == len(places) or places[place] > places[place - 1] + _REACH:
            yield places[start], places[place - 1]
            start = place
