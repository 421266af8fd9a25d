"""The values of fields in BibTeX: words in braces or quotation marks, numbers, names of `@string`, joined by `#`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, String

from briefing.bibliography.works import BrokenExport

_SIGN = re.compile(r"(?<!\\)[{}\"#]")


def read_values(blocks: Iterable[Block], most: int) -> list[Entry]:
    """Replace the value of each field by the words that it stands for, and return the entries.

    Raises `BrokenExport` if names that stand for each other make more than `most` characters of it.
    """
    inner = [
        one.ignore_error_block if isinstance(one, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)) else one
        for one in blocks
    ]
    known: dict[str, str] = {}
    for block in inner:
        if isinstance(block, String):
            known[block.key.casefold()], most = _join(str(block.value), known, most)
    entries = [block for block in inner if isinstance(block, Entry)]
    for entry in entries:
        for field in entry.fields:
            field.value, most = _join(str(field.value), known, most)
    return entries


def _join(value: str, known: Mapping[str, str], most: int) -> tuple[str, int]:
    """Return the words of a value, and how many characters the values after it may have."""
    pieces = [_words(one.strip(), known) for one in _pieces(value)]
    most -= sum(map(len, pieces))
    if most < 0:
        raise BrokenExport("its entries repeat the same words too often", "export each entry with its own fields")
    return "".join(pieces), most


def _words(piece: str, known: Mapping[str, str]) -> str:
    if len(piece) > 1 and piece[0] + piece[-1] in ('""', "{}"):
        return piece[1:-1]
    return known.get(piece.casefold(), piece)


def _pieces(value: str) -> Iterator[str]:
    """Yield the parts of a value: what is between `#` outside of braces or quotation marks."""
    depth, is_quoted, begin = 0, False, 0
    for sign in _SIGN.finditer(value):
        if sign[0] == '"':
            is_quoted ^= not depth
        elif sign[0] != "#":
            depth += 1 if sign[0] == "{" else -1
        elif not depth and not is_quoted:
            yield value[begin : sign.start()]
            begin = sign.end()
    yield value[begin:]
