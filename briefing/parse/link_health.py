"""Which addresses the file `content/link-health.json` says are dead."""

from __future__ import annotations

import json

ENOUGH = 3
"""Failures on different days that make an address dead: a server that is down over a weekend has only two."""


def read_dead(data: bytes) -> tuple[str, ...]:
    """Return the addresses that failed on enough days; none if the file cannot be read."""
    try:
        listed = json.loads(data)
        return tuple(sorted(address for address, known in listed.items() if len(known["strikes"]) >= ENOUGH))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()
