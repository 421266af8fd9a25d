"""The bytes of a document say what it is; one without text says why; no document, however broken, is a crash."""

from __future__ import annotations

import encodings.aliases
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.check.documents import unpack
from briefing.evidence.apart import read_apart
from briefing.evidence.documents import find_type, read_text
from briefing.evidence.html import read_html
from briefing.evidence.text import Text

CORPUS = Path(__file__).parent / "corpus"
LONG = "<p>" + "Many words of a page that says something. " * 30 + "</p>"


def words(markup: str) -> list[str]:
    """Return the lines of a page."""
    return read_html(markup).pages[0].split("\n")


def test_what_a_reader_sees_is_the_text() -> None:
    """Blocks are lines, elements within a line part no word, and what is hidden or for programs is left out."""
    page = """<!doctype html><title>T</title><style>p{}</style><body><nav>Menu</nav><p>One <b>two</b>three<br>four
    five<script>no()</script><p hidden>no<p style="color:red; display : none">no<ul><li>a<li>b</ul>
    <table><tr><td>1<td>2</table><details><summary>More</summary>inside</details><!-- no --><template>no</template>"""
    assert words(page + LONG)[:-1] == ["Menu", "One twothree", "four five", "a", "b", "1", "2", "More", "inside"]


@pytest.mark.parametrize(
    ("markup", "obstacle"),
    [
        ("<div id=root></div><script src=app.js></script>", "script"),
        ("<script>x</script><noscript>You need to enable JavaScript to run this app.</noscript><div></div>", "script"),
        ("<p>Please turn on JavaScript and reload the page.</p>", "script"),
        ("<h1>Sign in</h1><form><input name=user><input type=password name=p></form>", "login"),
        ("<p> </p>", "empty"),
        ("<p>Short, but it is all that the page says.</p>", ""),
        (LONG + "<script>x</script><noscript>Please enable JavaScript</noscript>", ""),
        (LONG * 4 + "<form><input type=password></form>", ""),
        ("<p>The report says that JavaScript is a language of the web, and that few people need it.</p>", ""),
    ],
)
def test_a_page_without_its_text_says_why(markup: str, obstacle: str) -> None:
    """A page that a script fills and one that asks for a password are not documents; a page with a menu for both is."""
    assert read_html(markup).obstacle == obstacle


@pytest.mark.parametrize(
    ("data", "said", "name", "ending"),
    [
        (b"%PDF-1.4 ...", "text/html", "", "pdf"),
        (b"\n%PDF-1.4", "", "x.html", "pdf"),
        (b"<!DOCTYPE html><p>x", "application/pdf", "report.pdf", "html"),
        (b"<!-- a --> <HTML>", "", "", "html"),
        (b"<p>x", "text/html; charset=utf-8", "", "html"),
        (b"words", "text/plain", "", "txt"),
        (b"words", "", "notes.TXT", "txt"),
        (b"\x89PNG\r\n\x1a\n\0", "image/png", "a.txt", ""),
        (b"{}", "application/json", "", ""),
        (b"words", "", "", ""),
    ],
)
def test_the_type_is_told_by_the_bytes(data: bytes, said: str, name: str, ending: str) -> None:
    """A page in the place of a PDF is a page, whatever the server says."""
    assert find_type(data, said, name) == ending


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Größe".encode(), ""),
        ("Größe".encode("utf-8-sig"), ""),
        ("Größe".encode("latin-1"), "text/plain; charset=ISO-8859-1"),
        ("Größe".encode("cp1252"), ""),
        ("Größe".encode("utf-16"), ""),
        ("Größe".encode("cp1252"), "text/plain; charset=nonsense"),
    ],
)
def test_letters_are_read_in_the_encoding_they_are_in(data: bytes, said: str) -> None:
    """UTF-8, what is declared, and what Windows writes."""
    assert read_text(data, "txt", said).pages == ("Größe",)


def test_form_feeds_part_the_pages_of_a_text() -> None:
    """A plain text may have pages, whose headers part no sentence."""
    text = read_text(b"A Memo [Page 1]\nIt is\n\fA Memo [Page 2]\nso.\n", "txt")
    assert (text.clean, text.labels) == (("It is", "so."), ("1", "2"))


@pytest.mark.parametrize("part", [b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"<x", b""])
def test_a_word_file_with_anything_else_in_it_is_damaged(part: bytes) -> None:
    """Entities that could grow, and broken markup, are not read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", part)
    data = packed.getvalue()
    assert find_type(data) == "docx"
    assert read_text(data, "docx").obstacle == "damaged"


@settings(max_examples=60)
@given(st.sampled_from(["wall-reportlab.pdf", "wall.docx", "libffi-basics.html"]), st.data())
def test_a_broken_document_is_no_crash(name: str, data: st.DataObject) -> None:
    """Cut off or with other bytes in it, a document has a text or says why it has none."""
    whole = (CORPUS / name).read_bytes()
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for place in data.draw(st.lists(st.integers(0, max(0, len(broken) - 1)), max_size=5)):
        broken[place : place + 1] = data.draw(st.binary(min_size=1, max_size=1))
    text = read_text(bytes(broken), name.rpartition(".")[2])
    assert bool(text.pages) != bool(text.obstacle)
    assert len(text.pages) == len(text.clean)


def test_a_page_as_deep_as_any_is_read() -> None:
    """Elements within elements, ten thousand deep, are no deeper than memory allows."""
    assert words("<div>" * 10_000 + "deep in the page" + "</div>" * 10_000) == ["deep in the page"]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a Word file with this XML in its body."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as file:
        file.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
    return packed.getvalue()


def test_paragraphs_within_paragraphs_are_read_once() -> None:
    """So the text of a file is no longer than the file, and the time grows with it."""
    text = read_text(word_file("<w:p><w:t>ab</w:t>" * 3000 + "</w:p>" * 3000), "docx")
    assert text.pages == ("ab" * 3000 + "\n" * 3000,)


@pytest.mark.parametrize(
    "document",
    [
        (word_file("<w:p><w:t>" + "a " * 30_000_000 + "</w:t></w:p>"), "docx"),
        (b"<html><p " + b" ".join(b"a%d" % number for number in range(100_000)) + b">", "html"),
    ],
    ids=["memory", "time"],
)
def test_a_document_may_use_so_much_time_and_memory(document: tuple[bytes, str]) -> None:
    """What unpacks to more, or takes longer, has no text; the program goes on."""
    assert read_apart(*document, seconds=1, memory=300_000_000) == Text(obstacle="heavy")


@settings(max_examples=60)
@given(st.sampled_from(sorted({*encodings.aliases.aliases, "undefined", "idna", "punycode"})), st.binary(max_size=60))
def test_no_encoding_breaks_the_reading(name: str, data: bytes) -> None:
    """Also one of Python's that is for something other than text."""
    assert read_text(b"\xff" + data, "txt", f"text/plain; charset={name}").pages


def test_what_is_within_an_archive_may_be_broken() -> None:
    """However it is compressed."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        whole = word_file("<w:p><w:t>words</w:t></w:p>", method)
        for place in range(whole.index(b"document.xml") + 12, whole.index(b"PK\1\2"), 3):
            broken = whole[:place] + b"\xff\xff" + whole[place + 2 :]
            assert read_text(broken, "docx").obstacle in ("damaged", "")
            assert list(unpack(broken)) is not None


def test_comments_before_a_page_are_passed_over_once() -> None:
    """A file that begins with hundreds of comments and is no page is seen as such at once."""
    assert find_type(b"<!---->" * 580 + b"x") == ""
    assert find_type(b"<!-- a -->\n" * 200 + b"<html>") == "html"
