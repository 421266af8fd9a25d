"""Names that must never appear, kept so that the list itself names nobody.

`content/never-publish.yaml` holds a salt and slow hashes (scrypt) of the forms of each name. Everything that is
published is searched as a person reads it: texts, attributes, addresses, file names, and what pictures say about
themselves. Two words are compared with the list where they are side by side, or have one or two words such as a middle
name between them, in either order. What is found is reported by its file, never by the name, and nothing else that is
shown repeats it (`redact`).

A hash takes 0.07 ms, so not every two words can be hashed. Two words in small letters are passed over where both are
common English words and nobody's name (`ordinary_words.json`).
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import compress, count, product
from pathlib import Path, PurePosixPath

from briefing.check.letters import fold, latin
from briefing.check.passages import BREAK, is_prose, plain, read_passages
from briefing.incremental.hashed import Hashed
from briefing.model.blocked_names import BlockedNames
from briefing.model.files import Rendered
from briefing.model.steps import NameCheckInput
from briefing.problems import Finding, Problem, has_errors

LIST = "content/never-publish.yaml"
MOST_WORDS = 8
COST = 32
"""scrypt's N for a new list: 0.07 ms for each pair of words."""
INITIALS = 512
"""scrypt's N for a surname with an initial: a text has few of them, and whoever guesses has few to try."""
_HEAD = """\
# Names that must never appear on the site, as salted hashes; nobody can be read from them.
# Add one with: python build.py guard   (it asks for the name, and does not show it)
"""
_UMLAUTS = (
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("å", "aa"),
    ("ø", "oe"),
    ("æ", "a"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
)
"""Letters, and how they are written without dots or rings."""
_DIGITS = str.maketrans("013457894", "oleastbga")
_ALIKE = str.maketrans("i1", "ll")
_LONGEST = 40
"""Letters of a word; a longer one is a digest."""
_SHORTEST = 5
"""Letters of a first name and a surname that are written as one word."""
_WINDOW = 3
"""How far apart two words of a name are at most: two words may be between them."""
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
_REMEMBERED = 400_000
"""Pairs of words whose answer is kept; a site of a thousand pages has about fifty thousand."""


def forms(name: str) -> set[str]:
    """Return the forms of a name to look for: two words in alphabetical order, or one word.

    First name and surname, each part of a double name, also with an initial, in the plural, written as one word, with
    umlauts written the other way, and with letters that pass for others (`rn` for m, l for i).
    """
    found: set[str] = set()
    for spelling in {fold(name), *(latin(fold(spelling)) for spelling in _spellings(name))}:
        groups = [words for group in spelling.split() if (words := normalise(group))]
        if len(groups) == 1:
            groups = [[word] for word in groups[0]]
        if not 1 <= len(groups) <= MOST_WORDS:
            raise ValueError(f"a name has one to {MOST_WORDS} words")
        found |= _forms(groups)
    return found | {_sorted(map(change, form.split(" "))) for form in found for change in (_skeleton, _narrow)}


def _spellings(name: str) -> Iterable[str]:
    """Return a name as it is spelled with and without umlauts, in any of its words."""
    words = []
    for word in unicodedata.normalize("NFC", name).split()[:MOST_WORDS]:
        lower = word.casefold()
        words.append({word, *(lower.replace(letter, other) for letter, other in _UMLAUTS)})
    return (" ".join(spelled) for spelled in product(*words))


def _forms(groups: list[list[str]]) -> set[str]:
    """Return the forms of one spelling, given as its words, each with the parts between hyphens and apostrophes."""
    joined = ["".join(parts) for parts in groups]
    if len(joined) == 1:
        return {joined[0], f"{joined[0]}s"}
    first = {joined[0], groups[0][0], "".join(joined[:-1])}
    last = {joined[-1], *groups[-1], *("".join(joined[place:]) for place in range(1, len(joined)))}
    first, last = ({word for word in words if len(word) > 1} or words for words in (first, last))
    found = {"".join(joined)}
    for one, other in product(first, last):
        found |= {_sorted(pair) for pair in ((one, other), (one, f"{other}s"), (one, f"{other}es"), (one[0], other))}
        found |= {one + other, other + one, f"{one[0]}{other}@", f"{other}{one[0]}@"}
        if len(joined) > 2:
            found.add(_sorted(("".join(word[0] for word in joined[:-1]), other)))
    return found


def normalise(name: str) -> list[str]:
    """Return the words of a name as they are compared: in plain letters, without case and possessive endings."""
    words = re.findall(r"[^\W\d_]+(?:'s\b)?", fold(name), re.IGNORECASE)
    return [re.sub("'s$", "", word.casefold()) for word in words]


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _narrow(word: str) -> str:
    return word.replace("rn", "m").replace("vv", "w")


def _skeleton(word: str) -> str:
    """Return a word in which letters that pass for each other are the same."""
    return _narrow(word).translate(_ALIKE)


def is_ordinary(name: str) -> bool:
    """Whether a name, in small letters, reads as common words, so that only its forms with capitals are found."""
    return all(word in _ordinary_words() for word in normalise(name))


def add(text: str, name: str) -> str:
    """Return the text of the list with one more name, which is not itself in it."""
    import secrets  # which no build needs

    kept = [line for line in text.splitlines() if line.startswith("  - ")]
    salt, cost, initials = (re.search(rf"^{key}: (\w+)$", text, re.MULTILINE) for key in ("salt", "cost", "initials"))
    old = BlockedNames(salt[1], int(cost[1]), (), int(initials[1]) if initials else 0) if salt and cost else None
    blocked = old or BlockedNames(secrets.token_hex(16), COST, (), INITIALS)
    new = [f"  - {{words: {1 + (len(normalise(name)) > 1)}, hash: {_hash(blocked, form)}}}" for form in forms(name)]
    lines = sorted({*kept, *new})  # sorted, so that which forms belong to one name cannot be seen
    costs = f"cost: {blocked.cost}\n" + (f"initials: {blocked.initials}\n" if blocked.initials else "")
    return f"{_HEAD}salt: {blocked.salt}\n{costs}names:\n" + "\n".join(lines) + "\n"


def _hash(blocked: BlockedNames, form: str) -> str:
    weak = form.endswith("@") or any(len(word) == 1 for word in form.split(" "))
    cost = blocked.initials if weak and blocked.initials else blocked.cost
    return hashlib.scrypt(form.encode(), salt=bytes.fromhex(blocked.salt), n=cost, r=8, p=1, dklen=16).hex()


# Words of a text

_TOKEN = re.compile(rf"[^\W_]+(?:'[^\W_]+)*(?:[.!?:;](?!\w))?|{BREAK}")
_HYPHEN = re.compile(r"(?<![\w/.-])([^\W\d_]+)-\s*([^\W\d_]+)(?![\w/-])")
"""A word that is divided, as at the end of a line."""
_MAILBOX = re.compile(r"[\w.+-]+$")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: how it may be read, and what tells whether it may be part of a name."""

    readings: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    """Forms of a name that the word may be by itself."""
    big: bool = False
    """Whether it begins with a capital letter, or with a letter that has no small form."""
    rare: bool = False
    """Whether it is no common word."""
    loud: bool = False
    """Whether it may be part of a name by itself."""
    disguised: bool = False
    """Whether a letter of it may stand for another."""
    initial: bool = False
    dotted: bool = False
    stops: bool = False
    """Whether a sentence or a key ends after it."""
    ends: bool = False
    """Whether a sentence ends after it, or an entry of a list."""
    passes: bool = False
    """Whether it may be between a first name and a surname."""
    links: bool = False
    """Whether it is a word such as “of” in small letters, which is no part of a name."""


_BREAK = _Word(stops=True, ends=True)


@cache
def _ordinary_words(listed: str = "words") -> frozenset[str]:
    lists = json.loads(Path(__file__).with_name("ordinary_words.json").read_text("utf-8"))
    return frozenset(" ".join(lists[listed]).split())


@lru_cache(200_000)
def _word(token: str) -> _Word:
    """Read one word; in a text of some length, nearly all were read before."""
    if token == BREAK:
        return _BREAK
    mark = token[-1] if token[-1] in ".!?:;" else ""
    spelled = re.sub("'[sS]$", "", token.rstrip(".!?:;"))
    bare = spelled.replace("'", "")
    readings, disguised = _readings(bare) if len(bare) <= _LONGEST else ([], False)
    rare = any(reading not in _ordinary_words() for reading in readings)
    big = bool(readings) and not spelled[0].islower()
    humps = [part.casefold() for part in _HUMP.split(bare)] if rare else []
    pairs = (_sorted((humps[at], other)) for at in range(len(humps)) for other in humps[at + 1 : at + 1 + _WINDOW])
    alone = (reading for reading in readings if rare and len(reading) >= _SHORTEST)
    short = len(bare) <= 3
    return _Word(
        readings=tuple(readings),
        within=(*alone, *pairs),
        big=big,
        rare=rare,
        loud=big or rare,
        disguised=disguised,
        initial=len(bare) == 1 and bool(readings),
        dotted=mark == ".",
        stops=bool(mark) and not (short and big),
        ends=mark != "" and mark != ":" and not (short and big),
        passes=big or rare or short,
        links=not big and bare in _ordinary_words("links"),
    )


def _readings(bare: str) -> tuple[list[str], bool]:
    """Return how a word may be read, and whether letters of it may stand for others."""
    word = bare.casefold()
    letters = word.strip("0123456789")
    readings = [letters] if letters.isalpha() else []
    if letters in _ordinary_words() and word.startswith(letters):
        return readings, False
    if bare.isalpha():
        if bare[0] in "lI" and bare[1:2].islower():
            readings.append(("i" if bare[0] == "l" else "l") + word[1:])
        return readings, "rn" in word or "vv" in word or re.search("[a-z]I", bare) is not None
    if letters and sum(map(str.isdigit, bare)) <= 3 and (disguised := word.translate(_DIGITS)).isalpha():
        return [*readings, disguised], True
    return readings, False


class _Finder:
    """Looks for the names of one list. What was compared before is remembered."""

    def __init__(self, blocked: BlockedNames) -> None:
        self._blocked = blocked
        self._hashes = frozenset(hashed for hashed, _ in blocked.names)
        self._single = any(words == 1 for _, words in blocked.names)
        self._known: dict[str, bool] = {}
        self._words: dict[str, tuple[_Word, ...]] = {}
        """The words of each piece of text between spaces."""
        self._quiet: set[str] = set()
        """Pieces in which no word can be part of a name by itself."""
        self._lone: set[str] = set()
        """Pieces that are a common word with a capital letter, which needs another such word beside it."""
        self._harmless: set[str] = set()
        """Tags in which there is no name."""
        self._read: tuple[set[str], set[str]] = (set(), set())
        """Pieces of prose, and of data, in which there is no name: much of a page is on other pages too."""

    def is_in_file(self, path: str, data: bytes) -> tuple[bool, str]:
        """Return whether a name is in a file, and the ordinary words before it."""
        passages = read_passages(path, data)
        for tag in sorted(passages.tags - self._harmless):
            if self.is_in(plain(tag.replace('"', BREAK))):
                return True, ""
        self._harmless |= passages.tags
        loose = not is_prose(path)
        for text in passages.texts:
            for spelled in (text,) if text.isascii() else dict.fromkeys((text, latin(text))):
                before = self._find_in_text(spelled, loose)
                if before is not None:
                    return True, before
        for known in (self._harmless, *self._read):
            if len(known) > _BLOCKS:
                known.clear()
        return False, ""

    def is_in(self, text: str) -> bool:
        """Whether a name is in an address, a tag, a path or a message."""
        spellings = {text, latin(text)} if self._hashes else set[str]()
        if "-" in text:
            spellings |= {_HYPHEN.sub(_unhyphenated, spelled) for spelled in spellings}
        for spelled in spellings:
            words = list(map(_word, _TOKEN.findall(spelled)))
            if self._find(words, True, True) is not None or self._is_mailbox(spelled):
                return True
        return False

    def _find_in_text(self, text: str, loose: bool) -> str | None:
        """Return the common words before the first name in a text, None where there is no name.

        Only words near one that may be part of a name are looked at one by one.
        """
        read = self._read[loose]
        blocks = dict.fromkeys(text.split(BREAK))
        pieces = _GAP.join([block for block in blocks if block not in read]).split()
        unknown = self._unknown(pieces)
        for first, last in _runs(list(compress(count(), map(unknown.__contains__, pieces)))):
            if first == last and pieces[first] in self._lone:
                continue
            start = max(0, first - 1)
            near = pieces[start : last + _REACH]
            words = [word for piece in near for word in self._words[piece]]
            found = self._find(words, loose or pieces[first].startswith(_DATA))
            if found is not None:
                return _ordinary_before(pieces[max(0, start - 4) : last + _REACH], words[found])
            joined = _HYPHEN.sub(_unhyphenated, parts) if "-" in (parts := " ".join(near)) else parts
            if joined != parts and self._find(list(map(_word, _TOKEN.findall(joined))), loose) is not None:
                return ""
        if self._is_mailbox(text):
            return ""
        read.update(blocks)
        return None

    def _unknown(self, pieces: list[str]) -> set[str]:
        """Return those pieces of a text that hold a word that may be part of a name."""
        if len(self._words) > _REMEMBERED:
            for known in (self._words, self._quiet, self._lone):
                known.clear()
        unknown = set(pieces) - self._quiet
        for piece in [piece for piece in unknown if piece not in self._words]:
            words = self._words[piece] = tuple(map(_word, _TOKEN.findall(piece)))
            if not any(word.loud for word in words):
                self._quiet.add(piece)
                unknown.remove(piece)
            elif len(words) == 1 and not words[0].rare and not self._single:
                self._lone.add(piece)
        return unknown

    def _find(self, words: Sequence[_Word], loose: bool, address: bool = False) -> int | None:
        """Return the place of the first word of a name.

        `loose` lets any words be between first name and surname, as the keys of data are; in an address capitals mean
        nothing.
        """
        loud = [at for at, word in enumerate(words) if word.loud]
        if self._single:
            single = range(len(words)) if address else [at for at in loud if words[at].big]
            for at in single:
                if any(map(self._is_blocked, words[at].readings)):
                    return at
        if len(loud) > _SHORTEST and self._is_spelled(words):
            return loud[0]
        for at in loud:
            word = words[at]
            if word.within and any(map(self._is_blocked, word.within)):
                return at
            if at and word.rare and not words[at - 1].loud and self._is_pair(words[at - 1], word, address):
                return at - 1
            for there in range(at + 1, min(at + _WINDOW + 1, len(words))):
                other = words[there]
                if other is _BREAK:
                    break
                if there == at + 1:
                    if self._is_pair(word, other, address):
                        return at
                    if word.ends or (word.stops and not loose):
                        break
                elif self._is_far_pair(words[at : there + 1], address, words):
                    return at
                if other.ends or (not loose and (other.stops or not other.passes)):
                    break
        return None

    def _is_spelled(self, words: Sequence[_Word]) -> bool:
        """Whether a name is written letter by letter."""
        runs = "".join(word.readings[0] if word.initial else " " for word in words).split()
        return any(
            self._is_blocked(run[start:end])
            for run in (run[:_LONGEST] for run in runs)
            for start in range(len(run) - _SHORTEST + 1)
            for end in range(start + _SHORTEST, len(run) + 1)
        )

    def _is_pair(self, word: _Word, other: _Word, address: bool) -> bool:
        """Whether two words side by side are a name."""
        if word.initial or other.initial:
            initial, name = (word, other) if word.initial else (other, word)
            fits = (initial.big and name.big) or ((initial.dotted or address) and name.rare)
            return fits and not name.initial and self._are_blocked(word, other)
        rare = (word.rare or other.rare) and not (word.stops or word.links or other.links)
        return (rare or (word.big and other.big)) and self._are_blocked(word, other)

    def _is_far_pair(self, words: Sequence[_Word], address: bool, around: Sequence[_Word]) -> bool:
        """Whether the first and last of some words are a name; an initial must be one of several, or have its dot."""
        first, *between, last = words
        if not (first.big and last.big):
            particles = address and all(len(word.readings) == 1 and len(word.readings[0]) <= 3 for word in between)
            rare = (first.rare, last.rare)
            if not (any(rare) if particles else all(rare) and (address or _is_known(around))):
                return False
        if last.initial or (first.initial and not first.dotted and not all(word.initial for word in between)):
            return False
        return self._are_blocked(first, last)

    def _are_blocked(self, word: _Word, other: _Word) -> bool:
        for one, two in product(word.readings, other.readings):
            if self._is_blocked(f"{one} {two}" if one < two else f"{two} {one}"):
                return True
            if (word.disguised or other.disguised) and self._is_blocked(_sorted((_skeleton(one), _skeleton(two)))):
                return True
        return False

    def _is_mailbox(self, text: str) -> bool:
        if "@" not in text:
            return False
        names = (_MAILBOX.search(before[-_LONGEST:]) for before in text.split("@")[:-1])
        boxes = {"".join(re.findall(r"[^\W\d_]", name[0])).casefold() for name in names if name}
        return any(self._is_blocked(f"{box}@") or self._is_blocked(box) for box in boxes if 3 <= len(box) <= _LONGEST)

    def _is_blocked(self, form: str) -> bool:
        known = self._known.get(form)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            known = self._known[form] = _hash(self._blocked, form) in self._hashes
        return known


@lru_cache(2)
def _finder(blocked: Hashed[BlockedNames]) -> _Finder:
    return _Finder(blocked.value)


def _unhyphenated(parts: re.Match[str]) -> str:
    ordinary = all(part.casefold() in _ordinary_words() for part in parts.groups())
    return parts[0] if ordinary else parts[1] + parts[2]


def _is_known(words: Sequence[_Word]) -> bool:
    """Whether common words are not few: in another language, middle names in small letters are not looked for."""
    return len(words) < _FEW or sum(word.rare and not word.big for word in words) * 3 < len(words) * 2


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return the first and last of places that are within reach of each other."""
    start = 0
    for place in range(1, len(places) + 1):
        if place == len(places) or places[place] > places[place - 1] + _REACH:
            yield places[start], places[place - 1]
            start = place


def _ordinary_before(pieces: Sequence[str], name: _Word) -> str:
    """Return the common words right before a name: they help to find it and tell nothing."""
    words: list[str] = []
    for token in (token for piece in pieces for token in _TOKEN.findall(piece)):
        if _word(token) is name:
            break
        words = [*words, token] if _word(token).readings and not _word(token).loud else []
    return " ".join(words[-4:])


# What is reported


def find_blocked_names(check_input: NameCheckInput) -> tuple[Problem, ...]:
    """Look for names in one file. What is found is reported by its place, never by the name."""
    blocked, path = check_input.blocked_names, check_input.rendered.path
    if not blocked.value.names:
        return ()
    finder = _finder(blocked)
    hint = "take it out, and everything that points to it"
    if finder.is_in(plain(path)):
        message = "a name that must never be published is in the name or address of a file"
        return (Finding("guarded-name", message, hint).at(check_input.path),)
    found, before = finder.is_in_file(path, check_input.rendered.data.value)
    if not found:
        return ()
    where = f"after the words “{before}”" if before else "at the start of a line, in an attribute, an id or a link"
    message = f"a name that must never be published is in {path}, {where}"
    return (Finding("guarded-name", message, hint).at(check_input.path),)


def redact(
    problems: Sequence[Problem],
    sources: Mapping[str, Hashed[bytes]],
    blocked: BlockedNames,
    search: Callable[[Sequence[NameCheckInput]], Iterable[tuple[Problem, ...]]],
) -> tuple[Problem, ...]:
    """Return problems that show no name: without words or a place in a file that holds one, and without its path.

    `sources` are the files that problems may point into, by path; `search` is `find_blocked_names` over several files.
    Where the list itself cannot be read, no words are shown of any file.
    """
    listed = [problem for problem in problems if problem.path == LIST and problem.code != "guarded-name"]
    broken = any(problem.level == "error" for problem in listed)
    if not (blocked.names or listed):
        return tuple(problems)
    names = Hashed.of(blocked)
    finder = _finder(names)
    shown = sorted({problem.path for problem in problems} & set(sources))
    found = search([NameCheckInput(Rendered(path, sources[path]), path, names) for path in shown if path != LIST])
    inside = [problem for problems_of in found for problem in problems_of]
    reported = {problem.path for problem in problems if problem.code == "guarded-name"}
    holding = {problem.path for problem in inside} | reported | {LIST}
    if has_errors(problems):  # then there are no pages, in which it would have been found
        problems = [*problems, *(problem for problem in inside if problem.path not in reported)]

    def safe(problem: Problem) -> Problem:
        path = problem.path
        while path and finder.is_in(plain(path)):
            path = f"{parent}/" if (parent := PurePosixPath(path).parent.as_posix()) != "." else ""
        if problem.code == "guarded-name":
            return replace(problem, path=path)
        said = f"{problem.message}{BREAK}{problem.hint}"
        if path == problem.path and not broken and path not in holding and not finder.is_in(plain(said)):
            return problem
        if path == LIST:
            message, hint = f"the list cannot be read: line {problem.line}", "add names with: python build.py guard"
        else:
            message = f"{'a file in ' + path if path != problem.path else 'this file'} has a problem that is not shown"
            reason = "the list of names is readable" if broken else "the name that must never be published is out"
            hint = f"it will be when {reason}"
        return replace(problem, path=path, line=0, column=0, length=1, message=message, hint=hint)

    return tuple(sorted({safe(problem) for problem in problems}))
