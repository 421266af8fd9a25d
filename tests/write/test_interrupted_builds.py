"""Trouble: what disks, other programs and other builds can do to a build ends in a word or in nothing, never in harm."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest
from pagefind_bin import get_executable

from briefing.cli.arguments import REPOSITORY
from briefing.write.lock import lock_folder
from tests.sites import INHERITED, NOW, Finished, MakeSite, Site, brief, codes

HOURS = f"-- content/briefs/hours.md --\n{brief()}"
ENVIRONMENT = INHERITED | {"PYTHONPATH": str(REPOSITORY)}
PATIENCE = 60
"""Seconds after which a test gives up; nothing waits for them to pass."""


def command(site: Site, *options: str) -> list[str]:
    """Return the real command that builds a site."""
    program = [sys.executable, str(REPOSITORY / "build.py"), "build", "--site", str(site.root), "--now", NOW]
    return [*program, "--no-search", *options]


def run(site: Site, *prefix: str, **environment: str) -> Finished:
    """Build with the real command, below another that takes something away from it."""
    return subprocess.run(
        [*prefix, *command(site)], env=ENVIRONMENT | environment, capture_output=True, text=True, timeout=PATIENCE
    )


# Other builds


def test_a_build_waits_for_another_and_says_so(site: MakeSite) -> None:
    """While one build has the output folder, another says that it waits, and is right once it had its turn."""
    one = site(HOURS)
    with lock_folder(one.root / "output"):
        second = subprocess.Popen(command(one), env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
        assert second.stderr
        assert "another build is using" in second.stderr.readline()
        one.edit("content/briefs/hours.md", "nine", "ten")
    with second:
        said = second.stderr.read()
    assert (0, True) == (second.returncode, "written" in said)
    assert "at ten" in one.page("/briefs/hours/")


def test_a_killed_build_keeps_nobody_waiting(site: MakeSite) -> None:
    """A process that was killed while it had the folder has it no longer."""
    one = site(HOURS)
    lines = f"from pathlib import Path; from briefing.write.lock import *\nwith lock_folder(Path({str(one.root / 'output')!r})): print(flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", lines], env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout
        holder.stdout.readline()
        holder.send_signal(signal.SIGKILL)
    finished = run(one)
    assert (0, False) == (finished.returncode, "another build" in finished.stderr)


def test_many_builds_at_once_are_as_good_as_one(site: MakeSite) -> None:
    """Five builds at the same time, a check and an edit between them, leave the output that the last content says."""
    one, clean = site(HOURS), site(HOURS)
    running = [subprocess.Popen(command(one), env=ENVIRONMENT, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    for each in (one, clean):
        each.edit("content/briefs/hours.md", "nine", "ten")
    said = [process.communicate(timeout=PATIENCE)[1] for process in running]
    assert ([0] * 5, "") == (
        [process.returncode for process in running],
        "".join(one for one in said if "Trace" in one),
    )
    one.good()
    clean.good()
    assert clean.output() == one.output()


def test_a_build_that_writes_nothing_leaves_no_folder(site: MakeSite) -> None:
    """If the content has an error, not even an empty output folder is left."""
    one = site("-- content/briefs/hours.md --\nno front matter\n")
    assert 1 == run(one).returncode
    assert not (one.root / "output").exists()


def test_a_folder_that_is_removed_meanwhile_is_made_again(tmp_path: Path) -> None:
    """A build that waited for a folder which then went away has the one that is there now, and others wait for it."""
    folder, waits, has, leave = tmp_path / "output", Event(), Event(), Event()

    def second() -> None:
        with lock_folder(folder, waits.set):
            has.set()
            leave.wait(PATIENCE)

    thread = Thread(target=second)
    with lock_folder(folder):
        thread.start()
        assert waits.wait(PATIENCE)
        folder.rename(tmp_path / "elsewhere")
    assert has.wait(PATIENCE)
    with lock_folder(folder, leave.set):
        assert leave.is_set(), "a third build did not have to wait"
    thread.join(PATIENCE)


# Disks

PLAIN = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Takes from root what root may do to any file, so that its rights count as everybody's do."""
BIG = "x" * 400_000
"""A file that finds no room."""
DISK = 'mount -t tmpfs -o size=$1k none "$2" && cp -r "$3/." "$2/" || exit 99; out=$2; kept=$4; shift 4; "$@"; '
DISK += 'status=$?; cp -r "$out/." "$kept/"; exit $status'
"""Runs a command with a small disk as the output folder, which only its own processes see, and keeps what it held."""


def has_mounts() -> bool:
    """Whether this account may mount such a disk."""
    asked = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return shutil.which("unshare") is not None and 0 == subprocess.run(asked, capture_output=True).returncode


def test_a_file_that_finds_no_room_leaves_the_site_as_it_was(site: MakeSite) -> None:
    """Where a file cannot be written whole, the build says so, and every file is as it was, those of other pages too."""
    one = site(HOURS)
    one.good()
    before = one.output()
    one.edit("content/briefs/hours.md", "nine", "ten")
    one.write("assets/big.txt", BIG)
    finished = run(one, "prlimit", "--fsize=300000")
    assert (1, before) == (finished.returncode, one.output())
    assert "output/: error unwritable-output: the site cannot be written: File too large" in finished.stderr
    assert ("nothing was written" in finished.stderr, "Traceback" in finished.stderr) == (True, False)
    one.good()
    assert BIG.encode() == one.output()["assets/big.txt"]


@pytest.mark.parametrize("room", [50, 300] if has_mounts() else [])
def test_a_full_disk_leaves_the_site_as_it_was(site: MakeSite, tmp_path: Path, room: int) -> None:
    """On a disk that really is full, the old site stays, byte for byte."""
    one = site(HOURS)
    one.good()
    before = one.output()
    for name in ("empty", "kept"):
        (tmp_path / name).mkdir()
    used = sum(-(-len(data) // 4096) * 4 for data in before.values()) + 4 * len(before)
    one.edit("content/briefs/hours.md", "nine", "ten")
    one.write("assets/big.txt", BIG)
    disk = [str(used + room), str(tmp_path / "empty"), str(one.root / "output"), str(tmp_path / "kept")]
    given = ["unshare", "--mount", "sh", "-c", DISK, "sh", *disk, *command(one, "--output", str(tmp_path / "empty"))]
    finished = subprocess.run(given, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE)
    assert 1 == finished.returncode, finished.stderr
    assert "the site cannot be written: No space left on device" in finished.stderr
    kept = {
        path.relative_to(tmp_path / "kept").as_posix(): path.read_bytes()
        for path in (tmp_path / "kept").rglob("*")
        if path.is_file()
    }
    kept.pop("manifest.json")
    assert before == kept


def test_an_output_folder_that_cannot_be_written_is_told(site: MakeSite) -> None:
    """A folder without the right to write says so and stays as it was; so does one that cannot even be made."""
    one = site(HOURS)
    one.good()
    before = one.output()
    one.edit("content/briefs/hours.md", "nine", "ten")
    (one.root / "output").chmod(0o555)
    finished = run(one, *PLAIN)
    (one.root / "output").chmod(0o755)
    assert (1, before) == (finished.returncode, one.output())
    assert "unwritable-output: the site cannot be written: Permission denied" in finished.stderr
    one.write("file", "")
    report = one.build(output=one.root / "file/output")
    assert ["unwritable-output"] == codes(report.problems)


def test_a_folder_within_that_cannot_be_written_is_told(site: MakeSite) -> None:
    """Where one folder of the output refuses, no file is damaged, and the next build completes it."""
    one = site(HOURS)
    one.good()
    old = one.output()
    one.edit("content/site.yaml", "Riverside", "Lakeside")
    (one.root / "output/briefs/hours").chmod(0o555)
    finished = run(one, *PLAIN)
    (one.root / "output/briefs/hours").chmod(0o755)
    assert (1, True) == (finished.returncode, "error half-written:" in finished.stderr)
    assert "not everything was written" in finished.stderr
    left = one.output()
    one.good()
    new = one.output()
    assert set(old) == set(left) == set(new)
    assert [] == [path for path, data in left.items() if data not in (old[path], new[path])]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("content/briefs/hours.md", "content/briefs/hours.md: error unreadable-file: the file cannot be read"),
        ("content/briefs", "content/briefs: error unreadable-file: the folder cannot be read"),
        ("content/site.yaml", "content/site.yaml: error unreadable-file: the file cannot be read"),
        ("content", "content: error unreadable-file: the folder cannot be read"),
        ("templates/parts", "templates/parts: error unreadable-file: the folder cannot be read"),
        ("assets/style.css", "assets/style.css: error unreadable-file: the file cannot be read"),
    ],
)
def test_what_may_not_be_read_is_told_and_the_site_stays(site: MakeSite, path: str, said: str) -> None:
    """A file or a folder that this account may not open is named, and nothing is taken off the site for it."""
    one = site(HOURS + "-- templates/parts/mine.html --\n-- assets/style.css --\n")
    one.good()
    before = one.output()
    mode = (one.root / path).stat().st_mode
    (one.root / path).chmod(0)
    finished = run(one, *PLAIN)
    (one.root / path).chmod(mode)
    assert (1, before) == (finished.returncode, one.output()), finished.stderr
    assert said in finished.stderr and "Traceback" not in finished.stderr


@pytest.mark.parametrize("trouble", ["folder", "file", "no folder"])
def test_a_memo_that_cannot_be_kept_is_done_without(site: MakeSite, trouble: str) -> None:
    """Where nothing can be remembered, a build is right all the same, says nothing of it and leaves what is there."""
    one, clean = site(HOURS), site(HOURS)
    clean.good()
    memo = one.project().memo
    if trouble == "no folder":
        one.write(".cache", "a file of somebody's")
    else:
        memo.parent.mkdir()
        memo.touch()
        locked = memo.parent if trouble == "folder" else memo
        locked.chmod(0o000)
    finished = run(one, *PLAIN)
    for path in (memo.parent, memo) if trouble != "no folder" else ():
        path.chmod(0o700)
    assert (0, False) == (finished.returncode, "Traceback" in finished.stderr), finished.stderr
    assert clean.output() == one.output()


@pytest.mark.parametrize("program", ["/bin/false"] if has_mounts() else [])
def test_an_index_that_cannot_be_made_is_a_problem_and_the_site_stays(site: MakeSite, program: str) -> None:
    """If the program for the search index ends too early, the build says so and every file is as it was."""
    one = site(HOURS)
    one.good(search=True)
    before = one.output()
    one.edit("content/briefs/hours.md", "nine", "ten")
    searching = [part for part in command(one, "--jobs", "1") if part != "--no-search"]
    mounted = f'mount --bind {program} {get_executable()} && "$@"'
    given = ["unshare", "--mount", "sh", "-c", mounted, "sh", *searching]
    finished = subprocess.run(given, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE)
    assert (1, before) == (finished.returncode, one.output())
    assert "error no-index: the search index cannot be made: " in finished.stderr and "Traceback" not in finished.stderr


@pytest.mark.parametrize("path", ["content/briefs/hours.md", "output/briefs/hours/index.html"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(site: MakeSite, path: str) -> None:
    """Where nobody will ever write what would be read, the build says that something is wrong there, and ends."""
    one = site(HOURS)
    one.good()
    (one.root / path).unlink()
    os.mkfifo(one.root / path)
    finished = run(one)
    assert (1, True) == (finished.returncode, f"{path}" in finished.stderr), finished.stderr
