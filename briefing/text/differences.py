"""The difference between two texts, block by block and word by word.

Reading the result without what was removed gives the new text, and without what was added the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from briefing.model.versions import Block, BlockForm, Piece

_MARKS: dict[str, BlockForm] = {
    "# ": "h1",
    "## ": "h2",
    "### ": "h3",
    "- ": "item",
    "> ": "quote",
    "| ": "row",
    "` ": "code",
}
_ESCAPE = "\\"
_ALIKE = 0.4
"""How alike two blocks must be to be shown as one that was changed: 0 is not at all, 1 is the same."""
_MOST_PAIRS = 2_500
"""Pairs of blocks that are compared in one place of a text; longer places are shown as removed and added."""
_FEW_WORDS = 2
"""Up to so many words that stayed between two changes are shown as changed too, so that a reader can follow."""


def write_line(form: BlockForm, words: str) -> str:
    """Return the line of a block. Its words have single spaces, and tabs only between cells."""
    words = "\t".join(" ".join(cell.split()) for cell in words.split("\t"))
    mark = next((mark for mark, one in _MARKS.items() if one == form), "")
    return f"{mark}{words}" if mark else f"{_ESCAPE}{words}" if words.startswith((*_MARKS, _ESCAPE)) else words


def read_line(line: str) -> tuple[BlockForm, str]:
    """Return what a block is, and its words."""
    for mark, form in _MARKS.items():
        if line.startswith(mark):
            return form, line[len(mark) :]
    return "p", line.removeprefix(_ESCAPE)


def read_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of a text that did not change."""
    return tuple(Block(form, (Piece(words),)) for form, words in map(read_line, lines))


def compare(old: Sequence[str], new: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of two texts, in order, with what was removed and added."""
    blocks: list[Block] = []
    for change, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            blocks += read_blocks(old[start:end])
        else:
            blocks += _compare_blocks(old[start:end], new[first:last])
    return tuple(blocks)


def _compare_blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Yield blocks that differ: each old one beside the next new one of its form that is like it, if there is one."""
    at = 0
    for line in old:
        form, words = read_line(line)
        found = next((n for n in range(at, len(new)) if _are_alike(line, new[n])), -1) if _few(old, new) else -1
        if found < 0:
            yield _whole(line, "removed")
            continue
        for added in new[at:found]:
            yield _whole(added, "added")
        yield Block(form, tuple(compare_words(words, read_line(new[found])[1])))
        at = found + 1
    for added in new[at:]:
        yield _whole(added, "added")


def _few(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) * len(new) <= _MOST_PAIRS


def _whole(line: str, change: str) -> Block:
    form, words = read_line(line)
    return Block(form, (Piece(words, "added" if change == "added" else "removed"),))


def _are_alike(old: str, new: str) -> bool:
    if read_line(old)[0] != read_line(new)[0]:
        return False
    matcher = SequenceMatcher(None, old.split(" "), new.split(" "), autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def compare_words(old: str, new: str) -> Iterator[Piece]:
    """Yield the words of two blocks, with what was removed before what was added in its place."""
    before, after = old.split(" "), new.split(" ")
    runs: list[tuple[list[str], list[str], list[str]]] = [([], [], [])]  # what was removed and added, and what stayed
    for change, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        removed, added, stayed = runs[-1]
        if change == "equal":
            stayed += before[start:end]
        elif (removed or added) and len(stayed) <= _FEW_WORDS:
            removed += [*stayed, *before[start:end]]
            added += [*stayed, *after[first:last]]
            stayed.clear()
        else:
            runs.append((before[start:end], after[first:last], []))
    for removed, added, stayed in runs:
        if removed:
            yield Piece(" ".join(removed), "removed")
        if added:
            yield Piece(" ".join(added), "added")
        if stayed:
            yield Piece(" ".join(stayed))
