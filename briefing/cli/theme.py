"""The command `theme`."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import WrongUsage, site_folder
from briefing.cli.printing import say
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.theme import copy_file, list_overrides, list_theme


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """List the files of the theme and those that the site replaces, or copy one into the site."""
    root = site_folder(options)
    if options.action == "list":
        own = {one.path for one in list_overrides(root)}
        lines = [f"{path}  (replaced by this site)" if path in own else path for path in list_theme()]
        say("\n".join(lines), sys.stdout)
        return 0
    if not options.name:
        raise WrongUsage("name the file to copy: theme copy brief.html; theme list shows all")
    try:
        say(f"created {copy_file(root, options.name)}; your copy now replaces the file of the theme")
    except CannotCreate as reason:
        say(f"not copied: {reason}")
        return 2
    return 0
