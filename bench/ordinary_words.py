"""How `briefing/check/ordinary_words.json` was made: common English words in small letters that are no one's name.

From the word lists of SCOWL (Debian's package `scowl`, 2020.12.07), sizes 10 and 20, and from what our own templates,
style sheets, scripts and exports are written with, less every word that SCOWL's lists of proper names hold too.
Run as: python -m bench.ordinary_words FOLDER-OF-SCOWL
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

from bench.dialects import HERE

_SPELLINGS = ("english", "british", "british_z", "american")
_OURS = ("templates", "assets", "briefing/render", "briefing/postprocess")
_WEB = (
    "https http www com org net html page url pdf json csv svg css href src alt rel lang meta aria nav main footer div"
)
_NO_NAMES = """
    a he as am in be at no us more set left best begin short long north south east west sunday monday tuesday wednesday
    thursday friday saturday january february march july september october november december spring summer autumn case
"""
"""Words that are names of something, a chemical element or a place, and far more often are not."""
_LINKS = """
    of to in is by as at or on if it be we us the and but for nor yet from with without within into onto over under about
    above after again against before behind below between beyond during until while because since though although unless
    whether when where which who whom whose what why how that this these those there their them they then than thus she
    him his its our your you was were are been being have had has having does did done doing would could should might
    must shall not all any both each few many most much other some such only own same too very also just even still ever
    never more less here now one two three out off once upon per via said says
"""
"""Words that link others: in small letters, they are in no name."""
_SUBJECT = re.compile(r"grooming|abuse|exploitation|inquiry|sexual")
"""Words that a test keeps out of the generator."""


def words(folder: Path, kinds: Iterable[str], sizes: Iterable[int]) -> set[str]:
    """Read some of SCOWL's lists."""
    names = [f"{spelling}-{kind}.{size}" for spelling in _SPELLINGS for kind in kinds for size in sizes]
    paths = [path for name in names if (path := folder / name).exists()]
    return {word for path in paths for word in path.read_text("latin-1").split()}


def ours() -> set[str]:
    """Read the words of our own templates, style sheets, scripts and exports."""
    paths = [path for folder in _OURS for path in (HERE / folder).rglob("*") if path.is_file()]
    texts = [
        path.read_text("utf-8") for path in paths if path.suffix in (".html", ".css", ".js", ".txt", ".xml", ".py")
    ]
    return {word.casefold() for text in texts for word in re.findall(r"(?<![\w%])[A-Za-z]{2,}(?!\w)", text)}


def main() -> None:
    """Write the list."""
    folder = Path(sys.argv[1])
    common = {word for word in words(folder, ["words"], (10, 20)) if re.fullmatch("[a-z]+", word)} | ours()
    names = words(folder, ["proper-names", "upper"], (10, 20, 35, 40, 50))
    kept = (common - {name.removesuffix("'s").casefold() for name in names}) | set(
        f"{_WEB} {_NO_NAMES} {_LINKS}".split()
    )
    lines = textwrap.wrap(" ".join(sorted(word for word in kept if not _SUBJECT.search(word))), 118)
    about = [
        "Common English words that are no names, from SCOWL, sizes 10 and 20; made by bench/ordinary_words.py.",
        "SCOWL is Copyright 2000-2011 by Kevin Atkinson. Permission to use, copy, modify, distribute and sell these word"
        " lists, the associated scripts, the output created from the scripts, and its documentation for any purpose is"
        " hereby granted without fee, provided that the above copyright notice appears in all copies and that both that"
        " copyright notice and this permission notice appear in supporting documentation. Kevin Atkinson makes no"
        " representations about the suitability of this array for any purpose. It is provided as is without express or"
        " implied warranty.",
    ]
    path = HERE / "briefing/check/ordinary_words.json"
    links = textwrap.wrap(" ".join(sorted(_LINKS.split())), 118)
    listed = {"about": about, "links": links, "words": lines}
    path.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
