"""The command `archive`: copies of sources in a web archive, for readers when a page is gone."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.outcomes import print_outcomes
from briefing.cli.printing import print_waiting, say
from briefing.evidence.archive import archive


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Ask for copies, and say for each source what happened; return 1 if one has no copy."""
    done, failed = print_outcomes(archive(make_project(options), options.ids, options.service, on_wait=print_waiting))
    say(f"{done} archived, {failed} not")
    return 1 if failed else 0
