"""Words that are hardly ever in a name, and which of them the names of a list have.

A build compares two words with a list only if both may be in a name of it. Common words, long words and words without
vowels are in few names. Each of them belongs to one of 64 groups, and a list states the groups that its names
have words of. Words of the other groups need no comparison. A group has some 180 words, so it says little about a name.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from briefing.text.letters import fold

_GROUPS = 64
_LONGEST = 15
"""Letters of a first name or a surname that is not long."""
_ODD = re.compile(rf"[b-df-hjkm-np-tv-xz]+|[a-z]{{{_LONGEST + 1},}}")
"""Words without vowels, and long ones. The letter l counts as a vowel, since it may stand for i."""
_RULES = b"1"
"""Changes with the rules that put a word into a group: a list keeps to the rules with which it was made."""
_WORDS = Path(__file__).with_name("ordinary_words.json")
_OTHERS = """
    allwch ar arall bydd byddwn cael dim drwy efallai eich ein felly fod fwy fyddwch gallwch gwneud gyda gyfer hefyd
    heb hunain hwn hyn hynny iddynt mewn mwy nac nawr nid ohono ohonynt ond pob pwy rhai rhwng roedd rydych rydym sydd
    syn unrhyw wedi wneud wrth ych ydych ydym ymlaen yna yno yn yr yw alors ainsi apres aussi autre autres aux avec
    avoir cette ceux chaque comme contre depuis dont elles entre est etait etre fait leur leurs lorsque mais meme
    moins nous ont parce pendant peut plus pour quand que quelle quels qui sans ses sont sous tous tout toute toutes
    tres vers vos votre vous aber auch auf aus bei beim bis damit dass dem diese diesem diesen dieser dieses doch
    durch ein eine einem einen einer eines gegen haben hat ihre ihrem ihren ihrer ist kann kein keine konnen mehr muss
    nach nicht noch ohne schon sein seit sich sie uber und unter vom waren werden wird wir wurde wurden zum zur
    zwischen من في عن أن إن هذا هذه ذلك تلك التي الذي الذين كان كانت مع أو ثم قد لا ما لم لن هو هي هم بين بعد قبل عند
    كل غير أي كما لكن حتى إذا منذ أكثر
"""
"""Words that are in most texts in Welsh, French, German or Arabic. Some are names too, as “Vos” is."""
_EVERY = frozenset(range(_GROUPS))


@cache
def ordinary_words(listed: str = "words") -> frozenset[str]:
    """Return common words that are hardly ever a name; those that link names are listed as `links`."""
    english = frozenset(" ".join(json.loads(_WORDS.read_text("utf-8"))[listed]).split())
    return english | frozenset(fold(_OTHERS).split()) if listed == "words" else english


def group_of(word: str) -> int | None:
    """Return the group of a word that is hardly ever in a name, None for other words and for initials."""
    if len(word) > 1 and (word in ordinary_words() or _ODD.fullmatch(word)):
        return zlib.crc32(word.encode()) % _GROUPS
    return None


def state_groups(words: Iterable[str], stated: str = "") -> str:
    """Return what a list states about the words of its names; `stated` is what it stated before."""
    before = stated.split()[1:]
    found = {group for word in words if (group := group_of(word)) is not None} | set(map(int, before))
    return " ".join((_rules(), *map(str, sorted(found))))


def read_groups(stated: str) -> frozenset[int]:
    """Return the groups that a list states; all, if it states none or was made with other rules or words."""
    rules, *groups = stated.split() or [""]
    return frozenset(map(int, groups)) if rules == _rules() else _EVERY


def is_current(stated: str) -> bool:
    """Whether a list was made with these rules and words."""
    return stated.split()[:1] == [_rules()]


@cache
def _rules() -> str:
    return blake2b(_RULES + _WORDS.read_bytes() + _OTHERS.encode(), digest_size=4).hexdigest()
