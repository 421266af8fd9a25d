"""Workers: the same answers from one process or several."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from textwrap import indent

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.incremental.processes import Workers, can_fork
from tests.sites import INHERITED, Site, brief

HERE = os.getpid()


@pytest.fixture(autouse=True)
def thread() -> Iterator[None]:
    """Have a second thread, so that no test copies this process; one test below does so in a process of its own."""
    ended = threading.Event()
    waiting = threading.Thread(target=ended.wait)
    waiting.start()
    yield
    ended.set()
    waiting.join()


def is_other() -> bool:
    """Whether this is not the process of the test."""
    return multiprocessing.parent_process() is not None or os.getpid() != HERE


def square(number: int) -> tuple[int, int]:
    """Answer, and say which process did."""
    return number * number, os.getpid()


def stumble(number: int) -> int:
    """Fail for one value."""
    if number == 70:
        raise ValueError("seventy")
    return number


def test_processes_give_the_same_answers_in_order() -> None:
    """With no patience for one process, values are shared out, between two: this one and another; all come in order."""
    values = range(200)
    with Workers(2, patience=0.0) as workers:
        answers = list(workers.map(square, values))
        again = list(workers.map(square, values))
    assert [number * number for number in values] == [answer for answer, _ in answers]
    assert [number * number for number in values] == [answer for answer, _ in again]
    assert (2, True) == (len(processes := {process for _, process in answers}), os.getpid() in processes)


@pytest.mark.parametrize("jobs", [1, 2])
def test_quick_work_stays_here(jobs: int) -> None:
    """What is soon done, or may use one process only, starts none."""
    with Workers(jobs, patience=0.0 if jobs == 1 else 60.0) as workers:
        assert {os.getpid()} == {process for _, process in workers.map(square, range(100))}
    assert [] == multiprocessing.active_children()


def test_nothing_to_do_is_done() -> None:
    """An empty list of values needs no process."""
    with Workers(2, patience=0.0) as workers:
        assert [] == list(workers.map(square, []))


SHARE = """
import sys, threading
sys.path.append(sys.argv[1])
from briefing.problems import visible
from briefing.incremental.processes import Workers
threading.Thread(target=threading.Event().wait, daemon=True).start()
with Workers(2, patience=0.0) as workers:
    assert ["a"] * 200 == list(workers.map(visible, ["a"] * 200))
"""


def test_another_copy_in_the_current_folder_is_not_loaded(tmp_path: Path) -> None:
    """Every process works with the modules of the one that began it, wherever the command was typed."""
    for path in (REPOSITORY / "briefing").rglob("*.py"):
        copy = tmp_path / path.relative_to(REPOSITORY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text("open('loaded', 'w').close()\n")
    subprocess.run([sys.executable, "-P", "-c", SHARE, str(REPOSITORY)], cwd=tmp_path, check=True)
    assert not (tmp_path / "loaded").exists()


def plant(folder: Path, marker: Path) -> None:
    """Put a file for every module of Python into a folder; each notes its name when it is imported."""
    for name in sys.stdlib_module_names - {"__future__"}:
        (folder / f"{name}.py").write_text(f"open({str(marker)!r}, 'a').write('{name} ')\nraise ImportError\n")


def test_no_worker_imports_from_the_current_folder(tmp_path: Path) -> None:
    """Workers that start in a folder with files named like Python's modules import none of them."""
    current, program, marker = tmp_path / "content", tmp_path / "program.py", tmp_path / "imported"
    current.mkdir()
    plant(current, marker)
    program.write_text(f"if __name__ == '__main__':\n{indent(SHARE, '    ')}")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    done = subprocess.run([sys.executable, str(program), str(REPOSITORY)], cwd=current, env=environment)
    assert not marker.exists(), marker.read_text()
    assert 0 == done.returncode


def test_no_build_imports_what_is_next_to_its_program(tmp_path: Path) -> None:
    """A build with workers imports neither files of the current folder nor files next to build.py named like modules."""
    program, marker = tmp_path / "program", tmp_path / "imported"
    for name in ("briefing", "templates", "assets"):
        shutil.copytree(REPOSITORY / name, program / name)
    shutil.copy(REPOSITORY / "build.py", program)
    one = Site(program, "".join(f"-- content/briefs/b{n}.md --\n{brief(f'Brief {n}')}" for n in range(30)))
    for folder in (program, one.root / "content"):
        plant(folder, marker)
    for name in ("yaml", "jinja2", "markdown", "markupsafe", "jsonschema_rs"):
        (program / f"{name}.py").write_text(f"open({str(marker)!r}, 'a').write('{name} ')\n")
    command = [sys.executable, str(program / "build.py"), "check", "--jobs", "2"]
    done = subprocess.run(command, cwd=one.root / "content", env=INHERITED, capture_output=True, text=True)
    assert not marker.exists(), marker.read_text()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("patience", [0.0, 60.0])
def test_a_failure_in_any_process_is_raised_here(patience: float) -> None:
    """An exception, a bug of ours, is not lost on its way back."""
    with pytest.raises(ValueError, match="seventy"), Workers(2, patience=patience) as workers:
        list(workers.map(stumble, range(100)))


def fall(number: int) -> tuple[int, int]:
    """Answer, unless asked in another process about the last value: that is killed, as by a machine out of memory."""
    if number == 199 and is_other():
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def test_a_process_that_is_killed_costs_time_and_no_answer() -> None:
    """What a killed process still had to do is done here, each answer in its place; the next map has new processes."""
    with Workers(2, patience=0.0) as workers:
        assert [number * number for number in range(200)] == [answer for answer, _ in workers.map(fall, range(200))]
        again = list(workers.map(square, range(200)))
    assert [number * number for number in range(200)] == [answer for answer, _ in again]
    assert {os.getpid()} != {process for _, process in again}


@dataclass
class Tarry:
    """Answers at once here, and late in another process; notes what was asked here."""

    asked: list[int] = field(default_factory=list)

    def __call__(self, number: int) -> int:
        self.asked.append(number)
        return number + 0 * sum(range(300_000)) if is_other() else number


def test_little_is_done_ahead_of_its_turn() -> None:
    """However long another process takes, only so many answers wait in memory for the one before them."""
    tarry = Tarry()
    with Workers(2, patience=0.0) as workers:
        answers = workers.map(tarry, range(2000))
        assert 0 == next(answers)
        assert 0 < len(tarry.asked) <= 400


@dataclass
class Meet:
    """Waits here until a value is given to another process, so that both have some however busy the machine is."""

    begun: Path

    def meet(self) -> None:
        if is_other():
            self.begun.touch()
        while not self.begun.exists():
            pass


class CountWords(Meet):
    """Counts the words of a value, and this process's connections to the memo."""

    def __call__(self, words: Hashed[str]) -> tuple[int, int, bool]:
        self.meet()
        count = len(words.value.split())
        files = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
        return count, sum(file.endswith("memo.sqlite") for file in files), is_other()


class Fall(Meet):
    """Is killed in another process, as by a machine out of memory."""

    def __call__(self, number: int) -> int:
        self.meet()
        if is_other():
            os.kill(os.getpid(), signal.SIGKILL)
        return number


def repeat(number: int) -> Hashed[str]:
    """Return so many words."""
    return Hashed.of("word " * number)


def hold_values_of_the_memo(folder: Path) -> None:
    """A copied process reads values from the memo's file with a connection of its own."""
    with closing(Memo(folder / "memo.sqlite")) as memo, Workers(2, patience=0.0) as workers:
        answers = list(workers.map(CountWords(folder / "begun"), memo.map("s", repeat, range(200))))
    assert [*range(200)] == [count for count, _, _ in answers]
    assert {(1, False), (2, True)} == {(connections, other) for _, connections, other in answers}


def hold_the_killed(folder: Path) -> None:
    """What a killed process had taken is done here, each answer in its place."""
    with Workers(2, patience=0.0) as workers:
        assert [*range(200)] == list(workers.map(Fall(folder / "killed"), range(200)))


def hold_the_end_of_every_process() -> None:
    """No copy is left, neither where all is done nor where only the first result was asked for."""
    for wanted in (1, 200):
        with Workers(2, patience=0.0) as workers:
            assert wanted == len(list(islice(workers.map(square, range(200)), wanted)))
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, 0)


def hold_copies(folder: Path) -> None:
    """Hold in a process with one thread what is held above with two, and what only copies need."""
    assert can_fork() == (sys.platform == "linux")
    test_nothing_to_do_is_done()
    test_a_failure_in_any_process_is_raised_here(0.0)
    test_little_is_done_ahead_of_its_turn()
    if can_fork():
        hold_values_of_the_memo(folder)
        hold_the_killed(folder)
        hold_the_end_of_every_process()


def test_copies_of_this_process_give_the_same(tmp_path: Path) -> None:
    """On Linux, a process with one thread is copied; the results, and what happens to a failure, are the same."""
    law = f"import pathlib, {__name__} as laws; laws.hold_copies(pathlib.Path({str(tmp_path)!r}))"
    subprocess.run([sys.executable, "-W", "error", "-c", law], cwd=REPOSITORY, check=True)
