"""The command `schema`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.scaffold.editor_files import update_schemas


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Write the files, and print those that are new or different."""
    written = update_schemas(make_project(options))
    say("\n".join(written) or "nothing has changed")
    return 0
