"""How our own build grows: time of each step, and memory, from size to size, with the exponent of growth between them.

An exponent of 1 is linear, 2 quadratic. One process (`--jobs 1`), so that time is work; one name that must never appear,
so that there is something to guard. Run as: python -m bench.growth FOLDER COUNTS
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import log
from pathlib import Path

from bench.dialects import HERE
from bench.tools import ours
from bench.work import Entry

_KINDS = ("cold", "nothing changed", "one body", "one title")
_LEAST = 5.0
"""Below which an exponent would be noise."""
Row = dict[str, float]
"""Milliseconds of each step, then what all of it took."""


def grow(work: Path, counts: list[int]) -> dict[str, dict[int, Row]]:
    """Return for each kind of work what it took at each size."""
    found: dict[str, dict[int, Row]] = {kind: {} for kind in _KINDS}
    for count in counts:
        folder = work / "growth"
        entry = Entry.prepare(ours("--jobs", "1"), folder, count)
        guard = [sys.executable, str(HERE / "build.py"), "guard", "--site", str(folder)]
        subprocess.run(guard, input="Nobody Atall\n", text=True, check=True, capture_output=True)
        for kind in _KINDS:
            entry.work(kind)
            [(cost, written)] = entry.costs[kind]
            all_of_it = {
                "all: wall": cost.wall * 1000,
                "all: processor": cost.processor * 1000,
                "largest process, MB": cost.largest / 1e6,
                "together, MB": cost.together / 1e6,
                "files written": float(written),
            }
            found[kind][count] = cost.steps() | all_of_it
        shutil.rmtree(folder)
    return found


def lines(kind: str, rows: Mapping[int, Row]) -> Iterator[str]:
    """Return the lines of one table: a row for each step, and between two sizes the exponent."""
    sizes = list(pairwise(rows))
    heads = [*(f"{count:,}" for count in rows), *(f"{one:,} → {other:,}" for one, other in sizes)]
    yield f"| {kind}, ms | {' | '.join(heads)} |"
    yield f"|---|{'--:|' * len(heads)}"
    for step in next(iter(rows.values())):
        figures = [f"{row.get(step, 0):,.0f}" for row in rows.values()]
        exponents = [exponent(one, other, rows[one].get(step, 0), rows[other].get(step, 0)) for one, other in sizes]
        yield f"| {step} | {' | '.join([*figures, *exponents])} |"


def exponent(size: int, larger: int, figure: float, next_figure: float) -> str:
    """Return the power of the size with which a figure grows, empty where it is too small to tell."""
    if min(figure, next_figure) < _LEAST:
        return ""
    return f"{log(next_figure / figure) / log(larger / size):.2f}"


def main() -> None:
    """Print the tables."""
    work, counts = Path(sys.argv[1]).resolve() / "work", [int(count) for count in sys.argv[2].split(",")]
    for kind, rows in grow(work, counts).items():
        print("\n".join(lines(kind, rows)) + "\n", flush=True)


if __name__ == "__main__":
    main()
