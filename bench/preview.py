"""From save to served: how long each generator's own server takes to answer with what was just saved.

A save writes new words into one text, or a new title; then the page is asked for again and again until it holds them.
Medians of several saves. Run as: python -m bench.preview FOLDER COUNTS [NAMES], where `make bench-preview` has put the
other generators.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.corpus import title
from bench.equal import address_of
from bench.measure import group, held, plain
from bench.tools import Tool, all_tools

SAVES = 7
_LONGEST = 300.0
_WORDS = ("amber", "birch", "cedar", "daisy", "elder", "fern", "gorse")
"""What tells saves apart; digits would be figures that a brief must source."""


def fetch(port: int, path: str) -> str:
    """Return a page, empty while there is none."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_LONGEST)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        data = answer.read().decode("utf-8", "replace")
        return data if answer.status == 200 else ""
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()


def wait(port: int, path: str, words: str) -> float:
    """Ask until a page holds some words, and give the seconds that took."""
    begun = time.perf_counter()
    while words not in fetch(port, path):
        if time.perf_counter() - begun > _LONGEST:
            raise TimeoutError(f"{words} never came")
        time.sleep(0.002)
    return time.perf_counter() - begun


def measure(tool: Tool, work: Path, count: int) -> str:
    """Measure one generator, and give its line of the table."""
    assert tool.serve
    folder = work / f"{tool.name}-served"
    shutil.rmtree(folder, ignore_errors=True)
    file = tool.prepare(folder, count).text
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        tool.serve(port),
        cwd=folder,
        env=plain(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            path = address_of(0)
            ready = wait(port, path, title(0))
            time.sleep(3)  # whatever it does at first, it has done
            text = file.read_text(encoding="utf-8")
            times: dict[str, list[float]] = {"body": [], "title": []}
            for number in range(SAVES):
                word = _WORDS[number % len(_WORDS)]
                for kind, old, new, awaited in (
                    ("body", "## Hours", f"Words saved {word} here.\n\n## Hours", f"saved {word} here"),
                    ("title", f"{title(0)}\n", f"{title(0)} {word}\n", f"{title(0)} {word}"),
                ):
                    file.write_text(text.replace(old, new, 1), encoding="utf-8")
                    times[kind].append(wait(port, path, awaited))
                    time.sleep(1)
            memory = sum(held(child) for child in group(server.pid))
        finally:
            os.killpg(server.pid, signal.SIGKILL)
    body, renamed = (statistics.median(times[kind]) * 1000 for kind in ("body", "title"))
    return f"| {tool.name} | {count} | {ready:.1f} s | {body:.0f} ms | {renamed:.0f} ms | {memory / 1e6:.0f} MB |"


def main() -> None:
    """Print the table."""
    installed, counts = Path(sys.argv[1]).resolve(), [int(count) for count in sys.argv[2].split(",")]
    only = sys.argv[3].split(",") if len(sys.argv) > 3 else []
    print("| server | briefs | ready | body saved to served | title saved to served | memory after |")
    print("|---|--:|--:|--:|--:|--:|", flush=True)
    for count in counts:
        for tool in all_tools(installed):
            if tool.serve and (tool.name in only or not only):
                print(measure(tool, installed / "work", count), flush=True)


if __name__ == "__main__":
    main()
