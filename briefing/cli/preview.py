"""The command `preview`."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Mapping
from contextlib import suppress

from briefing.cli.arguments import make_project
from briefing.cli.printing import count, print_problems, say
from briefing.incremental.memo import Memo
from briefing.incremental.processes import Workers
from briefing.preview.messages import find_editor
from briefing.preview.server import serve
from briefing.preview.session import PreviewState, Session


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Serve the site until Ctrl-C; return 2 if that is not possible."""
    project = make_project(options)
    memo = Memo(project.memo)

    def print_state(state: PreviewState) -> None:
        if not options.quiet:
            say(f"built in {state.seconds * 1000:.0f} ms")
        print_problems(state.problems, session.excerpt, options.format, environment)
        if state.bug:
            say(state.bug)
        if options.quiet:
            return
        if state.failed:
            errors = sum(problem.level == "error" for problem in state.problems)
            say(f"{count(errors, 'error')}; still showing the last good pages")
        else:
            pages = session.result.summary.page_count if session.result else 0
            say(f"{count(pages, 'page')}, {count(len(state.changed), 'file')} changed")

    def print_address(address: str) -> None:
        if options.port and f":{options.port}/" not in address:
            say(f"port {options.port} is in use")
        say(f"preview at {address}, press Ctrl-C to stop")
        if options.open:
            import webbrowser

            webbrowser.open(address)

    try:
        with Workers(options.jobs) as workers:
            session = Session(project, memo, workers.map)
            print_state(session.save())
            editor = find_editor(options.editor)
            with suppress(KeyboardInterrupt):
                asyncio.run(
                    serve(session, options.port, print_address, print_state, editor, options.follow, options.poll)
                )
    except OSError as error:
        say(f"the preview cannot continue: {error}")
        return 2
    finally:
        memo.close()
    say("preview stopped")
    return 0
