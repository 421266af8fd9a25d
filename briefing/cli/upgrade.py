"""The command `upgrade`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import site_folder
from briefing.cli.printing import say
from briefing.project import THEME
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.pin import GENERATOR, find_origin, is_local
from briefing.scaffold.upgrade import apply_upgrade, plan_upgrade


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Make the site use the generator that runs; say what else may have to change. With `--check`, only say it.

    Returns 1 with `--check` if there is anything to do.
    """
    root = site_folder(options)
    try:
        upgrade = plan_upgrade(root)
        if not options.check:
            apply_upgrade(root, upgrade)
    except CannotCreate as reason:
        say(f"not upgraded: {reason}")
        return 2
    for one in upgrade.overrides:
        since = (
            f"was copied from {one.copied_from}" if one.copied_from else "does not say which version it was copied from"
        )
        changed = "the theme's file has changed since" if one.copied_from else "it may have changed since"
        say(f"{one.path} {since}; {changed}: compare it with {THEME / one.path}")
    for note in upgrade.notes:
        say(note)
    if not upgrade.files:
        say(f"this site is built with briefing {upgrade.after}")
        return 1 if options.check and upgrade.overrides else 0
    done = "would change" if options.check else "changed"
    say(f"{done} {' and '.join(name for name, _ in upgrade.files)}, from briefing {upgrade.before} to {upgrade.after}")
    if is_local(find_origin()):
        say(f"{GENERATOR} names a folder or file of this machine, so other machines cannot install it")
    return 1 if options.check else 0
