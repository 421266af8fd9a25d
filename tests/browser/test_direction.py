"""A name in Arabic does not change the order of a date or a number beside it; measured in the boxes of the characters."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from briefing.text.hidden import find_turning
from tests.sites import DEFAULT, Site, brief

ARABIC = "خط المساعدة"
READ = """([where, words]) => {
  const element = [...document.querySelectorAll(where)].find((one) => one.textContent.includes(words));
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    [...node.data].forEach((character, at) => {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (/[0-9A-Za-z]/.test(character) && box.width) found.push([Math.round(box.top / 8), box.left, character]);
    });
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map((one) => one[2]).join("");
}"""
"""The letters and digits of Latin in the order in which they are seen from left to right."""
SERVICE = '- {{id: h, name: "{name}", who_for: Anybody, number: "0808 800 1234", checked: not-yet}}\n'
SOURCES = f'- {{id: s, title: A report, publisher: "{ARABIC}", label: "{ARABIC}", issued: 2025-06-16, tier: official, type: report, URL: "https://a.example/", further_reading: true}}\n'


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("name", [ARABIC, "Helpline", f"{ARABIC} 24", f"24 {ARABIC}"])
def test_numbers_and_dates_keep_their_order(tmp_path: Path, browser: Browser, direction: str, name: str) -> None:
    """The number of a service, and the date beside a publisher, are seen as they are typed."""
    site = Site(tmp_path, default=DEFAULT.replace("language: en-GB", f"language: en-GB\ndirection: {direction}"))
    site.write("content/support.yaml", SERVICE.format(name=name))
    site.write("content/sources.yaml", SOURCES)
    site.write("content/briefs/hours.md", brief(body="It opens [@s, p. 3].\n"))
    site.good(search=False)
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/output/support/index.html")
    assert "08088001234" == page.evaluate(READ, [".tel", "1234"])
    page.goto(f"file://{tmp_path}/output/sources/index.html")
    assert page.evaluate(READ, [".apparatus time", "2025"]) == "16June2025"
    page.close()


def test_words_from_the_left_keep_their_order_in_a_text_from_the_right(tmp_path: Path, browser: Browser) -> None:
    """Also the last one before a citation or within the words of a term, and a number that belongs to them."""
    chance = random.Random(24)
    runs = [" ".join(chance.sample(["la", "mairie", "WHO", "Geneva", "2019", "l’hôtel"], 3)) for _ in range(8)]
    ends = ["[@s].", "[@s، ص 2؛ @t]", "[[=visits]]", "x"]
    body = [f"كما تقول {words} {ends[at % 4]}" for at, words in enumerate(runs) if words[0].isalpha()]
    body += [f"كما تقول [[loan|{words}]]." for words in runs if words[0].isalpha()]
    site = Site(tmp_path, default=DEFAULT.replace("language: en-GB", "language: ar"))
    site.write("content/sources.yaml", SOURCES + SOURCES.replace("id: s", "id: t"))
    site.write("content/glossary.yaml", "- {id: loan, term: كتاب, meaning: كتاب.}\n")
    number = '- {id: visits, value: "١٢٠", label: زيارات, definition: زيارات., as_of: 2025, source: s}\n'
    site.write("content/numbers.yaml", number)
    site.write("content/briefs/hours.md", brief(body="\n\n".join(body) + "\n"))
    site.good(search=False)
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/output/briefs/hours/index.html")
    for at, typed in enumerate(body, 1):
        words = "".join(re.findall("[0-9A-Za-z]", re.sub(r"\[\[loan\||\[[@\[][^\]|]*\]|[\u0600-\u06ff]", "", typed)))
        assert words in page.evaluate(READ, [f"#UI--text p:nth-of-type({at})", ""]), typed
    page.close()


WORDS = ["א", "׃", "״", "־", "אב", "שלום", "ا", "؛", "مرحبا", "شكرا", "ﷺ", "א־ב", "خط المساعدة", "*אב*", "**ا** ב"]
NUMBERS = ["0808 800 1234", "10 – 20", "1990–2020", "3/12/2025", "9:00 – 17:00", "12 (34) 56", "*10* – 20", "1 & 2"]


def test_words_from_the_right_turn_no_number_in_a_text(tmp_path: Path, browser: Browser) -> None:
    """In texts, lists, tables, notes and code: numbers after such words are seen in the order in which they are typed."""
    chance = random.Random(17)
    lines: list[str] = []
    while len(lines) < 120:
        before = chance.choice(["", "Call ", "See *this* ", "1 and 2 "])
        line = f"{before}{chance.choice(WORDS)}{chance.choice([' ', ' – ', ' ', ': '])}{chance.choice(NUMBERS)}{chance.choice(['', ' now', '.'])}"
        if not [*find_turning(line)]:
            lines.append(line)
    forms = ["{}", "- {}", "> {}", "| a |\n|---|\n| {} |", "`{}`", "### Part\n\n{}"]
    body = "\n\n".join(chance.choice(forms).format(line) + "\n\nx" for line in lines)
    site = Site(tmp_path)
    site.write("content/briefs/hours.md", brief(body="## Top\n\n" + body + "\n"))
    site.good(search=False)
    page = browser.new_page()
    page.goto(f"file://{tmp_path}/output/briefs/hours/index.html")
    found = page.evaluate(
        f"""() => [...document.querySelectorAll("#UI--text p, #UI--text li, #UI--text td")]
          .filter((one) => !one.querySelector("p")).map((one) => {{ one.dataset.asked = "1"; const read = ({READ})(["[data-asked]", ""]);
          delete one.dataset.asked; return [one.textContent, read] }})"""
    )
    page.close()
    wrong = [(words, seen) for words, seen in found if seen != re.sub("[^0-9A-Za-z]", "", words)]
    assert [] == wrong
    assert sum(bool(re.search("[0-9]", words)) for words, _ in found) >= 100
