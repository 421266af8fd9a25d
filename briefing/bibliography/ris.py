"""RIS, as Zotero and others write it: a line for each field, `TY  - JOUR` first and `ER  - ` last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.bibliography.nodes import pairs, scalar
from briefing.bibliography.works import (
    BrokenExport,
    Work,
    date_node,
    is_csl,
    is_same,
    names,
    note_lines,
    people,
    settle,
)
from briefing.parse.csl import Date, Name, date_from_edtf, date_of, names_of
from briefing.parse.yaml_tree import Fields, Node, Scalar

_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?")
_TYPES = {
    "JOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "BOOK": "book",
    "CHAP": "chapter", "RPRT": "report", "THES": "thesis", "ELEC": "webpage", "BLOG": "post-weblog", "BILL": "bill",
    "CASE": "legal_case", "STAT": "legislation", "HEAR": "hearing", "CONF": "paper-conference", "PAT": "patent",
    "MAP": "map", "ART": "graphic", "SOUND": "song", "MPCT": "motion_picture", "COMP": "software",
    "DATA": "dataset", "DICT": "entry-dictionary", "ENCYC": "entry-encyclopedia", "MANSCPT": "manuscript",
    "PCOMM": "personal_communication", "SLIDE": "speech", "STAND": "standard", "PAMP": "pamphlet",
    "LEGAL": "regulation", "MUSIC": "musical_score", "CLSWK": "classic", "FIGURE": "figure", "GEN": "document",
    # Further types that are read, but not written.
    "EJOUR": "article-journal", "JFULL": "article-journal", "INPR": "article-journal", "ABST": "article-journal",
    "EBOOK": "book", "EDBOOK": "book", "ECHAP": "chapter", "GOVDOC": "report", "UNPB": "manuscript",
    "UNPD": "manuscript", "CPAPER": "paper-conference", "ICOMM": "personal_communication", "VIDEO": "motion_picture",
    "MULTI": "motion_picture", "CTLG": "article-magazine", "NEWSPAPER": "article-newspaper", "WEB": "webpage",
    "AGGR": "dataset", "DBASE": "dataset", "ADVS": "motion_picture", "SER": "book", "CHART": "figure",
    "ANCIENT": "classic", "GRNT": "document", "EQUA": "figure", "GENE": "document", "PREPRINT": "article",
}  # fmt: skip
"""Types of RIS, and CSL's names of them. Of several for one of CSL's, the first is written."""
_WORDS = {
    "TI": "title", "T2": "container-title", "T3": "collection-title", "J2": "container-title-short", "VL": "volume",
    "IS": "issue", "PB": "publisher", "CY": "publisher-place", "UR": "URL", "DO": "DOI", "AB": "abstract",
    "ET": "edition", "LA": "language", "CN": "call-number", "DB": "archive", "AV": "archive_location", "DP": "source",
    "ST": "title-short", "SE": "section", "NV": "number-of-volumes", "M1": "number", "M3": "genre",
    "RI": "reviewed-title",
    # Further tags that are read, but not written.
    "T1": "title", "JO": "container-title", "JF": "container-title", "BT": "container-title",
    "JA": "container-title-short",
    "PP": "publisher-place", "N2": "abstract", "LK": "URL", "TT": "original-title", "SV": "collection-number",
}  # fmt: skip
_PEOPLE = {
    "AU": "author", "ED": "editor", "A3": "collection-editor", "A4": "translator",
    "A1": "author", "A2": "editor", "TA": "translator",
}  # fmt: skip
_DATES = {"DA": "issued", "Y2": "accessed", "PY": "issued", "Y1": "issued"}
_NOTES = ("N1", "RN", "NO")
_COPIES = re.compile(r"L[1-4]")
"""Tags of copies, which are often on the disk of the person who exported: such paths are nobody else's business."""
_DISK = r"(?:file|internal-pdf):|[\s;](?:[a-z]:)?[\\/~]"
_ON_THE_WEB = re.compile(rf"(?:https?|ftp)://(?:(?!{_DISK}).)*", re.IGNORECASE | re.DOTALL)
_SERIALS = ("article-journal", "article-magazine", "article-newspaper", "periodical")


def read(text: str) -> tuple[list[Work], int]:
    """Return the works of a text in RIS, and how many addresses of files on a disk were left out."""
    works: list[Work] = []
    tags: list[tuple[str, list[str]]] = []
    start = left_out = 0
    for number, line in enumerate(text.split("\n"), 1):
        found = _LINE.fullmatch(line.strip("\ufeff").rstrip())
        if not found:
            if line.strip() and tags:
                tags[-1][1].append(line.strip())
            elif line.strip():
                message = f"“{line.strip()[:60]}” is not a valid line of RIS"
                raise BrokenExport(message, "a work starts with a line such as TY  - JOUR", number)
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            if start:
                raise BrokenExport(f"the work of line {start} has no end", "add a line ER  - before this one", number)
            start, tags = number, [(tag, [value])]
        elif not start and tag != "ER":
            message = f"the line “{line.strip()[:60]}” belongs to no work"
            raise BrokenExport(message, "a work starts with a line such as TY  - JOUR", number)
        elif tag == "ER" and start:
            given = [(one, "\n".join(lines)) for one, lines in tags]
            kept = [one for one in given if not _COPIES.fullmatch(one[0]) or _ON_THE_WEB.fullmatch(one[1])]
            works.append(Work(settle(_fields(kept)), start))
            left_out += len(given) - len(kept)
            start, tags = 0, []
        elif value:
            tags.append((tag, [value]))
    if start:
        raise BrokenExport("this work has no end", "add a line ER  - after its last line", start)
    return works, left_out


def _fields(tags: list[tuple[str, str]]) -> Iterator[tuple[str, Node]]:
    """Yield the fields of a work from its tags."""
    known = dict(reversed(tags))
    csl = _TYPES.get(known["TY"], "document")
    notes = [value for tag, value in tags if tag in _NOTES]
    yield "note", scalar("\n".join(notes))
    yield "type", scalar(csl)
    if known["TY"] not in _TYPES:
        yield "RIS type", scalar(known["TY"])
    makers: dict[str, list[Name]] = {}
    for tag, value in tags:
        if tag in _PEOPLE:
            makers.setdefault(_PEOPLE[tag], []).append(_read_name(value))
    yield from ((name, people(found)) for name, found in makers.items())
    for tag in _DATES:
        if tag in known and not (tag in ("PY", "Y1") and known.get("DA", "").startswith(known[tag].strip("/"))):
            yield _DATES[tag], date_node(_read_date(known[tag]))
    if "SP" in known:
        end = known.get("EP", "")
        yield "page", scalar(known["SP"] + (f"-{end}" if end and end != known["SP"] else ""))
    elif "EP" in known:
        yield "page", scalar(known["EP"])
    if "SN" in known:
        yield "ISSN" if csl in _SERIALS else "ISBN", scalar(known["SN"])
    if words := "; ".join(value for tag, value in tags if tag == "KW"):
        yield "keyword", scalar(words)
    if "ID" in known:
        yield "citation-key", scalar(known["ID"])
    for tag, value in tags:
        if (tag in ("SP", "EP", "SN", "ID") or tag in _DATES) and value != known[tag]:
            yield f"RIS {tag}", scalar(value)
    used = {"TY", "SP", "EP", "SN", "KW", "ID", *_NOTES, *_PEOPLE, *_DATES}
    for tag, value in tags:
        if tag not in used:
            yield _WORDS.get(tag, f"RIS {tag}"), scalar(value)


def _read_name(value: str) -> Name:
    """Read a name: family name, given name and suffix with commas between them, or a body."""
    parts = [part.strip() for part in value.split(",")]
    if len(parts) == 1 or len(parts) > 3 or not all(parts[:2]):
        return Name(literal=value.strip().strip(","))
    return Name(family=parts[0], given=parts[1], suffix="".join(parts[2:]))


def _read_date(value: str) -> Date:
    """Read year, month, day and other words with slashes between them; a program may also write a usual date."""
    found = re.fullmatch(r"(\d{4})(?:/(\d{1,2})?)?(?:/(\d{1,2})?)?(?:/(.*))?", value.strip())
    if not found:
        return date_from_edtf(value)
    date = date_from_edtf("-".join(part.zfill(2) for part in found.group(1, 2, 3) if part))
    other = re.sub(r"\d{1,2}:\d\d(:\d\d)?Z?", "", found[4] or "").strip("/ ")
    return Date(date.parts, date.season, date.circa, other or date.literal)


def write(works: Iterable[Fields]) -> str:
    """Return works as RIS. What it has no tag for is written in a note, a line for each field, as Zotero does."""
    return "\n".join("\n".join(f"{tag}  - {value}" for tag, value in _tags(work)) + "\n" for work in works)


def _tags(work: Fields) -> Iterator[tuple[str, str]]:
    kinds = {csl: tag for tag, csl in reversed(_TYPES.items())}
    yield "TY", kinds.get(work.text("type"), "GEN")
    notes = [] if work.text("type") in kinds else [("type", work.text("type"))]
    tags = {csl: tag for tag, csl in reversed((_WORDS | _PEOPLE | {"DA": "issued", "Y2": "accessed"}).items())}
    for name, value in pairs(work):
        lines = list(_lines(name, value, tags, work.text("type")))
        if lines and is_same(
            name, dict(pairs(settle(_fields([("TY", kinds.get(work.text("type"), "GEN")), *lines])))).get(name), value
        ):
            yield from lines
        elif name not in ("type", "id") and is_csl(name):
            notes += note_lines(name, value)
    yield from (("N1", f"{name}: {words}") for name, words in notes)
    if work.text("id") and not work.text("citation-key"):
        yield "ID", work.text("id")
    yield "ER", ""


def _lines(name: str, value: Node, tags: dict[str, str], kind: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of one field; none if RIS has no tag for it."""
    if name in names("people") and name in tags:
        for one in names_of(value):
            yield tags[name], ", ".join(filter(None, (one.family, one.given, one.suffix))) or one.literal
    elif name in names("date") and name in tags:
        yield tags[name], date_of(value).first.replace("-", "/")
    elif not isinstance(value, Scalar):
        return
    elif name == "page":
        start, _, end = value.text.partition("-")
        yield from [("SP", start), ("EP", end)] if start and end and start != end else [("SP", value.text)]
    elif name == ("ISSN" if kind in _SERIALS else "ISBN"):
        yield "SN", value.text
    elif name == "keyword":
        yield from (("KW", one) for one in re.split(r"; ", value.text))
    elif name == "citation-key":
        yield "ID", value.text
    elif name in tags:
        yield tags[name], " ".join(value.text.split())
