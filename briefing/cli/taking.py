"""The command `import`: takes in the sources of another program's export, or the recommendations of another site."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from briefing.cli.arguments import WrongUsage, make_project
from briefing.cli.printing import count, print_problems, say
from briefing.problems import BuildError
from briefing.scaffold.exchange import TakenRecords, holds_recommendations, import_recommendations
from briefing.scaffold.import_sources import ImportOptions, Taken, import_sources


def run(options: Namespace, environment: Mapping[str, str]) -> int:
    """Take the sources in, and print what is new, what was completed, and what differs. Return 1 for a broken file."""
    project, path = make_project(options), options.file
    data, entries = _read(path), (options.entries.as_posix(), _read(options.entries)) if options.entries else None
    if entries and path.suffix.lower() != ".csv":
        raise WrongUsage("--entries belongs to a table of recommendations, a file that ends in .csv")
    try:
        if path.suffix.lower() == ".csv" or holds_recommendations(data):
            taken_records = import_recommendations(project, path.as_posix(), data, options.dry_run, entries)
            _print_records(taken_records, options.dry_run)
            return 0
        wanted = ImportOptions(options.tier, options.update, options.dry_run)
        taken = import_sources(project, path.as_posix(), data, wanted)
    except BuildError as error:
        texts = {
            name: read.decode("utf-8-sig", "replace") for name, read in ((path.as_posix(), data), entries or ("", b""))
        }
        print_problems(error.problems, texts.get, "text", environment)
        say(f"{count(len(error.problems), 'problem')}; nothing was changed")
        return 1
    _print(taken, options.dry_run)
    return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror}") from None


def _print_records(taken: TakenRecords, dry_run: bool) -> None:
    for name, title in taken.added:
        say(f"new        {name}: {title}", sys.stdout)
    for name in taken.kept:
        say(f"differs    {name}; not changed", sys.stdout)
    for words in taken.told:
        say(f"note       {words}", sys.stdout)
    counts = f"{count(len(taken.added), 'new recommendation')}, {len(taken.kept)} different, {taken.same} known already"
    where = f" in {', '.join(taken.files)}" if taken.files else ""
    say(f"{counts}{where}" + ("; nothing was changed, as you asked" if dry_run else ""))


def _print(taken: Taken, dry_run: bool) -> None:
    for name, title in taken.added:
        say(f"new        {name}: {title}", sys.stdout)
    for name, fields in taken.completed:
        say(f"completed  {name}: {fields}", sys.stdout)
    for name, difference in taken.kept:
        say(f"differs    {name}: {difference}; not changed", sys.stdout)
    for words in taken.told:
        say(f"note       {words}", sys.stdout)
    for name, times in taken.imported.items():
        say(f"imported   {name}: kept under imported in {count(times, 'source')}, never published", sys.stdout)
    if taken.left_out:
        say(f"{count(taken.left_out, 'path')} of files on your disk left out")
    counts = f"{count(len(taken.added), 'new source')}, {len(taken.completed)} completed, {taken.same} known already"
    where = f" in {', '.join(taken.files)}" if taken.files else ""
    say(f"{counts}{where}" + ("; nothing was changed, as you asked" if dry_run else ""))
    if taken.kept:
        say("to replace these values too, add --update")
    if taken.added and not dry_run:
        say("check the tier of each new source: it was chosen by type")
