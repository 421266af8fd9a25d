"""The error that says why a record or a site cannot be created."""

from __future__ import annotations


class CannotCreate(Exception):
    """A record or a site cannot be created, for a reason that the writer can remove."""
