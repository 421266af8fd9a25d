"""The command `evidence`: whether the words of passages are in the copies of their sources."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping

from briefing.cli.arguments import WrongUsage, make_project
from briefing.cli.printing import print_waiting, say
from briefing.evidence.compare import Compared, compare
from briefing.evidence.sources import UnknownSource


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Compare passages with copies, and print those that are not where they should be; return 1 if there are any."""
    counts: Counter[str] = Counter()
    try:
        for one in compare(make_project(options), options.ids, print_waiting):
            counts[one.result.state] += 1
            if one.result.state != "found":
                say(_describe(one), sys.stdout)
    except UnknownSource as error:
        raise WrongUsage(str(error)) from error
    if not counts:
        say("nothing to compare: no passage with words to look for has a copy on this machine; keep makes copies")
        return 0
    found, elsewhere, missing = counts["found"], counts["elsewhere"], counts["not-found"]
    say(f"{found} found, {elsewhere} elsewhere, {missing} not found; todo lists what is left to do")
    return 1 if counts["elsewhere"] or counts["not-found"] else 0


def _describe(one: Compared) -> str:
    """Return what the writer should look at: where the words are, or the nearest place and what differs."""
    name = f"{one.source}#{one.passage}"
    if one.result.state == "elsewhere":
        return f"{name}: not where the locator says, but on page {one.result.label or one.result.page}"
    if one.near is None:
        return f"{name}: not found, and no similar words either"
    page = f"page {one.near.label or one.near.page}, " if one.near.page else ""
    return f"{name}: not found; the nearest place: {page}{one.near.alike} of 100 alike\n    {one.near.difference}"
