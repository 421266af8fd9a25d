"""Style sheets as they are published: without their comments."""

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
"""A comment after a space, and what may contain `/*` but is not a comment: strings, escapes and addresses.

A comment without a space before it stays, since it may separate two words. So does a licence, `/*!`.
"""


def publish(assets: Iterable[File]) -> tuple[File, ...]:
    """Return the assets as they are published: unchanged, but style sheets without comments."""
    return tuple(
        replace(file, data=Hashed.of(_PARTS.sub(_without_comment, file.data.value)))
        if file.path.endswith(".css")
        else file
        for file in assets
    )


def _without_comment(part: re.Match[bytes]) -> bytes:
    return b"" if part[0].startswith(b"/*") else part[0]
