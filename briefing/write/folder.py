"""Make the output folder hold exactly the files of a build.

Files are compared by content: equal ones stay, different ones are replaced, those of an earlier build that this build
does not make are removed. Files that no build made are never touched. Files are replaced only after every new file is
on the disk, so a full disk or a killed build does not damage the site.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.disk import PART, read_pieces
from briefing.incremental.hashed import Hashed
from briefing.model.addresses import folders_of
from briefing.model.files import Rendered
from briefing.problems import BuildError, Finding, Problem
from briefing.values import dataclass
from briefing.write.errors import refuse_link, unwritten
from briefing.write.manifest import MANIFEST
from briefing.write.paths import OUTSIDE, check_paths, is_name

_STAGE = PART
"""The folder inside the output that holds new files until all of them are on the disk."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: paths of new or replaced files, removed files, and the number of unchanged files."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


def write(output: Path, files: Iterable[Rendered], manifest: Rendered) -> Written:
    """Make the folder hold exactly these files and those that no build made; raise `BuildError` if it cannot be."""
    files = tuple(files)
    wanted = {file.path: file.data for file in files}
    folder, listed, needed = _Folder(output), _listed(output), _parents(wanted)
    changed = [path for path, data in wanted.items() if folder.digest(path) != data.digest]
    if problems := [*check_paths([file.path for file in files], output.name), *_obstacles(folder, changed, listed)]:
        raise BuildError(problems)
    removed = {path for path in listed - wanted.keys() if folder.has_file(path)}
    moving = False
    try:
        output.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(output / _STAGE, ignore_errors=True)  # left by a killed build
        if not changed and folder.digest(MANIFEST) == manifest.data.digest:
            return Written((), (), len(wanted))
        # The manifest first, so that the next build knows every file of an interrupted one as its own.
        known = json.dumps({"files": dict.fromkeys([*wanted, *removed], "")}).encode()
        new = (*(wanted[path] for path in changed), Hashed.of(known), manifest.data)
        with _staged(output, new) as [*parts, before, after]:
            moving = True
            os.replace(before, output / MANIFEST)
            for path in removed & needed:
                _remove(output, path)  # an old file where a folder must be now
            for path in sorted(_parents(changed)):
                (output / path).mkdir(exist_ok=True)
            for path, part in zip(changed, parts, strict=True):
                os.replace(part, output / path)
            for path in removed - needed:
                _remove(output, path)
            os.replace(after, output / MANIFEST)
    except OSError as error:
        raise BuildError([unwritten(output, error, moving)]) from error
    return Written(tuple(sorted(changed)), tuple(sorted(removed)), len(wanted) - len(changed))


def holds(output: Path, digests: Iterable[tuple[str, str]]) -> bool:
    """Whether a folder still holds the files of these paths and digests, and no unfinished build."""
    folder = _Folder(output)
    return not os.path.lexists(output / _STAGE) and all(folder.digest(path) == wanted for path, wanted in digests)


@contextmanager
def _staged(output: Path, files: Iterable[Hashed[bytes]]) -> Iterator[list[Path]]:
    """Write new files next to those that they will replace, so that a failure changes nothing."""
    stage, parts = output / _STAGE, []
    stage.mkdir()
    try:
        for number, data in enumerate(files):
            parts.append(stage / str(number))
            with parts[-1].open("xb") as file:
                file.write(data.once())
        yield parts
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def clean(output: Path) -> tuple[str, ...]:
    """Remove every file that a build made; return their paths."""
    refuse_link(output)
    folder = _Folder(output)
    ours = sorted(path for path in _listed(output) if folder.has_file(path))
    shutil.rmtree(output / _STAGE, ignore_errors=True)
    for path in [*ours, MANIFEST]:
        _remove(output, path)
    return tuple(ours)


def _listed(output: Path) -> set[str]:
    """Return the paths in the manifest of an earlier build; empty without a readable manifest.

    No build writes a name that starts with a dot, so a manifest that lists one is not believed about it.
    """
    try:
        data = b"".join(read_pieces(str(output / MANIFEST)))
        paths = set(json.loads(data)["files"].keys()) - {MANIFEST}
        return {path for path in paths if "/." not in f"/{path}"}
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        return set()


class _Folder:
    """An output folder on the disk. Each folder within it is checked once."""

    def __init__(self, output: Path) -> None:
        self.name = output.name
        self._start, self._within = f"{output}/", {"": True}

    def digest(self, path: str) -> str:
        """Return the digest of a file; empty if it is missing, a link, or reached through a link."""
        if not self.contains(path):
            return ""
        summed = hashlib.sha256()
        try:
            for piece in read_pieces(self._start + path):
                summed.update(piece)
        except (OSError, ValueError):
            return ""
        return summed.hexdigest()

    def mode(self, path: str) -> int:
        """Return the mode of a path without following a link; 0 if it does not exist."""
        try:
            return os.lstat(self._start + path).st_mode
        except (OSError, ValueError):
            return 0

    def has_file(self, path: str) -> bool:
        """Whether a path is a regular file that is not reached through a link."""
        return self.contains(path) and stat.S_ISREG(self.mode(path))

    def contains(self, path: str) -> bool:
        """Whether a path stays inside this folder, on any system and with any links on the disk."""
        folder, _, name = path.rpartition("/")
        return is_name(name) and not path.startswith("/") and self._is_within(folder)

    def _is_within(self, folder: str) -> bool:
        if folder not in self._within:
            parent, _, name = folder.rpartition("/")
            within = is_name(name) and self._is_within(parent) and not stat.S_ISLNK(self.mode(folder))
            self._within[folder] = within
        return self._within[folder]


def _obstacles(folder: _Folder, paths: Iterable[str], listed: set[str]) -> Iterator[Problem]:
    """Yield a problem for each path that leads outside, or where something that no build made is in the way."""
    parents = _parents(paths) - listed
    blocked = {parent for parent in parents if (mode := folder.mode(parent)) and not stat.S_ISDIR(mode)}
    move = "move it away, or use --output to name another folder"
    for path in paths:
        mode, shown = folder.mode(path), f"{folder.name}/{path}"
        if stat.S_ISLNK(mode) or not folder.contains(path):
            finding = OUTSIDE
        elif not blocked.isdisjoint(_parents([path])):
            finding = Finding("foreign-file", "a file that no build made is where this build needs a folder", move)
        elif mode and (path not in listed or not stat.S_ISREG(mode)):
            what = "a folder" if stat.S_ISDIR(mode) else "a file that no build made"
            finding = Finding("foreign-file", f"{what} is where this build would write", move)
        else:
            continue
        yield finding.at(shown)


def _parents(paths: Iterable[str]) -> set[str]:
    """Return all folders that contain these paths."""
    found: set[str] = set()
    for path in paths:
        found.update(itertools.takewhile(lambda folder: folder not in found, folders_of(path)))
    return found


def _remove(output: Path, path: str) -> None:
    """Remove one file, and the folders that are empty then."""
    target = output / path
    target.unlink(missing_ok=True)
    with suppress(OSError):  # the folder is not empty
        for folder in itertools.takewhile(lambda one: one != output, target.parents):
            folder.rmdir()
