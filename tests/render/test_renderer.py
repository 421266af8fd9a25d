"""Render: one page to bytes, strictly, with faults placed in the template."""

from __future__ import annotations

import re
from itertools import groupby, product
from urllib.parse import quote

import pytest

from briefing.model.addresses import output_path
from briefing.render.urls import relative
from tests.browser.markup import read
from tests.sites import MakeSite, brief, places

HOURS = f"-- content/briefs/hours.md --\n{brief()}"


@pytest.mark.parametrize(
    ("here", "address", "way"),
    [
        ("/", "/", "./"),
        ("/", "/briefs/a/", "briefs/a/"),
        ("/", "/feed.xml", "feed.xml"),
        ("/briefs/a/", "/", "../../"),
        ("/briefs/a/", "/briefs/a/", "./"),
        ("/briefs/a/", "/briefs/a/#x", "#x"),
        ("/briefs/a/", "/briefs/b/", "../b/"),
        ("/briefs/a/", "/briefs/b/#x", "../b/#x"),
        ("/briefs/a/", "/briefs/", "../"),
        ("/briefs/a/", "/assets/style.css", "../../assets/style.css"),
        ("/briefs/a/", "/timeline/#e", "../../timeline/#e"),
        ("/old", "/briefs/a/", "briefs/a/"),
        ("/feed.xml", "/briefs/a/", "briefs/a/"),
        ("/a/b.html", "/a/", "./"),
    ],
)
def test_addresses_are_relative(here: str, address: str, way: str) -> None:
    """A link from one page to another works under any prefix."""
    assert way == relative(here, address)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/briefs/a/", "briefs/a/index.html"),
        ("/404.html", "404.html"),
        ("/feed.xml", "feed.xml"),
        ("/old", "old.html"),
        ("/öffnung/", "öffnung/index.html"),
    ],
)
def test_each_address_has_its_file(address: str, path: str) -> None:
    """GitHub Pages serves an address from the file that we write for it."""
    assert path == output_path(address)


def probe(site: MakeSite, template: str, content: str = HOURS, **options: str) -> str:
    """Render a brief with a template of the test's own."""
    one = site(f"{content}-- templates/brief.html --\n{template}")
    one.good(**options)
    return one.page("/briefs/hours/")


@pytest.mark.parametrize(
    ("typed", "long", "short"),
    [
        ("2025-06-16", "16 June 2025", "Jun 2025"),
        ("2025-06-06", "6 June 2025", "Jun 2025"),
        ("2025-06", "June 2025", "Jun 2025"),
        ("2025", "2025", "2025"),
        ("undated", "undated", "undated"),
        ("", "", ""),
        ("by 2025-06", "by 2025-06", "by 2025-06"),
    ],
)
def test_dates_are_written_for_readers(site: MakeSite, typed: str, long: str, short: str) -> None:
    """A day, a month and a year are each written as exactly as they are known."""
    shown = probe(site, f'{{{{ date("{typed}") }}}}|{{{{ month("{typed}") }}}}')
    assert f"{long}|{short}" == shown


def test_the_interfaces_words_can_be_another_language(site: MakeSite) -> None:
    """Months and words of the interface come from the settings; what is not there stays English."""
    one = site(
        f"{HOURS}-- templates/brief.html --\n"
        '{{ date("2025-06-16") }}, {{ month("2025-06") }}, {{ _("Menu") }}, {{ _("x") }}'
    )
    one.write("content/site.yaml", one.read("content/site.yaml") + "words: {June: Mehefin, Jun: Meh, Menu: Dewislen}\n")
    one.good()
    assert "16 Mehefin 2025, Meh 2025, Dewislen, x" == one.page("/briefs/hours/").strip()


PLACES = {"a#x": "a p. 1", "a#y": "b p. 2", "a": "c", "b#x": "p. 1", "c, p. 3": "p. 3"}
"""What a citation can name, and how its source shows the place: with a letter if the page cites several places in it."""


def test_every_citation_opens_its_places(site: MakeSite) -> None:
    """Whatever is cited together: each chip opens its source with every cited place, and a source is one row."""
    passages = "passages: [{id: x, locator: p. 1, says: X.}, {id: y, locator: p. 2, says: Y., starts: Y}]"
    work = f"type: report, tier: news, publisher: Board, issued: 2025, URL: 'https://x.example/', {passages}"
    works = "".join(f"- {{id: {name}, title: {name}, {work}}}\n" for name in "abc")
    cited = [one for count in (1, 2, 3) for one in product(PLACES, repeat=count)]
    body = "".join(f"- It is so [{'; '.join(f'@{one}' for one in together)}].\n" for together in cited)
    one = site(f"-- content/sources.yaml --\n{works}-- content/briefs/hours.md --\n{brief(body=body)}")
    one.good()
    page = read(one.page("/briefs/hours/"))
    notes = {note.id: note for note in page.all(".note")}
    for item, together in zip(page.all(".text")[0].all("li"), cited, strict=True):
        expected = [
            (name, [*dict.fromkeys(PLACES[one] for one in part)]) for name, part in groupby(together, lambda x: x[0])
        ]
        opened = [notes[chip.attributes["popovertarget"]] for chip in item.all(".chip")]
        assert expected == [(note.all(".what")[0].text, [at.text for at in note.all(".at")]) for note in opened]
        numbers = [
            f"{1 + 'abc'.index(name)}{', '.join(at[0] for at in part if name == 'a')}" for name, part in expected
        ]
        assert [f"Source Board {number}" for number in numbers] == [chip.text for chip in item.all(".chip")]
        assert all(
            ("X." in note.text, "Y." in note.text) == ("p. 1" in note.text, "p. 2" in note.text) for note in opened
        )
    rows = page.all("#UI--sources")[0].all("ol")[0].all("li")
    assert ["a", "b", "c"] == [row.all(".what")[0].text for row in rows]
    listed = [[at.text for at in row.all(".at") if not at.has(".again")] for row in rows]
    assert [["a p. 1", "b p. 2", "c"], ["p. 1"], ["p. 3"]] == listed


def test_a_chip_stays_with_the_word_before_it(site: MakeSite) -> None:
    """The last word, the first chip and the punctuation after a single chip are kept on one line, where words have spaces.

    A word of the other direction is not: it is in one run with the words before it.
    """
    body = "At nine [@a]. In a [[hall]] [@a; @b]. “Über-uns” [@a], 开门 [@b]. &lt;b> [@a] اب جد [@b]"
    works = "".join(f"- {{id: {n}, type: report, title: T, issued: 2025, tier: news, publisher: P{n}}}\n" for n in "ab")
    one = site(
        f"-- content/briefs/hours.md --\n{brief(body=body)}-- content/sources.yaml --\n{works}"
        "-- content/places.yaml --\n- {id: hall, name: Hall, summary: Where it is.}\n"
    )
    one.good()
    text = read(one.page("/briefs/hours/")).all(".text")[0]
    kept = [whole.text.replace("Source ", "") for whole in text.all(".whole")]
    assert ["nine. Pa 1", "“Über-uns”, Pa 1", "<b> Pa 1"] == kept


def test_the_address_to_cite_breaks_at_its_slashes(site: MakeSite) -> None:
    """Where a page says how to cite it, its address breaks after a slash, not within a word."""
    one = site(HOURS)
    one.good()
    assert ", https://library.example/guide/<wbr>briefs/<wbr>hours/</p>" in one.page("/briefs/hours/")


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ page.title }}", "A &lt;b&gt; &amp; &#34;c&#34;"),
        ("<a title='{{ page.title }}'>", "<a title='A &lt;b&gt; &amp; &#34;c&#34;'>"),
        ("{% if page.absent is defined %}x{% else %}y{% endif %}", "y"),
        ("{% if page.view is not none %}x{% endif %}", "x"),
        ("  {% if true %}\n  a\n  {% endif %}\nb\n", "  a\nb\n"),
        ('{{ href("/a-z/") }} {{ absolute("/a-z/") }}', "../../a-z/ https://library.example/guide/a-z/"),
        ("{{ prose(page.view.text) }}", "<p>The library opens at nine.</p>"),
    ],
)
def test_what_a_template_prints(site: MakeSite, template: str, shown: str) -> None:
    """Everything is escaped but converted text, blocks leave no lines, and links come relative and absolute."""
    content = "-- content/briefs/hours.md --\n" + brief("'A <b> & \"c\"'")
    assert shown == probe(site, template, content)


@pytest.mark.parametrize(
    ("template", "line", "word"),
    [
        ("one\n{{ page.absent }}", 2, "absent"),
        ("one\n\n{{ absent }}", 3, "absent"),
        ("{% if %}", 1, "expected an expression"),
        ("a\n{% endif %}", 2, "endif"),
        ("a\n{{ 1 / 0 }}", 2, "division by zero"),
        ("a\n{{ page.title.nope() }}", 2, "nope"),
        ("a\n{% include 'absent.html' %}", 2, "absent.html"),
        ("a\n{% extends 'absent.html' %}", 2, "absent.html"),
        ("a\n{{ page.title|nope }}", 2, "nope"),
        ("a\n{{ href(3) }}", 2, "a number has no attribute"),
        ("a\n{{ page.view.text.holes[9].x }}", 2, ""),
    ],
)
def test_a_templates_fault_is_placed_in_the_template(site: MakeSite, template: str, line: int, word: str) -> None:
    """What is missing, None, misspelt or broken in a template is one problem with its file and line."""
    one = site(f"{HOURS}-- templates/brief.html --\n{template}")
    [problem] = one.errors()
    assert ("template", "templates/brief.html", line) == (problem.code, problem.path, problem.line)
    assert word in problem.message


def test_none_is_never_printed(site: MakeSite) -> None:
    """A value that is None stops the build at the line that would print it."""
    person = "-- content/people.yaml --\n- {id: ada, name: Ada, summary: S}\n"
    one = site(f"{person}-- templates/record.html --\na\n{{{{ page.view.text }}}}")
    [problem] = one.errors()
    assert [("template", "templates/record.html", 2, 1)] == places([problem])
    assert "the value is none" in problem.message


def test_a_fault_on_many_pages_is_told_once(site: MakeSite) -> None:
    """A template's fault on five pages is one problem, shown with the template's own line."""
    briefs = "".join(f"-- content/briefs/b{n}.md --\n{brief(f'B{n}')}" for n in range(5))
    one = site(f"{briefs}-- templates/brief.html --\na\nb\n{{{{ oh }}}}\n")
    assert [("template", "templates/brief.html", 3, 4)] == places(one.errors())
    finished = one.run("check")
    assert (1, True) == (finished.returncode, "   2 | b\n   3 | {{ oh }}\n     |    ^^" in finished.stderr)


def test_a_missing_template_is_named(site: MakeSite) -> None:
    """Where a kind's template is not there at all, the problem names it."""
    one = site(HOURS)
    templates = (one.root / "templates",)
    one.write("templates/parts/fills.html", "")
    problems = one.errors(templates=templates)
    assert ("missing-template", "templates/brief.html") in [(problem.code, problem.path) for problem in problems]


def test_a_template_reaches_nothing_but_its_page(site: MakeSite) -> None:
    """No function of Python, no file and no other page can be had from a template."""
    shown = probe(
        site,
        "{% for name in ['open', 'site_map', 'pages', 'records', 'documents', 'catalogue', 'now'] %}"
        "{{ name in self._TemplateReference__context }}{% endfor %}",
    )
    assert "False" * 7 == shown


def test_every_link_of_a_site_leads_to_a_file(site: MakeSite) -> None:
    """Each relative address in each page, style sheet and picture included, is a file of the output."""
    one = site(
        f"-- content/briefs/hours.md --\n"
        f"{brief(body='[[ada]] [[hours#when]] [x](/a-z/)', redirect_from='[/old/, /x/y]')}\n## When\n"
        "-- content/people.yaml --\n- {id: ada, name: Ada, summary: S}\n"
    )
    one.good()
    output = one.output()
    dead = []
    for path, data in output.items():
        if not path.endswith(".html") or path == "404.html":
            continue
        for way in re.findall(r'(?:href|src)="([^":]*)"', data.decode()):
            base = path.rpartition("/")[0]
            whole = "/".join(filter(None, [base, way.partition("#")[0]]))
            parts: list[str] = []
            for part in whole.split("/"):
                parts = parts[:-1] if part == ".." else parts if part == "." else [*parts, part]
            target = "/".join(parts)
            target = target + "index.html" if target.endswith("/") or not target else target
            if way.startswith("#") or target in output or f"{target}/index.html".lstrip("/") in output:
                continue
            dead.append((path, way))
    assert [] == dead


def test_the_page_for_lost_readers_works_wherever_it_is_served(site: MakeSite) -> None:
    """404.html uses the path of base_url, since it is served at any depth."""
    one = site()
    one.good()
    assert 'href="/guide/assets/style.css"' in one.page("/404.html")
    one.good(base_url="https://other.example")
    assert 'href="/assets/style.css"' in one.page("/404.html")


def test_one_build_works_under_any_prefix(site: MakeSite) -> None:
    """Pages but for canonical addresses are the same whatever the site's address is."""
    one = site(HOURS)
    one.good()
    first = one.page("/briefs/hours/")
    one.good(base_url="https://elsewhere.example/x/y/")
    second = one.page("/briefs/hours/")
    assert first != second
    bare = []
    for page, home in ((first, "https://library.example/guide"), (second, "https://elsewhere.example/x/y")):
        bare.append(page.replace(home, "").replace(quote(home, safe=""), ""))
    assert bare[0] == bare[1]


@pytest.mark.parametrize(("checked", "times"), [(["not-yet"] * 3, 1), (["not-yet", "2026-01-03", "not-yet"], 2)])
def test_unchecked_support_says_so(site: MakeSite, checked: list[str], times: int) -> None:
    """Where no service was checked it is said once, for all; else it is said of each that was not."""
    services = "".join(
        f"- {{id: s{at}, name: S{at}, who_for: All, number: '{at}', checked: {day}}}\n"
        for at, day in enumerate(checked)
    )
    one = site(f"-- content/support.yaml --\n{services}")
    one.good()
    assert times == one.page("/support/").count("We have not yet checked these details")


@pytest.mark.parametrize(
    ("words", "number", "page", "copy"),
    [
        ("[[desk]]", "0123 456", '{to}Desk</a> <span class="whole">({tel}),</span>', "[Desk]({address}) (0123 456)"),
        (
            "[[desk|the desk]]",
            "0123 456",
            '{to}the desk</a> <span class="whole">({tel}),</span>',
            "[the desk]({address}) (0123 456)",
        ),
        ("[[desk|0123 456]]", "0123 456", "{tel},", "[0123 456](tel:0123456)"),
        (
            "[[desk]]",
            "day or night",
            '{to}Desk</a> <span class="whole">(<b class="tel">day\u00a0or\u00a0night</b>),</span>',
            "[Desk]({address}) (day or night)",
        ),
        ("[[desk]]", "", "{to}Desk</a>,", "[Desk]({address})"),
    ],
)
def test_a_link_to_a_service_shows_its_number(site: MakeSite, words: str, number: str, page: str, copy: str) -> None:
    """A text that names a service has the number of its record beside the name, or alone where it is the words."""
    record = "{id: desk, name: Desk, who_for: All, url: 'https://desk.example/', checked: not-yet"
    record += f", number: {number}}}" if number else "}"
    text = brief(body=f"Ask {words}, or wait.")
    one = site(f"-- content/support.yaml --\n- {record}\n-- content/briefs/hours.md --\n{text}")
    one.edit("content/site.yaml", "tagline:", "markdown_twins: true\ntagline:")
    one.good()
    tel, to = '<a class="tel" href="tel:0123456">0123\u00a0456</a>', '<a href="../../support/#desk">'
    assert f"Ask {page.format(tel=tel, to=to)} or wait." in one.page("/briefs/hours/")
    address = "https://library.example/guide/support/#desk"
    assert f"Ask {copy.format(address=address)}, or wait." in one.read("output/briefs/hours/index.md")


def test_no_side_of_a_dispute_is_set_above_another(site: MakeSite) -> None:
    """But for their words, the positions on a matter are written in one form, each with a chip."""
    positions = ", ".join(f"{{holder: {who}, text: They say so., sources: minutes}}" for who in ("A", "B", "C"))
    one = site(
        f"-- content/briefs/hours.md --\n{brief(disputed=f'[{{about: Who asked?, positions: [{positions}]}}]')}"
        "-- content/sources.yaml --\n"
        "- {id: minutes, title: M, type: report, publisher: P, issued: 2025, tier: primary, URL: 'https://p.example/'}\n"
    )
    one.good()
    section = one.page("/briefs/hours/").partition('id="UI--disputed"')[2].partition("</section>")[0]
    sides = re.findall(r"<div>.*?</div>", section, re.DOTALL)
    assert ["A", "B", "C"] == [re.findall("<dt>(.)</dt>", side)[0] for side in sides]
    assert 1 == len({re.sub("<dt>.</dt>", "", side) for side in sides})
    assert all('class="chip"' in side for side in sides)


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("It stands beside [[hall]], as it did.", ["It stands beside Town Hall, as it did."]),
        ("| Where | When |\n|---|---|\n| [[hall]] | 1904 |", []),
    ],
)
def test_who_speaks_of_it_is_quoted_in_sentences(site: MakeSite, body: str, quoted: list[str]) -> None:
    """A page that is spoken of shows the sentence, and where there is only the cell of a table, the link alone."""
    one = site(
        f"-- content/briefs/hours.md --\n{brief(body=body)}-- content/places.yaml --\n"
        "- {id: hall, name: Town Hall, summary: Where the board meets.}\n"
    )
    one.good()
    page = one.page("/places/hall/")
    assert quoted == re.findall("<q>(.*?)</q>", page)
    assert '<a href="../../briefs/hours/">Opening hours</a>' in page


def test_marks_stay_with_the_button_before_them(site: MakeSite) -> None:
    """What closes a word or a sentence is kept on the line of a term or a figure, and outside of it; a link keeps its own."""
    body = "A [[loan]], [[hall]], ([[loan]]); [[=visits]], [[loan]] or [[loan|“loans”]]."
    one = site(
        f"-- content/briefs/hours.md --\n{brief(body=body)}"
        "-- content/places.yaml --\n- {id: hall, name: Hall, summary: Where it is.}\n"
        "-- content/glossary.yaml --\n- {id: loan, term: Loan, meaning: A book that you take home.}\n"
        '-- content/numbers.yaml --\n- {id: visits, value: "120", label: Visits, definition: To it., as_of: 2025, source: s}\n'
        "-- content/sources.yaml --\n"
        "- {id: s, type: report, title: S, issued: 2025, tier: primary, publisher: The Board}\n"
    )
    one.good()
    text = one.page("/briefs/hours/").partition('id="UI--text"')[2].partition("</div>")[0]
    assert ["Loan"] * 3 + ["“loans”"] == re.findall('<button class="term"[^>]*>(.*?)</button>', text)
    assert ["Loan,", "Loan);", "120,", "“loans”."] == [
        re.sub("<.*?>", "", kept) for kept in re.findall('<span class="whole">(.*?)</span>', text)
    ]
    assert "Hall</a>, (" in text


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("[[loan]]", '<button class="term" popovertarget="UI--g0">Loan</button>'),
        (
            "[[loan|a loan of books]]",
            '<label class="term-words"><span aria-hidden="true">a loan of </span><button class="term" '
            'popovertarget="UI--g0" aria-label="a loan of books">books</button></label>',
        ),
    ],
)
def test_only_the_last_word_is_a_button(site: MakeSite, words: str, shown: str) -> None:
    """A button cannot be broken into lines, so the words before its last one are its label; its name has all of them."""
    one = site(
        f"-- content/briefs/hours.md --\n{brief(body=f'A {words} it is.')}"
        "-- content/glossary.yaml --\n- {id: loan, term: Loan, meaning: A book that you take home.}\n"
    )
    one.good()
    assert f"A {shown} it is." in one.page("/briefs/hours/")
