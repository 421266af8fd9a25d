"""Recommendations as a file for other sites: written from the content of a site, and taken into another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.bibliography.nodes import mapping, pairs, plain
from briefing.disk import read_file, replace_file
from briefing.model.addresses import compose
from briefing.model.kinds import by_name
from briefing.model.vocabulary import AXES, OURS, Status, statuses_of
from briefing.parse.checked import check_fields
from briefing.parse.context import FileContext
from briefing.parse.places import STATUSES_FILE
from briefing.parse.recommendations import read_recommendation
from briefing.parse.schemas import SchemaName, name_schema
from briefing.parse.vocabulary import read_statuses
from briefing.parse.yaml_edits import add_items, quote
from briefing.parse.yaml_tree import Fields, Listing, Node, Scalar, drop_comments, load
from briefing.problems import BuildError, Finding, Problem, has_errors
from briefing.project import Project
from briefing.scaffold.exchange_csv import read_tables
from briefing.scaffold.held_sources import held_records
from briefing.scaffold.imported_names import read_blocked, refuse_names, say_no_names
from briefing.scaffold.new_record import read_site
from briefing.text.source_text import Lines, ReadError, decode

_KIND = "recommendation"
_LIST = "recommendations"
"""The name of the list in such a file."""
_HOME = "content/recommendations.yaml"
_OURS = ("asks", "said", "done", "judged")
"""Fields that no other kind of record has."""
_MARKS = re.compile(rf"\b(?:{'|'.join((_LIST, 'statuses', *_OURS, *AXES))})[\"']?\s*:".encode())
"""What is in each file that may hold recommendations or statuses."""
_OF_ONE_SITE = ("accept", "redirect_from", "draft")
"""Fields that mean something to the site that wrote them only."""
_UNQUOTED = re.compile(r"true|false|-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
"""What is no words without quotation marks, in JSON as in YAML."""


@dataclass(slots=True)
class TakenRecords:
    """What an import does, or would do."""

    added: list[tuple[str, str]] = field(default_factory=list)
    """The id and the title of each new recommendation."""
    kept: list[str] = field(default_factory=list)
    """The id of each recommendation that the site has with other words."""
    same: int = 0
    files: dict[str, str] = field(default_factory=dict)
    """The new text of each file that changes."""
    told: list[str] = field(default_factory=list)
    """What the file does not hold."""


def holds_recommendations(data: bytes) -> bool:
    """Whether a file says that it holds recommendations."""
    if not _MARKS.search(data):
        return False
    try:
        return _find_parts(load("", data.decode("utf-8-sig", "replace"), Lines.of(""))[0]) is not None
    except ReadError:
        return False


def _find_parts(tree: Node | None) -> tuple[tuple[Node, ...], Node | None] | None:
    """Return the recommendations and the statuses in a file; None if it holds neither.

    The file is as `export` writes it, with one of its two parts or both; or, as content files are, a list of
    recommendations, one of them, or lists of statuses.
    """
    if isinstance(tree, Listing):
        return (tree.items, None) if any(map(_is_record, tree.items)) else None
    if not isinstance(tree, Fields):
        return None
    if _is_record(tree):
        return (tree,), None
    if tree.keys and all(key.text in AXES for key in tree.keys):
        return (), tree
    listed, statuses = tree.get(_LIST), tree.get("statuses")
    if isinstance(listed, Listing) or isinstance(statuses, Fields):
        return listed.items if isinstance(listed, Listing) else (), statuses
    for value in tree.values:
        if isinstance(value, Listing) and any(map(_is_record, value.items)):
            return value.items, None
    return None


def _is_record(node: Node) -> bool:
    """Whether something has fields that only recommendations have."""
    named = {key.text for key in node.keys} if isinstance(node, Fields) else set()
    return "asks" in named or len(named & set(_OURS)) > 1


def export_recommendations(project: Project) -> str:
    """Return the recommendations of a site that are not drafts, and its statuses, as JSON.

    Raises BuildError for a file that is broken.
    """
    statuses = read_site(project)[0].value.statuses
    try:
        held = [one.fields for one in held_records(project, _KIND) if not one.fields.flag("draft")]
    except ReadError as error:
        raise BuildError([error.problem]) from None
    axes = [f'"{axis}": {_rows([_written(one) for one in statuses_of(statuses, axis)])}' for axis in AXES]
    records = _rows([_write(_shared(one)) for one in held])
    return "\n".join(("{", '"statuses": {', ",\n".join(axes), "},", f'"{_LIST}": {records}', "}", ""))


def _rows(items: Sequence[str]) -> str:
    """Return items as a JSON list, each in a line of its own."""
    return "\n".join(("[", ",\n".join(items), "]")) if items else "[]"


def _written(one: Status) -> str:
    """Return a status as JSON, as a file of statuses holds it."""
    said = {"name": one.name, "label": one.label, "counted": one.counted, "meaning": one.meaning, "shape": one.shape}
    nodes: list[tuple[str, Node]] = [(name, Scalar(words, True, 0, 0)) for name, words in said.items() if words]
    nodes += [("needs", Scalar(one.needs, True, 0, 0)), ("ends", Scalar(str(one.ends).lower(), False, 0, 0))]
    return _write(mapping(nodes))


def _shared(fields: Fields) -> Fields:
    return mapping((name, value) for name, value in pairs(fields) if name not in _OF_ONE_SITE)


def _write(node: Node) -> str:
    """Return a value as JSON, which is YAML too, without comments. Numbers, true and false stay as they were typed."""
    if isinstance(node, Fields):
        return f"{{{', '.join(f'{quote(name)}: {_write(value)}' for name, value in pairs(node))}}}"
    if isinstance(node, Listing):
        return f"[{', '.join(map(_write, node.items))}]"
    return node.text if not node.quoted and _UNQUOTED.fullmatch(node.text) else quote(drop_comments(node.text))


def _write_record(fields: Fields, indent: str) -> str:
    """Return a record as an item of a list in YAML: a line for each field, and for each entry of its lists."""
    lines = []
    for name, value in pairs(fields):
        entries = value.items if isinstance(value, Listing) else ()
        if entries and all(isinstance(one, Fields) for one in entries):
            lines += [f"{name}:", *(f"  - {_write(one)}" for one in entries)]
        else:
            lines.append(f"{name}: {_write(value)}")
    return "".join(f"{indent}{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def import_recommendations(
    project: Project, path: str, data: bytes, dry_run: bool, entries: tuple[str, bytes] | None = None
) -> TakenRecords:
    """Take the recommendations of a file into a site; those that it has already stay as they are.

    The file is JSON or YAML; or, if its path ends in .csv, the table that a site publishes, and `entries` are the path
    and the bytes of the table of what was said, done and judged. A site that has our statuses gets those of the file,
    if they are others. Raises BuildError with a problem for everything that is wrong with the file, or with the one
    that a name is in it which must never be published; then nothing is changed.
    """
    blocked, files = read_blocked(project), {path: data, **dict([entries] if entries else [])}
    with say_no_names(blocked, files):
        try:
            taken = _take_file(project, path, data, entries)
        except ReadError as error:
            raise BuildError([error.problem]) from None
        refuse_names(blocked, {name: read.decode("utf-8-sig") for name, read in files.items()})
    for name, written in taken.files.items() if not dry_run else ():
        replace_file(project.root, name, written.encode())
    return taken


def _take_file(project: Project, path: str, data: bytes, entries: tuple[str, bytes] | None) -> TakenRecords:
    text = decode(path, data)
    more = decode(*entries) if entries else ""
    held = {compose(one.fields.text("id")): one.fields for one in held_records(project, _KIND)}
    vocabulary, outlines = read_site(project)
    text += "\n" if more and not text.endswith("\n") else ""
    taken, context = TakenRecords(), FileContext(path, Lines.of(text + more), vocabulary.value)
    listed: Iterable[Node] = ()
    if path.lower().endswith(".csv"):
        listed = read_tables(context, len(text), taken.told)
    else:
        tree, context.problems = load(path, text, context.lines)
        listed, statuses = _find_parts(tree) or ((), None)
        _take_statuses(statuses, taken, context)
    others = {record.id for one in outlines for record in one.records if record.kind != _KIND}
    if new := _take(_checked(listed, context, others), held, taken):
        taken.files[_HOME] = _add(project, new, context)
    if has_errors(context.problems):
        first = text.count("\n")
        raise BuildError(_of_its_file(one, entries[0] if entries else "", first) for one in context.problems)
    return taken


def _of_its_file(problem: Problem, path: str, lines: int) -> Problem:
    """Return a problem with the path of the second table, if it is below the lines of the first."""
    return replace(problem, path=path, line=problem.line - lines) if path and problem.line > lines else problem


def _take_statuses(listed: Node | None, taken: TakenRecords, context: FileContext) -> None:
    """Take the statuses of a file, if the site has none of its own."""
    if not isinstance(listed, Fields):
        return
    if context.vocabulary.statuses != OURS.statuses:
        taken.told.append(f"the statuses of the file are not taken: this site has its own in {STATUSES_FILE}")
        return
    statuses = read_statuses(check_fields(listed, SchemaName("statuses"), context), context)
    if statuses != OURS.statuses:
        context.vocabulary = replace(context.vocabulary, statuses=statuses)
        lists = [(name, value.items) for name, value in pairs(listed) if isinstance(value, Listing)]
        lines = [line for name, items in lists for line in (f"{name}:", *(f"  - {_write(one)}" for one in items))]
        taken.files[STATUSES_FILE] = "\n".join((*lines, ""))


def _checked(listed: Iterable[Node], context: FileContext, others: set[str]) -> list[Fields]:
    """Return the records of a file; report what is wrong with each, as a build does."""
    kind = by_name(context.vocabulary.kinds)[_KIND]
    records: dict[str, Fields] = {}
    for one in listed:
        if not isinstance(one, Fields):
            hint = "write the fields of a recommendation, or delete it"
            context.add_problem(Finding("no-fields", "there are no fields here", hint), one.start, one.end)
            continue
        fields = check_fields(one, name_schema(kind, context.vocabulary), context)
        read_recommendation(fields, context)
        name, place = compose(fields.text("id")), fields.scalar("id") or fields
        if name in records or name in others:
            finding = Finding("id-clash", f"there is already a record “{name}”", "give one of the two another id")
            context.add_problem(finding, place.start, place.end)
        records.setdefault(name, fields)
    return list(records.values())


def _take(records: Iterable[Fields], held: Mapping[str, Fields], taken: TakenRecords) -> list[Fields]:
    """Return the records that the site does not have, and note all of them."""
    new = []
    for one in records:
        known = held.get(compose(one.text("id")))
        if known is None:
            taken.added.append((one.text("id"), one.text("title")))
            new.append(one)
        elif plain(_shared(known)) == plain(_shared(one)):
            taken.same += 1
        else:
            taken.kept.append(one.text("id"))
    return new


def _add(project: Project, new: Iterable[Fields], context: FileContext) -> str:
    """Return the site's file of recommendations with more of them; report a file that can take none."""
    text = (read_file(project.root, _HOME) or b"").decode()
    tree = load(_HOME, text, Lines.of(text))[0]
    added = add_items(text, tree, map(_shared, new), _write_record)
    if added is None:
        finding = Finding("wrong-type", f"{_HOME} is no list with an item in each line", "write it as a list first")
        context.add_problem(finding, 0, 1)
    return added or text
