"""The folder of kept copies and the lock with their results: changed by one command at a time, never half written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from briefing.disk import PART, read_file, replace_file
from briefing.model.evidence import Evidence, KeptCopy, PassageResult
from briefing.parse.evidence_lock import EVIDENCE, read_evidence, write_evidence
from briefing.problems import BuildError
from briefing.project import Project
from briefing.write.lock import lock_folder

_NAME = re.compile(r"[0-9a-f]{64}\.[a-z]{1,8}")


class Store:
    """The copies of a site and what is known of them. Every change is on the disk when the call returns."""

    def __init__(self, project: Project, folder: str) -> None:
        self._project, self._folder = project, folder
        found, problems = read_evidence(read_file(project.root, EVIDENCE) or b'{"copies": {}, "passages": {}}')
        if problems:
            raise BuildError([*problems])
        self.copies: dict[str, KeptCopy] = dict(found.copies)
        self.results: dict[str, PassageResult] = dict(found.results)

    def read(self, copy: KeptCopy) -> bytes | None:
        """Return the bytes of a copy; None if it is not on this machine, or is not what was kept."""
        name = f"{copy.digest}.{copy.type or 'bin'}"
        data = read_file(self._project.root, f"{self._folder}/{name}") if _NAME.fullmatch(name) else None
        return data if data is not None and hashlib.sha256(data).hexdigest() == copy.digest else None

    def keep(self, source: str, copy: KeptCopy, data: bytes) -> None:
        """Store the bytes of a copy under their digest, then note it. Without bytes, only note what came instead."""
        if data:
            copy = replace(copy, digest=hashlib.sha256(data).hexdigest())
            if self.read(copy) is None:
                replace_file(self._project.root, f"{self._folder}/{copy.digest}.{copy.type or 'bin'}", data)
        self.copies[source] = copy
        self.save()

    def save(self) -> None:
        """Write the lock, if it is not the same."""
        data = write_evidence(Evidence(tuple(self.copies.items()), tuple(self.results.items())))
        if read_file(self._project.root, EVIDENCE) != data:
            replace_file(self._project.root, EVIDENCE, data)

    def forget(self, sources: Mapping[str, object]) -> None:
        """Forget what is known of sources that the site no longer has."""
        self.copies = {name: copy for name, copy in self.copies.items() if name in sources}
        self.results = {name: one for name, one in self.results.items() if name.partition("#")[0] in sources}


@contextmanager
def open_store(project: Project, folder: str, on_wait: Callable[[], None] = lambda: None) -> Iterator[Store]:
    """Open the copies of a site for one command; call `on_wait` and wait if another command has them.

    Git ignores the folder. What an interrupted command left unfinished in it is removed.
    """
    at = project.root / folder
    with lock_folder(at, on_wait):
        for part in at.glob(f"{PART}-*"):
            _remove(part)
        store = Store(project, folder)
        if not (at / ".gitignore").exists():
            replace_file(
                project.root,
                f"{folder}/.gitignore",
                b"# Copies of sources are for checking, and not for publishing.\n*\n",
            )
        yield store


def _remove(part: Path) -> None:
    with suppress(OSError):
        part.unlink()
