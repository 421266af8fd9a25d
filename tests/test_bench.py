"""The benchmark is fair: every generator gets the same texts, and a site that holds less than they say is found out."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import dialects
from bench.corpus import SECTIONS, body, linked, name, title
from bench.equal import find_faults, page_of
from bench.growth import exponent
from bench.measure import run
from bench.mutate import TESTS, sample
from bench.mutate import main as mutate
from bench.smoke import LIMITS, measure
from bench.tools import ours
from bench.work import WORK, Entry, compare

COUNT = 9
_LINK = re.compile(r"\[\[(\S+?)\]\]|\[[^\]^]+\]\([^)]*?(brief-\d+)[^)]*\)")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the corpus once with our own generator."""
    entry = Entry.prepare(ours("--no-search"), tmp_path_factory.mktemp("bench") / "ours", COUNT)
    entry.work("cold")
    return entry.output


def copy(built: Path, folder: Path) -> Path:
    """Return a copy of a built site, to plant a fault in."""
    for path in (path for path in built.rglob("*") if path.suffix in (".html", ".xml")):
        target = folder / path.relative_to(built)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder


def test_a_brief_is_of_the_size_that_is_told() -> None:
    """A brief has about 750 words, six sections, five links to others, a table, a list, a quotation and two notes."""
    text = body(3, 100, title)
    assert 700 <= len(re.findall(r"[A-Za-z]\w*", text)) <= 850
    assert list(SECTIONS) == re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert (5, 5) == (len(set(linked(3, 100))), text.count("See Brief number"))
    assert (1, 4, 1) == (
        text.count("|---|---|---|"),
        len(re.findall("^- ", text, re.M)),
        len(re.findall("^> ", text, re.M)),
    )
    assert ["a", "b", "a", "b"] == re.findall(r"\[\^(.)\]", text)


@pytest.mark.parametrize(
    "write",
    [dialects.ours, dialects.hugo, dialects.eleventy, dialects.mkdocs, dialects.mkdocs_with_search, dialects.pelican],
)
def test_every_dialect_says_the_same(write: dialects.Write, tmp_path: Path) -> None:
    """Links and front matter apart, each generator is given the same words, and every link leads to a brief."""
    text = write(tmp_path, COUNT).text
    said = text.read_text(encoding="utf-8").partition("\n---\n")[2].replace("[TOC]", "").strip()
    assert [name(other) for other in linked(0, COUNT)] == [one or other for one, other in _LINK.findall(said)]
    plain = _LINK.sub(lambda found: title(int((found[1] or found[2])[-5:])), said)
    assert body(0, COUNT, title).strip() == plain


def test_what_we_build_is_equal_work(built: Path) -> None:
    """Our own site holds all that the corpus says."""
    assert [] == find_faults(built, COUNT)


def test_more_briefs_are_checked_in_processes(built: Path) -> None:
    """Each page is looked for, also where there are so many that processes share them."""
    missing = [fault for fault in find_faults(built, 150) if fault.endswith("missing")]
    assert [f"{page_of(number)}: missing" for number in range(COUNT, 150)] == missing


def replaced(old: str, new: str) -> Callable[[str], str]:
    """Plant a fault by replacing what a page holds, everywhere in it."""

    def plant(text: str) -> str:
        assert re.search(old, text, re.DOTALL), f"there is no {old}"
        return re.sub(old, new, text, flags=re.DOTALL)

    return plant


@pytest.mark.parametrize(
    ("fault", "plant"),
    [
        ("no title", replaced(r"<h1>.*?</h1>", "<h1>Another</h1>")),
        ("no date", replaced(r"<time.*?>", "<time>")),
        ("“Money” is not on the contents list", replaced(r'<a href="#money">', '<a href="#people">')),
        ("“Money” is not on the contents list", replaced(r'<h2 id="money">', "<h2>")),
        ("no heading “Money”", replaced(r"<h2([^>]*)>Money</h2>", r"<p\1>Money</p>")),
        ("1 notes that lead anywhere, not 2", replaced(r"<sup[^>]*fnref:b.*?</sup>", "<sup></sup>")),
        ("2 notes that lead anywhere, not 2", replaced(r'<li id="fn:b">', "<li>")),
        ("no link to briefs/brief-00005/index.html", replaced("brief-00005", "brief-00006")),
        ("a link to briefs/brief-99999/index.html, which is not there", replaced("brief-00005", "brief-99999")),
        ("0 × table, not 1", replaced(r"</?table[^>]*>", "")),
        ("0 × blockquote, not 1", replaced(r"</?blockquote>", "")),
        ("is missing", replaced(r"</blockquote>\s*<h2([^>]*)>(\w+)</h2>\s*<p>\w+ ", r"</blockquote><h2\1>\2</h2><p>")),
    ],
)
def test_a_page_that_holds_less_is_found_out(
    fault: str, plant: Callable[[str], str], built: Path, tmp_path: Path
) -> None:
    """Whatever a page lacks is named, with the page, and nothing is said of the others."""
    output = copy(built, tmp_path)
    page = output / page_of(2)
    page.write_text(plant(page.read_text(encoding="utf-8")), encoding="utf-8")
    faults = find_faults(output, COUNT)
    assert any(one.startswith(page_of(2)) and one.endswith(fault) for one in faults), faults
    assert [] == [one for one in faults if not one.startswith(page_of(2))]


def test_a_page_too_many_or_unlisted_is_found_out(built: Path, tmp_path: Path) -> None:
    """As many pages as briefs, each on a list under the title that it now has."""
    output = copy(built, tmp_path)
    extra = output / "briefs/other/index.html"
    extra.parent.mkdir()
    extra.write_text("")
    assert ["briefs/other/index.html: no such brief"] == find_faults(output, COUNT)
    extra.unlink()
    faults = find_faults(output, COUNT, {4: "Renamed"})
    assert [f"{page_of(4)}: on no list under its title", f"{page_of(4)}: no title"] == faults


def test_all_work_is_done_and_shows(tmp_path: Path) -> None:
    """Every kind of edit is made, built, found in the output and taken back; what each cost is noted."""
    [entry] = compare([ours("--no-search")], tmp_path, COUNT, rounds=1, limit=0)
    assert list(WORK) == [kind for kind in WORK if len(entry.costs[kind]) == 1]
    written = {kind: files for kind, [(_, files)] in entry.costs.items()}
    assert (0, COUNT) == (written["nothing changed"], written["one template"] - 1), written
    for kind, [(cost, _)] in entry.costs.items():
        assert cost.wall > 0 and cost.processor > 0 and cost.together >= cost.largest > 0
        computed = {"parse", "weave", "check", "render", "write"} if kind != "nothing changed" else set()
        assert {"read", "compare"} | computed <= set(cost.steps()), kind
    assert "renamed" not in entry.places.text.read_text(encoding="utf-8")


def test_work_that_does_not_show_ends_the_run(tmp_path: Path) -> None:
    """A generator that leaves an edit out has not done the same work, and is not measured."""
    entry = Entry.prepare(ours("--no-search"), tmp_path / "ours", COUNT)
    entry.work("cold")
    assert [f"{page_of(0)}: without the new words"] == entry.faults("one body")
    assert {"not the new layout", "no title", "not the new one"} <= {
        fault.partition(": ")[2] for fault in entry.faults("one style sheet")
    }


def test_every_first_build_makes_everything(tmp_path: Path) -> None:
    """A second cold build finds nothing of the first, neither the output nor the memo."""
    entry = Entry.prepare(ours("--no-search"), tmp_path / "ours", COUNT)
    entry.work("cold")
    entry.work("cold")
    [(_, first), (cost, second)] = entry.costs["cold"]
    assert first == second > COUNT
    assert f"{COUNT + 2} parsed" in cost.said


def test_our_own_modules_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A measurement is the same where Python is set to write no compiled files."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    run([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"], tmp_path)


def test_the_time_of_processes_left_behind_is_counted(tmp_path: Path) -> None:
    """What a command starts and does not wait for counts, as the processes of a build do."""
    spin = "import time\nwhile time.process_time() < 0.3: pass"
    cost = run(["sh", "-c", f"python3 -c '{spin}' & python3 -c '{spin}' & exit 0"], tmp_path)
    assert cost.processor > 0.5
    with pytest.raises(RuntimeError, match="ended with 3"):
        run(["sh", "-c", "exit 3"], tmp_path)


def test_the_exponent_of_growth_is_told() -> None:
    """Ten times the time at ten times the size is 1, a hundred times is 2; too little to tell is left out."""
    assert ("1.00", "2.00", "") == (
        exponent(100, 1000, 10, 100),
        exponent(100, 1000, 10, 1000),
        exponent(100, 1000, 1, 90),
    )


@pytest.mark.parametrize("module", TESTS)
def test_a_mutant_is_a_module_with_one_fault(module: str) -> None:
    """Every judge has mutants that Python can read, the same ones for the same seed; each is otherwise the module."""
    text = (dialects.HERE / "briefing" / module).read_text("utf-8")
    found = sample(module, 5, 1)
    assert found and found == sample(module, 5, 1)
    for mutant in found:
        assert text != mutant.text
        kept = len(text) - len(mutant.before)
        assert kept == len(mutant.text) - len(mutant.after)


def test_a_fault_that_a_test_sees_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """One mutant of a small module is tried in a copy of the repository, and counted."""
    mutate(["--each", "1", "--jobs", "1", "check/published.py"])
    assert re.search(r"^check/published.py: [01] of 1 seen$", capsys.readouterr().out, re.MULTILINE)


def test_builds_make_no_more_calls_than_before() -> None:
    """A first build, a build with nothing new and one after an edit need about as many calls as they did."""
    assert {} == {work: calls for work, calls in measure().items() if calls > LIMITS[work]}
