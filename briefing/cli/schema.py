"""The command `schema`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import site_folder
from briefing.cli.printing import say
from briefing.scaffold.editor_files import write_schemas


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Write the files, and print those that are new or different."""
    written = write_schemas(site_folder(options))
    say("\n".join(written) or "nothing has changed")
    return 0
