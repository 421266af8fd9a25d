"""What commands print that ask for something for one source after another."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from briefing.cli.arguments import WrongUsage
from briefing.cli.printing import say
from briefing.evidence.keep import Outcome
from briefing.evidence.sources import UnknownSource


def print_outcomes(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """Say for each source what happened; return for how many it was done, and for how many not."""
    done = failed = 0
    try:
        for outcome in outcomes:
            say(f"{outcome.source}: {outcome.words}", sys.stdout)
            done, failed = done + outcome.done, failed + (not outcome.done)
    except UnknownSource as error:
        raise WrongUsage(str(error)) from error
    return done, failed
