"""Words in another language than their page say so: whatever a page shows of a record has the record's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.books import documents
from tests.sites import Site, brief

LANGUAGES = {"en": "", "fr": "lang: fr, "}
"""The language of the site and one that has no edition, with how a record names each."""
WORD = re.compile(r"(en|fr|cy)word\d*")


RECORDS = (
    (
        "sources",
        '- {id: <language>-source, <given>type: report, title: <word>, issued: 2025, tier: primary, URL: "https://c.example/<language>", publisher: The Council, passages: [{id: p, locator: <word>, says: <word>.}]}\n',
    ),
    (
        "numbers",
        '- {id: <language>-number, <given>value: "12", label: <word>, definition: <word>., as_of: 2025, avoid: [<word>], source: [<language>-source#p]}\n',
    ),
    ("people", "- {id: <language>-person, <given>name: <word>, summary: <word>.}\n"),
    ("places", "- {id: <language>-place, <given>name: <word>, summary: <word>.}\n"),
    ("organisations", "- {id: <language>-body, <given>name: <word>, summary: <word>.}\n"),
    ("glossary", "- {id: <language>-term, <given>term: <word>, meaning: <word>.}\n"),
    (
        "events",
        "- {id: <language>-event, <given>date: 2024-05-02, title: <word>, text: <word>., who: [<language>-person], sources: [<language>-source]}\n",
    ),
    (
        "events",
        "- {id: <language>-later, <given>date: 2027-05-02, planned: true, title: <word>, sources: [<language>-source]}\n",
    ),
    ("unknowns", "- {id: <language>-unknown, <given>question: <word>?, why: <word>., who_could_answer: <word>.}\n"),
    (
        "support",
        '- {id: <language>-service, <given>name: <word>, who_for: <word>, number: "116 12<digit>", hours: <word>, cost: <word>, checked: not-yet}\n',
    ),
    (
        "recommendations",
        "- {id: <language>-rec, <given>number: 1<digit>, title: <word>, asks: <word>., said: [{date: 2025-01-02, text: <word>., who: <language>-body, to: accepted, sources: [<language>-source]}], done: [], judged: [], sources: [<language>-source]}\n",
    ),
    ("reading-paths", "- {id: <language>-path, <given>title: <word>, summary: <word>., stops: [<language>-brief]}\n"),
)
"""Each kind with a record of it, in which <word> is a word of its language."""


def records() -> str:
    """Return records of every kind, in each language."""
    found: dict[str, list[str]] = {}
    for language, given in LANGUAGES.items():
        word = (f"{language}word{number}" for number in range(1000))
        for kind, line in RECORDS:
            names = {"language": language, "given": given, "digit": f"{len(given)}"}
            line = re.sub(r"<(\w+)>", lambda found: next(word) if found[1] == "word" else names[found[1]], line)  # noqa: B023
            found.setdefault(kind, []).append(line)
    return "".join(f"-- content/{kind}.yaml --\n{''.join(lines)}" for kind, lines in found.items())


def text(language: str) -> str:
    """Return a text in one language that leads to all records."""
    say = f"{language}word."
    links = " ".join(
        f"[[{other}-{kind}]]"
        for other in LANGUAGES
        for kind in ("person", "place", "body", "event", "unknown", "service", "rec", "brief", "term")
    )
    cited = " ".join(f"[[={other}-number]] {language}word [@{other}-source#p]." for other in LANGUAGES)
    return f"{say} {links} {cited}\n\n## {language}word {{#part}}\n\n{say}\n"


def a_brief(language: str, **fields: str) -> str:
    """Return a brief whose words are in one language."""
    words = f"{language}word"
    front = {"in_brief": f"[{words}.]", "sensitivity": f"{words}.", "not_known": "[en-unknown, fr-unknown]"} | fields
    changes = f"[{{date: 2026-01-11, kind: first, text: {words}.}}]"
    return brief(words, text(language), lang=language, changes=changes, **front).replace("About it.", f"{words}.")


SITE = f"""\
-- content/site.yaml --
title: enword
base_url: https://library.example/guide
language: en
epub: true
safety: {{exit: {{url: "https://weather.example/", label: enword}}}}
editions:
  cy: {{title: cyword, tagline: cyword, exit: cyword, footer: [{{label: cyword, to: /support/}}], navigation: [{{label: cyword, to: /glossary/}}]}}
-- content/pages/index.md --
---
title: enword
summary: enword.
---
enword.
-- content/pages/hafan.md --
---
title: cyword
summary: cyword.
edition_of: index
lang: cy
---
cyword. [[fr-brief]] [[en-brief]]
{records()}-- content/briefs/en-brief.md --
{a_brief("en")}-- content/briefs/fr-brief.md --
{a_brief("fr")}-- content/briefs/cy-brief.md --
{a_brief("cy", edition_of="en-brief")}"""
"""A site in English with a Welsh edition, a brief in French, and records of each kind in English and in French."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Build the site."""
    one = Site(tmp_path_factory.mktemp("site"), SITE, default="")
    one.good()
    return one


def unmarked(page: str) -> Iterator[str]:
    """Yield the words of a page that are in another language than the nearest element around them says."""
    tree = LexborHTMLParser(page)
    for node in tree.root.traverse(include_text=True) if tree.root else ():
        if node.tag == "-text" and node.parent and node.parent.tag not in ("script", "style", "title"):
            if any(at.tag in ("q", "pre") for at in _above(node)):
                continue  # a sentence with the names in it, as plain words; what is copied
            for found in WORD.finditer(node.text_content or ""):
                if _language(node) != found[1]:
                    yield f"{found[0]} in {_path(node)}"


def _above(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None:
        yield (node := parent)


def _language(node: LexborNode) -> str:
    said = (at.attributes.get("lang") for at in _above(node) if at.tag != "-document")
    return next(filter(None, said), "").partition("-")[0]


def _path(node: LexborNode) -> str:
    return " ".join(f"{at.tag}.{at.attributes.get('class') or ''}" for at in _above(node) if at.tag != "-document")


def test_words_of_another_language_say_so_on_every_page(built: Site) -> None:
    """On pages of the site, of its edition and of a single text in a third language, in whole and in parts that open."""
    pages = {name: file.decode() for name, file in built.output().items() if name.endswith(".html")}
    shown = {name for name, page in pages.items() if len({found[1] for found in WORD.finditer(page)}) > 1}
    assert {
        "cy/briefs/en-brief/index.html",
        "cy/briefing.html",
        "briefs/fr-brief/index.html",
        "a-z/index.html",
    } <= shown
    found = {name: [*dict.fromkeys(unmarked(page))] for name, page in pages.items()}
    assert {} == {name: words for name, words in found.items() if words}


def in_book(node: Element, around: str) -> Iterator[str]:
    """Yield the words of a part of a book that are in another language than the nearest element around them says."""
    language = node.get("{http://www.w3.org/XML/1998/namespace}lang", around)
    for text, said in ((node.text, language), *((child.tail, language) for child in node)):
        yield from (found[0] for found in WORD.finditer(text or "") if found[1] != said.partition("-")[0])
    for child in node:
        yield from in_book(child, language)


@pytest.mark.parametrize("edition", ["", "cy"])
def test_words_of_another_language_say_so_in_a_book(built: Site, edition: str) -> None:
    """In chapters and their titles, in notes and in the contents."""
    found = documents((built.root / "output" / edition / "briefing.epub").read_bytes())
    assert {"EPUB/nav.xhtml", "EPUB/notes.xhtml"} <= found.keys()
    wrong = {name: [*in_book(page, "")] for name, page in found.items()}
    assert {} == {name: words for name, words in wrong.items() if words}
