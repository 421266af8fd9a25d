"""Drawings from a writer's block to the page, its Markdown copy and the one file, on a site about bridges."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import MakeSite, Site, brief, places

SETTINGS = "title: Bridges\nmarkdown_twins: true\nbase_url: https://bridges.example\n"
RECORDS = """
-- content/sources.yaml --
- {id: council, type: report, title: Counted, issued: 2025, tier: primary, publisher: The Council, URL: "https://c.example/"}
-- content/numbers.yaml --
- {id: all, value: "115,000", label: Crossings, definition: All of them., as_of: 2025, source: [council]}
- {id: some, value: more than 800, label: By tram, definition: Trams., as_of: 2025-06, source: [council]}
-- content/events.yaml --
- {id: closed, date: 2024-05-02, title: The bridge is closed, sources: [council]}
- {id: opens, date: 2027-06, planned: true, title: The bridge opens, sources: [council]}
-- content/recommendations.yaml --
- {id: paint, number: 5a, title: Paint it, asks: Paint., said: [{date: 2024-05, text: Yes., sources: [council]}], done: [], judged: [], sources: [council]}
"""
DRAWINGS = """\
```drawing
draws: bars
title: Crossings in a year
rows:
  - {figure: all}
  - {figure: some, amount: 800+, level: 1}
  - {label: On foot}
```

```drawing
draws: steps
title: From plan to bridge
rows:
  - {label: Planned, figure: all}
  - {label: Built}
```

```drawing
draws: dates
title: The clock
rows: [{event: closed}, {event: opens}, {label: Works, date: 2025, until: open}]
```

```drawing
draws: answers
title: Who can do what
sources: [council]
columns: [The mayor]
rows: [{label: Close it, answers: [not-known]}]
```

```drawing
draws: progress
title: What became of it
```

| Year | Trams |
|---|---|
| 2022 | 700 |
| 2023 | – |
| 2024 | 812 |
| 2025 | 900+ |

: Trams by year [@council]

```drawing
draws: lines
```
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build the site, and return the texts of its files."""
    text = f"{RECORDS}-- content/site.yaml --\n{SETTINGS}-- content/briefs/traffic.md --\n{brief(body=DRAWINGS)}"
    result = Site(tmp_path_factory.mktemp("bridges"), text).result()
    assert [] == [str(one) for one in result.summary.problems if one.level == "error"]
    return {file.path: file.data.value.decode("utf-8", "replace") for file in result.files}


@pytest.fixture
def figures(built: dict[str, str]) -> list[str]:
    """Return the drawings of the brief."""
    return re.findall(r"<figure class=\"drawing\">.*?</figure>", built["briefs/traffic/index.html"], re.DOTALL)


def words(html: str) -> str:
    """Return the words of a part of a page, without those in a drawing of marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg class.*?</svg>\n", "", html, flags=re.DOTALL)).split())


def test_all_that_a_drawing_says_is_in_words(figures: list[str]) -> None:
    """Who sees no marks misses nothing: labels, values, dates, answers, and what is not known."""
    bars, steps, dates, answers, progress, lines = map(words, figures)
    assert "Crossings 115,000 2025 By tram more than 800 Jun 2025 On foot no figure found" in bars
    assert "Source The Council" in bars and "As of 2025 ." in steps
    assert "Planned 115,000 Built no figure found" in steps
    assert "2 May 2024 The bridge is closed June 2027 · planned The bridge opens 2025 – end not known Works" in dates
    assert "Close it not known" in answers
    assert "5a Paint it Said: May 2024. Done: nothing found. Judged: nothing found." in progress
    assert "Trams by year" in lines


def test_marks_are_hidden_from_screen_readers_and_have_no_words(figures: list[str]) -> None:
    """Only a plot has words, which its table has too."""
    for svg in re.findall(r"<svg class=.*?\n</svg>", "".join(figures), re.DOTALL):
        assert 'aria-hidden="true" focusable="false"' in svg
        assert "<text" not in svg or 'class="plot"' in svg


def test_only_pages_with_drawings_load_their_style_sheet(built: dict[str, str]) -> None:
    """The brief, the one file and the timeline of several years have one; the style sheet of every page has none of it."""
    assert {"briefs/traffic/index.html", "timeline/index.html"} == {
        path for path, text in built.items() if path.endswith(".html") and "assets/drawings.css" in text
    }
    assert ".strip" in built["briefing.html"] and 6 == built["briefing.html"].count('<figure class="drawing">')
    assert ".strip" not in built["assets/style.css"]


def test_the_markdown_copy_has_the_same_words_as_a_table(built: dict[str, str]) -> None:
    """Each drawing is a title and a table there."""
    twin = built["briefs/traffic/index.md"]
    assert "**Crossings in a year**[^1a]" in twin
    assert "| By tram | more than 800 (2025-06) |\n| On foot | – |" in twin
    assert "| Close it | not known |" in twin and "| 5a. Paint it | 2024-05 | – | – |" in twin


def test_records_in_a_drawing_are_used(built: dict[str, str]) -> None:
    """A figure that only a drawing shows says where it is used."""
    assert 'href="../briefs/traffic/">Opening hours</a>' in built["numbers/index.html"].partition('id="all"')[2]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("figure: all}\n  - {figure: some", "figure: al}\n  - {figure: some", ("unknown-id", 10, 14)),
        ("{figure: some, amount: 800+,", "{figure: some,", ("drawing", 11, 14)),
        ("{event: closed}", "{event: close}", ("unknown-id", 26, 16)),
        ("sources: [council]\ncolumns", "sources: [mayor]\ncolumns", ("unknown-source", 32, 11)),
    ],
)
def test_what_does_not_exist_is_reported_at_its_place(
    site: MakeSite, old: str, new: str, found: tuple[str, int, int]
) -> None:
    """Ids and figures in a drawing are looked up as those of any text."""
    assert 1 == DRAWINGS.count(old)
    text = brief(body=DRAWINGS.replace(old, new))
    problems = places(site(f"{RECORDS}-- content/briefs/traffic.md --\n{text}").errors())
    code, line, column = found
    assert [(code, "content/briefs/traffic.md", line, column)] == problems


def test_from_right_to_left_time_runs_from_the_right(tmp_path: Path) -> None:
    """The first value of a plot is at the right then."""
    settings = "title: الجسور\nlanguage: ar\ndirection: rtl\n"
    text = f"{RECORDS}-- content/site.yaml --\n{settings}-- content/briefs/traffic.md --\n{brief(body=DRAWINGS)}"
    pages = {file.path: file.data.value.decode("utf-8", "replace") for file in Site(tmp_path, text).result().files}
    plot = pages["briefs/traffic/index.html"].partition('<svg class="plot"')[2]
    places = re.findall(r'<circle[^>]* cx="([\d.]+)%', plot.partition("</svg>")[0])
    assert ("96.0", "4.0") == (places[0], places[-1])


def test_no_line_leads_over_a_missing_value(figures: list[str]) -> None:
    """The years 2022 and 2024 are not joined, because nothing is known of 2023."""
    [plot] = [one for one in figures if 'class="plot"' in one]
    _, second, third = re.findall(r'<circle[^>]* cx="([\d.]+)%', plot)
    assert [(second, third)] == re.findall(r'<line x1="([\d.]+)%" y1="[\d.]+%" x2="([\d.]+)%"', plot)


def test_words_of_a_writer_stay_words(tmp_path: Path) -> None:
    """No title, label, column or note of a drawing can add an element, an attribute or an id."""
    hostile = "</figure><svg onload=x> \" ' {{ 1 }} & <b id=UI--main>"
    typed = hostile.replace("'", "''")
    block = f"draws: answers\ntitle: '{typed}'\nnote: '{typed}'\nsources: [council]\ncolumns: ['{typed}', B]\n"
    block += f"rows: [{{label: '{typed}', answers: ['yes', 'no']}}]\n"
    site = Site(
        tmp_path, f"{RECORDS}-- content/briefs/x.md --\n{brief(body=f'```drawing{chr(10)}{block}```{chr(10)}')}"
    )
    result = site.result()
    assert [] == [str(one) for one in result.summary.problems if one.level == "error"]
    [page] = [file.data.value.decode() for file in result.files if file.path == "briefs/x/index.html"]
    figure = page.partition('<figure class="drawing">')[2].partition("</figure>")[0]
    assert "onload=x>" not in figure and 4 == figure.count("&lt;svg onload=x&gt;") and "{{ 1 }}" in figure
