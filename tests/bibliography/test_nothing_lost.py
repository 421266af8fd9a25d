"""Whatever a program exports goes into a field of a source, or is kept under `imported` and named: nothing is lost.

The types and fields are those of the formats' own documentation: the item types of Zotero with the names that its
translators give them in CSL-JSON, BibLaTeX, BibTeX and RIS, the fields of CSL 1.0.2, BibLaTeX 3.20 and RIS of 2011.
"""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.bibliography.formats import read_export
from briefing.bibliography.nodes import plain
from briefing.parse.schemas import schema
from tests.bibliography.test_import import held, take
from tests.sites import MakeSite

ZOTERO = {
    "artwork": ("graphic", "image", "misc", "ART"), "audioRecording": ("song", "audio", "misc", "SOUND"),
    "bill": ("bill", "legislation", "misc", "BILL"), "blogPost": ("post-weblog", "online", "misc", "BLOG"),
    "book": ("book", "book", "book", "BOOK"), "bookSection": ("chapter", "incollection", "incollection", "CHAP"),
    "case": ("legal_case", "jurisdiction", "misc", "CASE"), "computerProgram": ("software", "software", "misc", "COMP"),
    "conferencePaper": ("paper-conference", "inproceedings", "inproceedings", "CONF"),
    "dataset": ("dataset", "dataset", "misc", "DATA"), "document": ("document", "misc", "misc", "GEN"),
    "dictionaryEntry": ("entry-dictionary", "inreference", "misc", "DICT"),
    "email": ("personal_communication", "letter", "misc", "ICOMM"),
    "encyclopediaArticle": ("entry-encyclopedia", "inreference", "misc", "ENCYC"),
    "film": ("motion_picture", "movie", "misc", "MPCT"), "forumPost": ("post", "online", "misc", "ICOMM"),
    "hearing": ("hearing", "jurisdiction", "misc", "HEAR"),
    "instantMessage": ("personal_communication", "misc", "misc", "ICOMM"),
    "interview": ("interview", "misc", "misc", "PCOMM"),
    "journalArticle": ("article-journal", "article", "article", "JOUR"),
    "letter": ("personal_communication", "letter", "misc", "PCOMM"),
    "magazineArticle": ("article-magazine", "article", "article", "MGZN"),
    "manuscript": ("manuscript", "unpublished", "unpublished", "MANSCPT"), "map": ("map", "misc", "misc", "MAP"),
    "newspaperArticle": ("article-newspaper", "article", "article", "NEWS"),
    "patent": ("patent", "patent", "patent", "PAT"), "podcast": ("song", "audio", "misc", "SOUND"),
    "preprint": ("article", "online", "misc", "JOUR"), "presentation": ("speech", "unpublished", "misc", "SLIDE"),
    "radioBroadcast": ("broadcast", "audio", "misc", "SOUND"), "report": ("report", "report", "techreport", "RPRT"),
    "standard": ("standard", "standard", "misc", "STAND"), "statute": ("legislation", "legislation", "misc", "STAT"),
    "thesis": ("thesis", "thesis", "phdthesis", "THES"), "tvBroadcast": ("broadcast", "video", "misc", "MPCT"),
    "videoRecording": ("motion_picture", "video", "misc", "VIDEO"), "webpage": ("webpage", "online", "misc", "ELEC"),
}  # fmt: skip
"""Zotero's item types, and what its translators and Better BibTeX call each: CSL, BibLaTeX, BibTeX, RIS."""
FORMATS = ("x.json", "x.bib", "x.bib", "x.ris")
_BIBLATEX = """abstract addendum annotation annotator author bookauthor booksubtitle booktitle chapter commentator date
doi edition editor editora eid entrysubtype eprint eprintclass eprinttype eventdate eventtitle foreword holder
howpublished indextitle institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle iswc
journalsubtitle journaltitle keywords label langid language library location mainsubtitle maintitle month nameaddon note
number organization origdate origlanguage origlocation origpublisher origtitle pages pagetotal pagination part publisher
pubstate reprinttitle series shortauthor shortjournal shorttitle subtitle title titleaddon translator type urldate
usera venue version volume volumes year address annote journal school key shelf custom timestamp"""
_RIS = """A1 A2 A3 A4 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DO DP ED EP ET FD H1 ID IS J1 J2 JA JF
JO KW L5 LA LB LK M1 M2 M3 N1 N2 NO NV OL OP PB PP PY RI RN RP RT SE SN SP ST SV T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR
VL VO WP WT Y1 Y2 ZZ"""
_CSL = [*schema("source")["properties"], "custom", "shelf", "scale", "journalAbbreviation", "shortTitle", "event"]
_NOT_CSL = {"id", "tier", "type", "archived", "passages", "further_reading", "link_ok", "link_note", "checked", "extra",
            "imported", "label", "redirect_from", "aka", "draft", "as_of", "check_by", "topics"}  # fmt: skip
FIELDS = {
    "x.json": [one for one in _CSL if one not in _NOT_CSL],
    "x.bib": _BIBLATEX.split(),
    "x.ris": _RIS.split(),
}


def export(name: str, kind: str, given: list[tuple[str, str]]) -> str:
    """Return a file with one work of a type and these fields, as words."""
    if name == "x.json":
        return json.dumps([{"id": "w", "type": kind, **dict(given)}])
    if name == "x.bib":
        return f"@{kind}{{w,\n" + ",\n".join(f"  {field} = {{{words}}}" for field, words in given) + "\n}\n"
    return "\n".join((f"TY  - {kind}", *(f"{field}  - {words}" for field, words in given), "ER  - ", ""))


@pytest.mark.parametrize("name", ["x.json", "x.bib", "x.ris"])
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_value_is_in_the_work(name: str, data: st.DataObject) -> None:
    """In a field of a source or under `imported`, of whatever type the work is, also where a field is there twice."""
    column = {"x.json": 0, "x.bib": data.draw(st.integers(1, 2)), "x.ris": 3}[name]
    kinds = [*(names[column] for names in ZOTERO.values()), "unheardof"]
    chosen = data.draw(st.lists(st.sampled_from(FIELDS[name]), min_size=1, max_size=12, unique=name != "x.ris"))
    given_ = [(field, f"Word{number}q 19{number:02}") for number, field in enumerate(chosen)]
    kind = data.draw(st.sampled_from(kinds))
    [work] = read_export(name, export(name, kind, given_)).works
    kept = json.dumps(plain(work.fields), ensure_ascii=False)
    assert [] == [(field, words) for field, words in given_ if words.split()[0] not in kept]
    assert "unheardof" != kind or kind in kept


@pytest.mark.parametrize("column", range(4))
def test_every_type_of_zotero_goes_in_with_all_that_it_has(site: MakeSite, column: int) -> None:
    """As CSL-JSON, Better BibLaTeX, BibTeX and RIS; the site has no error, and what no field holds is named."""
    one, name = site(), FORMATS[column]
    fields = {
        "x.json": [("title", "T {}"), ("publisher", "P"), ("custom", "Q"), ("medium", "M")],
        "x.bib": [("title", "T {}"), ("publisher", "P"), ("custom", "Q"), ("year", "1999")],
        "x.ris": [("TI", "T {}"), ("PB", "P"), ("U1", "Q"), ("PY", "1999")],
    }[name]
    texts = [
        export(name, names[column], [(field, words.format(item)) for field, words in fields])
        .replace('"w"', f'"{item}"')
        .replace("{w,", f"{{{item},")
        for item, names in ZOTERO.items()
    ]
    text = json.dumps([json.loads(each)[0] for each in texts]) if name == "x.json" else "\n".join(texts)
    taken = take(one, text, name)
    assert {f"T {item}" for item in ZOTERO} == {fields_.text("title") for fields_ in held(one).values()}
    assert [len(ZOTERO)] == [times for field, times in taken.imported.items() if re.search("custom|U1", field)]
    if name != "x.bib":
        known = {csl: [item for item in ZOTERO if ZOTERO[item][0] == csl] for csl, *_ in ZOTERO.values()}
        types = {fields_.text("title"): fields_.text("type") for fields_ in held(one).values()}
        wrong = {item for csl, items in known.items() for item in items if types[f"T {item}"] != csl}
        assert wrong <= {
            "preprint",
            "forumPost",
            "email",
            "interview",
            "radioBroadcast",
            "tvBroadcast",
            "instantMessage",
        }
    assert () == one.errors(drafts=True)


def test_a_type_that_is_not_known_is_named(site: MakeSite) -> None:
    """The source is a document, and the summary of the command says what the file called it."""
    one = site()
    one.write("x.json", '[{"id": "a", "type": "hologram", "title": "T", "publisher": "P", "shelf": "B"}]')
    said = one.run("import", str(one.root / "x.json")).stdout
    assert "imported   type “hologram”: kept under imported in 1 source, never published" in said
    assert "imported   shelf: kept under imported in 1 source" in said
    assert "imported" not in one.run("import", str(one.root / "x.json")).stdout
