"""Names that must never appear are found as a person reads them, and stand nowhere themselves."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefing.check.common_words import group_of, ordinary_words
from briefing.check.name_finder import Finder
from briefing.check.name_list import COST, LIST, add, forms, normalise
from briefing.check.names import find_blocked_names, redact
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.blocked_names import NO_NAMES, BlockedNames
from briefing.model.files import Rendered
from briefing.model.steps import NameCheckInput, Source
from briefing.parse.document import parse
from briefing.preview.messages import status_json
from briefing.preview.session import Session
from briefing.problems import Finding, Problem, Span
from briefing.text.hidden import refuse_hidden
from briefing.text.letters import fold, latin
from tests.sites import MakeSite, brief, codes
from tests.spellings import Name, names

NAME = "Orla Quillfeather Wren"


def listed(text: str) -> Hashed[BlockedNames]:
    """Read a list of names as the build does."""
    fields = yaml.safe_load(text)
    names = tuple((name["hash"], name["words"]) for name in fields["names"])
    return Hashed.of(
        BlockedNames(str(fields["salt"]), fields["cost"], names, fields.get("initials", 0), fields.get("common", ""))
    )


QUICK = "salt: 00112233445566778899aabbccddeeff\ncost: 2\ninitials: 2\n"
"""The head of a list whose hashes take no time."""
BLOCKED = listed(add(QUICK, NAME))


def found(path: str, data: str | bytes, blocked: Hashed[BlockedNames] = BLOCKED) -> bool:
    """Whether a name is found in a file."""
    content = data if isinstance(data, bytes) else data.encode()
    return bool(find_blocked_names(NameCheckInput(Rendered(path, Hashed.of(content)), path, blocked)))


# The forms of a name and the list


@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("Wren", {"wren", "wrens"}),
        ("Orla Wren", {"orla wren", "o wren", "orlawren", "wrenorla", "orla wrens", "owren@"}),
        ("Órla-Mae O’Wren", {"orlamae owren", "orla wren", "o owren", "orlamaeowren"}),
        ("Ludwig van Beethoven", {"beethoven ludwig", "ludwig vanbeethoven", "beethoven lv"}),
        ("Orla Mae Lou Wren", {"orlamaelou wren", "orla wren", "oml wren"}),
    ],
)
def test_forms_of_a_name(name: str, some: set[str]) -> None:
    """A name is looked for in its parts, joined and with initials, accents and case apart."""
    assert some <= forms(name)


@given(st.text(st.characters(categories=("Lu", "Ll")), min_size=2, max_size=8), st.sampled_from(["Wren", "O’Brien"]))
def test_forms_are_words_in_order(first: str, last: str) -> None:
    """Every form is one word or two in alphabetical order, so that a name and the name turned round are one form."""
    for form in forms(f"{first} {last}"):
        assert 1 <= len(form.split()) <= 2
        assert form.split(" ") == sorted(form.split(" "))


@pytest.mark.parametrize("name", ["", "...", "one two three four five six seven eight nine"])
def test_what_is_no_name_is_refused(name: str) -> None:
    """A name has one to eight words."""
    with pytest.raises(ValueError, match="one to 8 words"):
        forms(name)


@given(st.sampled_from("oleastbg"), st.sampled_from("dlnrty"))
def test_a_first_name_of_a_digit_and_a_letter_is_found(first: str, last: str) -> None:
    """A digit stands for its letter also where a paragraph may have such a number; a number of two digits does not."""
    blocked = listed(add(QUICK, f"{first}{last} Quillfeather"))
    digit = "013457894"["oleastbga".index(first)]
    assert found("a/index.html", f"<p>It was {digit}{last} Quillfeather who came.</p>", blocked)
    assert not found("a/index.html", f"<p>Paragraph 1{digit}{last} Quillfeather Road.</p>", blocked)


def test_words_are_compared_without_possessive() -> None:
    """Wren's and WREN are the same word."""
    assert ["orla", "wren", "wren"] == normalise("Orla Wren’s WREN")


def test_the_list_names_nobody_and_grows() -> None:
    """The list holds hashes alone; a second name keeps the first, the salt and the costs; adding twice adds nothing."""
    first = add("", NAME)
    second = add(first, "Bram Finch")
    assert [] == [word for word in normalise(f"{NAME} Bram Finch") if word in second.casefold()]
    assert {line for line in first.splitlines() if "hash" in line} < set(second.splitlines())
    assert first.splitlines()[2:5] == second.splitlines()[2:5]
    assert second == add(second, "bram FINCH")
    assert COST == listed(first).value.cost < listed(first).value.initials


def test_a_list_is_read_alike_with_and_without_yaml() -> None:
    """The entries that the command writes are read by their form; with anything else among them, by YAML."""
    text = add(QUICK, NAME)

    def read(typed: str) -> tuple[BlockedNames | None, tuple[Problem, ...]]:
        document = parse(Source(LIST, "never-publish", Hashed.of(typed.encode())))
        return document.outline.value.blocked_names, document.problems

    assert (listed(text).value, ()) == read(text) == read(text + "# the end\n")
    line = text.count("\n")
    for wrong in ("hash: 0", "- x", "words: 9"):
        problem = read(text.rstrip("}\n") + f", {wrong}}}\n")[1][0]
        assert line == problem.line


POOL = (
    "field",
    "example",
    "hills",
    "all",
    "burn",
    "bum",
    "nspcc",
    "christodoulopoulos",
    "orla",
    "wren",
    "ali",
    "krč",
    "li",
)
"""Words for names and texts: common ones, ones without vowels, a long one, and some that pass for another."""
SHAPES = (
    "{0} {1}",
    "{1}, {0}",
    "{0} Mae {1}",
    "{0}{1}",
    "{0}-{1}",
    "{0}. {1}",
    "{0}1 {1}",
    "<i class='{0}-{1}'>",
    "{0} x {1}",
)


@given(st.integers(10, 10**6), st.sampled_from("aksz"))
def test_a_number_with_a_letter_is_no_word(number: int, letter: str) -> None:
    """Paragraph 10a costs no hash, whatever is beside it; digits in a word still stand for letters."""
    finder = Finder(BLOCKED.value)
    text = f"<p>Quill {number}{letter}, and Bakuro {number}{letter}.</p>"
    assert not finder.is_in_file("a/index.html", text.encode())[0]
    assert {form for form in finder._known if " " in form} <= {"bakuro quill"}
    assert found("a/index.html", "<p>Or1a Wr3n</p>")


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("a.css", ".quill > #mae{margin:0 12rem 3.5em;color:#1ab0;--x:calc(1px + 2vh)}td{top:2rem}", {"quill mae"}),
        ("index.html", '<style media="print">.quill{margin:4rem}.mae{top:1ab}</style>', set()),
        ("index.html", '<a href="x#UI--r12a-b"></a><i id="UI--r153"></i><i id="UI--y12-title"></i>', {"title ui"}),
        ("a.txt", "rydych quill wedi. من نيل في سمر", {"سمر نيل"}),
    ],
)  # fmt: skip
def test_what_can_be_no_name_is_not_compared(path: str, text: str, words: set[str]) -> None:
    """Lengths, colours and numbered ids, and common words of any language of the interface, cost no hash."""
    finder = Finder(BLOCKED.value)
    assert not finder.is_in_file(path, text.encode())[0]
    assert {form for form in finder._known if " " in form} <= {" ".join(sorted(pair.split())) for pair in words}


@pytest.mark.parametrize("between", ["", "}.x{", "/* x */", "\\2e ", '""', "color:#ada;"])
def test_a_name_in_a_style_sheet_is_found(between: str) -> None:
    """In its strings, comments, classes and ids, also within a page."""
    for written in ("'Orla Wren'", "/* Orla Wren */", "url(orla-wren.svg)", "#orla-wren", ".orlawren", "'Orla' 'Wren'"):
        for text in (f"a{{content:x;{between}{written}}}", f"{written} {between}"):
            assert found("assets/a.css", text), text
            assert found("a/index.html", f"<style>{text}</style>"), text


@given(st.lists(st.sampled_from(POOL), min_size=1, max_size=3), st.data())
def test_what_a_list_states_about_common_words_hides_nothing(name: list[str], data: st.DataObject) -> None:
    """With the groups that a list states, the same is found as where every two words are compared."""
    stated = listed(add(QUICK, " ".join(name)))
    every = Hashed.of(replace(stated.value, common=""))
    assert stated.value.common
    words = data.draw(st.permutations([*name, *name]))[:2]
    words[0] = data.draw(st.sampled_from([words[0], *POOL]))
    style = data.draw(st.sampled_from([str.title, str.upper, str.lower, lambda word: word.replace("i", "l").title()]))
    text = data.draw(st.sampled_from(SHAPES)).format(*map(style, words))
    assert found("a/index.html", f"<p>We met {text} there.</p>", stated) == found(
        "a/index.html", f"<p>We met {text} there.</p>", every
    )


@example("vos", str.lower)
@example("ان", str.lower)  # in plain letters also “آن”, Anne
@given(
    st.sampled_from(sorted(word for word in ordinary_words() - ordinary_words("links") if len(word) > 1)),
    st.sampled_from([str.title, str.lower]),
)
def test_no_common_word_hides_a_name_that_has_it(word: str, style: Callable[[str], str]) -> None:
    """A surname that is a common word of some language is found, also where it is typed in small letters."""
    stated = listed(add(QUICK, f"Orla {word.title()}"))
    assert found("a/index.html", f"<p>We met {style(f'Orla {word}')} there.</p>", stated)


def test_a_list_says_little_about_the_words_of_its_names() -> None:
    """It states nothing about names of rare words, and for others a group that holds a hundred words or more."""

    def groups(*names: str) -> set[str]:
        text = QUICK
        for name in names:
            text = add(text, name)
        return set(listed(text).value.common.split()[1:])

    assert set() == groups("Orla Quillfeather")
    [group] = groups("Orla Field")
    assert 100 < sum(group_of(word) == int(group) for word in ordinary_words())
    assert groups("Orla Field", "Bram Example") == groups("Orla Field") | groups("Bram Example")


def test_a_list_made_with_other_words_is_searched_for_in_full() -> None:
    """If a later version knows more common words, no name is lost; adding a name does not state the groups again."""
    older = re.sub('common: "[0-9a-f]{8}', 'common: "00000000', add(QUICK, "Orla Field"))
    assert 'common: "00000000 ' in older
    assert found("a/index.html", "<p>We met Orla Field there.</p>", listed(older))
    more = add(older, "Bram Finch")
    assert "common" not in more
    for name in ("Orla Field", "Bram Finch"):
        assert found("a/index.html", f"<p>We met {name} there.</p>", listed(more))


OLD = """\
# Names that must never appear on the site, as salted hashes; nobody can be read from them.
# Add one with: python build.py guard   (it asks for the name, and does not show it)
salt: 00112233445566778899aabbccddeeff
cost: 2
names:
  - {words: 2, hash: 0b2d72517634ca38fe3cf63355e4f442}
  - {words: 2, hash: 0b94a7db929cb70f0d325f5f3190b73f}
  - {words: 2, hash: 2a9adb737a94c75991ea8bc97c0b6236}
  - {words: 2, hash: 399adde090c770de058ccf00fba85e35}
  - {words: 2, hash: 770e0b8bf8bfcb2595ce4a2800442d6a}
  - {words: 2, hash: 7a11fd9edf48b215440607666307f325}
  - {words: 2, hash: 868a50069974ceca16615b6fb4be048f}
  - {words: 2, hash: a074cff135f7ac393429b66d65d5d994}
  - {words: 2, hash: cb0fd57a0936bdb69a224ad5e7846fa6}
  - {words: 2, hash: cd118c6438e6aec2f742a2961f3314ac}
  - {words: 2, hash: d6ffb472fc588613ce347305b60a67cb}
  - {words: 2, hash: e9a413ade18a8bfa19c004084b0c7ffb}
  - {words: 3, hash: f0325116df93169f5e8f2f2b43f0f5e3}
"""
"""A list as the first version of this command wrote it: three names, Orla Mae Wren, Søren Kjær and Анна Петрова."""


@pytest.mark.parametrize(
    "words",
    ["Orla Wren", "Wren, Orla", "O. Wren", "Orla Mae Wren", "Orla Quill Wren", "orla wren", "Søren Kjær", "SØREN KJÆR",
     "Анна Петрова", "АННА ПЕТРОВА", "orla-wren", "Óŕla Wrén"],
)  # fmt: skip
def test_a_list_of_the_first_kind_still_works(words: str) -> None:
    """What the first version of the command wrote is found with, also after a name was added to it."""
    assert found("a/index.html", f"<p>We met {words} there.</p>", listed(OLD))
    more = add(OLD, "Bram Finch")
    assert "initials" not in more
    for name in (words, "Bram Finch", "B. Finch"):
        assert found("a/index.html", f"<p>We met {name} there.</p>", listed(more))


# What a person reads as the name

WRITTEN = (
    "Orla Wren", "orla wren", "ORLA WREN", "oRLA wREN", "Orla wren", "orla Wren", "Wren, Orla", "wren, orla", "Wren Orla",
    "Orla M. Wren", "Orla Mae Wren", "Orla Mae Rose Wren", "orla mae wren", "Orla van der Wren", "Orla “Ola” Wren",
    "Orla (Ola) Wren", "Orla, Lady Wren", "Orla and Bram Wren", "Orla 2 Wren", "O. Wren", "O Wren", "Wren, O.", "O. M. Wren",
    "O.M. Wren", "OQ Wren", "o. wren", "Orla Wren’s", "Orla Wren's", "Orla Wrens", "ORLAWREN", "OrlaWren", "orlawren",
    "#OrlaWren", "@orlawren", "orla_wren", "orla-wren", "orla.wren", "WrenOrla", "orlawren1987", "Orla–Wren", "Orla — Wren",
    "Orla·Wren", "Orla/Wren", "Orla+Wren", "Orla: Wren", "Orla. Wren", "Orla… Wren", "Orla™ Wren", "Orla\tWren",
    "Orla\n    Wren", "orla.wren@host.example", "owren@host.example", "wrenorla@host.example",
    "Orla\u00a0Wren", "Orla\u2009Wren", "Orla\u3000Wren", "Orla\u2028Wren", "Or\u00adla Wr\u00aden", "Or\u200bla Wren",
    "Or\u200cla W\u200dren", "Or\u2060la Wren", "Or\ufeffla Wren", "\u200eOrla\u200e Wren", "\u202enerW alrO\u202c",
    "Or\u034fla Wren", "Or\u180ela Wren", "Or\u2063la Wren", "Or\u3164la Wren", "Or\ufe0fla Wren", "Or\U000e0061la Wren",
    "O\u0336r\u0336l\u0336a\u0336 Wren", "Órla Wrén", "O\u0301rla Wre\u0301n", "Ørla Wren", "Orła Wren",
    "\u041erl\u0430 Wr\u0435n", "\u039frla Wren", "Orla \u051cren", "\u0555rla Wren", "\u13be\u13a1\u13de\u13aa Wren",
    "ＯＲＬＡ　ＷＲＥＮ", "𝐎𝐫𝐥𝐚 𝐖𝐫𝐞𝐧", "𝒪𝓇𝓁𝒶 𝒲𝓇ℯ𝓃", "𝔒𝔯𝔩𝔞 𝔚𝔯𝔢𝔫", "𝕆𝕣𝕝𝕒 𝕎𝕣𝕖𝕟", "Ⓞⓡⓛⓐ Ⓦⓡⓔⓝ", "🅞🅡🅛🅐 🅦🅡🅔🅝",
    "🅾🆁🅻🅰 🆆🆁🅴🅽", "🇴🇷🇱🇦 🇼🇷🇪🇳", "Oʀʟᴀ Wʀᴇɴ", "ᴼʳˡᵃ ᵂʳᵉⁿ", "0rla Wren", "Or1a Wren", "Orl4 Wr3n", "OrIa Wren",
    "Wreп".join(("Orla ", "")), "Orla шren", "Orlɐ Wren", "Oʁla Wʁen", "OrlΛ Wren", "OЯLA WЯEN",
    "Orla vvren", "Or-la Wren", "Orla Wr- en", "O r l a W r e n", "O-r-l-a W-r-e-n", "%4Frla%20Wren",
)  # fmt: skip
"""Ways to write the name that readers understand."""
MARKED = (
    "Orla&nbsp;Wren", "O&#114;la W&#x72;en", "Or&shy;la Wren", "Or&zwnj;la Wren", "O<em>rl</em>a Wren",
    "<strong>Orla</strong> Wren", "<b>O</b>rla <b>W</b>ren", "Orla<sup>1</sup> Wren", "Orla<br>Wren", "Or<wbr>la Wren",
    "Orla<!-- x --> Wren", "<span>Orla</span> <span>Wren</span>", "<td>Orla</td>\n<td>Wren</td>",
    "<th>Orla</th><td>Wren</td>", "<dt>Orla</dt><dd>Wren</dd>", '<a href="https://x.example/">Orla</a> Wren',
    "&lt;b&gt;Orla&lt;/b&gt; Wren", "<!-- Orla Wren -->", '<script type="application/ld+json">{"a":"Orla\\u0020Wren"}</script>',
    '<script type="application/ld+json">{"givenName":"Orla","familyName":"Wren"}</script>',
)  # fmt: skip
"""The same in HTML."""
ATTRIBUTES = ("href", "class", "id", "alt", "title", "data-reason", "lang", "content", "aria-label")
IN_ATTRIBUTES = (
    "orla-wren", "Orla Wren", "orla_wren", "orla.wren", "orlawren", "OrlaWren", "/people/orla-wren/", "orla%20wren",
    "orla%2Dwren", "%256Frla-wren", "https://x.example/~orlawren/", "https://orla-wren.example/", "mailto:owren@x.example",
    "mailto:orla.wren@x.example", "tel:orla-wren", "orla-mae-wren", "o-wren", "wren-orla", "Or&shy;la Wren", "0rla-wren",
    "https://x.example/?first=orla&amp;last=wren", "https://x.example/#:~:text=Orla%20Wren", "\u043erla-wren",
)  # fmt: skip
PATHS = (
    "briefs/orla-wren/index.html", "assets/orla_wren.svg", "assets/OrlaWren.png", "assets/orlawren.jpg",
    "wren/orla/index.html", "assets/ORLA WREN.pdf", "assets/\u043er\u200bla-wren.png", "data/orla.wren.csv",
)  # fmt: skip


@pytest.mark.parametrize("words", WRITTEN)
def test_the_name_is_found_as_it_is_written(words: str) -> None:
    """Each way to write the name is found in a page and in a text file."""
    assert found("a/index.html", f"<p>At nine, says {words} of the library.</p>")
    assert found("a/index.md", f"At nine, says {words} of the library.")


@pytest.mark.parametrize("words", MARKED)
def test_the_name_is_found_among_tags(words: str) -> None:
    """Marks of HTML within the name or between its words hide nothing."""
    assert found("a/index.html", f"<p>At nine, says {words} of the library.</p>")


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_name_is_found_in_attributes(attribute: str) -> None:
    """Each way to write the name in an address or a label is found in each attribute."""
    missed = [words for words in IN_ATTRIBUTES if not found("a/index.html", f'<p>x <i {attribute}="{words}">y</i></p>')]
    assert [] == missed


@pytest.mark.parametrize("path", PATHS)
def test_the_name_is_found_in_paths(path: str) -> None:
    """The path of a file is searched whatever is in it."""
    assert found(path, b"x")


def chunk(kind: bytes, data: bytes) -> bytes:
    """Write one chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(kind: bytes, data: bytes) -> bytes:
    """Write a PNG that says something about itself."""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + chunk(kind, data) + chunk(b"IEND", b"")


def jpeg(marker: int, data: bytes) -> bytes:
    """Write the beginning of a JPEG that says something about itself."""
    return b"\xff\xd8\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data + b"\xff\xda\0\x08\xff\xd9"


def archive(path: str, data: bytes) -> bytes:
    """Write an archive of one file, as documents of office programs are."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(path, data)
    return file.getvalue()


def pdf(stream: bytes, more: bytes = b"") -> bytes:
    """Write a PDF with one compressed stream."""
    return (
        b"%PDF-1.7\n1 0 obj<</Filter/FlateDecode>>stream\n"
        + zlib.compress(stream)
        + b"\nendstream endobj\n"
        + more
        + b"%%EOF"
    )


def font(names: bytes) -> bytes:
    """Write a font that has nothing but a table of names."""
    return b"\0\1\0\0\0\1" + bytes(6) + b"name" + bytes(4) + struct.pack(">II", 28, len(names)) + names


def workbook(*rows: tuple[str, ...]) -> bytes:
    """Write a workbook of one sheet, whose words are in a file of their own."""
    words = [word for row in rows for word in row]
    numbers = iter(range(len(words)))
    cells = ([f"<c t='s'><v>{next(numbers)}</v></c>".replace("'", '"') for _ in row] for row in rows)
    sheet = "".join("<row>{}</row>".format("".join(row)) for row in cells)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("xl/worksheets/sheet1.xml", f"<sheetData>{sheet}</sheetData>")
        written.writestr("xl/sharedStrings.xml", "".join(f"<si><t>{word}</t></si>" for word in words))
    return file.getvalue()


GLYPHS = {letter: code for code, letter in enumerate("Orla Wen", 1)}
CODES = "".join(f"{GLYPHS[letter]:04x}" for letter in "Orla Wren").encode()
LETTERS = b"1 beginbfrange <0001> <0002> [<004F> <0072>] endbfrange 6 beginbfchar " + b"".join(b"<%04x> <%04x>\n" % (GLYPHS[letter], ord(letter)) for letter in "la Wen") + b"endbfchar"  # fmt: skip
"""A font of a PDF whose letters have codes of their own."""
PACKED: dict[str, bytes] = {
    "text.pdf": pdf(b"BT (At nine) Tj 0 -14 Td (Orla Wren) Tj ET"),
    "array.pdf": pdf(b"BT [(Or) -20 (la) -300 (Wr) 15 (en)] TJ ET"),
    "lines.pdf": pdf(b"BT (Orla) Tj T* (Wren) Tj ET"),
    "escaped.pdf": pdf(b"BT (\\117rla \\127ren) Tj ET"),
    "digits.pdf": pdf(b"BT <4f726c61205772656e> Tj ET"),
    "glyphs.pdf": pdf(b"BT <" + CODES + b"> Tj ET", pdf(LETTERS)),
    "letters.pdf": pdf(b"BT " + b" ".join(b"(%c) Tj 5 0 Td" % letter for letter in b"OrlaWren") + b" ET"),
    "object.pdf": pdf(b"<</Author (\\376\\377\\000O\\000r\\000l\\000a\\000 \\000W\\000r\\000e\\000n)>>"),
    "wide.pdf": b"%PDF-1.4\n<</Author (\xfe\xff" + "Orla Wren".encode("utf-16-be") + b")>>",
    "digits-author.pdf": b"%PDF-1.4\n<</Author <FEFF" + "Orla Wren".encode("utf-16-be").hex().encode() + b">>>",
    "xmp.pdf": pdf(b"<dc:creator><rdf:li>Orla Wren</rdf:li></dc:creator>"),
    "after.png": png(b"tIME", bytes(7)) + b"by Orla Wren",
    "chunk-after.png": png(b"tIME", bytes(7)) + chunk(b"tEXt", b"Author\0Orla Wren"),
    "own-chunk.png": png(b"vpAg", b"Orla Wren"),
    "profile.png": png(b"iCCP", b"Orla Wren\0\0" + zlib.compress(b"x")),
    "wide.png": png(b"eXIf", "Orla Wren".encode("utf-16-be")),
    "after.jpg": jpeg(0xE0, b"JFIF") + b"by Orla Wren",
    "wide.jpg": jpeg(0xE1, b"Exif\0\0MM\0*" + "Orla Wren".encode("utf-16-be")),
    "names.ttf": font("Drawn by Orla Wren".encode("utf-16-be")),
    "plain-names.ttf": font(b"Drawn by Orla Wren"),
    "drawing.svgz": gzip.compress(b"<svg><title>Orla Wren</title></svg>"),
    "row.xlsx": workbook(("x", "y"), ("Orla", "Wren")),
    "cell.xlsx": workbook(("At nine Orla Wren came",)),
    "slide.pptx": archive("ppt/slides/slide1.xml", b"<a:p><a:r><a:t>Orla</a:t></a:r><a:r><a:t> Wren</a:t></a:r></a:p>"),
    "table.docx": archive("word/document.xml", b"<w:tr><w:tc><w:p><w:t>Orla</w:t></w:p></w:tc><w:tc><w:tcPr/><w:p><w:t>Wren</w:t></w:p></w:tc></w:tr>"),
    "spans.odt": archive("content.xml", b"<text:p><text:span>Or</text:span><text:span>la</text:span> Wren</text:p>"),
    "ascii85.pdf": b"%PDF-1.4\n<</Filter[/ASCII85Decode/FlateDecode]>>stream\n" + base64.a85encode(zlib.compress(b"BT (Orla Wren) Tj ET")) + b"~>endstream",
    "hexadecimal.pdf": b"%PDF-1.4\n<</Filter/ASCIIHexDecode>>stream\n" + b"BT (Orla Wren) Tj ET".hex().encode() + b">endstream",
    "brackets.pdf": pdf(b"BT (At nine \\(or so (then) Orla Wren) Tj ET"),
    "moved.pdf": pdf(b"BT (Or) Tj 8 0 Td (la Wren) Tj ET"),
    "western.csv": "1,\xd3rla Wren\n".encode("cp1252"),
    "sheet.ods": archive("content.xml", b"<table:table-row><table:table-cell><text:p>Orla</text:p></table:table-cell><table:table-cell><text:p>Wren</text:p></table:table-cell></table:table-row>"),
}  # fmt: skip
"""Files whose words are compressed, in wide characters or with codes of their own."""


@pytest.mark.parametrize("path", PACKED)
def test_the_name_is_found_in_files_that_are_packed(path: str) -> None:
    """PDFs, workbooks, fonts, pictures and compressed drawings are read as a person who opens them would read them."""
    assert found(path, PACKED[path])


@pytest.mark.parametrize("path", PACKED)
@given(st.data())
def test_files_that_are_damaged_are_read(path: str, data: st.DataObject) -> None:
    """Any byte of such a file may be another, and any part of it missing."""
    whole = PACKED[path]
    at = data.draw(st.integers(0, len(whole) - 1))
    found(path, whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 9)) :])


TABLES = (
    "<tr><td>{}</td><td>x</td></tr><tr><td>{}</td><td>y</td></tr>", "<tr><th scope='row'>First</th><td>{}</td></tr>\n<tr><th scope='row'>Last</th><td>{}</td></tr>",
    "<tr><td>1. {}</td><td>x</td></tr><tr><td></td><td>y</td></tr><tr><td>2. {}*</td></tr>", "<tr><td><p>{}</p></td>\n<td><p>{}</p></td></tr>",
    "<thead><tr><th>1</th><th><b>{}</b></th></tr></thead><tbody><tr><td>2</td><td>{}</td></tr></tbody>",
)  # fmt: skip
NEAR = (
    "{} <img src='x.png' alt='{}'>", '{} <img alt="{}" src="x.png">', "<img alt='{}'> {}", "{} <input type='submit' value='{}'>",
    "<dt>First</dt><dd>{}</dd><dt>Last</dt><dd>{}</dd>", "{}M{}", "{}1987{}", "<ruby>{}<rt>x</rt></ruby> {}", "{} <small>(born in 1987)</small> {}",
)  # fmt: skip
ENCODED = (
    "%25254Frla%252520Wren",
    "&#37;4Frla-wren",
    "%26%23111%3Brla-wren",
    "orla%2526nbsp%253Bwren",
    "%5Cu006Frla-wren",
)


@given(names().filter(lambda name: not name.particle and not name.second), st.sampled_from(TABLES + NEAR))
def test_a_name_is_found_in_what_is_below_or_beside(name: Name, shape: str) -> None:
    """Two cells of a column, or a picture with its words, and the text beside it."""
    page = shape.format(name.first, name.last)
    page = f"<table>{page}</table>" if shape in TABLES else f"<p>{page}</p>"
    assert found("a/index.html", page, listed(add(QUICK, name.full)))


@pytest.mark.parametrize("words", ENCODED)
def test_an_escape_within_an_escape_hides_nothing(words: str) -> None:
    """What is encoded several times, in the same way or in several, is read to its end."""
    assert found("a/index.html", f'<a href="https://x.example/{words}/">y</a>')


FILES: dict[str, str | bytes] = {
    "title.svg": "<svg><title>Orla Wren</title></svg>",
    "texts.svg": '<svg><text x="1">Orla</text><text x="9">Wren</text></svg>',
    "letters.svg": f"<svg>{''.join(f'<text>{letter}</text>' for letter in 'OrlaWren')}</svg>",
    "content.css": '.a::after{content:"Orla Wren"}',
    "escape.css": '.a::after{content:"\\4f rla Wren"}',
    "comment.css": "/* Orla Wren */",
    "data.css": f".a{{background:url(data:image/svg+xml;base64,{base64.b64encode(b'<svg><title>Orla Wren</title></svg>').decode()})}}",
    "percent.css": '.a{background:url("data:image/svg+xml,%3Ctitle%3EOrla%20Wren%3C/title%3E")}',
    "words.js": 'const a = "Orla Wren";',
    "name.js": "var orlaWren = 1",
    "escape.js": 'a("\\x4frla Wren")',
    "folded.ics": "SUMMARY:Talk by Or\r\n la Wr\r\n\ten\r\n",
    "cells.csv": 'first,last\r\n"Orla","Wren"\r\n',
    "keys.json": json.dumps({"author": {"family": "Wren", "given": "Orla"}}),
    "escape.json": json.dumps({"a": "𝐎rla\nWren"}),
    "feed.xml": "<feed><content type='html'>&lt;p&gt;Or&amp;shy;la Wren&lt;/p&gt;</content></feed>",
    "llms.txt": "orla\nwren",
    "typed.md": "O*rl*a **Wren**",
    "link.md": "[Orla](https://x.example/a/long/way) Wren",
    "gloss.md": "[[term|Orla]] Wren",
    "cited.md": "Orla [@council-2026] Wren",
    "source.yaml": "author:\n- family: Wren\n  given: Orla\n",
    "content/addresses.lock": "/briefs/orla-wren/ - -\n",
    "text.png": png(b"tEXt", b"Author\0Orla Wren"),
    "zip.png": png(b"zTXt", b"Author\0\0" + zlib.compress(b"Orla Wren")),
    "unicode.png": png(b"iTXt", b"Author\0\1\0\0\0" + zlib.compress("Órla Wrén".encode())),
    "comment.jpg": jpeg(0xFE, b"by Orla Wren"),
    "exif.jpg": jpeg(0xE1, b"Exif\0\0II*\0" + "Orla Wren".encode("utf-16-le")),
    "xmp.jpg": jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0<dc:creator>Orla Wren</dc:creator>"),
    "author.docx": archive("word/document.xml", b'<w:ins w:author="Orla Wren"><w:t>x</w:t></w:ins>'),
    "runs.docx": archive(
        "word/document.xml", b"<w:p><w:r><w:t>Or</w:t></w:r><w:r><w:t>la</w:t><w:t> Wren</w:t></w:r></w:p>"
    ),
    "document.docx": archive("docProps/core.xml", b"<dc:creator>Orla Wren</dc:creator>"),
    "comment.gif": b"GIF89a\1\0\1\0\0\0\0!\xfe\x0cby Orla Wren\0\x3b\xff",
    "author.pdf": b"%PDF-1.4\n\xff\xfe\n1 0 obj<</Author (Orla Wren)>>endobj",
    "exif.webp": b"RIFF\0\0\0\0WEBPVP8 \xff\xfeEXIF\0\0\0\0by Orla Wren, 2026",
}
"""Files of every kind that hold the name."""


@pytest.mark.parametrize("path", FILES)
def test_the_name_is_found_in_files_of_every_kind(path: str) -> None:
    """Data, style sheets, scripts, calendars, and what pictures say about themselves are searched."""
    assert found(path, FILES[path])


OTHERS = {
    "José Núñez": ("Jose\u0301 Nu\u0301n\u0303ez", "Jose Nunez", "jos%C3%A9-n%C3%BA%C3%B1ez", "josé-núñez.example".encode("idna").decode()),
    "Søren Kjær": ("Soren Kjaer", "Soeren Kjaer", "soren kjar", "SØREN KJÆR"),
    "Jürgen Müller": ("Juergen Mueller", "Jurgen Muller", "Jürgen Mueller"),
    "Uwe Groß": ("Uwe Gross", "UWE GROSS", "uwe groß"),
    "Ludwig van Beethoven": ("Ludwig Beethoven", "L. van Beethoven", "van Beethoven, Ludwig", "LudwigVanBeethoven"),
    "Mary-Jane Smith": ("Mary Jane Smith", "MaryJane Smith", "Mary Smith", "M.-J. Smith"),
    "Orla Wren-Finch": ("Orla Wren", "Orla Finch", "Orla WrenFinch", "orla wrenfinch"),
    "Orla O'Brien": ("Orla O’Brien", "Orla OBrien", "Orla O Brien", "Orla O‘Brien", "orla o`brien", "Orla O’Brien’s"),
    "Ian Lall": ("lan Lall", "Ian LaII", "1an Lall"),
    "William Burn": ("WiIIiam Burn", "W1ll1am Burn", "William Bum"),
    "محمد علي": ("محمّد علي", "محمد أحمد علي", "محـمـد علي"),
    "Анна Петрова": ("АННА ПЕТРОВА", "анна петрова", "Анна Ивановна Петрова", "А. Петрова", "A\u043dна П\u0435трова"),
    "Γιώργος Παπάς": ("ΓΙΩΡΓΟΣ ΠΑΠΑΣ", "Γιωργος Παπας"),
    "משה כהן": ("מֹשֶׁה כֹּהֵן",),
    "Nguyễn Văn An": ("Nguyen Van An", "Nguyen An"),
    "Ümit Özdağ": ("Umit Ozdag", "ÜMİT ÖZDAĞ"),
    "Wren": ("WREN", "Wren’s", "Wrens"),
    "J Example": ("J. Example",),
}  # fmt: skip
"""Names of other shapes and scripts, and ways to write them."""


@pytest.mark.parametrize("name", OTHERS)
def test_names_of_all_shapes_are_found(name: str) -> None:
    """Double names, particles, apostrophes, umlauts and other scripts are read as people read them."""
    blocked = listed(add(QUICK, name))
    written = (name, *OTHERS[name])
    assert [] == [words for words in written if not found("a/index.html", f"<p>We met {words} there.</p>", blocked)]


@pytest.mark.parametrize(
    "words",
    ["Orla</p><p>Wren stayed", "Orla went. Wren stayed.", "Orlando Wrenfield came.", "Orla’s friend Wren",
     "<li>Orla</li><li>Wren</li>", "Orla was seen near the old Wren", "a wren", "o wren sings", "Orla", "Oral Wrench",
     "Carla Wren", "wren orlando", "Orla W.", "OW", "Orla Finch; Bram Wren", "Orla Finch met Bram. Wren"],
)  # fmt: skip
def test_what_is_not_the_name_is_not_found(words: str) -> None:
    """Words apart, longer words, and two initials raise no alarm."""
    assert not found("a/index.html", f"<p>At nine, says {words} of the library.</p>")


def test_words_that_link_are_no_names_in_small_letters() -> None:
    """A name whose part is a word such as “in” is found with capitals, and not in every sentence."""
    blocked = listed(add(QUICK, "In Wren"))
    assert found("a/index.html", "<p>We met In Wren there.</p>", blocked)
    assert not found("a/index.html", "<p>They live in wren houses.</p>", blocked)


WORDS = st.text(st.characters(categories=("L", "M", "Nd", "P", "Zs"), exclude_characters="Oo0Wwv"), max_size=9)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_texts_without_the_name_raise_no_alarm(text: str) -> None:
    """In texts that lack the first letters of both words, however they are written, no name is found."""
    plain = latin(fold(text)).casefold()
    if not {"o", "w"} & set(plain):
        assert not found("a/index.html", f"<p>{text}</p>")
        assert not found("a.txt", text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever is in a file, it is read to its end, and folding it twice changes nothing more."""
    for path in ("a.html", "a.css", "a.ics", "a.md"):
        found(path, text.encode("utf-8", "replace"))
    folded = latin(fold(text.replace("\u202e", "")))
    assert folded == latin(fold(folded))


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    """Pictures that are cut off or damaged are searched as far as they go."""
    for start in (
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8",
        b"PK\x03\x04",
        archive("a", b"x")[:60],
        chunk(b"zTXt", b"\x78\x9c"),
    ):
        found("a.png", start + data)


# The whole build

PLACES = {
    "text": ("at nine", "at nine, says {}"),
    "link": ("at nine", "at [nine](https://news.example/{}-speaks)"),
    "heading": ("The library", "## {}\n\nThe library"),
    "picture": ("The library", "![{}](map.svg)\n\nThe library"),
    "table": ("The library", "| First | Last |\n|---|---|\n| {} | x |\n\nThe library"),
    "list": ("The library", "- {}\n- x\n\nThe library"),
    "quotation": ("The library", "> {}\n\nThe library"),
    "note": ("The library", "A note[^1].\n\n[^1]: {}\n\nThe library"),
    "attribute": ("nine.", 'nine.\n{{: title="{}" }}'),
    "title": ("title: Opening hours", "title: What {} said"),
    "summary": ("summary: ", "summary: By {}. "),
    "change": ("as_of:", 'changes: [{{date: 2026-01-10, kind: minor, text: "Thanks to {}."}}]\nas_of:'),
}
"""Places of a brief that is rendered, as what is replaced and by what."""
PLAIN = [words for words in WRITTEN if not {*words} & set("@#%:_\t\n\u2028") and not refuse_hidden(words)[1]]
"""Ways to write the name that every place takes; characters that nobody sees are refused anyway."""
DIVIDED = {"Or-la Wren", "Orla Wr- en"}
"""Words that a hyphen divides. In an address a hyphen is between words, so these are other words there."""
MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'


@pytest.mark.parametrize("place", PLACES)
def test_each_form_is_found_in_each_place(site: MakeSite, place: str) -> None:
    """One brief for each way to write the name: each is reported, and no problem holds the name."""
    one = site()
    one.write("assets/map.svg", MAP)
    old, new = PLACES[place]
    written = [words for words in PLAIN if place != "link" or words not in DIVIDED]
    for number, words in enumerate(written):
        assert 1 == brief().count(old)
        typed = re.sub(r"\s", lambda space: quote(space[0]), words) if place == "link" else words
        one.write(f"content/briefs/b{number}.md", brief().replace(old, new.format(typed)))
    one.write(LIST, add(QUICK, NAME))
    problems = one.check()
    reported = {problem.path for problem in problems if problem.code == "guarded-name"}
    assert [] == [words for number, words in enumerate(written) if f"content/briefs/b{number}.md" not in reported]
    assert not names_in(f"{problems}")


def names_in(shown: str) -> bool:
    """Whether what is shown holds a word of the name."""
    return any(word in shown.casefold() for word in ("orla", "wren"))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/briefs/orla-wren.md", brief()),
        ("content/briefs/more.md", brief(redirect_from="[/orla-wren/]")),
        ("content/briefs/more.md", brief(aka='["Orla Wren"]')),
        ("content/briefs/more.md", brief(body="A part.\n{: #orla-wren }\n")),
        ("content/briefs/more.md", brief(body="A part.\n{: .orla-wren }\n")),
        ("content/briefs/more.md", brief(body="A part[^orla-wren].\n\n[^orla-wren]: A note.\n")),
        ("content/briefs/more.md", brief(body="Write to <orla.wren@library.example>.\n")),
        ("content/briefs/more.md", brief(body="[Ring](tel:orla-wren).\n")),
        ("content/glossary.yaml", "- {id: orla-wren, term: Term, meaning: A word.}\n"),
        ("content/glossary.yaml", "- {id: term, term: Term, meaning: What Orla Wren said.}\n"),
        ("content/numbers.yaml", "- {id: n, value: '3', label: Orla Wren, definition: d, as_of: 2026, source: s}\n"),
        ("content/sources.yaml", "- {id: s, type: report, title: A report, publisher: Orla Wren, issued: 2026-01-05, "
         "tier: primary, URL: 'https://council.example/'}\n"),
        ("assets/orla-wren.svg", MAP),
        ("assets/drawing.svg", MAP.replace("/>", "><title>Orla Wren</title></svg>")),
        ("assets/photo.jpg", jpeg(0xFE, b"by Orla Wren")),
        ("content/addresses.lock", "/ - -\n/briefs/orla-wren/ - -\n"),
        ("templates/volume.html", "<!DOCTYPE html><html lang='en'><head><title>x</title></head><body>Orla Wren</body></html>"),
    ],
)  # fmt: skip
def test_the_name_is_found_wherever_it_is_published(site: MakeSite, path: str, text: str | bytes) -> None:
    """Addresses, ids, classes, lists of records, assets, the lock and the single-file page: the build fails."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.write(path, text)
    one.write(LIST, add(QUICK, NAME))
    problems = one.check()
    assert "guarded-name" in codes(problems)
    assert not names_in(f"{problems}")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/people.yaml", "- {id: a, name: Orla Wren, summary: Who.}\n"),
        ("content/glossary.yaml", "- {id: term, term: Term, meaning: What Orla Wren said.}\n"),
        ("content/events.yaml", "- {id: e, date: 2026-01, title: Orla Wren spoke., text: So., sources: []}\n"),
        ("content/recommendations.yaml", "- {id: r, number: 1, title: T, asks: A., done: [{date: 2025, to: not-assessed, "
         "text: Orla Wren said so.}], said: [], judged: []}\n"),
        ("content/briefs/more.md", brief(body="What Orla Wren said.")),
        ("content/briefs/more.md", brief("What Orla Wren said")),
    ],
)  # fmt: skip
def test_the_file_that_holds_a_name_is_named_once(site: MakeSite, path: str, text: str) -> None:
    """And not all the pages that show it, nor the files of these pages."""
    home = "---\ntitle: Home\nsummary: What is here.\n---\nAll that we have.\n"
    one = site(f"-- content/briefs/hours.md --\n{brief()}-- content/pages/index.md --\n{home}")
    one.write(path, text)
    one.write(LIST, add(QUICK, NAME))
    problems = [problem for problem in one.errors() if problem.code == "guarded-name"]
    assert [True] == [problem.path.endswith(path) for problem in problems]
    assert not names_in(f"{problems}")


def test_a_name_stops_the_build_and_leaves_the_output(site: MakeSite) -> None:
    """Nothing is written, the place is reported by its file, and the common words before the name help to find it."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.write(LIST, add(QUICK, NAME))
    one.good()
    before = one.output()
    one.edit("content/briefs/hours.md", "at nine", "at nine, says Orla Wren")
    problem = next(problem for problem in one.build().problems if problem.path == "content/briefs/hours.md")
    assert ("guarded-name", 0) == (problem.code, problem.line)
    assert "after the words “opens at nine says”" in problem.message
    one.edit("content/briefs/hours.md", "The library opens at nine, says ", "")
    assert "at the start of a line" in one.errors()[0].message
    assert before == one.output()


def test_a_file_called_after_somebody_is_named_by_its_folder(site: MakeSite) -> None:
    """The path of a file that holds the name is not shown."""
    one = site(f"-- content/briefs/orla-wren.md --\n{brief()}")
    one.write(LIST, add(QUICK, NAME))
    assert ("guarded-name", "content/briefs/") in {(problem.code, problem.path) for problem in one.check()}


# What is shown of other problems

MISTAKES = (
    "In 2024 Orla Wren came. [[Orla Wren]]",
    "In 2024 Orla Wren came.",
    "[Orla](https://news.example/a) Wren came in 2024. [[nobody]]",
    "Orla Wren [@nobody]. See [[orla-wren]].",
    "[x](#orla-wren)",
    "![Orla Wren](nowhere.svg)",
    "See [x](/people/orla-wren/).",
    "Orla\nWren has [[=no-number]] books.",
)  # fmt: skip


@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_nothing_that_is_printed_repeats_the_name(site: MakeSite, format_: str) -> None:
    """Neither frames, messages, hints nor paths of other problems show the name, in any command and format."""
    one = site()
    for number, words in enumerate(MISTAKES):
        one.write(f"content/briefs/b{number}.md", brief(body=words))
    one.write("content/briefs/orla-wren.md", brief(body="In 2024 we came. [[nobody]]"))
    one.write("content/briefs/Orla Wren.txt", "not a text")
    one.write(LIST, add(QUICK, NAME))
    commands = [
        ("check",),
        ("build", "--explain", "--timings"),
        ("build", "--strict"),
        ("todo",),
        ("build", "--verify"),
    ]
    for command in commands:
        done = one.run(*command, "--format", format_)
        assert "Traceback" not in done.stderr
        assert not names_in(done.stdout + done.stderr)


def test_a_name_beside_a_warning_is_not_shown(site: MakeSite) -> None:
    """Where nothing stops the pages, warnings of the file are shown without words, and those of others with them."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body='In 2024 Orla Wren came.')}")
    one.write("content/briefs/more.md", brief(body="In 2024 somebody came."))
    one.write("content/sources.yaml", "- {id: a, type: book, title: T, issued: 2025, tier: news, publisher: P}\n")
    one.write(LIST, add(QUICK, NAME))
    done = one.run("check", "--format", "text")
    assert 1 == done.returncode
    assert not names_in(done.stdout + done.stderr)
    assert "In 2024 somebody came." in done.stderr
    explained = one.run("build", "--explain")
    assert not names_in(explained.stdout + explained.stderr)


def test_the_preview_does_not_show_the_name(site: MakeSite) -> None:
    """What the preview sends to the browser after a save that adds the name contains neither the name nor its line."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    one.write(LIST, add(QUICK, NAME))
    session = Session(one.project(), Memo())
    session.save()
    session.prepare()
    hours = one.root / "content/briefs/hours.md"
    one.edit("content/briefs/hours.md", "at nine", "at nine, says Orla Wren. [[Orla Wren]]")
    states = [session.quick_update(frozenset([hours])), session.save(frozenset([hours]))]
    for state in states:
        assert state is None or not names_in(status_json(session, state, "code", "briefs/hours/index.html"))
    assert "guarded-name" in codes(session.state.problems)


def test_a_list_that_cannot_be_read_hides_everything(site: MakeSite) -> None:
    """A name typed into the list itself is not shown, nor are the words of any file while the names are unknown."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body='In 2024 Orla Wren came. [[nobody]]')}")
    one.write(LIST, add(QUICK, "Bram Finch") + "  - Orla Wren\n")
    done = one.run("check", "--format", "text")
    assert 1 == done.returncode
    assert f"{LIST}: error" in done.stderr
    assert not names_in(done.stdout + done.stderr)


def problem_at(path: str, message: str = "x", hint: str = "", line: int = 3) -> Problem:
    """Make a problem at a place."""
    return Finding("unknown-field", message, hint).at(path, Span(line, 1))


TEXTS = {
    "content/a.yaml": Hashed.of(b"- {id: a, name: Orla Wren}\n"),
    "content/b.yaml": Hashed.of(b"- {id: b, name: Bram Finch}\n"),
}


def hidden(*problems: Problem, blocked: BlockedNames = BLOCKED.value) -> list[Problem]:
    """Redact problems as the pipeline does."""
    return list(redact(problems, TEXTS, blocked, lambda inputs: map(find_blocked_names, inputs)))


@given(st.sampled_from(["message", "hint", "path"]), st.sampled_from(WRITTEN))
def test_a_problem_that_holds_the_name_is_redacted(where: str, words: str) -> None:
    """However the name is written, and wherever in the problem, what is shown holds no word of the file."""
    assume(where != "path" or words not in DIVIDED)
    parts = {"path": "content/b.yaml", "message": "no field", "hint": "take it out"}
    parts[where] = f"content/{words}.yaml" if where == "path" else f"no field “{words}”"
    [shown] = hidden(problem_at(parts["path"], parts["message"], parts["hint"]))
    assert 0 == shown.line
    assert words not in f"{shown}"


def test_only_files_with_a_name_lose_their_places() -> None:
    """A problem of another file keeps its line and words; without a list, all do."""
    other = problem_at("content/b.yaml")
    assert other in hidden(problem_at("content/a.yaml"), other)
    assert [0] == [
        problem.line
        for problem in hidden(problem_at("content/a.yaml"), other)
        if problem.path == "content/a.yaml" and problem.code == "unknown-field"
    ]
    assert [problem_at("content/a.yaml")] == hidden(problem_at("content/a.yaml"), blocked=NO_NAMES)


def test_the_command_reads_a_name_and_keeps_it_to_itself(site: MakeSite) -> None:
    """A name from standard input is added, and neither printed nor written anywhere."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    done = one.run("guard", typed=NAME + "\n")
    assert (0, "") == (done.returncode, done.stdout)
    assert [] == [word for word in normalise(NAME) if word in (done.stderr + one.read(LIST)).casefold()]
    one.edit("content/briefs/hours.md", "at nine", "at nine, says Orla Wren")
    assert 1 == one.run("check").returncode


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cost: 2", "cost: 32768"),
        ("cost: 2", "cost: 1"),
        ("cost: 2", "cost: 96"),
        ("cost: 2", "cost: 0"),
        ("cost: 2", "cost: [2]"),
        ("cost: 2\n", ""),
        ("salt: 00", "salt: xy"),
        ("salt: 00", "salt: 0"),
        ("cost: 2", "cost: 2\ninitials: 16384"),
        ("cost: 2", "cost: 2\ninitials: 3"),
    ],
)
def test_a_list_with_which_nothing_can_be_hashed_is_a_problem(site: MakeSite, old: str, new: str) -> None:
    """A cost that would take hours or that no hash has, or a broken salt: an error in the list, and nothing is hashed."""
    one = site(f"-- content/briefs/hours.md --\n{brief(body='See [[nowhere]].')}")
    text = add("salt: 00112233445566778899aabbccddeeff\ncost: 2\n", "Zebedee Quillfeather")
    assert old in text
    one.write(LIST, text.replace(old, new, 1))
    errors = one.errors()
    assert LIST in {problem.path for problem in errors}
    assert not any("nowhere" in problem.message for problem in errors)


@pytest.mark.parametrize(
    "text",
    [
        lambda number: f"{chr(65 + number % 26)}. Bakuro{spelled(number)}",
        lambda number: f"bakuro.{spelled(number)}@host.example",
        lambda number: f"{spelled(number).title()} Bakuro{spelled(number)}",
        lambda number: " ".join(spelled(number).upper()),
    ],
    ids=["initials", "mailboxes", "words with capitals", "letters with spaces"],
)
def test_the_forms_that_are_compared_grow_with_the_text(text: Callable[[int], str]) -> None:
    """Each costs a slow hash, so twice as long a text may need twice as many, and not four times."""

    def compared(count: int) -> int:
        finder = Finder(listed(add(QUICK, "Orla Bakuro")).value)
        page = "".join(f"<p>At nine {text(number)} came.</p>" for number in range(count))
        assert not finder.is_in_file("a/index.html", page.encode())[0]
        return len(finder._known)

    few, many = compared(150), compared(300)
    assert 300 <= many <= 2 * few + 30
    assert many <= 300 * 12


def spelled(number: int) -> str:
    """Return a word that nobody has, another for each number."""
    return "zim" + "".join(chr(97 + int(digit)) for digit in f"{number:04}")
