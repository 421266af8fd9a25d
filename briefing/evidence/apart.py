"""Read a document in a process of its own, which may use so much time and memory and can end without harm.

Documents come from strangers. A small one can unpack to a large one, or make a library that reads it run for hours or
stop. Only words come back from the process, as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from contextlib import suppress
from dataclasses import asdict
from multiprocessing.connection import Connection

from briefing.evidence.documents import read_text
from briefing.evidence.text import Text

SECONDS, BYTES = 60, 2_000_000_000
"""The processor time and the memory that one document may use."""
_PATIENCE = 5 * SECONDS
"""Seconds after which it ends on a machine that does much else at the same time."""
_LONGEST = 20_000_000
"""Letters of a document that are compared, some ten thousand pages."""


def read_apart(data: bytes, ending: str, said: str = "", seconds: int = SECONDS, memory: int = BYTES) -> Text:
    """Return the text of a document, or why there is none, as `read_text` does."""
    is_linux = sys.platform == "linux"
    context = multiprocessing.get_context("fork") if is_linux else multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    reader = context.Process(target=_read, args=(theirs, data, ending, said, seconds, memory), daemon=True)
    reader.start()
    theirs.close()
    try:
        with suppress(EOFError, OSError):
            if ours.poll(_PATIENCE):
                given = json.loads(ours.recv_bytes())
                return Text(tuple(given["pages"]), tuple(given["clean"]), tuple(given["labels"]), given["obstacle"])
        return Text(obstacle="heavy")
    finally:
        reader.kill()
        reader.join()
        ours.close()


def _read(answer: Connection, data: bytes, ending: str, said: str, seconds: int, memory: int) -> None:
    """Read a document within limits, and send what it says."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(MemoryError):
        text = read_text(data, ending, said)
        if sum(map(len, text.pages)) <= _LONGEST:
            answer.send_bytes(json.dumps(asdict(text)).encode())
