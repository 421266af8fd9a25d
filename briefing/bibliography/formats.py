"""The formats by which works come in and go out, and how each is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Literal

from briefing.bibliography.nodes import DECODER, node_of, pairs, plain, read_json
from briefing.bibliography.works import BrokenExport, Work, date_parts, is_csl, names, people, settle
from briefing.parse.csl import date_of, names_of
from briefing.parse.yaml_tree import Fields, Listing, Node, load
from briefing.problems import Problem
from briefing.text.source_text import Lines, ReadError
from briefing.values import dataclass

Format = Literal["csl-json", "csl-yaml", "bibtex", "ris"]
ENDINGS: dict[str, Format] = {
    ".json": "csl-json", ".csljson": "csl-json", ".yaml": "csl-yaml", ".yml": "csl-yaml", ".bib": "bibtex",
    ".bibtex": "bibtex", ".biblatex": "bibtex", ".ris": "ris", ".enw": "ris",
}  # fmt: skip
"""The format of a file, by its ending."""
_LONGEST = 20_000_000
"""Characters of an export at most."""


@dataclass(frozen=True, slots=True)
class Export:
    """What a file holds: its works, and how many paths of files on a disk were left out."""

    works: tuple[Work, ...]
    left_out: int = 0


def read_export(path: str, text: str) -> Export:
    """Return the works of a file. Raises ReadError, with line and remedy, for a file that is not in its format."""
    try:
        if len(text) > _LONGEST:
            raise BrokenExport(f"the file has more than {_LONGEST:,} characters", "export fewer works at a time")
        if not text.strip():
            raise BrokenExport("the file is empty", "export it again")
        match _format(path, text):
            case "csl-json":
                return Export(tuple(_read_json(text)))
            case "csl-yaml":
                return Export(tuple(_read_yaml(path, text)))
            case "ris":
                from briefing.bibliography import ris

                works, left_out = ris.read(text)
            case "bibtex":
                from briefing.bibliography import bibtex

                works, left_out = bibtex.read(text)
        return Export(tuple(works), left_out)
    except BrokenExport as error:
        raise ReadError(error.at(path)) from None


def write_export(works: Iterable[Fields], form: Format) -> str:
    """Return works as a text in a format."""
    if form == "ris":
        from briefing.bibliography import ris

        return ris.write(works)
    if form == "bibtex":
        from briefing.bibliography import bibtex

        return bibtex.write(works)
    return json.dumps([_as_json(work) for work in works], ensure_ascii=False, indent=2) + "\n"


def _format(path: str, text: str) -> Format:
    """Return the format of a file by its ending, else by its first characters."""
    ending = "." + path.rpartition("/")[2].rpartition(".")[2].casefold()
    if ending in ENDINGS:
        return ENDINGS[ending]
    first = text.lstrip()
    if first.startswith(("[", "{")):
        return "csl-json"
    if first.startswith(("TY  -", "TY -")):
        return "ris"
    if first.startswith(("@", "%")):
        return "bibtex"
    raise BrokenExport(
        "this is not an export of sources",
        "export CSL-JSON, CSL-YAML, BibTeX or RIS; the file ends in .json, .yaml, .bib or .ris",
    )


def _read_json(text: str) -> Iterator[Work]:
    try:
        whole = read_json(text)
    except json.JSONDecodeError as error:
        hint = "export it again; after a change by hand, look for a comma or a quotation mark there"
        raise BrokenExport(f"this is not valid JSON: {error.msg}", hint, error.lineno, error.colno) from None
    except RecursionError:
        raise BrokenExport("this is nested too deeply", "export it again") from None
    listed = whole.get("items", whole.get("references", [whole])) if isinstance(whole, dict) else whole
    lines = _lines_of(text)
    for item in listed if isinstance(listed, list) else [listed]:
        line = next(lines, 1)
        if not isinstance(item, dict):
            raise BrokenExport("a work is a group of fields in braces", "export it as CSL-JSON", line)
        if "itemType" in item:
            raise BrokenExport(
                "this is Zotero’s own JSON", "choose CSL JSON, or Better CSL JSON, when you export", line
            )
        try:
            yield _work(node_of(item), line)
        except RecursionError:
            raise BrokenExport("this is nested too deeply", "export it again", line) from None


def _lines_of(text: str) -> Iterator[int]:
    """Yield the line at which each item of the first list starts."""
    at, line, counted = text.find("[") + 1, 1, 0
    while 0 < at < len(text):
        while at < len(text) and text[at] in " \t\n\r,":
            at += 1
        try:
            _, end = DECODER.raw_decode(text, at)
        except ValueError:
            return
        line += text.count("\n", counted, at)
        yield line
        counted, at = at, end


def _read_yaml(path: str, text: str) -> Iterator[Work]:
    lines = Lines.of(text)
    tree, problems = load(path, text, lines)
    hard: list[Problem] = [one for one in problems if one.code == "duplicate-key"]
    if hard:
        raise ReadError(hard[0])
    items: Node | None = tree
    if isinstance(tree, Fields):
        items = tree.get("references") or Listing((tree,), 0, 0)
    if not isinstance(items, Listing):
        raise BrokenExport("there is no list of works here", "export it as CSL YAML: a list below references:")
    for item in items.items:
        if not isinstance(item, Fields):
            span = lines.span(item.start, item.end)
            raise BrokenExport(
                "a work is a group of fields", "write - id: … and its fields below", span.line, span.column
            )
        yield _work(item, lines.span(item.start, item.end).line)


def _work(node: Node, line: int) -> Work:
    return Work(settle(pairs(node)) if isinstance(node, Fields) else settle(()), line)


def _as_json(work: Fields) -> dict[str, object]:
    """Return a work as CSL-JSON: names and dates always in parts."""
    found: dict[str, object] = {}
    for name, value in pairs(work):
        if name in names("people"):
            found[name] = plain(people(names_of(value)))
        elif name in names("date"):
            if parts := date_parts(date_of(value)):
                found[name] = parts
        elif is_csl(name):
            found[name] = plain(value)
    return found
