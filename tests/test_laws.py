"""The laws of a build, held against random sites: whatever happened before, the output is what the content says.

More examples: BRIEFING_EXAMPLES=500 python -m pytest tests/test_laws.py
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from briefing.cli import HERE
from briefing.memo import Memo
from briefing.workers import Workers
from tests.sites import DEFAULT, MakeSite, Site, brief

EXAMPLES = int(os.environ.get("BRIEFING_EXAMPLES", "20"))
LAW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    database=None,
)
NAMES = ("ash", "birch", "cedar", "elm")
START = f"""
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
-- templates/brief.html --
{{% extends 'base.html' %}}
{{% block main %}}{{% include 'parts/mine.html' %}}{{{{ prose(page.view.text) }}}}{{% endblock %}}
-- templates/parts/mine.html --
{{{{ page.title }}}}
"""

names = st.sampled_from(NAMES)
titles = st.sampled_from(["Ash", "Birch", "Old trees", "Ada", "“Elms”"])
targets = st.sampled_from(["birch", "ash", "ada", "ada|her", "minutes", "trees", "Old trees"])
parts = st.one_of(
    targets.map("[[{}]]".format),
    st.sampled_from(
        ["[@minutes]", "[@minutes, p. 2]", "[[=trees]]", "Plain words.", "\n\n## Shade\n\n", "x[^1]\n\n[^1]: y\n\n"]
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
templates = st.sampled_from(
    [
        "{{ page.title }}",
        "{% include 'parts/mine.html' %}",
        "{{ prose(page.view.text) }}",
        "{{ site.tagline }}",
        "{{ oh }}",
        "{% extends 'base.html' %}",
    ]
)
partials = st.sampled_from(["{{ page.summary }}", "{{ page.mentions }}", "mine", "{% include 'parts/fills.html' %}"])
people = st.sampled_from(["Ada", "Ada Reed", "Ada: Reed"])

Step = tuple[Any, ...]
steps = st.one_of(
    st.tuples(st.just("write"), names.map("content/briefs/{}.md".format), texts),
    st.tuples(st.just("delete"), names.map("content/briefs/{}.md".format)),
    st.tuples(st.just("rename"), names.map("content/briefs/{}.md".format), names.map("content/briefs/{}.md".format)),
    st.tuples(
        st.just("write"), st.just("content/people.yaml"), people.map("- id: ada\n  name: {}\n  summary: S\n".format)
    ),
    st.tuples(st.just("write"), st.just("templates/parts/mine.html"), partials),
    st.tuples(st.just("write"), st.just("templates/brief.html"), templates),
    st.tuples(st.just("delete"), st.sampled_from(["templates/brief.html", "templates/parts/mine.html"])),
    st.tuples(st.just("settings"), st.sampled_from(["One tagline", "Another", "A: third"])),
    st.tuples(st.just("write"), st.just("assets/style.css"), st.sampled_from(["a {}", "b {}"])),
    st.tuples(st.just("now"), st.sampled_from(["2026-01-31", "2026-02-02"])),
    st.tuples(st.just("drafts"), st.booleans()),
)


def take(site: Site, step: Step, options: dict[str, Any]) -> None:
    """Do to a site what a step says; what cannot be done is left undone."""
    match step:
        case ("write", path, text):
            site.write(path, text)
        case ("delete", path) if (site.root / path).exists():
            site.delete(path)
        case ("rename", old, new) if (site.root / old).exists():
            site.rename(old, new)
        case ("settings", words):
            site.write(
                "content/site.yaml",
                DEFAULT.partition("site.yaml --\n")[2]
                .partition("-- ")[0]
                .replace("What the town library does, and how we know", words),
            )
        case ("now" | "drafts" as name, value):
            options[name] = value
        case _:
            pass


@LAW
@given(st.lists(st.lists(steps, min_size=1, max_size=3), min_size=1, max_size=6))
def test_incremental_is_clean(rounds: list[list[Step]]) -> None:
    """After any edits, a build with a memo gives what a build from nothing gives, or changes nothing."""
    with tempfile.TemporaryDirectory() as folder, closing(Memo()) as kept:
        site = Site(Path(folder), START)
        options: dict[str, Any] = {"now": "2026-01-31"}
        site.build(kept, **options)
        for step in itertools.chain.from_iterable([*edits, None] for edits in rounds):
            if step is not None:
                take(site, step, options)
                continue
            before = site.output()
            report = site.build(kept, **options)
            clean = site.build(Memo(), output=site.root / "clean", **options)
            assert clean.problems == report.problems
            if report.written is None:
                assert before == site.output()
            else:
                assert site.output("clean") == site.output()
                again = site.build(kept, **options)
                assert ((), (), ()) == (again.parsed, again.rendered, again.written and again.written.changed)


MANY = "".join(
    f"-- content/briefs/b{n}.md --\n"
    + brief(f"Brief {n}", f"See [[b{(n * 7) % 80}]] and [[Brief {(n * 3) % 80}|it]] [@minutes, p. {n}].")
    for n in range(80)
)


@pytest.mark.parametrize("broken", [False, True])
def test_serial_is_parallel(site: MakeSite, broken: bool) -> None:
    """One process and several give the same bytes and the same problems, and remember the same answers."""
    one, other = site(START + MANY), site(START + MANY)
    for each in (one, other):
        if broken:
            each.edit("content/briefs/b40.md", "[@minutes", "[[nowhere]] [@minutse")
            each.edit("content/briefs/b41.md", "summary", "sumary")
    with Workers(2, patience=0.0) as workers:
        parallel = other.build(over=workers.map)
    serial = one.build()
    assert serial.problems == parallel.problems
    assert broken == (serial.written is None)
    assert broken == ({} == other.output())
    assert one.output() == other.output()
    again = other.build()
    assert ((), ()) == (again.parsed, again.rendered)
    for each in (one, other):
        each.write("content/briefs/b40.md", brief("Brief 40", "Mended."))
        each.write("content/briefs/b41.md", brief("Brief 41", "Mended too."))
    assert one.good().written == other.good().written
    assert one.output() == other.output()


def test_twice_is_once(site: MakeSite) -> None:
    """A second build parses, weaves, renders and writes nothing."""
    one = site(START + MANY)
    one.good()
    before = one.output()
    again = one.good()
    assert again.written is not None
    assert ((), 0, (), (), ()) == (
        again.parsed,
        again.woven,
        again.rendered,
        again.written.changed,
        again.written.removed,
    )
    assert before == one.output()


@LAW
@given(texts)
def test_a_failing_build_leaves_every_byte(text: str) -> None:
    """Whatever is wrong, the old site stays as it was, memo or no memo."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), START)
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


def test_the_environment_changes_no_byte(site: MakeSite) -> None:
    """Hash seed, time zone and locale leave the output alone."""
    one = site(START + "-- content/briefs/öl.md --\n" + brief("Öl İ ı ß", "Über [[ash]]."))
    one.good(search=True)
    expected = one.output()
    for number, environment in enumerate(ENVIRONMENTS):
        finished = one.run("build", "--now", "2026-03-01", "--output", str(one.root / f"o{number}"), **environment)
        assert 0 == finished.returncode, finished.stderr
        got = one.output(f"o{number}")
        assert [] == [path for path in {*expected, *got} if expected.get(path) != got.get(path)], environment
        (one.root / ".cache/memo.sqlite").unlink()


def test_the_order_of_files_changes_no_byte(site: MakeSite, tmp_path: Path) -> None:
    """Where the site lies, and in which order its files were made, leave the output alone."""
    first = site(START + MANY)
    first.good()
    second = Site(tmp_path / "a folder" / "with é and spaces", "", default="")
    found = [path for name in ("content", "templates") for path in (first.root / name).rglob("*") if path.is_file()]
    paths = [path.relative_to(first.root).as_posix() for path in found]
    for path in sorted(paths, reverse=True):
        second.write(path, first.read(path))
    second.good()
    assert first.output() == second.output()


KILL = """
import os, sys
from briefing import output
count, real = int(sys.argv.pop(1)), os.replace
def replace(*given):
    global count
    count -= 1
    if count < 0:
        os._exit(9)
    real(*given)
output.os.replace = replace
from briefing.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("writes", [0, 1, 2, 7])
def test_a_build_that_is_killed_does_no_harm(site: MakeSite, writes: int) -> None:
    """Killed at any file, a build leaves whole files only, and the next one makes the site right."""
    one, clean = site(START), site(START)
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
    assert 9 == subprocess.run(command, cwd=HERE, capture_output=True).returncode
    left = {path: data for path, data in one.output().items() if not path.startswith(".briefing-part/")}
    assert set(old) == set(left)
    assert [] == [path for path, data in left.items() if data not in (old[path], new[path])]
    one.good()
    assert new == one.output()
