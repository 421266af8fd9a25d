"""The problem that says why an output folder cannot be written."""

from __future__ import annotations

import sys
from pathlib import Path

from briefing.problems import Finding, Problem

if sys.platform != "win32":
    pass


def unwritten(output: Path, error: OSError, moving: bool = False) -> Problem:
    """Say why the output folder cannot be written; `moving` where some files have been replaced already."""
    reason = error.strerror or str(error)
    if moving:
        message = f"some files are new and others as they were, each of them whole: {reason}"
        return Finding("half-written", message, "mend that, and build again").at(f"{output.name}/")
    hint = "make room, or see to it that this account may write there; --output names another folder"
    return Finding("unwritable-output", f"the site cannot be written: {reason}", hint).at(f"{output.name}/")
