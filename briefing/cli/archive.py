"""The command `archive`: copies of sources in a web archive, for readers when a page is gone."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import WrongUsage, make_project
from briefing.cli.printing import print_waiting, say
from briefing.evidence.archive import archive
from briefing.evidence.sources import UnknownSource


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Ask for copies, and say for each source what happened; return 1 if one has no copy."""
    done = failed = 0
    try:
        for outcome in archive(make_project(options), options.ids, options.service, on_wait=print_waiting):
            say(f"{outcome.source}: {outcome.words}", sys.stdout)
            done, failed = done + outcome.done, failed + (not outcome.done)
    except UnknownSource as error:
        raise WrongUsage(str(error)) from error
    say(f"{done} archived, {failed} not")
    return 1 if failed else 0
