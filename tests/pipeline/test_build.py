"""A build: what it reports, and that the output folder changes only if there are no errors."""

from __future__ import annotations

import pytest

from tests.sites import MakeSite, brief, codes

SITE = f"""
-- content/briefs/hours.md --
{brief(body="See [[fees]].")}-- content/briefs/fees.md --
{brief("Fees")}-- content/people.yaml --
- {{id: ada, name: Ada, summary: S}}
"""


def test_a_report_counts_the_work(site: MakeSite) -> None:
    """It has the files parsed, the pages woven and rendered, the files written and the seconds of each step."""
    one = site(SITE)
    report = one.good()
    parsed = {"content/site.yaml", "content/people.yaml", "content/pages/index.md"}
    assert parsed | {"content/briefs/hours.md", "content/briefs/fees.md"} == set(report.work.parsed)
    assert report.work.woven == len(report.work.rendered)
    assert report.summary.page_count == len([address for address in report.work.rendered if address.endswith("/")])
    assert report.written is not None
    assert set(one.output()) == set(report.written.changed)
    assert {"read", "parse", "weave", "render", "write"} <= set(report.seconds)


def test_an_edit_is_parsed_alone(site: MakeSite) -> None:
    """Only the edited file is parsed, and if its outline is the same, nothing is woven."""
    one = site(SITE)
    one.good()
    one.edit("content/briefs/fees.md", "nine", "ten")
    report = one.good()
    assert (("content/briefs/fees.md",), 0, ("/briefing.html", "/briefs/fees/")) == (
        report.work.parsed,
        report.work.woven,
        report.work.rendered,
    )


def test_the_problems_of_all_steps_are_reported_together(site: MakeSite) -> None:
    """One run reports what read, parse and weave find, sorted by place."""
    one = site(SITE)
    one.write("content/notes.txt", "x")
    one.edit("content/briefs/hours.md", "[[fees]]", "[[feess]]")
    one.edit("content/people.yaml", "name", "nmae")
    expected = ["unknown-link", "misplaced-file", "unknown-field"]
    assert expected == codes(one.errors())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/briefs/fees.md", "summary", "sumary"),
        ("content/briefs/hours.md", "[[fees]]", "[[feess]]"),
        ("content/people.yaml", "name: Ada", "name: A: B"),
        ("content/site.yaml", "navigation", "navigaton"),
    ],
)
def test_a_failed_build_changes_nothing_and_the_next_one_is_right(
    site: MakeSite, path: str, old: str, new: str
) -> None:
    """A mistake in any file leaves every byte of the old site; once it is fixed, the site is the same as before."""
    one = site(SITE)
    one.good()
    before = one.output()
    one.edit("content/briefs/fees.md", "nine", "ten")
    one.edit(path, old, new)
    report = one.build()
    assert (True, None, before) == (bool(report.problems), report.written, one.output())
    one.edit(path, new, old)
    one.edit("content/briefs/fees.md", "ten", "nine")
    assert ((), before) == (one.good().work.rendered, one.output())


def test_a_template_error_on_one_page_leaves_the_old_site(site: MakeSite) -> None:
    """Nothing is written unless every page can be rendered."""
    one = site(SITE)
    one.good()
    before = one.output()
    one.write("templates/record.html", "{{ page.nothing }}")
    one.edit("content/briefs/fees.md", "nine", "ten")
    assert (["template"], before) == (codes(one.build().problems), one.output())


def test_a_dry_run_renders_and_writes_nothing(site: MakeSite) -> None:
    """A check does everything but writing, so it finds errors of templates too."""
    one = site(SITE)
    report = one.build(dry_run=True)
    assert (None, True, False) == (
        report.written,
        "/briefs/hours/" in report.work.rendered,
        (one.root / "output").exists(),
    )


def test_strict_makes_a_warning_stop_the_build(site: MakeSite) -> None:
    """With strict, a warning keeps the old site."""
    one = site(
        SITE + "-- content/sources.yaml --\n- {id: s, type: report, title: T, issued: 2025, tier: news, publisher: P}\n"
    )
    assert {"uncited-source"} == set(codes(one.good().problems))
    before = one.output()
    one.edit("content/briefs/fees.md", "nine", "ten")
    assert (None, before) == (one.build(strict=True).written, one.output())


def test_problems_come_back_from_the_memo(site: MakeSite) -> None:
    """The next build reports the same problems, although it parses nothing."""
    one = site(SITE)
    one.edit("content/briefs/hours.md", "See", "See ## [[ ]]")
    first, second = one.build(), one.build()
    assert (["empty-link", "unknown-link"], ()) == (codes(first.problems), second.work.parsed)
    assert first.problems == second.problems


def test_the_place_of_a_problem_follows_its_line(site: MakeSite) -> None:
    """A new line above a broken link moves the problem, although the outline is the same."""
    one = site(SITE)
    lines = []
    for above in ("", "\n", "\n\n"):
        one.write("content/briefs/hours.md", brief(body=f"{above}Go [[feess]]."))
        lines += [problem.line for problem in one.build().problems if problem.code == "unknown-link"]
    assert [6, 7, 8] == lines
