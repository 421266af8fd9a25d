"""The command `export`: prints the sources of a site for other programs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.scaffold.held_sources import export_sources


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Print all sources that are not drafts."""
    say(export_sources(make_project(options), options.form).removesuffix("\n"), sys.stdout)
    return 0
