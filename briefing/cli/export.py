"""The command `export`: prints the sources of a site for other programs, or its recommendations for other sites."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.scaffold.exchange import export_recommendations
from briefing.scaffold.held_sources import export_sources


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Print all records that are not drafts."""
    if options.what == "recommendations":
        say(export_recommendations(make_project(options)).removesuffix("\n"), sys.stdout)
        return 0
    say(export_sources(make_project(options), options.form).removesuffix("\n"), sys.stdout)
    return 0
