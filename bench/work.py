"""One generator's site of one size, the kinds of work that it is measured at, and what each of them cost."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpus import title
from bench.dialects import Places
from bench.equal import find_faults, page_of
from bench.measure import Cost, run
from bench.tools import Tool

_WORDS, _RENAMED, _MARK = "Words saved here.", f"{title(0)} renamed", "edited-layout"
_EDITS = {
    "one body": ("text", "## Hours", f"{_WORDS}\n\n## Hours"),
    "one title": ("text", f"{title(0)}\n", f"{_RENAMED}\n"),
    "one template": ("layout", "</h1>", f'</h1><i class="{_MARK}"></i>'),
    "one style sheet": ("style", "", f".{_MARK} {{ color: inherit; }}\n"),
}
"""What is edited, what stands there, and what then stands there."""
WORK = ("cold", "nothing changed", *_EDITS)


@dataclass(slots=True)
class Entry:
    """One generator and its site of one size, with what each kind of work has cost in each round."""

    tool: Tool
    folder: Path
    count: int
    places: Places
    costs: dict[str, list[tuple[Cost, int]]] = field(default_factory=lambda: {work: [] for work in WORK})
    """With the number of files written."""

    @classmethod
    def prepare(cls, tool: Tool, folder: Path, count: int) -> Entry:
        """Write a generator's corpus where nothing else is."""
        for old in (folder, folder.with_name(f"{folder.name}-before")):
            shutil.rmtree(old, ignore_errors=True)
        return cls(tool, folder, count, tool.prepare(folder, count))

    @property
    def output(self) -> Path:
        """Where the built site is."""
        return self.folder / self.tool.output

    def work(self, kind: str) -> None:
        """Do one kind of work, and note what it costs."""
        edited = None
        if kind == "cold":
            self._put_aside()
        elif kind in _EDITS:
            place, old, new = _EDITS[kind]
            edited = getattr(self.places, place)
            text = edited.read_text(encoding="utf-8")
            assert old in text, f"{edited} holds no {old}"
            edited.write_text(text.replace(old, new, 1), encoding="utf-8")
        before = _state(self.output)
        cost = run(self.tool.build(edited.relative_to(self.folder) if edited else None), self.folder)
        after = _state(self.output)
        self.costs[kind].append((cost, sum(before.get(path) != state for path, state in after.items())))

    def _put_aside(self) -> None:
        """Take away what builds have left, without deleting it: ext4 makes files slowly for a minute after many went."""
        aside = self.folder.with_name(f"{self.folder.name}-before") / str(len(self.costs["cold"]))
        aside.mkdir(parents=True)
        for kept in (self.tool.output, *self.tool.kept):
            if os.path.lexists(self.folder / kept):
                (self.folder / kept).rename(aside / kept)

    def undo(self) -> None:
        """Take all edits back."""
        for place, old, new in reversed(_EDITS.values()):
            path: Path = getattr(self.places, place)
            path.write_text(path.read_text(encoding="utf-8").replace(new, old, 1), encoding="utf-8")

    def faults(self, kind: str) -> list[str]:
        """Say in what the built site falls short after one kind of work."""
        if kind == "cold":
            return find_faults(self.output, self.count)
        if kind == "one body":
            page = self.output / page_of(0)
            return [] if _WORDS in page.read_text(encoding="utf-8") else [f"{page_of(0)}: without the new words"]
        if kind == "one style sheet":  # the last: all edits must be there
            faults = find_faults(self.output, self.count, {0: _RENAMED})
            pages = (page_of(number) for number in range(self.count))
            faults += [f"{one}: not the new layout" for one in pages if _MARK not in (self.output / one).read_text()]
            if not any(_MARK in path.read_text(encoding="utf-8") for path in self.output.rglob("style.css")):
                faults.append("style.css: not the new one")
            return faults
        return []


def compare(tools: Sequence[Tool], work: Path, count: int, rounds: int, limit: float) -> list[Entry]:
    """Measure all generators on one size; a peer whose first build takes longer than `limit` seconds has one round."""
    entries = [Entry.prepare(tool, work / re.sub(r"\W+", "-", tool.name), count) for tool in tools]
    for number in range(rounds):
        taking = [one for one in entries if not number or one.tool.is_ours or one.costs["cold"][0][0].wall <= limit]
        taking = taking[number % len(taking) :] + taking[: number % len(taking)]
        for kind in WORK:
            for entry in taking:
                entry.work(kind)
                faults = entry.faults(kind) if not number else []
                if faults:
                    shown = "\n".join(faults[:10])
                    raise SystemExit(f"{entry.tool.name}, {count} briefs, {kind}: not the same work\n{shown}")
        for entry in taking:
            entry.undo()
    return entries


def _state(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Return what tells whether files have been written."""
    return {
        path: (found.st_ino, found.st_mtime_ns, found.st_size)
        for path in folder.rglob("*")
        if path.is_file() and (found := path.stat())
    }
