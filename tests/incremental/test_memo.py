"""The memo: the same answer without the work, and never a wrong one."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.incremental.fingerprint import versions
from briefing.incremental.hashed import CacheMiss, Hashed, digest
from briefing.incremental.memo import Memo
from briefing.model.documents import Outline
from briefing.model.text import Prose, Reference
from briefing.problems import Span
from tests.sites import MakeSite, brief

LENGTHS = 1 if "BRIEFING_EXAMPLES" in os.environ else 97
"""Bytes between one length, or place, that is tried and the next."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a memo's file."""
    return tmp_path / "memo.sqlite"


def double(number: int) -> Span:
    """Answer something that can be kept."""
    return Span(number, number * 2)


def wrap(number: int) -> Hashed[Span]:
    """Answer a value that is kept apart."""
    return Hashed.of(double(number))


def nest(number: int) -> tuple[Hashed[tuple[Hashed[Span], int]], str]:
    """Answer a stored value within a stored value."""
    return Hashed.of((wrap(number), number)), "outer"


def fail(number: int) -> Span:
    """Fail the test that asks again."""
    raise AssertionError(f"{number} was worked out twice")


def test_an_answer_is_worked_out_once(path: Path) -> None:
    """A value asked about before is answered without calling the function, in this process and in the next."""
    memo = Memo(path)
    assert [double(1), double(2)] == memo.map("s", double, [1, 2])
    assert [double(2), double(1)] == memo.map("s", fail, [2, 1])
    memo.close()
    assert [double(1)] == Memo(path).map("s", fail, [1])


def test_only_what_is_new_is_worked_out_and_the_order_stays(path: Path) -> None:
    """Answers come in the order of the values, and the memo says by index which were new."""
    memo = Memo(path)
    memo.map("s", double, [2, 4])
    assert [double(number) for number in (1, 2, 3, 4)] == memo.map("s", double, [1, 2, 3, 4])
    assert memo.computed["s"] == (0, 2)


def test_what_is_known_is_asked_without_writing(path: Path) -> None:
    """Where nothing is new, nothing is written, so that no other program has to be waited for."""
    memo, said = Memo(path), list[str]()
    memo.map("s", double, [1])
    memo._table.set_trace_callback(said.append)
    memo.map("s", fail, [1])
    assert ["SELECT"] == [statement.split()[0] for statement in said]


def test_steps_do_not_share_answers(path: Path) -> None:
    """The same value in another step is another question."""
    memo = Memo(path)
    memo.map("one", double, [1])
    assert [wrap(1)] == memo.map("two", wrap, [1])


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1203])
def test_any_number_of_values_can_be_asked_about(count: int) -> None:
    """No count of values is too large for one query."""
    memo = Memo()
    first = memo.map("s", double, range(count))
    assert first == memo.map("s", fail, range(count))


@given(st.lists(st.lists(st.integers(0, 150), max_size=200), min_size=2, max_size=4))
def test_whatever_was_asked_before_the_answers_are_right_and_only_new_ones_worked_out(asked: list[list[int]]) -> None:
    """Lists that share values, in any order, are answered as by the function, which sees no value of an earlier list."""
    memo, seen = Memo(), set[int]()
    for values in asked:
        assert [double(value) for value in values] == memo.map("s", double, values)
        assert tuple(place for place, value in enumerate(values) if value not in seen) == memo.computed["s"]
        seen |= set(values)


def test_what_surrounds_an_edit_is_found_by_the_dozen() -> None:
    """Of a thousand values with one new, the memo is asked for far fewer keys than there are values."""
    memo, said = Memo(), list[str]()
    values = list(range(1000))
    memo.map("s", double, values)
    values[500] = -1
    memo._table.set_trace_callback(said.append)
    memo.map("s", double, values)
    assert memo.computed["s"] == (500,)
    asked = [key for one in said if one.startswith("SELECT") for key in re.findall("'[0-9a-f]{64}'", one)]
    assert len(values) / 100 < len(asked) < len(values) / 10


def test_a_stored_value_is_fetched_when_asked_for(path: Path) -> None:
    """A value stored separately is returned for its digest, and loaded only when it is needed."""
    memo = Memo(path)
    memo.map("s", nest, [7])
    memo.close()
    [(outer, word)] = Memo(path).map("s", fail_nest, [7])
    assert ("outer", []) == (word, list(outer.new()))
    inner, number = outer.value
    assert (7, double(7)) == (number, inner.value)


def fail_nest(number: int) -> tuple[Hashed[tuple[Hashed[Span], int]], str]:
    """Fail the test that asks again."""
    raise AssertionError(f"{number} was worked out twice")


def test_the_values_within_one_value_are_fetched_together(path: Path) -> None:
    """However many stored values a function is given at once, the memo is asked for all of them in a few queries."""
    asked = []
    for count in (20, 400):
        Memo(path).map("wrap", wrap, range(count))
        later = Memo(path)
        queries, within = list[str](), tuple(later.map("wrap", wrap, range(count)))
        later._table.set_trace_callback(queries.append)
        [total] = later.map("sum", lambda given: sum(one.value.line for one in given), [within])
        assert total == sum(range(count))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_lost_value_is_told_and_never_invented(path: Path) -> None:
    """A stored value whose row has gone raises Lost when it is asked for."""
    memo = Memo(path)
    memo.map("s", wrap, [7])
    [key] = [stored.digest for stored in memo.map("s", wrap, [7])]
    memo.close()
    with sqlite3.connect(path) as table:
        table.execute("DELETE FROM kept WHERE key = ?", [key])
    [stored] = Memo(path).map("s", wrap, [7])
    with pytest.raises(CacheMiss):
        _ = stored.value


def test_what_cannot_be_saved_is_known_while_the_build_lasts(path: Path) -> None:
    """A memo whose file takes nothing more answers all the same, and forgets it with the process."""
    memo = Memo(path)
    memo.map("s", double, [1])
    with closing(sqlite3.connect(path)) as table:
        table.execute("CREATE TRIGGER full BEFORE INSERT ON kept BEGIN SELECT RAISE(ABORT, 'full'); END")
    [(outer, _)] = memo.map("s", nest, [7])
    assert (double(7), 7) == (outer.value[0].value, outer.value[1])
    assert 1 == len(memo.map("s", fail_nest, [7]))
    memo.close()
    with pytest.raises(AssertionError):
        Memo(path).map("s", fail_nest, [7])


def test_a_build_heals_a_memo_that_lost_a_value(site: MakeSite) -> None:
    """A build that misses a value in its memo empties it, starts again and gives the same bytes."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.good()
    before = one.output()
    with sqlite3.connect(one.project().memo) as table:
        key = hashlib.sha256(before["briefs/hours/index.html"]).hexdigest()
        assert table.execute("DELETE FROM kept WHERE key = ?", [key]).rowcount == 1
    one.delete("output/briefs/hours/index.html")
    one.good()
    assert before == one.output()


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_broken_memo_is_begun_again(site: MakeSite, damage: bytes) -> None:
    """Whatever has happened to the memo's file, the build succeeds and the next one remembers."""
    one = site()
    one.good()
    before = one.output()
    one.write(".cache/memo.sqlite", damage)
    one.good()
    assert (before, ()) == (one.output(), one.good().work.rendered)


def test_a_site_is_whole_wherever_its_memo_was_cut_off(site: MakeSite) -> None:
    """A memo that was cut off costs time and nothing else, however much of it is left."""
    one = site()
    one.good()
    before, whole = one.output(), one.project().memo.read_bytes()
    rest = (0, 1) if LENGTHS == 1 else (1,)
    tried = [length + more for length in range(0, len(whole), 4096 if LENGTHS == 1 else 9_000) for more in rest]
    for length in tried:
        for path in (one.root / ".cache").iterdir():
            path.unlink()
        one.write(".cache/memo.sqlite", whole[:length])
        (one.root / "output/a-z/index.html").unlink()
        one.good()
        assert before == one.output()
    print(f"{len(tried)} lengths of {len(whole)}")


def test_a_doctored_memo_runs_no_code(path: Path, tmp_path: Path) -> None:
    """An answer that would call a function when read is refused."""
    memo = Memo(path)
    memo.map("s", double, [1])
    memo.close()
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    with sqlite3.connect(path) as table:
        table.execute("UPDATE kept SET data = ?", [trap])
    with pytest.raises(CacheMiss):
        Memo(path).map("s", fail, [1])
    assert not (tmp_path / "sprung").exists()


class Trap:
    """Writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.path),)


def test_a_failure_keeps_nothing(path: Path) -> None:
    """Where the function fails, nothing is remembered, so that the next build asks again."""
    memo = Memo(path)
    with pytest.raises(AssertionError):
        memo.map("s", fail, [1])
    assert [double(1)] == memo.map("s", double, [1])


def test_equal_values_have_equal_digests_whatever_objects_they_share() -> None:
    """A digest depends on what a value is, not on which of its parts are the same object."""
    shared, apart = "library", "".join(["lib", "rary"])
    assert digest((shared, shared)) == digest((shared, apart))
    span = Span(1, 2)
    assert digest((span, span)) == digest((Span(1, 2), Span(1, 2)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ("1", 1),
        (True, 1),
        ((1, (2,)), (1, 2)),
        (Span(1, 2), (1, 2, 1)),
        (None, ""),
        (b"a", "a"),
        (Hashed.of("a"), "a"),
        (Prose("a"), Prose("a", body=0)),
        (Reference("a", "", True, False, 0), Reference("a", "", False, True, 0)),
        (Outline("a", ()), Outline("a", (), unread=("b",))),
    ],
)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    """No two values that differ anywhere share a digest."""
    assert digest(one) != digest(other)


def test_a_digest_is_the_same_in_every_process() -> None:
    """Hash seeds do not reach digests."""
    line = "from briefing.incremental.hashed import *; from briefing.problems import *; "
    line += "print(digest((Span(1, 2), 'é', Hashed.of('x'))))"

    def ask(seed: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", line], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    expected = digest((Span(1, 2), "é", Hashed.of("x"))) + "\n"
    assert [expected, expected] == [ask("1"), ask("2")]


def test_a_stored_value_stands_for_its_digest() -> None:
    """Stored values are equal when their digests are, in sets too, and travel with their value."""
    one, other = Hashed.of(("a", 1)), Hashed.of(("a", 1))
    assert (len({one, other}), one == other) == (1, True)
    assert pickle.loads(pickle.dumps(one)).value == ("a", 1)
    assert one != Hashed.of(("a", 2))


def test_two_builds_can_use_one_memo(path: Path) -> None:
    """A second memo on the same file sees what the first has kept, while both are open."""
    first, second = Memo(path), Memo(path)
    first.map("s", double, [1])
    assert [double(1)] == second.map("s", fail, [1])
    second.map("s", double, [2])
    assert [double(2)] == first.map("s", fail, [2])


def test_the_map_given_gets_only_what_is_new() -> None:
    """The map that may use processes is called with the new values alone."""
    asked: list[int] = []

    def mapper(function: Callable[[int], Span], values: Iterable[int]) -> Iterator[Span]:
        asked.extend(values)
        return map(function, asked)

    memo = Memo()
    memo.map("s", double, [1, 2])
    memo.map("s", double, [1, 3, 2], mapper)
    assert [3] == asked


def spell(number: int) -> tuple[Hashed[Prose], int]:
    """Answer at some length."""
    return Hashed.of(Prose(f"{number} is a number. " * 30)), number


@pytest.fixture
def kept(path: Path) -> bytes:
    """Keep some answers, and give the file that holds them."""
    memo = Memo(path)
    memo.map("s", spell, range(9))
    memo.close()
    return path.read_bytes()


def test_a_memo_cut_off_anywhere_gives_right_answers_or_none(path: Path, kept: bytes) -> None:
    """At every length that a file may have been cut off at, each result is right, computed again or not."""
    lengths = range(0, len(kept), LENGTHS)
    for length in lengths:
        path.write_bytes(kept[:length])
        hold_answers(path)
    print(f"{len(lengths)} lengths of {len(kept)}")


def test_a_memo_with_a_byte_changed_gives_right_answers_or_none(path: Path, kept: bytes) -> None:
    """A byte that the disk gives back otherwise than it was written never changes an answer."""
    places = range(0, len(kept), LENGTHS)
    for place in places:
        path.write_bytes(kept[:place] + bytes([kept[place] ^ 0x15]) + kept[place + 1 :])
        hold_answers(path)
    print(f"{len(places)} bytes of {len(kept)}")


@pytest.mark.parametrize("damage", ["data = (SELECT data FROM kept ORDER BY key LIMIT 1)", "data = NULL", "data = x''"])
def test_an_answer_under_the_key_of_another_is_lost(path: Path, kept: bytes, damage: str) -> None:
    """Where a damaged index gives another result, or none, the result is computed again."""
    with closing(sqlite3.connect(path)) as table, table:
        table.execute(f"UPDATE kept SET {damage} WHERE key = (SELECT max(key) FROM kept)")
    hold_answers(path)


def hold_answers(path: Path) -> None:
    """Ask a damaged memo, as a build does: once, and once more after it has lost something."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    expected = [(words.value, number) for words, number in map(spell, range(9))]
    with closing(Memo(path)) as memo:
        try:
            found = [(words.value, number) for words, number in memo.map("s", spell, range(9))]
        except CacheMiss:
            memo.forget()
            found = [(words.value, number) for words, number in memo.map("s", spell, range(9))]
    assert expected == found


def test_a_memo_of_another_layout_is_begun_again(site: MakeSite) -> None:
    """A file that another version of the program laid out otherwise costs time and nothing else."""
    one = site()
    (one.root / ".cache").mkdir()
    with sqlite3.connect(one.project().memo) as table:
        table.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, answer BLOB)")
    table.close()
    one.good()
    assert () == one.good().work.rendered


def test_a_memo_that_another_program_has_is_left_to_it(path: Path) -> None:
    """Where another program keeps the file to itself, answers are worked out, and its file is not deleted."""
    other = Memo(path)
    other.map("s", double, [1])
    other.close()
    number = path.stat().st_ino
    with closing(sqlite3.connect(path)) as table:
        table.execute("PRAGMA locking_mode = EXCLUSIVE")
        table.execute("BEGIN EXCLUSIVE")
        table.execute("DELETE FROM kept")
        memo = Memo(path)
        assert [double(1)] == memo.map("s", double, [1])
        memo.close()
        table.execute("ROLLBACK")
    assert number == path.stat().st_ino
    assert [double(1)] == Memo(path).map("s", fail, [1])


def test_versions_are_those_that_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of folders say what importlib.metadata says, and the first on the path counts, as it does for Python."""
    names = ("jinja2", "pyyaml", "jsonschema-rs", "markdown")
    installed = [version(name) for name in names]
    assert installed == versions(names)
    (tmp_path / "Jinja2-9.8.7.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert ["9.8.7", *installed[1:]] == versions(names)
