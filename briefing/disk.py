"""Reading and replacing single files on the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Open files as bytes, and do not block on a pipe."""
_PIECE = 2**20
"""Bytes that are read at a time."""
_TEMPORARY = ".briefing-part-"


def read_pieces(path: str, how: int = 0) -> Iterator[bytes]:
    """Yield the bytes of a file in pieces; `how` adds flags of `os.open`."""
    file = os.open(path, _READ | how)
    try:
        while piece := os.read(file, _PIECE):
            yield piece
    finally:
        os.close(file)


def replace_file(target: Path, data: bytes) -> None:
    """Replace a file atomically: a reader sees the old one or the new one, never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(_TEMPORARY + target.name)
    part.write_bytes(data)
    os.replace(part, target)
