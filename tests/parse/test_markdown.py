"""A writer's Markdown becomes safe HTML with placeholders, and each reference has its exact place in the file."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.documents import Document
from briefing.model.records import Heading, Record
from briefing.model.text import Citation, NumberRef, Picture, Reference
from briefing.parse.context import FileContext
from briefing.parse.markdown.state import ConversionState
from briefing.text.source_text import Lines
from tests.sites import brief, codes, document

TOP = brief(body="")


def read(body: str) -> tuple[Document, Record]:
    """Parse a brief with this body."""
    parsed = document(TOP + body)
    [record] = parsed.outline.value.records
    return parsed, record


def html(body: str) -> str:
    """Return a body's HTML on one line."""
    return read(body)[0].body.value.replace("\n", "")


def placeholders(body: str) -> list[object]:
    """Return the placeholders of a body."""
    text = read(body)[1].text
    assert text is not None
    return list(text.placeholders)


def problems(body: str) -> list[tuple[str, int, int, int]]:
    """Return the errors of a body; lines count from its first line."""
    return [
        (p.code, p.line - TOP.count("\n"), p.column, p.length) for p in read(body)[0].problems if p.level == "error"
    ]


def spots_in(text: str, kind: str, path: str) -> list[str]:
    """Return the words in the file that references point at, in the order of the file."""
    parsed = document(text, kind, path)
    lines = text.split("\n")
    found = sorted({(span.line, span.column, span.length) for span in parsed.spans.value})
    words = [lines[line - 1][column - 1 : column - 1 + length] for line, column, length in found]
    return [word for word in words if word[:1] in "[@" or ".md" in word or word.endswith(".png")]


# What becomes a placeholder


def target(name: str, heading: str = "", labelled: bool = False, by_path: bool = False) -> tuple[object, ...]:
    """Return the fields of a reference that the tests compare."""
    return (name, heading, labelled, by_path)


@pytest.mark.parametrize(
    ("typed", "expected", "label"),
    [
        ("[[park]]", target("park"), ""),
        ("[[River Park]]", target("River Park"), ""),
        ("[[ park ]]", target("park"), ""),
        ("[[park|the green]]", target("park", labelled=True), "the green"),
        ("[[park|a <b>]]", target("park", labelled=True), "a &lt;b&gt;"),
        ("[[park#gates]]", target("park", "gates"), ""),
        ("[[park#gates|gates]]", target("park", "gates", labelled=True), "gates"),
        ("[[O'Neill]]", target("O'Neill"), ""),
        ("[[a_b_c]]", target("a_b_c"), ""),
        ("[[*a*]]", target("*a*"), ""),
        ("[[Fish & Chips]]", target("Fish & Chips"), ""),
        ("[[Fish &amp; Chips]]", target("Fish & Chips"), ""),
        ("[[公園]]", target("公園"), ""),
        ("*[[park]]*", target("park"), ""),
        ("([[park]])", target("park"), ""),
        ("[the park](park.md)", target("park.md", labelled=True, by_path=True), "the park"),
        ("[the park](../pages/park.md#gates)", target("../pages/park.md", "gates", True, True), "the park"),
        ("[all](/briefs/)", target("/briefs/", labelled=True, by_path=True), "all"),
        ("[the park][p]\n\n[p]: park.md", target("park.md", labelled=True, by_path=True), "the park"),
    ],
)
def test_every_way_to_write_a_link(typed: str, expected: tuple[object, ...], label: str) -> None:
    """A link to a record or a file becomes one placeholder that keeps the writer's words."""
    [placeholder] = placeholders(f"See {typed}\n")
    assert isinstance(placeholder, Reference)
    assert expected == (placeholder.target, placeholder.heading, placeholder.labelled, placeholder.by_path)
    assert f'<placeholder n="0">{label}</placeholder>' in html(f"See {typed}\n")
    assert [] == problems(f"See {typed}\n")


def one(key: str, locator: str = "", prefix: str = "", passage: str = "") -> tuple[str, str, str, str]:
    """Return the fields of a cited source that the tests compare."""
    return (prefix, key, passage, locator)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[@a]", [one("a")]),
        ("[@a, p. 3]", [one("a", "p. 3")]),
        ("[@a, pp. 33-35, 38-39]", [one("a", "pp. 33-35, 38-39")]),
        ("[@a, para. 4 and *passim*]", [one("a", "para. 4 and *passim*")]),
        ("[see @a]", [one("a", prefix="see")]),
        ("[see also @a, ch. 1]", [one("a", "ch. 1", "see also")]),
        ("[@a; @b]", [one("a"), one("b")]),
        ("[see @a, p. 3; also @b, ch. 1]", [one("a", "p. 3", "see"), one("b", "ch. 1", "also")]),
        ("[-@a]", [one("a")]),
        ("[@a-b_c]", [one("a-b-c")]),
        ("[@doe99:x.y]", [one("doe99-x-y")]),
        ("[@{https://x.example/y}, p. 2]", [one("x-example-y", "p. 2")]),
        ("[@a#roof]", [one("a", passage="roof")]),
        ("[@a#roof, p. 3]", [one("a", "p. 3", passage="roof")]),
        ("[@a، الصفحة 2؛ @b#roof]", [one("a", "الصفحة 2"), one("b", passage="roof")]),
        ("[@a, ص 2؛ انظر @b]", [one("a", "ص 2"), one("b", prefix="انظر")]),
        ("[انظر @a؛-@b]", [one("a", prefix="انظر"), one("b")]),
        ("[@a & co, p. 3; @b]", None),
        ("[@a @b]", None),
        ("[@a; nobody]", None),
    ],
)
def test_citations_follow_pandocs_grammar(typed: str, expected: list[tuple[str, str, str, str]] | None) -> None:
    """Prefix, key, passage, locator and several sources are recognised; a citation without a source is an error."""
    found = next(placeholder for placeholder in placeholders(f"So it is {typed}.\n"))
    assert isinstance(found, Citation)
    if expected is None:
        assert {"citation"} == {code for code, *_ in problems(f"So it is {typed}.\n")}
    else:
        assert expected == [(item.prefix, item.key, item.passage, item.locator) for item in found.items]
        assert [] == problems(f"So it is {typed}.\n")


@pytest.mark.parametrize(
    "typed",
    [
        "ada@library.example",
        "[ada@library.example]",
        "[@ a]",
        "[@a](https://x.example)",
        "`[[park]]`",
        "``[@a] ` [[=n]]``",
        "\\[[park]]",
        "\\[@a]",
        "    [[park]]",
        "```\n[[park]] [@a] [[=n]]\n```",
        "~~~ md\n[[park]]\n~~~",
        "[[a]b]]",
    ],
)
def test_what_is_no_reference_stays_text(typed: str) -> None:
    """E-mail addresses, code and escaped brackets are left alone."""
    assert [] == placeholders(f"{typed}\n")


def test_a_figure_is_named_by_its_number() -> None:
    """`[[=visits]]` shows a value of the numbers ledger."""
    [placeholder] = placeholders("There were [[=visits]] visits.\n")
    assert isinstance(placeholder, NumberRef)
    assert "visits" == placeholder.number


# Places


@pytest.mark.parametrize(
    ("path", "kind", "text", "expected"),
    [
        ("content/briefs/a.md", "brief", brief(body="[[a]] x\n\nand [[a]], [[a]].\n"), ["[[a]]", "[[a]]", "[[a]]"]),
        ("content/briefs/a.md", "brief", brief(body="See [@a, p. 3; @b].\n"), ["@a", "@b"]),
        ("content/briefs/a.md", "brief", brief(body="`[[a]]`\n\n    [[a]]\n\n[[a|b]]\n"), ["[[a|b]]"]),
        (
            "content/briefs/a.md",
            "brief",
            brief(body="| x | [[a]] |\n|---|---|\n| [[=n]] | [@s] |\n"),
            ["[[a]]", "[[=n]]", "@s"],
        ),
        ("content/briefs/a.md", "brief", brief(body="Go [to](x.md#y).\n\n![i](p.png)\n"), ["x.md#y", "p.png"]),
        ("content/briefs/a.md", "brief", brief(body="[^1]\n\n[^1]: [[a]] é [@b]\n"), ["[[a]]", "@b"]),
        (
            "content/briefs/a.md",
            "brief",
            brief(body="> é [[a]]\n\n- x\n    - [[b]]\n\nT\n:   [[c]]\n"),
            ["[[a]]", "[[b]]", "[[c]]"],
        ),
        (
            "content/briefs/a.md",
            "brief",
            brief(body="[[z]]\n", in_brief="[\"One [[a]]\", 'Two [@b]']"),
            ["[[a]]", "@b", "[[z]]"],
        ),
        (
            "content/people.yaml",
            "person",
            "- id: x\n  name: X\n  summary: S\n  text: |\n    One [[a]].\n\n    Two [@b].\n",
            ["[[a]]", "@b"],
        ),
        (
            "content/people.yaml",
            "person",
            "- id: x\n  name: X\n  summary: S\n  text: >\n    One [[a]]\n    two [[b]].\n",
            ["[[a]]", "[[b]]"],
        ),
        ("content/people.yaml", "person", "- id: x\n  name: X\n  summary: S\n  text: 'It''s [[a]]'\n", ["[[a]]"]),
        ("content/people.yaml", "person", '- id: x\n  name: X\n  summary: S\n  text: "É \\"q\\" [[a]]"\n', ["[[a]]"]),
        (
            "content/people.yaml",
            "person",
            "- id: x\n  name: X\n  summary: S\n  text: plain [@a] and\n    more [@b]\n",
            ["@a", "@b"],
        ),
        (
            "content/briefs/a.yaml",
            "brief",
            "title: T\nsummary: S\nas_of: 2026\nsections:\n"
            "  - heading: H\n    body: |\n      An [[a]].\n  - heading: I\n    body: An [[a]].\n",
            ["[[a]]", "[[a]]"],
        ),
    ],
)
def test_a_reference_is_placed_to_the_character(path: str, kind: str, text: str, expected: list[str]) -> None:
    """In Markdown, front matter, tables, footnotes and every style of YAML, each reference points at its own words."""
    assert expected == spots_in(text, kind, path)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_places_do_not_depend_on_line_ends(ends: str, mark: str) -> None:
    """A file saved by any editor gives the same places."""
    text = brief(body="One\n\né [[a]]\n")
    plain_, other = document(text), document((mark + text.replace("\n", ends)).encode())
    assert plain_.spans == other.spans
    assert plain_.body == other.body


NEAR = ["", "a", "a a", "a_(b)", "ab", "ab.md", "ab.md#x"]
FORMS = ["[a]({})", "[a](<{}>)", "[a]({} 'b')", "![a]( {} )", "[a]\n\n[a]: {}\n", "{}", "<{}>", "[ab.md]({})"]


@given(st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(NEAR)), max_size=12))
def test_each_link_is_placed_at_its_own_address(pieces: list[tuple[str, str]]) -> None:
    """Asked for again and again, an address is found at each place where it is that of a link, then at the last of them."""
    text = " ".join(form.format(address) for form, address in pieces)
    state = ConversionState(text, 0, len(text), FileContext("a.md", Lines.of(text)))
    for address in NEAR[1:]:
        pattern = rf"(?:\]\(\s*<?|\]:\s*<?|<)({re.escape(address)})(?=[\s)>]|$)"
        expected = [found.span(1) for found in re.finditer(pattern, text)]
        if expected:
            assert [*expected, expected[-1]] == [
                state.place_of(Element("a"), address) for _ in range(len(expected) + 1)
            ]


# Safety

SCHEMES = r"""
[x](javascript:alert(1))
[x](JaVaScRiPt:alert(1))
[x]( javascript:alert(1) )
[x](<javascript:alert(1)>)
[x](<java	script:alert(1)>)
[x](java&#9;script:alert(1))
[x](java&Tab;script:alert(1))
[x](java&NewLine;script:alert(1))
[x](java&#x0A;script:alert(1))
[x](javascript&colon;alert(1))
[x](javascript&#58;alert(1))
[x](javascript&#x3A;alert(1))
[x](&#106;avascript:alert(1))
[x](&#x6A;avascript:alert(1))
[x](&#0000106avascript:alert(1))
[x](&amp;#106;avascript:alert(1))
[x](&#1;javascript:alert(1))
[x](&nbsp;javascript:alert(1))
[x](&ZeroWidthSpace;javascript:alert(1))
[x](java\script:alert(1))
[x](javascript\:alert(1))
[x](javascript://x.example/%0Aalert(1))
[x](view-source:javascript:alert(1))
[x](vbscript:msgbox(1))
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](file:///etc/passwd)
[x][j]¶¶[j]: javascript:alert(1)
[x][j]¶¶[j]: <JAVASCRIPT:alert(1)>
"""
ATTRIBUTES = r"""
[x](https://x.example){: href="javascript:alert(1)" }
[x](https://x.example){: href='&#106;avascript:alert(1)' }
[x](https://x.example){: HREF="javascript:alert(1)" }
[x](https://x.example){: onclick="alert(1)" }
[x](https://x.example){: style="color:red" }
[x](https://x.example){: target=_blank }
[x](https://x.example){: formaction="javascript:alert(1)" }
![x](a.png){: srcset="javascript:alert(1)" }
![x](a.png){: onerror="alert(1)" }
## H {: onclick="alert(1)" }
"""
ADDRESSES = r"""
[x](//evil.example)
[x](\\evil.example)
[x](javascript%3Aalert(1))
[x](park)
[x](park.html)
[x](?a=b)
[x]()
[x](http:../../assets/map.svg)
[x](https:evil.example)
[x](HTTP:/evil.example)
[x](https://)
[x](https:///evil.example)
"""
TAGS = r"""
<script>alert(1)</script>
<a href="javascript:alert(1)">x</a>
<img src=x onerror=alert(1)>
<iframe src="https://x.example"></iframe>
<!-- comment --> <?php x ?> <![CDATA[x]]>
<div markdown="1">**x**</div>
<b>x
"""
TEXT = r"""
<javascript:alert(1)>
&lt;script&gt;alert(1)&lt;/script&gt;
*[HT]: x" onclick="alert(1)¶¶HT here
{ site.title }
1 < 2 and 3 > 2
"""
REFUSED = {"link-scheme": SCHEMES, "attribute": ATTRIBUTES, "unknown-link": ADDRESSES}


class Elements(HTMLParser):
    """Collects every tag with its attributes as a browser reads them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect one tag."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))


HARMLESS = {"a", "abbr", "placeholder", "p", "h2", "em", "strong", "code", "pre", "sup", "div", "hr", "ol", "ul", "li"}
HARMLESS |= {
    "br",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "h1",
    "h3",
    "h4",
    "h5",
    "h6",
}


def dangers(text: str) -> list[object]:
    """Return every element and attribute that could run something or links to a scheme that is not allowed."""
    found: list[object] = []
    for tag, attributes in Elements(text).found:
        found += [tag] * (tag not in HARMLESS)
        found += [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset")]
        address = re.sub(r"[\0-\x20]", "", attributes.get("href", ""))
        if (scheme := re.match(r"([^/?#]*):", address)) and scheme[1].lower() not in ("http", "https", "mailto", "tel"):
            found.append(address)
    return found


@pytest.mark.parametrize(
    ("code", "typed"),
    [(code, line) for code, lines in REFUSED.items() for line in lines.strip().split("\n")],
)
def test_no_spelling_gets_a_script_through(code: str, typed: str) -> None:
    """However a scheme, an attribute or an address is disguised, it is refused and not in the page."""
    body = typed.replace("¶", "\n") + "\n"
    assert {code} == {found for found, *_ in problems(body)} - {"raw-html", "control-character"}
    assert [] == dangers(html(body))


@pytest.mark.parametrize(
    ("expected", "typed"),
    [
        (expected, line)
        for expected, lines in (({"raw-html"}, TAGS), (set(), TEXT))
        for line in lines.strip().split("\n")
    ],
)
def test_raw_html_and_templates_run_nowhere(expected: set[str], typed: str) -> None:
    """HTML, comments and template code that a writer types stay text, and a tag is an error."""
    body = typed.replace("¶", "\n") + "\n"
    assert expected == {code for code, *_ in problems(body)}
    assert [] == dangers(html(body))


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/a?b=c&d=e#f",
        "http://x.example",
        "mailto:ada@library.example",
        "tel:+441132224444",
        "HTTPS://X.example",
    ],
)
def test_links_to_the_web_go_through_unchanged(address: str) -> None:
    """Schemes on the list are links, colons and ampersands included."""
    [(_, attributes)] = [item for item in Elements(html(f"[x]({address})\n")).found if item[0] == "a"]
    assert ([], address) == (problems(f"[x]({address})\n"), attributes["href"])


@given(st.text(st.sampled_from("[]()<>!@#{}:|=\\`*_&;\"' \n\tjavscript:onl^-.1a"), max_size=80))
def test_any_text_is_safe(text: str) -> None:
    """No text makes the converter crash or puts something dangerous into the page."""
    parsed, _ = read(text)
    assert [] == dangers(parsed.body.value)


# Structure


def test_headings_have_ids_and_levels() -> None:
    """Sections are named by their words, in any script, or by the id that the writer gives."""
    _, record = read("## Öffnungs Zeiten\n\n## 時間\n\n### Late `opening` {#late}\n\n## Hours\n\n## Hours\n")
    expected = [
        Heading("öffnungs-zeiten", "Öffnungs Zeiten", 2),
        Heading("時間", "時間", 2),
        Heading("late", "Late opening", 3),
        Heading("hours", "Hours", 2),
        Heading("hours_1", "Hours", 2),
    ]
    assert expected == list(record.headings)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# One\n", [("heading-level", 1, 3, 3)]),
        ("x\n\n#### Four\n", [("heading-level", 3, 6, 4)]),
        ("## A [[park]]\n", [("heading-link", 1, 4, 1)]),
        ("## A {#x}\n\n## B {#x}\n", [("duplicate-id", 3, 8, 1)]),
        ("[go](#hours)\n\n## Hour\n", [("unknown-anchor", 1, 6, 6)]),
        ("x\n\n![](map.png)\n", [("no-alternative-text", 3, 5, 7)]),
        ("x[^a]\n\n[^a]: [^b]: c\n[^d]: e\n\nd[^d]\n", [("footnote-in-footnote", 3, 7, 5)]),
        ("x[^a]\n\n[^a]: c\n\n    > [^b]: d\n", [("footnote-in-footnote", 5, 7, 5)]),
        ("x[^a]\n\n[^a]: b\n\n    - [^a]: c\n", [("footnote-in-footnote", 3, 1, 5)]),
        ("See [[park]]{.x #y}.\n", [("attribute", 1, 13, 1)]),
        ("See [[=visits]]{n=7} and [@minutes]{n}.\n", [("attribute", 1, 16, 1), ("attribute", 1, 36, 1)]),
        ("Words\n{: n=3 }\n", [("attribute", 2, 4, 1)]),
        ("x [[ ]] [[a|]]\n", [("empty-link", 1, 3, 5), ("empty-link", 1, 9, 6)]),
        ("[" * 8000, [("bracket-flood", 1, 1, 40)]),
        ("<a " * 8000, [("bracket-flood", 1, 1, 600)]),
        ("[[a" * 8000, [("bracket-flood", 1, 1, 1200)]),
        ("x" * 200_001, [("too-long", 1, 1, 1)]),
        ("".join("    " * depth + "- x\n" for depth in range(300)), [("too-deep", 1, 1, 1)]),
    ],
)
def test_what_a_text_may_not_hold_is_placed(body: str, expected: list[tuple[str, int, int, int]]) -> None:
    """Wrong headings, repeated ids, unknown anchors, pictures without words and too long texts are errors at their place."""
    found = problems(body)
    assert [row[:3] for row in expected] == [row[:3] for row in found]


@pytest.mark.parametrize(
    "body",
    ["![](map.png){.decorative}\n", "[go](#hours)\n\n## Hours\n", "[go](#x)\n\nPara\n{: #x }\n", "x[^1]\n\n[^1]: y\n"],
)
def test_what_a_text_may_hold(body: str) -> None:
    """Decorative pictures, links within the page, ids on paragraphs and footnotes are allowed."""
    assert [] == problems(body)


def test_a_picture_keeps_its_words() -> None:
    """A picture becomes a placeholder with its path and alternative text."""
    [placeholder] = placeholders("![A map of “the” park](maps/park.svg)\n")
    assert isinstance(placeholder, Picture)
    assert ("maps/park.svg", "A map of “the” park") == (placeholder.path, placeholder.alt)


def test_notes_do_not_leak_from_text_to_text() -> None:
    """Two briefs with the same footnote label and the same link name each have their own."""
    body = "x[^1] [r][r]\n\n[^1]: {0}\n\n[r]: https://{0}.example\n"
    first, second = html(body.replace("{0}", "one")), html(body.replace("{0}", "two"))
    assert (True, False) == ("one" in first, "one" in second)
    assert "[r][r]" in html("[r][r] [^1]\n")
    assert first == html(body.replace("{0}", "one"))


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("One [[park]]. Two. Three [[hall]].\n", ["One \x020\x03.", "Three \x021\x03."]),
        ("It rose. [@a] It fell [@b].\n", ["It rose.", "It fell."]),
        ("- One [[park]]\n- Two\n    - Three [[hall]]\n", ["One \x020\x03", "Three \x021\x03"]),
        ("See [[park|the *green*]] now.\n", ["See \x020\x03the *green* now."]),
        ("A & B < C [[park]].\n", ["A & B < C \x020\x03."]),
        ("Cost[^1] of [[park]].\n\n[^1]: Note.\n", ["Cost of \x020\x03."]),
        ("One\nline [[park]]\nmore.\n", ["One line \x020\x03 more."]),
    ],
)
def test_each_placeholder_has_its_sentence(body: str, sentences: list[str]) -> None:
    """The sentence around a reference is kept as plain words, without citations and footnote marks."""
    text = read(body)[1].text
    assert text is not None
    assert sentences == list(text.sentences)


def test_each_placeholder_has_its_section() -> None:
    """A reference belongs to the heading above it, and to none before the first heading."""
    text = read("[[a]]\n\n## One\n\n[[b]] [@c]\n\n### Two {#2}\n\n[[=d]]\n")[1].text
    assert text is not None
    assert ["", "one", "one", "2"] == [place.section for place in text.places]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("One [[park]] [@a].", []),
        ("One\n\nTwo", ["not-one-paragraph"]),
        ("- One", ["not-one-paragraph"]),
        ("## One", ["not-one-paragraph"]),
        ("> One", ["not-one-paragraph"]),
    ],
)
def test_a_field_of_words_takes_one_paragraph(text: str, problem: list[str]) -> None:
    """Fields that are shown within running text contain no blocks."""
    block = text.replace("\n", "\n    ")
    source = f"- id: x\n  term: X\n  meaning: |\n    {block}\n"
    assert problem == codes(document(source, "term", "content/glossary.yaml").problems)


def test_citations_in_fields_need_no_brackets() -> None:
    """A `sources` field takes ids with or without the @, with places in them, alone or in a list."""
    fields = ["a", "'@a'", "a, p. 3", "[a, b]", "['see @a, p. 3', 'b#roof']", "'a & co'"]
    found = []
    for field in fields:
        text = f"- id: e\n  date: 2025\n  title: T\n  sources: {field}\n"
        parsed = document(text, "event", "content/events.yaml")
        [record] = parsed.outline.value.records
        found.append([(c.prefix, c.key, c.passage, c.locator) for c in record.sources] + codes(parsed.problems))
    expected = [
        [one("a")],
        [one("a")],
        [one("a", "p. 3")],
        [one("a"), one("b")],
        [one("a", "p. 3", "see"), one("b", passage="roof")],
        [one(""), "citation"],
    ]
    assert expected == found


def test_the_first_cells_of_rows_are_their_headings() -> None:
    """The first cells are the headings of the rows if they all differ, or if the first heading is empty."""
    named = html("| | Monday |\n|---|---|\n| Open | nine |\n")
    assert '<td></td><th scope="col">Monday</th>' in named
    assert '<th scope="row">Open</th><td data-label="Monday">nine</td>' in named
    assert '<th scope="row">Open</th>' in html("| Day | Monday |\n|---|---|\n| Open | nine |\n")
    assert 'scope="row"' not in html("| Day | Monday |\n|---|---|\n| Open | nine |\n| Open | ten |\n")
    assert "<td>or so</td>" in html("| Day | |\n|---|---|\n| Monday | or so |\n")


@pytest.mark.parametrize(
    "typed",
    [
        "See [[hours|the opening\nhours]] here.",
        "- See [[hours|the opening\n  hours]] here.",
        "> See [[hours|the opening\n> hours]] here.",
    ],
)
def test_a_link_may_run_over_the_end_of_a_line(typed: str) -> None:
    """A link with a line break in it is one link, its words on one line, and its place is where it starts."""
    text = html(typed)
    assert (1, True, False) == (text.count("<placeholder"), ">the opening hours</placeholder>" in text, "[[" in text)
    parsed, record = read(typed.replace("|the opening", "x|the opening"))
    [span] = [parsed.spans.value[placeholder.span] for placeholder in record.text.placeholders]  # type: ignore[union-attr]
    assert typed.split("\n")[0].index("[[") + 1 == span.column


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("ftp, hours: [x](ftp) [y](hours) []()\n", [(1, 17), (1, 26), (1, 36)]),
        ("One\n\n# One\n", [(3, 3)]),
        ("x hours\n\n#### hours\n\n#### Two\n", [(3, 6)]),
        ("Gone, [x][g]\n\n[g]: gone\n", [(3, 6)]),
        ("onclick= [x](b.md){: onclick=a }\n", [(1, 22)]),
        ("> javascript:a [x](javascript:a)\n", [(1, 20)]),
    ],
)
def test_a_problem_is_at_its_own_place(body: str, places: list[tuple[int, int]]) -> None:
    """The words of a mistake that are elsewhere in the text too are not taken for it."""
    assert places == [(line, column) for _, line, column, _ in problems(body)]


def test_a_heading_that_repeats_the_title_is_left_out() -> None:
    """A first heading of level one with the words of the title is what other programs need; here it is one too many."""
    title = TOP.partition("title: ")[2].partition("\n")[0]
    assert [] == problems(f"# {title}\n\nText.\n")
    assert "<h1" not in html(f"# {title}\n\nText.\n")
    assert ["heading-level"] == [code for code, *_ in problems(f"Text.\n\n# {title}\n")]


@given(
    st.lists(
        st.sampled_from(["किताब", "कतब", "كِتاب", "كتاب", "café", "ভাষা", "ভষ", "ภาษา", "क्‍या", "👍🏽", "1️⃣", "x"]),
        min_size=1,
        max_size=3,
    )
)
def test_different_words_have_different_ids(words: list[str]) -> None:
    """Vowels and accents stay; what is no part of a word does not. Links and braces can name each id."""
    other = [
        unicodedata.normalize("NFC", "".join(one for one in word if unicodedata.category(one)[0] != "M"))
        for word in words
    ]
    ids = re.findall(r'<h2 id="([^"]*)">', html(f"## a {' '.join(words)}\n\n## a {' '.join(other)}\n"))
    is_same = [word for word in words if word not in ("1️⃣",)] == [word for word in other if word != "1"]
    assert is_same == (ids[1] == f"{ids[0]}_1")
    assert [] == [code for code, *_ in problems(f"## b {{#{ids[0]}}}\n\n[x](#{ids[0]})\n")]
