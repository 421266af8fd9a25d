"""The laws of a build, tested on random sites: whatever happened before, the output is what the content says.

The whole number of them: make test-laws
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from briefing.check.name_list import add
from briefing.cli.arguments import REPOSITORY
from briefing.incremental.memo import Memo
from briefing.incremental.processes import Workers
from briefing.preview.session import Session
from briefing.write.manifest import MANIFEST
from tests.golden import SITE
from tests.sites import INHERITED, NOW, MakeSite, Site, brief, files_in

EXAMPLES = int(os.environ.get("BRIEFING_EXAMPLES", "20"))
SHARES = 2
"""Processes that the sequences are shared between."""
LAW = settings(
    max_examples=max(1, EXAMPLES // SHARES),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    database=None,
)
START = {
    path.relative_to(SITE).as_posix(): path.read_bytes().decode() for path in sorted(SITE.rglob("*")) if path.is_file()
} | files_in(f"""
-- content/briefs/ash.md --
{brief("Ash", "See [[birch]] and [[ada-reed]] [@minutes].")}
-- content/briefs/birch.md --
{brief("Birch", "There are [[=visits]] visits.")}
-- templates/brief.html --
{{% extends 'base.html' %}}
{{% from "parts/notes.html" import source_list with context %}}
{{% block main %}}{{% include 'parts/mine.html' %}}{{{{ prose(page.view.text) }}}}{{{{ source_list() }}}}{{% endblock %}}
-- templates/parts/mine.html --
{{{{ page.title }}}}
""")
"""The golden site, which holds every kind of record, and two briefs with a template of the site's own."""
EDITS = [
    *(("content/events.yaml", *edit) for edit in (
        ("1904", "1905"), ("title: The library is founded", "title: It is founded"), ("where: [the-hall], ", ""),
        ("planned: true, ", ""), ("sources: [survey]", "sources: [survye]"))),
    *(("content/glossary.yaml", *edit) for edit in (
        ("term: Loan", "term: Lending"), ("A book taken home.", "See [[door-counter]]."), ("id: loan", "id: loans"))),
    *(("content/house-style.yaml", *edit) for edit in (("[punter]", "[nine]"), ("kinder", "shorter"))),
    *(("content/numbers.yaml", *edit) for edit in (
        ('value: "1,240"\n', 'value: "1,250"\n'), ("Visits a week", "Visits"), ("2026-06-01", "2026-02-01"),
        ("id: roof-cost", "id: cost"))),
    *(("content/organisations.yaml", *edit) for edit in (
        ("name: Riverside Board", "name: The Park Board"), ("aka: [The Board], ", ""), ("Decides.", "See [[ash]]."))),
    *(("content/places.yaml", *edit) for edit in (("The Hall", "The Great Hall"), ("North bank", "South bank"))),
    *(("content/people/ada.yaml", *edit) for edit in (("name:", "draft: true, name:"), ("ada-reed", "ada-r"))),
    *(("content/reading-paths.yaml", *edit) for edit in (("the-roof, loan", "the-roof"), ("You are", "Are you"))),
    *(("content/recommendations.yaml", *edit) for edit in (
        ("title: Mend the roof", "title: Mend it"), ("to: not-started", "to: stopped"), ("to: accepted", "to: rejected"),
        ("2026-02-01,", "2026-06-01,"), ("2025-07,", "2025-08,"), ("judged: []\n-", "judged: [{date: 2026-02, text: Done., sources: [survey]}]\n-"))),
    *(("content/sources.yaml", *edit) for edit in (
        ("title: Leaflet", "title: A leaflet"), ("tier: research", "tier: news"), ("label: Board minutes", "label: M"),
        ("{id: roof, ", "{id: rof, "))),
    *(("content/support.yaml", *edit) for edit in (("9 to 5", "9 to 6"), (", emergency: true", ""))),
    *(("content/unknowns.yaml", *edit) for edit in (("In June.", "In July."), ("Sundays?", "Mondays?"))),
    *(("content/site.yaml", *edit) for edit in (
        ("how we know", "who says so"), ("{Menu: All pages}", "{Menu: Pages}"), ("en-GB", "cy"), ("/about/}", "/abuot/}"),
        ("friends.example/riverside\n", "friends.example/r\n"), ("title: The", "title: A: The"),
        ("words:", "markdown_twins: true\nwords:"))),
    *(("content/pages/about.md", *edit) for edit in (("---\n", "---\norder: 3\n"), ("title:", "draft: true\ntitle:"))),
    *(("content/briefs/opening-hours.md", *edit) for edit in (
        ("title: Opening hours", "title: Hours"), ("2026-02-28", "2026-03-31"), ("{#when}", "{#then}"),
        ("opens at nine", "opens at ten"), ("[@survey, ch. 2]", ""), ("/hours/", "/times/"),
        ("(maps/park.svg){.dec", "(maps/prak.svg){.dec"))),
    *(("content/briefs/not-yet.md", *edit) for edit in (("draft: true", "draft: false"), ("[[opening", "[[openings"))),
    *(("content/briefs/the-roof.yaml", *edit) for edit in (("title:", "order: 9\ntitle:"),)),
    ("assets/maps/park.svg", "<svg", "<svg "),
]  # fmt: skip
"""What may be said otherwise in one file: most of it a site may say, some of it not."""
NAMES = ("ash", "birch", "cedar", "elm")
names = st.sampled_from(NAMES).map("content/briefs/{}.md".format)
titles = st.sampled_from(["Ash", "Birch", "Old trees", "Ada", "“Elms”"])
targets = st.sampled_from(["birch", "ash", "ada-reed", "ada-reed|her", "minutes", "visits", "Old trees", "loan"])
parts = st.one_of(
    targets.map("[[{}]]".format),
    st.sampled_from(
        ["[@minutes]", "[@minutes, p. 2]", "[[=visits]]", "Plain words.", "\n\n## Shade\n\n", "x[^1]\n\n[^1]: y\n\n"]
    ),
)
bodies = st.lists(parts, max_size=4).map(" ".join)
extras = st.sampled_from(
    [
        "",
        "draft: true",
        "aka: [Old trees]",
        "redirect_from: [/old/]",
        "order: 1",
        "check_by: 2026-02-01",
        "changes: [{date: 2026-01-01, kind: minor, text: 'See [[ash]].'}]",
    ]
)
texts = st.builds(
    lambda title, body, extra: brief(title, body).replace("as_of", f"{extra}\nas_of", 1), titles, bodies, extras
)
TEMPLATES = (
    "{{ page.title }}",
    "{% include 'parts/mine.html' %}",
    "{{ prose(page.view.text) }}",
    "{{ site.tagline }}",
    "{{ oh }}",
    "{% extends 'base.html' %}",
)
PARTIALS = ("{{ page.summary }}", "{{ page.mentions }}", "mine", "{% include 'parts/fills.html' %}")
GUARDED = [add("", name) for name in ("Ada Reed", "Nobody At All")]
OPTIONS = {
    "now": ("2026-01-31", "2026-02-02", "2026-03-01", "2026-06-02", "2031-01-01"),
    "drafts": (False, True),
    "base_url": ("", "https://elsewhere.example/a/b"),
    "update_lock": (False, False, True),
}
Step = tuple[Any, ...]


def replacing(paths: Iterable[str], texts: Iterable[str | None]) -> st.SearchStrategy[Step]:
    """Put one of some texts in place of a file, or the one that it began with, or, for None, nothing."""
    return st.tuples(st.just("write"), st.sampled_from(list(paths)), st.sampled_from(list(texts)))


edits = st.sampled_from(EDITS).map(lambda edit: ("edit", *edit))
mended = st.sampled_from(EDITS).map(lambda edit: ("write", edit[0], START[edit[0]]))
others = st.one_of(
    st.tuples(st.just("write"), names, texts),
    replacing(["content/reading-paths.yaml", "content/house-style.yaml", "content/briefs/not-yet.md"], [None]),
    st.tuples(st.just("rename"), names, names),
    replacing(["templates/parts/mine.html"], PARTIALS),
    replacing(["templates/brief.html"], [*TEMPLATES, None]),
    replacing(["assets/style.css", "assets/maps/park.svg"], ["a {}", "b {}", None]),
    replacing(["content/never-publish.yaml"], [*GUARDED, None, None]),
    replacing(["content/addresses.lock"], ["/lost/ - -\n", None, None]),
    st.sampled_from([("option", name, value) for name, values in OPTIONS.items() for value in values]),
    st.tuples(st.just("vandal"), st.integers(0, 400), st.sampled_from([b"vandal", b"", None])),
    st.tuples(st.just("forget"), st.sampled_from("0123456789abcdef")),
)
steps = st.integers(0, 9).flatmap(lambda dice: edits if dice < 4 else mended if dice < 6 else others)


def take(site: Site, step: Step, options: dict[str, Any]) -> frozenset[Path]:
    """Do to a site what a step says, and name the files that it touched; what cannot be done is left undone."""
    path = site.root / str(step[1])
    match step:
        case ("write", _, None) if path.exists():
            path.unlink()
        case ("write", name, str(text)):
            site.write(name, text)
        case ("edit", _, old, new) if path.exists() and old in (text := path.read_text(encoding="utf-8")):
            path.write_text(text.replace(old, new), encoding="utf-8")
        case ("rename", old, new) if path.exists():
            site.rename(old, new)
            return frozenset([path, site.root / new])
        case ("option", name, value):
            options[name] = value
            return frozenset()
        case ("vandal", number, data) if kept := sorted(site.output()):
            target = site.root / "output" / kept[number % len(kept)]
            target.unlink()
            if data is not None:
                target.write_bytes(data)
            return frozenset()
        case ("forget", digit) if (site.root / ".cache").exists():
            with closing(sqlite3.connect(site.root / ".cache/memo.sqlite")) as table, table:
                table.execute("DELETE FROM kept WHERE key LIKE ?", [f"{digit}%"])
            return frozenset()
        case _:
            return frozenset()
    return frozenset([path])


@pytest.mark.parametrize("share", range(SHARES))
def test_incremental_is_clean(tmp_path: Path, share: int) -> None:
    """After any edits of any files, what is built with a memo, and what a preview shows, is what a build from nothing gives."""
    counted, created = Counter[str](), Site(tmp_path / "begun", default="")
    for path, text in START.items():
        created.write(path, text)
    created.good()
    shutil.copy(created.root / ".cache/memo.sqlite", created.root / ".cache/desk.sqlite")

    @LAW
    @given(st.lists(st.lists(steps, min_size=1, max_size=3), min_size=1, max_size=4))
    def law(rounds: list[list[Step]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            site, options = Site(Path(folder, "site"), default=""), {"now": NOW}
            shutil.copytree(created.root, site.root)
            with closing(Memo(site.root / ".cache/desk.sqlite")) as kept:
                session = Session(site.project(**options), kept)
                session.save()
                session.prepare()
                counted["sequences"] += 1
                for row in rounds:
                    touched = frozenset[Path]().union(*[take(site, step, options) for step in row])
                    counted.update(step[0] for step in row)
                    session = hold_round(site, session, kept, touched, options, counted)

    try:
        law()
    finally:
        print(dict(counted))


def hold_round(
    site: Site, session: Session, kept: Memo, touched: frozenset[Path], options: dict[str, Any], counted: Counter[str]
) -> Session:
    """Build what was edited from nothing, with the memo on the disk and at a desk, and hold that all three agree.

    A page glanced at is as it will be, and if the build then finds something wrong, the pages are as they were. What a
    build records is content of the builds after it.
    """
    if options.get("update_lock"):
        site.build(**options)
        recorded = {site.root / "content/addresses.lock", *(site.root / "content/versions").rglob("*.txt")}
        touched |= recorded
    clean = site.result(**options)
    if session.project != site.project(**options):
        session, touched = Session(site.project(**options), kept), frozenset()
    shown = session.state.files
    glanced = session.quick_update(touched) if touched else None
    if touched or not session.state.number:
        session.save(touched)
        session.prepare()
    assert session.state.bug == ""
    assert session.state.problems == clean.summary.problems
    before, lock = site.output(), site.root / "content/addresses.lock"
    locked = lock.read_bytes() if lock.exists() else b""
    report = site.build(**options)
    assert clean.summary.problems == report.problems
    assert (report.written is None) == (not clean.files)
    counted["built" if clean.files else "refused"] += 1
    if report.written is None:
        assert (before, locked) == (site.output(), lock.read_bytes() if lock.exists() else b"")
        assert shown == session.state.files
        return session
    files = {file.path: file.data.value for file in clean.files}
    assert files == {path: data.value for path, data in session.state.files.items()}
    if glanced:
        assert [] == [path for path in glanced.changed if glanced.files[path].value != files[path]]
        counted["glances"] += 1
    assert files == site.output()
    counted["bytes"] += 2 * sum(map(len, files.values()))
    again = site.build(**options)
    assert ((), (), ()) == (again.work.parsed, again.work.rendered, again.written and again.written.changed)
    if lock.exists() and lock.read_bytes() != locked:
        session.quick_update(frozenset([lock]))
        session.save(frozenset([lock]))
    return session


BASE = f"""
-- content/briefs/ash.md --
{brief("Ash", "See [[birch]] and [[ada]] [@minutes].")}
-- content/briefs/birch.md --
{brief("Birch", "There are [[=trees]] trees.")}
-- content/people.yaml --
- {{id: ada, name: Ada, summary: Keeps the park.}}
-- content/numbers.yaml --
- {{id: trees, value: "120", label: Trees, definition: In the park., as_of: 2025, source: minutes}}
-- content/sources.yaml --
- {{id: minutes, type: report, title: Minutes, issued: 2025, tier: primary, publisher: The Board}}
"""


MANY = "".join(
    f"-- content/briefs/b{n}.md --\n"
    + brief(f"Brief {n}", f"See [[b{(n * 7) % 80}]] and [[Brief {(n * 3) % 80}|it]] [@minutes, p. {n}].")
    for n in range(80)
)


@pytest.mark.parametrize("broken", [False, True])
def test_serial_is_parallel(site: MakeSite, broken: bool) -> None:
    """One process and several give the same bytes and the same problems, and remember the same answers."""
    one, other = site(BASE + MANY), site(BASE + MANY)
    for each in (one, other):
        if broken:
            each.edit("content/briefs/b40.md", "[@minutes", "[[nowhere]] [@minutse")
            each.edit("content/briefs/b41.md", "summary", "sumary")
    with Workers(2, patience=0.0) as workers:
        parallel = other.build(mapper=workers.map)
    serial = one.build()
    assert serial.problems == parallel.problems
    assert broken == (serial.written is None)
    assert broken == ({} == other.output())
    assert one.output() == other.output()
    again = other.build()
    assert ((), ()) == (again.work.parsed, again.work.rendered)
    for each in (one, other):
        each.write("content/briefs/b40.md", brief("Brief 40", "Mended."))
        each.write("content/briefs/b41.md", brief("Brief 41", "Mended too."))
    assert one.good().written == other.good().written
    assert one.output() == other.output()


def test_twice_is_once(site: MakeSite) -> None:
    """A second build parses, weaves, renders and writes nothing."""
    one = site(BASE + MANY)
    one.good()
    before = one.output()
    again = one.good()
    assert again.written is not None
    assert ((), 0, (), (), ()) == (
        again.work.parsed,
        again.work.woven,
        again.work.rendered,
        again.written.changed,
        again.written.removed,
    )
    assert before == one.output()


@LAW
@given(texts)
def test_a_failing_build_leaves_every_byte(text: str) -> None:
    """Whatever is wrong, the old site stays as it was, memo or no memo."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), BASE)
        site.good()
        before = site.output()
        site.write("content/briefs/elm.md", text)
        site.edit("content/people.yaml", "Keeps", "[Keeps")
        for memo in (None, Memo()):
            report = site.build(memo)
            assert (None, before) == (report.written, site.output())
            assert report.problems


ENVIRONMENTS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "12345"},
    {"TZ": "Pacific/Kiritimati"},
    {"TZ": "America/Adak", "PYTHONHASHSEED": "7"},
    {"LC_ALL": "C"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    {"PYTHONUTF8": "1", "LC_ALL": "POSIX"},
]


def test_the_environment_changes_no_byte(site: MakeSite, tmp_path: Path) -> None:
    """Hash seed, time zone, locale and the disk for temporary files leave the output alone."""
    one = site(BASE + "-- content/briefs/öl.md --\n" + brief("Öl İ ı ß", "Über [[ash]]."))
    one.good(search=True)
    expected = one.output() | {MANIFEST: one.read(f"output/{MANIFEST}").encode()}
    for number, environment in enumerate([*ENVIRONMENTS, {"TMPDIR": str(tmp_path)}]):
        finished = one.run("build", "--now", "2026-03-01", "--output", str(one.root / f"o{number}"), **environment)
        assert 0 == finished.returncode, finished.stderr
        got = one.output(f"o{number}") | {MANIFEST: one.read(f"o{number}/{MANIFEST}").encode()}
        assert [] == [path for path in {*expected, *got} if expected.get(path) != got.get(path)], environment
        (one.root / ".cache/memo.sqlite").unlink()


def test_the_order_of_files_changes_no_byte(site: MakeSite, tmp_path: Path) -> None:
    """Where the site lies, in which order its files were made, and when, leave the output alone."""
    first = site(BASE + MANY)
    first.good()
    second = Site(tmp_path / "a folder" / "with é and spaces", "", default="")
    found = [path for name in ("content", "templates") for path in (first.root / name).rglob("*") if path.is_file()]
    paths = [path.relative_to(first.root).as_posix() for path in found]
    for number, path in enumerate(sorted(paths, reverse=True)):
        second.write(path, first.read(path))
        os.utime(second.root / path, (number, 2_000_000_000 - number))
    second.good()
    assert first.output() == second.output()
    assert first.read(f"output/{MANIFEST}") == second.read(f"output/{MANIFEST}")


OTHER = {
    "another wording": ("briefing/render/dependencies.py", "FILLS =", "FILLS  ="),
    "another title": ("briefing/weave/pages/links.py", "A to Z", "All of it"),
    "another schema": ("briefing/schema/brief.json", '"summary"', '"gist"'),
}


def test_another_generator_asks_nothing_of_the_memo(site: MakeSite, tmp_path: Path) -> None:
    """Programs that differ in a line of code or of a schema share one memo, and each gives what it gives without one."""
    one, programs = site(BASE), {"as it is": REPOSITORY}
    for name, (path, old, new) in OTHER.items():
        programs[name] = tmp_path / name
        for part in ("briefing", "templates", "assets"):
            shutil.copytree(REPOSITORY / part, programs[name] / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(REPOSITORY / "build.py", programs[name])
        text = (programs[name] / path).read_text(encoding="utf-8")
        assert old in text, f"{path} no longer holds {old}"
        (programs[name] / path).write_text(text.replace(old, new), encoding="utf-8")

    def run(name: str, memo: bool) -> tuple[int, dict[str, bytes]]:
        if not memo:
            shutil.rmtree(one.root / ".cache", ignore_errors=True)
        shutil.rmtree(one.root / "output", ignore_errors=True)
        command = [sys.executable, str(programs[name] / "build.py"), "build", "--no-search", "--now", NOW]
        status = subprocess.run([*command, "--site", str(one.root)], capture_output=True).returncode
        return status, one.output()

    alone = {name: run(name, memo=False) for name in programs}
    assert alone["as it is"] == alone["another wording"] != alone["another title"]
    assert (1, {}) == alone["another schema"]
    assert alone == {name: run(name, memo=True) for name in programs}
    assert alone == {name: run(name, memo=True) for name in reversed(programs)}


KILLS = int(os.environ.get("BRIEFING_KILLS", "6"))
"""Kills of builds, and as many of previews."""


def created(site: MakeSite) -> tuple[Site, list[dict[str, bytes]]]:
    """Return a built site and two contents that it is to go between, as the output that each of them gives."""
    one, other = site(BASE), site(BASE)
    outputs: list[dict[str, bytes]] = []
    for words in ("Friends of", "Lovers of"):
        other.edit("content/site.yaml", f"name: {(outputs and 'Friends of') or words}", f"name: {words}")
        other.good(search=True)
        outputs.append(other.output())
    one.good(search=True)
    return one, outputs


def create(site: Site, *arguments: str) -> subprocess.Popen[str]:
    """Start the real command in a process group of its own."""
    command = [sys.executable, str(REPOSITORY / "build.py"), *arguments, "--site", str(site.root)]
    known = INHERITED | {"SOURCE_DATE_EPOCH": "1772323200"}
    return subprocess.Popen(command, env=known, stderr=subprocess.PIPE, text=True, start_new_session=True)


def kill(process: subprocess.Popen[str], after: float, created: Callable[[], bool]) -> None:
    """Kill a process and all its children, some seconds after a step started, if it still runs."""
    with process:
        while process.poll() is None and not created():
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.0005)
        with suppress(subprocess.TimeoutExpired):
            process.wait(after)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def is_replaced(path: Path, number: int) -> bool:
    """Whether another file stands where one did."""
    return path.stat().st_ino != number


def hold_whole(one: Site, old: dict[str, bytes], new: dict[str, bytes]) -> tuple[int, int]:
    """Hold that every file in the output is the old build's or the new one's; count the new ones, and how many there are."""
    left = {path: data for path, data in one.output().items() if not path.startswith(".briefing-part/")}
    assert set(old) & set(new) <= set(left) <= set(old) | set(new)
    assert [] == [path for path, data in left.items() if data not in (old.get(path), new.get(path))]
    differing = [path for path in new if new[path] != old.get(path)]
    return sum(left.get(path) == new[path] for path in differing), len(differing)


def test_builds_killed_at_any_moment_do_no_harm(site: MakeSite) -> None:
    """Killed again and again, builds leave whole files only, and the next one makes the site right and leaves no trace."""
    one, outputs = created(site)
    start = time.perf_counter()
    with create(one, "build") as process:
        assert 0 == process.wait(), process.stderr and process.stderr.read()
    longest, moments, counted = time.perf_counter() - start, Random(KILLS), Counter[str]()
    stage, manifest = one.root / "output/.briefing-part", one.root / "output" / MANIFEST
    for number in range(KILLS):
        words = ["Friends of", "Lovers of"]
        old, new = words if number % 2 == 0 else words[::-1]
        one.edit("content/site.yaml", f"name: {old}", f"name: {new}")
        process = create(one, "build")
        waits: list[Callable[[], bool]] = [
            lambda: True,
            stage.exists,
            partial(is_replaced, manifest, manifest.stat().st_ino),
        ]
        kill(process, moments.uniform(0, 0.02 if number % 3 else longest), waits[number % 3])
        done, of = hold_whole(one, outputs[number % 2], outputs[(number + 1) % 2])
        ended = f"killed with {'all' if done == of else 'some' if done else 'none'} new"
        counted["ended first" if process.returncode == 0 else ended] += 1
        one.good(search=True)
        assert outputs[(number + 1) % 2] == one.output()
        assert [] == strays(one)
    print(dict(counted))


def test_previews_killed_at_any_moment_do_no_harm(site: MakeSite) -> None:
    """A preview that is killed while it builds leaves the output alone and a memo that the next build can use."""
    one, outputs = created(site)
    moments, counted = Random(KILLS), Counter[str]()
    for number in range(KILLS):
        words = ["Friends of", "Lovers of"]
        old, new = words if number % 2 == 0 else words[::-1]
        process = create(one, "preview", "--port", "0")
        assert process.stderr
        while "preview at" not in process.stderr.readline():
            assert process.poll() is None
        one.edit("content/site.yaml", f"name: {old}", f"name: {new}")
        before = one.output()
        kill(process, moments.uniform(0.0, 0.6), lambda: True)
        counted["killed" if process.returncode == -signal.SIGKILL else "ended"] += 1
        assert before == one.output()
        one.good(search=True)
        assert outputs[(number + 1) % 2] == one.output()
        assert [] == strays(one)
    print(dict(counted))


def strays(one: Site) -> list[str]:
    """Return the files that should not be there: temporary ones, and those of a memo that somebody has open."""
    kept = {"memo.sqlite", "memo.sqlite-wal", "memo.sqlite-shm"}
    found = [path for path in one.root.rglob("*") if path.name.startswith(".briefing-part")]
    return [
        str(path) for path in (*found, *(path for path in (one.root / ".cache").iterdir() if path.name not in kept))
    ]


KILL = """
import os, sys
from briefing.write import folder as output
count, real = int(sys.argv.pop(1)), os.replace
def replace(*given):
    global count
    count -= 1
    if count < 0:
        os._exit(9)
    real(*given)
output.os.replace = replace
from briefing.cli.main import main
sys.exit(main())
"""


@pytest.mark.parametrize("writes", [0, 1, 2, 7])
def test_a_build_that_is_killed_does_no_harm(site: MakeSite, writes: int) -> None:
    """Killed at any file, a build leaves whole files only, and the next one makes the site right."""
    one, clean = site(BASE), site(BASE)
    one.good()
    old = one.output()
    for each in (one, clean):
        each.edit("content/site.yaml", "Friends of", "Lovers of")
    clean.good()
    new = clean.output()
    command = [
        sys.executable,
        "-c",
        KILL,
        str(writes),
        "build",
        "--no-search",
        "--jobs",
        "1",
        "--site",
        str(one.root),
        "--now",
        "2026-03-01",
    ]
    assert 9 == subprocess.run(command, cwd=REPOSITORY, capture_output=True).returncode
    left = {path: data for path, data in one.output().items() if not path.startswith(".briefing-part/")}
    assert set(old) == set(left)
    assert [] == [path for path, data in left.items() if data not in (old[path], new[path])]
    one.good()
    assert new == one.output()
