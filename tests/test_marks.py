"""Marks between parts of a line, and words, are those of the language: a site in Arabic has nothing in English."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.locale import languages
from briefing.locale.interface import language_of
from tests.sites import Site, brief

ARABIC = f"""\
-- content/site.yaml --
title: مكتبة النهر
tagline: ما تفعله المكتبة
base_url: https://library.example
language: ar
publisher: {{name: أصدقاء المكتبة}}
contact: mailto:a@library.example
licence: {{name: رخصة حرة, url: "https://licence.example/"}}
markdown_twins: true
republish_cards: true
topic_pages: true
-- content/files/خطة.mp4 --
x
-- content/briefs/hours.md --
{brief("ساعات العمل", "تفتح في التاسعة [@minutes, ٣; @minutes, ٤]. انظر [الخطة](files/خطة.mp4) و[[=seats]] و[[term]].", topics="[مدينة, نهر]", extra="{لون: [أحمر, أخضر]}", aka="[مواعيد]",
       not_known="[why]", changes="[{date: 2026-01-10, kind: update, text: جديد}]", sensitivity="يذكر فيضانا.",
       disputed="[{about: الباب, positions: [{holder: المجلس, text: مفتوح., date: 2025-02-03, sources: [minutes]}, {holder: البلدة, text: مغلق., sources: [plan]}]}]").replace("About it.", "عنها.")}
- [ ] طلاء
- [x] دهان

```drawing
draws: answers
title: من يدخل
columns: [الصغار, الكبار]
sources: [minutes]
rows:
  - {{label: صباحا, answers: ["yes", not-known]}}
```
-- content/people.yaml --
- {{id: ada, name: سلمى, summary: تحفظ الكتب., aka: [القارئة, أم أحمد], dates: [{{date: 2020-01-02, text: بدأت., sources: [minutes]}}]}}
-- content/glossary.yaml --
- {{id: term, term: إعارة, meaning: أخذ كتاب., aka: [استعارة, قرض], not_same_as: [بيع], official: أخذ., why: أوضح., sources: [minutes]}}
-- content/events.yaml --
- {{id: opened, title: الافتتاح, date: 2025-01-05, time: "09:00", until: 2025-01-06, until_time: "10:00", text: حدث., who: [ada], sources: [plan]}}
- {{id: shut, title: الإغلاق, date: 2026-12-01, planned: true, text: مقرر., who: [ada], sources: [plan]}}
-- content/numbers.yaml --
- {{id: seats, label: مقاعد, value: "40", definition: كلها., avoid: [أربعون], as_of: 2026-01-02, source: minutes, history: [{{value: "30", as_of: 2024, source: minutes}}, {{value: "40", as_of: 2025, source: minutes}}]}}
-- content/unknowns.yaml --
- {{id: why, question: لماذا أغلق؟, why: لم يقل أحد., who_could_answer: المجلس., expected: قريبا., sources: [minutes]}}
-- content/recommendations.yaml --
- {{id: rec, number: 1, title: افتحوا الباب, asks: فتح الباب., wording: {{read: full, note: كله.}}, owner: [ada], sources: [minutes],
   said: [{{date: 2025-01-02, to: accepted, text: نعم., who: ada, sources: [minutes]}}], done: [{{date: 2025-02-02, to: done, text: تم., sources: [minutes]}}],
   judged: [{{date: 2025-03-02, text: كفى., sources: [plan]}}], due: [{{date: 2025-01-31, text: وعد., sources: [minutes]}}]}}
-- content/sources.yaml --
- {{id: minutes, type: article-journal, title: المحضر, author: أحمد, publisher: المجلس, container-title: المجلة, volume: ٢, issue: ٣, page: "١٢", DOI: 10.1000/x, issued: undated, tier: primary,
   URL: "https://a.example/", archived: {{url: "https://b.example/", date: 2026-01-02}}, passages: [{{id: one, locator: ٥, says: تفتح., checked: 2026-01-03}}]}}
- {{id: plan, type: report, title: الخطة, publisher: البلدة, issued: 2025-01-04, tier: official, label: خطة}}
-- content/house-style.yaml --
- {{id: rule, avoid: [كلمة, لفظ], prefer: عبارة, why: أوضح., source: plan}}
-- content/reading-paths.yaml --
- {{id: path, title: للقراء, summary: للبدء., stops: [hours]}}
"""  # fmt: skip
_CODE = re.compile(r"<(script|pre|style|svg|code)\b.*?</\1>|<wbr>|<dt>[a-z_]+</dt>", re.DOTALL)
_HEARD = re.compile(r'(?:aria-label|alt|title|data-foot)="([^"]*)"|<meta name="description" content="([^"]*)"')
_ADDRESS = re.compile(r"\[@[^\]]*\]|\S*(?:://|@)\S*|\b\d\d:\d\d\b")
_ALLOWED = {"CSV", "JSON", "DOI", "BibTeX", "Atom", "PDF", "CSL", "Markdown", "Feed", "ics", "EPUB", "HTML", "WhatToSay", "Frictionless", "Data"}  # fmt: skip
"""Names that are the same in every language."""
_TEMPLATE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def seen(page: str) -> str:
    """Return what readers see or hear of a page, without addresses, times and code."""
    page = _CODE.sub("", page)
    heard = [one or other for one, other in _HEARD.findall(page)]
    return _ADDRESS.sub("", unescape("\n".join([re.sub(r"<[^>]*>", "\n", page), *heard])))


def build(folder: Path, text: str) -> dict[str, str]:
    """Return the files of a site that readers see, by their paths: also the pages of the day, from kept words."""
    one = Site(folder, text, default="")
    one.good(update_lock=True)
    endings = (".html", ".xml", ".md", ".ics", ".json")
    return {name: data.decode() for name, data in one.output().items() if name.endswith(endings)}


def test_a_site_in_arabic_has_no_word_and_no_mark_in_english(tmp_path: Path) -> None:
    """Pages of every kind of record, of a day, feeds, calendars and copies in Markdown have the commas of the language."""
    files = build(tmp_path, ARABIC)
    for name, page in ((name, page) for name, page in files.items() if not name.endswith(".json")):
        text = seen(page)
        assert [] == re.findall(r".*[,;?“”].*", re.sub(r"(?m)^.*(?:\\[,;]|^\[.*|DATE.*)$", "", text)), name
        if name.endswith(".html") and name != "data/index.html":
            assert set() == set(re.findall(r"[A-Za-z]{2,}", text)) - _ALLOWED, name
    assert json.loads(files["feed.json"])["title"] == "مكتبة النهر: ما الذي تغير"
    assert ">10 يناير 2026<" in files["briefs/hours/index.html"]
    assert all("بلا تاريخ" in files[f"sources/minutes/{day}index.html"] for day in ("", "2026-03-01/"))


def test_french_has_its_spaces_before_marks(tmp_path: Path) -> None:
    """A colon stands after a space that does not break, a semicolon after a narrow one, and quotations are in « »."""
    french = re.sub(r"[\u0621-\u064a]+", lambda word: "".join(chr(97 + ord(one) % 26) for one in word[0]), ARABIC)
    files = build(tmp_path, french.replace("language: ar", "language: fr"))
    for name, page in files.items():
        if name.endswith(".html") and not re.search(r"/\d{4}-", name):  # kept words have ordinary spaces only
            assert [] == re.findall(r".*(?<!\u00a0):.*|.*(?<!\u202f);.*|.*[“”].*", seen(page)), name


def test_templates_take_their_marks_from_the_catalogue() -> None:
    """No comma, colon, semicolon or quotation mark stands between the parts that a template prints."""
    for path in (REPOSITORY / "templates").rglob("*.html"):
        text = _TEMPLATE.sub("\x01", path.read_text(encoding="utf-8")).replace("#:~:text=\x01\x01,", "")
        heard = [one or other for one, other in _HEARD.findall(text)]
        shown = "\n".join([re.sub(r"<[^>]*>", "\n", _CODE.sub("", text)).replace("&nbsp;", ""), *heard])
        assert [] == re.findall(r".*[,:;“”].*", shown), path


@pytest.mark.parametrize("tag", languages())
def test_no_line_of_a_catalogue_begins_with_a_mark(tag: str) -> None:
    """What a language sets apart from a mark by a space does not break there."""
    said = [form for words, forms in language_of(tag).words.items() for form in forms]
    assert [] == [form for form in said if re.search(r" [:;!?»،؛؟]|« ", form)]
