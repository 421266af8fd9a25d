"""Style sheets as readers get them: what their makers tell each other in comments stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from briefing.incremental.hashed import Hashed
from briefing.model.files import File

_PARTS = re.compile(
    rb"/(?<!\S/)\*(?!!)[^*]*\*+(?:[^/*][^*]*\*+)*/"
    rb"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\\."
    rb"|u[rR][lL]\((?:\\.|[^\"'\\)])*\)|U[rR][lL]\((?:\\.|[^\"'\\)])*\)",
    re.DOTALL,
)
"""A comment after a space, and what may hold its signs without being one.

Without a space before it a comment may be all that parts two words, so it stays; and so does a licence, `/*!`.
"""


def publish(assets: Iterable[File]) -> tuple[File, ...]:
    """Give assets as they are published: byte for byte, but for the comments of style sheets."""
    return tuple(
        replace(file, data=Hashed.of(_PARTS.sub(_keep, file.data.value))) if file.path.endswith(".css") else file
        for file in assets
    )


def _keep(part: re.Match[bytes]) -> bytes:
    return b"" if part[0].startswith(b"/*") else part[0]
