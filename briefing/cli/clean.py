"""The command `clean`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import count, folder, say
from briefing.write.folder import clean


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Delete what builds made."""
    output = make_project(options).output
    say(f"{count(len(clean(output)), 'file')} removed from {folder(output)}")
    return 0
