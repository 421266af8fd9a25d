"""The list of names that must never appear, kept so that the list itself names nobody.

`content/never-publish.yaml` has a salt and slow hashes (scrypt) of the forms of each name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from itertools import product

from briefing.check.common_words import is_current, ordinary_words, state_groups
from briefing.model.blocked_names import BlockedNames
from briefing.text.letters import fold, latin

LIST = "content/never-publish.yaml"
MOST_WORDS = 8
COST = 32
"""scrypt's N for a new list: 0.07 ms for each pair of words."""
INITIALS = 512
"""scrypt's N for a surname with an initial: a text has few of them, and whoever guesses has few to try."""
_HEAD = """\
# Names that must never appear on the site, as salted hashes; nobody can be read from them.
# Add one with the command guard (it asks for the name, and does not show it)
"""
_HEADS = ("salt", "cost", "initials", "common")
"""What a list states before its names."""
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
_ALIKE = str.maketrans("i1", "ll")


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
    return found | {sort_words(map(change, form.split(" "))) for form in found for change in (skeleton, _narrow)}


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
    first = {joined[0], *groups[0], "".join(joined[:-1])}
    last = {joined[-1], *groups[-1], *("".join(joined[place:]) for place in range(1, len(joined)))}
    first, last = ({word for word in words if len(word) > 1} or words for words in (first, last))
    found = {"".join(joined)}
    if len(groups[0]) > 1:
        found |= {sort_words(("".join(part[0] for part in groups[0]), other)) for other in last}
    for one, other in product(first, last):
        found |= {sort_words(pair) for pair in ((one, other), (one, f"{other}s"), (one, f"{other}es"), (one[0], other))}
        found |= {one + other, other + one, f"{one[0]}{other}@", f"{other}{one[0]}@"}
        if len(joined) > 2:
            found.add(sort_words(("".join(word[0] for word in joined[:-1]), other)))
    return found


def normalise(name: str) -> list[str]:
    """Return the words of a name as they are compared: in plain letters, without case and possessive endings."""
    words = re.findall(r"[^\W\d_]+(?:'s\b)?", fold(name), re.IGNORECASE)
    return [re.sub("'s$", "", word.casefold()) for word in words]


def sort_words(words: Iterable[str]) -> str:
    """Return words in alphabetical order, which is how a pair is hashed."""
    return " ".join(sorted(words))


def _narrow(word: str) -> str:
    return word.replace("rn", "m").replace("vv", "w")


def skeleton(word: str) -> str:
    """Return a word in which letters that pass for each other are the same."""
    return _narrow(word).translate(_ALIKE)


def is_ordinary(name: str) -> bool:
    """Whether a name, in small letters, reads as common words, so that only its forms with capitals are found."""
    return all(word in ordinary_words() for word in normalise(name))


def add(text: str, name: str) -> str:
    """Return the text of the list with one more name, which is not itself in it."""
    import secrets  # which no build needs

    kept = [line for line in text.splitlines() if line.startswith("  - ")]
    read = {key: (re.search(rf'^{key}: "?([^"\n]+)', text, re.MULTILINE) or ["", ""])[1] for key in _HEADS}
    if read["salt"] and read["cost"]:
        blocked = BlockedNames(read["salt"], int(read["cost"]), (), int(read["initials"] or 0))
    else:
        blocked = BlockedNames(secrets.token_hex(16), COST, (), INITIALS)
    added = forms(name)
    if is_current(read["common"]) or not kept:
        read["common"] = state_groups(words_of(added), read["common"])
    else:
        read["common"] = ""
    many = 1 + (len(normalise(name)) > 1)
    new = [f"  - {{words: {many}, hash: {hash_form(blocked, form)}}}" for form in added]
    lines = sorted({*kept, *new})  # sorted, so that which forms belong to one name cannot be seen
    read |= {"salt": blocked.salt, "cost": f"{blocked.cost}", "initials": f"{blocked.initials or ''}"}
    read["common"] = read["common"] and f'"{read["common"]}"'  # it may look like a number
    head = "".join(f"{key}: {value}\n" for key, value in read.items() if value)
    return f"{_HEAD}{head}names:\n" + "\n".join(lines) + "\n"


def words_of(found: Iterable[str]) -> set[str]:
    """Return the words of the forms that have two, or of a name of one word."""
    words = {word for form in found if " " in form for word in form.split(" ")}
    return words or {form for form in found if not form.endswith("@")}


def hash_form(blocked: BlockedNames, form: str) -> str:
    """Return the slow hash of a form; a form that is quick to guess has a slower one."""
    weak = form.endswith("@") or any(len(word) == 1 for word in form.split(" "))
    cost = blocked.initials if weak and blocked.initials else blocked.cost
    return hashlib.scrypt(form.encode(), salt=bytes.fromhex(blocked.salt), n=cost, r=8, p=1, dklen=16).hex()
