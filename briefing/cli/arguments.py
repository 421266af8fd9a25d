"""The arguments of every command, and the project that they describe."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from briefing import __version__
from briefing.cli.printing import folder
from briefing.model.addresses import is_site_url
from briefing.model.kinds import KINDS
from briefing.project import THEME, Project, find_overlap, find_site

REPOSITORY = Path(__file__).resolve().parents[2]
"""The folder of this repository; every site uses its templates and assets."""
COMMANDS = {
    "build": "build the site (the default command)",
    "check": "find problems and write nothing",
    "clean": "delete from the output folder the files that builds made, and no others",
    "guard": "add a name that must never be published; asks for it and does not show it",
    "picture": "remove from pictures what a camera stored in them (EXIF): the place, the time, its number",
    "preview": "show the site in a browser and update it at each save",
    "import": "import sources (CSL-JSON, CSL-YAML, BibTeX, RIS, as Zotero writes them), or recommendations",
    "export": "print the sources as CSL-JSON, BibTeX or RIS, or the recommendations as JSON",
    "new": "create a record as a draft, with every required field",
    "init": "create a folder with a small, complete site to change and publish",
    "theme": "list the templates and style sheets, or copy one into the site to change it",
    "upgrade": "move the site to the version of the generator that you run, and list what else may have to change",
    "edition": "note that an edition agrees with the page that it was made from, as that is today",
    "withdraw": "take the words of a page as they were on a day away from the site, and leave the day and the reason",
    "words": "show in which languages the interface has words, and print those that this site lacks",
    "schema": "write the files with which editors complete and check fields, into .vscode/",
    "keep": "store a copy of each source that has an address, to compare its passages with it",
    "evidence": "look for the words of each passage in the copy of its source, and store the results",
    "archive": "ask a web archive to save a copy of each source, and write the address of the copy into the source",
    "todo": "list what is left to do: uncited, undated, overdue, not kept, not found, unarchived, unused, too long",
}
"""Every command, and what it does."""
ALIASES = {"serve": "preview"}
_DAYS = {
    "new": "the date on which the record is true",
    "keep": "the day on which the copies are kept",
    "edition": "the day of the version",
    "evidence": "the day on which the passages are compared",
    "archive": "the day of the copies, if the archive does not say it",
    "withdraw": "the day of the withdrawal",
}
"""What the day of a command means, where it is not the day to build for."""
MODULES = {"import": "taking"}
"""The module of each command whose name is a word of Python."""
_EPILOG = """\
exit status: 0 success, 1 problems in the content, 2 wrong usage, 130 interrupted

examples:
  %(prog)s                          build the site into output/
  %(prog)s check                    find problems, write nothing
  %(prog)s preview                  show the site and each save; Ctrl-C stops it
  %(prog)s build --timings          also print how long each step took
  %(prog)s check --external         also request the addresses that the content links to (minutes)
  %(prog)s check --format json      print problems for another program

manual: MANUAL
"""


class WrongUsage(Exception):
    """Options that cannot be used together."""


def make_parser(chosen: str, environment: Mapping[str, str], program: str = "briefing") -> ArgumentParser:
    """Return a parser that knows every command, and the arguments of the chosen one: all of them take time to add.

    `program` is what was typed to start it.
    """
    parser = ArgumentParser(
        prog=program,
        description="Build a briefing site: every statement shows its source, and is checked before it is published.",
        epilog=_EPILOG.replace("MANUAL", str(THEME / "docs" / "first-brief.md")),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"briefing {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        aliases = [alias for alias, command in ALIASES.items() if command == name]
        sentence = f"{purpose[0].upper()}{purpose[1:]}."
        command = commands.add_parser(name, help=purpose, description=sentence, aliases=aliases)
        if name == chosen:
            _add_arguments(command, name, environment)
    return parser


def _add_arguments(parser: ArgumentParser, command: str, environment: Mapping[str, str]) -> None:
    add, builds = parser.add_argument, command in ("build", "check", "todo")
    add_folder, switch = partial(add, type=Path, metavar="DIR"), partial(add, action="store_true")
    if command == "guard":
        # All words, so that no message of the parser names one of them.
        add("name", nargs="*", help="the name; without it, the name is read from standard input")
    if command == "init":
        add_folder("folder", help="a new or empty folder")
        switch("--vendor", help="also put the generator and its packages into vendor/, so that make needs no network")
    if command in ("keep", "evidence", "archive"):
        add("ids", nargs="*", metavar="ID", help="the ids of sources (default: all that need it)")
    if command == "keep":
        add(
            "--from",
            dest="file",
            type=Path,
            metavar="FILE",
            help="use this file as the copy of the source; name one ID",
        )
    if command == "archive":
        service = "the web archive (default: https://web.archive.org)"
        add("--service", type=_site_url, default="https://web.archive.org", metavar="URL", help=service)
    if command == "picture":
        add("files", nargs="+", metavar="FILE", help="a picture in the folder of the site")
    if command == "theme":
        add("action", choices=("list", "copy"), help="what to do")
        add("name", nargs="?", default="", help="the file to copy, such as brief.html or style.css")
    if command == "edition":
        add("ids", nargs="+", metavar="ID", help="the ids of editions")
    if command == "withdraw":
        add("page", metavar="ADDRESS", help="the address of the page, such as /briefs/opening-hours/")
        add("day", nargs="?", type=_date, metavar="DAY", help="the day, such as 2026-11-23")
        switch("--all", help="every day")
        add("--reason", default="", metavar="WORDS", help="why; readers of that day see it")
    if command == "words":
        switch("--missing", help="print the words that are in English on this site")
        switch("--template", help="print all words with what this site says, to be filled in and put into site.yaml")
    if command == "upgrade":
        switch("--check", help="change nothing; exit with 1 if there is anything to do")
    if command == "import":
        add(
            "file",
            type=Path,
            metavar="FILE",
            help="the exported file; its ending gives the format: .json, .yaml, .bib or .ris; .csv for recommendations",
        )
        add(
            "--entries",
            type=Path,
            metavar="FILE",
            help="with recommendations as .csv: the table of what was said, done and judged",
        )
        add(
            "--tier",
            default="",
            metavar="TIER",
            help="the tier of all new sources (default: by type, as the manual says)",
        )
        switch("--update", help="also replace values of the site that differ from the file")
        switch("--dry-run", help="print what would change, and change nothing")
    if command == "export":
        add("what", choices=("sources", "recommendations"), help="what to print")
        add(
            "--as", dest="form", choices=("csl-json", "bibtex", "ris"), default="csl-json", help="the format of sources"
        )
    if command == "new":
        kinds = ", ".join(kind.name for kind in KINDS)
        add("kind", metavar="KIND", help=f"the kind of record: {kinds}, or one of content/kinds.yaml")
        add("title", help="its title, name, term or question, in quotes; for a source, also its web address")
        add("--id", default="", help="its permanent id (default: made from the title)")
    if command == "preview":
        editor = environment.get("VISUAL") or environment.get("EDITOR") or ""
        ports = "the port; if it is in use, one of the next nine (default: 8000)"
        editors = "code, cursor, zed, subl, idea, or an address with {path}, {line} and {column}"
        add("--port", type=_port, default=8000, metavar="N", help=ports)
        switch("--open", help="open the browser")
        switch("--follow", help="go to the page whose file was saved")
        add("--editor", default=editor, metavar="NAME", help=f"the editor that opens problems: {editors}")
        switch("--poll", help="check the files for changes at intervals (WSL, some containers)")
    if command != "init":
        add_folder("--site", help="the folder that contains content/ (default: this folder, or the nearest above it)")
    if builds or command == "clean":
        add_folder("--output", help="the output folder (default: output/ beside content/)")
    if command == "build":
        switch("--record", help="record every address in content/addresses.lock, and the words of every page")
        switch("--verify", help="write nothing; compare every byte of output/ with a new build")
        switch("--no-search", help="make no search index; the search page then links to the A to Z")
        switch("--pdf", help="also print the whole briefing as a PDF; needs Chromium or Chrome")
    if command == "check":
        results = "the results are kept in content/link-health.json"
        switch("--external", help=f"also request every address outside the site; {results}")
    if command in ("new", "keep", "evidence", "archive", "edition", "preview", "withdraw") or builds:
        meaning = _DAYS.get(command, "the day to build for")
        add("--now", type=_date, default=_today(environment), metavar="DATE", help=f"{meaning} (default: today)")
    if builds or command == "preview":
        formats = ("text", "json", "github")
        default = "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"
        meaning = "how to print problems: for a person, for a program, or as marks on a pull request"
        meant = "where the site is published (default: as in its settings)"
        add("--base-url", type=_site_url, default="", metavar="URL", help=meant)
        add("--jobs", type=int, default=0, metavar="N", help="number of processes (default: one for each core)")
        add("--format", choices=formats, default=default, help=meaning)
        switch("--quiet", help="print only problems")
    if builds:
        switch("--drafts", help="include drafts")
        switch("--strict", help="treat warnings as errors")
        switch("--explain", help="print why each page was rendered again")
        switch("--timings", help="print the time and the amount of work of each step")


def make_project(options: Namespace) -> Project:
    """Return the project that the options of a command describe."""
    project = replace(
        Project.at(site_folder(options), getattr(options, "now", ""), getattr(options, "output", None)),
        base_url=getattr(options, "base_url", ""),
        drafts=getattr(options, "drafts", True),  # a preview shows them, marked
        update_lock=getattr(options, "record", False),
        search=not getattr(options, "no_search", True),
        pdf=getattr(options, "pdf", False),
    )
    if other := find_overlap(project):
        raise WrongUsage(f"--output {folder(project.output)} overlaps {folder(other)}; name another folder")
    return project


def site_folder(options: Namespace) -> Path:
    """Return the folder of the site: the one that was named, or the nearest one around the current folder."""
    folder: Path | None = options.site or find_site(Path.cwd())
    if folder is None:
        hint = "go to the folder of a site, or name it: --site DIR; the command init makes a new one"
        raise WrongUsage(f"no folder content/ here or above; {hint}")
    return folder.resolve()


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date; write it as 2026-01-31") from None


def _site_url(text: str) -> str:
    if text and not is_site_url(text):
        raise ArgumentTypeError(f"{text!r} is not the address of a site; write it as https://example.org/guide")
    return text


def _port(text: str) -> int:
    if text.isdigit() and int(text) <= 65535:
        return int(text)
    raise ArgumentTypeError(f"{text!r} is not a port; type a number from 1024 to 65535")


def _today(environment: Mapping[str, str]) -> str:
    """Return SOURCE_DATE_EPOCH or today, in UTC. Nothing else reads a clock for a date."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()
