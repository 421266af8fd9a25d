"""Passages in documents that other programs made: those that are there are found, and no others ever."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from briefing.evidence.documents import find_type, read_text
from briefing.evidence.find import Document, Found, Sought
from briefing.evidence.text import Text

CORPUS = Path(__file__).parent / "corpus"
WALLS = ("wall-typst.pdf", "wall-chromium.pdf", "wall-weasyprint.pdf")
"""Each holds the whole of `wall.txt`."""
MANUALS = ("fontconfig-user.pdf", "fontconfig-user.html")
"""Each holds the words of `fontconfig-user.txt`, which another program made."""
UNRELATED = ("bzip2-manual.pdf", "lgpl-2.1.txt", "libffi-basics.html", "node-path.html", "zlib-how.html")


@cache
def document(name: str) -> Document:
    """Return a document of the corpus."""
    data = (CORPUS / name).read_bytes()
    return Document(read_text(data, find_type(data, name=name)))


@cache
def sentences(name: str) -> tuple[str, ...]:
    """Return the sentences of a text of five words or more, in which no heading is mixed with a sentence."""
    blocks = re.split(r"\n\s*\n|\n(?=[A-Z][^.\n]{1,60}\n)|(?<=^)(?=\n)", (CORPUS / name).read_text(encoding="utf-8"))
    lines = [" ".join(block.split()) for block in blocks] if name != "wall.txt" else wall_lines()
    found = [one for line in lines for one in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", line)]
    return tuple(one for one in found if len(one.split()) >= 5)


def wall_lines() -> list[str]:
    """Return the paragraphs of the report without its headings."""
    return (CORPUS / "wall.txt").read_text(encoding="utf-8").splitlines()[1::3]


def find(name: str, words: str, locator: str = "") -> Found | None:
    """Look for words in a document of the corpus."""
    return document(name).find(Sought(words=words, locator=locator))


def plain(text: str) -> str:
    """Return words with one space between them: a second, simpler way to compare, which knows no line ends."""
    return " ".join(re.findall(r"\w+|[%£]", text.replace("-", "").casefold()))


@pytest.mark.parametrize("name", WALLS)
def test_every_sentence_of_a_report_is_found_in_every_form_of_it(name: str) -> None:
    """In two columns, hyphenated, with ligatures, across pages with headers and footers, each sentence is found."""
    assert [] == [one for one in sentences("wall.txt") if not find(name, one)]


@pytest.mark.parametrize("name", ["wall.docx", "wall-reportlab.pdf"])
def test_the_first_part_is_found_in_the_forms_that_hold_it(name: str) -> None:
    """A file of Word and a PDF whose headers come before the text are read too."""
    first = [
        one for line in wall_lines()[:5] for one in re.split(r"(?<=\.)\s+(?=[A-Z])", line) if len(one.split()) >= 5
    ]
    assert [] == [one for one in first if not find(name, one)]


@pytest.mark.parametrize("name", MANUALS)
def test_sentences_from_one_program_are_found_in_the_file_of_another(name: str) -> None:
    """What one program wrote as text is found in the PDF and on the page that others made from the same source."""
    there = [one for one in sentences("fontconfig-user.txt") if re.fullmatch(r"[\w ,.’'()-]+", one)]
    missing = [one for one in there if not find(name, one)]
    assert len(there) > 60
    assert len(missing) <= len(there) // 20, missing
    nearest = [document(name).nearest(Sought(words=one)) for one in missing]
    assert all(near and near.alike >= 60 for near in nearest), "the rest is shown as what differs"


@st.composite
def misquotes(draw: st.DrawFn) -> tuple[str, str]:
    """Return a sentence and the same sentence with one thing wrong."""
    said = draw(st.sampled_from(sentences("wall.txt")))
    words = said.split()
    n = draw(st.integers(0, len(words) - 2))
    other = draw(st.sampled_from(("not", "never", "some", "1978", "officers", "£5", "nearly", "the")))
    how = draw(st.sampled_from(("replaced", "left out", "added", "swapped", "digit", "joined", "ending")))
    wrong = list(words)
    match how:
        case "replaced":
            wrong[n] = other
        case "left out" if 0 < n:
            del wrong[n]
        case "added":
            wrong.insert(n + 1, other)
        case "swapped":
            wrong[n], wrong[n + 1] = wrong[n + 1], wrong[n]
        case "digit":
            wrong = [re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), word) for word in wrong]
        case "joined" if words[n].isalpha() and words[n + 1].isalpha():
            wrong[n : n + 2] = [wrong[n] + wrong[n + 1]]
        case "ending" if words[n].isalpha():
            wrong[n] = wrong[n][: max(1, len(wrong[n]) - 2)] + "x"
    return said, " ".join(wrong)


@given(st.sampled_from(WALLS), misquotes())
def test_no_misquoted_sentence_is_ever_found(name: str, quote: tuple[str, str]) -> None:
    """One word more, less, other or elsewhere, or one digit: it is found only if the report really says that too."""
    _, wrong = quote
    truth = f" {plain(' '.join(wall_lines()))} "
    if f" {plain(wrong)} " not in truth:
        assert None is find(name, wrong)


@given(st.sampled_from(WALLS), misquotes())
def test_a_misquoted_sentence_is_shown_with_what_differs(name: str, quote: tuple[str, str]) -> None:
    """The writer sees the nearest place and how far it is off; it is never called found."""
    said, wrong = quote
    if not find(name, wrong):
        near = document(name).nearest(Sought(words=wrong))
        assert near
        assert 50 <= near.alike < 100, (said, wrong, near)
        assert "[-" in near.difference or "{+" in near.difference


@given(misquotes())
def test_the_difference_holds_no_word_that_is_in_its_place(quote: tuple[str, str]) -> None:
    """The first and the last word of a passage are not called missing where the document has them."""
    said, wrong = quote
    least, *others = sorted(
        Indel.distance(plain(wrong).split(), plain(one).split()) for one in set(sentences("wall.txt"))
    )
    if not find("wall.txt", wrong) and others[0] > least + 6:  # else it is another misquotation of another sentence
        near = document("wall.txt").nearest(Sought(words=wrong))
        assert near
        marks = re.findall(r"\[-.*?-\]|\{\+.*?\+\}", near.difference)
        halves = said.count("-")  # the difference may show a word with a hyphen as two
        assert sum(len(mark.split()) for mark in marks) <= least + halves, (said, wrong, near.difference)


@given(st.sampled_from(UNRELATED), st.sampled_from(sentences("wall.txt")))
def test_what_another_document_says_is_not_found(name: str, said: str) -> None:
    """A sentence of the report is in none of the manuals and licences."""
    assert None is find(name, said)


@pytest.mark.parametrize("name", [*WALLS, "lgpl-2.1.txt", "bzip2-manual.pdf"])
def test_words_on_another_page_than_the_locator_names_are_elsewhere(name: str) -> None:
    """Each page's own words are found at its number, printed or counted, and on no page but theirs."""
    text = document(name).text
    pages = [re.findall(r"(?<![^\s(])(?:[a-z]+ ){7}[a-z]+(?=[.,;]?\s)", page) for page in text.pages]
    for number, (label, lines) in enumerate(zip(text.labels, pages, strict=True), 1):
        for line in lines[:3]:
            for locator in (f"p. {label}", f"page {number}", f"pp. {label}–{label}"):
                got = find(name, line, locator)
                assert got
                assert got.named, (line, locator)
                assert locator.split()[1].split("–")[0] in (got.label, str(got.page))
            assert (anywhere := find(name, line))
            assert (nowhere := find(name, line, "p. 977"))
            assert (anywhere.named, nowhere.named) == (True, False)
            assert find(name, line, "section 2") == anywhere


@pytest.mark.parametrize(("name", "obstacle"), [("wall-scan.pdf", "scan"), ("wall-encrypted.pdf", "encrypted")])
def test_a_document_without_text_says_why(name: str, obstacle: str) -> None:
    """Pictures of pages and a locked file are what they are, and not documents without the words."""
    assert document(name).text == Text(obstacle=obstacle)  # type: ignore[arg-type]


def test_printed_numbers_of_pages_count() -> None:
    """A report whose first page has the number 41 is cited as it is printed, or as it is counted."""
    assert ("41", "42", "43") == document("wall-typst.pdf").text.labels
