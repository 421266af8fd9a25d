"""Compare every byte of an output folder with what the content produces."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from briefing.incremental.memo import Mapper, Memo
from briefing.model.files import BuildSummary, Rendered
from briefing.pipeline.build import build_site
from briefing.pipeline.report import Report
from briefing.problems import BuildError, Finding, Problem
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.values import dataclass
from briefing.write.lock import lock_folder
from briefing.write.manifest import MANIFEST, BuildInputs, make_manifest

_KEEPER = ".gitignore"
"""The file that keeps the output folder, and none of its files, in the repository. It is not published."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How an output folder differs from what it should contain, and the number of files and bytes compared."""

    problems: tuple[Problem, ...]
    files: int = 0
    bytes: int = 0


def verify(
    project: Project, mapper: Mapper[Any, Any] = map, strict: bool = False, on_wait: Callable[[], None] = lambda: None
) -> tuple[Report, Compared]:
    """Build without the memo and the compiled templates of earlier builds, and compare; write nothing."""
    try:
        with lock_folder(project.output, on_wait):
            snapshot = read(project)
            result, work = build_site(project, snapshot, Memo(), mapper, strict, use_compiled=False)
            compared = compare(project.output, result.files, result.inputs) if result.files else Compared(())
    except BuildError as error:
        return Report(BuildSummary(error.problems)), Compared(())
    return Report(result.summary, snapshot, work).with_problems(compared.problems), compared


def compare(output: Path, files: Sequence[Rendered], inputs: BuildInputs) -> Compared:
    """Compare every file of a folder with what should be there. A file that should not be there is a difference too."""
    wanted = {file.path: file.data.digest for file in (*files, make_manifest(files, inputs))}
    there = (Path(where, name) for where, folders, names in os.walk(output) for name in folders + names)
    keeper = output / _KEEPER
    found = [path for path in there if path != keeper and (path.is_symlink() or not path.is_dir())]
    problems, size = [], 0

    def differ(path: str, finding: Finding) -> None:
        shown = path.encode("utf-8", "replace").decode()
        problems.append(finding.at(f"{output.name}/{shown}"))

    for path in sorted(path.relative_to(output).as_posix() for path in found):
        if path not in wanted or (output / path).is_symlink():
            differ(path, Finding("output-foreign", "the content does not produce this file", "delete it"))
            continue
        data = _bytes_of(output / path)
        size += len(data)
        if hashlib.sha256(data).hexdigest() != wanted.pop(path):
            message, hint = "this file is not what the content produces", "build again, then look at what changed"
            if path == MANIFEST and (other := _other_options(data, inputs)):
                message, hint = f"it was built with other options: {other}", "verify with the same options"
            differ(path, Finding("output-differs", message, hint))
    for path in sorted(wanted):
        differ(path, Finding("output-missing", "this file is missing", "build again"))
    return Compared(tuple(problems), len(found), size)


def describe(compared: Compared, where: str) -> str:
    """Return the result in one line. If no file was compared, the content has errors."""
    counts = f"{compared.files:,} files, {compared.bytes:,} bytes"
    if compared.problems:
        return f"{where} is not what the content produces: {len(compared.problems):,} differences in {counts}"
    if not compared.files:
        return f"{where} was not verified: fix the errors above"
    return f"{where} is byte for byte what the content produces: {counts}"


def _other_options(data: bytes, inputs: BuildInputs) -> str:
    """Return the options of a manifest that are different."""
    try:
        options = json.loads(data)["made_of"]["options"]
        return ", ".join(f"{name} {options[name]}" for name, value in inputs.options if options[name] != value)
    except (ValueError, KeyError, TypeError):
        return ""


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
