"""Output: make a folder hold exactly the files of a build, one build at a time.

Writing compares contents, never clocks: what is the same stays, what differs is replaced whole, what an earlier build
of ours made and this one does not is removed, and a file that is not ours is never touched. Nothing is replaced before
all that is new is on the disk, so a disk that is full, and a build that is killed, leave a whole site.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.disk import read_pieces
from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.problems import BuildError, Finding, Problem

if sys.platform != "win32":
    pass
from briefing.write.errors import unwritten
from briefing.write.manifest import MANIFEST

_LONGEST_NAME = 255
"""Bytes that the usual file systems allow for one name."""
_ITSELF = getattr(os, "O_NOFOLLOW", 0)
"""Opens a file and not what a link leads to, where the system can tell."""
_STAGE = ".briefing-part"
"""The folder, inside the output, where new files wait until all of them are on the disk."""


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did: paths of files made or replaced, files removed, and the number left as they were."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


def write(output: Path, files: Iterable[Rendered], manifest: Rendered) -> Written:
    """Make the folder hold exactly these files, besides those that are not ours; where that cannot be, say why."""
    wanted = {file.path: file.data for file in files}
    folder, listed, needed = _Folder(output), _listed(output), _parents(wanted)
    changed = [path for path, data in wanted.items() if folder.digest(path) != data.digest]
    suspects = sorted({*changed, *needed & {*wanted, MANIFEST}})
    if hindrances := list(_hindrances(folder, suspects, needed, listed)):
        raise BuildError(hindrances)
    removed = {path for path in listed - wanted.keys() if folder.has_file(path)}
    moving = False
    try:
        output.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(output / _STAGE, ignore_errors=True)  # of a build that was killed
        if not changed and folder.digest(MANIFEST) == manifest.data.digest:
            return Written((), (), len(wanted))
        # Named first, so that an interrupted build leaves no file that the next one does not know as ours.
        known = json.dumps({"files": dict.fromkeys([*wanted, *removed], "")}).encode()
        new = (*(wanted[path] for path in changed), Hashed.of(known), manifest.data)
        with _staged(output, new) as [*parts, before, after]:
            moving = True
            os.replace(before, output / MANIFEST)
            for path in removed & needed:
                _remove(output, path)  # a file of ours where a folder must be now
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
    """Say whether a folder is as the build left it that wrote files of these paths and digests."""
    folder = _Folder(output)
    return not os.path.lexists(output / _STAGE) and all(folder.digest(path) == wanted for path, wanted in digests)


@contextmanager
def _staged(output: Path, files: Iterable[Hashed[bytes]]) -> Iterator[list[Path]]:
    """Put files on the disk beside those that they are to replace: one that does not fit leaves all as they were."""
    stage, parts = output / _STAGE, []
    stage.mkdir()
    try:
        for number, data in enumerate(files):
            parts.append(stage / str(number))
            parts[-1].write_bytes(data.once())
        yield parts
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def clean(output: Path) -> tuple[str, ...]:
    """Remove every file that a build of ours made, and say which."""
    folder = _Folder(output)
    ours = sorted(path for path in _listed(output) if folder.has_file(path))
    shutil.rmtree(output / _STAGE, ignore_errors=True)
    for path in [*ours, MANIFEST]:
        _remove(output, path)
    return tuple(ours)


def _listed(output: Path) -> set[str]:
    """What an earlier build says that it made here; nothing where no build of ours was, or its list is broken."""
    try:
        return set(json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"].keys()) - {MANIFEST}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return set()


class _Folder:
    """An output folder as it stands on the disk; each folder within is looked at once, however many files it holds."""

    def __init__(self, output: Path) -> None:
        self.name = output.name
        self._start, self._within = f"{output}/", {"": True}

    def digest(self, path: str) -> str:
        """Give the digest of a file; none where there is none, and none of a link or of what is behind one."""
        if not self.reaches(path):
            return ""
        summed = hashlib.sha256()
        try:
            for piece in read_pieces(self._start + path, _ITSELF):
                summed.update(piece)
        except (OSError, ValueError):
            return ""
        return summed.hexdigest()

    def mode(self, path: str) -> int:
        """Give the mode of what stands at a path, a link's own; 0 where nothing does."""
        try:
            return os.lstat(self._start + path).st_mode
        except (OSError, ValueError):
            return 0

    def has_file(self, path: str) -> bool:
        """Say whether a file stands at a path, which is no link and not behind one."""
        return self.reaches(path) and stat.S_ISREG(self.mode(path))

    def reaches(self, path: str) -> bool:
        """Say whether a path leads to a place in this folder, whatever it is made of and whatever links there are."""
        folder, _, name = path.rpartition("/")
        return _is_name(name) and not path.startswith("/") and self._is_within(folder)

    def _is_within(self, folder: str) -> bool:
        if folder not in self._within:
            parent, _, name = folder.rpartition("/")
            within = _is_name(name) and self._is_within(parent) and not stat.S_ISLNK(self.mode(folder))
            self._within[folder] = within
        return self._within[folder]


def _is_name(part: str) -> bool:
    """Say whether a part of a path names something, on any system, and leads nowhere else."""
    return part not in ("", ".", "..") and "\\" not in part and ":" not in part and "\0" not in part


def _hindrances(folder: _Folder, paths: Iterable[str], needed: set[str], listed: set[str]) -> Iterator[Problem]:
    """Say, before anything is written, where a file of somebody else's stands in the way or a path leads outside."""
    parents = _parents(paths) - listed
    blocked = {parent for parent in parents if (mode := folder.mode(parent)) and not stat.S_ISDIR(mode)}
    move = "move it away, or name another folder with --output"
    for path in paths:
        mode, shown = folder.mode(path), f"{folder.name}/{path}"
        if "\0" in path or any(len(part.encode()) > _LONGEST_NAME for part in path.split("/")):
            shown = shown[:120].replace("\0", "?")
            message = f"no disk takes a name of more than {_LONGEST_NAME} bytes, or one with a null in it"
            finding = Finding("impossible-name", message, "choose a shorter id")
        elif path in needed:
            message = "this file would stand where a folder of the site must be"
            finding = Finding("foreign-file", message, "choose another redirect_from")
        elif path == MANIFEST or stat.S_ISLNK(mode) or not folder.reaches(path):
            finding = Finding("outside-output", "this file would be written outside the output folder")
        elif not blocked.isdisjoint(_parents([path])):
            finding = Finding("foreign-file", "a file that no build made stands where this build needs a folder", move)
        elif mode and (path not in listed or not stat.S_ISREG(mode)):
            what = "folder" if stat.S_ISDIR(mode) else "file that no build made"
            finding = Finding("foreign-file", f"a {what} stands where this build would write", move)
        else:
            continue
        yield finding.at(shown)


def _parents(paths: Iterable[str]) -> set[str]:
    """Give the folders that paths lead through."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found


def _remove(output: Path, path: str) -> None:
    """Remove one file and the folders that it leaves empty."""
    target = output / path
    target.unlink(missing_ok=True)
    with suppress(OSError):  # of a folder that is not empty
        for folder in itertools.takewhile(lambda one: one != output, target.parents):
            folder.rmdir()
