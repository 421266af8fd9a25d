"""The command `init`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.printing import count, folder, say
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.new_site import create_site
from briefing.scaffold.pin import GENERATOR, find_origin, is_local


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Create a new site."""
    try:
        files = create_site(options.folder, options.vendor)
    except CannotCreate as reason:
        say(f"not created: {reason}")
        return 2
    target = folder(options.folder.resolve())
    say(f"created {count(len(files), 'file')} in {target}; now type: cd {target} and make")
    if is_local(find_origin()) and not options.vendor:
        say(f"{GENERATOR} names a folder or file of this machine; for other machines, use init --vendor")
    return 0
