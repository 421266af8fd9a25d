"""Shows a writer each save: builds in memory, serves to this machine alone, and lays over the page what is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from briefing.preview.messages import find_editor
from briefing.preview.server import serve
from briefing.preview.session import PreviewState, Session


def preview(
    session: Session,
    port: int,
    ready: Callable[[str], None],
    said: Callable[[PreviewState], None],
    editor: str = "",
    follow: bool = False,
    polling: bool = False,
) -> None:
    """Serve a desk until interrupted. `editor` is its command, or an address with {path}, {line} and {column}."""
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(session, port, ready, said, find_editor(editor), follow, polling))
