"""The command `withdraw`: takes the words of a day away, and leaves the day and the reason."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.pipeline.versions import CannotWithdraw, withdraw


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Withdraw the words of a page as they were on one day, or on all days."""
    if bool(options.day) == options.all:
        say("not withdrawn: name one day, or write --all for every day")
        return 2
    try:
        path, days = withdraw(make_project(options), options.page, options.day or "", options.reason)
    except CannotWithdraw as reason:
        say(f"not withdrawn: {reason}")
        return 2
    say(f"withdrawn: {', '.join(days)}. Commit {path}, and build")
    say("copies that others made, the memo in .cache/ and earlier commits in Git still have the words")
    return 0
