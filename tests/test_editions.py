"""Editions: pages in other languages and in Easy Read, with lists of their own, that say when their originals changed."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.cli.main import main
from briefing.incremental.hashed import Hashed
from briefing.model.steps import Source
from briefing.model.symbols import SYMBOLS
from briefing.model.vocabulary import OURS
from briefing.parse.document import parse
from briefing.parse.originals import read_original
from briefing.scaffold.mark_edition import mark_editions
from briefing.weave.patch import SitePatch
from briefing.weave.weave import index_site
from tests.sites import MakeSite, Site, brief, codes, document, places

BASE = "https://library.example/guide"
TEXT = "The library opens at nine. See [[room]] and [[index]].\n\n## Sundays {#sundays}\n\nIt is shut.\n"
WELSH = (
    "Mae’n agor am naw. Gweler [[room]], [[index]] a’r [[room|ystafell]].\n\n## Dydd Sul {#sundays}\n\nMae ar gau.\n"
)
ARABIC = "تفتح المكتبة في التاسعة.\n\n## الأحد {#sundays}\n\nهي مغلقة.\n"
HINDI = "पुस्तकालय नौ बजे खुलता है।\n\n## रविवार {#sundays}\n\nबंद है।\n"
SITE = f"""\
-- content/site.yaml --
title: The Riverside Library
base_url: {BASE}
language: en-GB
safety: {{exit: {{url: "https://weather.example/", label: Leave}}}}
editions:
  cy: {{title: Llyfrgell Glan yr Afon, exit: Gadael, words: {{Menu: Bwydlen}}}}
-- content/pages/index.md --
---
title: The Riverside Library
summary: All about it.
---
Welcome.
-- content/pages/hafan.md --
---
title: Llyfrgell Glan yr Afon
summary: Popeth amdani.
edition_of: index
lang: cy
---
Croeso. Gweler [[hours]].
-- content/briefs/hours.md --
{brief(body=TEXT)}-- content/briefs/room.md --
{brief("The reading room", "It is quiet.")}-- content/briefs/oriau.md --
{brief("Oriau agor", WELSH, edition_of="hours", lang="cy")}-- content/briefs/saat.md --
{brief("ساعات العمل", ARABIC, edition_of="hours", lang="ar", checked_by="Salma Reed")}-- content/support.yaml --
- {{id: line, name: The Line, who_for: Anyone, number: "116 123", checked: not-yet}}
"""
EDITIONS = ("hafan", "oriau", "saat")


def mark(one: Site, *names: str) -> list[str]:
    """Note that editions agree with their originals."""
    return list(mark_editions(one.project(), names or EDITIONS))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site in three languages whose editions agree with their originals."""
    one = Site(tmp_path_factory.mktemp("site"), SITE, default="")
    for name, fields in (("easy", {}), ("hawdd", {"lang": "cy"})):
        text = brief(f"Page {name}", ":clock: Naw.\n", edition_of="hours", form="easy-read", **fields)
        one.write(f"content/briefs/{name}.md", text)
    mark(one, *EDITIONS, "easy", "hawdd")
    report = one.good(search=True)
    assert [] == codes(report.problems)
    return one


def alternates(page: str) -> dict[str, str]:
    """Return the addresses of a page by language."""
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page)
    assert len(found) == len(dict(found))
    return dict(found)


def test_each_language_has_pages_lists_search_and_feeds_of_its_own(built: Site) -> None:
    """An edition has the address of its original below its language, and lists, search, feeds and one file beside it."""
    files = built.output()
    for prefix in ("cy", "ar"):
        for path in ("briefs/hours/", "briefs/", "a-z/", "search/", "changes/"):
            assert f"{prefix}/{path}index.html" in files
        for path in (
            "404.html",
            "feed.xml",
            "feed.json",
            "briefing.html",
            "pagefind/pagefind.js",
            "pagefind/names.json",
        ):
            assert f"{prefix}/{path}" in files
    assert b"oriau" in files["cy/pagefind/names.json"] and b"opening" not in files["cy/pagefind/names.json"]
    assert b"oriau" not in files["pagefind/names.json"]
    assert "Oriau agor" in built.page("/cy/a-z/") and "Opening hours" not in built.page("/cy/a-z/")
    assert "Oriau agor" not in built.page("/a-z/") + built.page("/briefs/") + built.page("/briefing.html")
    assert "Mae’n agor am naw." in built.page("/cy/briefing.html")
    feed = json.loads(built.page("/cy/feed.json"))
    assert (f"{BASE}/cy/feed.json", f"{BASE}/cy/", "cy") == (feed["feed_url"], feed["home_page_url"], feed["language"])
    assert f"<loc>{BASE}/cy/briefs/hours/</loc>" in built.page("/sitemap.xml")
    assert 'data-index="../pagefind/pagefind.js"' in built.page("/cy/search/")


def test_a_page_of_an_edition_is_in_its_language(built: Site) -> None:
    """Language, direction, words, dates and the site's own settings are those of the edition."""
    welsh, arabic = built.page("/cy/briefs/hours/"), built.page("/ar/briefs/hours/")
    assert '<html lang="cy" dir="ltr"' in welsh and '<html lang="ar" dir="rtl"' in arabic
    assert "Gwir ar <time" in welsh and "10 Ionawr 2026" in welsh and ">Bwydlen<" in welsh and ">Gadael<" in welsh
    assert "– Llyfrgell Glan yr Afon</title>" in welsh
    assert "10 يناير 2026" in arabic and ">Leave<" in arabic
    assert '<html lang="cy" dir="ltr"' in built.page("/cy/404.html")
    assert "<h1>Nid yw’r dudalen hon yma</h1>" in built.page("/cy/404.html")
    assert ">Menu<" in built.page("/briefs/hours/")


def test_links_stay_in_the_language_where_they_can(built: Site) -> None:
    """A link leads to the edition of a page, with its title, or else to the page itself, marked with its language."""
    page = built.page("/cy/briefs/hours/")
    text = page.partition('id="UI--text"')[2].partition("</div>")[0]
    assert '<a href="../../">Llyfrgell Glan yr Afon</a>' in text
    named = ' <small lang="en-GB" dir="ltr">(English)</small>'
    room = '<a href="../../../briefs/room/" hreflang="en-GB"'
    assert f'{room}><span lang="en-GB" dir="ltr">The reading room</span></a>{named}' in text
    assert f"{room}>ystafell</a>{named}" in text
    assert '<a class="name" href="../../">' in page
    assert 'href="../../../assets/style.css"' in page


def test_languages_name_each_other(built: Site) -> None:
    """hreflang is mutual, complete and absolute, and the switch of each page names all its languages in themselves."""
    pages = {name: file.decode() for name, file in built.output().items() if name.endswith("index.html")}
    found = {name: alternates(page) for name, page in pages.items()}
    for name, others in found.items():
        for address in others.values():
            assert others == found[f"{address.removeprefix(BASE + '/')}index.html"], name
        if others:
            assert BASE + "/" + name.removesuffix("index.html") in others.values()
            assert others["x-default"] == others["en-GB"]
            assert {"easy-read" in name} == {"/easy-read/" in other for other in others.values()}
    assert {"x-default", "en-GB", "cy", "ar"} == set(found["briefs/hours/index.html"])
    assert {} == found["briefs/room/index.html"]
    easy = {"en-GB": f"{BASE}/easy-read/briefs/hours/", "cy": f"{BASE}/cy/easy-read/briefs/hours/"}
    assert easy | {"x-default": easy["en-GB"]} == found["easy-read/briefs/hours/index.html"]
    switch = built.page("/cy/briefs/hours/").partition('class="sheet editions"')[2].partition("</nav>")[0]
    assert ["English", "العربية", "Cymraeg", "Hawdd ei Ddeall", "Easy Read"] == re.findall(
        r">([^<>\n]+)</(?:a|b)>", switch
    )
    assert 'lang="ar" hreflang="ar" dir="rtl"' in switch and "<b>Cymraeg</b>" in switch
    assert "editions.css" not in pages["briefs/room/index.html"]


def test_every_edition_has_a_start_page(built: Site) -> None:
    """Where nobody wrote a home page, the start page lists all pages of the edition; its name and its switch lead there."""
    page = built.page("/ar/")
    assert '<html lang="ar" dir="rtl"' in page and "<h1>العربية</h1>" in page
    assert '<a href="briefs/hours/">ساعات العمل</a>' in page
    assert "<h1>Easy Read</h1>" in built.page("/easy-read/") and "Page easy" in built.page("/easy-read/")
    assert '<a class="name" href="../../">' in built.page("/ar/briefs/hours/")
    assert 'href="ar/"' in built.page("/") and "Croeso." in built.page("/cy/")


def test_an_edition_says_who_checked_it(built: Site) -> None:
    """A page says that nobody has checked it, or who has, and leads to its original."""
    assert "Nid oes siaradwr o’r iaith hon wedi gwirio" in built.page("/cy/briefs/hours/")
    assert "راجعه Salma Reed." in built.page("/ar/briefs/hours/")
    assert 'href="../../../briefs/hours/" hreflang="en-GB"' in built.page("/cy/briefs/hours/")


def test_what_protects_readers_is_in_every_edition(built: Site) -> None:
    """The exit, the line that leads to help and the services are on the pages of each language."""
    for address in ("/cy/briefs/hours/", "/ar/briefs/hours/", "/cy/", "/cy/404.html"):
        page = built.page(address)
        assert 'id="UI--exit"' in page and 'class="help-line"' in page and "116" in page, address


def test_a_change_of_the_original_is_told_to_writers_and_readers(site: MakeSite) -> None:
    """Each changed section is named with its new sentences; after the command `edition` all agree again."""
    one = site(SITE, default="")
    assert ["edition-unmarked"] * 3 == codes(one.check())
    assert "Nid oes neb wedi nodi" in _page(one, "/cy/briefs/hours/")
    assert ["content/pages/hafan.md", "content/briefs/oriau.md"] == mark(one, "hafan", "oriau")
    mark(one, "saat")
    assert () == one.check()
    one.edit("content/briefs/hours.md", "It is shut.", "It is shut. On holidays too.")
    found = one.check()
    assert [
        ("edition-behind", "content/briefs/oriau.md", 5, 13),
        ("edition-behind", "content/briefs/saat.md", 5, 13),
    ] == places(found)
    assert "“Sundays” is new: “On holidays too.”" in found[0].message and "2026-03-01" in found[0].message
    page = _page(one, "/cy/briefs/hours/")
    told = page.partition('class="version"')[2].partition("</aside>")[0]
    assert "1 rhan ohoni wedi newid ers 1 Mawrth 2026" in told
    assert 'href="../../../briefs/hours/#sundays"><span lang="en-GB" dir="ltr">Sundays<' in told
    mark(one, "oriau", "saat")
    assert () == one.check()
    one.edit("content/briefs/hours.md", "summary: About it.", "summary: About the hours.")
    assert "before the first heading is new: “About the hours.”" in one.check()[0].message
    one.edit("content/briefs/room.md", "It is quiet.", "It is loud.")
    assert ["edition-behind"] * 2 == codes(one.check())


def test_one_file_and_book_say_what_the_page_says_of_its_version(site: MakeSite) -> None:
    """Who checked an edition and what has changed since stand at its text in the one file, from which the book is made."""
    one = site(SITE, default="")
    mark(one)
    one.edit("content/briefs/hours.md", "It is shut.", "It is shut. On holidays too.")
    pages = [_page(one, f"/{lang}/briefing.html") for lang in ("cy", "ar")]
    told = pages[0].partition('id="oriau"')[2].partition("</article>")[0]
    assert "Nid oes siaradwr o’r iaith hon wedi gwirio" in told and "1 rhan ohoni wedi newid ers 1 Mawrth 2026" in told
    assert f'href="{BASE}/briefs/hours/#sundays"><span lang="en-GB"' in told
    assert "راجعه Salma Reed." in pages[1]
    assert 'class="version"' not in one.page("/briefing.html")


def test_a_section_that_a_translation_left_out_is_told(site: MakeSite) -> None:
    """A section of the original that a translation was made from is in it, under the same id."""
    one = site(SITE, default="")
    mark(one)
    one.edit("content/briefs/oriau.md", "{#sundays}", "{#dydd}")
    one.edit("content/briefs/saat.md", "## الأحد {#sundays}\n\n", "")
    found = one.check()
    assert [("edition-behind", f"content/briefs/{name}.md", 5, 13) for name in ("oriau", "saat")] == places(found)
    assert all("“Sundays”" in problem.message and "{#sundays}" in problem.hint for problem in found)


def _page(one: Site, address: str) -> str:
    one.good()
    return one.page(address)


@pytest.mark.parametrize(
    ("fields", "code", "column", "words"),
    [
        ({"edition_of": "huors", "lang": "cy"}, "unknown-id", 13, "hours"),
        ({"edition_of": "extra", "lang": "cy"}, "edition", 13, "itself"),
        ({"edition_of": "oriau", "lang": "fr"}, "edition", 13, "edition_of: hours"),
        ({"edition_of": "hours", "lang": "cy"}, "edition", 13, "same language"),
        ({"edition_of": "hours"}, "edition", 13, "lang"),
        ({"edition_of": "index", "lang": "fr"}, "wrong-kind", 13, "page"),
        ({"edition_of": "later", "lang": "fr"}, "unpublished-target", 13, "later"),
        ({"edition_of": "room", "lang": "cy-GB"}, "edition", 13, "lang: cy"),
        ({"checked_by": "Salma Reed"}, "edition", 1, "edition_of:"),
        ({"made_from": "{on: 2026-01-01, sections: {}}"}, "edition", 1, "edition_of:"),
    ],
)
def test_a_wrong_edition_is_one_message_at_its_place(
    site: MakeSite, fields: dict[str, str], code: str, column: int, words: str
) -> None:
    """An edition of nothing, of itself, of an edition, a second one, of the same language, of another kind, of a draft."""
    extra = brief("Another", "Mae’n agor.", **fields)
    later = brief("Later", "Not yet.", draft="true")
    one = site(f"{SITE}-- content/briefs/later.md --\n{later}-- content/briefs/extra.md --\n{extra}", default="")
    mark(one)
    found = [problem for problem in one.check() if problem.code != "edition-unmarked"]
    second = "content/briefs/oriau.md" if words == "same language" else "content/briefs/extra.md"
    assert [code] == codes(found)
    assert (found[0].path in ("content/briefs/extra.md", second), column) == (True, found[0].column)
    assert words in found[0].message + found[0].hint


def test_a_language_without_words_is_a_note(site: MakeSite) -> None:
    """An edition in a language without a catalogue has its page; a note says that the words around it are others."""
    one = site(
        SITE + f"-- content/briefs/samay.md --\n{brief('समय', HINDI, edition_of='hours', lang='hi')}",
        default="",
    )
    mark(one, *EDITIONS, "samay")
    report = one.good()
    assert [] == codes(report.problems)
    notes = [(note.path, note.line) for note in report.summary.notes if note.code == "missing-words"]
    assert [("content/briefs/samay.md", 5)] == notes
    assert '<html lang="hi" dir="ltr"' in one.page("/hi/briefs/hours/")


EASY = """\
:clock: The library opens at nine.

:house: It is by the **watercourse**. A **watercourse** means a river.

## Sundays {#sundays}

:no: Is it shut? Yes, until Monday.

:arrow: See [[room]].
"""


def easy(text: str, **fields: str) -> str:
    """Return the files of a site with an edition in Easy Read that has this text."""
    given = brief("When we open", text, edition_of="hours", form="easy-read", **fields)
    return f"{SITE}-- content/briefs/easy.md --\n{given}"


def test_easy_read_has_a_symbol_beside_each_row(site: MakeSite) -> None:
    """Each paragraph has its symbol, hidden from programs that read aloud; the page has its own style and its switch."""
    one = site(easy(EASY, not_known="Nothing is left out."), default="")
    mark(one, *EDITIONS, "easy")
    assert () == one.check()
    one.good()
    page = one.page("/easy-read/briefs/hours/")
    text = page.partition('id="UI--text"')[2].partition("</div>")[0]
    assert 4 == len(
        re.findall(r'<p><svg class="symbol" viewBox="0 0 48 48" aria-hidden="true" focusable="false">', text)
    )
    assert ":clock:" not in page and "The library opens at nine." in text
    assert "True as of <time" in page and "<h2>Not known yet</h2>" in page and "Nothing is left out." in page
    assert "editions-easy.css" in page and "has not been tried with readers yet" in page
    assert ["English", "العربية", "Cymraeg", "Easy Read"] == re.findall(
        r">([^<>\n]+)</(?:a|b)>", page.partition('class="sheet editions"')[2].partition("</nav>")[0]
    )
    assert {} == alternates(page)
    assert 'id="UI--exit"' in page and 'class="help-line"' in page and 'id="UI--support"' in page
    assert "When we open" in one.page("/easy-read/a-z/") and "When we open" not in one.page("/a-z/")
    arabic = site(easy(":clock: تفتح في التاسعة.\n", lang="ar"), default="")
    arabic.good()
    assert '<html lang="ar" dir="rtl"' in arabic.page("/ar/easy-read/briefs/hours/")


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("The library opens.", 8, 1, "no symbol"),
        (":clok: The library opens.", 8, 1, ":clock:"),
        (":clock: The library in the town by the river opens at nine on most days.", 8, 9, "14 words"),
        (":clock: The extraordinary library opens.", 8, 13, "**extraordinary** means"),
        (":clock: It opens.\n\n- Monday\n- Tuesday", 10, 3, "no lists"),
        (":clock: It opens.\n\n- It\n- Tuesday", 10, 3, "no lists"),
        (
            ":clock: It [[room|is shut]] on __Sundays__, [[hours]] and on 24 days in\nwinter, as it was.\n\n"
            ":no: __Sundays__ are days.",
            8,
            9,
            "13 words",
        ),
        (
            ":clock: It is extraordinaryish.\n\n:no: **Extraordinaryish** means odd.\n\n:no: It is extraordinary.",
            12,
            12,
            "**extraordinary** means",
        ),
        (":clock: It [[room|is shut on Sundays]] [@nobody].", 8, 41, "nobody"),
        (":clock: It opens. It is near [[room]].", 8, 19, "one idea a row"),
        (":clock: Is it open? It is. It was\nshut.", 8, 28, "one idea a row"),
        (":clock: It opens.\n:no: It shuts.", 9, 1, "empty line"),
        (":clock: It opens.\n\n:no:\n\n:house: It is near.", 10, 1, "no words"),
        (':clock: It opens.\n\n:no: \n{: .no-source reason="Nothing." }', 10, 1, "no words"),
        (":clock: It opens for **[[room|members]]**.\n\n:no: Many members left.", 8, 31, "“members” is bold"),
        (
            ":clock: It opens.\n\n## What the library does on Sundays and on other days in the winter\n\n:no: No.",
            10,
            4,
            "13 words",
        ),
        (":clock: It opens.\n\n### The extraordinary opening\n\n:no: No.", 10, 9, "hard word"),
    ],
)
def test_what_is_hard_to_read_is_found(site: MakeSite, text: str, line: int, column: int, words: str) -> None:
    """A row without a symbol, an unknown one, a long sentence, a hard word, a list: one message at its place."""
    one = site(easy(text + "\n"), default="")
    mark(one, *EDITIONS)
    found = [problem for problem in one.check() if problem.code != "edition-unmarked"]
    assert [(line, column)] == [(problem.line, problem.column) for problem in found]
    assert words in found[0].message + found[0].hint


def test_a_wrong_form_is_one_message(site: MakeSite) -> None:
    """The rows of a text whose form is misspelt are no further mistakes."""
    one = site(easy(EASY).replace("form: easy-read", "form: easyread"), default="")
    mark(one, *EDITIONS)
    assert [("unknown-word", "content/briefs/easy.md", 6, 7)] == places(one.errors())
    assert "easy-read" in one.errors()[0].hint


def test_words_around_the_rows_are_easy_too(site: MakeSite) -> None:
    """Title, summary and what is not known have short sentences of usual words; what the page cannot show is reported."""
    long = "all of the hours on which the library in the town is open now"
    text = easy(":clock: It opens.\n", not_known="The extraordinary days.", in_brief="[It opens.]")
    text = text.replace("title: When we open\nsummary: About it.", f"title: Says {long}\nsummary: Has {long}.")
    one = site(text, default="")
    mark(one, *EDITIONS)
    found = [problem for problem in one.check() if problem.code == "easy-read"]
    lines = one.read("content/briefs/easy.md").split("\n")
    told = [lines[problem.line - 1][problem.column - 1 :].split()[0] for problem in found]
    assert ["Says", "Has", "extraordinary", "in_brief:"] == told
    assert all(problem.hint for problem in found)


EXPLAINED = {
    "en": ("An **audit** means a check.", "To **audit** a book means to check it.", "**Audit:** a check.",
           "An **audit** is a check.", "A check is called an **audit**.", "The word **audit** means a check."),
    "cy": ("Mae **archwiliad** yn golygu edrych.", "Ystyr **archwiliad** yw edrych.", "**Archwiliad** yw edrych."),
    "fr": ("Un **audit** est un contrôle.", "Un **audit**, c’est un contrôle.", "Un contrôle s’appelle un **audit**."),
    "de": ("Eine **Prüfung** ist ein Test.", "**Prüfung** bedeutet Test.", "Einen Test nennt man **Prüfung**."),
    "ar": ("**التدقيق** هو الفحص.", "**التدقيق** يعني الفحص.", "هذا الفحص يسمى **التدقيق**."),
    "hi": ("**जाँच** का मतलब है देखना।",),
}  # fmt: skip
NOT_EXPLAINED = {
    "en": ("They made an **audit**.", "What it says on **audits** is here.", "**Audits** help."),
    "cy": ("Gwnaethant **archwiliad**.",),
    "fr": ("Ils ont fait un **audit**.",),
    "de": ("Sie machten eine **Prüfung**.",),
    "ar": ("أجروا **التدقيق**.",),
}


@pytest.mark.parametrize(
    ("language", "row", "used"),
    [
        ("en", "An **organisation** means a group.", "organisations"),
        ("en", "A **responsibility** means a task.", "responsibility’s"),
        ("fr", "Une **administration** est un bureau.", "l’administration"),
        ("fr", "Une **administration** est un bureau.", "d’administrations"),
        ("ar", "**الاستراتيجيات** هي الخطط.", "والاستراتيجيات"),
        ("ar", "**استراتيجيات** هي الخطط.", "للاستراتيجيات"),
    ],
)
def test_an_explained_word_may_have_another_form(language: str, row: str, used: str) -> None:
    """With an article or a short word before it, and in the plural, it is the word that was explained."""
    text = f":people: {row}\n\n:clock: X {used}.\n"
    fields = {"edition_of": "hours", "form": "easy-read", "lang": language}
    assert "hard word" not in " ".join(one.message for one in document(brief("X", text, **fields)).problems)
    assert "hard word" in document(brief("X", f":clock: X {used}.\n", **fields)).problems[-1].message


@given(st.lists(st.sampled_from(["[@council, p. 3]", "", "[[room]]"]), min_size=3, max_size=6), st.data())
def test_what_has_changed_is_shown_and_nothing_else(ends: list[str], data: st.DataObject) -> None:
    """Behind citations and links too, the message has the sentence that is new, whole, and none that was there."""
    said = [f"Sentence {number} says what it says about the {word} room here." for number, word in enumerate(WORDS)]
    body = " ".join(f"{one} {end}".strip() for one, end in zip(said, ends, strict=False))
    at = data.draw(st.integers(0, len(ends) - 1))
    changed = said[at].replace("says what", "tells what")
    now, before = (_sections(text) for text in (body.replace(said[at], changed), body))
    new = [one for one in now if one not in before]
    assert [changed] == [one.partition(" [")[0] for one in new]


WORDS = ["old", "new", "cold", "warm", "wide", "low"]


def _sections(body: str) -> list[str]:
    made = document(brief(body=f"{body}\n"))
    original = read_original(made.outline.value, made.body.value, "en")
    assert original
    return [sentence for section in original.sections for sentence in section.sentences]


@pytest.mark.parametrize("language", EXPLAINED)
def test_a_bold_word_is_explained_in_the_words_of_its_language(language: str) -> None:
    """Each language has its own ways to say what a word means; where none are known, no bold word is reported."""

    def findings(row: str) -> list[str]:
        front = f"title: A\nlang: {language}\nedition_of: b\nform: easy-read\n"
        data = f"---\n{front}---\n\n:eye: {row}\n".encode()
        source = Source("content/briefs/a.md", "brief", Hashed.of(data), Hashed.of(OURS))
        return [problem.message for problem in parse(source).problems]

    assert [[]] * len(EXPLAINED[language]) == [*map(findings, EXPLAINED[language])]
    told = [*map(findings, NOT_EXPLAINED.get(language, ()))]
    assert all(len(one) == 1 and "no row explains it" in one[0] for one in told), told


def test_every_symbol_is_drawn() -> None:
    """The names that writers can use are those that the template draws."""
    drawn = (REPOSITORY / "templates/parts/symbols.html").read_text(encoding="utf-8")
    assert list(SYMBOLS) == re.findall(r'^  "([a-z]+)": "M', drawn, re.MULTILINE)
    assert all(f"`{name}`" in (REPOSITORY / "docs/languages.md").read_text(encoding="utf-8") for name in SYMBOLS)


def test_a_preview_shows_the_page_that_a_build_makes(built: Site) -> None:
    """One page alone is planned as in the whole site; an edition and its original wait for the full build."""
    result = built.result()
    index = index_site(result.weave_input)
    assert index
    patch, records = SitePatch(index), index.catalogue.records
    assert (None, None) == (patch.replace(records["oriau"]), patch.replace(records["hours"]))
    patched = patch.replace(records["room"])
    assert patched
    assert patched[1] == next(plan for plan in result.woven.plans if plan.address == "/briefs/room/")


def test_a_broken_link_of_the_bar_of_an_edition_has_its_place(site: MakeSite) -> None:
    """An address that no page has is reported where it is written, in the bar and in the footer of an edition."""
    links = "navigation: [{label: Un, to: /a-z/}, {label: Dau, to: /b-z/}], footer: [{label: Tri, to: /c/}], "
    one = site(SITE, default="")
    one.edit("content/site.yaml", "cy: {", f"cy: {{{links}")
    line = one.read("content/site.yaml").split("\n")[5]
    wanted = [("unknown-link", "content/site.yaml", 6, line.index(word) + 1) for word in ("/b-z/", "/c/")]
    assert wanted == places(one.errors())


def test_settings_for_no_page_are_a_note(site: MakeSite) -> None:
    """A language that has settings and no page, such as a mistyped one, is a note at its name."""
    one = site(SITE.replace("editions:\n", "editions:\n  cz: {title: Knihovna}\n"), default="")
    notes = one.build(dry_run=True).summary.notes
    found = [note for note in notes if "“cz”" in note.message]
    assert [("content/site.yaml", 6, 3)] == [(note.path, note.line, note.column) for note in found]
    assert found[0].hint.endswith("there are pages in: ar, cy")


def test_no_version_of_a_page_with_an_error_is_noted(site: MakeSite) -> None:
    """The command `edition` shows the error and leaves the edition as it is; an error elsewhere does not matter."""
    one = site(SITE, default="")
    before, room = one.read("content/briefs/oriau.md"), one.read("content/briefs/room.md")
    command = ["edition", "oriau", "--site", str(one.root)]
    one.write("content/briefs/hours.md", brief(body=TEXT + "\nSee [[nowhere]].\n"))
    assert 1 == main(command, {})
    assert before == one.read("content/briefs/oriau.md")
    one.write("content/briefs/hours.md", brief(body=TEXT))
    one.write("content/briefs/room.md", room + "\nSee [[nowhere]].\n")
    assert 0 == main(command, {})
    assert "made_from:" in one.read("content/briefs/oriau.md")


@pytest.mark.parametrize("mistyped", ["arr", "a-r", "AR-"])
def test_mistyped_settings_are_a_warning(site: MakeSite, mistyped: str) -> None:
    """They are almost those of a language that has pages and no settings; with settings of its own, they are a note."""
    one = site(SITE.replace("editions:\n", f"editions:\n  {mistyped}: {{exit: غادر}}\n"), default="")
    found = one.build(dry_run=True).problems
    assert [("content/site.yaml", 6, 3)] == [
        (one.path, one.line, one.column) for one in found if "interface" in one.code
    ]
    assert "did you mean “ar”?" in {problem.hint for problem in found}
    one.write("content/site.yaml", one.read("content/site.yaml").replace("  cy:", "  ar: {exit: غادر}\n  cy:"))
    assert "interface-word" not in codes(one.build(dry_run=True).problems)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("words: {Menu: Bwydlen}", "words: {Menue: Bwydlen}", "Menue"),
        ("words: {Menu: Bwydlen}", 'words: {Menu: Bwydlen, "{} changes": [un, dau]}', '"{} changes'),
        ("  cy: {", "  easy-read: {words: {Chapter: A}}\n  cy: {", "Chapter"),
        ("words: {Menu: Bwydlen}", "words: {Menu: [a, b, c, d, e, f]}", "Menu"),
        ("words: {Menu: Bwydlen}", 'words: {Menu: ""}', "Menu"),
        ("words: {Menu: Bwydlen}", "words: {Menu: 'Bwydlen {}'}", "Menu"),
        ("words: {Menu: Bwydlen}", "words: {'{} and {}': '{} a'}", "'{} and"),
        ("words: {Menu: Bwydlen}", "words: {'{} changes': ['{}', un, dau, 'tri', '{}', '{}']}", "'{} changes"),
    ],
)
def test_words_of_an_edition_that_nothing_says_are_found(site: MakeSite, old: str, new: str, word: str) -> None:
    """An unknown word, and a wrong count of forms of its language, are found as those of the site itself are."""
    one = site(SITE, default="")
    one.edit("content/site.yaml", old, new)
    column = one.read("content/site.yaml").split("\n")[5].index(word) + 1
    assert [("interface-word", "content/site.yaml", 6, column)] == [
        one for one in places(one.check()) if one[0] == "interface-word"
    ]


HEADINGS = ("", "#sundays", "#Sundays", "#dydd", "#Dydd Sul", "#only", "#nothing")
FORMS = ("[[{}]]", "[[{}|words]]", "[words](/briefs/{}/)")
LINE = re.compile(r"^Link (\d+): .*$", re.MULTILINE)


def test_links_of_editions_lead_somewhere_or_are_problems_at_their_place(site: MakeSite) -> None:
    """No link, whatever form, page or heading it names, breaks the output; each that is kept leads to an id of its page."""
    one = site(SITE, default="")
    both = "\n## Both {#both}\n\nIt is.\n"
    one.write("content/briefs/hours.md", one.read("content/briefs/hours.md") + both)
    welsh = one.read("content/briefs/oriau.md").replace("{#sundays}", "{#dydd}") + both
    ways = [
        form.format(name + heading) if form[0:2] == "[[" else form.format(name).replace("/)", f"/{heading})")
        for name in ("hours", "oriau", "room", "index", "hafan")
        for heading in (*HEADINGS, "#both")
        for form in FORMS
        if " " not in heading or form[1] == "["
    ]
    lines = {number: f"Link {number}: {way}." for number, way in enumerate(ways)}
    pages = {
        "content/briefs/oriau.md": welsh + "\n",
        "content/pages/hafan.md": one.read("content/pages/hafan.md") + "\n",
        "content/briefs/saat.md": one.read("content/briefs/saat.md") + "\n",
    }
    wrong: set[tuple[str, int]] = set()
    for _ in range(2):
        for path, text in pages.items():
            kept = [line for number, line in lines.items() if (path, number) not in wrong]
            one.write(path, text + "\n\n".join(kept) + "\n")
        errors = one.build().problems if wrong else one.check()
        errors = tuple(problem for problem in errors if problem.level == "error")
        assert {problem.code for problem in errors} <= {"unknown-anchor", "unknown-link"}
        assert all(problem.line and problem.hint for problem in errors)
        if not wrong:
            rows = {path: one.read(path).split("\n") for path in pages}
            found = [(problem.path, LINE.match(rows[problem.path][problem.line - 1])) for problem in errors]
            wrong = {(path, int(match[1])) for path, match in found if match}
    assert not errors
    ids: dict[str, set[str]] = {}
    for address, start in (("/cy/briefs/hours/", 100), ("/cy/", 10), ("/ar/briefs/hours/", 10)):
        text = one.page(address).partition('id="UI--text"')[2] if "briefs" in address else one.page(address)
        links = re.findall(r'Link \d+: <a href="([^"]+)"', text)
        assert len(links) > start // 4
        for link in links:
            target, _, anchor = (
                urljoin(f"https://x.example{address}", link).removeprefix("https://x.example").partition("#")
            )
            if target not in ids:
                ids[target] = set(re.findall(r' id="([^"]+)"', one.page(target)))
            assert not anchor or unquote(anchor) in ids[target], (address, link)


def test_a_site_without_editions_has_nothing_of_them(site: MakeSite) -> None:
    """Neither a style sheet nor a switch is published where there is nothing to switch to."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.good()
    assert "assets/editions.css" not in one.output()
    assert "hreflang" not in one.page("/briefs/hours/")
