"""The command `keep`: copies of sources, to compare passages with."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import WrongUsage, make_project
from briefing.cli.outcomes import print_outcomes
from briefing.cli.printing import print_waiting, say
from briefing.evidence.keep import keep


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Keep copies, and say for each source what happened; return 1 if one could not be kept."""
    if options.file and len(options.ids) != 1:
        raise WrongUsage("name the one source that the file is a copy of: keep ID --from FILE")
    kept, failed = print_outcomes(keep(make_project(options), options.ids, options.file, on_wait=print_waiting))
    say(f"{kept} {'copy' if kept == 1 else 'copies'} kept, {failed} not; next: evidence")
    return 1 if failed else 0
