"""The command `words`: the words of the interface in each language, and those that a site lacks."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping

from briefing.cli.arguments import make_project
from briefing.cli.printing import say
from briefing.scaffold.interface_words import list_english, list_languages, write_template


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Print the words that the site lacks, or all of them; without an option, which languages have how many words."""
    if options.template:
        say(write_template(make_project(options)), sys.stdout)
    elif options.missing:
        say("\n".join(list_english(make_project(options))), sys.stdout)
    else:
        say("\n".join(list_languages()), sys.stdout)
    return 0
