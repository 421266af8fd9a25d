"""Run the preview until Ctrl-C."""

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
    shown: Callable[[PreviewState], None],
    editor: str = "",
    follow: bool = False,
    polling: bool = False,
) -> None:
    """Serve a session until interrupted. `editor` is a command, or a URL with {path}, {line} and {column}."""
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(session, port, ready, shown, find_editor(editor), follow, polling))
