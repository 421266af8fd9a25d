"""The command `new`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.new_record import create


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Create a record, and print its place."""
    try:
        created = create(make_project(options), options.kind, options.title, options.id)
    except CannotCreate as reason:
        say(f"not created: {reason}")
        return 1
    say(f"{created.path}:{created.line}", sys.stdout)
    say(f"created a draft with the id “{created.id}”; remove `draft: true` to publish it")
    return 0
