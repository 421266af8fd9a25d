"""Books: the archive, the package, the documents, and that they say what the pages say."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import Element
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from briefing.check.book import check_book
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.files import Rendered
from briefing.model.pages import Page
from briefing.model.site import Named
from briefing.model.site import Site as Settings
from briefing.model.steps import BookInput
from briefing.postprocess.epub import make_book
from briefing.postprocess.xhtml import clean
from briefing.preview.session import Session
from tests.books import ARABIC, DC, OPF, RICH, TYPE, XHTML, add_pictures, documents, package, read_book, words
from tests.check.test_names import found
from tests.markdown_texts import TEXTS
from tests.sites import MakeSite, Site, brief

SETTINGS = Settings("The Library", "", "", "", "en-GB", "ltr", Named(""), Named(""), Named(""), "", (), (), (), ())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a built site with everything that a text can show, in three editions."""
    one = add_pictures(Site(tmp_path_factory.mktemp("rich"), RICH, default=""))
    one.good()
    return one


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a built site in Arabic without an address."""
    one = add_pictures(Site(tmp_path_factory.mktemp("arabic"), ARABIC, default=""))
    one.good()
    return one


def book(site: Site, edition: str = "") -> bytes:
    """Return the book of a built site, or of an edition of it."""
    return (site.root / "output" / edition / "briefing.epub").read_bytes()


def made(body: str, name: str = "briefing.html", language: str = "en-GB") -> bytes:
    """Return the book of one page."""
    page = Page("/briefing.html", "volume.html", "file", "The Library", "", language)
    html = f'<!DOCTYPE html><html lang="{language}" dir="ltr"><body>{body}</body></html>'
    rendered = Rendered(name, Hashed.of(html.encode()))
    return make_book(BookInput(Hashed.of(page), rendered, Hashed.of(SETTINGS), ())).data.value


def meta(data: bytes) -> dict[str, list[str]]:
    """Return the metadata of a book."""
    found: dict[str, list[str]] = {}
    for one in package(data)[0]:
        name = one.get("property") or one.get("name") or one.tag.replace(DC, "dc:")
        found.setdefault(name, []).append(one.text or one.get("content") or "")
    return found


@pytest.mark.parametrize("edition", ["", "cy", "easy-read"])
def test_each_edition_has_a_book_that_holds_together(built: Site, edition: str) -> None:
    """The archive begins with its type, the package lists all files, documents are XML, and links lead to something."""
    path = built.root / "output" / edition / "briefing.epub"
    with ZipFile(path) as archive:
        first, *others = archive.infolist()
        assert ("mimetype", ZIP_STORED, b"application/epub+zip") == (
            first.filename, first.compress_type, archive.read(first),
        )  # fmt: skip
        assert {(2000, 1, 1, 0, 0, 0)} == {one.date_time for one in (first, *others)} and not first.extra
    assert [] == list(check_book(path.read_bytes()))


def test_it_is_read_in_the_order_of_its_contents(built: Site) -> None:
    """Every document that is read in order is in the contents, except the cover and the contents themselves."""
    data, found = book(built), package(book(built))
    files = {one.attrib["id"]: one.attrib["href"] for one in found.iter(f"{OPF}item")}
    order = [files[one.attrib["idref"]] for one in found.iter(f"{OPF}itemref") if one.get("linear") != "no"]
    contents = documents(data)["EPUB/nav.xhtml"].find(f".//{XHTML}nav[@id='toc']")
    assert contents is not None
    listed = [link.attrib["href"] for link in contents.iter(f"{XHTML}a")]
    assert ["cover.xhtml", "title.xhtml", "nav.xhtml", *order[3:]] == order
    assert order[3:] == list(dict.fromkeys(listed))[1:] and len(order) > 6
    assert contents.find(f"{XHTML}ol/{XHTML}li/{XHTML}ol") is not None
    points = re.findall(rb'<content src="([^"]+)"', read_book(data)["EPUB/toc.ncx"])
    assert listed == [point.decode() for point in points]


def test_what_a_button_opens_is_a_note(built: Site) -> None:
    """A source, a figure and a term are links to notes, which reading systems show at their place; nothing else is lost."""
    shown = documents(book(built))
    notes = {
        f"{name}#{one.get('id')}" for name, tree in shown.items() for one in tree.iter() if one.get(TYPE) == "footnote"
    }
    links = [
        (one.get("class"), one.attrib["href"])
        for one in shown["EPUB/001.xhtml"].iter(f"{XHTML}a")
        if one.get(TYPE) == "noteref" and one.get("role") == "doc-noteref"
    ]
    assert {"chip", "figure", "term", "footnote-ref"} == {kind for kind, _ in links}
    opened = [f"EPUB/{href}" for kind, href in links if kind != "footnote-ref"]
    assert len(opened) > 4 and set(opened) <= notes
    assert {"doc-footnote"} == {
        one.get("role") for tree in shown.values() for one in tree.iter() if one.get(TYPE) == "footnote"
    }
    assert b"Close" not in b"".join(read_book(book(built)).values())


def test_it_holds_pictures_tables_drawings_and_callouts(built: Site) -> None:
    """The pictures are files of the book with their words; a drawing is SVG, and the package says so."""
    data = book(built)
    text = documents(data)["EPUB/001.xhtml"]
    pictures = [(one.get("alt"), one.attrib["src"].rpartition(".")[2]) for one in text.iter(f"{XHTML}img")]
    assert [("The river from the terrace", "png"), ("", "svg")] == pictures
    names = {one.tag.rpartition("}")[2] for one in text.iter()}
    assert {"table", "th", "svg", "rect", "figcaption", "h1", "h2", "blockquote"} <= names
    assert "callout callout-note" in {one.get("class") for one in text.iter()}
    drawn = [one.get("href") for one in package(data).iter(f"{OPF}item") if one.get("properties") == "svg"]
    assert drawn == [
        name.removeprefix("EPUB/")
        for name, tree in documents(data).items()
        if next(tree.iter("{http://www.w3.org/2000/svg}svg"), None) is not None
    ]


def test_headings_have_levels_without_gaps(built: Site) -> None:
    """Each document has one heading of the first level, and no level is left out."""
    for name, tree in documents(book(built)).items():
        levels = [int(one.tag[-1]) for one in tree.iter() if re.fullmatch(r"\{.*\}h[1-6]", one.tag)]
        if name not in ("EPUB/cover.xhtml", "EPUB/notes.xhtml"):
            assert (name, 1) == (name, levels.count(1)) and levels[0] == 1
            assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_it_says_what_it_is(built: Site) -> None:
    """Title, language, publisher, rights, source, and the day of the last change, from the site; no standard is claimed."""
    said = meta(book(built))
    assert ["The Riverside Library & its <friends>"] == said["dc:title"]
    assert ["Friends of the Library"] == said["dc:publisher"]
    assert ["CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"] == said["dc:rights"]
    assert ["https://library.example/guide/"] == said["dc:source"]
    assert ["2026-01-12T00:00:00Z"] == said["dcterms:modified"]
    assert ["textual", "visual"] == said["schema:accessMode"]
    assert {"tableOfContents", "alternativeText"} <= set(said["schema:accessibilityFeature"])
    assert ["unknown"] == said["schema:accessibilityHazard"] and said["schema:accessibilitySummary"]
    assert not any("conformsTo" in name for name in said)
    assert [["cy"], ["en-GB"]] == [meta(book(built, one))["dc:language"] for one in ("cy", "easy-read")]
    assert ["Llyfrgell Glan yr Afon"] == meta(book(built, "cy"))["dc:title"]
    identifiers = {meta(book(built, one))["dc:identifier"][0] for one in ("", "cy", "easy-read")}
    assert 3 == len(identifiers)


def test_a_book_in_arabic_is_read_from_the_right(arabic: Site) -> None:
    """Its package and documents say so, and links to what is not in the book are words, since the site has no address."""
    data = book(arabic)
    assert ["rtl"] == [one.get("page-progression-direction") for one in package(data).iter(f"{OPF}spine")]
    assert {"rtl"} == {tree.get("dir") for tree in documents(data).values()}
    links = [one.get("href") or "" for tree in documents(data).values() for one in tree.iter(f"{XHTML}a")]
    assert links and not [link for link in links if "people" in link]
    assert [] == list(check_book(data))


def test_a_link_leads_into_the_book_or_to_the_web(built: Site) -> None:
    """A link to a brief leads to its chapter, one to a section there; one to a page that is not in the book to its address."""
    links = {
        (" ".join(words(one)), one.get("href")) for one in documents(book(built))["EPUB/001.xhtml"].iter(f"{XHTML}a")
    }
    assert {
        ("The reading room", "002.xhtml#room"),
        ("The reading room", "002.xhtml#room--sundays"),
        ("Ada Moss", "https://library.example/guide/people/ada/"),
        ("below", "#hours--sundays"),
    } <= links


def test_the_data_page_and_the_a_to_z_lead_to_it(built: Site) -> None:
    """The link is where the one-file edition is offered; without the setting there is neither link nor book."""
    assert 'href="../briefing.epub"' in built.page("/data/") and 'href="../briefing.epub"' in built.page("/a-z/")
    assert 'href="../briefing.epub"' in built.page("/cy/a-z/")
    assert not (built.root / "output/assets/book.css").exists()
    assert b".chip" in (sheet := read_book(book(built))["EPUB/book.css"]) and b".strip" in sheet
    assert b"unicode-bidi" not in sheet


def test_the_preview_makes_a_book_when_a_reader_asks_for_it(tmp_path: Path) -> None:
    """A save makes none; the link leads to the book of the last build."""
    one = add_pictures(Site(tmp_path, RICH, default=""))
    session = Session(one.project(), Memo())
    session.save()
    assert [] == [path for path in session.state.files if path.endswith(".epub")]
    for path in ("briefing.epub", "cy/briefing.epub"):
        assert [] == list(check_book(session.make(path) or b""))
    assert session.make("nowhere/briefing.epub") is None


def test_a_site_without_the_setting_has_none(site: MakeSite) -> None:
    """Neither a book, nor its style sheet, nor a link."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.good()
    assert [] == [path for path in one.output() if path.endswith(("epub", "book.css"))]
    assert "epub" not in one.page("/a-z/")


def test_equal_sites_have_equal_books_and_nothing_is_made_again(tmp_path: Path) -> None:
    """The bytes depend on the content alone; a new wording on a page that is not in the book makes no new book."""
    one, other = (add_pictures(Site(tmp_path / name, RICH, default="")) for name in ("one", "other"))
    memo = Memo()
    first = one.result(memo)
    assert {file.path: file.data for file in first.files if file.path.endswith(".epub")} == {
        file.path: file.data for file in other.result(now="2026-03-02").files if file.path.endswith(".epub")
    }
    one.edit("content/pages/index.md", "Welcome.", "Come in.")
    memo.computed.clear()
    one.result(memo)
    assert [] == list(memo.computed["book"])
    one.edit("content/briefs/room.md", "It is quiet.", "It is very quiet.")
    one.result(memo)
    assert 1 == len(memo.computed["book"])


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS, min_size=5, max_size=5))
def test_the_words_of_a_brief_are_those_of_its_page(texts: list[str]) -> None:
    """Whatever a text holds, the book has its words in the same order, and each document is XML."""
    with tempfile.TemporaryDirectory() as folder:
        one = Site(Path(folder))
        one.edit("content/site.yaml", "contact:", "epub: true\ncontact:")
        for number, text in enumerate(texts):
            one.write(f"content/briefs/b{number}.md", brief(f"Brief {number}", text))
        result = one.result()
        assume(result.files)
        files = {file.path: file.data.value for file in result.files}
    found = [words(text) for tree in documents(files["briefing.epub"]).values() for text in _texts(tree)]
    shown = []
    for number in range(len(texts)):
        page = LexborHTMLParser(files[f"briefs/b{number}/index.html"].decode())
        shown.append(clean("".join(node.text() for node in page.css("#UI--text"))).split())
    assert sorted(shown) == sorted(found)
    assert [] == list(check_book(files["briefing.epub"]))


def _texts(tree: Element) -> list[Element]:
    return [one for one in tree.iter(f"{XHTML}div") if one.get("class") == "text"]


IDS = st.sampled_from(["a", "9", "a b", "é", "x:y", "-", "a-2", "UI--r1", "٣"])


@settings(max_examples=40)
@given(st.lists(st.tuples(IDS, IDS, st.booleans()), min_size=1, max_size=8))
def test_ids_become_unique_names_and_links_still_lead_there(rows: list[tuple[str, str, bool]]) -> None:
    """A link leads to the first of equal ids, in whatever chapter; one to an id that is nowhere becomes words."""
    body = "".join(
        f'<section id="{name}"><h2>{number} </h2><p><a href="#{to}">to {to}</a></p></section>'
        for number, (name, to, _) in enumerate(rows)
    )
    listed = "".join(f'<li><a href="#{name}">{name}</a></li>' for name, _, is_listed in rows if is_listed)
    data = made(f"<main><nav><ol>{listed}</ol></nav>{body}</main>")
    assert [] == list(check_book(data))
    names = [name for name, _, _ in rows]
    trees = documents(data)
    places = {f"{name}#{one.get('id')}": one for name, tree in trees.items() for one in tree.iter() if one.get("id")}
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", place.partition("#")[2], re.ASCII) for place in places)
    links = [
        ((link.text or "").removeprefix("to "), words(places[urljoin(name, link.get("href", ""))])[0])
        for name, tree in trees.items()
        for link in tree.iter(f"{XHTML}a")
        if (link.text or "").startswith("to ")
    ]
    assert sorted((to, str(names.index(to))) for _, to, _ in rows if to in names) == sorted(links)


HOSTILE = (
    '<script>alert(1)</script><p onclick="x()" style="color:red">Words</p>', '<p><a href="javascript:x()">Words</a></p>', "<form action='https://x.example'><input name=a><button>Send</button>Words</form>",
    '<iframe srcdoc="<p>x"></iframe><p>Words</p>', '<svg><script>x()</script><foreignObject><p>x</p></foreignObject><text onclick="x()">Words</text></svg>', "<p>Words\x0b\ufffe</p>",
    '<p><a href="https://[x">Words</a></p>', '<p><a href="people/x/">Words</a><a href="#nowhere">!</a></p>', "<custom-tag>Words</custom-tag>", "<p><b>x</b>Wo<custom-tag>rd</custom-tag>s</p>", '<img src="data:image/avif;base64,AAAA" alt="Words">', '<img src="https://x.example/a.png" alt="Words">',
    '<p><a href="#a">Wo<a href="#b">rds</a></a></p>', "<template><p>x</p></template><p>Words</p>", '<object data="x"></object><p lang="de" title="a&quot;<b">Words</p>', '<label>Words<button>x</button></label>',
)  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
def test_nothing_in_a_book_can_run_or_load(body: str) -> None:
    """Of whatever a page holds, a book has the words, without what runs, sends or loads something."""
    data = made(f"<main>{body}</main>")
    assert [] == list(check_book(data))
    assert "Words" in "".join("".join(words(tree)) for tree in documents(data).values())
    assert not re.search(rb"script|onclick|alert|javascript|form|x\.example|style=", b"".join(
        file for name, file in read_book(data).items() if name.endswith(("title.xhtml",))
    ))  # fmt: skip


Files = dict[str, bytes]
BROKEN: dict[str, Callable[[Files], Files]] = {
    "not first": lambda files: dict(reversed(files.items())),
    "is not well-formed": lambda files: files | {"EPUB/title.xhtml": b"<html><p></html>"},
    "does not list each file": lambda files: files | {"EPUB/more.txt": b""},
    "has the attribute": lambda files: _changed(files, b"<h1", b'<h1 onclick="x()"'),
    "can run": lambda files: _changed(files, b"<h1", b"<script/><h1"),
    "leads to nothing": lambda files: _changed(files, b"<h1", b'<a href="nowhere.xhtml"/><h1'),
    "is no web address": lambda files: _changed(files, b"<h1", b'<a href="javascript:x()"/><h1'),
    "the same id": lambda files: _changed(files, b"<h1", b'<p id="a"/><p id="a"/><h1'),
    "no container": lambda files: {name: file for name, file in files.items() if "container" not in name},
}


def _changed(files: Files, old: bytes, new: bytes) -> Files:
    return files | {"EPUB/title.xhtml": files["EPUB/title.xhtml"].replace(old, new, 1)}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_book_with_a_mistake_is_not_written(wrong: str, tmp_path: Path) -> None:
    """The last check of the output looks into books."""
    files = BROKEN[wrong](read_book(made("<main><h1>The Library</h1></main>")))
    with ZipFile(tmp_path / "book", "w") as archive:
        for name, file in files.items():
            archive.writestr(name, file)
    found = "; ".join(check_book((tmp_path / "book").read_bytes()))
    assert wrong.replace("not first", "the first file is not") in found


def test_a_name_that_must_not_be_published_is_found_in_a_book() -> None:
    """A book is searched as the pages are."""
    assert found("briefing.epub", made("<main><h1>Hours</h1><p>At nine, says Orla Wren.</p></main>"))
    assert not found("briefing.epub", made("<main><h1>Hours</h1><p>At nine, says Orla.</p></main>"))
