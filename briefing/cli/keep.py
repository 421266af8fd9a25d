"""The command `keep`: copies of sources, to compare passages with."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import WrongUsage, make_project
from briefing.cli.printing import count, print_waiting, say
from briefing.evidence.keep import keep
from briefing.evidence.sources import UnknownSource


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Keep copies, and say for each source what happened; return 1 if one could not be kept."""
    if options.file and len(options.ids) != 1:
        raise WrongUsage("name the one source that the file is a copy of: keep ID --from FILE")
    kept = failed = 0
    try:
        for outcome in keep(make_project(options), options.ids, options.file, on_wait=print_waiting):
            say(f"{outcome.source}: {outcome.words}", sys.stdout)
            kept, failed = kept + outcome.done, failed + (not outcome.done)
    except UnknownSource as error:
        raise WrongUsage(str(error)) from error
    say(f"{count(kept, 'copy').replace('copys', 'copies')} kept, {failed} not; next: evidence")
    return 1 if failed else 0
