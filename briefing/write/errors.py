"""Why an output folder cannot be written."""

from __future__ import annotations

from pathlib import Path

from briefing.problems import BuildError, Finding, Problem


def unwritten(output: Path, error: OSError, moving: bool = False) -> Problem:
    """Return the problem of an output folder that cannot be written; `moving` if some files are already replaced."""
    reason = error.strerror or str(error)
    if moving:
        message = f"stopped part-way; no file is corrupt, but some are from the last build: {reason}"
        return Finding("half-written", message, "fix the cause, then build again").at(f"{output.name}/")
    hint = "free some space, or allow this account to write there; --output names another folder"
    return Finding("unwritable-output", f"the site cannot be written: {reason}", hint).at(f"{output.name}/")


def refuse_link(output: Path) -> None:
    """Raise `BuildError` if an output folder is a symbolic link, which content from others may contain."""
    if output.is_symlink():
        hint = "remove the link, or name the folder that it points to with --output"
        raise BuildError(
            [Finding("outside-output", "the output folder is a symbolic link", hint).at(f"{output.name}/")]
        )
