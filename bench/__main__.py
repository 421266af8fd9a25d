"""The table: each generator on the same corpus, built from nothing, again, and after each kind of edit.

Run as: python -m bench FOLDER, where `make bench` has put the other generators. Runs are interleaved: in each round, a
kind of work is done by one generator after the other before the next kind. Ratios are medians over rounds of one
generator's figure to ours in the same round. Before anything is measured, all of it is done once with a few briefs; there
and in the first round, the built sites are read and must hold the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench import library
from bench.tools import all_tools
from bench.work import WORK, Entry, compare

_REHEARSED = 12
"""Briefs of the round that is not measured."""
_HEAD = """| briefs | work | generator | wall s | processor s | cores idle | largest MB | together MB | files written | to ours | to ours --no-search |
|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|"""


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    """Return the lines of the table for one size."""
    most = max(len(entry.costs["cold"]) for entry in entries)
    for kind in WORK:
        for entry in entries:
            costs = [cost for cost, _ in entry.costs[kind]]
            written = entry.costs[kind][0][1]
            cells = [
                str(entry.count),
                kind,
                entry.tool.name + (f" ({len(costs)} run)" if len(costs) < most else ""),
                f"{median(cost.wall for cost in costs):.2f}",
                f"{median(cost.processor for cost in costs):.2f}",
                f"{median(cost.idle for cost in costs):.0%}",
                f"{median(cost.largest for cost in costs) / 1e6:.0f}",
                f"{median(cost.together for cost in costs) / 1e6:.0f}",
                str(written),
                *(_ratio(entry, one, kind) for one in entries if one.tool.is_ours),
            ]
            yield f"| {' | '.join(cells)} |"


def _ratio(one: Entry, other: Entry, kind: str) -> str:
    """Return one generator's time over another's, wall and processor, in the rounds that both did."""
    pairs = list(zip(one.costs[kind], other.costs[kind], strict=False))
    wall = median(mine.wall / theirs.wall for (mine, _), (theirs, _) in pairs)
    processor = median(mine.processor / theirs.processor for (mine, _), (theirs, _) in pairs)
    return f"{wall:.2f} ({processor:.2f})"


def _share(entry: Entry, kind: str) -> str:
    """Say what share of the time each of our own steps took."""
    [(cost, _), *_] = entry.costs[kind]
    steps = cost.steps()
    total = sum(steps.values()) or 1
    shown = ", ".join(f"{step} {taken / total:.0%}" for step, taken in steps.items() if taken / total >= 0.005)
    return f"- {entry.count:,} briefs, {kind}: {shown}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure all generators side by side.")
    parser.add_argument("installed", type=Path, help="the folder where make bench put the others")
    parser.add_argument("--counts", default="100,1000", help="numbers of briefs, with commas between")
    parser.add_argument("--runs", type=int, default=3, help="rounds")
    parser.add_argument("--limit", type=float, default=60, help="seconds of a build above which it has one round")
    options = parser.parse_args()
    installed = options.installed.resolve()
    tools = all_tools(installed)
    compare(tools, installed / "work", _REHEARSED, 1, 0)
    print(_HEAD, flush=True)
    shares = []
    for count in map(int, options.counts.split(",")):
        entries = compare(tools, installed / "work", count, options.runs, options.limit)
        print("\n".join(_lines(entries)), flush=True)
        shares += [_share(entries[0], kind) for kind in WORK]
        shares.append(f"- {count:,} briefs, the Markdown library alone, in one process: {library.tell(count)}")
    print("\nOur own steps, of the time of all (check holds lint, which is never left out):\n\n" + "\n".join(shares))


if __name__ == "__main__":
    main()
