"""A page as it read on a day: what is recorded is shown for that day, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from briefing.check.name_list import LIST, add
from briefing.check.published import LOCK
from briefing.check.quiet import kept_words
from briefing.incremental.memo import Memo
from briefing.model.versions import KEPT
from briefing.pipeline.versions import quiet_days
from tests.sites import MakeSite, Site, brief, codes

DAYS = ("2026-03-02", "2026-03-09", "2026-03-16")
HOURS = "content/briefs/hours.md"
KEPT_HOURS = f"{KEPT}briefs/hours.txt"
TEXT = f"""
-- {HOURS} --
{brief(body="The library opens at nine. See [[ada]].", changes="[{date: 2026-03-02, kind: first, text: First.}]")}
-- content/people.yaml --
- {{id: ada, name: Ada Brook, summary: The founder.}}
"""

FACTS = """
-- content/people.yaml --
- {id: ada, name: Ada Brook, summary: The founder.}
-- content/recommendations.yaml --
- {id: open, number: 7, owner: [ada], wording: {read: full}, title: Open, asks: Open it., said: [], judged: [], done: [{date: 2026-01, to: no-evidence, text: Nothing., sources: [minutes]}]}
-- content/sources.yaml --
- {id: minutes, type: article-journal, title: Minutes, label: Minutes, publisher: Board, issued: 2025, tier: primary, URL: "https://b.example/", checked: 2026-02-01, volume: 12}
"""


def plain(page: str) -> str:
    """Return the words of a page, each once."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page.partition("<main")[2])).split())


def record(one: Site, day: str, old: str = "", new: str = "") -> None:
    """Change words of the brief, note the change, and record it on a day."""
    if old:
        one.edit(HOURS, old, new)
        one.edit(HOURS, "changes: [", f"changes: [{{date: {day}, kind: update, text: Changed.}}, ")
    one.good(update_lock=True, now=day)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Three days of one brief."""
    one = Site(tmp_path_factory.mktemp("told"), TEXT)
    record(one, DAYS[0])
    record(one, DAYS[1], "at nine", "at ten")
    record(one, DAYS[2], "See [[ada]]", "On Sundays it is closed")
    yield one


def test_a_day_shows_the_words_of_that_day(told: Site) -> None:
    """Each day has its words, is not listed by search engines, and names today's page as the true one."""
    for day, words, others in (
        (DAYS[0], "opens at nine. See Ada Brook.", "at ten"),
        (DAYS[1], "opens at ten. See Ada Brook.", "at nine"),
        (DAYS[2], "opens at ten. On Sundays it is closed.", "Ada Brook"),
    ):
        page = told.page(f"/briefs/hours/{day}/")
        assert words in plain(page) and others not in plain(page)
        assert '<meta name="robots" content="noindex">' in page
        assert '<link rel="canonical" href="https://library.example/guide/briefs/hours/">' in page
        assert 'id="UI--exit"' in page
        assert 'href="../"' in page


def test_differences_lead_from_each_version_to_the_next_and_to_the_newest(told: Site) -> None:
    """The changes of the page and the page of changes lead to the differences, which are shown by words."""
    first = told.page(f"/briefs/hours/{DAYS[1]}/changed/")
    assert (1, 1) == (first.count("<del>"), first.count("<ins>"))
    assert "at [taken out: nine.] [put in: ten.] See Ada Brook." in re.sub(r" (?=\])|(?<=\[) ", "", plain(first))
    since = plain(told.page(f"/briefs/hours/{DAYS[0]}/since/"))
    assert "put in: ten" in since and "On Sundays it is closed" in since
    assert f'href="{DAYS[2]}/changed/"' in told.page("/briefs/hours/")
    assert f'href="../briefs/hours/{DAYS[1]}/changed/"' in told.page("/changes/")
    assert f'href="../briefs/hours/{DAYS[0]}/"' in told.page("/changes/")
    assert f'href="../{DAYS[2]}/changed/"' in told.page(f"/briefs/hours/{DAYS[1]}/")


def test_who_cites_a_page_cites_the_day_of_its_words(told: Site) -> None:
    """The line to cite has the day while the words are those of the newest version, and no day when they are not."""
    cited = re.compile(r"<summary><h2>Cite this page.*?</p>", re.DOTALL)
    [line] = cited.findall(told.page("/briefs/hours/"))
    assert f"/guide/briefs/hours/{DAYS[2]}/" in re.sub("<[^>]*>", "", line)
    pages = told.result(now=DAYS[2]).pages
    assert [plan.address for plan, _ in pages if plan.address == f"/briefs/hours/{DAYS[2]}/"]
    before = told.read(HOURS)
    told.edit(HOURS, "closed", "shut")
    result = told.result(now=DAYS[2])
    told.write(HOURS, before)
    [data] = [page.data.value.decode() for plan, page in result.pages if plan.address == "/briefs/hours/"]
    assert "/guide/briefs/hours/</p>" in re.sub("<(?!/p)[^>]*>", "", cited.findall(data)[0])
    assert "unrecorded-words" in codes(result.summary.notes)


def test_old_days_are_nowhere_else(told: Site) -> None:
    """No list, feed, map, table or index names an old day or has its words."""
    named = re.compile(rf"{DAYS[0]}/|{DAYS[1]}/|at nine")
    ours = re.compile(r"^(?:.*/)?2026-03-|^(?:changes/|briefs/hours/|people/ada/)?index.html$")
    found = {path for path, data in told.output().items() if named.search(data.decode("utf-8", "replace"))}
    assert set() == {path for path in found if not ours.search(path)}
    assert not [path for path in told.output() if path.startswith("pagefind/") and "2026-03-02" in path]
    assert "at nine" not in told.page("/") + told.page("/people/ada/")


def test_an_old_day_costs_nothing_in_a_later_build(told: Site) -> None:
    """Recording the same again writes and renders nothing, and an edit renders no page of a day."""
    kept = told.read(KEPT_HOURS)
    memo = Memo()
    told.good(memo=memo, update_lock=True, now="2026-03-17")
    assert kept == told.read(KEPT_HOURS)
    before = told.read(HOURS)
    told.edit(HOURS, "closed", "shut")
    report = told.good(memo=memo, now="2026-03-17")
    told.write(HOURS, before)
    assert "/briefs/hours/" in report.work.rendered
    assert [] == [address for address in report.work.rendered if "/2026-03" in address]


def test_a_text_is_stored_once(told: Site) -> None:
    """Three versions have the words that they share once, and each page its own words only where they changed."""
    text = told.read(KEPT_HOURS)
    assert (1, 3, 1) == (text.count("Opening hours"), text.count("The library opens"), text.count("at nine"))
    assert 1 == len(re.findall("^@", told.read(f"{KEPT}people.txt"), re.MULTILINE))


def test_a_second_version_of_a_day_replaces_the_first(site: MakeSite) -> None:
    """The day shows what was recorded last on it, also where these are the words of the day before."""
    one = site(TEXT)
    record(one, DAYS[0])
    record(one, DAYS[1], "at nine", "at ten")
    first = one.read(KEPT_HOURS)
    one.edit(HOURS, "at ten", "at eleven")
    one.good(update_lock=True, now=DAYS[1])
    text = one.read(KEPT_HOURS)
    assert (first.count("\n@"), 0, 1) == (text.count("\n@"), text.count("at ten"), text.count("at eleven"))
    one.edit(HOURS, "at eleven", "at nine")
    one.good(update_lock=True, now=DAYS[1])
    kept = one.read(KEPT_HOURS)
    assert ([*DAYS[:2]], 1) == (re.findall(r"^@ (\S+)", kept, re.MULTILINE), kept.count("The library opens"))


def test_withdrawn_words_are_gone_and_the_reason_is_left(site: MakeSite) -> None:
    """The words are in no file of the site and of the folder; the day says when and why; the address stays."""
    one = site(TEXT)
    record(one, DAYS[0], "at nine", "when Xanthippe comes")
    record(one, DAYS[1], "when Xanthippe comes", "at ten")
    done = one.run("withdraw", "/briefs/hours/", DAYS[0], "--reason", "It named a child.", "--now", "2026-03-10")
    assert (0, "") == (done.returncode, done.stdout)
    one.good(now="2026-03-10")
    page = plain(one.page(f"/briefs/hours/{DAYS[0]}/"))
    assert "The words of 2 March 2026 were withdrawn on 10 March 2026. It named a child." in page
    assert [] == [path for path, data in one.output().items() if b"Xanthippe" in data]
    assert "Xanthippe" not in one.read(KEPT_HOURS)
    assert f"/briefs/hours/{DAYS[0]}/ - -" in one.read(LOCK)
    one.edit(HOURS, "at ten", "when Xanthippe comes")
    assert ["withdrawn-words"] == codes(one.errors(now="2026-03-11"))


def test_all_days_of_a_page_that_is_gone_can_be_withdrawn(site: MakeSite) -> None:
    """A page without any words left has its days, each with the reason, though the page is no longer on the site."""
    one = site(TEXT)
    record(one, DAYS[0])
    record(one, DAYS[1], "at nine", "at ten")
    assert 0 == one.run("withdraw", "/briefs/hours/", "--all", "--reason", "It was about somebody.").returncode
    one.delete(HOURS)
    one.write(LOCK, "".join(line for line in one.read(LOCK).splitlines(True) if re.search(r"/20\d\d-", line)))
    one.good(now=DAYS[2])
    for day in DAYS[:2]:
        page = plain(one.page(f"/briefs/hours/{day}/"))
        assert "It was about somebody." in page and "no longer on this site" in page
    assert [] == [path for path, data in one.output().items() if b"opens at" in data]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("/briefs/hours/", DAYS[0]), "the reason is missing"),
        (("/briefs/hours/", DAYS[0], "--reason", " "), "the reason is missing"),
        (("/briefs/hours/", "2026-03-03", "--reason", "A name."), "days: 2026-03-02"),
        (("/briefs/hour/", DAYS[0], "--reason", "A name."), "did you mean /briefs/hours/?"),
        (("/briefs/hours/", "--reason", "A name."), "name one day"),
    ],
)
def test_a_withdrawal_of_nothing_is_told(
    told: Site, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page, a day or a reason that is missing is reported, and nothing is changed."""
    from briefing.cli.main import main

    before = told.read(KEPT_HOURS)
    assert (2, before) == (main(["withdraw", *arguments, "--site", str(told.root)]), told.read(KEPT_HOURS))
    assert words in capsys.readouterr().err


def test_a_name_that_is_blocked_later_is_found_in_old_days(site: MakeSite) -> None:
    """The guard says in which file, of which page and on which day the name is, and how to take it away."""
    one = site(TEXT)
    record(one, DAYS[0], "at nine", "when Jo Xanthippe comes")
    record(one, DAYS[1], "when Jo Xanthippe comes", "at ten")
    one.write(LIST, add("", "Jo Xanthippe"))
    [found] = one.errors(now=DAYS[1])
    assert ("guarded-name", KEPT_HOURS, 2) == (found.code, found.path, found.line)
    assert f"/briefs/hours/ on {DAYS[0]}" in found.message and "Xanthippe" not in found.message
    assert f"briefing withdraw /briefs/hours/ {DAYS[0]}" in found.hint
    assert 0 == one.run("withdraw", "/briefs/hours/", DAYS[0], "--reason", "It named somebody.").returncode
    assert () == one.errors(now=DAYS[1])


def test_a_quiet_page_is_quiet_on_every_day(site: MakeSite) -> None:
    """What a browser keeps of a day is the quiet title of today, also if the page had a loud one on that day."""
    one = site(TEXT)
    record(one, DAYS[0])
    one.edit(HOURS, "title: Opening hours", "quiet: true\ntitle: Times")
    one.edit("content/site.yaml", "safety:", "safety:\n  quiet_words: [opening]")
    result = one.result(now=DAYS[0])
    [page] = [page.data.value.decode() for plan, page in result.pages if plan.address == f"/briefs/hours/{DAYS[0]}/"]
    assert "<h1>Opening hours</h1>" in page
    assert [] == [words for _, words in kept_words(page) if "opening" in words.casefold()]
    assert (f"/briefs/hours/{DAYS[0]}/", KEPT_HOURS) in quiet_days(
        result.kept, result.woven, [plan for plan, _ in result.pages]
    )


def test_a_renamed_page_keeps_its_days(site: MakeSite) -> None:
    """The days of an old address stay, and lead to the page to which it redirects."""
    one = site(TEXT)
    record(one, DAYS[0])
    one.rename(HOURS, "content/briefs/times.md")
    one.edit("content/briefs/times.md", "as_of:", "redirect_from: [/briefs/hours/]\nas_of:")
    one.good(now=DAYS[1])
    page = one.page(f"/briefs/hours/{DAYS[0]}/")
    assert 'href="../../times/"' in page and "opens at nine" in plain(page)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("2-2 The library opens at ten", "2-2 The library opens at six", 4, "was edited"),
        (f"@ {DAYS[1]}", f"@ {DAYS[0]}", 4, "two versions"),
        (f"@ {DAYS[0]}", "@ 2026-13-02", 3, "not in the form"),
        (f"@ {DAYS[0]}", f"! {DAYS[1]} {DAYS[1]} -\n@ {DAYS[0]}", 3, "no reason"),
        ("# The words", "# Words", 1, "no file of kept words"),
        (f"@ {DAYS[0]}", "@ 2026-04-01", 4, "is before"),
    ],
)
def test_an_edited_file_is_told_at_its_line(told: Site, old: str, new: str, line: int, words: str) -> None:
    """What is wrong is one error at its line, with a remedy, and nothing that only follows from it."""
    before = told.read(KEPT_HOURS)
    told.edit(KEPT_HOURS, old, new)
    try:
        errors = told.errors(now=DAYS[2])
    finally:
        told.write(KEPT_HOURS, before)
    assert [("kept-words", KEPT_HOURS, line)] == [(one.code, one.path, one.line) for one in errors]
    assert words in errors[0].message and errors[0].hint


def test_a_missing_file_and_a_strange_one_are_told(told: Site, tmp_path: Path) -> None:
    """Days that are lost are one error with the name of their file; a file of another kind has one where it is."""
    before = told.read(KEPT_HOURS)
    told.delete(KEPT_HOURS)
    lost = told.errors(now=DAYS[2])
    told.write(KEPT_HOURS, before)
    assert [("lost-address", LOCK)] == [(one.code, one.path) for one in lost]
    assert KEPT_HOURS in lost[0].message and DAYS[0] in lost[0].message
    for name in ("notes.md", "notes.txt"):
        told.write(f"{KEPT}{name}", "Remember the milk.")
        found = told.errors(now=DAYS[2])
        told.delete(f"{KEPT}{name}")
        assert [("kept-words", f"{KEPT}{name}")] == [(one.code, one.path) for one in found]


def test_publishing_can_demand_notes_and_recorded_words(site: MakeSite) -> None:
    """`checks` makes an error of a change without a note, and of words that were not recorded."""
    one = site(TEXT)
    record(one, DAYS[0])
    one.edit("content/site.yaml", "safety:", "checks: {changed-without-note: error, unrecorded-words: error}\nsafety:")
    assert () == one.errors(now=DAYS[1])
    one.edit(HOURS, "at nine", "at ten")
    assert ["changed-without-note"] == codes(one.errors(now=DAYS[1]))
    kept, lock = one.read(KEPT_HOURS), one.read(LOCK)
    assert ["changed-without-note"] == codes(one.build(update_lock=True, now=DAYS[1]).problems)
    assert (kept, lock) == (one.read(KEPT_HOURS), one.read(LOCK))
    one.edit(HOURS, "changes: [", f"changes: [{{date: {DAYS[1]}, kind: update, text: Later.}}, ")
    [found] = one.errors(now=DAYS[1])
    assert "the words of a page are not" in found.message and "/briefs/hours/" in found.message
    one.good(update_lock=True, now=DAYS[1])
    assert () == one.errors(now=DAYS[1])


def test_recording_judges_a_change_without_a_note(site: MakeSite) -> None:
    """Where such a change is a warning, a build that records it prints it too."""
    one = site(TEXT)
    record(one, DAYS[0])
    one.edit(HOURS, "at nine", "at ten")
    assert ["changed-without-note"] == codes(
        problem for problem in one.good(update_lock=True, now=DAYS[1]).problems if problem.level == "warning"
    )


def test_a_page_that_its_day_publishes_needs_no_words_before_that_day(site: MakeSite) -> None:
    """A build of that day publishes it though nobody could record it before; a page that is only new is an error."""
    one = site(TEXT)
    one.edit("content/site.yaml", "safety:", "checks: {unrecorded-words: error, unrecorded-address: error}\nsafety:")
    one.write("content/briefs/times.md", brief("Times", "It opens.", publish_on=DAYS[1]))
    record(one, DAYS[0])
    assert () == one.errors(now=DAYS[0])
    one.good(now=DAYS[1])
    assert "It opens." in one.page("/briefs/times/")
    one.write("content/briefs/new.md", brief("New", "It shuts."))
    assert {"unrecorded-words", "unrecorded-address"} == set(codes(one.errors(now=DAYS[1])))


def test_the_days_of_a_draft_are_not_public(site: MakeSite) -> None:
    """A page that is a draft again, or waits for a day, takes its days with it, and they come back with it."""
    one = site(TEXT)
    record(one, DAYS[0])
    day, before, lock = f"output/briefs/hours/{DAYS[0]}/index.html", one.read(HOURS), one.read(LOCK)
    for field in ("draft: true", f"publish_on: {DAYS[2]}"):
        one.edit(HOURS, "as_of:", f"{field}\nas_of:")
        found = [problem for problem in one.errors(now=DAYS[1]) if "/briefs/hours/ " in problem.message]
        assert [("lost-address", True)] == [(one.code, "earlier days are not public" in one.hint) for one in found]
        one.write(LOCK, "".join(line for line in lock.splitlines(True) if re.search("^/briefs/hours/2", line)))
        one.good(now=DAYS[1])
        assert not (one.root / day).exists()
        one.write(HOURS, before)
        one.good(now=DAYS[1])
        assert "opens at nine" in one.read(day)
        one.write(LOCK, lock)


def test_a_withdrawn_day_stays_in_the_chain_of_days(site: MakeSite) -> None:
    """The days before and after it lead to it, and it leads to them."""
    one = site(TEXT)
    record(one, DAYS[0])
    record(one, DAYS[1], "at nine", "at ten")
    record(one, DAYS[2], "at ten", "at six")
    assert 0 == one.run("withdraw", "/briefs/hours/", DAYS[1], "--reason", "A name.").returncode
    one.good(now=DAYS[2])
    links = {day: re.findall(r'href="\.\./(\d[^"/]*)/"', one.page(f"/briefs/hours/{day}/")) for day in DAYS}
    assert {DAYS[0]: [DAYS[1]], DAYS[1]: [DAYS[0], DAYS[2]], DAYS[2]: [DAYS[1]]} == links


def test_a_report_names_the_version_that_the_page_shows(told: Site) -> None:
    """A page sends the day that its line to cite has, and the page of a day its own; so do pages of records."""
    told.good(now=DAYS[2])
    for address, day in (("", DAYS[2]), (f"{DAYS[0]}/", DAYS[0]), (f"{DAYS[1]}/changed/", DAYS[1])):
        assert f"Version%3A%20{day}" in told.page(f"/briefs/hours/{address}")
    assert f"Version%3A%20{DAYS[0]}" in told.page("/people/ada/")


def test_a_kept_day_that_has_not_come_is_told(told: Site) -> None:
    """A day after tomorrow is an error at the page in its file."""
    found = told.errors(now="2026-03-14")
    assert [("kept-words", KEPT_HOURS, 2)] == [(one.code, one.path, one.line) for one in found]
    assert DAYS[2] in found[0].message
    assert () == told.errors(now="2026-03-15")


def test_the_words_of_a_record_have_what_its_page_shows(site: MakeSite) -> None:
    """Each field of a recommendation and of a source that its page shows is in its words, which each change makes new."""
    one = site(FACTS)
    before = {address: words.lines.value for address, words in one.result(update_lock=True, now=DAYS[0]).words.items()}
    owned = before["/recommendations/open/"]
    for line in ("Recommendation: 7", "Who has to do it: Ada Brook", "All of the official wording was read."):
        assert line in owned
    assert {"Volume: 12", "Checked: 1 February 2026"} <= set(before["/sources/minutes/"])
    one.edit(
        "content/recommendations.yaml",
        "number: 7, owner: [ada], wording: {read: full}",
        "number: 8, wording: {read: topic}",
    )
    one.edit("content/sources.yaml", "volume: 12", "volume: 13")
    after = {address: words.lines.value for address, words in one.result(update_lock=True, now=DAYS[0]).words.items()}
    gone = {"Recommendation: 7", "Who has to do it: Ada Brook", "All of the official wording was read."}
    assert gone == set(owned) - set(after["/recommendations/open/"])
    assert {"Volume: 12"} == set(before["/sources/minutes/"]) - set(after["/sources/minutes/"])


def test_a_record_without_change_notes_leads_to_its_days(told: Site) -> None:
    """The page of a record lists the days of its words as links, as a brief does with its changes."""
    assert f'<li><a href="{DAYS[0]}/">The page as it read on 2 March 2026</a></li>' in told.page("/people/ada/")
