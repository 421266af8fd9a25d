"""Names that must never appear, kept so that the list itself names nobody.

`content/never-publish.yaml` holds a salt and hashes of normalised names. Hashing is slow on purpose (scrypt), so that
nobody can try a telephone directory against the list for nothing; `cost` says how slow. Every rendered file is
searched: its text, titles, alternative texts, metadata, its own address, its ids, and the addresses elsewhere that it
links to.

What is searched for is runs of one to four words whose first and last begin with a capital letter, and the words of
addresses and ids in any case. A name written in small letters in running text is not found.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from briefing.model.site import BlockedNames
from briefing.model.steps import NameCheckInput
from briefing.problems import Finding, Problem

LIST = "content/never-publish.yaml"
MOST_WORDS = 4
COST = 128
"""scrypt's N for a new list: 0.2 ms a try on a plain core, which lets a thousand pages be searched in half a second."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WITHIN = re.compile(r"</?(?:a|abbr|b|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|time|u)\b[^>]*>")
"""Tags within a sentence; a name may begin before one and end after it."""
_TAG = re.compile(r"<[^>]*>")
_SAID = re.compile(r'\b(?:content|alt|title|aria-label|label)="([^"]*)"')
_NAMED = re.compile(r'\bid="([^"]*)"|\bhref="https?://([^"]*)"')
_HEAD = """\
# Names that must never appear on the site, as salted hashes; nobody can be read from them.
# Add one with: python build.py guard   (it asks for the name, and does not show it)
"""


def forms(name: str) -> set[str]:
    """Give the forms of a name to look for: in both orders, without middle names, and with the first name's initial."""
    words = normalise(name)
    if not 1 <= len(words) <= MOST_WORDS:
        raise ValueError(f"a name has one to {MOST_WORDS} words")
    found = {" ".join(words)}
    if len(words) > 1:
        first, last = words[0], words[-1]
        found |= {f"{first} {last}", f"{last} {first}", f"{first[0]} {last}", f"{last} {first[0]}"}
    return found


def normalise(name: str) -> list[str]:
    """Reduce a name to what is compared: words without case, accents and possessive endings."""
    return [_bare(word) for word in _WORD.findall(name.replace("-", " "))]


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    word = re.sub(r"['’]s$", "", word)
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(sign for sign in letters if sign.isalpha())


def add(text: str, name: str) -> str:
    """Give the text of the list with one name more. The name itself does not stand in it."""
    import secrets  # which no build needs

    kept = [line for line in text.splitlines() if line.startswith("  - ")]
    salt = re.search(r"^salt: (\w+)$", text, re.MULTILINE)
    cost = re.search(r"^cost: (\d+)$", text, re.MULTILINE)
    blocked_names = BlockedNames(salt[1] if salt else secrets.token_hex(16), int(cost[1]) if cost else COST, ())
    new = [
        f"  - {{words: {len(form.split())}, hash: {_hash(blocked_names.salt, blocked_names.cost, form)}}}"
        for form in forms(name)
    ]
    lines = sorted({*kept, *new})  # sorted, so that which forms belong to one name cannot be seen
    return f"{_HEAD}salt: {blocked_names.salt}\ncost: {blocked_names.cost}\nnames:\n" + "\n".join(lines) + "\n"


@lru_cache(maxsize=200_000)
def _hash(salt: str, cost: int, form: str) -> str:
    return hashlib.scrypt(form.encode(), salt=bytes.fromhex(salt), n=cost, r=8, p=1, dklen=16).hex()


def find_blocked_names(check_input: NameCheckInput) -> tuple[Problem, ...]:
    """Look for guarded names in one rendered file. What is found is reported by its place, never by the name."""
    blocked_names = check_input.blocked_names
    if not blocked_names.names:
        return ()
    wanted = dict(blocked_names.names)
    lengths = tuple(sorted(set(wanted.values())))

    def is_guarded(gram: str) -> bool:
        return wanted.get(_hash(blocked_names.salt, blocked_names.cost, gram)) == len(gram.split())

    hint = "take it out, and everything that points to it"
    if any(is_guarded(gram) for gram in _all_runs(check_input.rendered.path, lengths)):
        message = "a name that must never be published stands in the address of a page"
        return (Finding("guarded-name", message, hint).at(LIST),)
    text = check_input.rendered.data.value.decode("utf-8", "replace")
    for before, gram in _runs(text, lengths):
        if is_guarded(gram):
            where = f"after the words “{before}”" if before else "at the beginning of a line, in an id or in a link"
            message = f"a name that must never be published stands in {check_input.rendered.path}, {where}"
            return (Finding("guarded-name", message, hint).at(check_input.path),)
    return ()


def _runs(text: str, lengths: tuple[int, ...]) -> Iterator[tuple[str, str]]:
    """Give every run of words in a file that may be a name, with the words before it."""
    for run in (*_SAID.findall(text), *_TAG.split(_WITHIN.sub("", text))):
        words = _WORD.findall(html.unescape(run).replace("-", " "))
        capitals = {place for place, word in enumerate(words) if word[0].isupper()}
        for start in sorted(capitals):
            for end in (start + length for length in lengths if start + length - 1 in capitals):
                yield " ".join(words[max(0, start - 4) : start]), " ".join(map(_bare, words[start:end]))
    for name in {name or address for name, address in _NAMED.findall(text)}:
        yield from (("", gram) for gram in _all_runs(html.unescape(name), lengths))


@lru_cache(maxsize=50_000)
def _all_runs(address: str, lengths: tuple[int, ...]) -> tuple[str, ...]:
    """Give every run of words in an address or an id, where capitals tell nothing."""
    words = normalise(re.sub(r"[/_.]", " ", address))
    runs = ((start, start + length) for start in range(len(words)) for length in lengths)
    return tuple(" ".join(words[start:end]) for start, end in runs if end <= len(words))
