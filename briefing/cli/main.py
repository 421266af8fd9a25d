"""The command line: run the command that was typed.

Each command is the function `run` in the module of its name; it returns the exit status. Only the module of that
command is imported, because importing all of them takes longer than a build with nothing new.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import PurePath

from briefing.cli.arguments import ALIASES, MODULES, WrongUsage, make_parser
from briefing.cli.printing import print_problems, say
from briefing.problems import BuildError


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Run one command. Return 0 if all is fine, 1 for problems in the content, 2 for wrong usage, 130 for Ctrl-C."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "build")
    command = ALIASES.get(given[0], given[0])
    try:
        options = make_parser(command, environment, _program(sys.argv[0])).parse_args(given)
        status: int = import_module(f"briefing.cli.{MODULES.get(command, command)}").run(options, environment)
    except SystemExit as stop:  # the parser has printed help, or an error
        return int(stop.code or 0)
    except WrongUsage as error:
        say(str(error))
        return 2
    except BuildError as error:
        print_problems(error.problems, lambda path: None, getattr(options, "format", "text"), environment)
        return 1
    except KeyboardInterrupt:
        say("interrupted; no file is half written")
        return 130
    return status


def _program(path: str) -> str:
    """Return what a person types to start the program from this file."""
    return {"build.py": "python build.py", "__main__.py": "python -m briefing"}.get(PurePath(path).name, "briefing")
