"""BibTeX and BibLaTeX, as Zotero and Better BibTeX write them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from briefing.bibliography.bibtex_mistakes import check_blocks
from briefing.bibliography.bibtex_values import read_values
from briefing.bibliography.nodes import pairs, scalar
from briefing.bibliography.works import (
    BrokenExport,
    Work,
    date_node,
    is_csl,
    is_same,
    is_undated,
    names,
    note_lines,
    people,
    settle,
)
from briefing.parse.csl import Date, Name, date_from_edtf, date_of, edtf_of, names_of
from briefing.parse.yaml_tree import Fields, Node, Scalar
from briefing.text.bibtex import write_entry, write_tex

_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "incollection": "chapter",
    "inproceedings": "paper-conference", "report": "report", "thesis": "thesis", "online": "webpage",
    "dataset": "dataset", "software": "software", "patent": "patent", "misc": "document", "periodical": "periodical",
    "legislation": "legislation", "jurisdiction": "legal_case", "standard": "standard",
    "letter": "personal_communication",
    "movie": "motion_picture", "audio": "song", "image": "graphic", "inreference": "entry-encyclopedia",
    "review": "review", "performance": "performance", "unpublished": "manuscript", "collection": "collection",
    # Further types that are read, but not written.
    "artwork": "graphic", "bookinbook": "chapter", "conference": "paper-conference", "electronic": "webpage",
    "inbook": "chapter", "legal": "legislation", "manual": "report", "mastersthesis": "thesis", "music": "song",
    "mvbook": "book", "mvcollection": "book", "mvproceedings": "book", "mvreference": "book", "phdthesis": "thesis",
    "proceedings": "book", "reference": "book", "suppbook": "chapter", "suppcollection": "chapter",
    "suppperiodical": "article-journal", "techreport": "report", "video": "motion_picture", "www": "webpage",
    "newspaper": "article-newspaper", "archival": "document", "commentary": "book", "bibnote": "document",
}  # fmt: skip
"""Types of BibLaTeX, and CSL's names of them. Of several for one of CSL's, the first is written."""
_SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
_WORDS = {
    "title": "title", "shorttitle": "title-short", "journaltitle": "container-title",
    "shortjournal": "container-title-short", "series": "collection-title", "volume": "volume", "pages": "page",
    "pagetotal": "number-of-pages", "edition": "edition", "version": "version", "publisher": "publisher",
    "location": "publisher-place", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URL", "abstract": "abstract",
    "keywords": "keyword", "langid": "language", "annotation": "annote", "type": "genre", "chapter": "chapter-number",
    "volumes": "number-of-volumes", "part": "part-number", "eventtitle": "event-title", "venue": "event-place",
    "origtitle": "original-title", "origpublisher": "original-publisher", "origlocation": "original-publisher-place",
    "library": "call-number", "eprint": "archive_location", "eprinttype": "archive", "pmid": "PMID", "pmcid": "PMCID",
    "pubstate": "status",
    # Further fields that are read, but not written.
    "journal": "container-title", "booktitle": "container-title", "maintitle": "collection-title",
    "address": "publisher-place",
    "institution": "publisher", "school": "publisher", "organization": "publisher", "language": "language",
    "annote": "annote", "numpages": "number-of-pages", "archiveprefix": "archive", "pubmed": "PMID", "issue": "issue",
}  # fmt: skip
_PEOPLE = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "director": "director", "holder": "author", "introduction": "contributor", "illustrator": "illustrator",
}  # fmt: skip
_DATES = {"date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_VERBATIM = ("doi", "url", "eprint", "isbn", "issn", "urldate", "date", "file")
"""Fields that TeX reads as they are typed."""
_LEAST, _TIMES = 1_000_000, 10
"""Characters that all fields may have, with those that entries take from others, and how many times those of a file."""
_OWN_FILES = ("file", "pdf", "local-url", "localfile")
_NUMBERED = {
    "article-journal": "issue", "article-magazine": "issue", "article-newspaper": "issue", "periodical": "issue",
    "report": "number", "patent": "number", "legislation": "number", "standard": "number", "legal_case": "number",
    "document": "number", "bill": "number", "dataset": "number", "manuscript": "number", "software": "number",
}  # fmt: skip
"""What `number` is in a work of a type; in others, the number in a series."""
_CONTAINED = ("chapter", "paper-conference", "entry-encyclopedia")
"""Types of which `booktitle` is what contains them, and not `journaltitle`."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXTENDED = re.compile(r"\s*(\w+)=(.*)", re.DOTALL)
"""A part of a name in BibLaTeX's long form: family=Beek, given=Jo, prefix=van der."""


@cache
def _decoder() -> Callable[[str], str]:
    context = get_default_latex_context_db()
    verbatim = [MacroTextSpec(name, simplify_repl="%s") for name in ("url", "nolinkurl", "enquote", "path")]
    signs = {"textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}"}
    verbatim += [MacroTextSpec(name, simplify_repl=sign) for name, sign in signs.items()]
    context.add_context_category("ours", prepend=True, macros=verbatim)
    decoder = LatexNodes2Text(latex_context=context, math_mode="verbatim")
    return lambda text: str(decoder.latex_to_text(text))


def _words(tex: str) -> str:
    """Return what TeX prints. A bare `%` starts no comment in BibTeX."""
    try:
        return " ".join(_decoder()(re.sub(r"(?<!\\)%", r"\\%", tex)).replace("\xa0", " ").split())
    except (ValueError, KeyError, IndexError, RecursionError):
        return " ".join(tex.split())


def read(text: str) -> tuple[list[Work], int]:
    """Return the works of a text in BibTeX or BibLaTeX, and how many names of files on a disk were left out."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would say is a problem with a place
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    library = parse_string(text, parse_stack=[])
    most = _LEAST + _TIMES * len(text)
    lines = read_values(library.blocks, most)
    check_blocks(library.blocks)
    entries: dict[str, Entry] = {}
    for entry in lines:
        entries.setdefault(entry.key.casefold(), entry)
    if not lines and text.strip():
        raise BrokenExport("there is no entry here", "an entry starts like @article{key,")
    values = [_values(entry, entries) for entry in lines]
    if sum(len(one) for each in values for one in each.values()) > most:
        raise BrokenExport("its entries repeat each other’s fields too often", "export each entry with its own fields")
    left_out = sum(field.key.casefold() in _OWN_FILES for entry in lines for field in entry.fields)
    return [
        Work(
            settle(_fields(entry.entry_type.casefold(), entry.key, given)),
            (entry.start_line or 0) + 1,
        )
        for entry, given in zip(lines, values, strict=True)
        if entry.entry_type.casefold() not in ("xdata", "set")
    ], left_out


def _values(entry: Entry, entries: dict[str, Entry]) -> dict[str, str]:
    """Return the fields of an entry, with those that it takes from other entries."""
    found = {field.key.casefold(): str(field.value) for field in entry.fields}
    for name in ("xdata", "crossref"):
        for key in filter(None, found.get(name, "").split(",")):
            other = entries.get(key.strip().casefold())
            for field in other.fields if other and other is not entry else ():
                inherited = field.key.casefold()
                if name == "crossref":
                    inherited = {"title": "booktitle", "author": "bookauthor"}.get(inherited, inherited)
                found.setdefault(inherited, str(field.value))
    return {name: value for name, value in found.items() if name not in ("xdata", "crossref", *_OWN_FILES)}


def _fields(kind: str, key: str, values: dict[str, str]) -> Iterator[tuple[str, Node]]:
    """Yield the fields of a work from those of an entry."""
    subtype = values.pop("entrysubtype", "")
    csl = _SUBTYPES.get(subtype, "") or _TYPES.get(kind, "document")
    if subtype not in _SUBTYPES:
        yield "BibTeX entrysubtype", scalar(_words(subtype))
    yield "note", scalar("\n".join(_note(values.pop("note", "")) + _note(values.pop("addendum", ""))))
    yield "type", scalar(csl)
    yield "citation-key", scalar(key)
    if kind not in _TYPES:
        yield "BibTeX type", scalar(kind)
    if kind in ("phdthesis", "mastersthesis") and "type" not in values:
        yield "genre", scalar("PhD thesis" if kind == "phdthesis" else "Master’s thesis")
    title, subtitle = _words(values.pop("title", "")), _words(values.pop("subtitle", ""))
    if title or subtitle:
        yield "title", scalar(": ".join(filter(None, (title, subtitle))))
    if "number" in values:
        yield _NUMBERED.get(csl, "collection-number"), scalar(_words(values.pop("number")))
    how = values.pop("howpublished", "")
    if "://" in how and "url" not in values:
        values["url"] = re.sub(r"\\url\{(.*)\}", r"\1", how)
    elif how:
        yield ("medium" if "publisher" in values else "publisher"), scalar(_words(how))
    for name in ("date", "year"):
        typed = _words(values.get(name, ""))
        if typed and not any(one.isdigit() for one in typed) and not is_undated(typed):  # such as “in press”
            values["pubstate"] = "; ".join(filter(None, (values.get("pubstate", ""), values.pop(name))))
    if "year" in values and "date" not in values:
        issued = _year(values.pop("year"), values.get("month", ""))
        yield "issued", date_node(issued)
        if len(issued.parts[0] if issued.parts else ()) > 1:
            del values["month"]
    for name, value in values.items():
        if name in _PEOPLE:
            yield _PEOPLE[name], people(_read_names(value))
        elif name in _DATES:
            yield _DATES[name], date_node(date_from_edtf(value))
        elif name == "pages":
            yield "page", scalar(re.sub(r"\s*(?:-{1,3}|–|\\textendash(?:\{\})?)\s*", "-", _words(value)))
        else:
            words = re.sub(r"\\([%#&_{}~])", r"\1", value) if name in _VERBATIM else _words(value)
            yield _WORDS.get(name, f"BibTeX {name}"), scalar(words)


def _note(value: str) -> list[str]:
    """Return the lines of a note; a command, or an empty line of TeX, parts them."""
    return [_words(line) for line in re.split(r"\\\\|\n\s*\n|\\par\b", value) if line.strip()]


def _year(year: str, month: str) -> Date:
    """Return the date of BibTeX's fields year and month; a month may be 8, aug, or hold the day too."""
    words = _words(month).casefold()
    number = next((place for place, one in enumerate(_MONTHS, 1) if one in words), 0)
    days = [int(one) for one in re.findall(r"\d{1,2}", words)]
    if not number and days:
        number, *days = days
    typed = _words(year)
    if not number or not re.fullmatch(r"\d{4}", typed):
        return date_from_edtf(typed)
    return date_from_edtf(f"{typed}-{number:02}" + (f"-{days[0]:02}" if days else ""))


def _read_names(value: str) -> Iterator[Name]:
    """Yield the names of a list: in BibTeX's forms, or in BibLaTeX's long form; words in braces are a body."""
    for typed in split_multiple_persons_names(value):
        if typed == "others":
            yield Name(literal="et al.")
        elif re.fullmatch(r"\{.*\}", typed, re.DOTALL) and "}" not in typed[1:-1].replace("\\}", ""):
            yield Name(literal=_words(typed))
        elif "=" in typed and all(map(_EXTENDED.match, typed.split(","))):
            given = {found[1]: _words(found[2]) for found in map(_EXTENDED.match, typed.split(",")) if found}
            particle = "non_dropping" if given.get("useprefix") == "true" else "dropping"
            parts = {
                "family": given.get("family", ""),
                "given": given.get("given", ""),
                "suffix": given.get("suffix", ""),
            }
            yield Name(**parts, **{particle: given.get("prefix", "")})
        else:
            parts_ = parse_single_name_into_parts(typed, strict=False)
            first, von, last, jr = (
                _words(" ".join(map(str, one))) for one in (parts_.first, parts_.von, parts_.last, parts_.jr)
            )
            if first or von or jr:
                yield Name(family=last, given=first, non_dropping=von, suffix=jr)
            else:
                yield Name(literal=last)


def _tex(words: str) -> str:
    """Return words as TeX, so that no two characters become one: TeX makes a dash of two hyphens."""
    return re.sub(r"(?<=([-'`,<>]))(?=\1)|(?<=[?!])(?=`)", "{}", write_tex(words))


def write(works: Iterable[Fields]) -> str:
    """Return works as BibLaTeX. What it has no field for is written in the note, a line for each, as Zotero does."""
    return "\n\n".join(map(_entry, works)) + "\n"


def _entry(work: Fields) -> str:
    kinds = {csl: kind for kind, csl in reversed(_TYPES.items())} | dict.fromkeys(_SUBTYPES.values(), "article")
    kind = kinds.get(work.text("type"), "misc")
    subtype = next((name for name, csl in _SUBTYPES.items() if csl == work.text("type")), "")
    notes = [] if work.text("type") in kinds else [("type", work.text("type"))]
    found = [("entrysubtype", subtype)] if subtype else []
    for name, value in pairs(work):
        written = list(_written(name, value, work.text("type")))
        if name in ("id", "type", "citation-key") or not is_csl(name):
            continue
        read_back = settle(_fields(kind, "key", dict([*found[:1], *written]))) if written else None
        if read_back is not None and is_same(name, read_back.get(name), value):
            found += written
        else:
            notes += note_lines(name, value)
    note = "\\\\ ".join(_tex(f"{name}: {words}") for name, words in notes)
    return write_entry(kind, work.text("citation-key") or work.text("id"), [*found, ("note", note)])


def _written(name: str, value: Node, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of an entry that say a field of CSL; none if BibLaTeX has none."""
    fields = {csl: field for field, csl in reversed((_WORDS | _PEOPLE | _DATES).items())}
    if name in names("people") and name in fields:
        yield fields[name], " and ".join(map(_write_name, names_of(value)))
    elif name in names("date") and name in fields:
        yield fields[name], edtf_of(date_of(value))
    elif not isinstance(value, Scalar):
        return
    elif name == _NUMBERED.get(kind, "collection-number"):
        yield "number", _tex(value.text)
    elif name == "container-title" and kind in _CONTAINED:
        yield "booktitle", _tex(value.text)
    elif name in ("title", "container-title"):
        yield fields[name], f"{{{_tex(value.text)}}}"
    elif name == "page":
        yield "pages", _tex(value.text).replace("-", "--")
    elif name in fields:
        field = fields[name]
        if field in _VERBATIM and re.search(r"[{}\\]", value.text):
            return
        yield field, value.text.replace("%", "\\%") if field in _VERBATIM else _tex(value.text)


def _write_name(name: Name) -> str:
    if name == Name(literal=name.literal):
        return "others" if name.literal == "et al." else f"{{{_tex(name.literal)}}}"
    family = " ".join(filter(None, (_tex(name.non_dropping), f"{{{_tex(name.family)}}}")))
    return ", ".join(filter(None, (family, _tex(name.suffix), _tex(name.given))))
