"""Read the body of an answer, within limits."""

from __future__ import annotations

from http.client import HTTPResponse, IncompleteRead
from time import monotonic

_PIECE = 2**16
"""Bytes that are read at a time."""


def read_body(response: HTTPResponse, most: int, longest: float) -> bytes | None:
    """Return the whole body of an answer; None if it has more than `most` bytes.

    Raise IncompleteRead if it ends early, and TimeoutError if it takes more than `longest` seconds.
    """
    pieces, size, until = [], 0, monotonic() + longest
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return None
        if monotonic() > until:
            raise TimeoutError
    if response.length:  # the bytes that were announced and did not come
        raise IncompleteRead(b"", response.length)
    return b"".join(pieces)
