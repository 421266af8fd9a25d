"""How many calls builds of ours make: a figure that does not depend on what else the machine does.

Guards against a change that makes every build slower. The texts are of three kinds: plain ones, and ones with many
citations or many links. Python counts calls of its own functions and of those in C. Run as: python -m bench.smoke
"""

from __future__ import annotations

import sys
from cProfile import Profile
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import dialects
from bench.corpus import MORE, name
from briefing.incremental.memo import Memo
from briefing.pipeline.build import build
from briefing.project import Project

_FEW, _MANY = 5, 9
"""Briefs of two sites. What one more brief takes is the difference between them."""
LIMITS = {
    "plain, one brief more": 31_600,
    "plain, nothing changed": 5_200,
    "plain, one body": 79_900,
    "citations, one brief more": 66_600,
    "citations, one body": 183_100,
    "links, one brief more": 69_200,
    "links, one body": 167_900,
}
"""The most calls of each kind of work, a seventh more than were needed on Python 3.11.

A change that needs more for a good reason raises a limit here.
"""


def measure() -> dict[str, int]:
    """Return the calls of each kind of work that has a limit."""
    found: dict[str, int] = {}
    with TemporaryDirectory() as folder:
        _Site(Path(folder) / "first", "citations", 1).calls()  # loads modules
        for kind in MORE:
            few, many = (_Site(Path(folder) / f"{kind}-{count}", kind, count) for count in (_FEW, _MANY))
            found[f"{kind}, one brief more"] = (many.calls() - few.calls()) // (_MANY - _FEW)
            if kind == "plain":
                found[f"{kind}, nothing changed"] = many.calls()
            many.edit()
            found[f"{kind}, one body"] = many.calls()
    return found


class _Site:
    """A site with a number of briefs, which all have a text of one kind."""

    def __init__(self, root: Path, kind: str, count: int) -> None:
        self.root, self.memo = root, Memo()
        dialects.ours(root, count, kind)

    def calls(self) -> int:
        """Build the site, and return how many calls that took."""
        profile = Profile()
        profile.enable()
        report = build(Project.at(self.root, "2026-03-01"), self.memo)
        profile.disable()
        assert report.written is not None, [problem.message for problem in report.problems]
        return sum(entry.callcount for entry in profile.getstats())

    def edit(self) -> None:
        """Change the words of one brief."""
        path = self.root / f"content/briefs/{name(0)}.md"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("## Hours", "Words saved here.\n\n## Hours", 1), encoding="utf-8")


def main() -> int:
    """Print the calls of each kind of work with its limit; return 1 if one is exceeded."""
    found = measure()
    print("\n".join(f"{work}: {calls:,} of {LIMITS[work]:,}" for work, calls in found.items()))
    return int(any(calls > LIMITS[work] for work, calls in found.items()))


if __name__ == "__main__":
    sys.exit(main())
