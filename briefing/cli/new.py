"""The command `new`."""

from __future__ import annotations

import re
import sys
import time
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.new_record import check_new_address, create


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Create a record, and print its place."""
    project, title = make_project(options), options.title
    known: tuple[tuple[str, str], ...] = ()
    try:
        if options.kind == "source" and re.match("https?://", title):
            from briefing.linkcheck.client import POLITE
            from briefing.linkcheck.page_facts import PageUnread, read_page

            check_new_address(project, title)
            try:
                facts = read_page(title, POLITE, time.sleep)
            except PageUnread as reason:
                raise CannotCreate(str(reason)) from None
            title, known = facts.get("title"), facts.fields
        created = create(project, options.kind, title, options.id, known)
    except CannotCreate as reason:
        say(f"not created: {reason}")
        return 1
    say(f"{created.path}:{created.line}", sys.stdout)
    if known:
        say(f"the page says: {', '.join(name for name, _ in known)}; check them")
    say(f"created a draft with the id “{created.id}”; remove `draft: true` to publish it")
    return 0
