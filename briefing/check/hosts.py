"""Hosts that look like other hosts: letters of two scripts in one name, or letters like those of another host."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from briefing.problems import Finding, Problem, Span
from briefing.text.letters import latin

_BESIDE_LATIN = {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "DIGIT"}
"""Scripts that honest names mix, as in Japanese."""
_SAME = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"))
"""Plain letters and digits that look alike."""


def check_hosts(cited: Iterable[tuple[str, str, Span]]) -> Iterator[Problem]:
    """Yield a problem for each host that looks like another; `cited` are path, host and place of each address."""
    places = list(cited)
    plainest: dict[str, str] = {}
    for host in sorted({host.removeprefix("www.") for _, host, _ in places}, key=_oddness):
        like_i = plainest.get(_skeleton(host.replace("1", "i")), host)
        plainest.setdefault(_skeleton(host), like_i)
    for path, host, span in places:
        bare = host.removeprefix("www.")
        other = plainest[_skeleton(bare)]
        if other != bare:
            yield _looks_like(bare, other, "another address of this site").at(path, span)
        elif not bare.isascii() and (finding := _check_scripts(bare)):
            yield finding.at(path, span)


@cache
def _skeleton(host: str) -> str:
    """Return the same text for all hosts that look alike."""
    plain = latin(host).casefold()
    for shown, letter in _SAME:
        plain = plain.replace(shown, letter)
    return plain


def _oddness(host: str) -> tuple[int, bool, str]:
    """Return a number that is low for the host that the others imitate: letters that are not plain, then digits."""
    return sum(not character.isascii() for character in host), host != _skeleton(host), host


def _check_scripts(host: str) -> Finding | None:
    labels = host.split(".")
    for label in labels:
        letters = {
            character: unicodedata.name(character, "?").partition(" ")[0] for character in label if character.isalpha()
        }
        foreign = {character for character, script in letters.items() if script not in _BESIDE_LATIN}
        if len({letters[one] for one in foreign}) > 1 or (foreign and "LATIN" in letters.values()):
            return Finding("lookalike-host", f"the host “{host}” mixes scripts: {_named(foreign)}", _HINT)
        if foreign == set(letters) and foreign and latin(label).isascii() and labels[-1].isascii():
            return _looks_like(host, latin(host), "a host in Latin letters")
    return None


_HINT = "type the address yourself instead of copying it, and open it before you publish"


def _looks_like(host: str, other: str, what: str) -> Finding:
    odd = {character for character in host if character not in other}
    named = f": {_named(odd)}" if odd else ""
    return Finding("lookalike-host", f"the host “{host}” looks like {what}, “{other}”{named}", _HINT)


def _named(characters: Iterable[str]) -> str:
    named = (f"“{one}” is U+{ord(one):04X} {unicodedata.name(one, '')}".strip() for one in sorted(characters))
    return ", ".join(named)
