"""What a preview holds in memory after many saves, of this repository's own site.

Each save writes other words into one brief, and the page is asked for until it holds them; then the memory of the
process is read. Run as: python -m bench.saves SAVES
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import held
from bench.preview import wait

HERE = Path(__file__).resolve().parent.parent
_LETTERS = "abcdefghij"


def words_for(number: int) -> str:
    """Tell saves apart without a figure, which a brief must source."""
    return f"Saved {''.join(_LETTERS[int(digit)] for digit in str(number))} here."


@contextmanager
def previewed(folder: Path) -> Iterator[tuple[int, int]]:
    """Preview a copy of the site; gives the process and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = ["--site", str(folder), "--base-url", "https://site.example"]
    command = [sys.executable, str(HERE / "build.py"), "preview", *site, "--port", str(port), "--quiet"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            yield server.pid, port
        finally:
            server.terminate()


def main() -> None:
    """Print the table."""
    saves = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE / "content", folder / "content")
        brief = min((folder / "content/briefs").glob("*.md"), key=os.path.getsize)
        text = brief.read_text(encoding="utf-8").rstrip("\n")
        with previewed(folder) as (process, port):
            print("| saves | memory |\n|---|---|", flush=True)
            for number in range(saves + 1):
                brief.write_text(f"{text}\n\n{words_for(number)}\n", encoding="utf-8")
                wait(port, f"/briefs/{brief.stem}/", words_for(number))
                if number % max(1, saves // 5) == 0:
                    print(f"| {number} | {held(process) / 1e6:.1f} MB |", flush=True)


if __name__ == "__main__":
    main()
