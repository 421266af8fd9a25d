"""The command line: build, preview, check, todo, new, init, schema, guard, clean.

Exit 0 fine, 1 problems in the content, 2 wrong usage, 130 interrupted. `--quiet` never changes the exit code.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.disk import read_file, replace_file
from briefing.incremental.memo import Mapper, Memo
from briefing.incremental.processes import Workers
from briefing.model.files import BuildSummary
from briefing.model.kinds import BY_NAME, KINDS
from briefing.pipeline.build import build, last_render_inputs
from briefing.pipeline.report import Report, excerpts
from briefing.problems import BuildError, Problem, ReadText, as_github, as_json, as_text, has_errors, visible
from briefing.project import Project, find_overlap
from briefing.write.folder import clean

if TYPE_CHECKING:
    from briefing.model.steps import RenderInput

# What only one command needs, or only a build with something to do, is imported where it is used: a build with nothing
# new is over in the time that loading all of it takes.

HERE = Path(__file__).resolve().parents[2]
"""The folder of this repository, whose templates and assets every site starts from."""
_YOUNG = 50_000
"""How many values a build makes before Python looks for those that only each other hold, and finds next to none."""
_EPILOG = """\
exit status: 0 fine, 1 problems in the content, 2 wrong usage, 130 interrupted

examples:
  python build.py                          build the site into output/
  python build.py check                    look for problems, write nothing
  python build.py preview                  show the site and each save; Ctrl-C ends it
  python build.py build --timings          say how long each step took
  python build.py check --external         ask the addresses that the content links to, too (minutes)
  python build.py check --format json      problems for another program
"""


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Run one command and give its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "build")
    try:
        options = _parser(environment).parse_args(given)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        if options.command in ("build", "check", "todo"):
            return _build(options, environment)
        if options.command in ("preview", "serve"):
            return _preview(options, environment)
        return {"clean": _clean, "guard": _guard, "new": _new, "init": _init, "schema": _schema}[options.command](
            options
        )
    except _WrongUsage as error:
        print(visible(str(error)), file=sys.stderr)
        return 2
    except BuildError as error:
        print(as_text(error.problems, lambda path: None), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; nothing was left half written", file=sys.stderr)
        return 130


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python build.py",
        description="Build a briefing site: every statement with its receipt, checked before it is published.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, purpose: str, aliases: Sequence[str] = ()) -> argparse.ArgumentParser:
        sentence = f"{purpose[0].upper()}{purpose[1:]}."
        return commands.add_parser(name, help=purpose, description=sentence, aliases=list(aliases))

    build_ = add("build", "build the site (what happens when no command is named)")
    check = add("check", "do everything but writing, and say what is wrong")
    clean_ = add("clean", "remove from the output folder what builds made, and nothing else")
    guard_ = add("guard", "add a name that must never appear; asks for it, and does not show it")
    guard_.add_argument(
        "name", nargs="?", help="the name; left out, it is read from standard input and leaves no trace"
    )
    preview_ = add("preview", "show the site in a browser, and each save as it is made", ["serve"])
    preview_.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="listen on this port, or on one of the nine after it"
    )
    preview_.add_argument("--open", action="store_true", help="open the browser")
    preview_.add_argument("--follow", action="store_true", help="go to the page whose file was saved")
    preview_.add_argument(
        "--editor",
        default=environment.get("VISUAL") or environment.get("EDITOR") or "",
        metavar="NAME",
        help="where problems open: code, cursor, zed, subl, idea, or an address with {path}, {line} and {column}",
    )
    preview_.add_argument("--poll", action="store_true", help="look for saves again and again (WSL, some containers)")
    new = add("new", "begin a record: a draft with every field that it needs")
    kinds = [kind.name for kind in KINDS]
    new.add_argument("kind", choices=kinds, metavar="KIND", help=f"what it is: {', '.join(kinds)}")
    new.add_argument("title", help="its title, name, term or question, in quotes")
    new.add_argument("--id", default="", help="its permanent name; made from the title where left out")
    init = add("init", "make a folder with a small finished site, ready to change and to push")
    init.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
    schema = add("schema", "write what editors complete from, into .vscode/")
    todo = add("todo", "list what is left to do: uncited, undated, overdue, unarchived, unused, too long")
    for command in (build_, check, preview_, todo, clean_, guard_, new, schema):
        command.add_argument("--site", type=Path, default=HERE, metavar="DIR", help="the folder that holds content/")
    for command in (build_, check, todo, clean_):
        command.add_argument("--output", type=Path, metavar="DIR", help="where the site goes; output/ beside content/")
    build_.add_argument(
        "--record", action="store_true", help="note every address as published in content/addresses.lock"
    )
    build_.add_argument(
        "--verify",
        action="store_true",
        help="write nothing; say whether output/ is byte for byte what the content says",
    )
    build_.add_argument("--no-search", action="store_true", help="make no search index; searching leads to the A to Z")
    build_.add_argument(
        "--pdf", action="store_true", help="print the whole briefing as a PDF too; needs Chromium or Chrome"
    )
    check.add_argument(
        "--external", action="store_true", help="ask every web address too; answers go to content/link-health.json"
    )
    new.add_argument("--now", type=_day, default=_today(environment), metavar="DATE", help="the day that it is true on")
    for command in (build_, check, preview_, todo):
        command.add_argument("--base-url", default="", metavar="URL", help="where the site is published, if not as set")
        command.add_argument(
            "--now", type=_day, default=_today(environment), metavar="DATE", help="the day to build for; today"
        )
        command.add_argument("--jobs", type=int, default=0, metavar="N", help="processes; as many as there are cores")
        command.add_argument(
            "--format",
            choices=("text", "json", "github"),
            default=_default_format(environment),
            help="how to say what is wrong: for a person, for a program, or as marks in a pull request",
        )
        command.add_argument("--quiet", action="store_true", help="say only what is wrong")
    for command in (build_, check, todo):
        command.add_argument("--drafts", action="store_true", help="build drafts too")
        command.add_argument("--strict", action="store_true", help="treat warnings as errors")
        command.add_argument("--explain", action="store_true", help="say of each page why it was made anew")
        command.add_argument("--timings", action="store_true", help="say how long each step took, and how much it did")
    return parser


def _day(text: str) -> str:
    """Check a date given on the command line."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-01-31") from None


def _port(text: str) -> int:
    """Check a port given on the command line."""
    if text.isdigit() and int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; take a number from 1024 to 65535")


def _today(environment: Mapping[str, str]) -> str:
    """Give the day of the build, SOURCE_DATE_EPOCH or today. Nothing else asks a clock for a date."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()


def _default_format(environment: Mapping[str, str]) -> str:
    return "github" if environment.get("GITHUB_ACTIONS") == "true" else "text"


class _WrongUsage(Exception):
    """Options that cannot be used together."""


def _project(options: argparse.Namespace) -> Project:
    root: Path = options.site.resolve()
    layers = [HERE] if root == HERE else [HERE, root]
    project = Project(
        root=root,
        output=options.output.resolve() if getattr(options, "output", None) else root / "output",
        templates=tuple(layer / "templates" for layer in layers),
        assets=tuple(layer / "assets" for layer in layers),
        now=getattr(options, "now", ""),
        base_url=getattr(options, "base_url", ""),
        drafts=getattr(options, "drafts", True),  # a preview shows them, marked
        update_lock=getattr(options, "record", False),
        search=not getattr(options, "no_search", True),
        pdf=getattr(options, "pdf", False),
    )
    if folder := find_overlap(project):
        raise _WrongUsage(f"--output {_shown(project.output)} overlaps {_shown(folder)}; name another folder")
    return project


def _build(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    project = _project(options)
    if getattr(options, "verify", False):
        return _verify(options, project, environment)
    dry_run = options.command in ("check", "todo")
    gc.set_threshold(_YOUNG)
    workers = _workers(options, project)
    memo = Memo(project.memo)
    start = time.perf_counter()
    try:
        with workers:
            mapper = _counted(workers.map) if _watched(options) else workers.map
            before = last_render_inputs(memo) if options.explain else ()
            report = build(project, memo, mapper, options.strict, dry_run, lambda: _say_waiting(options.quiet))
            if options.explain:
                _show_reasons(before, last_render_inputs(memo), report.work.rendered)
        if getattr(options, "external", False):
            report = report.with_problems(_ask(project, options.quiet), options.strict)
    except BuildError as error:
        report = Report(BuildSummary(error.problems))
    finally:
        memo.close()
    if options.command == "todo":
        from briefing.cli.todo import list_work

        work = list(list_work([*report.problems, *report.summary.notes]))
        print("\n".join(work) or "nothing left to do")
        return 0
    seconds = time.perf_counter() - start
    _show_problems(report.problems, excerpts(report.snapshot), options.format, environment)
    if options.timings:
        _show_timings(report)
    failed = has_errors(report.problems)
    if not options.quiet and options.format != "json":
        print(_summary(report, project, seconds, failed), file=sys.stderr)
    return 1 if failed else 0


_FEW = 20
"""Files of content with which a first build is over before other processes could be of use."""


def _workers(options: argparse.Namespace, project: Project) -> Workers:
    """Give the processes that share the work. For a first build, which has all to do, they start at once."""
    workers = Workers(options.jobs)
    if not os.path.exists(project.memo) and any(islice(project.content.rglob("*"), _FEW, None)):
        from briefing.pipeline.steps import prepare_process

        workers.start(prepare_process, project.templates)
    return workers


def _verify(options: argparse.Namespace, project: Project, environment: Mapping[str, str]) -> int:
    """Say whether the output folder is what a build from nothing gives."""
    from briefing.pipeline.verify import Compared, say, verify

    try:
        with Workers(options.jobs) as workers:
            report, compared = verify(project, workers.map, options.strict, lambda: _say_waiting(options.quiet))
    except BuildError as error:
        report, compared = Report(BuildSummary(error.problems)), Compared(())
    _show_problems(report.problems, excerpts(report.snapshot), options.format, environment)
    if not options.quiet and options.format != "json":
        print(say(compared, _shown(project.output)), file=sys.stderr)
    return 1 if has_errors(report.problems) else 0


def _say_waiting(quiet: bool) -> None:
    if not quiet:
        print("another build is at work in this output folder; waiting for it", file=sys.stderr, flush=True)


_PATIENCE = 1.0
"""Seconds of silence after which somebody at a terminal is shown how far things are."""
_BAR = 24


def _watched(options: argparse.Namespace) -> bool:
    return sys.stderr.isatty() and not options.quiet


def _counted(mapper: Mapper[Any, Any]) -> Mapper[Any, Any]:
    """Show how far a map over many values is, as a bar on the last line of the terminal."""
    created = time.perf_counter()

    def counted(function: Any, values: Sequence[Any]) -> Iterator[Any]:
        shown = False
        for done, answer in enumerate(mapper(function, values), 1):
            if len(values) > 1 and time.perf_counter() - created > _PATIENCE:
                filled = _BAR * done // len(values)
                bar = f"[{'#' * filled}{' ' * (_BAR - filled)}] {done} of {len(values)}"
                print(f"\r{bar}", end="", file=sys.stderr, flush=True)
                shown = True
            yield answer
        if shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    return counted


def _preview(options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Show the site until interrupted, which is how a preview ends."""
    from briefing.preview.run import preview
    from briefing.preview.session import PreviewState, Session  # brings a server, which no build needs

    project = _project(options)
    workers = _workers(options, project)
    memo = Memo(project.memo)

    def say(state: PreviewState) -> None:
        if not options.quiet:
            print(f"built in {state.seconds * 1000:.0f} ms", file=sys.stderr)
        _show_problems(state.problems, session.excerpt, options.format, environment)
        if state.bug:
            print("\n".join(visible(line) for line in state.bug.split("\n")), file=sys.stderr)
        errors = sum(problem.level == "error" for problem in state.problems)
        if not options.quiet:
            pages = session.result.summary.page_count if session.result else 0
            well = f"{_count(pages, 'page')}, {_count(len(state.changed), 'file')} changed"
            print(f"{_count(errors, 'error')}; the pages are as before" if state.failed else well, file=sys.stderr)

    def tell(address: str) -> None:
        if options.port and f":{options.port}/" not in address:
            print(f"port {options.port} is taken", file=sys.stderr)
        print(f"preview at {address}, until Ctrl-C", file=sys.stderr, flush=True)
        if options.open:
            import webbrowser

            webbrowser.open(address)

    try:
        with workers:
            session = Session(project, memo, workers.map)
            say(session.save())
            preview(session, options.port, tell, say, options.editor, options.follow, options.poll)
    except OSError as error:
        print(f"the preview cannot go on: {error}", file=sys.stderr)
        return 2
    finally:
        memo.close()
    print("preview ended", file=sys.stderr)
    return 0


def _ask(project: Project, quiet: bool) -> tuple[Problem, ...]:
    """Ask the addresses that lead out, and count the answers where somebody is watching."""
    from briefing.linkcheck.health import examine  # brings TLS, which no build needs

    def tell(done: int, of: int) -> None:
        if sys.stderr.isatty() and not quiet:
            print(f"\r{done} of {of} addresses", end="\n" if done == of else "", file=sys.stderr, flush=True)

    return examine(project, tell=tell)


def _show_problems(
    problems: Sequence[Problem], excerpt: ReadText, format_: str, environment: Mapping[str, str]
) -> None:
    if format_ == "json":
        print(as_json(problems))
    elif problems and format_ == "github":
        print(as_github(problems))
    elif problems:
        coloured = not environment.get("NO_COLOR") and (bool(environment.get("FORCE_COLOR")) or sys.stderr.isatty())
        print(as_text(problems, excerpt, coloured) + "\n", file=sys.stderr)


def _show_reasons(before: Sequence[RenderInput], now: Sequence[RenderInput], rendered: Sequence[str]) -> None:
    """Say of each page why it was made anew."""
    from briefing.cli.explain import explain

    reasons = list(explain(before, now, rendered))
    for address, reason in reasons:
        print(f"{address}: {reason}", file=sys.stderr)
    if not reasons:
        print("no page was made anew", file=sys.stderr)


def _show_timings(report: Report) -> None:
    work = {
        "parse": f"{len(report.work.parsed):>6} parsed",
        "weave": f"{report.work.woven:>6} woven",
        "render": f"{len(report.work.rendered):>6} rendered",
        "write": f"{len(report.written.changed) if report.written else 0:>6} written",
    }
    for step, seconds in report.seconds.items():
        print(f"{step:<7}{seconds * 1000:>9.1f} ms {work.get(step, '')}".rstrip(), file=sys.stderr)


def _summary(report: Report, project: Project, seconds: float, failed: bool) -> str:
    """Say in one line what came of it."""
    summary = report.summary
    errors = sum(problem.level == "error" for problem in report.problems)
    warnings = len(report.problems) - errors
    found = ", ".join(_count(number, word) for number, word in ((errors, "error"), (warnings, "warning")) if number)
    if failed:
        half = any(problem.code == "half-written" for problem in report.problems)
        return f"{found}; {'not all' if half else 'nothing'} was written"
    coverage = f"; {summary.coverage.sourced} of {summary.coverage.checkable} checkable statements sourced"
    if summary.coverage.exempt:
        coverage += f", {summary.coverage.exempt} with a reason for none"
    if report.written is None:
        return f"{_count(summary.page_count, 'page')} checked in {seconds:.2f} s: {found or 'nothing wrong'}{coverage}"
    written = report.written
    changes = f"{len(written.changed)} written, {written.same} unchanged, {len(written.removed)} removed"
    tail = coverage + (f"; {found}" if found else "")
    return f"{_count(summary.page_count, 'page')} in {seconds:.2f} s ({changes}) in {_shown(project.output)}{tail}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _shown(path: Path) -> str:
    return f"{os.path.relpath(path)}{os.sep}" if path.is_relative_to(Path.cwd()) else f"{path}{os.sep}"


def _guard(options: argparse.Namespace) -> int:
    """Add a name to the list without storing, printing or echoing it."""
    from briefing.check.names import LIST, add

    name = options.name
    if name is None:
        from getpass import getpass

        name = getpass("Name that must never appear (not shown): ") if sys.stdin.isatty() else sys.stdin.readline()
    root = options.site.resolve()
    try:
        text = add((read_file(root, LIST) or b"").decode(), name)
    except ValueError as error:
        print(f"not added: {error}", file=sys.stderr)
        return 2
    replace_file(root, LIST, text.encode())
    print(f"added; the name itself is not stored. Commit {LIST}", file=sys.stderr)
    if options.name is not None:
        print("your shell may keep what you typed; next time leave the name out and be asked for it", file=sys.stderr)
    return 0


def _new(options: argparse.Namespace) -> int:
    """Begin a record, and say where it is."""
    from briefing.scaffold.errors import CannotCreate
    from briefing.scaffold.new_record import create  # reads Markdown, which an idle build does not

    try:
        created = create(_project(options), BY_NAME[options.kind], options.title, options.id)
    except CannotCreate as reason:
        print(f"not begun: {reason}", file=sys.stderr)
        return 1
    print(f"{created.path}:{created.line}")
    print(f"begun as a draft, with the id “{created.id}”; take draft out when it is ready", file=sys.stderr)
    return 0


def _init(options: argparse.Namespace) -> int:
    """Make a new site."""
    from briefing.scaffold.errors import CannotCreate
    from briefing.scaffold.new_site import create_site

    try:
        files = create_site(HERE, options.folder)
    except CannotCreate as reason:
        print(f"not made: {reason}", file=sys.stderr)
        return 2
    print(
        f"{_count(len(files), 'file')} in {_shown(options.folder.resolve())}: now cd there, and make", file=sys.stderr
    )
    return 0


def _schema(options: argparse.Namespace) -> int:
    """Write what editors complete from."""
    from briefing.scaffold.editor_files import write_schemas

    written = write_schemas(options.site.resolve())
    print("\n".join(written) or "nothing new", file=sys.stderr)
    return 0


def _clean(options: argparse.Namespace) -> int:
    output = _project(options).output
    removed = clean(output)
    print(f"{_count(len(removed), 'file')} removed from {_shown(output)}", file=sys.stderr)
    return 0
