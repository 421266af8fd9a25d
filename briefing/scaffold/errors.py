"""Why a record or a site cannot be created."""

from __future__ import annotations


class CannotCreate(Exception):
    """Something cannot be begun, for a reason that a writer can mend."""
