"""Hosts that look like other hosts: letters of two scripts in one name, or letters like those of another host."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from briefing.problems import Finding, Problem, Span
from briefing.text.letters import latin

_BESIDE_LATIN = {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "DIGIT"}
"""Scripts that honest names mix, as in Japanese."""
_SAME = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"))
"""Plain letters and digits that look alike."""
_LIKE_SLASHES = "\u4e00\u4e36\u4e3f\u3033\u3035\u30bd\u30be\u30ce\u30f3\u30fc\u30fd\u30fe"
"""Letters of Japanese and Chinese that look like slashes and dashes where no other letter of these is beside them."""
_BELOW = 220
"""Unicode's class of marks below a letter, which the line below a link hides."""


def check_hosts(cited: Iterable[tuple[str, str, Span]]) -> Iterator[Problem]:
    """Yield a problem for each host that looks like another.

    `cited` are path, host as typed and place of each address. A capital I is seen as a small L.
    """
    places = list(cited)
    plainest: dict[str, str] = {}
    for typed in sorted({host for _, host, _ in places}, key=_oddness):
        host = _bare(typed)
        like_i = plainest.get(_skeleton(host.replace("1", "i")), host)
        plainest.setdefault(_seen(typed), like_i)
    for path, typed, span in places:
        host, other = _bare(typed), plainest[_seen(typed)]
        if other != host:
            yield _looks_like(typed, other, "another address of this site").at(path, span)
        elif not host.isascii() and (finding := _check_scripts(host)):
            yield finding.at(path, span)


def _bare(typed: str) -> str:
    return typed.lower().removeprefix("www.")


def _seen(typed: str) -> str:
    return _skeleton(typed.replace("I", "l").lower().removeprefix("www."))


@cache
def _skeleton(host: str) -> str:
    """Return the same text for all hosts that look alike."""
    if not host.isascii():
        apart = unicodedata.normalize("NFD", host)
        host = unicodedata.normalize("NFC", "".join(one for one in apart if unicodedata.combining(one) != _BELOW))
    plain = latin(host).casefold()
    for shown, letter in _SAME:
        plain = plain.replace(shown, letter)
    return plain


def _oddness(typed: str) -> tuple[int, bool, str]:
    """Return a number that is low for the host that the others imitate: letters that are not plain, then digits."""
    odd = sum(not character.isascii() or character == "I" for character in typed)
    return odd, _bare(typed) != _skeleton(_bare(typed)), typed


def _check_scripts(host: str) -> Finding | None:
    labels = host.split(".")
    for label in labels:
        odd = {one for at, one in enumerate(label) if one in _LIKE_SLASHES and not _is_eastern(label, at)}
        odd |= {one for one in label if one in "\u0251\u0261" or "SMALL CAPITAL" in unicodedata.name(one, "")}
        if odd:
            return Finding(
                "lookalike-host", f"the host “{host}” has letters that look like others: {_named(odd)}", _HINT
            )
        letters = {
            character: unicodedata.name(character, "?").partition(" ")[0] for character in label if character.isalpha()
        }
        foreign = {character for character, script in letters.items() if script not in _BESIDE_LATIN}
        if len({letters[one] for one in foreign}) > 1 or (foreign and "LATIN" in letters.values()):
            return Finding("lookalike-host", f"the host “{host}” mixes scripts: {_named(foreign)}", _HINT)
        if foreign == set(letters) and foreign and latin(label).isascii() and labels[-1].isascii():
            return _looks_like(host, latin(host), "a host in Latin letters")
    return None


def _is_eastern(label: str, at: int) -> bool:
    """Whether a letter of Japanese or Chinese is beside another that does not look so."""
    beside = label[max(0, at - 1) : at] + label[at + 1 : at + 2]
    return any(one not in _LIKE_SLASHES and unicodedata.east_asian_width(one) == "W" for one in beside)


_HINT = "type the address yourself instead of copying it, and open it before you publish"


def _looks_like(host: str, other: str, what: str) -> Finding:
    odd = {character for character in host if character not in other}
    named = f": {_named(odd)}" if odd else ""
    return Finding("lookalike-host", f"the host “{host}” looks like {what}, “{other}”{named}", _HINT)


def _named(characters: Iterable[str]) -> str:
    named = (f"“{one}” is U+{ord(one):04X} {unicodedata.name(one, '')}".strip() for one in sorted(characters))
    return ", ".join(named)
