"""Which paths the files of a site may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.model.addresses import fold, folders_of
from briefing.problems import Finding, Problem
from briefing.write.manifest import MANIFEST

_LONGEST_NAME = 255
"""Bytes that common file systems allow for one name."""
_HINT = "choose another id, file name or redirect_from"


def check_paths(paths: Iterable[str], folder: str) -> Iterator[Problem]:
    """Yield a problem for each path that cannot be written, or not beside another one on every disk.

    A path stays inside the output folder, and none of its parts starts with a dot: those names are kept for unfinished
    files and for tools. Two paths clash if only case or accents distinguish them, and if one is a folder of the other.
    `folder` is the name of the output folder, for the places of the problems.
    """
    files = {fold(MANIFEST): MANIFEST}
    for path in paths:
        shown = f"{folder}/{path[:120]}".replace("\0", "?")
        if finding := _check_path(path):
            yield finding.at(shown)
        elif other := files.get(fold(path)):
            same = (
                "two files of the site have this path"
                if other == path
                else f"only case or accents distinguish this path from {other}"
            )
            yield Finding("address-clash", same, _HINT).at(shown)
        else:
            files[fold(path)] = path
    for key, path in files.items():
        for parent in folders_of(key):
            if parent in files:
                message = f"{files[parent]} is a file of the site, so it cannot be a folder that contains {path}"
                yield Finding("address-clash", message, _HINT).at(f"{folder}/{files[parent]}")


def _check_path(path: str) -> Finding | None:
    parts = path.split("/")
    if "\0" in path or any(len(part.encode()) > _LONGEST_NAME for part in parts):
        message = f"a file name can have at most {_LONGEST_NAME} bytes, and no null byte"
        return Finding("impossible-name", message, "choose a shorter id")
    if not all(map(is_name, parts)):
        return Finding("outside-output", "this file would be written outside the output folder")
    if any(part.startswith(".") for part in parts):
        return Finding("impossible-name", "no part of a published path can start with a dot", _HINT)
    return None


def is_name(part: str) -> bool:
    """Whether one part of a path is a plain name on any system."""
    return part not in ("", ".", "..") and "\\" not in part and ":" not in part and "\0" not in part
