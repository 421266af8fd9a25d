"""How many instructions an idle build of ours takes: a figure that does not depend on what else the machine does.

Needs valgrind, which runs the build some fifty times slower. Run as: python -m bench.idle FOLDER COUNTS
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from bench.measure import run
from bench.tools import ours
from bench.work import Entry

_VALGRIND = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]


def main() -> None:
    """Print the number for each size."""
    for count in map(int, sys.argv[2].split(",")):
        tool = ours()
        entry = Entry.prepare(tool, Path(sys.argv[1]).resolve() / "work/idle", count)
        for kind in ("cold", "nothing changed"):
            entry.work(kind)
        [collected] = re.findall(r"Collected : (\d+)", run([*_VALGRIND, *tool.build(None)], entry.folder).said)
        print(f"{count:,} briefs, nothing changed: {int(collected) / 1e6:,.0f} million instructions", flush=True)


if __name__ == "__main__":
    main()
