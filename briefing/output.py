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
import re
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from briefing.files import Project
from briefing.generator import generator
from briefing.model.files import Rendered, Snapshot
from briefing.problems import BuildError, Problem
from briefing.stored import Stored, digest

if sys.platform != "win32":
    import fcntl

MANIFEST = "manifest.json"
_LONGEST_NAME = 255
"""Bytes that the usual file systems allow for one name."""
_PIECE = 2**20
"""Bytes of a file that are looked at together."""
_STAGE = ".briefing-part"
"""The folder, inside the output, where new files wait until all of them are on the disk."""


@contextmanager
def alone(output: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep an output folder for one build, after waiting for another that has it; one that was killed has nothing."""
    if sys.platform == "win32":
        yield
        return
    held = _hold(output, waiting)
    try:
        yield
    finally:
        with suppress(OSError):
            output.rmdir()  # which only an empty folder allows: nothing was written
        os.close(held)


def _hold(output: Path, waiting: Callable[[], None]) -> int:
    """Lock the folder itself, so that there is no file of a lock to lose or to leave behind."""
    while True:
        try:
            output.mkdir(parents=True, exist_ok=True)
            held = os.open(output, os.O_RDONLY)
        except OSError as error:
            raise BuildError([_unwritten(output, error)]) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(held, fcntl.LOCK_EX)
        except OSError:
            return held  # a disk of another machine that knows no locks
        if output.is_dir() and os.path.samestat(os.fstat(held), output.stat()):
            return held
        os.close(held)  # removed meanwhile: what was locked is not what is there now


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an output was made of, as its manifest tells it: digests, and no name that is not published anyway."""

    generator: str = ""
    options: tuple[tuple[str, str | bool], ...] = ()
    content: tuple[str, ...] = ()
    """Digests of the content files that the output shows, without their names."""
    templates: tuple[tuple[str, str], ...] = ()
    assets: tuple[tuple[str, str], ...] = ()


def list_inputs(project: Project, snapshot: Snapshot, withheld: Collection[str]) -> Inputs:
    """Tell what a build is made of, without the content files that are withheld and those that only guard it."""
    options = ("base_url", "drafts", "now", "pdf", "search")
    shown = [one for one in snapshot.sources if one.path not in withheld and one.kind != "never-publish"]
    return Inputs(
        generator(),
        tuple((name, getattr(project, name)) for name in options),
        tuple(sorted(one.data.digest for one in shown)),
        tuple((file.path, file.data.digest) for file in snapshot.templates),
        tuple((file.path, file.data.digest) for file in snapshot.assets),
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did: paths of files made or replaced, files removed, and the number left as they were."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: int


def write(output: Path, files: Iterable[Rendered], inputs: Inputs = Inputs()) -> Written:
    """Make the folder hold exactly these files, besides those that are not ours; where that cannot be, say why."""
    wanted = {file.path: file.data for file in files}
    moving = False
    try:
        ours = _manifest(output)
        _refuse_foreign(output, wanted, ours)
        output.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(output / _STAGE, ignore_errors=True)  # of a build that was killed
        text = manifest_text({path: data.digest for path, data in wanted.items()}, inputs)
        changed = [path for path, data in wanted.items() if _digest(f"{output}/{path}") != data.digest]
        removed = sorted(set(ours) - set(wanted))
        if not changed and text == _text(output / MANIFEST):
            return Written((), (), len(wanted))
        # Named first, so that an interrupted build leaves no file that the next one does not know as ours.
        known = manifest_text({**ours, **dict.fromkeys(wanted, "")}, inputs)
        new = itertools.chain((wanted[path].once() for path in changed), (known.encode(), text.encode()))
        with _staged(output, new) as [*parts, before, after]:
            moving = True
            os.replace(before, output / MANIFEST)
            needed = {parent for path in wanted for parent in _parents(path)} if removed else set()
            for path in removed:
                if path in needed or not set(_parents(path)).isdisjoint(wanted):
                    _remove(output, path)  # a file of ours where a folder must be now, or the other way round
            for path, part in zip(changed, parts, strict=True):
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(part, output / path)
            for path in removed:
                _remove(output, path)
            os.replace(after, output / MANIFEST)
    except OSError as error:
        raise BuildError([_unwritten(output, error, moving)]) from error
    return Written(tuple(sorted(changed)), tuple(removed), len(wanted) - len(changed))


def digests_of(files: Iterable[Rendered], inputs: Inputs) -> dict[str, str]:
    """Give the path and the digest of each file that a folder is to hold, and of its manifest."""
    digests = {file.path: file.data.digest for file in files}
    return digests | {MANIFEST: digest(manifest_text(digests, inputs).encode())}


def holds(output: Path, digests: Iterable[tuple[str, str]]) -> bool:
    """Say whether a folder is as the build left it that wrote files of these paths and digests."""
    folders = _Folders(output)
    return not os.path.lexists(output / _STAGE) and all(
        folders.hold(path) and _digest(f"{output}/{path}") == wanted for path, wanted in digests
    )


@contextmanager
def _staged(output: Path, files: Iterable[bytes]) -> Iterator[list[Path]]:
    """Put files on the disk beside those that they are to replace: one that does not fit leaves all as they were."""
    stage, parts = output / _STAGE, []
    stage.mkdir()
    try:
        for number, data in enumerate(files):
            parts.append(stage / str(number))
            parts[-1].write_bytes(data)
        yield parts
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _unwritten(output: Path, error: OSError, moving: bool = False) -> Problem:
    reason = error.strerror or str(error)
    if moving:
        message = f"some files are new and others as they were, each of them whole: {reason}"
        return Problem(f"{output.name}/", 0, 0, "half-written", message, "mend that, and build again")
    hint = "make room, or see to it that this account may write there; --output names another folder"
    return Problem(f"{output.name}/", 0, 0, "unwritable-output", f"the site cannot be written: {reason}", hint)


def clean(output: Path) -> tuple[str, ...]:
    """Remove every file that a build of ours made, and say which."""
    ours = sorted(_manifest(output))
    shutil.rmtree(output / _STAGE, ignore_errors=True)
    for path in [*ours, MANIFEST]:
        _remove(output, path)
    return tuple(ours)


def manifest_text(digests: dict[str, str], inputs: Inputs) -> str:
    """Write what an output holds and what it was made of; the same for the same, wherever it was built."""
    made_of = asdict(inputs) | {name: dict(getattr(inputs, name)) for name in ("options", "templates", "assets")}
    whole = {"files": dict(sorted(digests.items())), "made_of": made_of}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _manifest(output: Path) -> dict[str, str]:
    """What an earlier build says that it made here; nothing where no build of ours was, or its list is broken."""
    try:
        listed = dict(json.loads(_text(output / MANIFEST) or "{}").get("files", {}))
    except (ValueError, AttributeError, TypeError):
        return {}
    folders = _Folders(output)
    return {
        path: digest
        for path, digest in listed.items()
        if path != MANIFEST and folders.hold(path) and not os.path.isdir(f"{output}/{path}")
    }


class _Folders:
    """The folders of an output, each looked at once however many files it holds."""

    def __init__(self, output: Path) -> None:
        self._output, self._within = output, {"": True}

    def hold(self, path: str) -> bool:
        """Say whether a file of this path lies in the output, whatever it is made of and whatever links there are."""
        if path.startswith("/"):
            return False
        folder, _, name = path.rpartition("/")
        return _is_name(name) and self._is_within(folder) and not os.path.islink(f"{self._output}/{path}")

    def _is_within(self, folder: str) -> bool:
        if folder not in self._within:
            parent, _, name = folder.rpartition("/")
            link = os.path.islink(f"{self._output}/{folder}")
            self._within[folder] = _is_name(name) and not link and self._is_within(parent)
        return self._within[folder]


def _is_name(part: str) -> bool:
    """Say whether a part of a path names something, on any system, and leads nowhere else."""
    return part not in ("", ".", "..") and not any(sign in part for sign in "\\:\0")


def _refuse_foreign(output: Path, wanted: dict[str, Stored[bytes]], ours: dict[str, str]) -> None:
    """Stop before anything is written where a file of somebody else's stands in the way, or a path leads outside."""
    problems = []
    needed = {parent for path in wanted for parent in _parents(path)}
    blocked = {folder for folder in needed if os.path.isfile(f"{output}/{folder}") and folder not in ours}
    folders = _Folders(output)
    for path, data in wanted.items():
        shown = f"{output.name}/{path}"
        if "\0" in path or any(len(part.encode()) > _LONGEST_NAME for part in path.split("/")):
            message = f"no disk takes a name of more than {_LONGEST_NAME} bytes, or one with a null in it"
            problems.append(
                Problem(shown[:120].replace("\0", "?"), 0, 0, "impossible-name", message, "choose a shorter id")
            )
        elif path in needed:
            message = "this file would stand where a folder of the site must be"
            problems.append(Problem(shown, 0, 0, "foreign-file", message, "choose another redirect_from"))
        elif blocked and not blocked.isdisjoint(_parents(path)):
            message = "a file that no build made stands where this build needs a folder"
            hint = "move it away, or name another folder with --output"
            problems.append(Problem(shown, 0, 0, "foreign-file", message, hint))
        elif path == MANIFEST or not folders.hold(path):
            problems.append(
                Problem(shown, 0, 0, "outside-output", "this file would be written outside the output folder")
            )
        elif path not in ours and os.path.exists(f"{output}/{path}") and _digest(f"{output}/{path}") != data.digest:
            message = "a file that no build made stands where this build would write"
            hint = "move it away, or name another folder with --output"
            problems.append(Problem(shown, 0, 0, "foreign-file", message, hint))
    if problems:
        raise BuildError(problems)


def _parents(path: str) -> list[str]:
    """Give the folders that a path leads through."""
    return [path[: match.start()] for match in re.finditer("/", path)]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _digest(path: str) -> str:
    try:
        with open(path, "rb", buffering=0) as file:
            summed = hashlib.sha256()
            while piece := file.read(_PIECE):
                summed.update(piece)
            return summed.hexdigest()
    except (OSError, ValueError):
        return ""


def _remove(output: Path, path: str) -> None:
    """Remove one file and the folders that it leaves empty."""
    target = output / path
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == output or not folder.is_relative_to(output) or any(folder.iterdir()):
            break
        folder.rmdir()
