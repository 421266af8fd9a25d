"""The command `picture`."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from briefing.cli.arguments import WrongUsage, site_folder
from briefing.cli.printing import say
from briefing.disk import read_file, replace_file
from briefing.read.metadata import clean


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Take out of pictures what a camera wrote into them; no pixel changes."""
    root = site_folder(options)
    for name in options.files:
        path = Path(os.path.abspath(name))
        if not path.is_relative_to(root):
            raise WrongUsage(f"{name} is not in the folder of the site")
        shown = path.relative_to(root).as_posix()
        data = read_file(root, shown)
        if data is None:
            raise WrongUsage(f"there is no file {name}")
        cleaned = clean(data)
        if cleaned == data:
            say(f"{shown}: it has no stored data that can be removed (from a JPEG, PNG or WebP)")
        else:
            replace_file(root, shown, cleaned)
            say(f"{shown}: {len(data) - len(cleaned):,} bytes of stored data removed")
    return 0
