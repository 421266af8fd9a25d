"""Weave: what every page shows."""

from __future__ import annotations

import pytest

from briefing.model.pages import Page, View
from briefing.model.records import ReadingPath, Recommendation
from briefing.model.text import Chip, Chips, Figure, Link, Prose
from tests.sites import MakeSite, brief, codes, pages, places

SOURCES = """
-- content/sources.yaml --
- id: minutes
  type: report
  title: Minutes of the board
  issued: 2025-06-16
  tier: primary
  publisher: The Board
  label: Board minutes
  URL: https://x.example/minutes
  checked: 2026-01-02
  passages:
    - {id: roof, locator: p. 3, says: The roof leaks., checked: 2026-02-02}
- {id: survey, type: report, title: Survey, issued: 2024, tier: research, publisher: Town Hall, author: Ada Reed}
"""
NUMBERS = """
-- content/numbers.yaml --
- id: visits
  value: 1,200
  label: Visits a week
  definition: People through the [[door-counter|door]].
  as_of: 2025-12
  source: minutes#roof
-- content/glossary.yaml --
- {id: door-counter, term: Door counter, meaning: It counts.}
"""


def view(page: Page) -> View:
    """Return the record that a page shows."""
    assert page.view is not None
    return page.view


def text(page: Page) -> Prose:
    """Return the text of the record that a page shows."""
    found = view(page).text
    assert found is not None
    return found


# Mentions


def test_a_record_shows_every_sentence_that_mentions_it(site: MakeSite) -> None:
    """Each mention has the page, the section and the sentence in plain words; other sentences are left out."""
    body = "Nothing. See [[ada|the keeper]] now [@minutes, p. 3].[^1]\n\n[^1]: Note.\n\n"
    body += "## Staff\n\nHere is [[Ada Reed]]. Others too.\n"
    people = "-- content/people.yaml --\n- {id: ada, name: Ada Reed, summary: S}\n"
    woven = pages(site(f"-- content/briefs/hours.md --\n{brief(body=body)}{people}{SOURCES}"))
    [group] = view(woven["/people/ada/"]).mentions
    assert "brief" == group.kind
    [mention] = group.items
    expected = [("/briefs/hours/", "See the keeper now."), ("/briefs/hours/#staff", "Here is Ada Reed.")]
    assert ("hours", expected) == (mention.link.id, [(one.address, one.sentence) for one in mention.excerpts])


def test_mentions_come_by_kind_and_in_the_order_of_lists(site: MakeSite) -> None:
    """Briefs come before events, and among briefs the order is that of their list."""
    one = site(
        f"-- content/briefs/b.md --\n{brief('Beta', 'So says [@minutes].')}"
        f"-- content/briefs/a.md --\n{brief('Alpha', 'So says [@minutes, p. 2].')}"
        f"-- content/briefs/z.md --\n{brief('Zeta', 'So says [@minutes].', order='1')}"
        "-- content/events.yaml --\n- {id: opening, date: 2025, title: Opening, text: It opened., sources: minutes}\n"
        f"{SOURCES}"
    )
    groups = view(pages(one)["/sources/minutes/"]).mentions
    assert [("brief", ["z", "a", "b"]), ("event", ["opening"])] == [
        (g.kind, [m.link.id for m in g.items]) for g in groups
    ]
    assert ["It opened."] == [one.sentence for one in groups[1].items[0].excerpts]


def test_a_record_does_not_mention_itself(site: MakeSite) -> None:
    """A page's link to itself is not a backlink."""
    woven = pages(site(f"-- content/briefs/hours.md --\n{brief(body='See [[hours]] and [[index]].')}"))
    assert () == view(woven["/briefs/hours/"]).mentions


def test_a_drawing_mentions_the_sources_of_its_figures(site: MakeSite) -> None:
    """It shows their chips in the text; a figure in a sentence opens a card that shows them."""
    drawn = "```drawing\ndraws: steps\ntitle: Who came\nrows: [{label: Came, figure: visits}]\n```"
    one = site(
        f"-- content/briefs/drawn.md --\n{brief('Drawn', drawn)}"
        f"-- content/briefs/said.md --\n{brief('Said', '[[=visits]] came.')}{SOURCES}{NUMBERS}"
    )
    groups = view(pages(one)["/sources/minutes/"]).mentions
    assert ["drawn", "visits"] == [mention.link.id for group in groups for mention in group.items]


def test_every_field_that_refers_counts_as_a_mention(site: MakeSite) -> None:
    """Who, where, sources, open questions, figures and dated entries all make backlinks."""
    one = site(
        "-- content/people.yaml --\n"
        "- {id: ada, name: Ada, summary: S, dates: [{date: 2025, text: Came., sources: minutes}]}\n"
        "-- content/places.yaml --\n- {id: hall, name: Hall, summary: S}\n"
        "-- content/events.yaml --\n"
        "- {id: opening, date: 2025, title: Opening, who: [ada], where: [hall], sources: minutes}\n"
        "-- content/unknowns.yaml --\n- {id: why, question: Why?, why: W, who_could_answer: '[[ada]]'}\n"
        "-- content/recommendations.yaml --\n- {id: r, number: 1, title: R, asks: A, "
        "said: [{date: 2025, who: ada, text: Yes., sources: minutes}], done: [], judged: []}\n"
        "-- content/briefs/hours.md --\n"
        + brief(body="[[=visits]] came.", not_known="[why]", in_brief='["See [[hall]]."]')
        + f"{SOURCES}{NUMBERS}"
    )
    woven = pages(one)
    speakers = {
        "/people/ada/": {"opening", "why", "r"},
        "/places/hall/": {"opening", "hours"},
        "/glossary/door-counter/": {"visits"},
        "/sources/minutes/": {"ada", "opening", "r", "visits"},
    }
    found = {
        address: {mention.link.id for group in view(woven[address]).mentions for mention in group.items}
        for address in speakers
    }
    assert speakers == found
    [visits] = [one for group in woven["/numbers/"].groups for one in group.views]
    [why] = [one for group in woven["/not-known/"].groups for one in group.views]
    assert ("hours", "hours") == (visits.mentions[0].items[0].link.id, why.mentions[0].items[0].link.id)


# Receipts and cards


def test_citations_open_receipts_in_the_order_of_first_use(site: MakeSite) -> None:
    """Each source is one receipt, with every place: what the passage says, where it is and when it was checked."""
    body = "A [@survey]. B [@minutes#roof; see @survey]. C [@minutes#roof]. D [@minutes, p. 9; @minutes#roof].\n"
    page = pages(site(f"-- content/briefs/hours.md --\n{brief(body=body)}{SOURCES}"))["/briefs/hours/"]
    expected = [
        ("survey", "Town Hall", [("", "", "")], ((0,),)),
        (
            "minutes",
            "Board minutes",
            [("p. 3", "The roof leaks.", "2026-02-02"), ("p. 9", "", "2026-01-02")],
            ((0,), (1, 0)),
        ),
    ]
    found = [
        (r.link.id, r.label, [(one.locator, one.says, one.checked) for one in r.places], r.opened)
        for r in page.receipts
    ]
    assert expected == found
    chips = [
        Chips((Chip(0, (0,), "Town Hall", ""),)),
        Chips((Chip(1, (0,), "Board minutes", ""), Chip(0, (0,), "Town Hall", "see"))),
        Chips((Chip(1, (0,), "Board minutes", ""),)),
        Chips((Chip(1, (1, 0), "Board minutes", ""),)),
    ]
    assert chips == list(text(page).placeholders)


def test_a_figure_opens_a_card_and_its_sources(site: MakeSite) -> None:
    """All uses of a figure open one card, with the receipt of its source."""
    body = "[[=visits]] and again [[=visits]].\n"
    page = pages(site(f"-- content/briefs/hours.md --\n{brief(body=body)}{SOURCES}{NUMBERS}"))["/briefs/hours/"]
    assert (Figure("1,200", 0), Figure("1,200", 0)) == text(page).placeholders
    [card] = page.cards
    expected = ("1,200", "2025-12", "People through the door.", ("visits", "/numbers/#visits"))
    assert expected == (card.value, card.as_of, card.definition, (card.link.id, card.link.address))
    assert ["minutes"] == [receipt.link.id for receipt in page.receipts]


def test_a_picture_knows_its_size(site: MakeSite) -> None:
    """Pictures are measured, so that the page leaves room for them."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body='![A map](map.svg)')}")
    one.write("assets/map.svg", '<svg viewBox="0 0 40 30"></svg>')
    one.good()
    assert '<img src="../../assets/map.svg" alt="A map" width="40" height="30"' in one.page("/briefs/hours/")


def test_references_become_links_with_everything_that_a_page_shows(site: MakeSite) -> None:
    """The placeholder of a reference gets title, summary and address of its target."""
    one = site(
        f"-- content/briefs/hours.md --\n{brief(body='[[fees#late]]')}"
        f"-- content/briefs/fees.md --\n{brief('Fees', '## Late')}"
    )
    [link] = text(pages(one)["/briefs/hours/"]).placeholders
    assert Link("fees", "brief", "Fees", "About it.", "/briefs/fees/#late") == link


# Lists


def test_the_timeline_is_in_order_and_grouped_by_year(site: MakeSite) -> None:
    """Events are sorted by date, a year before its months and a month before its days, and one day's events by title."""
    rows = [
        ("2025-06-16", "c"),
        ("2025", "a"),
        ("2025-06", "b"),
        ("2024-12-31", "z"),
        ("2025-06-16", "B"),
        ("1066", "y"),
    ]
    events = "".join(f"- {{id: e{n}, date: {d}, title: {t}, sources: minutes}}\n" for n, (d, t) in enumerate(rows))
    page = pages(site(f"-- content/events.yaml --\n{events}{SOURCES}"))["/timeline/"]
    expected = [
        ("1066", "y1066", ["y"]),
        ("2024", "y2024", ["z"]),
        ("2025", "y2025", ["a", "b", "B", "c"]),
    ]
    assert expected == [(g.title, g.anchor, [v.link.title for v in g.views]) for g in page.groups if g.views]


def test_a_year_and_an_actor_have_timelines_of_their_own(site: MakeSite) -> None:
    """Each has exactly the events of that year, person or place; one event needs no page, and its links lead to it."""
    found = pages(
        site(f"""
-- content/people.yaml --
- {{id: ada, name: Ada Reed, summary: Keeps the books.}}
- {{id: bo, name: Bo Lane, summary: Sweeps.}}
-- content/places.yaml --
- {{id: hall, name: The Hall, summary: A room.}}
-- content/events.yaml --
- {{id: a, date: 2024, title: A, who: [ada], sources: minutes}}
- {{id: b, date: 2025-06, title: B, who: [ada], where: [hall], sources: minutes}}
- {{id: c, date: 2025-07, title: C, sources: minutes}}
{SOURCES}""")
    )
    held = {
        address: [view.link.id for group in page.groups for view in group.views]
        for address, page in found.items()
        if address.startswith("/timeline/") and address != "/timeline/" and page.kind != "redirect"
    }
    assert {"/timeline/2025/": ["b", "c"], "/timeline/ada/": ["a", "b"]} == held
    single = {"/timeline/2024/": "/timeline/#a", "/timeline/hall/": "/timeline/#b"}
    assert single == {address: found[address].target for address in single}
    assert {*held, *single.values()} == {link.address for group in found["/timeline/"].groups for link in group.links}
    assert ["/timeline/ada/"] == [link.address for group in found["/people/ada/"].groups for link in group.links]
    assert () == found["/people/bo/"].groups


def test_a_reading_path_knows_its_minutes(site: MakeSite) -> None:
    """Each stop takes as long as its brief; anything else takes one minute."""
    long = brief("Long", "word " * 700)
    found = pages(
        site(f"""
-- content/briefs/long.md --
{long}
-- content/people.yaml --
- {{id: ada, name: Ada Reed, summary: Keeps the books.}}
-- content/reading-paths.yaml --
- {{id: new, title: You are new, summary: You know the way., stops: [long, ada]}}
""")
    )
    for address in ("/reading-paths/", "/"):
        [detail] = [v.detail for g in found[address].groups for v in g.views if isinstance(v.detail, ReadingPath)]
        assert [("long", 3), ("ada", 1)] == [(stop.to.id, stop.minutes) for stop in detail.stops]


def test_the_index_sorts_as_a_reader_would(site: MakeSite) -> None:
    """The A to Z ignores articles, accents, case and quotation marks, has digits first, and an entry for each other name."""
    titles = ["Zoo", "élan", "Eel", "“Early”", "7 bus", "apple", "Äpfel", "公園"]
    people = "".join(f"- {{id: p{n}, name: '{title}', summary: S}}\n" for n, title in enumerate(titles))
    people += "- {id: ada, name: Mrs Reed, summary: S, aka: [Keeper]}\n"
    page = pages(site(f"-- content/people.yaml --\n{people}"))["/a-z/"]
    found = {group.title: [link.title for link in group.links] for group in page.groups}
    expected = {
        "0–9": ["7 bus"],
        "A": ["Äpfel", "apple"],
        "E": ["“Early”", "Eel", "élan"],
        "K": ["Keeper"],
        "M": ["Mrs Reed"],
        "P": ["People"],
        "R": ["The Riverside Library"],
        "S": ["Search"],
        "W": ["What changed"],
        "Z": ["Zoo"],
        "公": ["公園"],
    }
    assert expected == found
    [keeper] = [link for group in page.groups for link in group.links if link.title == "Keeper"]
    assert ("see", "/people/ada/") == (keeper.kind, keeper.address)


def test_the_sorting_field_of_a_kind_comes_before_order(site: MakeSite) -> None:
    """An order field sorts the events of one day, never two days; emergency services come before all others."""
    one = site(f"""
-- content/events.yaml --
- {{id: late, date: 2025-06-17, title: Late, sources: minutes, order: 1}}
- {{id: second, date: 2025-06-16, title: A second thing, sources: minutes, order: 2}}
- {{id: first, date: 2025-06-16, title: The first thing, sources: minutes, order: 1}}
-- content/support.yaml --
- {{id: desk, name: Desk, who_for: Readers, number: "1", checked: not-yet, order: 1}}
- {{id: fire, name: Fire brigade, who_for: All, number: "999", checked: not-yet, emergency: true}}
{SOURCES}""")
    found = pages(one)
    assert ["first", "second", "late"] == [view.link.id for group in found["/timeline/"].groups for view in group.views]
    assert ["fire", "desk"] == [view.link.id for group in found["/support/"].groups for view in group.views]


def test_lists_follow_order_then_title(site: MakeSite) -> None:
    """Records with an order field come first; the others are sorted by title, without regard to case."""
    one = site(
        f"-- content/briefs/a.md --\n{brief('beta')}-- content/briefs/b.md --\n{brief('Alpha')}"
        f"-- content/briefs/c.md --\n{brief('Zeta', order='2')}-- content/briefs/d.md --\n{brief('Eta', order='1')}"
    )
    [group] = pages(one)["/briefs/"].groups
    assert ["Eta", "Zeta", "Alpha", "beta"] == [one.link.title for one in group.views]


def test_recommendations_come_by_number(site: MakeSite) -> None:
    """Recommendation 10 comes after 9, and 5a after 5."""
    rows = "".join(
        f"- {{id: r{n}, number: {n}, title: T, asks: A, said: [], done: [], judged: []}}\n" for n in (10, "5a", 9, 1, 5)
    )
    [group] = pages(site(f"-- content/recommendations.yaml --\n{rows}"))["/recommendations/"].groups
    details = [one.detail for one in group.views]
    assert ["1", "5", "5a", "9", "10"] == [detail.number for detail in details if isinstance(detail, Recommendation)]


def test_sources_are_grouped_by_tier_newest_first(site: MakeSite) -> None:
    """Primary sources come first; within a tier, the newest."""
    rows = [("news", 2024), ("primary", 2020), ("primary", 2025), ("comment", 2026)]
    sources = "".join(
        f"- {{id: s{n}, type: report, title: T{n}, issued: {year}, tier: {tier}, publisher: P}}\n"
        for n, (tier, year) in enumerate(rows)
    )
    groups = pages(site(f"-- content/sources.yaml --\n{sources}"))["/sources/"].groups
    expected = [("primary", ["s2", "s1"]), ("news", ["s0"]), ("comment", ["s3"])]
    assert expected == [(g.anchor, [v.link.id for v in g.views]) for g in groups]


def test_every_site_has_its_fixed_pages_and_no_empty_lists(site: MakeSite) -> None:
    """A site without records has the pages that every site has, and no list without entries."""
    expected = {"/", "/changes/", "/a-z/", "/search/", "/404.html", "/sitemap.xml", "/robots.txt"}
    expected |= {"/feed.xml", "/feed.json", "/llms.txt"}
    assert expected == set(pages(site()))
    assert expected | {"/briefs/", "/briefs/a/", "/briefing.html"} == set(
        pages(site(f"-- content/briefs/a.md --\n{brief()}"))
    )


def test_the_site_map_lists_pages_for_readers(site: MakeSite) -> None:
    """The site map has the day of the last change of each page, but no redirects and no page for errors."""
    note = "[{date: 2026-02-01, kind: update, text: Later.}]"
    one = site(f"-- content/briefs/a.md --\n{brief(redirect_from='[/old/]', changes=note)}")
    listed = dict(pages(one)["/sitemap.xml"].addresses)
    assert {"/", "/a-z/", "/briefs/", "/briefs/a/", "/changes/", "/search/"} == set(listed)
    assert "2026-02-01" == listed["/briefs/a/"]


def test_what_changed_is_newest_first(site: MakeSite) -> None:
    """The change notes of all records are on one page and in the feed, and the two newest on the front page."""
    for name in ("/changes/", "/feed.xml", "/"):
        notes = {n: f"[{{date: 2026-01-0{n}, kind: minor, text: n{n}}}]" for n in (2, 4, 1, 3)}
        one = site("".join(f"-- content/briefs/b{n}.md --\n{brief(changes=note)}" for n, note in notes.items()))
        [group] = [group for group in pages(one)[name].groups if group.anchor == "changes"]
        assert ["b4", "b3", "b2", "b1"][: 2 if name == "/" else 4] == [news.link.id for news in group.news]


# Dates, drafts, redirects


@pytest.mark.parametrize(("now", "overdue"), [("2026-02-28", False), ("2026-03-01", False), ("2026-03-02", True)])
def test_a_check_falls_due_the_day_after(site: MakeSite, now: str, overdue: bool) -> None:
    """A page is overdue once its `check_by` day has passed."""
    one = site(f"-- content/briefs/a.md --\n{brief(check_by='2026-03-01')}")
    assert overdue == view(pages(one, now=now)["/briefs/a/"]).overdue


def test_a_draft_is_not_in_the_output(site: MakeSite) -> None:
    """No file has a draft's title or address; with `--drafts` it is a page like any other."""
    one = site(
        f"-- content/briefs/a.md --\n{brief()}-- content/briefs/secret.md --\n"
        f"{brief('Moonlight', aka='[Moon]', draft='true')}"
        "-- content/people.yaml --\n- {id: ada, name: Sunshine, summary: S, draft: true}\n"
    )
    one.good()
    assert [] == [
        path for path, data in one.output().items() if any(w in data for w in (b"Moon", b"secret", b"Sunshine"))
    ]
    one.good(drafts=True)
    assert {"briefs/secret/index.html", "people/ada/index.html", "people/index.html"} <= set(one.output())
    one.good()
    assert "briefs/secret/index.html" not in one.output()


def test_a_link_to_a_draft_is_an_error_until_drafts_are_built(site: MakeSite) -> None:
    """No link leads to a page that is not published."""
    one = site(
        f"-- content/briefs/a.md --\n{brief(body='[[b]] [x](b.md)')}-- content/briefs/b.md --\n{brief(draft='true')}"
    )
    assert ["unpublished-target", "unpublished-target"] == codes(one.errors())
    assert () == one.errors(drafts=True)


def test_an_old_address_redirects_to_the_new_one(site: MakeSite) -> None:
    """Each address in redirect_from is a page that redirects by a relative link and that search engines do not list."""
    one = site(f"-- content/briefs/a.md --\n{brief(redirect_from='[/old/, /older, /a/b.html]')}")
    one.good()
    for path, way in (("old/index.html", "../briefs/a/"), ("older.html", "briefs/a/"), ("a/b.html", "../briefs/a/")):
        assert way in one.output()[path].decode()


@pytest.mark.parametrize(
    ("one", "other", "line"),
    [
        (brief(redirect_from="[/briefs/b/]"), brief(), 1),
        (brief(redirect_from="[/old/]"), brief(redirect_from="[/OLD/]"), 1),
        (brief(redirect_from="[/old/]"), brief(redirect_from="[/old]"), 1),
        (brief(redirect_from="[/a-z/]"), brief(), 1),
        (brief(redirect_from="[/feed.xml]"), brief(), 1),
        (brief(redirect_from="[/briefs/]"), brief(), 1),
        (brief(redirect_from="[/]"), brief(), 1),
        (brief(redirect_from="['/z\u00fcrich/']"), brief(redirect_from="['/zu\u0308rich/']"), 1),
    ],
)
def test_two_pages_cannot_have_one_address(site: MakeSite, one: str, other: str, line: int) -> None:
    """Pages, lists, fixed files and redirects with the same address are an error, also if only case differs."""
    found = site(f"-- content/briefs/a.md --\n{one}-- content/briefs/b.md --\n{other}").errors()
    assert {"address-clash"} == set(codes(found))
    assert line == len(found)


SOURCE = "- {id: report, type: report, title: A report, publisher: P, issued: 2026-01-05, tier: primary, URL: https://a.example/}\n"
GENERATED = (
    "/briefs/a/index.md",
    "/data/timeline.csv",
    "/timeline/2025/",
    "/Timeline/2025",
    "/pagefind/pagefind.js",
    "/assets/x.css",
)


@pytest.mark.parametrize("address", GENERATED)
def test_a_redirect_cannot_take_the_place_of_a_generated_file(site: MakeSite, address: str) -> None:
    """A copy in Markdown, a table, a year of the timeline, the search index and assets are never replaced by a redirect."""
    one = site(
        f"-- content/briefs/a.md --\n{brief()}-- content/briefs/b.md --\n{brief(redirect_from=f'[{address}]')}"
        f"-- content/sources.yaml --\n{SOURCE}"
        "-- content/events.yaml --\n- {id: opened, date: 2025-06-16, title: It opens, sources: [report]}\n"
    )
    one.write("content/site.yaml", one.read("content/site.yaml") + "markdown_twins: true\n")
    [problem] = one.errors()
    assert [("address-clash", "content/briefs/b.md", 1, 1)] == places([problem])
    assert address in problem.message


def test_a_record_named_like_a_year_cannot_take_the_timeline_of_that_year(site: MakeSite) -> None:
    """The timelines of a person and of a year that would be one page are an error at the person."""
    one = site(
        '-- content/people.yaml --\n- {id: "2025", name: Ada, summary: S}\n'
        f"-- content/sources.yaml --\n{SOURCE}"
        "-- content/events.yaml --\n"
        '- {id: opened, date: 2025-06-16, title: It opens, sources: [report], who: ["2025"]}\n'
    )
    [problem] = one.errors()
    assert [("address-clash", "content/people.yaml", 1, 8)] == places([problem])
    assert "/timeline/2025/" in problem.message


@pytest.mark.parametrize("name", ["briefs", "people", "a-z", "changes", "timeline", "assets", "pagefind"])
def test_a_page_cannot_have_a_reserved_address(site: MakeSite, name: str) -> None:
    """A page with the name of a list, or of the assets folder, is an error whether or not that list exists."""
    [problem] = site(f"-- content/pages/{name}.md --\n---\ntitle: T\nsummary: S\n---\n").errors()
    assert ("address-clash", f"content/pages/{name}.md") == (problem.code, problem.path)


def test_two_records_of_one_id_are_an_error_that_names_both(site: MakeSite) -> None:
    """The problem is at one of them and names the line of the other."""
    one = site(
        "-- content/people.yaml --\n- {id: ada, name: A, summary: S}\n- {id: reed, name: B, summary: S}\n"
        "-- content/places.yaml --\n\n- {id: reed, name: C, summary: S}\n"
    )
    [problem] = one.errors()
    assert [("id-clash", "content/places.yaml", 2, 8)] == places([problem])
    assert "content/people.yaml:2" in problem.message


def test_questions_on_the_front_page_lead_to_their_answers(site: MakeSite) -> None:
    """A question in the settings becomes a link to the record that answers it."""
    one = site(f"-- content/briefs/a.md --\n{brief()}")
    one.write("content/site.yaml", one.read("content/site.yaml") + "questions: [{ask: When?, answer: a}]\n")
    [question] = pages(one)["/"].questions
    assert ("When?", "/briefs/a/") == (question.ask, getattr(question.answer, "address", ""))
    one.edit("content/site.yaml", "answer: a", "answer: b")
    assert [("unknown-id", "content/site.yaml", 12, 34)] == places(one.errors())


def test_threads_run_from_their_first_event_to_their_last(site: MakeSite) -> None:
    """Each event has a lane for every thread; an event of two threads is in both; an open thread continues below."""
    one = site(
        f"-- content/briefs/a.md --\n{brief()}\n-- content/events.yaml --\n"
        + "".join(f"- {{id: e{n}, date: 2025-01-0{n}, title: Event {n}, sources: [minutes]}}\n" for n in range(1, 5))
        + "-- content/sources.yaml --\n- {id: minutes, type: report, title: T, issued: 2025, tier: primary,"
        " publisher: The Board, URL: 'https://x.example/'}\n"
    )
    threads = (
        "threads: [{label: Works, to: a, events: [e1, e3]}, {label: Lease, to: a, events: [e3, e4], goes_on: true}]\n"
    )
    one.write("content/site.yaml", one.read("content/site.yaml") + threads)
    home = pages(one)["/"]
    assert ["/briefs/a/"] * 2 == [getattr(thread.to, "address", "") for thread in home.threads]
    assert ["e1", "e3", "e4"] == [stage.view.link.id for stage in home.stages]
    lanes = [[(lane.above, lane.here, lane.below) for lane in stage.lanes] for stage in home.stages]
    no = (False, False, False)
    assert [[(False, True, True), no], [(True, True, False), (False, True, True)], [no, (True, True, True)]] == lanes
    one.edit("content/site.yaml", "[e1, e3]", "[e1, a]")
    assert ["wrong-kind"] == codes(one.errors())


def test_navigation_to_a_missing_page_is_an_error(site: MakeSite) -> None:
    """The bar and the footer may link only to pages of the site."""
    one = site(f"-- content/briefs/a.md --\n{brief()}")
    one.edit(
        "content/site.yaml", "{label: A to Z, to: /a-z/}", "{label: A, to: /briefs/a/}, {label: B, to: /breifs/a/}"
    )
    [problem] = one.errors()
    assert ("unknown-link", "content/site.yaml", "did you mean /briefs/a/?") == (
        problem.code,
        problem.path,
        problem.hint,
    )


def test_a_source_that_nothing_cites_is_a_warning(site: MakeSite) -> None:
    """A source that is neither cited nor marked as further reading is reported; the site can be published all the same."""
    one = site(SOURCES)
    warned = [problem for problem in one.check() if problem.code == "uncited-source"]
    assert [
        ("uncited-source", "content/sources.yaml", 1, 7),
        ("uncited-source", "content/sources.yaml", 12, 8),
    ] == places(warned)
    assert {"warning"} == {problem.level for problem in warned}
    one.edit("content/sources.yaml", "author: Ada Reed", "author: Ada Reed, further_reading: true")
    assert 1 == codes(one.check()).count("uncited-source")


def test_a_site_has_a_hundred_support_services_at_most(site: MakeSite) -> None:
    """Each is on every page that shows them, so one more is an error at its place."""
    one = site()
    lines = [f"- {{id: s{n}, name: Service {n}, who_for: All, checked: not-yet, number: '101'}}\n" for n in range(101)]
    one.write("content/support.yaml", "".join(lines[:100]))
    assert not one.errors()
    one.write("content/support.yaml", "".join(lines))
    assert ["too-long"] == [problem.code for problem in one.errors()]
