"""Read single files, and replace them without following a symbolic link."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from briefing.problems import BuildError, Finding, Problem

PART = ".briefing-part"
"""How the names of unfinished files and folders start. No build reads or publishes such a name."""
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
"""Open files as bytes, do not block on a pipe, and fail on a symbolic link."""
_PIECE = 2**20
"""Bytes that are read at a time."""


def read_pieces(path: str) -> Iterator[bytes]:
    """Yield the bytes of a file in pieces; raise `OSError` if the path is a symbolic link."""
    file = os.open(path, _READ)
    try:
        while piece := os.read(file, _PIECE):
            yield piece
    finally:
        os.close(file)


def find_link(root: Path, path: str) -> str:
    """Return the first part of a path below `root` that is a symbolic link; empty if there is none."""
    parts = path.split("/")
    return next((at for n in range(len(parts)) if os.path.islink(root / (at := "/".join(parts[: n + 1])))), "")


def read_file(root: Path, path: str) -> bytes | None:
    """Return the bytes of a file of the site, None if it does not exist; raise `BuildError` if that is impossible."""
    try:
        _refuse_links(root, path)
        return b"".join(read_pieces(str(root / path)))
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise BuildError([Finding("unreadable-file", message).at(path)]) from error


def replace_file(root: Path, path: str, data: bytes) -> None:
    """Replace a file of the site atomically, and create its folders; raise `BuildError` if that is impossible.

    The unfinished file has a random name and is created exclusively, so no link or file in the way can redirect it.
    """
    target = root / path
    part = target.with_name(f"{PART}-{os.urandom(8).hex()}")
    try:
        _refuse_links(root, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as file:
                file.write(data)
            os.replace(part, target)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        message = f"the file cannot be written: {error.strerror}"
        raise BuildError([Finding("unwritable-output", message).at(path)]) from error


def _refuse_links(root: Path, path: str) -> None:
    if link := find_link(root, path):
        raise BuildError([link_problem(link)])


def link_problem(path: str) -> Problem:
    """Return the problem of a symbolic link within a site."""
    return Finding("symbolic-link", "symbolic links are not followed", "put the file itself here").at(path)
