"""Mistakes and words many times: the work grows as the files do, and so does what is written. `make fuzz` tries far more."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.steps import Source
from briefing.parse.document import parse
from briefing.pipeline.report import Report, excerpts
from briefing.problems import MOST_ALIKE, as_json, as_text
from tests.fuzz.multiply import FILLED, Files, Many, calls, everything_wrong, longest, multiplications
from tests.mistakes import GOOD
from tests.payloads import Book
from tests.sites import MakeSite, Site, brief

MAP = "<svg viewBox='0 0 40 30'></svg>"
MANY = list(multiplications())
LAST = {"date": ["0001", "0001-01", "2999-12-31"], "day": ["1000-01-01", "2999-12-31"]}
"""The first and the last of each kind of date."""
BEYOND = {"date": ["0000", "3000-01", "9999-12-31"], "day": ["0999-12-31", "3000-01-01", "9999-12-31"]}


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Do once what the first build of a process does: load modules, compile templates."""
    with tempfile.TemporaryDirectory() as folder:
        Site(Path(folder), GOOD, default="").good()


def work(files: Files, said: list[Report] | None = None) -> int:
    """Return how many functions a build of a site with these files calls, with the messages about it."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), GOOD, default="")
        for path, text in files.items():
            site.write(path, text.encode("utf-8", "surrogatepass"))

        def run() -> None:
            report = site.build(Memo(), dry_run=True)
            as_text(report.problems, excerpts(report.snapshot))
            if said is not None:
                said.append(report)

        return calls(run)


def test_what_is_wrong_in_every_file_costs_in_proportion() -> None:
    """Four times as many mistakes of every kind, in every kind of file, are four times the work."""
    few, many = work(everything_wrong(2)), work(everything_wrong(8))
    assert many < 5 * few


def test_however_much_is_wrong_messages_have_a_limit() -> None:
    """A hundred problems of one code are reported of a file, and one says how many more there are."""
    said: list[Report] = []
    files = everything_wrong(20)
    work(files, said)
    problems = said[0].problems
    assert max(Counter((one.path, one.code) for one in problems).values()) == MOST_ALIKE + 1
    printed = as_text(problems, excerpts(said[0].snapshot)) + as_json(problems)
    assert len(printed) < FILLED * sum(map(len, files.values()))


@pytest.mark.parametrize("many", random.Random(26).sample(MANY, 12), ids=lambda many: many.name)
def test_one_thing_many_times_costs_in_proportion(many: Many) -> None:
    """The same for single mistakes, and for records that are right; `make fuzz` tries each of them."""
    assert work(many.make(160)) < 5 * work(many.make(40))


PAIRS = [
    (many, one)
    for one in MANY
    for many in MANY
    if many.name == f"{one.name} all different"
    and not one.name.startswith("link-open")
    and "front matter" not in one.name
]
"""What is many times the same in a text, and as often with another name. An open link is placed by what is beside it."""


@pytest.mark.parametrize(("different", "same"), random.Random(17).sample(PAIRS, 40), ids=lambda many: many.name)
def test_what_differs_costs_little_more_than_what_repeats(different: Many, same: Many) -> None:
    """What is done for a name or an address, such as finding its place, is not done with a pattern for each of them."""

    def parts(many: Many) -> int:
        path, text = next(iter(many.make(40).items()))
        source = Source(path, "brief", Hashed.of(text.encode("utf-8", "surrogatepass")))
        return calls(partial(parse, source))

    assert parts(different) < 2 * parts(same)


def mentions(times: int) -> Files:
    """Return a brief that names many people in one sentence, and one whom nobody knows, so that no page is made."""
    people = "".join(f"- {{id: p-{n}, name: Jo {n}, summary: Reads., as_of: 2026}}\n" for n in range(times))
    return {
        "content/people/many.yaml": people,
        "content/briefs/many.md": brief(body="[[nobody]] " + " ".join(map("[[p-{}]]".format, range(times)))),
    }


def test_a_sentence_with_many_links_is_read_once() -> None:
    """The page of each person shows the sentence; it is put together once, not for each link in it."""
    assert work(mentions(320)) < 4 * work(mentions(80))


def filled(site: Site, longest_words: int) -> tuple[int, int]:
    """Fill every field of every kind with words up to a length or to its limit; return the bytes of content and output."""
    book = Book()
    for place in book.places:
        limit = longest(place)
        if limit and place.harmless.startswith('"Words'):
            words = f"word{place.number} " + ("x" * 85 + " ") * (limit // 86 + 1)
            place.hostile = f'"{words[: min(longest_words, limit - 1)].strip()}."'
    book.write(site)
    site.good()
    content = sum(path.stat().st_size for path in site.root.glob("content/**/*") if path.is_file())
    return content, sum(map(len, site.output().values()))


def test_every_field_has_words_whose_limit_is_known() -> None:
    """Hundreds of places are filled, in every kind of record."""
    limits = {place.name: longest(place) for place in Book().places if longest(place)}
    assert (True, {"site"}) == (len(limits) > 150, {"site"} & {name.partition("/")[0] for name in limits})
    assert (300, 3000, 100) == (limits["person/name"], limits["person/dates/text"], limits["site/safety/exit/label"])


def test_no_field_swells_the_output(site: MakeSite) -> None:
    """Whatever is as long as it may be, wherever pages repeat it: the output grows by no more than ten times as much."""
    make = partial(site, f"-- assets/map.svg --\n{MAP}\n")
    content, output = filled(make(), 20)
    for most in (100, 10**6):
        more, written = filled(make(), most)
        assert more > content
        assert written - output < FILLED * (more - content)


@pytest.mark.parametrize(("dates", "expected"), [(LAST, set()), (BEYOND, {"impossible-date"})])
def test_no_day_of_the_calendar_is_too_far_away(
    site: MakeSite, dates: dict[str, list[str]], expected: set[str]
) -> None:
    """Every date of every kind may be the first or the last that is allowed; what is beyond is a problem at its place."""
    for n in range(3):
        one, book = site(f"-- assets/map.svg --\n{MAP}\n"), Book()
        changed = [place for place in book.places if place.shape in dates and "date-parts" not in place.name]
        changed = [place for place in changed if place.name != "event/until"]
        if not expected:  # these two decide whether a page is published
            changed = [place for place in changed if not place.name.endswith(("publish_on", "expires_on"))]
        for place in changed:
            place.hostile = f'"{dates[place.shape][n % len(dates[place.shape])]}"'
        book.write(one)
        # The time of an event also has an order, which has tests of its own.
        errors = [error for error in one.errors() if (error.code, error.path.split("/")[1]) != ("wrong-form", "events")]
        assert expected == {problem.code for problem in errors}, errors
        assert not expected or {place.number for place in changed} == {
            place.number for problem in errors for place in book.at(problem)
        }
