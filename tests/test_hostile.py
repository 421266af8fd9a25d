"""Nothing that anybody types runs, styles, frames or leads astray: every field of every record, against every payload.

Every payload in every field: `make fuzz`. Here every field takes some of them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown import markdown

from briefing.model.kinds import KINDS
from tests.hostile import Elements, dangers, shapes
from tests.payloads import PAYLOADS, Book, Place
from tests.sites import Site

MAP = '<svg viewBox="0 0 40 30"></svg>'
SMOKE = (0, 37, 62)
"""Shifts of the payloads against the fields that every run of the tests tries."""
ROUNDS = 12
_TEXT_TAGS = {"a", "p", "em", "strong", "code", "pre", "li", "ul", "ol", "dl", "dt", "dd", "h2", "h3", "hr", "br", "q", "blockquote",
              "table", "thead", "tbody", "tr", "th", "td", "abbr", "sup", "div", "button", "span", "time", "img", "b", "small", "details",
              "summary", "section", "cite", "del", "figure", "figcaption"}  # fmt: skip


def armed(folder: Path, shift: int) -> tuple[Site, Book]:
    """Build a site in which every place that takes its payload holds it; what is refused is put back."""
    book, site = Book(), Site(folder, f"-- assets/map.svg --\n{MAP}\n")
    book.arm(shift)
    for _ in range(ROUNDS):
        book.write(site)
        faults = [one for one in site.check() if one.level == "error"]
        if not faults:
            break
        refused = {place for one in faults for place in book.at(one)}
        assert refused, faults  # refused for something else than what is hostile
        for place in refused:
            place.refused = True
    site.good()
    return site, book


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same site with harmless words in every place."""
    site = Site(tmp_path_factory.mktemp("harmless"), f"-- assets/map.svg --\n{MAP}\n")
    Book().write(site)
    site.good()
    return site.output()


def test_every_kind_and_field_is_tried() -> None:
    """The places come from the schemas: every kind of record has some, deep ones too, and no payload stands twice."""
    names = {place.name for place in Book().places}
    assert {kind.name for kind in KINDS} | {"site", "prose"} == {name.partition("/")[0] for name in names}
    assert {
        "source/passages/locator",
        "site/safety/exit/url",
        "brief/changes/text",
        "number/history/source/prefix",
    } <= names
    assert (True, len(PAYLOADS)) == (len(names) > 300, len(set(PAYLOADS)))


@pytest.mark.parametrize("shift", SMOKE)
def test_no_field_puts_anything_into_a_page(tmp_path: Path, harmless: dict[str, bytes], shift: int) -> None:
    """Whatever a field holds is refused with a problem, or stands as words in pages and files that are as ever."""
    site, book = armed(tmp_path, shift)
    hold(site, book, harmless)


@pytest.mark.slow
@pytest.mark.parametrize("shift", range(len(PAYLOADS)))
def test_every_payload_in_every_field(tmp_path: Path, harmless: dict[str, bytes], shift: int) -> None:
    """The same for all payloads in all fields."""
    site, book = armed(tmp_path, shift)
    hold(site, book, harmless)


def hold(site: Site, book: Book, harmless: dict[str, bytes]) -> None:
    """Compare all files of a site with those of a harmless one."""
    output = site.output()
    usual = {shape for path, data in harmless.items() if path.endswith(".html") for shape in shapes(data.decode())}
    taken = [place for place in book.places if place.hostile and not place.refused]
    for path, data in output.items():
        if path.startswith("assets/") or path.endswith(".epub"):  # the check of books looks into each, see test_epub
            continue
        text = data.decode()
        if path.endswith(".html"):
            assert [] == dangers(text, style=path.endswith("briefing.html")), path
            assert set() == {(tag, names) for tag, names in shapes(text) - usual if tag not in _TEXT_TAGS}, path
        elif path.endswith(".md"):
            assert [] == dangers(markdown(text, extensions=["tables", "footnotes", "def_list"])), path
        elif path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".csv"):
            _hold_table(text, path)
        elif path.endswith(".xml"):
            assert _tags(data) <= _tags(harmless[path]), path
        elif path.endswith(".ics"):
            _hold_calendar(text, harmless[path].decode())
        elif path == "llms.txt":
            assert Counter(_begins(text)) == Counter(_begins(harmless[path].decode()))
    pages = {path: _words(data.decode()) for path, data in output.items() if path.endswith(".html")}
    shown = [place for place in taken if any(f"w{place.number}w" in text for text in pages.values())]
    assert len(shown) > 150
    for place in shown:
        encoded = place.shape != "words" or place.name.startswith(("source/passages/starts", "source/passages/ends"))
        encoded = encoded or "<!--" in place.payload  # comments are published nowhere
        assert encoded or any(_said(place) in text for text in pages.values()), (place.name, place.payload)


def _hold_table(text: str, path: str) -> None:
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert [] == [row for row in rows if len(row) != len(head)], path
    assert [] == [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))], path


def _hold_calendar(text: str, usual: str) -> None:
    lines = text.replace("\r\n ", "").split("\r\n")
    names = [re.split("[;:]", line)[0] for line in lines]
    assert "" == lines[-1] and "\n" not in "".join(lines) and "\r" not in "".join(lines)
    assert set(names) <= {re.split("[;:]", line)[0] for line in usual.replace("\r\n ", "").split("\r\n")}
    assert names.count("BEGIN") == names.count("END")


def _tags(data: bytes) -> set[str]:
    return {element.tag for element in ElementTree.fromstring(data).iter()}


def _begins(text: str) -> list[str]:
    return [re.match(r"(# |## |> |- \[)?", line)[0] for line in text.split("\n")]  # type: ignore[index]


def _words(text: str) -> str:
    """Return all words of a page as a reader or a machine gets them, attributes too."""
    page = Elements(text)
    attributes = [value for _, found in page.found for value in found.values()]
    return " ".join(" ".join([*page.words, *attributes]).split())


def _said(place: Place) -> str:
    return " ".join(f"{place.payload} w{place.number}w".split())
