"""The command `export`: prints the sources of a site for other programs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.scaffold.held_sources import export_sources


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Print all sources that are not drafts."""
    sys.stdout.write(export_sources(make_project(options), options.form))
    return 0
