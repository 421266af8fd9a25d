"""The command `guard`: it never stores, prints or echoes the name that it is given."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.check.name_list import LIST, add, is_ordinary
from briefing.cli.arguments import site_folder
from briefing.cli.printing import say
from briefing.disk import read_file, replace_file


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Add one name to the list, as hashes."""
    name = " ".join(options.name)
    if not name:
        from getpass import getpass

        name = getpass("Name that must never appear (not shown): ") if sys.stdin.isatty() else sys.stdin.readline()
    root = site_folder(options)
    try:
        text = add((read_file(root, LIST) or b"").decode(), name)
    except ValueError as error:
        say(f"not added: {error}")
        return 2
    replace_file(root, LIST, text.encode())
    say(f"added; the name itself is not stored. Commit {LIST}")
    if is_ordinary(name):
        say("both words are common words: in small letters, this name is not found")
    if options.name:
        say("shell history may hold this name; run `guard` without it, and type it when asked")
    return 0
