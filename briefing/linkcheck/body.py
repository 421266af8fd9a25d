"""Read an answer within limits of time and size: its head, its body and its trailers."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse, IncompleteRead
from io import BufferedReader, RawIOBase
from socket import socket
from time import monotonic
from typing import Any

from briefing.values import dataclass

_PIECE = 2**16
"""Bytes that are read at a time."""
_HEAD = 2**20
"""Bytes of a head and of what chunks need beside the body."""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How many bytes a body may have, and until when all of an answer must have come, as `monotonic` counts."""

    most: int
    until: float


class LimitedResponse(HTTPResponse):
    """An answer that ends with an error if it is too long or takes too long, whatever part of it comes."""

    def __init__(self, sock: socket, *given: Any, limits: ReadLimits, **named: Any) -> None:
        super().__init__(sock, *given, **named)
        self.fp = BufferedReader(_Limited(self.fp.detach(), sock, limits), _PIECE)


class _Limited(RawIOBase):
    """The bytes of a socket within limits."""

    def __init__(self, inner: RawIOBase, sock: socket, limits: ReadLimits) -> None:
        super().__init__()
        self._inner, self._sock, self._until, self._left = inner, sock, limits.until, 2 * limits.most + _HEAD
        self._patience = sock.gettimeout() or 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        time = self._until - monotonic()
        if time <= 0:
            raise TimeoutError
        if self._left <= 0:
            raise HTTPException("the answer is too long")
        self._sock.settimeout(min(self._patience or time, time))
        count = self._inner.readinto(buffer)
        self._left -= count or 0
        return int(count) if count is not None else None

    def close(self) -> None:
        self._inner.close()
        super().close()


def read_body(response: HTTPResponse, most: int) -> bytes | None:
    """Return the whole body of an answer; None if it has more than `most` bytes.

    Raise IncompleteRead if it ends early, and what `LimitedResponse` raises if it takes too long.
    """
    pieces, size = [], 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            return None
    if response.length:  # the bytes that were announced and did not come
        raise IncompleteRead(b"", response.length)
    return b"".join(pieces)
